import type { LedgerSheetPlan } from "../../documents/new-ledger-sheets.js";
import { BLANK, textEntry, type EnteredValue } from "../../ledger/excel/cell-values.js";
import { areaOf } from "../../ledger/excel/ranges.js";
import { enterCells, formatRange } from "../../ledger/excel/write-cells.js";

/** Points a character of the standard font takes, and what a column has around it. */
const POINTS = 5.6;
const AROUND = 4;
/** Rows that are ready to be typed into; a table grows by itself below them. */
const READY_ROWS = 20;

/** Makes the sheets of a new ledger in the open workbook, each with its table, and shows the ledger. What is there stays. */
export async function makeLedger(context: Excel.RequestContext, plans: readonly LedgerSheetPlan[]): Promise<void> {
  const { worksheets, tables } = context.workbook;
  worksheets.load("items/name");
  tables.load("items/name");
  await context.sync();
  const sheets = worksheets.items.map(({ name }) => name.trim().toLowerCase());
  const named = new Set(tables.items.map(({ name }) => name.toLowerCase()));
  const [first, ...others] = plans;
  // 人员, 节假日 and 设置 that are there already serve the new ledger as well.
  const missing = others.filter(({ sheet, table }) => !sheets.includes(sheet) && !named.has(table.toLowerCase()));
  for (const plan of first ? [first, ...missing] : missing) {
    const sheet = worksheets.add(freeName(plan.sheet, sheets));
    fill(sheet, plan);
    if (plan === first) sheet.activate();
  }
  await context.sync();
}

function freeName(name: string, taken: readonly string[]): string {
  let free = name;
  for (let n = 2; taken.includes(free.toLowerCase()); n += 1) free = `${name} ${n}`;
  return free;
}

function fill(sheet: Excel.Worksheet, { table, columns, rows }: LedgerSheetPlan): void {
  const height = rows.length > 0 ? rows.length : READY_ROWS;
  columns.forEach(({ format, width }, column) => {
    areaOf(sheet, { row: 0, column, rows: 1, columns: 1 }).format.columnWidth = Math.round(width * POINTS + AROUND);
    // The format comes before anything is typed, so that numbers that are names keep their zeros.
    if (format !== undefined) formatRange(areaOf(sheet, { row: 1, column, rows: height, columns: 1 }), format);
  });
  const header = { row: 0, column: 0, rows: 1, columns: columns.length };
  enterCells(areaOf(sheet, header), [columns.map(({ header: text }) => textEntry(text))]);
  if (rows.length > 0) {
    const body = { row: 1, column: 0, rows: rows.length, columns: columns.length };
    const entries = rows.map((row) => row.map((cell): EnteredValue => (cell === null ? BLANK : textEntry(cell))));
    enterCells(areaOf(sheet, body), entries);
  }
  sheet.tables.add(areaOf(sheet, { ...header, rows: height + 1 }), true).name = table;
  sheet.freezePanes.freezeRows(1);
}
