import type { ColumnChoices } from "../ledger/port.js";
import ExcelJS from "exceljs";
import stringWidth from "string-width";
import type { ColumnKind, InputId } from "../domain/columns.js";
import type { Language } from "../locales/language.js";
import type { Pack } from "../rules/pack.js";
import {
  CHOICES_HEADERS,
  choicesOf,
  choicesPlace,
  choicesTable,
  listRule,
  tabledChoices,
  type ListRule,
} from "../ledger/choices.js";
import {
  columnFormat,
  columnWidth,
  firstSettings,
  ledgerColumns,
  SIDE_COLUMNS,
  type LedgerCells,
} from "./new-ledger-sheets.js";
import { printOnA4 } from "./a4.js";
import { steadyZip } from "./steady-zip.js";

export interface NewLedger {
  /** Packs whose columns the ledger has; the first one is 默认制度. */
  readonly packs: readonly Pack[];
  readonly language: Language;
  readonly rows?: readonly LedgerCells[];
  readonly people?: readonly (readonly (string | number | null)[])[];
  readonly holidays?: readonly (readonly (string | number | null)[])[];
  readonly settings?: readonly (readonly (string | number | null)[])[];
}

/** Columns of 人员 from 姓名 to 月工资: a line of so many has neither 工号 nor dates. */
const WITHOUT_NUMBER = 8;

function personLine(cells: readonly (string | number | null)[]): readonly (string | number | null)[] {
  return cells.length === WITHOUT_NUMBER ? [null, ...cells, null, null] : cells;
}

/** Texts of more than a few words: they wrap. */
const LONG: ReadonlySet<InputId> = new Set(["description", "demand", "cause", "rootCause", "correctiveAction"]);
const CENTRED: ReadonlySet<ColumnKind> = new Set(["datetime", "date", "boolean"]);

/** What the arrow of a filter takes of a header cell, in characters. */
const FILTER_BUTTON = 4;
/** Points. */
const LINE_HEIGHT = 15;

/** Rows below the header that get drop-downs and formats, so that typing on is as easy as the first row. */
const PREPARED_ROWS = 2000;
/** ECMA-376 paper size 9; the enum of exceljs exists in its types only. */
const A4 = 9;
/** Per cent: about 150 characters of text across an A4 page lying down. */
const PRINT_SCALE = 65;
const HEADER_FILL = "FF1F5C99";
/** Characters. */
const WIDEST_SIDE_COLUMN = 44;

/** Where a new ledger has the lists that are too long for a rule. */
const CHOICES_PLACE = choicesPlace(choicesTable([]).sheet, 1, []);

/** An empty ledger (or one with these rows) with its tables, drop-downs and formats, as xlsx bytes. */
export async function newLedger(ledger: NewLedger): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  // Fixed, so that the same ledger gives the same bytes.
  book.created = book.modified = new Date(Date.UTC(2026, 0, 1));
  book.creator = "条理 Tiaoli";
  const choices = tabledChoices(choicesOf(ledger.packs));
  addComplaints(book, ledger, new Map(choices.map((one) => [one.id, one])));
  addSideTable(book, "人员", "People", SIDE_COLUMNS.People, (ledger.people ?? []).map(personLine), {
    1: "@",
    8: "#,##0.00",
    9: "#,##0.00",
    10: "yyyy-mm-dd",
    11: "yyyy-mm-dd",
  });
  addSideTable(book, "节假日", "Holidays", SIDE_COLUMNS.Holidays, ledger.holidays ?? [], { 1: "yyyy-mm-dd" });
  const settings = ledger.settings ?? firstSettings(ledger.packs);
  addSideTable(book, "设置", "Settings", SIDE_COLUMNS.Settings, settings, {});
  addSideTable(book, "月度绩效", "MonthlyPay", SIDE_COLUMNS.MonthlyPay, [], {
    1: "@",
    2: "@",
    4: "#,##0.00",
    5: "#,##0.00",
  });
  list(book.getWorksheet("节假日")!, "B", ["休", "班"]);
  list(book.getWorksheet("设置")!, "B", packChoices(ledger.packs), { from: 2, to: 2 });
  const listed = choicesTable(choices);
  if (listed.rows.length > 0) {
    const lines = listed.rows.map((row) => row.map((cell) => (cell === undefined ? null : String(cell))));
    addSideTable(
      book,
      CHOICES_PLACE.sheet,
      listed.table,
      CHOICES_HEADERS.map(({ header }) => header),
      lines,
      {},
    );
  }
  return steadyZip(new Uint8Array(await book.xlsx.writeBuffer()));
}

/** The workbook of a group: for the complaints of head office, 人员 that go before those of shops, and what the group sets. */
export function newGroupLedger(packs: readonly Pack[], language: Language): Promise<Uint8Array> {
  const general = packs.filter(({ header }) => header.id === "general");
  return newLedger({
    packs: general.length > 0 ? general : packs.slice(0, 1),
    language,
    settings: [["编号范围", "各店"]],
  });
}

function addComplaints(
  book: ExcelJS.Workbook,
  { packs, language, rows = [] }: NewLedger,
  choices: ReadonlyMap<InputId, ColumnChoices>,
): void {
  const sheet = book.addWorksheet("投诉台账", { views: [{ state: "frozen", xSplit: 1, ySplit: 1 }] });
  const columns = ledgerColumns(packs, rows);
  const titles = columns.map((column) => (language === "zh" ? column.header : column.alias));
  const widths = columns.map(({ id, kind }, i) =>
    Math.max(columnWidth(id, kind), stringWidth(titles[i]!) + FILTER_BUTTON),
  );
  sheet.columns = columns.map(({ id, kind }, i) => {
    const numFmt = columnFormat(id, kind);
    return { key: id, width: widths[i]!, ...(numFmt === undefined ? {} : { style: { numFmt } }) };
  });
  sheet.addTable({
    name: "Complaints",
    ref: "A1",
    headerRow: true,
    style: { theme: "TableStyleMedium2", showRowStripes: true },
    columns: titles.map((name) => ({ name, filterButton: true })),
    rows: rows.length > 0 ? rows.map((row) => columns.map(({ id }) => row[id] ?? null)) : [columns.map(() => null)],
  });
  columns.forEach(({ id, kind }, index) => {
    const column = sheet.getColumn(index + 1);
    column.alignment = {
      vertical: "top",
      ...(LONG.has(id) ? { wrapText: true } : {}),
      ...(CENTRED.has(kind) ? { horizontal: "center" } : {}),
    };
    if (kind === "boolean") list(sheet, column.letter, ["是", "否"]);
    else if (id === "pack") list(sheet, column.letter, packChoices(packs));
    const offered = choices.get(id);
    const rule = offered && listRule(offered, CHOICES_PLACE);
    if (rule) offer(sheet, column.letter, rule);
  });
  headerStyle(sheet, columns.length);
  rows.forEach((row, i) => {
    const lines = Math.max(...columns.map(({ id }, c) => (LONG.has(id) ? linesOf(row[id], widths[c]!) : 1)));
    if (lines > 1) sheet.getRow(i + 2).height = lines * LINE_HEIGHT;
  });
  // A ledger is wider than any sheet of paper: shrunk to one page's width nobody could read it, so it runs over several
  // pages, each with the headers and the number of the complaint.
  Object.assign(sheet.pageSetup, {
    orientation: "landscape",
    paperSize: A4,
    scale: PRINT_SCALE,
    printTitlesRow: "1:1",
    printTitlesColumn: "A:A",
    pageOrder: "overThenDown",
  });
}

/** Lines a text takes in a column that wraps. */
function linesOf(text: string | number | boolean | undefined, width: number): number {
  return Math.ceil(stringWidth(String(text ?? "")) / (width - 1));
}

function addSideTable(
  book: ExcelJS.Workbook,
  name: string,
  table: string,
  headers: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
  formats: Readonly<Record<number, string>>,
): void {
  const sheet = book.addWorksheet(name, { views: [{ state: "frozen", ySplit: 1 }] });
  sheet.columns = headers.map((header, index) => {
    const numFmt = formats[index + 1];
    const texts = rows.map((row) => row[index]).filter((value) => typeof value === "string");
    const longest = Math.max(header.length * 2, ...texts.map((text) => stringWidth(text)));
    return {
      width: Math.min(WIDEST_SIDE_COLUMN, Math.max(12, longest + 3)),
      ...(numFmt === undefined ? {} : { style: { numFmt } }),
    };
  });
  printOnA4(sheet, { landscape: false, onePage: false });
  sheet.addTable({
    name: table,
    ref: "A1",
    headerRow: true,
    style: { theme: "TableStyleLight9", showRowStripes: true },
    columns: headers.map((header) => ({ name: header })),
    rows: rows.length > 0 ? rows.map((row) => [...row]) : [headers.map(() => null)],
  });
  headerStyle(sheet, headers.length);
}

function headerStyle(sheet: ExcelJS.Worksheet, width: number): void {
  const row = sheet.getRow(1);
  row.height = 22;
  for (let i = 1; i <= width; i++) {
    const cell = row.getCell(i);
    cell.font = { bold: true, color: { argb: "FFFFFFFF" } };
    cell.fill = { type: "pattern", pattern: "solid", fgColor: { argb: HEADER_FILL } };
    cell.alignment = { vertical: "middle", horizontal: "center", wrapText: true };
    cell.numFmt = "General";
  }
}

/** A list of fixed choices; nothing else may be typed. */
/** Titles of packs for a drop-down; ids where a list of titles would be longer than Excel takes. */
function packChoices(packs: readonly Pack[]): string[] {
  const titles = packs.map(({ header }) => header.title.zh);
  const fits = titles.join(",").length <= LONGEST_LIST && titles.every((title) => !title.includes(","));
  return fits ? titles : packs.map(({ header }) => header.id);
}

const LONGEST_LIST = 250;

function list(
  sheet: ExcelJS.Worksheet,
  letter: string,
  choices: readonly string[],
  { from = 2, to = PREPARED_ROWS }: { readonly from?: number; readonly to?: number } = {},
): void {
  validate(sheet, `${letter}${from}:${letter}${to}`, {
    type: "list",
    allowBlank: true,
    formulae: [`"${choices.join(",")}"`],
    showErrorMessage: false,
  });
}

/** Choices of a listed column: something else may be typed, but Excel asks about it. */
function offer(sheet: ExcelJS.Worksheet, letter: string, { source, title, message }: ListRule): void {
  validate(sheet, `${letter}2:${letter}${PREPARED_ROWS}`, {
    type: "list",
    allowBlank: true,
    formulae: [source.startsWith("=") ? source.slice(1) : `"${source}"`],
    showErrorMessage: true,
    errorStyle: "warning",
    errorTitle: title,
    error: message,
  });
}

function validate(sheet: ExcelJS.Worksheet, range: string, rule: ExcelJS.DataValidation): void {
  // exceljs keeps validations by range address although its types only name cells.
  const { dataValidations } = sheet as unknown as {
    dataValidations: { add(range: string, rule: ExcelJS.DataValidation): void };
  };
  dataValidations.add(range, rule);
}
