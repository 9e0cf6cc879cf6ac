/**
 * The ledger's columns: the one table from which headers, aliases, ids, JSON keys, types and docs are derived.
 * Source: the product's contract with its users (docs/columns.md is generated from this file).
 */

/** How a cell of a column is read and written. */
export type ColumnKind =
  | "text" // free text, trimmed
  | "datetime" // wall-clock minute or second, no time zone
  | "date" // whole day
  | "money" // yuan to the fen
  | "number" // decimal number
  | "integer" // whole number
  | "percent" // share in per cent: 30 means 30 %
  | "boolean" // 是/否
  | "persons" // 张三:60%;李四:40% or 张三、李四
  | "list"; // several labels joined by ；

export interface ColumnSpec {
  readonly id: string;
  /** Chinese header, as written into new ledgers. */
  readonly header: string;
  /** English alias, also a readable header. */
  readonly alias: string;
  readonly kind: ColumnKind;
  readonly role: "input" | "output";
  /** Other headers people use for this column (compared by their header key). */
  readonly synonyms?: readonly string[];
}

export const COLUMNS = [
  {
    id: "id",
    header: "投诉编号",
    alias: "No",
    kind: "text",
    role: "input",
    synonyms: ["编号", "单号", "投诉单号", "客诉编号", "客诉单号", "案件编号", "Complaint No", "Case No", "Number"],
  },
  {
    id: "pack",
    header: "适用制度",
    alias: "Policy",
    kind: "text",
    role: "input",
    synonyms: ["制度", "规则包", "Rule pack", "Pack"],
  },
  {
    id: "receivedAt",
    header: "受理时间",
    alias: "Received",
    kind: "datetime",
    role: "input",
    synonyms: [
      "受理日期",
      "投诉日期",
      "投诉时间",
      "反馈日期",
      "接诉时间",
      "接诉日期",
      "登记时间",
      "登记日期",
      "收到时间",
      "客诉日期",
      "客诉时间",
      "Received at",
      "Date received",
      "Complaint date",
    ],
  },
  {
    id: "channel",
    header: "投诉渠道",
    alias: "Channel",
    kind: "text",
    role: "input",
    synonyms: ["渠道", "投诉方式", "投诉来源", "来源", "受理渠道", "Source"],
  },
  {
    id: "customer",
    header: "客户名称",
    alias: "Customer",
    kind: "text",
    role: "input",
    synonyms: ["客户", "客户姓名", "投诉人", "顾客", "业主", "Customer name", "Complainant"],
  },
  {
    id: "customerType",
    header: "客户类型",
    alias: "Customer type",
    kind: "text",
    role: "input",
    synonyms: ["客户类别", "客户性质"],
  },
  {
    id: "phone",
    header: "联系电话",
    alias: "Phone",
    kind: "text",
    role: "input",
    synonyms: ["电话", "手机", "手机号", "联系方式", "Telephone", "Mobile"],
  },
  {
    id: "region",
    header: "地区",
    alias: "Region",
    kind: "text",
    role: "input",
    synonyms: ["区域", "国内/国外", "国内外", "所在地区", "Area"],
  },
  {
    id: "product",
    header: "产品名称",
    alias: "Product",
    kind: "text",
    role: "input",
    synonyms: ["产品", "品名", "商品", "商品名称", "Product name", "Item"],
  },
  {
    id: "orderNo",
    header: "订单编号",
    alias: "Order",
    kind: "text",
    role: "input",
    synonyms: ["订单号", "订单", "Order No", "Order number"],
  },
  {
    id: "partNo",
    header: "料号",
    alias: "Part",
    kind: "text",
    role: "input",
    synonyms: ["物料编号", "物料号", "货号", "Part No", "SKU"],
  },
  {
    id: "shippedAt",
    header: "交运日期",
    alias: "Shipped",
    kind: "date",
    role: "input",
    synonyms: ["发货日期", "出货日期", "交货日期", "Shipping date", "Ship date"],
  },
  {
    id: "quantity",
    header: "数量",
    alias: "Quantity",
    kind: "number",
    role: "input",
    synonyms: ["订单数量", "发货数量", "Qty"],
  },
  {
    id: "defectiveQuantity",
    header: "不良数量",
    alias: "Defective",
    kind: "number",
    role: "input",
    synonyms: ["不良数", "缺陷数量", "次品数量", "Defective quantity", "Defective qty"],
  },
  {
    id: "unitPrice",
    header: "单价",
    alias: "Unit price",
    kind: "money",
    role: "input",
    synonyms: ["单价(元)", "价格", "产品单价", "Price"],
  },
  {
    id: "description",
    header: "投诉内容",
    alias: "Complaint",
    kind: "text",
    role: "input",
    synonyms: [
      "问题描述",
      "客诉内容",
      "投诉描述",
      "内容",
      "投诉事项",
      "事件描述",
      "反馈内容",
      "问题",
      "Description",
      "Complaint description",
      "Issue",
      "Details",
    ],
  },
  {
    id: "demand",
    header: "客户要求",
    alias: "Demand",
    kind: "text",
    role: "input",
    synonyms: ["客户诉求", "诉求", "要求", "Customer demand", "Request"],
  },
  { id: "cause", header: "原因", alias: "Cause", kind: "text", role: "input", synonyms: ["投诉原因", "Reason"] },
  {
    id: "lossCaused",
    header: "是否造成损失",
    alias: "Loss caused",
    kind: "boolean",
    role: "input",
    synonyms: ["造成损失", "有无损失"],
  },
  {
    id: "loss",
    header: "损失金额",
    alias: "Loss",
    kind: "money",
    role: "input",
    synonyms: ["损失", "损失额", "Loss amount"],
  },
  {
    id: "claim",
    header: "索赔金额",
    alias: "Claim",
    kind: "money",
    role: "input",
    synonyms: ["索赔", "索赔额", "Claim amount"],
  },
  {
    id: "upheld",
    header: "是否成立",
    alias: "Upheld",
    kind: "boolean",
    role: "input",
    synonyms: ["投诉是否成立", "成立", "Justified"],
  },
  {
    id: "valuable",
    header: "是否有价值",
    alias: "Valuable",
    kind: "boolean",
    role: "input",
    synonyms: ["有价值", "建议是否有价值"],
  },
  {
    id: "plantInvolved",
    header: "涉及加工单位",
    alias: "Plant involved",
    kind: "boolean",
    role: "input",
    synonyms: ["是否涉及加工单位"],
  },
  { id: "madeAt", header: "生产地", alias: "Made at", kind: "text", role: "input", synonyms: ["产地", "生产基地"] },
  {
    id: "misconduct",
    header: "违规行为",
    alias: "Misconduct",
    kind: "text",
    role: "input",
    synonyms: ["违规", "违规情况"],
  },
  {
    id: "factoryShare",
    header: "工厂责任比例",
    alias: "Factory share",
    kind: "percent",
    role: "input",
    synonyms: ["工厂责任比例%", "工厂责任", "工厂比例"],
  },
  {
    id: "repairCost",
    header: "返修费用",
    alias: "Repair cost",
    kind: "money",
    role: "input",
    synonyms: ["维修费用", "返修费"],
  },
  {
    id: "repairDeliveredAt",
    header: "返修交货日期",
    alias: "Repair delivered",
    kind: "date",
    role: "input",
    synonyms: ["返修交货日", "返修完成日期"],
  },
  { id: "households", header: "涉及户数", alias: "Households", kind: "integer", role: "input", synonyms: ["户数"] },
  {
    id: "agreedReplyAt",
    header: "约定回复时间",
    alias: "Agreed reply",
    kind: "datetime",
    role: "input",
    synonyms: ["约定答复时间"],
  },
  {
    id: "agreedCloseAt",
    header: "约定期限",
    alias: "Agreed limit",
    kind: "datetime",
    role: "input",
    synonyms: ["约定结案期限", "约定处理期限"],
  },
  {
    id: "agreedDeliveryAt",
    header: "约定送达日期",
    alias: "Agreed delivery",
    kind: "date",
    role: "input",
    synonyms: ["约定送货日期", "约定交货日期"],
  },
  {
    id: "deliveredAt",
    header: "实际送达日期",
    alias: "Delivered",
    kind: "date",
    role: "input",
    synonyms: ["送达日期", "实际送货日期"],
  },
  {
    id: "acceptsExchange",
    header: "接受换货",
    alias: "Accepts exchange",
    kind: "boolean",
    role: "input",
    synonyms: ["是否接受换货"],
  },
  {
    id: "compensationTimes",
    header: "补偿倍数",
    alias: "Times price",
    kind: "number",
    role: "input",
    synonyms: ["赔偿倍数"],
  },
  {
    id: "repeated",
    header: "重复投诉",
    alias: "Repeated",
    kind: "boolean",
    role: "input",
    synonyms: ["是否重复投诉", "二次投诉"],
  },
  {
    id: "followsId",
    header: "原投诉编号",
    alias: "Follows",
    kind: "text",
    role: "input",
    synonyms: ["原编号", "前次投诉编号"],
  },
  {
    id: "receiver",
    header: "接待人",
    alias: "Received by",
    kind: "text",
    role: "input",
    synonyms: ["受理人", "接诉人", "登记人", "首接人", "Receiver"],
  },
  { id: "crew", header: "责任班组", alias: "Crew", kind: "text", role: "input", synonyms: ["班组", "责任组", "Team"] },
  {
    id: "person",
    header: "责任人",
    alias: "Person",
    kind: "persons",
    role: "input",
    synonyms: ["责任人员", "当事人", "直接责任人", "Responsible person"],
  },
  { id: "sanction", header: "行政处分", alias: "Sanction", kind: "text", role: "input", synonyms: ["处分"] },
  { id: "categoryOverride", header: "改判类别", alias: "Category override", kind: "text", role: "input" },
  { id: "levelOverride", header: "改判级别", alias: "Level override", kind: "text", role: "input" },
  { id: "departmentOverride", header: "改判责任部门", alias: "Department override", kind: "text", role: "input" },
  { id: "reportAt", header: "上报时间", alias: "Reported at", kind: "datetime", role: "input", synonyms: ["上报日期"] },
  {
    id: "handoverAt",
    header: "移交时间",
    alias: "Handed over at",
    kind: "datetime",
    role: "input",
    synonyms: ["移交日期", "转交时间", "转交日期"],
  },
  {
    id: "firstReplyAt",
    header: "首次回复时间",
    alias: "First reply at",
    kind: "datetime",
    role: "input",
    synonyms: ["首次响应时间", "首次回复日期"],
  },
  {
    id: "investigateAt",
    header: "调查完成时间",
    alias: "Investigated at",
    kind: "datetime",
    role: "input",
    synonyms: ["调查完成日期", "调查时间"],
  },
  {
    id: "approveAt",
    header: "核决时间",
    alias: "Approved at",
    kind: "datetime",
    role: "input",
    synonyms: ["核决日期", "批准时间"],
  },
  {
    id: "answeredAt",
    header: "答复客户时间",
    alias: "Answered at",
    kind: "datetime",
    role: "input",
    synonyms: ["答复时间", "答复日期", "回复客户时间"],
  },
  {
    id: "closeRequestedAt",
    header: "申请关闭时间",
    alias: "Close requested at",
    kind: "datetime",
    role: "input",
    synonyms: ["申请结案时间"],
  },
  {
    id: "closeAt",
    header: "结案时间",
    alias: "Closed at",
    kind: "datetime",
    role: "input",
    synonyms: ["结案日期", "关闭时间", "关闭日期", "办结时间", "处理完成时间", "Closed", "Date closed"],
  },
  {
    id: "revisitAt",
    header: "回访时间",
    alias: "Revisited at",
    kind: "datetime",
    role: "input",
    synonyms: ["回访日期"],
  },
  { id: "feedbackAt", header: "反馈时间", alias: "Fed back at", kind: "datetime", role: "input" },
  {
    id: "deferred",
    header: "是否暂缓",
    alias: "Deferred",
    kind: "boolean",
    role: "input",
    synonyms: ["暂缓", "暂缓关闭"],
  },
  { id: "tracking", header: "跟踪方式", alias: "Tracking", kind: "text", role: "input" },
  {
    id: "remedy",
    header: "处理方式",
    alias: "Remedy",
    kind: "text",
    role: "input",
    synonyms: ["处理办法", "补救方式"],
  },
  {
    id: "approvedReturn",
    header: "核定退货量",
    alias: "Approved returns",
    kind: "number",
    role: "input",
    synonyms: ["核定退货数量"],
  },
  {
    id: "actualReturn",
    header: "实退量",
    alias: "Returned",
    kind: "number",
    role: "input",
    synonyms: ["实退数量", "实际退货量"],
  },
  {
    id: "returnTolerance",
    header: "超量允收比率",
    alias: "Tolerance",
    kind: "percent",
    role: "input",
    synonyms: ["允收比率", "超量允收比率%"],
  },
  {
    id: "receivable",
    header: "应收影响金额",
    alias: "Receivable affected",
    kind: "money",
    role: "input",
    synonyms: ["影响应收金额"],
  },
  {
    id: "rootCause",
    header: "原因分析",
    alias: "Root cause",
    kind: "text",
    role: "input",
    synonyms: ["根本原因", "根因"],
  },
  {
    id: "correctiveAction",
    header: "纠正措施",
    alias: "Corrective action",
    kind: "text",
    role: "input",
    synonyms: ["纠正预防措施", "改善对策", "整改措施"],
  },
  {
    id: "satisfaction",
    header: "满意度",
    alias: "Satisfaction",
    kind: "text",
    role: "input",
    synonyms: ["客户满意度", "是否满意"],
  },

  { id: "complainantKind", header: "投诉人类型", alias: "Complainant kind", kind: "text", role: "input" },
  { id: "motive", header: "投诉动机", alias: "Motive", kind: "text", role: "input", synonyms: ["投诉心理", "心态"] },
  { id: "temperament", header: "客户气质", alias: "Temperament", kind: "text", role: "input", synonyms: ["气质类型"] },
  { id: "manner", header: "表达方式", alias: "Manner", kind: "text", role: "input", synonyms: ["投诉表达方式"] },

  { id: "category", header: "投诉类别", alias: "Category", kind: "text", role: "output" },
  { id: "subcategory", header: "投诉子类", alias: "Subcategory", kind: "text", role: "output" },
  { id: "nature", header: "投诉性质", alias: "Nature", kind: "text", role: "output" },
  { id: "level", header: "投诉级别", alias: "Level", kind: "text", role: "output" },
  { id: "department", header: "责任部门", alias: "Department", kind: "text", role: "output" },
  { id: "handler", header: "承办岗位", alias: "Handler", kind: "list", role: "output" },
  { id: "reportDue", header: "上报期限", alias: "Report due", kind: "datetime", role: "output" },
  { id: "handoverDue", header: "移交期限", alias: "Handover due", kind: "datetime", role: "output" },
  { id: "firstReplyDue", header: "首次回复期限", alias: "First reply due", kind: "datetime", role: "output" },
  { id: "investigateDue", header: "调查期限", alias: "Investigation due", kind: "datetime", role: "output" },
  { id: "approveDue", header: "核决期限", alias: "Approval due", kind: "datetime", role: "output" },
  { id: "closeDue", header: "结案期限", alias: "Close due", kind: "datetime", role: "output" },
  { id: "revisitDue", header: "回访期限", alias: "Revisit due", kind: "datetime", role: "output" },
  { id: "feedbackDue", header: "反馈期限", alias: "Feedback due", kind: "datetime", role: "output" },
  { id: "status", header: "当前状态", alias: "Status", kind: "text", role: "output" },
  { id: "nextStep", header: "下一步", alias: "Next step", kind: "text", role: "output" },
  { id: "overdue", header: "逾期", alias: "Overdue", kind: "boolean", role: "output" },
  { id: "penalty", header: "处罚合计", alias: "Penalty total", kind: "money", role: "output" },
  { id: "compensation", header: "补偿金额", alias: "Compensation", kind: "money", role: "output" },
  { id: "approver", header: "核决人", alias: "Approver", kind: "text", role: "output" },
  { id: "forms", header: "应办单据", alias: "Forms", kind: "list", role: "output" },
  { id: "archiveUntil", header: "归档到期", alias: "Archive until", kind: "date", role: "output" },
  { id: "postedReturn", header: "退货入账量", alias: "Posted returns", kind: "number", role: "output" },
  { id: "factoryCost", header: "工厂承担", alias: "Factory bears", kind: "money", role: "output" },
  { id: "customerCost", header: "客户承担", alias: "Customer bears", kind: "money", role: "output" },
  { id: "basis", header: "依据", alias: "Basis", kind: "text", role: "output" },
  { id: "messages", header: "提示", alias: "Messages", kind: "list", role: "output" },
  { id: "packVersion", header: "规则版本", alias: "Pack version", kind: "text", role: "output" },
] as const satisfies readonly ColumnSpec[];

type Column = (typeof COLUMNS)[number];
export type ColumnId = Column["id"];
export type InputId = Extract<Column, { role: "input" }>["id"];
export type OutputId = Extract<Column, { role: "output" }>["id"];

const BY_ID: ReadonlyMap<string, Column> = new Map(COLUMNS.map((column) => [column.id, column]));

/** The column with this id; throws on an id that is not in the table (a programming error, never user input). */
export function column(id: ColumnId): Column {
  const found = BY_ID.get(id);
  if (!found) throw new Error(`no such column: ${id}`);
  return found;
}

export function isColumnId(id: string): id is ColumnId {
  return BY_ID.has(id);
}

export type InputColumn = Extract<Column, { role: "input" }>;

export const INPUT_COLUMNS = COLUMNS.filter((c): c is InputColumn => c.role === "input");
export const OUTPUT_COLUMNS = COLUMNS.filter((c): c is Extract<Column, { role: "output" }> => c.role === "output");
