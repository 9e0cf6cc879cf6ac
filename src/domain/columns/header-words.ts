import { matchText } from "../match-text.js";

/**
 * Headers as words: 实际结案日期 is 结案 + 时间, and 应结案日期 is 应 + 结案 + 时间, which is something else. Words are told
 * apart by the longest one that fits; what no word fits counts letter by letter, so that nothing is alike by chance.
 */

/** Words of headers that mean the same: the first stands for all of a line. */
const ALIKE = `
  时间 日期 日子 年月日 时刻 时点 日
  编号 号码 编码 单号 号
  投诉 客诉 诉件
  客户 顾客
  结案 闭环 关闭 办结 销案 完结 办毕 关单 结单
  完成 完毕 做完
  答复 回复
  金额 总额 费用 款额
  描述 说明 详情 内容
  级别 等级
  比例 比率 占比
  数量 数
  类型 类别 种类
  人员 人 员 者
  date time datetime timestamp
  no number num nr
  closed close
  amount sum
  complaint complaints
  quantity qty
`;

/** Words that change nothing of what a header names. */
const FILLERS = "的 之 该 本 实际 具体 真实 填写 日期时间 of the a an at on actual real";

/** Words that must be seen whole, so that no part of them is taken for another. */
const WHOLE = `
  受理 接单 接诉 接待 接报 登记 反馈 报修 报事 来电 提交 创建 收到 接收 接听 立案 建单 发起 提报 反映 上报 报告 汇报 报送 移交 转办 派单 移送 交办 分派 派发 派工 转派 转交
  首次 初次 初步 第一次 响应 回应 联系 调查 核实 分析 查明 核决 批准 审批 核准 裁决 决定 申请 提出 提请 回访 追责 问责 考核 处分 处罚 处理 办理 处置 解决 整改 维修 返修 返工 修理
  最终 约定 商定 协商 双方 送达 送货 到货 签收 交付 交货 交运 发货 出货 发运 生产 制造 加工 责任 直接 主要 过错 过失 违规 违纪 违章 行为 情况 事项 项目 原因 根本
  损失 索赔 赔偿 赔付 补偿 倍数 造成 产生 涉及 是否 有无 与否 成立 有效 属实 价值 重复 多次 二次 再次 单价 价格 应收 应退 应急 供应 供应商 影响 货款 退货 实退 核定 允收 超量
  工厂 厂方 厂家 公司 部门 班组 小组 工段 产线 车间 员工 职工 姓名 名称 名字 电话 手机 联系人 业主 住户 车主 产品 商品 物料 订单 合同 料号 货号 满意度 满意 原编号
  暂缓 挂起 暂停 恢复 延期 展期 延长 开始 结束 截止 结果 意见 审核 改判 复核 认定 判定 更正 修正 状态 进度 进展 渠道 来源 方式 途径 地区 区域 国内 国外
  计划 预计 预期 要求 目标 期限 时限 限期 最迟 最晚 规定 承诺 应当 应该 需要 到期 理论 标准 允许 截至 拟定 预定 预估 打算 下次 下一次 工作日 次日 当日 星期日 生日
  记录 制表 填表 录入 跟进 修改 更新 打印 导出 备注 附件 序号
`;

/** Words of a day by which something should be done: what bears one says nothing of when it was. */
const DUE = `
  应 应当 应该 计划 预计 预期 预定 预估 要求 目标 截止 截至 期限 时限 限期 限 最迟 最晚 规定 承诺 需 须 需要 到期 理论 标准 允许 拟 拟定 打算 待 将 下次 下一次
  due deadline target targeted planned plan scheduled schedule expected estimated eta sla promised required requirement limit latest forecast projected next before until by
`;

const words = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== "");

const STANDS_FOR: ReadonlyMap<string, string> = new Map(
  ALIKE.split("\n").flatMap((line) => {
    const [first, ...others] = words(line);
    return first === undefined ? [] : [first, ...others].map((word) => [word, first] as const);
  }),
);
const FILLER: ReadonlySet<string> = new Set(words(FILLERS));
const DUE_WORDS: ReadonlySet<string> = new Set(words(DUE));
const VOCABULARY: ReadonlySet<string> = new Set([...STANDS_FOR.keys(), ...FILLER, ...words(WHOLE), ...DUE_WORDS]);
const LONGEST = Math.max(...[...VOCABULARY].map((word) => word.length));

const BRACKETED = /[([{<【〔《「（]([^()[\]{}<>【】〔〕《》「」（）]*)[)\]}>】〕》」）]/gu;
const PIECES = /\p{Script=Han}+|[\p{L}\p{N}]+/gu;

/** The words of a header in the order written, without what stands in brackets. */
export function headerWords(header: string): readonly string[] {
  return split(matchText(header).replace(BRACKETED, " "));
}

function split(text: string): readonly string[] {
  return [...text.matchAll(PIECES)].flatMap(([piece]) => (/\p{Script=Han}/u.test(piece) ? hanWords(piece) : [piece]));
}

function hanWords(text: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length;) {
    let length = Math.min(LONGEST, text.length - at);
    while (length > 1 && !VOCABULARY.has(text.slice(at, at + length))) length -= 1;
    found.push(text.slice(at, at + length));
    at += length;
  }
  return found;
}

/**
 * The form in which headers are compared by words: fillers left out, words that mean the same made one, English words in
 * the order of the alphabet (Date closed, Closed date). Blank where nothing but fillers is left.
 */
export function wordsKey(header: string): string {
  const kept = headerWords(header).filter((word) => !FILLER.has(word));
  const plain = kept
    .map((word) => STANDS_FOR.get(word) ?? word)
    // 日期时间 and 完成日期时间 name one day.
    .filter((word, i, all) => word !== all[i - 1]);
  return (plain.some((word) => /\p{Script=Han}/u.test(word)) ? plain : plain.toSorted()).join(" ");
}

const CLOSES = /结案|关闭|办结|闭环|闭合|销案|销项|结单|关单|销单|完结|办毕|了结|clos/iu;
const IS_DONE = /完成|完毕|解决|complet|resol|solv|finish|done/iu;
/** What is done is the handling of the case itself. */
const HANDLING = /处理|办理|处置|投诉|客诉|工单|案件/u;

/** Whether a header known as 结案时间 may speak of a repair or a measure as well: 实际完成日期, Resolved on. */
export function mayBeOtherThanClosing(header: string): boolean {
  const plain = matchText(header);
  return IS_DONE.test(plain) && !CLOSES.test(plain) && !HANDLING.test(plain);
}

/** Whether a header speaks of when something should be done: 应结案日期, 计划完成时间, 结案时间（要求）, Due date. */
export function isDueHeader(header: string): boolean {
  const plain = matchText(header);
  if (split(plain.replace(BRACKETED, " ")).some((word) => DUE_WORDS.has(word))) return true;
  return [...plain.matchAll(BRACKETED)].some(([, inside]) => {
    const all = split(inside!);
    return all.length > 0 && all.length <= 2 && all.some((word) => DUE_WORDS.has(word));
  });
}
