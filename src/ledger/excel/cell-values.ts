import type { ColumnKind } from "../../domain/columns.js";
import type { RawCell } from "../../domain/complaint.js";

/** Cells as Office.js hands them over, and as it takes them. */

/** A value in `range.values`; the empty text is a blank cell. */
export type ExcelValue = string | number | boolean;
/** What goes into `range.values`: null leaves a cell as it is. */
export type ExcelEntry = ExcelValue | null;

/** Days between the epochs of the 1904 and the 1900 date system. */
const DAYS_1904 = 1462;
const ERROR = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|BUSY!)$/;
/** More than this many characters don't go into a cell. */
const MAX_TEXT = 32_767;

/** The loaded values of a range. The client types them as `any`; what a host can send is this. */
export function valuesOf(range: Excel.Range): ExcelValue[][] {
  return range.values as ExcelValue[][];
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
  if (typeof value === "string") return ERROR.test(value) ? { error: value } : value;
  if (typeof value === "number" && dates.uses1904 && isDateKind(kind)) return value + DAYS_1904;
  return value;
}

export function isDateKind(kind: ColumnKind | undefined): boolean {
  return kind === "date" || kind === "datetime";
}

/** Content for a cell as an entry that Excel takes for just that: texts stay texts, dates are serials of its system. */
export function entryOf(content: string | number | undefined, kind: ColumnKind, dates: DateSystem): ExcelValue {
  if (content === undefined) return "";
  if (typeof content === "number") return dates.uses1904 && isDateKind(kind) ? content - DAYS_1904 : content;
  return textEntry(content);
}

/**
 * A text as an entry. Excel reads entries as if typed: `=`, `+`, `-` and `@` begin formulas, and numbers, dates and
 * TRUE are taken for values. An apostrophe before it, which isn't part of the value, keeps the text. Texts that begin
 * with a Chinese character need none, unless they are a time (上午9:00) or a number in characters.
 */
export function textEntry(text: string): string {
  const fitting = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text;
  return fitting === "" || isPlain(fitting) ? fitting : `'${fitting}`;
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
export function reentryOf(value: ExcelValue): ExcelValue {
  return typeof value === "string" && !ERROR.test(value) ? textEntry(value) : value;
}

/** What an entry leaves in its cell, unless it is a formula. */
export function enteredValue(entry: ExcelValue): ExcelValue {
  return typeof entry === "string" && entry.startsWith("'") ? entry.slice(1) : entry;
}

/** A header as it stands, blanks and line breaks included: by that it is known again. */
export function headerText(value: ExcelValue): string {
  return typeof value === "boolean" ? "" : String(value);
}

/** A cell's value as a key: how a number is known whether it was typed as text or as a number. */
export function keyText(cell: RawCell | undefined): string {
  if (cell === undefined || cell === null || typeof cell === "object") return "";
  return String(cell).trim();
}
