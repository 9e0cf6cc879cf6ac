import { isCellError } from "../../domain/cell-errors.js";
import type { ColumnKind } from "../../domain/columns.js";
import type { RawCell } from "../../domain/complaint.js";
import { from1904, to1904 } from "../../ooxml/date-systems.js";
import { fittingText, isDateKind, type CellContent } from "../output-cells.js";

/** Cells as Office.js hands them over, and as it takes them. */

/** A value in `range.values`; the empty text is a blank cell. */
export type ExcelValue = string | number | boolean;

declare const ENTRY: unique symbol;
/** A text that Excel takes for just that when it is entered; see `textEntry`. */
export type TextEntry = string & { readonly [ENTRY]: true };
/** What leaves a cell blank. */
export const BLANK = "" as TextEntry;
/** What is entered into a cell. */
export type EnteredValue = TextEntry | number | boolean;
/** What goes into a rectangle of cells: null leaves a cell as it is. */
export type ExcelEntry = EnteredValue | null;

/**
 * The loaded values of a range. The client types them as `any`; what a host can send is this, or null in place of what it
 * finds too large to read. Throws `TooLargeToRead`.
 */
export function valuesOf(range: Excel.Range): ExcelValue[][] {
  const values = range.values as ExcelValue[][] | null;
  if (values === null) throw new TooLargeToRead();
  return values;
}

/** Null in place of values: told by the code with which Excel refuses the like, so that it comes to the same sentence. */
class TooLargeToRead extends Error {
  override readonly name = "TooLargeToRead";
  readonly code = "RangeExceedsLimit";
}

/** How a workbook counts days. */
export interface DateSystem {
  readonly uses1904: boolean;
}

/** A loaded value as a raw cell; undefined if it is blank. Serials of date columns come in the 1900 system. */
export function rawCell(
  value: ExcelValue | undefined,
  kind: ColumnKind | undefined,
  dates: DateSystem,
): RawCell | undefined {
  if (value === undefined || value === "") return undefined;
  if (typeof value === "string") return isCellError(value) ? { error: value } : value;
  if (typeof value === "number" && dates.uses1904 && isDateKind(kind)) return from1904(value);
  return value;
}

/** Content for a cell as an entry that Excel takes for just that: texts stay texts, dates are serials of its system. */
export function entryOf(content: CellContent, kind: ColumnKind, dates: DateSystem): EnteredValue {
  if (content === undefined) return BLANK;
  if (typeof content === "number") return dates.uses1904 && isDateKind(kind) ? to1904(content) : content;
  return textEntry(content);
}

/**
 * A text as an entry. Excel reads entries as if typed: `=`, `+`, `-` and `@` begin formulas, and numbers, dates and
 * TRUE are taken for values. An apostrophe before it, which isn't part of the value, keeps the text. Texts that begin
 * with a Chinese character need none, unless they are a time (上午9:00) or a number in characters.
 */
export function textEntry(text: string): TextEntry {
  const fitting = fittingText(text);
  return (fitting === "" || isPlain(fitting) ? fitting : `'${fitting}`) as TextEntry;
}

function isPlain(text: string): boolean {
  return (
    /^\p{Script=Han}/u.test(text) &&
    !/^(?:[上下]午|[零〇一二三四五六七八九十百千万亿两]+[\p{P}\p{N}年月日时点]|[零〇一二三四五六七八九十百千万亿两]+$)/u.test(
      text,
    )
  );
}

/** What a loaded value (of a cell without a formula) must be entered as, so that the cell is again what it was. */
export function reentryOf(value: ExcelValue): EnteredValue {
  if (typeof value !== "string") return value;
  // An error that is entered as it reads is that error again.
  return isCellError(value) ? (value as TextEntry) : textEntry(value);
}

/** What an entry leaves in its cell, unless it is a formula. */
export function enteredValue(entry: ExcelValue): ExcelValue {
  return typeof entry === "string" && entry.startsWith("'") ? entry.slice(1) : entry;
}

/** A header as it stands, blanks and line breaks included: by that it is known again. */
export function headerText(value: ExcelValue): string {
  return typeof value === "boolean" ? "" : String(value);
}
