/**
 * Headers of other people's ledgers, by what they mean: written by hand, one line a handful, parted by bars. They are
 * compared by words (`header-words.ts`), so that 实际结案日期 and 结案时间 are one, and 应结案日期 is another.
 */
export const HEADER_NAMES = {
  id: `
    投诉号 | 客诉编码 | 受理编号 | 受理单号 | 工单号 | 工单编号 | 服务单号 | 案号 | 案例编号 | 事件编号 | 报修单号 | 诉求编号
    登记编号 | 流水号 | 台账编号 | 记录编号 | 8D编号 | Ticket No | Ticket # | Ticket | Case # | Ticket ID | Case ID | Complaint ID | Reference | Reference No | Ref No
    Claim No | Incident No | Record No | Work order No`,
  receivedAt: `
    客户投诉日期 | 客户投诉时间 | 客户反馈日期 | 客户反馈时间 | 顾客投诉日期 | 投诉受理日期 | 投诉受理时间 | 投诉登记日期 | 投诉接收日期
    受理日 | 接报时间 | 接报日期 | 报修日期 | 报事日期 | 来访时间 | 来访日期 | 来件日期 | 来函日期 | 来信日期 | 接到投诉时间 | 接到投诉日期
    接获日期 | 收诉日期 | 立案时间 | 立案日期 | 建单时间 | 建单日期 | 工单创建时间 | 发起时间 | 发起日期 | 提报时间 | 提报日期 | 反映时间 | 反映日期
    发生投诉日期 | 受诉时间 | 受诉日期 | 信息接收时间 | 接案日期 | 异常反馈日期
    Created on | Creation date | Create date | Created time | Date of complaint | Date of receipt | Receipt date | Received on | Date reported
    Reported date | Report date | Opened at | Opened on | Open date | Date opened | Logged | Logged on | Date logged | Log date | Submitted
    Submitted on | Submission date | Intake date | Date entered | Case created | Ticket created | Received date`,
  channel: `
    来电渠道 | 反馈渠道 | 反馈方式 | 受理方式 | 信息来源 | 投诉途径 | 受理途径 | 来源渠道 | 诉求来源 | 工单来源 | 来访方式
    Case origin | Origin | Complaint channel | Contact channel | Received via | Method of contact`,
  customer: `
    客户名 | 客户单位 | 顾客名称 | 顾客姓名 | 业主姓名 | 业主名称 | 住户 | 住户姓名 | 车主 | 车主姓名 | 投诉客户 | 投诉单位 | 投诉方 | 投诉人姓名
    购货单位 | 经销商名称 | 会员姓名 | 客户简称 | 客户全称 | Client | Client name | Account name | Account | Contact name | Complainant name | Company name | Guest name`,
  phone: `
    电话号码 | 手机号码 | 客户电话 | 联系人电话 | 投诉人电话 | 业主电话 | 来电号码 | 车主电话 | Phone number | Mobile phone | Contact number | Tel`,
  product: `
    产品型号 | 产品 | 货品名称 | 品种 | 涉及产品 | 投诉产品 | 车型 | 物料名称 | 规格型号 | Model | Vehicle model | Product description`,
  orderNo: `销售订单号 | 合同编号 | 合同号 | 订货单号 | 工作令号 | Order ID | Sales order | SO number | Contract No`,
  shippedAt: `出厂日期 | 发运日期 | 装运日期 | 出库日期 | Shipped on | Date shipped | Dispatch date`,
  defectiveQuantity: `
    不合格数 | 不合格数量 | 异常数量 | 投诉数量 | 客诉数量 | 问题数量 | 不良品数 | 缺陷数 | Defect quantity | Defective pieces | Qty defective | NG qty`,
  quantity: `出货数量 | 交货数量 | 批量 | 订货数量 | 总数量 | Order quantity | Shipped quantity | Lot size`,
  unitPrice: `销售单价 | 含税单价 | 商品单价 | 成交单价 | 供货单价 | 合同单价 | 出厂价 | 每件价格 | 单件价格 | 产品价格 | 商品价格 | 售价 | 销售价 | 单位价格 | 件单价
    Price per unit | Price each | Sales price | Selling price | Item price | Product price`,
  description: `
    投诉事由 | 投诉问题 | 投诉详情 | 投诉明细 | 投诉情况 | 客户投诉内容 | 客户反馈内容 | 客户反馈问题 | 反馈问题 | 反映内容 | 反映问题 | 诉求内容 | 事件内容
    事项内容 | 情况描述 | 问题内容 | 问题详情 | 报修内容 | 报事内容 | 来电内容 | 不良描述 | 不良现象 | 异常描述 | 故障描述 | 故障现象 | 异常现象 | 缺陷描述
    投诉主题 | 事由 | 事件经过 | 工单内容 | 客诉问题 | 客诉描述 | 客诉问题描述 | 现象描述 | 质量问题描述 | 客户抱怨内容 | 投诉内容描述
    Complaint details | Complaint text | Description of complaint | Issue description | Problem | Problem description | Case description | Nature of complaint
    Details of complaint | What happened | Failure description | Defect description | Customer comments | Summary of complaint`,
  cause: `投诉原因分类 | 原因类别 | 原因分类 | 责任原因 | Cause code | Reason code | Cause category`,
  lossCaused: `
    有无造成损失 | 是否有损失 | 是否损失 | 是否产生损失 | 损失与否 | 有损失 | 产生损失 | 是否发生损失 | 有否损失 | 是否涉及损失 | 是否导致损失 | 导致损失 | 是否给公司造成损失
    是否造成经济损失 | 有无经济损失 | Loss incurred | Any loss | Caused loss | Loss yes no | Is loss caused | With loss`,
  loss: `
    损失金额 | 损失总额 | 合计损失 | 损失合计 | 公司损失 | 公司损失金额 | 造成损失金额 | 质量损失 | 质量损失金额 | 客诉损失 | 投诉损失 | 投诉损失金额 | 经济损失金额
    直接经济损失 | 直接损失金额 | 实际损失金额 | 损失费 | 损失款 | 折损金额 | 报废损失 | Loss value | Amount of loss | Cost of loss | Loss cost | Financial loss | Economic loss
    Damage amount | Amount lost | Quality loss`,
  claim: `
    索赔费用 | 索赔款 | 客户索赔 | 客户索赔金额 | 要求赔偿金额 | 客户要求赔偿金额 | 索赔总额 | 索赔合计 | 索赔要求金额 | 提出索赔金额 | 申请索赔金额 | 客户索赔额 | 要求赔付金额
    Claimed amount | Amount claimed | Claim value | Customer claim | Claimed | Claim sum | Claims amount`,
  upheld: `
    成立与否 | 投诉成立 | 客诉是否成立 | 判定成立 | 是否有效投诉 | 有效投诉 | 是否有效 | 投诉是否有效 | 是否属实 | 投诉是否属实 | 属实与否 | 是否认定 | 是否判定成立 | 投诉有效性
 Valid | Is valid | Valid complaint | Justified complaint | Complaint upheld | Complaint justified | Substantiated | Confirmed complaint`,
  madeAt: `生产厂 | 生产工厂 | 制造地 | 加工地 | Plant | Manufacturing site | Production site`,
  misconduct: `
    违规类型 | 违规事项 | 违规内容 | 违纪行为 | 违纪情况 | 违章行为 | 违规违纪 | 违规项目 | 违反规定 | 违规种类 | 过错行为 | 过失行为 | 不当行为 | 违规条款
    Violation | Violation type | Breach | Type of misconduct | Offence | Misconduct type`,
  factoryShare: `
    工厂承担比例 | 厂方责任比例 | 厂家责任比例 | 我方责任比例 | 公司责任比例 | 工厂责任占比 | 我司责任比例 | 本厂责任比例 | 厂方承担比例 | 公司承担比例 | 工厂分担比例 | 厂责比例
    Factory liability | Our share | Plant share | Factory responsibility | Share of factory`,
  repairCost: `
    返工费用 | 返工费 | 返修金额 | 维修费 | 维修金额 | 修理费 | 修理费用 | 返修成本 | 维修成本 | 重工费用 | 返工成本 | 整修费用 | 修复费用 | 维修总费用
    Rework cost | Cost of repair | Repair fee | Repair costs | Repair amount`,
  repairDeliveredAt: `返修交付日期 | 返修发货日期 | 返修送达日期 | 维修交付日期 | 返工交货日期 | Repair delivery date | Repaired delivered on`,
  households: `影响户数 | 投诉户数 | 受影响户数 | Households affected | Number of households`,
  agreedCloseAt: `约定完成时间 | 约定完成日期 | 与客户约定完成时间 | 约定办结时间 | 约定结案时间 | 双方约定期限 | 客户约定期限 | 与客户约定期限 | 约定解决时间 | 约定解决期限
    协商完成时间 | 协商期限 | 商定期限 | 商定完成日期 | Agreed deadline | Agreed completion date | Agreed closing date | Date agreed with customer`,
  agreedReplyAt: `约定答复日期 | 约定回复日期 | 与客户约定回复时间 | 约定反馈时间 | 双方约定回复时间 | 商定回复时间 | 协商回复时间 | 约定回电时间 | 约定回复期限 | 约定答复期限 | 客户约定回复时间
    约定联系时间 | Agreed reply date | Agreed response date | Agreed callback`,
  agreedDeliveryAt: `约定到货日期 | 约定交付日期 | 约定配送日期 | 约定安装日期 | 与客户约定送货日期 | 合同交货日期 | 合同约定交货日期 | 合同交期 | 约定交期 | 约定发货日期 | 商定送货日期
    约定送达时间 | Agreed delivery date | Contract delivery date | Confirmed delivery date`,
  deliveredAt: `送货日期 | 到货日期 | 签收日期 | 交付日期 | 实际到货日期 | 实际交付日期 | 客户签收日期 | 配送到达日期 | 送达时间 | 到货时间 | 签收时间
    Delivered on | Delivered at | Actual delivery date | Date delivered`,
  compensationTimes: `赔付倍数 | 补偿系数 | 赔偿系数 | 补偿几倍 | 几倍补偿 | Compensation multiple | Times compensated`,
  acceptsExchange: `同意换货 | 客户接受换货 | 是否同意换货 | 客户是否接受换货 | Exchange accepted`,
  repeated: `
    是否重复 | 重复 | 是否多次投诉 | 多次投诉 | 是否二次投诉 | 是否再次投诉 | 再次投诉 | 重复件 | 是否重复件 | 是否重复发生 | 重复发生 | 是否复发 | 重复投诉与否 | 是否重复客诉
    Repeat | Repeat complaint | Is repeated | Recurring | Recurrence | Repeated complaint`,
  followsId: `原单号 | 原客诉编号 | 上次投诉编号 | 前次编号 | 关联投诉编号 | 关联单号 | 原工单号 | 原案件编号 | Parent case | Original complaint No | Previous case No | Original case | Parent case number`,
  receiver: `
    接单人 | 受理员 | 接诉人员 | 受理人员 | 接待人员 | 接听人 | 接听客服 | 受理客服 | 接线员 | 接报人 | 首问责任人 | 首接责任人 | 接件人 | 接收人 | Taken by | Received by whom
    Receiving agent | Call taker`,
  crew: `
    责任小组 | 责任班 | 生产班组 | 责任工段 | 责任生产线 | 责任产线 | 班别 | 责任组别 | 生产组 | 责任生产班组 | 制造班组 | 作业班组 | 所属班组 | 责任线别 | 当班班组
    Responsible team | Responsible crew | Shift team | Production team | Team responsible`,
  person: `
    责任者 | 责任人姓名 | 主要责任人 | 主责任人 | 直接责任人姓名 | 直接责任人员 | 责任员工姓名 | 过失人 | 过失责任人 | 失职人员 | 违规人员 | 违规员工 | 违纪人员
 事故责任人 | 责任当事人 | 质量责任人 | 受罚人 | 被处罚人 | 处罚对象 | 被考核人 | 责任操作工 | 责任个人
    Person at fault | Employee at fault | Staff at fault | Accountable | Accountable employee | Culprit | Liable person | Offender | Responsible staff | Staff responsible | At fault`,
  sanction: `
    处分 | 处分种类 | 处分结果 | 处分类型 | 处分决定 | 行政处罚 | 纪律处分 | 给予处分 | 处分方式 | 处分意见 | 违纪处分 | 人事处分 | 行政处理 | 处分级别 | 处分情况
    Disciplinary action | Discipline | Disciplinary measure | Sanction imposed`,
  categoryOverride: `人工判定类别 | 复核类别 | 改判分类 | 调整后类别 | 认定类别 | 最终类别 | 改后类别 | 复判类别 | 确认类别 | 更正类别 | 修正类别 | 核定类别 | 重新分类 | 改判类型
    Category corrected | Corrected category | Category after review | Final category`,
  levelOverride: `
    改判等级 | 复核级别 | 调整后级别 | 认定级别 | 最终级别 | 改后级别 | 复判级别 | 确认级别 | 更正级别 | 修正级别 | 核定级别 | 复核等级 | 认定等级 | 最终等级
    Corrected level | Final level | Level after review | Level corrected`,
  departmentOverride: `
    认定责任部门 | 改判部门 | 判定责任部门 | 最终责任部门 | 复核责任部门 | 核定责任部门 | 改后责任部门 | 确认责任部门 | 更正责任部门 | 修正责任部门 | 裁定责任部门 | 复判责任部门
    Corrected department | Final responsible department | Department after review | Department corrected`,
  reportAt: `
    上报日 | 报告时间 | 报告日期 | 上报领导时间 | 上报完成时间 | 已上报时间 | 上报公司时间 | 上报总部时间 | 向上级报告时间 | 向上报告时间 | 上报集团时间 | 逐级上报时间 | 汇报时间 | 汇报日期 | 报送时间 | 报送日期
    Reported up at | Reported to head office on | Escalated to management on | Reported to superior`,
  handoverAt: `
    转办时间 | 转办日期 | 派单时间 | 派单日期 | 移送时间 | 移送日期 | 交办时间 | 交办日期 | 分派时间 | 分派日期 | 派发时间 | 派发日期 | 派工时间 | 派工日期 | 转派时间 | 转单时间 | 移交责任部门时间
    Assigned at | Assigned on | Date assigned | Handed over on | Transferred at | Transferred on | Handover date | Assignment date | Dispatched at`,
  firstReplyAt: `
    首次答复时间 | 首次答复日期 | 首次响应日期 | 初次回复时间 | 初次回复日期 | 首次联系时间 | 首次联系客户时间 | 首次反馈时间 | 第一次回复时间 | 首回时间 | 首次回应时间 | 首次回电时间 | 响应时间 | 初步答复时间 | 首响时间
    First response | First response at | First response date | First response time | First reply date | First contact | First contacted at | Initial response date`,
  disciplineAt: `
    追责日 | 责任追究日期 | 问责时间 | 问责日期 | 处分时间 | 处分日期 | 处罚时间 | 处罚日期 | 考核时间 | 考核日期 | 责任处理时间 | 追究责任时间 | 责任人处理时间 | 处理责任人时间 | 追责处理时间
    Disciplined on | Discipline date | Date disciplined`,
  investigateAt: `
    调查日期 | 调查结束时间 | 调查结束日期 | 调查完毕时间 | 调查完成日 | 原因分析完成时间 | 原因分析完成日期 | 分析完成时间 | 分析完成日期 | 调查报告时间 | 调查报告日期 | 原因查明时间 | 查明时间 | 核实时间 | 核实日期 | 调查核实时间
    Investigation completed | Investigation date | Investigated on | Investigation finished | Analysis completed`,
  approveAt: `
    批准日期 | 审批时间 | 审批日期 | 核准时间 | 核准日期 | 审批完成时间 | 审批通过时间 | 核决日 | 决定时间 | 决定日期 | 裁决时间 | 裁决日期 | 核批时间 | 核批日期 | 领导审批时间 | 领导批准时间
    Approved on | Approval date | Date approved | Decision date | Decided on`,
  answeredAt: `
    答复客户日期 | 回复客户日期 | 客户答复时间 | 客户答复日期 | 回复日期 | 回复时间 | 反馈客户时间 | 反馈客户日期 | 告知客户时间 | 告知客户日期 | 答复业主时间 | 答复顾客时间 | 向客户答复时间 | 正式答复时间 | 最终答复时间
    Answered on | Replied on | Reply date | Response sent | Customer informed on | Customer notified on | Answer date`,
  closeRequestedAt: `
    申请关闭日期 | 申请结案日期 | 结案申请时间 | 结案申请日期 | 关闭申请时间 | 关闭申请日期 | 提请结案时间 | 提请关闭时间 | 申请销案时间 | 申请办结时间 | 申请完结时间 | 提出关闭时间 | 报结时间 | 报结日期 | 申请闭环时间
    Close requested on | Closure requested | Closing requested at | Close request date`,
  closeAt: `
    结案日 | 实际完成日 | 完结时间 | 完结日期 | 办结日 | 办毕时间 | 办毕日期 | 办理完成时间 | 办理完毕时间 | 办理完结时间 | 处理完毕时间 | 处理完毕日期 | 处理完结时间 | 处理结束时间 | 处理结束日期
    处理结案时间 | 了结时间 | 了结日期 | 结单时间 | 结单日期 | 关单日期 | 销单时间 | 销单日期 | 销案时间 | 销项时间 | 销项日期 | 闭合时间 | 闭合日期 | 投诉结案时间 | 投诉关闭时间 | 投诉办结时间
    投诉处理完成时间 | 客诉结案日期 | 客诉关闭日期 | 案件关闭时间 | 工单关闭时间 | 工单完成时间 | 问题关闭时间 | 问题关闭日期 | 问题解决时间 | 问题解决日期 | 处置完成时间 | 归档结案时间
    Closed on | Closed time | Close time | Closing date | Closure date | Date of closure | Date closed | Case closed | Case closed date | Ticket closed | Completed on | Completed date
 Date of completion | Resolved on | Resolved date | Date resolved | Date of resolution | Actual completion date | Actual close date | Actual closing date | Finished on | Finished date | Solved on | Solved at`,
  revisitAt: `
    回访日 | 回访完成时间 | 回访完成日期 | 客户回访时间 | 客户回访日期 | 电话回访时间 | 回访客户时间 | 回访客户日期 | 跟踪回访时间 | 回访记录时间 | 回访结果时间 | 已回访时间 | 结案回访时间 | 满意度回访时间 | 售后回访时间
    Follow-up date | Followed up on | Revisited on | Return visit date | Callback date | Follow up done`,
  feedbackAt: `
    反馈上级时间 | 反馈集团时间 | 反馈热线时间 | 结果反馈时间 | 结果反馈日期 | 反馈结果时间 | 反馈结果日期 | 处理结果反馈时间 | 处理结果反馈日期 | 回告时间 | 回告日期 | 结果回告时间 | 反馈完成时间 | 回传结果时间 | 结果上报时间
    Fed back on | Result reported on | Feedback sent | Result fed back at`,
  deferred: `是否挂起 | 挂起 | 是否暂停 | 暂缓处理 | 是否暂缓处理 | 是否延缓 | 是否缓办 | 缓办 | 是否暂缓结案 | 暂缓结案 | 是否暂缓关闭 | 是否搁置 | 搁置 | 是否延后 | 暂缓与否 | On hold | Is deferred | Postponed | Suspended`,
  deferralRequestedAt: `暂缓申请日期 | 提出暂缓时间 | 申请缓办时间 | 缓办申请时间 | 申请挂起时间 | 挂起申请时间 | Deferral requested on | Deferral request date`,
  extendedTo: `
    延期后期限 | 延期后日期 | 延期日期 | 延长期限至 | 展期日期 | 延期截止日期 | 延期至日期 | 延期到期日 | 顺延至 | 延至 | 推迟至 | 延期后完成日期 | 延期后截止日期 | 同意延期至 | 批准延期至
    Extended until | New due date | Extension until | Extended deadline`,
  extensionRequestedAt: `延期申请时间 | 提出延期时间 | 提出延期日期 | 申请展期时间 | 展期申请时间 | Extension requested on | Extension request date`,
  extensionApprovedBy: `延期审批 | 延期核准人 | 展期批准人 | 批准展期人 | Extension approver`,
  pausedFrom: `暂停开始 | 暂停日期 | 暂停时间 | 中止时间 | 中止日期 | 挂起开始时间 | 挂起时间 | 暂停起 | 停表时间 | 暂停计时开始 | 暂停起始时间 | 暂停起始日期 | 中止开始时间 | 停止计时时间 | 暂停计时时间
    Paused on | Pause start | On hold since | Suspended from`,
  pausedTo: `恢复日期 | 解除暂停时间 | 解除挂起时间 | 挂起结束时间 | 暂停止 | 中止结束时间 | 恢复计时时间 | 恢复处理时间 | 重启时间 | 重启日期 | 暂停结束日期 | 暂停截止 | 暂停恢复时间 | 暂停终止时间 | 恢复计时
    Resumed on | Pause end | Paused until | Resumed at`,
  remedy: `处理方案 | 解决方式 | 处置方式 | 理赔方式 | 赔偿方式 | 售后方式 | 处理形式 | 解决办法 | 善后方式 | 补偿方式 | 处理类型 | Solution type | Remedy type | Resolution type`,
  tracking: `跟踪情况 | 跟进方式 | 追踪方式 | 跟单方式 | 跟踪办法 | 跟踪形式 | 跟踪手段 | 追踪形式 | 跟踪类型 | 跟进形式 | 后续跟踪方式 | 追踪办法 | 跟进办法 | Tracking method | Follow-up method`,
  region: `国别 | 内销外销 | 内外销 | 销售区域 | 国内或国外 | 客户地区 | 客户区域 | 市场区域 | 境内境外 | 境内外 | 客户所在地 | 客户所在地区 | 销售地区 | 市场 | 国家地区 | Country | Territory | Market | Country region`,
  approvedReturn: `核准退货量 | 批准退货量 | 核定退货数 | 核准退货数量 | 批准退货数量 | 允许退货量 | 同意退货数量 | 核定数量 | 核退数量 | 应退数量 | 应退量 | 批准退货数 | 核准退货数 | 允许退货数量 | 许可退货量 | Approved return quantity | Authorised returns`,
  actualReturn: `实退数 | 实际退货数量 | 退货数量 | 退回数量 | 实收退货量 | 实收退货数量 | 退货实收数量 | 实际退回数量 | 退货数 | 已退数量 | 退库数量 | 退货入库数量 | 实退货量 | 退货量 | 实际退回量 | Returned quantity | Actual returns | Quantity returned`,
  returnTolerance: `允收率 | 超收比例 | 允许超量比例 | 超量比例 | 容差比例 | 超退允收比例 | 允差 | 允许超退比例 | 超量允收率 | 超退比例 | 允收比例 | 溢退比例 | 允许溢退比例 | 超收允许比例 | 容许比例 | Return tolerance | Over-return tolerance`,
  receivable: `影响应收款 | 影响货款 | 影响应收账款 | 应收影响额 | 未收货款 | 影响回款金额 | 影响回款 | 影响收款金额 | 应收账款影响 | 扣留货款 | 扣留货款金额 | 受影响货款 | 影响货款金额 | 应收款影响金额 | 拒付金额 | Receivable amount affected | Payment withheld`,
  closeRequestResult: `关闭审核结果 | 结案审核结果 | 结案审批结果 | 关闭审批结果 | 结案审核意见 | 关闭审核 | 结案审核 | 审结结果 | 申请关闭审核结果 | 结案申请审批结果 | 关闭申请审批结果 | 闭环审核结果 | 销案审批结果 | 办结审核结果 | 关闭申请审核结果
    Closure review | Close approval result | Closing request outcome`,
  caseStatus: `
    状态 | 处理状态 | 投诉状态 | 客诉状态 | 办理状态 | 工单状态 | 案件状态 | 关闭状态 | 闭环状态 | 是否结案 | 是否关闭 | 是否闭环 | 是否完成 | 是否办结 | 结案与否 | 处理进度 | 办理进度 | 进度 | 结案情况 | 完成情况 | 完成状态 | 处理进展 | 闭环情况
    办结情况 | 关闭情况 | 进展状态 | 结案标志 | 是否处理完毕 | 是否已结案 | 是否已完成 | 是否已关闭 | 是否销案 | 是否销项 | 当前进度 | 跟进状态
    Ticket status | Status reason | Complaint status | State | Case state | Stage | Progress | Progress status | Is closed | Closed? Y/N | Resolution status | Closure status | Open closed`,
  caseKind: `
    诉求类型 | 诉求类别 | 工单类型 | 工单类别 | 来电类型 | 来电类别 | 反馈类型 | 反馈类别 | 信息类型 | 信息类别 | 事件类型 | 事件类别 | 事项类别 | 业务类型 | 业务类别 | 来信类型 | 来访类型 | 受理类型 | 受理类别 | 报事类型 | 报事类别
    登记类型 | 登记类别 | 来件类型 | 类型 | 类别 | 服务类型 | 服务类别 | 诉件类型
    Type | Case type | Ticket type | Request type | Record type | Contact type | Feedback type | Enquiry type | Interaction type`,
} as const satisfies Readonly<Record<string, string>>;
