import type { ColumnId } from "../domain/columns.js";
import type { ComplaintOutputs } from "../domain/complaint.js";
import type { Fen } from "../domain/money.js";
import type { OutputId } from "../domain/columns.js";
import type { Closing } from "./closing.js";
import type { Day } from "../domain/wall-time.js";
import type { PenaltyType } from "../rules/events/kinds.js";

/** Shapes of what judging a ledger gives. All lists are in the order of the ledger's rows. */

export type MessageLevel = "error" | "warning" | "info";

/** One clear sentence about a cell or a row, in the language of the run. */
export interface Message {
  /** The sheet's row number; undefined for the ledger as a whole. */
  readonly row?: number;
  /** 来源工作簿, of what is said of one workbook of a group as a whole. */
  readonly file?: string;
  readonly column?: ColumnId;
  /** The cell's value as text, where the message is about a value. */
  readonly value?: string;
  readonly level: MessageLevel;
  /** What it is about, the same for all messages of its kind: mostly the key of the sentence, or pack and rule. */
  readonly cause: string;
  readonly text: string;
}

export interface RowOutcome {
  readonly row: number;
  /** 投诉编号, given or assigned; undefined when the row could not be numbered. */
  readonly id: string | undefined;
  /** Set when the row's 投诉编号 was blank. */
  readonly newId?: string;
  readonly packId: string | undefined;
  readonly outputs: ComplaintOutputs;
  readonly closing: Closing;
}

/** Proposed until the case is settled; void where the case goes on under a new number. */
export type PenaltyState = "拟定" | "确定" | "作废";

export interface Penalty {
  readonly row: number;
  readonly complaintId: string;
  /** 来源工作簿, where it tells the complaint from those of other workbooks of a group. */
  readonly source?: string;
  readonly packId: string;
  readonly state: PenaltyState;
  /** 结清日: the day on which a settled one was; undefined for others. */
  readonly settledOn: Day | undefined;
  /** yyyy-mm: the month in which it was settled; of others, the month of `now`. */
  readonly month: string;
  readonly subjectType: "个人" | "部门";
  readonly subject: string;
  /** 工号 of a person, where 人员 has one. */
  readonly employeeNo: string | undefined;
  readonly department: string | undefined;
  readonly type: PenaltyType;
  /** 事由 */
  readonly reason: string;
  /** 计算式, readable by whoever signs the notice. */
  readonly formula: string;
  readonly amount: Fen;
  readonly sanction: string | undefined;
  /** 大过: taken from the month it is settled in alone; what that month can't bear lapses. */
  readonly ownMonthOnly: boolean;
  /** The clause, document first. */
  readonly basis: string;
  readonly rule: string;
  readonly packVersion: string;
}

export type DeductionState = "已入账" | "试算" | "暂缓";

export interface Deduction {
  /** yyyy-mm */
  readonly month: string;
  readonly person: string;
  readonly employeeNo: string | undefined;
  /** 已入账 where it is fixed by a lock or notice, else 试算. */
  readonly state: DeductionState;
  readonly department: string | undefined;
  readonly carriedIn: Fen;
  readonly added: Fen;
  /** The most that can be taken this month; undefined when no ceiling could be applied. */
  readonly ceiling: Fen | undefined;
  /** Which ceiling binds, in words with its figure. */
  readonly ceilingBasis: string | undefined;
  readonly deducted: Fen;
  readonly carriedOut: Fen;
  readonly messages: readonly string[];
}

export interface Summary {
  readonly rows: number;
  /** Rows that are 数据有误. */
  readonly faultyRows: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly byPack: Readonly<Record<string, number>>;
  /** Proposed and settled ones together. */
  readonly penalties: Fen;
  readonly proposedPenalties: Fen;
  readonly settledPenalties: Fen;
  readonly deducted: Fen;
  readonly carriedOut: Fen;
  readonly compensation: Fen;
}

export interface Outcome {
  readonly rows: readonly RowOutcome[];
  readonly penalties: readonly Penalty[];
  readonly deductions: readonly Deduction[];
  readonly messages: readonly Message[];
  readonly summary: Summary;
  /** Outputs that the packs in use can fill, in the contract's order. */
  readonly outputColumns: readonly OutputId[];
}
