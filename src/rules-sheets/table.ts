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

/** The sheet that holds the choices too long to stand in a drop-down itself, a list a column; it is never read. */
export const CHOICES_SHEET = "选项";
/** Excel refuses a list of choices longer than this when it stands in the rule itself. */
const LONGEST_LIST = 255;

/** The long lists of some sheets, each once, in the order of their columns on the sheet of choices. */
export function longLists(tables: readonly SheetTable[]): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  for (const { columns, hidden } of tables)
    if (hidden !== true)
      for (const { choices } of columns)
        if (choices && choices.join(",").length > LONGEST_LIST) found.set(choices.join(","), choices);
  return [...found.values()];
}

/** Where a drop-down takes its choices from: the list itself, or its column on the sheet of choices. */
export function choicesSource(
  choices: readonly string[],
  long: readonly (readonly string[])[],
): { readonly list: string } | { readonly column: number; readonly rows: number } {
  const list = choices.join(",");
  const column = long.findIndex((other) => other.join(",") === list);
  return column < 0 ? { list } : { column: column + 1, rows: choices.length };
}

/** What a drop-down says where something else is typed; Excel shows no more of it. */
export function choicesMessage(choices: readonly string[]): string {
  const whole = choices.join("、");
  return whole.length > LONGEST_LIST ? `${whole.slice(0, LONGEST_LIST - 1)}…` : whole;
}

/** Sheets in the open workbook of a ledger bear this in front of their names, so that none of them meets one of the user's. */
export const SHEET_PREFIX = "规则·";

/** Tables of a pack's sheets in Excel, whichever host makes them. */
export const PACK_TABLE_STYLE = "TableStyleLight9";

export function packTableName(number: number): string {
  return `TiaoliPack${number}`;
}

/** Colours of a cell that is wrong, as RGB. */
export const WRONG_FILL = "FFC7CE";
export const WRONG_FONT = "9C0006";

/**
 * The condition under which a cell of the first body row is wrong, for a conditional format over the whole body: the
 * row's 错误 has a line that begins with the cell's header. Undefined where a sheet has no such column.
 */
export function wrongCellFormula(
  columns: readonly SheetColumn[],
  lettersOf: (column: number) => string,
): string | undefined {
  const at = columns.findIndex(({ header }) => header === ERROR_HEADER);
  if (at < 0) return undefined;
  const lines = `CHAR(10)&$${lettersOf(at + 1)}2`;
  const starts = ["：", ": "].map((colon) => `ISNUMBER(FIND(CHAR(10)&A$1&"${colon}",${lines}))`);
  return `=AND(A$1<>"",OR(${starts.join(",")}))`;
}
