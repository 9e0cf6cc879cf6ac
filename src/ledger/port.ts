import type { ColumnId, ColumnKind, InputId, OutputId } from "../domain/columns.js";
import type { ComplaintOutputs, RawCell, RawRow } from "../domain/complaint.js";
import type { Answers } from "./answers.js";

/**
 * The port between the pure middle and a workbook, implemented by `file/` (OOXML bytes) and `excel/` (Office.js).
 * Excel serials in here are always of the 1900 system; an implementation converts for workbooks of the 1904 system.
 */

/** A header cell of the ledger. */
export interface LedgerColumn {
  /** As it stands in the sheet. */
  readonly header: string;
  /** Column letters, e.g. `AB`. */
  readonly letter: string;
}

/** A ledger row with the outputs an earlier run left in it. */
export interface LedgerRow extends RawRow {
  /** Outputs as they stand in the sheet (or in 处理结果), absent where the column is absent. */
  readonly outputs: { readonly [Id in OutputId]?: RawCell };
  /** What somebody wrote under 责任部门, where that column is their own work (`earlierOutputs`). */
  readonly departmentByHand?: RawCell;
  /** Two columns of one id that say different things in this row; in `cells` stands the first that isn't blank. */
  readonly second?: { readonly [Id in InputId]?: { readonly kept: RawCell; readonly other: RawCell } };
}

/** A side table as it stands: 人员, 节假日, 设置, or one of our own outputs. */
export interface RawTable {
  readonly sheet: string;
  readonly headers: readonly LedgerColumn[];
  readonly rows: readonly { readonly row: number; readonly cells: readonly RawCell[] }[];
  /** Only its end was read. */
  readonly isTail?: boolean;
}

export type SideTableName =
  | "People"
  | "MonthlyPay"
  | "Holidays"
  | "Settings"
  | "Archive"
  | "Penalties"
  | "Deductions"
  | "Postings"
  | "Notices"
  | "NoticeItems"
  | "Problems"
  | "Choices"
  | "AuditLog"
  | "GroupShops"
  | "GroupPeople"
  | "GroupMembership"
  | "PostingsCopy";

/** Rows that are no complaints, by what they are; `below-table`: complaints typed under the table's end, which no table holds. */
export type LeftOutKind =
  "blank" | "total" | "signature" | "heading" | "header" | "below-table" | "other-kind" | "merged";

export interface LeftOut {
  readonly kind: LeftOutKind;
  /** Sheet rows, from 1. */
  readonly rows: readonly number[];
}

/** Two headers that name one column, and nobody said which of them is meant. */
export interface SecondColumn {
  readonly id: ColumnId;
  readonly kept: LedgerColumn;
  readonly other: OtherColumn;
  /** Only the time of its day is read from the other one. */
  readonly timeOnly?: true;
}

/** A column; `again` says that it is the second or a later one of its name. */
export interface OtherColumn extends LedgerColumn {
  readonly again?: number;
}

/** A header that no column claims, with what stands under it near the top. */
export interface Stranger extends LedgerColumn {
  readonly cells: readonly { readonly row: number; readonly value: RawCell }[];
}

/** How many cells of a stranger are looked at. */
export const STRANGER_CELLS = 300;

/** A sheet of the same workbook that is a ledger as well and is not judged with this one. */
export interface LedgerHistory {
  readonly sheet: string;
  readonly title?: string;
  readonly columns: ReadonlyMap<ColumnId, LedgerColumn>;
  readonly rows: readonly RawRow[];
}

/** A table beside a ledger that is no Excel table. */
export interface TableBeside {
  readonly headers: readonly LedgerColumn[];
}

/** One of several sheets that are judged as one ledger. */
export interface LedgerSheet {
  readonly sheet: string;
  readonly headerRow: number;
  readonly columns: ReadonlyMap<ColumnId, LedgerColumn>;
}

export interface LedgerSnapshot {
  readonly sheet: string;
  /** The Excel table's name; undefined if the ledger is a plain range with headers. */
  readonly table: string | undefined;
  readonly headerRow: number;
  /** What stands above the headers. */
  readonly title?: string;
  /** Headers that were recognised, by column id. */
  readonly columns: ReadonlyMap<ColumnId, LedgerColumn>;
  /** Non-blank headers that no column claims. */
  readonly unrecognised: readonly LedgerColumn[];
  /** The complaints: rows that hold anything in an input column, but no totals, signatures and the like, in sheet order. */
  readonly rows: readonly LedgerRow[];
  /** Output columns of the ledger that are somebody's own work, see `earlierOutputs`. */
  readonly foreign: readonly OutputId[];
  readonly sideTables: ReadonlyMap<SideTableName, RawTable>;
  /** Rows that are no complaints; they are left as they are. */
  readonly leftOut?: readonly LeftOut[];
  readonly secondColumns?: readonly SecondColumn[];
  /** The sheets of a ledger that stands on several, by `sheetOfRow`. */
  readonly sheets?: readonly LedgerSheet[];
  /** Other sheets that look like a ledger, and were not read. */
  readonly otherSheets?: readonly string[];
  /** What stands on those sheets: not judged and not written, but their numbers are taken. */
  readonly history?: readonly LedgerHistory[];
  /** Other tables over the same rows of the sheet: not read. */
  readonly tablesBeside?: readonly TableBeside[];
  /** Headers nobody knows, with samples. */
  readonly strangers?: readonly Stranger[];
  /** Sheets that may be 人员 under another name, where there is no 人员 that holds anybody. */
  readonly peopleSheets?: readonly RawTable[];
  /** What people answered about this workbook. */
  readonly answers?: Answers;
  /** Set in the workbook of a group: its rows are followed by those of the members, numbered through all. */
  readonly group?: GroupSnapshot;
  /** 处理结果 has numbers, and the ledger has no column by which they could be told to its rows. */
  readonly numbersLost?: boolean;
}

/** A workbook whose complaints are judged with those of the ledger it belongs to. */
export interface GroupMember {
  /** 来源工作簿: the name by which the book knows it, whatever its file is called later. */
  readonly source: string;
  /** Its file, as seen from the group's workbook. */
  readonly file: string;
  /** The group's workbook, as seen from it. */
  readonly workbook: string;
  readonly snapshot: LedgerSnapshot;
}

/** A file of a group that was not read. */
export interface UnreadMember {
  readonly source: string;
  readonly file: string;
  /** In one sentence, in the language of the run. */
  readonly why: string;
}

/** The other workbooks of a group. */
export interface GroupSnapshot {
  readonly members: readonly GroupMember[];
  readonly unread: readonly UnreadMember[];
  /** Numbers, follow-ups and repeats are looked for over all workbooks. Undefined: as 设置 says, else within each. */
  readonly numbersOverAll?: boolean | undefined;
  /** The columns that the group's own workbook has itself: those of the joined ledger are those of all. */
  readonly ownColumns?: LedgerSnapshot["columns"];
  /** Of each sheet, by `sheetOfRow`, whose it is: 0 the group's own workbook, then the members. */
  readonly sheetOwners?: readonly number[];
}

/** The value of one cell to write; `undefined` leaves it blank. Text is written as text, never as a formula. */
export type OutputCell = string | number | boolean | undefined;

/** What helps to fill a column in: a text shown beside its cells, and what may be chosen (anything else is warned of). */
export interface CellGuide {
  readonly prompt: string;
  readonly choices?: readonly string[];
}

/** A table the program owns and writes whole: 处罚明细, 扣款台账, 处理日志. */
export interface OutputTable {
  readonly sheet: string;
  readonly table: string;
  readonly columns: readonly {
    readonly header: string;
    readonly kind: ColumnKind;
    /** characters */ readonly width: number;
    /** Of a column that people fill in. */
    readonly guide?: CellGuide;
  }[];
  /** Cells by column kind: money in yuan, dates and times as serials, booleans as 是/否 text. */
  readonly rows: readonly (readonly OutputCell[])[];
  /** `replace` writes the table anew; `append` adds the rows below the ones that stand there. */
  readonly mode: "replace" | "append";
  /** An undo leaves it as it is. */
  readonly stays?: true;
  /** Of a table that is a chain: what the row before the first new one must hold, or nothing is written. */
  readonly follows?: ChainEnd;
}

/** The last row of a chain by one of its cells; an empty value is that of a table without rows. */
export interface ChainEnd {
  readonly header: string;
  readonly value: string;
}

export interface RowWrite {
  readonly row: number;
  /** The number given to a blank 投诉编号 (written only if that cell is blank). */
  readonly newId?: string;
  readonly outputs: ComplaintOutputs;
  /** Input cells that a person had mended after a look: texts that take the place of what stood there, formats kept. */
  readonly mended?: Readonly<Partial<Record<InputId, string>>>;
}

/** What is written to a workbook of a group. */
export interface MemberWrite {
  readonly source: string;
  readonly write: LedgerWrite;
  readonly changedRows: number;
}

export interface LedgerWrite {
  /** Of a group: the members that don't say yet what was judged. */
  readonly members?: readonly MemberWrite[];
  /** Output columns of the ledger that are somebody's own work (`earlierOutputs`): left alone; outputs go to 处理结果. */
  readonly foreign?: readonly OutputId[];
  /** Outputs that the packs in use can fill, in the contract's order. */
  readonly outputColumns: readonly OutputId[];
  readonly rows: readonly RowWrite[];
  /** 投诉编号 on the ledger's other sheets: what 处理结果 says of them stays. */
  readonly elsewhere?: readonly string[];
  readonly tables: readonly OutputTable[];
  /** Drop-downs for columns of listed values, where the ledger has them and nobody gave them a validation. */
  readonly choices?: readonly ColumnChoices[];
}

/** Where the outputs went. */
export interface WriteReport {
  readonly placement: "table" | "range" | "results";
  /** Number of cells whose value changed; 0 means the workbook is as it was. */
  readonly changedCells: number;
}

/** One row of a running ledger with what its judging needs of the others. */
export interface RowSnapshot {
  /** Holds the one row; 人员, 节假日 and 设置 as side tables. */
  readonly snapshot: LedgerSnapshot;
  /** The other rows with 投诉编号, 适用制度 and 受理时间 only: for numbers and duplicates. */
  readonly others: readonly LedgerRow[];
}

/** What may be chosen in a column of listed values: a drop-down that warns and never forbids. */
export interface ColumnChoices {
  readonly id: InputId;
  readonly values: readonly string[];
  /** What any pack at hand offers here: a choice of a pack that no row uses yet stays where it stands. */
  readonly known?: readonly string[];
  /** They stand in the table of choices, to which the drop-down points. */
  readonly tabled?: true;
}
