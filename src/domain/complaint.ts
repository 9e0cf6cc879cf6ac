import type { COLUMNS, ColumnKind, InputId, OutputId } from "./columns.js";
import type { Fen, Price } from "./money.js";
import type { Day, WallTime } from "./wall-time.js";

/** One person in 责任人, with the share a clerk wrote down, in per cent (undefined: no share was written). */
export interface NamedPerson {
  /** A name or a 工号, as `plainName` shows it. */
  readonly name: string;
  /** What stands in brackets behind the name: 部门, 班组 or 工号. */
  readonly qualifier?: string;
  readonly percent?: number;
}

/** The value a column holds once its cell has been read. */
export interface ValueByKind {
  text: string;
  datetime: WallTime;
  date: Day;
  money: Fen;
  price: Price;
  number: number;
  integer: number;
  percent: number;
  boolean: boolean;
  persons: readonly NamedPerson[];
  list: readonly string[];
}

type KindOf<Id extends string> = Extract<(typeof COLUMNS)[number], { id: Id }>["kind"] & ColumnKind;

/** What is known of a complaint: every readable, non-blank input cell. */
export type ComplaintInputs = { [Id in InputId]?: ValueByKind[KindOf<Id>] };

/** What the rules say of a complaint: every output that has a value. */
export type ComplaintOutputs = { [Id in OutputId]?: ValueByKind[KindOf<Id>] };

/** A cell as a ledger hands it over, before it is read by the kind of its column. Excel serials are of the 1900 system. */
export type RawCell = string | number | boolean | null | { readonly error: string };

/** What of a row can't be told before somebody answers: its 待确认, in the language of the run. */
export interface RowDoubt {
  readonly column: InputId;
  /** Undefined where the whole ledger is asked, and it is said there. */
  readonly text: string | undefined;
  /** Money rests on it and nothing else: the status is told. */
  readonly moneyOnly?: true;
}

/** A ledger row as it stands in the sheet. */
export interface RawRow {
  /** The sheet's row number, from 1. */
  readonly row: number;
  readonly cells: { readonly [Id in InputId]?: RawCell };
  readonly doubts?: readonly RowDoubt[];
}

/** One line of 人员. */
export interface Person {
  /** 工号; a workbook of the first version has none. */
  readonly employeeNo?: string;
  readonly name: string;
  /** 曾用名: the books may know the person by it. */
  readonly formerNames?: readonly string[];
  readonly department?: string;
  readonly crew?: string;
  readonly post?: string;
  readonly superior?: string;
  /** 邮箱: where reminders go. */
  readonly email?: string;
  /** 基点数: base points, the weight of a person in a shared loss. */
  readonly basePoints?: number;
  /** 月绩效奖金 */
  readonly monthlyBonus?: Fen;
  /** 月工资 */
  readonly monthlyWage?: Fen;
  /** 入职日期: the first day. */
  readonly joinedOn?: Day;
  /** 离职日期: the last day; nothing is deducted in the months after it. */
  readonly leftOn?: Day;
  /** 入职日期 or 离职日期 holds something that can't be read, so it isn't known when the person belonged to the company. */
  readonly datesUnreadable?: true;
}

/** One line of 月度绩效: what differs from 人员 in that month. */
export interface MonthlyPay {
  /** yyyy-mm */
  readonly month: string;
  /** At least one of 工号 and 姓名 is there. */
  readonly employeeNo?: string;
  readonly name?: string;
  readonly monthlyBonus?: Fen;
  readonly monthlyWage?: Fen;
}

/** One line of 节假日: overrides the calendar library. */
export interface CalendarOverride {
  readonly day: Day;
  readonly kind: "rest" | "work";
  readonly name?: string;
}
