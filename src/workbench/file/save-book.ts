import { portableCodec, type Codec } from "../../ooxml/codec.js";
import { addPages } from "../../ooxml/pages/add-pages.js";
import { Package } from "../../ooxml/package.js";
import { patchCells, type CellChange, type SheetChange, type TableChange } from "../../ooxml/patch-cells.js";
import type { Area as FileArea } from "../../ooxml/references.js";
import { assertMayChange, readWorkbook } from "../../ooxml/workbook-part.js";
import {
  formulaAt,
  numberFormatAt,
  valueAt,
  type SheetModel,
  type TableModel,
  type WorkbookModel,
} from "../host/workbook-model.js";
import type { Language } from "../../locales/language.js";
import { STATUS_COLOURS } from "../../ledger/status-colours.js";
import { addedPages, type AddedPage } from "./added-pages.js";
import { cellFormat } from "./number-formats.js";
import { readBook } from "./read-book.js";

/** What a saved file does not hold, though the workbench's workbook does. */
export type Unsaved = "charts" | "pivots" | "filters" | "deletedSheets" | "deletedTables";

export interface SavedBook {
  readonly bytes: Uint8Array;
  readonly changedCells: number;
  /** Sheets that were written with their charts and PivotTables. */
  readonly pages: readonly string[];
  readonly unsaved: readonly Unsaved[];
}

/** Throws `WorkbookError` signed or shared for a file that could not be saved whatever was changed in it. */
export function assertMayBeSaved(original: Uint8Array, codec: Codec = portableCodec): void {
  assertMayChange(readWorkbook(new Package(original, codec)));
}

/**
 * The file with what changed in the workbook since it was opened: cells, tables, new sheets, custom XML, and sheets of the
 * add-in with their charts and PivotTables. Everything else stays as it stands in the original bytes. Throws `WorkbookError` signed or shared.
 */
export function saveBook(
  original: Uint8Array,
  model: WorkbookModel,
  options: { readonly newItemId: () => string; readonly language?: Language; readonly codec?: Codec },
): SavedBook {
  const codec = options.codec ?? portableCodec;
  const before = readBook(original, model.name, codec);
  const pages = addedPages(model, options.language ?? "zh");
  const asPages = new Set(pages.map(({ sheet }) => sheet));
  const sheets = model.sheets.flatMap((sheet) => {
    if (asPages.has(sheet.name)) return [];
    const change = sheetChange(
      before.sheets.find(({ name }) => name === sheet.name),
      sheet,
    );
    return change ? [change] : [];
  });
  const known = new Map(before.xmlParts.map(({ id, xml }) => [id, xml]));
  const current = new Map(model.xmlParts.map(({ id, xml }) => [id, xml]));
  const replacedXml = new Map<string, string | undefined>();
  for (const [id, xml] of known) if (current.get(id) !== xml) replacedXml.set(id, current.get(id));
  const addedXml = [...current].flatMap(([id, xml]) =>
    known.has(id) ? [] : [{ xml, namespace: rootNamespace(xml), itemId: options.newItemId() }],
  );
  const patched = patchCells(original, { sheets, replacedXml, addedXml }, codec);
  const added = pages.map(({ page }) => page);
  const { bytes, sheets: written } =
    added.length > 0 ? addPages(patched, added, { codec }) : { bytes: patched, sheets: [] };
  const changedCells = sheets.reduce((sum, { cells }) => sum + cells.length, 0);
  return { bytes, changedCells, pages: written, unsaved: unsavedParts(before, model, pages) };
}

function sheetChange(before: SheetModel | undefined, after: SheetModel): SheetChange | undefined {
  const cells: CellChange[] = [];
  const rows = Math.max(before?.rows.length ?? 0, after.rows.length);
  for (let row = 0; row < rows; row += 1) {
    const width = Math.max(rowWidth(before, row), rowWidth(after, row));
    for (let column = 0; column < width; column += 1) {
      const change = cellChange(before, after, row, column);
      if (change) cells.push(change);
    }
  }
  const tables = after.tables.flatMap((table) => {
    const old = before?.tables.find(({ name }) => name === table.name);
    const change = tableChange(after, table);
    const same = old && before && JSON.stringify(tableChange(before, old)) === JSON.stringify(change);
    return same === true ? [] : [change];
  });
  if (before && cells.length === 0 && tables.length === 0) return undefined;
  const coloured = statusColumn(after);
  return { sheet: after.name, cells, tables, widths: newWidths(before, after), ...(coloured ? { coloured } : {}) };
}

/** Where the add-in has put the colours of statuses; other conditional formats can't be made on the workbench. */
function statusColumn({ conditionalFormats }: SheetModel): SheetChange["coloured"] {
  const format = conditionalFormats.find(({ settings }) =>
    JSON.stringify(settings).includes(`\\"${STATUS_COLOURS[0]!.values[0]!}\\"`),
  );
  return format && { column: format.area.column + 1, firstRow: format.area.row + 1, colours: STATUS_COLOURS };
}

function rowWidth(sheet: SheetModel | undefined, row: number): number {
  const model = sheet?.rows[row];
  if (!model) return 0;
  return Math.max(model.values.length, ...Object.keys(model.formulas ?? {}).map((column) => Number(column) + 1));
}

function cellChange(
  before: SheetModel | undefined,
  after: SheetModel,
  row: number,
  column: number,
): CellChange | undefined {
  const value = valueAt(after, row, column);
  const formula = formulaAt(after, row, column);
  const oldFormula = before && formulaAt(before, row, column);
  if (formula !== undefined ? formula === oldFormula : oldFormula === undefined) {
    if (formula !== undefined || value === (before ? valueAt(before, row, column) : "")) return undefined;
  }
  const place = { row: row + 1, column: column + 1 };
  const format = cellFormat(numberFormatAt(after, row, column), value);
  // What the host shows for a formula is no calculation; the file's program works it out.
  if (formula !== undefined) return { ...place, value: undefined, formula: formula.replace(/^=/, ""), format };
  return { ...place, value: value === "" ? undefined : value, format };
}

function tableChange(sheet: SheetModel, { name, area }: TableModel): TableChange {
  return {
    name,
    area: fileArea(area),
    headers: Array.from({ length: area.columns }, (_, i) => String(valueAt(sheet, area.row, area.column + i))),
  };
}

function fileArea({ row, column, rows, columns }: TableModel["area"]): FileArea {
  return { top: row + 1, left: column + 1, bottom: row + rows, right: column + columns };
}

/** Widths of columns to which the workbook gave one since. */
function newWidths(before: SheetModel | undefined, after: SheetModel): Map<number, number> {
  const widths = new Map<number, number>();
  for (const [key, { width }] of Object.entries(after.columns)) {
    const column = Number(key);
    if (width === undefined || before?.columns[column]?.width === width) continue;
    widths.set(column + 1, Math.max(1, Math.round((width - 3.75) / 5.25)));
  }
  return widths;
}

function unsavedParts(before: WorkbookModel, after: WorkbookModel, pages: readonly AddedPage[]): Unsaved[] {
  const found: Unsaved[] = [];
  const page = ({ name }: SheetModel): AddedPage | undefined => pages.find(({ sheet }) => sheet === name);
  for (const part of ["charts", "pivots"] as const) {
    if (after.sheets.some((sheet) => sheet[part].length > 0 && (page(sheet)?.left.includes(part) ?? true)))
      found.push(part);
  }
  const filters = (model: WorkbookModel): string =>
    JSON.stringify(model.sheets.flatMap(({ tables }) => tables.map(({ name, filters: own }) => [name, own])).sort());
  if (filters(before) !== filters(after) && after.sheets.some(filtered)) found.push("filters");
  const sheetNames = new Set(after.sheets.map(({ name }) => name));
  if (before.sheets.some(({ name }) => !sheetNames.has(name))) found.push("deletedSheets");
  const tableNames = (model: WorkbookModel): string[] =>
    model.sheets.flatMap(({ tables, name }) => (sheetNames.has(name) ? tables.map((table) => table.name) : []));
  const left = new Set(tableNames(after));
  if (tableNames(before).some((name) => !left.has(name))) found.push("deletedTables");
  return found;
}

function filtered({ tables }: SheetModel): boolean {
  return tables.some(({ filters }) => Object.keys(filters).length > 0);
}

function rootNamespace(xml: string): string {
  return /<[A-Za-z_][\w.-]*(?:\s[^>]*?)?\sxmlns\s*=\s*["']([^"']*)["']/.exec(xml)?.[1] ?? "";
}
