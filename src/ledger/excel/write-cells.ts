import type { ColumnKind } from "../../domain/columns.js";
import type { ExcelEntry } from "./cell-values.js";

/**
 * The one way into Excel's cells; the linter forbids every other (`eslint.config.js`). Excel reads what it is given as if
 * it were typed, so 1-2 would become a day and 00123 a number: entries come from `textEntry` and `entryOf`, which the
 * compiler asks for, and text columns are formatted as text before their values arrive.
 */

/** Enters a rectangle of cells; null leaves a cell as it is. */
export function enterCells(range: Excel.Range, entries: readonly (readonly ExcelEntry[])[]): void {
  // The client's declarations know no null, which its documentation does.
  range.values = entries as unknown as Excel.Range["values"];
}

/** Sets number formats cell by cell; null leaves a cell's format as it is. */
export function formatCells(range: Excel.Range, formats: readonly (readonly (string | null)[])[]): void {
  range.numberFormat = formats as Excel.Range["numberFormat"];
}

/** Sets one number format for all cells of a range; the client's declarations know arrays only. */
export function formatRange(range: Excel.Range, format: string): void {
  Object.assign(range, { numberFormat: format });
}

/** Adds a row at a table's end. */
export function addTableRow(table: Excel.Table, entries: readonly ExcelEntry[]): Excel.TableRow {
  return table.rows.add(undefined, [entries as unknown as (string | number | boolean)[]]);
}

/** Adds a blank row at the end of a table, above its totals row. One at a time: of several blank ones Excel may add one. */
export function addBlankRow(table: Excel.Table, columns: number): void {
  table.rows.add(undefined, [new Array<string>(columns).fill("")]);
}

/** Adds a column at a table's right end. */
export function addTableColumn(table: Excel.Table, header: ExcelEntry, rows: number): void {
  const blank = Array.from({ length: rows }, () => [""]);
  table.columns.add(undefined, [[header as string], ...blank]);
}

/** Excel's format of a text cell: what is entered there is never read as anything else. */
export const TEXT_FORMAT = "@";
export const DATE_FORMAT = "yyyy-mm-dd";

/** The number format of a column of ours; undefined where General will do. */
export function numberFormatOf(kind: ColumnKind): string | undefined {
  switch (kind) {
    case "datetime":
      return "yyyy-mm-dd hh:mm";
    case "date":
      return DATE_FORMAT;
    case "money":
      return "#,##0.00";
    case "number":
    case "integer":
    case "percent":
      return undefined;
    default:
      return TEXT_FORMAT;
  }
}
