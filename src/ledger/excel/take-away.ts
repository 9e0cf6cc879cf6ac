import type { Made } from "./backup.js";
import { headerText, valuesOf } from "./cell-values.js";
import type { LoadedLedger } from "./ledger-reader.js";
import type { Place } from "./place.js";
import { areaOf } from "./ranges.js";

/** What an undo took away again. */
export interface TakenAway {
  readonly columns: number;
  /** Names of sheets. */
  readonly sheets: readonly string[];
}

/**
 * Takes away the columns and sheets that a write made, once its values are gone from them: columns only as long as they are
 * the ledger's last ones and blank, sheets only as long as they hold nothing but the blank table. Whatever somebody has
 * written there since stays, and so does the place of it.
 */
export async function takeAway(
  context: Excel.RequestContext,
  { place, body }: Pick<LoadedLedger, "place" | "body">,
  made: Made,
): Promise<TakenAway> {
  const columns = made.columns.length === 0 ? 0 : await takeColumns(context, place, body.values.length, made.columns);
  const sheets = made.tables.length === 0 ? [] : await takeSheets(context, made.tables);
  return { columns, sheets };
}

async function takeColumns(
  context: Excel.RequestContext,
  place: Place,
  rows: number,
  headers: readonly string[],
): Promise<number> {
  const whole = wholeLedger(context, place, rows).load("values,rowIndex,columnIndex,columnCount");
  whole.worksheet.load("id");
  await context.sync();
  const [top = [], ...lines] = valuesOf(whole);
  const first = whole.columnCount - headers.length;
  const ours = first > 0 && headers.every((header, i) => headerText(top[first + i] ?? "") === header);
  if (!ours || lines.some((line) => line.slice(first).some((value) => value !== ""))) return 0;
  const { rowIndex: row, columnIndex: left } = whole;
  const area = { row, column: left + first, rows: lines.length + 1, columns: headers.length };
  const added = areaOf(context.workbook.worksheets.getItem(whole.worksheet.id), area);
  if (place.kind === "table") {
    const table = context.workbook.tables.getItem(place.table.id);
    table.resize(whole.getResizedRange(0, -headers.length));
  }
  added.clear("All");
  await context.sync();
  return headers.length;
}

/** Headers and rows of the ledger. */
function wholeLedger(context: Excel.RequestContext, place: Place, rows: number): Excel.Range {
  if (place.kind === "table") return context.workbook.tables.getItem(place.table.id).getRange();
  const sheet = context.workbook.worksheets.getItem(place.sheet.id);
  return areaOf(sheet, { row: place.headerRow, column: place.left, rows: rows + 1, columns: place.headers.length });
}

async function takeSheets(context: Excel.RequestContext, tables: Made["tables"]): Promise<string[]> {
  const { worksheets } = context.workbook;
  worksheets.load("items/name");
  const asked = tables.map(({ table, headers }) => {
    const found = context.workbook.tables.getItemOrNullObject(table);
    const sheet = found.worksheet.load("name");
    const range = found.getRange().load("values,rowIndex,columnIndex,rowCount,columnCount");
    // Formats of rows that were there are nothing anybody wrote.
    const used = sheet.getUsedRange(true).load("rowIndex,columnIndex,rowCount,columnCount");
    return { headers, found, sheet, range, used };
  });
  await context.sync();
  const gone: string[] = [];
  for (const { headers, found, sheet, range, used } of asked) {
    if (found.isNullObject || worksheets.items.length - gone.length < 2) continue;
    const [top = [], ...lines] = valuesOf(range);
    const isOurs = top.length === headers.length && headers.every((header, i) => headerText(top[i] ?? "") === header);
    if (!isOurs || lines.some((line) => line.some((value) => value !== "")) || !covers(range, used)) continue;
    sheet.delete();
    gone.push(sheet.name);
  }
  if (gone.length > 0) await context.sync();
  return gone;
}

function covers(table: Excel.Range, used: Excel.Range): boolean {
  return (
    used.rowIndex >= table.rowIndex &&
    used.columnIndex >= table.columnIndex &&
    used.rowIndex + used.rowCount <= table.rowIndex + table.rowCount &&
    used.columnIndex + used.columnCount <= table.columnIndex + table.columnCount
  );
}
