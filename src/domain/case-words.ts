import { matchText } from "./match-text.js";

/**
 * Words in which other ledgers say how a case stands and what kind of entry it is. Whole values only: what stands on none
 * of these lists is asked about, value by value.
 */

/** How a case stands by its 结案状态. `held`: neither open nor closed, as 挂起 leaves it. */
export type CaseState = "closed" | "open" | "held";

const CLOSED = `
  结案 已结案 已经结案 关闭 已关闭 闭环 已闭环 办结 已办结 完成 已完成 完结 已完结 销案 已销案 销项 已销项 解决 已解决 已处理完毕 处理完毕 处理完成 已处理完成
  已结单 结单 已归档 归档 已结 已完毕 已关单 关单 正常结案 正常关闭 结案归档 已闭合 已了结 了结 已办理完毕 逾期结案 待回访 回访逾期 待反馈 反馈逾期
  closed close resolved completed complete done solved finished archived settled`;
const OPEN = `
  未结案 未关闭 未闭环 未办结 未完成 未完结 未解决 未处理 未结 未销案 未销项 处理中 进行中 跟进中 调查中 办理中 整改中 受理中 在办 在处理 正在处理 待处理 待受理 待分派 待派单
  待办理 待跟进 待结案 待关闭 已逾期 即将到期 逾期未结 超期未结 已受理 已派单 已分派 新建 新增 打开 重新打开 新单 待回复
  open opened new assigned reopened active unresolved unsolved`;
const OPEN_PHRASES = [
  "in progress",
  "in process",
  "under investigation",
  "work in progress",
  "not closed",
  "re-opened",
];
const HELD = `
  挂起 已挂起 暂停 已暂停 搁置 已搁置 暂缓 已暂缓 缓办 中止 待客户 等待客户 待客户确认 待配件 等配件 pending suspended deferred waiting hold`;
const HELD_PHRASES = ["on hold", "on-hold", "waiting for customer", "pending customer"];

const STATES: ReadonlyMap<string, CaseState> = new Map([
  ...words(CLOSED).map((word) => [word, "closed"] as const),
  ...[...words(OPEN), ...OPEN_PHRASES.map(wordKey)].map((word) => [word, "open"] as const),
  ...[...words(HELD), ...HELD_PHRASES.map(wordKey)].map((word) => [word, "held"] as const),
]);
const YES: ReadonlySet<string> = new Set(words("是 已 有 y yes true 1 √ ✓ ✔"));
const NO: ReadonlySet<string> = new Set(words("否 未 没 没有 n no false 0 × ✗ x"));
/** Headers that ask: their cells hold yes or no. */
const ASKS = /是否|与否|^\s*is\b|\?|？|y\/n|标志/iu;

/** Statuses of our own that say nothing of closing. */
const NEITHER: ReadonlySet<string> = new Set(words("不成立 暂缓关闭 已转新单 待确认 数据有误"));

/** Whether a word of 结案状态 leaves open whether the case is closed, and need not be asked about. */
export function saysNothingOfClosing(text: string): boolean {
  return NEITHER.has(wordKey(text));
}

/** What a word under a header of 结案状态 says; undefined for a word that stands on no list. */
export function caseStateOf(text: string, header: string): CaseState | undefined {
  const key = wordKey(text);
  const asked = ASKS.test(header) ? (YES.has(key) ? "closed" : NO.has(key) ? "open" : undefined) : undefined;
  return asked ?? STATES.get(key) ?? (closedOn(text) === undefined ? undefined : "closed");
}

/** A day as it stands beside a word, with its year or without. */
const DAY = /(?:(?:19|20)?\d{2}[年./-])?\d{1,2}(?:月\d{1,2}[日号]?|[./-]\d{1,2})(?!\d)/u;
/** What stands between a day and a word: 已结（3/5）, 结案：3.5, 于3月5日结案. */
const BETWEEN = /[\s()[\]:,、;于在-]+/gu;

/** The day beside a word of closing, as it is written: 3/5 of 已结(3/5), 3月5日 of 3月5日结案. */
export function closedOn(text: string): string | undefined {
  const plain = matchText(text);
  const found = DAY.exec(plain)?.[0];
  if (found === undefined) return undefined;
  return STATES.get(wordKey(plain.replace(found, " ").replace(BETWEEN, ""))) === "closed" ? found : undefined;
}

/** Whether a cell of 结案时间 says that the case is closed, and not when. */
export function saysClosed(text: string): boolean {
  const key = wordKey(text);
  return STATES.get(key) === "closed" || key === "√" || key === "✓" || key === "✔";
}

const NO_COMPLAINTS: ReadonlySet<string> = new Set(
  words(`
  非投诉 不是投诉 不属投诉 非客诉 表扬 表扬感谢 感谢 表彰 赞扬 好评 锦旗 咨询 业务咨询 查询 询问 问询 咨询类 表扬类 咨询查询 政策咨询 求助咨询 感谢表扬 表扬信 感谢信 业务查询 投诉咨询
  praise compliment compliments thanks enquiry inquiry enquiries inquiries question information commendation`),
);

/** Whether a kind of entry is none of a complaint: praise, thanks, an enquiry. */
export function isNoComplaint(kind: string): boolean {
  return NO_COMPLAINTS.has(wordKey(kind));
}

/** The form in which such words are compared. */
export function wordKey(text: string): string {
  return matchText(text)
    .replace(/[\s\p{Cf}]+/gu, " ")
    .replace(/[.。!！]+$/u, "")
    .trim();
}

function words(list: string): string[] {
  return list.split(/\s+/u).filter((word) => word !== "");
}
