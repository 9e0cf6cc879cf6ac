import { addAll } from "../../domain/grouping.js";
import { column, type InputId } from "../../domain/columns.js";
import { readSources, type Source } from "./block-reader.js";
import { headerText, rawCell, valuesOf, type DateSystem, type ExcelValue } from "./cell-values.js";
import { keyText } from "../output-cells.js";
import { giveWay, mapInPortions } from "./give-way.js";
import { HostProblem, officeError } from "./host-problem.js";
import { bodyRange } from "./ledger-reader.js";
import type { Place, RangePlace, TablePlace } from "./place.js";
import { askLook, lookOf, type HeaderLook } from "./header-look.js";
import { areasOf, askAreas, type MergedCells } from "./merged-areas.js";
import { areaOf, type Area } from "./ranges.js";
import { rowKey } from "./row-identity.js";
import type { NumberedRow } from "./taken-numbers.js";

/** The ledger as it stands right before writing: where it is, which keys its rows have, and what is in the way. */
export interface LedgerNow {
  /** Undefined for a plain range. */
  readonly tableId: string | undefined;
  readonly sheetId: string;
  readonly sheetName: string;
  /** Header row, first column and first row of the body, from 0. */
  readonly headerRow: number;
  readonly left: number;
  readonly bodyRow: number;
  readonly bodyRows: number;
  readonly headers: readonly string[];
  /** What stands in the cells of the header row, which is less where headers go over two rows. */
  readonly headerCells: readonly string[];
  /** Keys of the body's rows, in order. */
  readonly keys: readonly string[];
  /** 投诉编号 of the body's rows with 适用制度, where that was asked for; empty without the column of numbers. */
  readonly numbers: readonly NumberedRow[];
  readonly isHidden: (row: number) => boolean;
  /** Cells of the ledger that hold formulas. */
  readonly formulas: readonly Area[];
  readonly merges: readonly Area[];
  /** How many columns right of the ledger are free, of those that were asked about. */
  readonly freeColumns: number;
  /** How the last header of a plain range looks, where columns may have to be added beside it. */
  readonly headerLook: HeaderLook | undefined;
}

/** What is to be known of the ledger before writing. */
export interface LocateQuery {
  readonly place: Place;
  /** Key columns with the headers they had when read. */
  readonly keys: readonly KeyColumn[];
  /** The column 适用制度, where numbers are to be given; undefined if they aren't, or there is none. */
  readonly packs: KeyColumn | undefined;
  readonly dates: DateSystem;
  /** Rows of the body when read, and bytes that a row of each key column took. */
  readonly rows: number;
  readonly keyBytes: readonly number[];
  /** Columns that may have to be added, and how many rows of the body they reach down: to the last that holds an input. */
  readonly newColumns: number;
  readonly reach: number;
  /** Headers of columns that will be written; their cells must not be locked. */
  readonly written: readonly string[];
  /** What is known of merged cells. */
  readonly merged: MergedCells;
}

export interface KeyColumn {
  readonly id: InputId;
  readonly header: string;
}

const MAX_COLUMNS = 16_384;
/** How often keys are read anew because the number of rows changed. */
const ATTEMPTS = 3;

/**
 * Reads keys and surroundings, mostly in one request; hidden rows and protected sheets take another.
 * Throws `HostProblem` ledger-gone, header-gone, changed-meanwhile, protected-sheet, merged-cells.
 */
export async function locateRows(context: Excel.RequestContext, query: LocateQuery): Promise<LedgerNow> {
  let { rows, place } = query;
  let { isProtected } = place.sheet;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const reach = query.reach + Math.max(0, rows - query.rows);
    const now = await tryLocate(context, { ...query, place, rows, reach }, isProtected).catch((error: unknown) => {
      // Somebody has protected the sheet since it was read: some things may no longer be asked.
      if (isProtected || officeError(error)?.code !== "AccessDenied") throw error;
      isProtected = true;
      return rows;
    });
    if (typeof now !== "number") return now;
    rows = now;
    if (place.kind === "range") place = { ...place, lastRow: place.headerRow + rows };
  }
  throw new HostProblem("changed-meanwhile", { sheet: query.place.sheet.name });
}

/** The number of rows, if it isn't the one expected. */
async function tryLocate(
  context: Excel.RequestContext,
  query: LocateQuery,
  isProtected: boolean,
): Promise<LedgerNow | number> {
  const { place, keys, rows } = query;
  const packs = query.packs && place.headers.includes(query.packs.header) ? query.packs : undefined;
  if (place.kind === "range") for (const { header } of keys) assertHeader(place.headers, header, place.sheet.name);
  const open = place.kind === "table" ? openTable(context, place) : openRange(context, place);
  const sources = keys.map((key, i): Source => ({
    range: (current) => keyRange(current, place, key),
    rows,
    columns: 1,
    rowBytes: query.keyBytes[i] ?? 0,
  }));
  if (packs) sources.push({ range: (current) => keyRange(current, place, packs), rows, columns: 1 });
  let loads: Loads | undefined;
  const first = (): void => {
    loads = load(open, query, isProtected);
  };
  const columns = await readSources(context, sources, { first }, 1);
  await giveWay();
  const { body, header, sheet, right } = loads!;
  if (open.table?.isNullObject || header.isNullObject) throw gone(place);
  const headerCells = valuesOf(header)[0]!.map(headerText);
  const headers = headersIn(place, headerCells);
  for (const { header: name } of keys) assertHeader(headers, name, sheet.name);
  if (place.kind === "range") assertSameRow(place, headerCells);
  const rowsNow = rowsIn(place, loads!);
  if (rowsNow !== rows && rows > 0) return rowsNow;
  const { hidden, formulas } = await lookCloser(context, query, loads!, headers);
  if (loads!.merges?.isNullObject === true) query.merged.lookedAt(sheet.id);
  const keysNow = await mapInPortions(Array.from({ length: rows }), (_, i) =>
    rowKey(keys.map(({ id }, k) => rawCell(columns[k]![i]?.[0], column(id).kind, query.dates))),
  );
  const idAt = keys.findIndex(({ id }) => id === "id");
  const packAt = (i: number): string => (packs ? keyText(columns[keys.length]![i]?.[0]) : "");
  return {
    tableId: place.kind === "table" ? place.table.id : undefined,
    sheetId: sheet.id,
    sheetName: sheet.name,
    headerRow: header.rowIndex,
    left: header.columnIndex,
    bodyRow: body.rowIndex,
    bodyRows: rows,
    headers,
    headerCells,
    keys: keysNow,
    numbers: idAt < 0 ? [] : columns[idAt]!.map(([id], i) => ({ id: keyText(id), pack: packAt(i) })),
    isHidden: (row) => hidden[row - body.rowIndex] === true,
    formulas,
    merges: loads!.merges ? areasOf(loads!.merges) : [],
    freeColumns: freeColumns(query.newColumns, header, right),
    headerLook: loads!.headerLook && lookOf(loads!.headerLook),
  };
}

/** Of the columns asked about, those before the first that holds anything or is merged with others. */
function freeColumns(asked: number, header: Excel.Range, right: Loads["right"]): number {
  if (!right) return 0;
  const end = header.columnIndex + header.columnCount;
  const taken = right.used.isNullObject ? [] : [right.used.columnIndex];
  addAll(
    taken,
    areasOf(right.merges).map((area) => area.column),
  );
  return Math.max(0, Math.min(asked, ...taken.map((at) => at - end)));
}

interface Open {
  readonly table: Excel.Table | undefined;
  readonly sheet: Excel.Worksheet;
  readonly header: () => Excel.Range;
  readonly body: () => Excel.Range;
  /** Header and body; of a plain range as many rows of its body as are asked for. */
  readonly all: (rows?: number) => Excel.Range;
}

function openTable({ workbook }: Excel.RequestContext, place: TablePlace): Open {
  const table = workbook.tables.getItemOrNullObject(place.table.id).load("name");
  return {
    table,
    sheet: table.worksheet,
    header: () => table.getHeaderRowRange().untrack(),
    body: () => table.getDataBodyRange().untrack(),
    all: () => table.getRange().untrack(),
  };
}

function openRange(context: Excel.RequestContext, place: RangePlace): Open {
  const sheet = context.workbook.worksheets.getItem(place.sheet.id);
  const { headerRow: row, left, headers } = place;
  const last = Math.max(1, place.lastRow - row);
  return {
    table: undefined,
    sheet,
    header: () => areaOf(sheet, { row, column: left, rows: 1, columns: headers.length }),
    body: () => bodyRange(place)(context),
    all: (rows = last) => areaOf(sheet, { row, column: left, rows: rows + 1, columns: headers.length }),
  };
}

interface Loads {
  readonly sheet: Excel.Worksheet;
  readonly header: Excel.Range;
  readonly body: Excel.Range;
  /** What is used of the sheet; a table knows its own end. */
  readonly used: Excel.Range | undefined;
  /** Undefined on a protected sheet, where Excel refuses special cells: looked for column by column. */
  readonly formulas: Excel.RangeAreas | undefined;
  /** Merged areas between column A and the last column; a table can hold none, and they are asked for only once. */
  readonly merges: Excel.RangeAreas | undefined;
  readonly right: { readonly used: Excel.Range; readonly merges: Excel.RangeAreas } | undefined;
  readonly protection: Excel.WorksheetProtection;
  readonly headerLook: Excel.Range | undefined;
}

function load(open: Open, { newColumns, reach, place, merged }: LocateQuery, isProtected: boolean): Loads {
  const fits = newColumns > 0 && newColumns + place.headers.length < MAX_COLUMNS;
  const right = (): Excel.Range => open.all(reach).getColumnsAfter(newColumns).untrack();
  return {
    sheet: open.sheet.load("id,name"),
    header: open.header().load("values,rowIndex,columnIndex,columnCount"),
    body: open.body().load("rowIndex,rowCount,rowHidden"),
    used:
      open.table === undefined
        ? open.sheet.getUsedRangeOrNullObject(true).untrack().load("rowIndex,rowCount")
        : undefined,
    formulas: isProtected ? undefined : askAreas(open.body().getSpecialCellsOrNullObject("Formulas")),
    merges:
      // Only areas whose first cell lies in the range are reported, so the range starts at column A.
      open.table === undefined && (fits || !merged.wereLookedAt(place.sheet.id))
        ? askAreas(open.all().getEntireRow().untrack().getMergedAreasOrNullObject())
        : undefined,
    right: fits
      ? {
          used: right().getUsedRangeOrNullObject(true).untrack().load("columnIndex"),
          merges: askAreas(right().getMergedAreasOrNullObject()),
        }
      : undefined,
    protection: open.sheet.protection.load("protected"),
    headerLook: fits && open.table === undefined ? askLook(open.header().getLastColumn().untrack()) : undefined,
  };
}

function keyRange(context: Excel.RequestContext, place: Place, { header }: KeyColumn): Excel.Range {
  if (place.kind === "table") {
    const table = context.workbook.tables.getItemOrNullObject(place.table.id);
    return table.columns.getItemOrNullObject(header).getDataBodyRange().untrack();
  }
  return bodyRange(place)(context).getColumn(place.headers.indexOf(header)).untrack();
}

function gone(place: Place): HostProblem {
  return new HostProblem("ledger-gone", { item: place.kind === "table" ? place.table.name : place.sheet.name });
}

/** A plain range has only its headers to be known by; one row off, a title or an upper header row would do as well. */
function assertSameRow(place: RangePlace, cells: readonly string[]): void {
  const changed = place.headerCells.findIndex((text, i) => text !== cells[i]);
  if (changed >= 0) throw new HostProblem("header-gone", { header: place.headers[changed]!, sheet: place.sheet.name });
}

/** Rows of the body: a plain range ends with the sheet's last used row, unless another table ends it. */
function rowsIn(place: Place, { body, used }: Loads): number {
  if (place.kind === "table") return body.rowCount;
  if (place.hasTableBelow || !used || used.isNullObject) return body.rowCount;
  return used.rowIndex + used.rowCount - 1 - place.headerRow;
}

/** The headers behind the cells of the header row. */
export function headersIn(place: Place, cells: readonly string[]): readonly string[] {
  if (place.kind === "table") return cells;
  return cells.map((text, i) => (text === place.headerCells[i] ? place.headers[i]! : text));
}

function assertHeader(headers: readonly string[], header: string, sheet: string): void {
  if (!headers.includes(header)) throw new HostProblem("header-gone", { header, sheet });
}

/** Looks at locked cells and formulas of a protected sheet, and at rows one by one where some are hidden. */
async function lookCloser(
  context: Excel.RequestContext,
  { place, written }: LocateQuery,
  { sheet, body, protection, formulas }: Loads,
  headers: readonly string[],
): Promise<{ readonly hidden: readonly boolean[]; readonly formulas: readonly Area[] }> {
  // Null where some rows are hidden; the declarations know nothing of it.
  const anyHidden = body.rowHidden as boolean | null;
  const known = formulas && areasOf(formulas);
  const isProtected = protection.protected || known === undefined;
  if (!isProtected && anyHidden === false) return { hidden: [], formulas: known };
  const range = (): Excel.Range => bodyRange(place)(context);
  const rows = anyHidden === false ? undefined : range().getRowProperties({ rowHidden: true });
  const columns = isProtected
    ? written.flatMap((header) => {
        const index = headers.indexOf(header);
        if (index < 0) return [];
        const asked = range().getColumn(index).untrack().load("columnIndex,format/protection/locked");
        return [known === undefined ? asked.load("formulas,values") : asked];
      })
    : [];
  await context.sync();
  const locked = columns.some((one) => (one.format.protection.locked as boolean | null) !== false);
  if (protection.protected && (locked || columns.length < written.length)) {
    throw new HostProblem("protected-sheet", { sheet: sheet.name });
  }
  return {
    hidden: rows?.value.map(({ rowHidden }) => rowHidden === true) ?? [],
    formulas: known ?? columns.flatMap((one) => formulasIn(one, body.rowIndex)),
  };
}

/** Cells of one column that hold formulas: what begins like one without being the cell's very text. */
function formulasIn(range: Excel.Range, top: number): Area[] {
  const values = valuesOf(range);
  return (range.formulas as ExcelValue[][]).flatMap(([formula], i): Area[] => {
    const isFormula = typeof formula === "string" && formula.startsWith("=") && formula !== values[i]?.[0];
    return isFormula ? [{ row: top + i, column: range.columnIndex, rows: 1, columns: 1 }] : [];
  });
}
