import type { CellValue } from "./codecs.js";
import type { Bilingual } from "./problem.js";

/** The sheets of a pack, as they go into a workbook and come out of it, whichever host holds it. */

export interface SheetColumn {
  readonly header: string;
  /** What the column is for, as a note on its header. */
  readonly note: Bilingual;
  /** Characters. */
  readonly width: number;
  readonly format: "text" | "number" | "date";
  readonly choices?: readonly string[];
  /** Filled by the program, never read: results of cases, and what is wrong. */
  readonly filled?: boolean;
}

/** A sheet with one table that begins in its first cell. */
export interface SheetTable {
  readonly name: string;
  readonly about: Bilingual;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly CellValue[])[];
  /** Not for people. */
  readonly hidden?: boolean;
}

/** What a cell was found to hold; an error of Excel is no value. */
export type FoundCell = CellValue | { readonly error: string };

/** A sheet as it was read: its rows from the first on, the header among them. */
export interface SheetGrid {
  readonly name: string;
  readonly rows: readonly (readonly (FoundCell | undefined)[])[];
}

/** The column in which it is said what is wrong with a row. */
export const ERROR_HEADER = "错误";
/** The column of 案例 that says what came out. */
export const RESULT_HEADER = "结果";
/** The exact form of an entry that the other columns can't say. */
export const EXACT_HEADER = "原样（JSON）";

/** Sheets in the open workbook of a ledger bear this in front of their names, so that none of them meets one of the user's. */
export const SHEET_PREFIX = "规则·";
