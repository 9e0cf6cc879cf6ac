import type { Area } from "./address.js";
import type { JsonObject } from "./wire.js";

/**
 * A workbook as plain data: JSON in and out, no classes, no host. Rows and columns count from 0; dates are the serial
 * numbers that stand in the cells.
 */

/** The value of a cell; the empty text is a blank cell. Errors are texts like `#N/A`, as Office.js hands them over. */
export type CellValue = string | number | boolean;

export interface RowModel {
  /** From column A on; shorter than the sheet is wide, `""` where blank. */
  values: CellValue[];
  /** By column. The value beside it is what the formula showed last. */
  formulas?: Record<number, string>;
  /** By column; without an entry the format is General. */
  numberFormats?: Record<number, string>;
  /** By column: a tree like `{font: {bold: true}, protection: {locked: false}}`; shared between cells, never changed in place. */
  styles?: Record<number, JsonObject>;
  /** Hidden by hand. */
  hidden?: boolean;
  /** Hidden by a filter. */
  filtered?: boolean;
  /** points */
  height?: number;
}

export interface ColumnModel {
  /** points */
  width?: number;
  hidden?: boolean;
}

export interface TableModel {
  id: string;
  name: string;
  /** Header row, body and totals row. */
  area: Area;
  showHeaders: boolean;
  showTotals: boolean;
  style: string;
  /** Filter criteria by column of the table. */
  filters: Record<number, JsonObject>;
}

export interface NameModel {
  name: string;
  /** `=Sheet1!$A$1:$B$9` or any other formula. */
  formula: string;
  visible: boolean;
  comment: string;
}

export interface ConditionalFormatModel {
  id: string;
  /** `Custom`, `CellValue`, `ContainsText` … */
  type: string;
  area: Area;
  settings: JsonObject;
}

export interface DataValidationModel {
  area: Area;
  settings: JsonObject;
}

export interface ChartModel {
  id: string;
  name: string;
  type: string;
  /** Address of the source, with its sheet. */
  source: string;
  seriesBy: string;
  settings: JsonObject;
  series: JsonObject[];
}

export interface PivotModel {
  id: string;
  name: string;
  /** Name of a table, or an address with its sheet. */
  source: string;
  /** Field names of the source, in its order. */
  fields: string[];
  destination: Area;
  rows: string[];
  columns: string[];
  filters: string[];
  data: { field: string; name: string; summarizeBy: string; settings: JsonObject }[];
  settings: JsonObject;
  refreshes: number;
}

export interface ProtectionModel {
  options: JsonObject;
  password?: string;
}

export interface SheetModel {
  id: string;
  name: string;
  visibility: "Visible" | "Hidden" | "VeryHidden";
  tabColor: string;
  showGridlines: boolean;
  rows: (RowModel | null)[];
  columns: Record<number, ColumnModel>;
  merges: Area[];
  tables: TableModel[];
  names: NameModel[];
  conditionalFormats: ConditionalFormatModel[];
  dataValidations: DataValidationModel[];
  charts: ChartModel[];
  pivots: PivotModel[];
  /** Rows and columns frozen from the top left. */
  frozen: { rows: number; columns: number };
  pageLayout: JsonObject;
  protection?: ProtectionModel;
}

export interface SettingModel {
  key: string;
  value: JsonObject[string];
}

export interface XmlPartModel {
  id: string;
  xml: string;
}

export interface WorkbookModel {
  name: string;
  sheets: SheetModel[];
  names: NameModel[];
  settings: SettingModel[];
  xmlParts: XmlPartModel[];
  /** Title, author and the like, and `custom` ones by key. */
  properties: { standard: JsonObject; custom: Record<string, JsonObject[string]> };
  /** Ids given out so far, so that no id comes twice. */
  lastId: number;
  activeSheet: string;
  selection: Area;
  uses1904Dates: boolean;
  protection?: ProtectionModel;
}

export interface SheetInput {
  readonly name: string;
  /** From A1 on. Texts are entered as they are, without reading them as numbers or formulas. */
  readonly values?: readonly (readonly CellValue[])[];
  readonly tables?: readonly TableInput[];
}

export interface TableInput {
  readonly name: string;
  /** First cell of the header row, from 0; A1 if left out. */
  readonly row?: number;
  readonly column?: number;
  /** The header row and the body; the table then covers them. Without it the sheet's own values are covered. */
  readonly values?: readonly (readonly CellValue[])[];
}

/** A workbook made of sheets with values and tables. There is always at least one sheet. */
export function fromSheets(sheets: readonly SheetInput[], name = "Book1.xlsx"): WorkbookModel {
  const model: WorkbookModel = {
    name,
    sheets: [],
    names: [],
    settings: [],
    xmlParts: [],
    properties: { standard: {}, custom: {} },
    lastId: 0,
    activeSheet: "",
    selection: { row: 0, column: 0, rows: 1, columns: 1 },
    uses1904Dates: false,
  };
  for (const input of sheets.length > 0 ? sheets : [{ name: "Sheet1" }]) addFilledSheet(model, input);
  model.activeSheet = model.sheets[0]!.id;
  return model;
}

function addFilledSheet(model: WorkbookModel, { name, values = [], tables = [] }: SheetInput): void {
  const sheet = addSheet(model, name);
  fill(sheet, 0, 0, values);
  for (const table of tables) {
    const { row = 0, column = 0 } = table;
    const cells = table.values ?? values;
    fill(sheet, row, column, cells);
    addTable(model, sheet, table.name, {
      row,
      column,
      rows: Math.max(2, cells.length),
      columns: Math.max(1, ...cells.map((line) => line.length)),
    });
  }
}

function fill(sheet: SheetModel, row: number, column: number, values: readonly (readonly CellValue[])[]): void {
  values.forEach((line, i) => {
    const target = rowAt(sheet, row + i);
    line.forEach((value, j) => {
      put(target, column + j, value);
    });
  });
}

/** An empty sheet at the end of the workbook. */
export function addSheet(model: WorkbookModel, name: string): SheetModel {
  const sheet: SheetModel = {
    id: `{${String(++model.lastId).padStart(8, "0")}-0001-0000-0000-000000000000}`,
    name,
    visibility: "Visible",
    tabColor: "",
    showGridlines: true,
    rows: [],
    columns: {},
    merges: [],
    tables: [],
    names: [],
    conditionalFormats: [],
    dataValidations: [],
    charts: [],
    pivots: [],
    frozen: { rows: 0, columns: 0 },
    pageLayout: {},
  };
  model.sheets.push(sheet);
  return sheet;
}

/** A table over cells that stand already; the first row is its header row. */
export function addTable(model: WorkbookModel, sheet: SheetModel, name: string, area: Area): TableModel {
  const id = String(++model.lastId);
  const table: TableModel = {
    id,
    name,
    area,
    showHeaders: true,
    showTotals: false,
    style: "TableStyleMedium2",
    filters: {},
  };
  sheet.tables.push(table);
  return table;
}

/** The row, made if it isn't there yet. */
export function rowAt(sheet: SheetModel, row: number): RowModel {
  while (sheet.rows.length <= row) sheet.rows.push(null);
  return (sheet.rows[row] ??= { values: [] });
}

/** Puts a value into a row; cells before it become blank ones. */
export function put(row: RowModel, column: number, value: CellValue): void {
  while (row.values.length < column) row.values.push("");
  row.values[column] = value;
}

export function valueAt(sheet: SheetModel, row: number, column: number): CellValue {
  return sheet.rows[row]?.values[column] ?? "";
}

export function formulaAt(sheet: SheetModel, row: number, column: number): string | undefined {
  return sheet.rows[row]?.formulas?.[column];
}

export function numberFormatAt(sheet: SheetModel, row: number, column: number): string {
  return sheet.rows[row]?.numberFormats?.[column] ?? "General";
}

export function styleAt(sheet: SheetModel, row: number, column: number): JsonObject {
  return sheet.rows[row]?.styles?.[column] ?? {};
}

export function isRowHidden(sheet: SheetModel, row: number): boolean {
  const model = sheet.rows[row];
  return model?.hidden === true || model?.filtered === true;
}

/** The rectangle that holds every cell with a value or a formula, and with `formats` also formatted ones. */
export function usedArea(sheet: SheetModel, within: Area, formats = false): Area | undefined {
  let top = Infinity;
  let bottom = -1;
  let left = Infinity;
  let right = -1;
  const last = Math.min(sheet.rows.length, within.row + within.rows);
  for (let row = within.row; row < last; row += 1) {
    const model = sheet.rows[row];
    if (!model) continue;
    for (const column of usedColumns(model, within, formats)) {
      top = Math.min(top, row);
      bottom = row;
      left = Math.min(left, column);
      right = Math.max(right, column);
    }
  }
  return bottom < 0 ? undefined : { row: top, column: left, rows: bottom - top + 1, columns: right - left + 1 };
}

/** The first and the last used column of a row within an area. */
function usedColumns(row: RowModel, within: Area, formats: boolean): number[] {
  const end = within.column + within.columns;
  const columns: number[] = [];
  const values = row.values;
  let first = within.column;
  while (first < end && first < values.length && values[first] === "") first += 1;
  if (first < end && first < values.length) {
    let last = Math.min(end, values.length) - 1;
    while (values[last] === "") last -= 1;
    columns.push(first, last);
  }
  const keyed = [row.formulas, ...(formats ? [row.numberFormats, row.styles] : [])];
  for (const record of keyed) {
    for (const key of Object.keys(record ?? {})) {
      const column = Number(key);
      if (column >= within.column && column < end) columns.push(column);
    }
  }
  return columns;
}

/** Tables of the whole workbook with the sheets they stand on. */
export function allTables(model: WorkbookModel): { readonly sheet: SheetModel; readonly table: TableModel }[] {
  return model.sheets.flatMap((sheet) => sheet.tables.map((table) => ({ sheet, table })));
}

/** The rows between header and totals. */
export function bodyArea(table: TableModel): Area {
  const head = table.showHeaders ? 1 : 0;
  const foot = table.showTotals ? 1 : 0;
  return { ...table.area, row: table.area.row + head, rows: Math.max(1, table.area.rows - head - foot) };
}

/** Names as Excel compares them. */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
