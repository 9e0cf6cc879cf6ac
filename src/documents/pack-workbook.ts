import { strFromU8, strToU8 } from "fflate";
import ExcelJS from "exceljs";
import stringWidth from "string-width";
import type { Language } from "../locales/language.js";
import type { CellValue } from "../rules-sheets/codecs.js";
import { columnLetters } from "../ooxml/references.js";
import {
  CHOICES_SHEET,
  choicesMessage,
  choicesSource,
  longLists,
  PACK_TABLE_STYLE,
  packTableName,
  WRONG_FILL,
  WRONG_FONT,
  wrongCellFormula,
  type SheetColumn,
  type SheetTable,
} from "../rules-sheets/table.js";
import { printOnA4 } from "./a4.js";
import { steadyZip } from "./steady-zip.js";

/** Rows below the last that have formats and drop-downs, so that typing on is as easy as changing. */
const PREPARED = 300;
const HEADER_FILL = "FF1F5C99";
const FILLED_FILL = "FF7A5C00";
/** Tabs that auditors come for; the others are what a trip without loss needs. */
const MAIN: ReadonlySet<string> = new Set(["参数", "条款", "期限", "处罚", "责任", "类别", "词", "案例"]);
/** Points; and lines beyond which a row would fill the screen. */
const LINE_HEIGHT = 15;
const MOST_LINES = 14;
const FORMATS = { text: "@", date: "@", number: "General" } as const;

/** The sheets of a pack as a new workbook: a table a sheet, with drop-downs, notes on headers and texts kept as texts. */
export async function packWorkbook(tables: readonly SheetTable[], language: Language): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  // Fixed, so that the same pack gives the same bytes.
  book.created = book.modified = new Date(Date.UTC(2026, 0, 1));
  book.creator = "条理 Tiaoli";
  const long = longLists(tables);
  tables.forEach((table, i) => {
    addSheet(book, table, { number: i + 1, language, long });
  });
  if (long.length > 0) addLongLists(book, long);
  return steadyZip(new Uint8Array(await book.xlsx.writeBuffer()), (name, content) =>
    name.startsWith("xl/worksheets/sheet") ? notesBeforeTables(content) : content,
  );
}

/** exceljs names the notes of a sheet after its tables; ECMA-376 has them before (CT_Worksheet), and Excel keeps to it. */
function notesBeforeTables(content: Uint8Array): Uint8Array {
  const [, before, tables, notes, after] =
    /^([^]*)(<tableParts[^]*?<\/tableParts>)([^]*?<legacyDrawing[^>]*\/>)([^]*)$/.exec(strFromU8(content)) ?? [];
  return notes === undefined ? content : strToU8(`${before ?? ""}${notes}${tables ?? ""}${after ?? ""}`);
}

function addSheet(
  book: ExcelJS.Workbook,
  { name, about, columns, rows, hidden }: SheetTable,
  {
    number,
    language,
    long,
  }: { readonly number: number; readonly language: Language; readonly long: readonly (readonly string[])[] },
): void {
  const sheet = book.addWorksheet(name, {
    state: hidden === true ? "veryHidden" : "visible",
    views: [{ state: "frozen", xSplit: 1, ySplit: 1 }],
    properties: { tabColor: { argb: MAIN.has(name) ? HEADER_FILL : "FF999999" } },
  });
  sheet.columns = columns.map(({ width, format }) => ({
    width,
    style: { numFmt: FORMATS[format], alignment: { vertical: "top", wrapText: true } },
  }));
  // A table of Excel's own has one body row at least.
  const body = rows.length > 0 ? rows : [columns.map(() => null)];
  if (hidden === true) for (const line of [columns.map(({ header }) => header), ...rows]) sheet.addRow([...line]);
  else {
    sheet.addTable({
      name: packTableName(number),
      ref: "A1",
      headerRow: true,
      style: { theme: PACK_TABLE_STYLE, showRowStripes: true },
      columns: columns.map(({ header }) => ({ name: header, filterButton: true })),
      rows: body.map((line) => line.map((cell): CellValue => cell)),
    });
    body.forEach((line, i) => {
      const lines = Math.max(1, ...line.map((cell, c) => linesOf(cell, columns[c]!.width)));
      if (lines > 1) sheet.getRow(i + 2).height = Math.min(lines, MOST_LINES) * LINE_HEIGHT;
    });
    showWrongCells(sheet, columns, body.length);
    printOnA4(sheet, { landscape: true, onePage: false });
  }
  dressHeader(sheet, columns, about[language], language);
  if (hidden !== true)
    columns.forEach((column, i) => {
      if (column.choices) addChoices(sheet, column.header, column.choices, { at: i + 1, rows: body.length, long });
    });
}

/** Cells of which 错误 says something stand out by themselves, and no longer once it is mended and read again. */
function showWrongCells(sheet: ExcelJS.Worksheet, columns: readonly SheetColumn[], rows: number): void {
  const formula = wrongCellFormula(columns, columnLetters);
  if (formula === undefined) return;
  const style: Partial<ExcelJS.Style> = {
    fill: { type: "pattern", pattern: "solid", bgColor: { argb: `FF${WRONG_FILL}` } },
    font: { color: { argb: `FF${WRONG_FONT}` } },
  };
  sheet.addConditionalFormatting({
    ref: `A2:${columnLetters(columns.length)}${rows + PREPARED}`,
    rules: [{ type: "expression", priority: 1, formulae: [formula.slice(1)], style }],
  });
}

/** Lines that a text takes in a cell that wraps. */
function linesOf(cell: CellValue, width: number): number {
  return String(cell ?? "")
    .split("\n")
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(stringWidth(line) / (width - 1))), 0);
}

function dressHeader(
  sheet: ExcelJS.Worksheet,
  columns: readonly SheetColumn[],
  about: string,
  language: Language,
): void {
  const row = sheet.getRow(1);
  row.height = 24;
  columns.forEach(({ note, filled }, i) => {
    const cell = row.getCell(i + 1);
    cell.font = { bold: true, color: { argb: "FFFFFFFF" } };
    cell.fill = { type: "pattern", pattern: "solid", fgColor: { argb: filled === true ? FILLED_FILL : HEADER_FILL } };
    cell.alignment = { vertical: "middle", horizontal: "center", wrapText: true };
    cell.numFmt = "General";
    cell.note = i === 0 ? `${about}\n${note[language]}` : note[language];
  });
}

function addLongLists(book: ExcelJS.Workbook, long: readonly (readonly string[])[]): void {
  const sheet = book.addWorksheet(CHOICES_SHEET, { state: "veryHidden" });
  long.forEach((list, column) => {
    list.forEach((choice, row) => {
      sheet.getCell(row + 1, column + 1).value = choice;
    });
  });
}

function addChoices(
  sheet: ExcelJS.Worksheet,
  header: string,
  choices: readonly string[],
  { at, rows, long }: { readonly at: number; readonly rows: number; readonly long: readonly (readonly string[])[] },
): void {
  const source = choicesSource(choices, long);
  const formula =
    "list" in source
      ? `"${source.list}"`
      : `'${CHOICES_SHEET}'!$${columnLetters(source.column)}$1:$${columnLetters(source.column)}$${source.rows}`;
  // exceljs keeps validations by range address although its types only name cells.
  const validations = (
    sheet as unknown as { dataValidations: { add(range: string, rule: ExcelJS.DataValidation): void } }
  ).dataValidations;
  const { letter } = sheet.getColumn(at);
  validations.add(`${letter}2:${letter}${rows + PREPARED}`, {
    type: "list",
    allowBlank: true,
    formulae: [formula],
    showErrorMessage: true,
    errorStyle: "stop",
    errorTitle: header,
    error: choicesMessage(choices),
  });
}
