import { headerKey, matchText } from "../../domain/match-key.js";
import { dateSystemOf } from "../../ledger/excel/discovery.js";
import {
  BLANK,
  enteredValue,
  entryOf,
  textEntry,
  valuesOf,
  type DateSystem,
  type EnteredValue,
} from "../../ledger/excel/cell-values.js";
import { areaOf } from "../../ledger/excel/ranges.js";
import {
  addTableColumn,
  addTableRow,
  DATE_FORMAT,
  enterCells,
  formatRange,
  TEXT_FORMAT,
} from "../../ledger/excel/write-cells.js";
import { datesOf, type IsDate, type TableOfOurs } from "../../ledger/tables-of-ours.js";

/** Lines of tables that people keep, 人员, 节假日 and 设置, written from the pane. */

/** A table by name, with the sheet and headers it gets if it has to be made. The first header is that of its key. */
export interface TableWish {
  readonly table: string;
  readonly sheet: string;
  readonly headers: readonly string[];
}

/** Texts, and numbers; a number where a date belongs is a serial of the 1900 system. */
type Line = readonly (string | number)[];

const WIDTH = 110;

/**
 * Writes lines into a table: a line whose first cell is there already replaces the rest of that row, others are added
 * below. Without such a table, what stands on its sheet under the first row is taken for it, as the reader does; where
 * there is neither, the table is made on a sheet of its own. Headers that are missing are added to the right.
 */
export async function putLines(context: Excel.RequestContext, wish: TableWish, lines: readonly Line[]): Promise<void> {
  const { workbook } = context;
  const table = workbook.tables.getItemOrNullObject(wish.table);
  const sheet = workbook.worksheets.getItemOrNullObject(wish.sheet);
  const used = sheet.getUsedRangeOrNullObject(true);
  const [inTable, onSheet] = [table.getRange().load("values"), used.load("values")];
  const system = dateSystemOf(workbook);
  await context.sync();
  const entries = new LineEntries(wish, system());
  const plain = table.isNullObject && !sheet.isNullObject && !used.isNullObject;
  if (table.isNullObject && !plain) {
    makeTable(sheet.isNullObject ? workbook.worksheets.add(wish.sheet) : sheet, wish, lines, entries);
  } else {
    const target: Target = plain
      ? { area: used, table: undefined, values: valuesOf(onSheet) }
      : { area: table.getRange(), table, values: valuesOf(inTable) };
    putInto(target, wish, lines, entries);
  }
  await context.sync();
}

/** What a table's cells are entered as, by the kind of their column. */
class LineEntries {
  private readonly isDate: IsDate;

  constructor(
    { table, headers }: TableWish,
    private readonly dates: DateSystem,
  ) {
    this.isDate = datesOf(table as TableOfOurs, headers);
  }

  of(line: Line, i: number): EnteredValue {
    const value = line[i];
    return value === undefined ? BLANK : entryOf(value, this.isDate(i, line) ? "date" : "number", this.dates);
  }

  /** The format that a cell needs before its value arrives; undefined where General will do. */
  format(line: Line, i: number): string | undefined {
    if (typeof line[i] === "number") return this.isDate(i, line) ? DATE_FORMAT : undefined;
    return line[i] === undefined || line[i] === "" ? undefined : TEXT_FORMAT;
  }
}

function makeTable(
  sheet: Excel.Worksheet,
  { headers, table }: TableWish,
  lines: readonly Line[],
  entries: LineEntries,
): void {
  const range = sheet.getRangeByIndexes(0, 0, lines.length + 1, headers.length);
  lines.forEach((line, row) => {
    headers.forEach((_, column) => {
      const format = entries.format(line, column);
      if (format !== undefined) formatRange(areaOf(sheet, { row: row + 1, column, rows: 1, columns: 1 }), format);
    });
  });
  enterCells(range, [headers.map(textEntry), ...lines.map((line) => headers.map((_, i) => entries.of(line, i)))]);
  sheet.tables.add(range, true).name = table;
  range.format.columnWidth = WIDTH;
}

interface Target {
  /** Header row and body. */
  readonly area: Excel.Range;
  /** Undefined if the lines stand on a sheet without an Excel table. */
  readonly table: Excel.Table | undefined;
  readonly values: readonly (readonly (string | number | boolean)[])[];
}

function putInto({ area, table, values }: Target, wish: TableWish, lines: readonly Line[], entries: LineEntries): void {
  const [first, ...body] = values;
  const headers = (first ?? []).map((value) => headerKey(String(value)));
  const missing = wish.headers.filter(
    (header, i) => !headers.includes(headerKey(header)) && lines.some((line) => (line[i] ?? "") !== ""),
  );
  for (const header of missing) {
    if (table) addTableColumn(table, textEntry(header), body.length);
    else enterCells(area.getCell(0, headers.length), [[textEntry(header)]]);
    headers.push(headerKey(header));
  }
  const at = wish.headers.map((header) => headers.indexOf(headerKey(header)));
  let below = body.length;
  for (const line of lines) {
    const key = matchText(String(enteredValue(entries.of(line, 0))).trim());
    const known = body.findIndex((cells) => matchText(String(cells[at[0]!] ?? "").trim()) === key);
    const free = known < 0 ? body.findIndex((cells) => cells.every((cell) => cell === "")) : known;
    if (free < 0 && table) {
      const row = addTableRow(
        table,
        headers.map((_, i) => (at.includes(i) ? entries.of(line, at.indexOf(i)) : BLANK)),
      ).getRange();
      dress(row, 0, at, line, entries);
      continue;
    }
    if (free < 0) below += 1;
    const row = free < 0 ? below : free + 1;
    // What people have formatted themselves stays as it is; a line of ours brings its formats along.
    if (known < 0) dress(area, row, at, line, entries);
    line.forEach((_, i) => {
      if (at[i]! >= 0) enterCells(area.getCell(row, at[i]!), [[entries.of(line, i)]]);
    });
  }
}

/** Gives the cells of a new line their formats. */
function dress(range: Excel.Range, row: number, at: readonly number[], line: Line, entries: LineEntries): void {
  line.forEach((_, i) => {
    const format = at[i]! < 0 ? undefined : entries.format(line, i);
    if (format !== undefined) formatRange(range.getCell(row, at[i]!), format);
  });
}
