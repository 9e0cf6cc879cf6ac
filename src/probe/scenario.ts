import type { ExcelEntry, TextEntry } from "../ledger/excel/cell-values.js";
import { enterCells } from "../ledger/excel/write-cells.js";

/** A small question to Excel: what is done, what was seen, and what the program counts on. */

/** What was seen, as JSON. */
export type Seen = null | boolean | number | string | readonly Seen[] | { readonly [key: string]: Seen };

/** Where a scenario works: a blank sheet of its own. */
export interface Place {
  readonly context: Excel.RequestContext;
  readonly sheet: Excel.Worksheet;
  readonly sheetName: string;
  /** A name that no table of the workbook bears. */
  readonly tableName: string;
}

export interface Scenario {
  /** Stays the same for ever: traces name it. */
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** What Excel does; it makes its own requests. */
  readonly run: (place: Place) => Promise<Seen>;
  /** What the program counts on. Without it the answer is only noted: the program gets along with either. */
  readonly holds?: (seen: Seen) => boolean;
  /** The version of ExcelApi it needs beyond what the manifest asks for. */
  readonly needs?: string;
}

/** Enters texts as they are, for Excel to read as it likes: what the program itself never does. */
export function enterRaw(range: Excel.Range, lines: readonly (readonly (string | number | null)[])[]): void {
  enterCells(
    range,
    lines.map((line) => line.map((value): ExcelEntry => (typeof value === "string" ? (value as TextEntry) : value))),
  );
}

/** Whether two things seen are the same. */
export function same(expected: Seen): (seen: Seen) => boolean {
  const text = JSON.stringify(expected);
  return (seen) => JSON.stringify(seen) === text;
}

/** A property of what was seen. */
export function part(seen: Seen, name: string): Seen {
  return typeof seen === "object" && seen !== null && !Array.isArray(seen)
    ? ((seen as { readonly [key: string]: Seen })[name] ?? null)
    : null;
}

/** The code of the error that something ends with; null if it goes through. */
export async function codeOf(act: () => Promise<unknown>): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (error) {
    return typeof error === "object" && error !== null && "code" in error ? String(error.code) : String(error);
  }
}
