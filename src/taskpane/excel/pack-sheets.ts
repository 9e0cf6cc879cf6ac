import { BLANK, rawCell, textEntry, valuesOf, type EnteredValue } from "../../ledger/excel/cell-values.js";
import { areaOf } from "../../ledger/excel/ranges.js";
import { reading, writing, type ExcelHost } from "../../ledger/excel/run.js";
import { enterCells, formatRange, TEXT_FORMAT } from "../../ledger/excel/write-cells.js";
import type { Marks } from "../../jobs/pack-marks.js";
import type { Language } from "../../locales/language.js";
import { columnLetters } from "../../ooxml/references.js";
import {
  CHOICES_SHEET,
  choicesMessage,
  choicesSource,
  longLists,
  PACK_TABLE_STYLE,
  packTableName,
  SHEET_PREFIX,
  WRONG_FILL,
  WRONG_FONT,
  wrongCellFormula,
  type SheetGrid,
  type SheetTable,
} from "../../rules-sheets/table.js";
import { freeTableName } from "../../ledger/tables-of-ours.js";

/** The sheets of a pack in the open workbook. All of them bear a prefix, so that none meets a sheet of the user's. */

const HEADER_FILL = "#1F5C99";
const FILLED_FILL = "#7A5C00";
/** Rows below the last that have formats and drop-downs. */
const READY_ROWS = 100;
/** Points a character of the standard font takes, and what a column has around it. */
const POINTS = 5.6;
const AROUND = 4;
/** Characters of a hint that Excel shows. */
const LONGEST_HINT = 255;

/** Names of the sheets of a pack that the workbook has. */
export function packSheetNames(host: ExcelHost): Promise<readonly string[]> {
  return reading(host, async (context) => {
    const sheets = context.workbook.worksheets.load("items/name");
    await context.sync();
    return sheets.items.map(({ name }) => name).filter((name) => name.startsWith(SHEET_PREFIX));
  });
}

/**
 * Makes the sheets, a table on each, and shows the first one that people come for; the caller has seen that there are none
 * yet.
 */
export function writePackSheets(host: ExcelHost, tables: readonly SheetTable[], language: Language): Promise<void> {
  return writing(host, async (context) => {
    const { tables: standing, names } = context.workbook;
    standing.load("items/name");
    names.load("items/name");
    await context.sync();
    const taken = [...standing.items, ...names.items].map(({ name }) => name);
    const long = longLists(tables);
    if (long.length > 0) {
      addLongLists(context.workbook.worksheets.add(SHEET_PREFIX + CHOICES_SHEET), long);
      await context.sync();
    }
    for (const [i, table] of tables.entries()) {
      const sheet = context.workbook.worksheets.add(SHEET_PREFIX + table.name);
      fill(sheet, table, long);
      if (table.hidden === true) sheet.visibility = "VeryHidden";
      else dress(sheet, table, { name: freeTableName(packTableName(i + 1), taken), language });
      // A request stays far below what Excel on the web takes.
      await context.sync();
    }
    context.workbook.worksheets.getItem(`${SHEET_PREFIX}参数`).activate();
    await context.sync();
  });
}

function addLongLists(sheet: Excel.Worksheet, long: readonly (readonly string[])[]): void {
  long.forEach((list, column) => {
    const area = areaOf(sheet, { row: 0, column, rows: list.length, columns: 1 });
    formatRange(area, TEXT_FORMAT);
    enterCells(
      area,
      list.map((choice) => [textEntry(choice)]),
    );
  });
  sheet.visibility = "VeryHidden";
}

/** Formats, drop-downs and cells of a sheet. */
function fill(sheet: Excel.Worksheet, { columns, rows }: SheetTable, long: readonly (readonly string[])[]): void {
  const height = rows.length + READY_ROWS;
  columns.forEach(({ width, format, choices, header }, column) => {
    areaOf(sheet, { row: 0, column, rows: 1, columns: 1 }).format.columnWidth = Math.round(width * POINTS + AROUND);
    const body = areaOf(sheet, { row: 1, column, rows: height, columns: 1 });
    // The format comes before anything is typed, so that texts that look like numbers stay texts.
    if (format !== "number") formatRange(body, TEXT_FORMAT);
    if (choices === undefined || choices.length === 0) return;
    const place = choicesSource(choices, long);
    const letters = "column" in place ? columnLetters(place.column) : "";
    const source =
      "list" in place ? place.list : `='${SHEET_PREFIX}${CHOICES_SHEET}'!$${letters}$1:$${letters}$${place.rows}`;
    const { dataValidation } = body;
    dataValidation.rule = { list: { inCellDropDown: true, source } };
    dataValidation.ignoreBlanks = true;
    dataValidation.errorAlert = { title: header, message: choicesMessage(choices), showAlert: true, style: "Stop" };
  });
  const head = areaOf(sheet, { row: 0, column: 0, rows: 1, columns: columns.length });
  enterCells(head, [columns.map(({ header }) => textEntry(header))]);
  if (rows.length === 0) return;
  const body = areaOf(sheet, { row: 1, column: 0, rows: rows.length, columns: columns.length });
  enterCells(
    body,
    rows.map((row) => row.map((cell): EnteredValue => (typeof cell === "string" ? textEntry(cell) : (cell ?? BLANK)))),
  );
  body.format.verticalAlignment = "Top";
  body.format.wrapText = true;
}

/** What makes a sheet a table for people: the table itself, notes on its headers, wrong cells that stand out. */
function dress(
  sheet: Excel.Worksheet,
  { columns, rows, about }: SheetTable,
  { name, language }: { readonly name: string; readonly language: Language },
): void {
  // A table of Excel's own has one body row at least.
  const height = Math.max(1, rows.length);
  const table = sheet.tables.add(areaOf(sheet, { row: 0, column: 0, rows: height + 1, columns: columns.length }), true);
  table.name = name;
  table.style = PACK_TABLE_STYLE;
  columns.forEach(({ filled, note }, column) => {
    const cell = areaOf(sheet, { row: 0, column, rows: 1, columns: 1 });
    cell.format.font.bold = true;
    cell.format.font.color = "#FFFFFF";
    cell.format.fill.color = filled === true ? FILLED_FILL : HEADER_FILL;
    // Notes came to Excel's interface late; the hint of a validation says the same when the header is selected.
    const message = column === 0 ? `${about[language]}\n${note[language]}` : note[language];
    cell.dataValidation.rule = { textLength: { formula1: 0, operator: "GreaterThan" } };
    cell.dataValidation.prompt = { title: "", message: message.slice(0, LONGEST_HINT), showPrompt: true };
  });
  const wrong = wrongCellFormula(columns, columnLetters);
  if (wrong !== undefined) {
    const body = areaOf(sheet, { row: 1, column: 0, rows: height + READY_ROWS, columns: columns.length });
    const { custom } = body.conditionalFormats.add("Custom");
    custom.rule.formula = wrong;
    custom.format.fill.color = `#${WRONG_FILL}`;
    custom.format.font.color = `#${WRONG_FONT}`;
  }
  sheet.freezePanes.freezeRows(1);
}

/** The sheets as they stand, from their first cell on. */
export function readPackSheets(host: ExcelHost): Promise<readonly SheetGrid[]> {
  return reading(host, async (context) => {
    const sheets = context.workbook.worksheets.load("items/name");
    await context.sync();
    const ours = sheets.items.filter(({ name }) => name.startsWith(SHEET_PREFIX));
    const used = ours.map((sheet) => sheet.getUsedRangeOrNullObject(true).load("values,rowIndex,columnIndex"));
    await context.sync();
    return ours.map(({ name }, i): SheetGrid => {
      const range = used[i]!;
      if (range.isNullObject) return { name, rows: [] };
      const above = Array.from({ length: range.rowIndex }, () => []);
      const left = Array.from({ length: range.columnIndex }, () => null);
      const cells = valuesOf(range).map((row) => [
        ...left,
        ...row.map((value) => rawCell(value, undefined, { uses1904: false }) ?? null),
      ]);
      return { name, rows: [...above, ...cells] };
    });
  });
}

/** Writes what was found beside the cells it is about, and the pages of the program's own. */
export function markPackSheets(host: ExcelHost, { cells, pages }: Marks): Promise<void> {
  return writing(host, async (context) => {
    const { worksheets } = context.workbook;
    for (const { sheet, row, column, value } of cells) {
      const area = { row: row - 1, column: column - 1, rows: 1, columns: 1 };
      enterCells(areaOf(worksheets.getItem(sheet), area), [[textEntry(value)]]);
    }
    const found = pages.map(({ name }) => worksheets.getItemOrNullObject(SHEET_PREFIX + name).load("name"));
    await context.sync();
    pages.forEach(({ name, rows }, i) => {
      const known = found[i]!;
      const sheet = known.isNullObject ? worksheets.add(SHEET_PREFIX + name) : known;
      if (!known.isNullObject) sheet.getRange().clear();
      const width = Math.max(1, ...rows.map((row) => row.length));
      const entries = rows.map((row) =>
        Array.from({ length: width }, (_, c): EnteredValue => {
          const value = row[c];
          return value === undefined ? BLANK : typeof value === "number" ? value : textEntry(value);
        }),
      );
      enterCells(areaOf(sheet, { row: 0, column: 0, rows: entries.length, columns: width }), entries);
      areaOf(sheet, { row: 0, column: 0, rows: 1, columns: width }).format.columnWidth = 160;
    });
    await context.sync();
  });
}
