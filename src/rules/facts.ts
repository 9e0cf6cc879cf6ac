import { COLUMNS, type ColumnId, type ColumnKind } from "../domain/columns.js";
import type { ListedFact } from "./lists.js";

/**
 * What a rule may ask about: every ledger column under its own id, and a closed list of derived facts.
 *
 * Values: text and labels are strings; money is yuan as a number; per cent are numbers (30 = 30 %); a `datetime` is
 * seconds and a `date` days on the wall clock (`domain/wall-time.ts`), so two of the same kind can be compared;
 * lists are arrays of strings. A blank cell is an undefined fact.
 */
export type FactValue = string | number | boolean | readonly string[];
export type FactKind = "text" | "number" | "boolean" | "list" | "datetime" | "date";

export const STAGES = [
  "report",
  "handover",
  "firstReply",
  "investigate",
  "approve",
  "close",
  "revisit",
  "feedback",
  "discipline",
] as const;
export type Stage = (typeof STAGES)[number];

/** Derived facts and their kinds. Those marked (clocks) exist from the penalties concern on. */
export const DERIVED_FACTS = {
  /** Always true: for rules without a condition of their own. */
  always: "boolean",
  /** Where 地区 lies: 国内 (a blank one too), 国外, or 境外 for 香港, 澳门, 台湾; none where the place is on no list. */
  place: "text",
  /** 地区 lies outside the mainland: 国外 or 境外; none where the place is on no list. */
  abroad: "boolean",
  /** Whole days by which 实际送达日期 (or `now` while undelivered) is later than 约定送达日期; negative when early. */
  deliveryDelayDays: "number",
  /** A score in 满意度, in per cent of the best (3分 of five: 60); none where 满意度 is no score. */
  satisfactionScore: "number",
  /** 不良数量 ÷ 数量, in per cent. */
  defectPercent: "number",
  /** The larger of 索赔金额 and 损失金额, in yuan. */
  amountAtStake: "number",
  /** One of 责任人 is the 接待人. */
  personIsReceiver: "boolean",
  /** Number of persons in 责任人. */
  personCount: "number",
  /** 岗位 of the persons in 责任人, as 人员 gives them. */
  personPosts: "list",
  /** 纠正措施 holds nothing but empty words. */
  measuresVague: "boolean",
  /** 结案时间 is present (and counts: see the pack's `vagueMeasures`). */
  closed: "boolean",
  /** (clocks) Closed within 结案期限. */
  closedOnTime: "boolean",
  /** (clocks) 结案期限 has passed and the case is neither closed nor deferred. */
  closeOverdue: "boolean",
  /** (clocks) By how many steps the level has risen because 结案期限 passed. */
  escalations: "number",
  /** (clocks) 投诉级别 before any rise. */
  originalLevel: "text",
  /** (clocks) Days begun since the first 结案期限 that was missed, to closing or to `now`; 0 if none was. */
  daysPastClose: "number",
  /** (clocks) Whole months, from the first 结案期限 to closing or to `now`. */
  monthsPastClose: "number",
  /** (clocks) The levels at which 结案期限 was missed, one limit after the other as the level rose. */
  missedLevels: "list",
  /** (clocks) The levels that the case had at the end of each full month open past the first missed 结案期限. */
  monthEndLevels: "list",
  /** (clocks) Stages that were done late or are open past their limit, by stage id. */
  lateStages: "list",
  /** Another row names this one in 原投诉编号. */
  followedUp: "boolean",
  /** Earlier rows of the same customer in the ledger. */
  customerComplaints: "number",
  /** 扣款地区 of the settings. */
  deductionRegion: "text",
  // The labels of the pack's list that these columns say as whole values (rules/lists.ts).
  causeListed: "list",
  misconductListed: "list",
  /** How many times 违规行为 says it happened (未经审批发文2次), where the pack's list is `counted`; 1 where it doesn't say. */
  misconductTimes: "number",
  sanctionListed: "list",
  trackingListed: "list",
  remedyListed: "list",
  satisfactionListed: "list",
  closeRequestResultListed: "list",
  channelListed: "list",
  customerTypeListed: "list",
} as const satisfies Record<string, FactKind> & Record<ListedFact, "list">;

export type DerivedFact = keyof typeof DERIVED_FACTS;
export type FactName = ColumnId | DerivedFact;
export type Facts = { [Name in FactName]?: FactValue };

const KIND_OF_COLUMN: Record<ColumnKind, FactKind> = {
  text: "text",
  datetime: "datetime",
  date: "date",
  money: "number",
  price: "number",
  number: "number",
  integer: "number",
  percent: "number",
  boolean: "boolean",
  persons: "list",
  list: "list",
};

export const FACT_KINDS: ReadonlyMap<string, FactKind> = new Map<string, FactKind>([
  ...COLUMNS.map((c): [string, FactKind] => [c.id, KIND_OF_COLUMN[c.kind]]),
  ...Object.entries(DERIVED_FACTS),
]);

export const FACT_NAMES = [...FACT_KINDS.keys()] as readonly FactName[];
