import { column, type ColumnId } from "../../domain/columns.js";
import { headerKey, matchHeaders } from "../../domain/match-key.js";
import { MAPPING_NAMESPACE, parseHeaderMapping } from "../header-mapping.js";
import { valuesOf, type DateSystem } from "./cell-values.js";
import { HostProblem } from "./host-problem.js";
import type { Place } from "./place.js";
import { findRangeHeaders, NEEDED, type RangeHeaders } from "./range-headers.js";
import { areaOf, parseAreas, type Area } from "./ranges.js";

/** Finding the ledger in a workbook: what the first request or two ask for. */

export interface SheetInfo {
  readonly id: string;
  readonly name: string;
  readonly hidden: boolean;
}

export interface TableInfo {
  readonly id: string;
  readonly name: string;
  readonly sheet: SheetInfo;
  readonly headers: readonly string[];
  readonly showHeaders: boolean;
  readonly showTotals: boolean;
  /** Rows of its body. */
  readonly rows: number;
}

/** A workbook's sheets and tables. */
export interface WorkbookInfo {
  readonly sheets: readonly SheetInfo[];
  readonly tables: readonly TableInfo[];
  readonly dates: DateSystem;
  /** What headers mean in this workbook, by header key, as the user chose. */
  readonly mapping: ReadonlyMap<string, ColumnId>;
}

export const LEDGER_TABLE = "Complaints";
/** Tables that are ours and can't be the ledger. */
const OWN_TABLES = new Set(
  ["People", "Holidays", "Settings", "Penalties", "Deductions", "Notices", "NoticeItems", "AuditLog", "Results"].map(
    (name) => name.toLowerCase(),
  ),
);

/** How far down and right the headers of a plain range are looked for. */
const HEADER_AREA: Area = { row: 0, column: 0, rows: 30, columns: 256 };
/** In the 1900 date system; one in the 1904 system. No property tells the system, but DATE does. */
const SERIAL_OF_1904_01_02 = 1463;

/** Asks for sheets, tables and the date system in one request, and for a mapping of headers in another if there is one. */
export async function readWorkbookInfo(
  context: Excel.RequestContext,
  mapping: ReadonlyMap<string, ColumnId>,
): Promise<WorkbookInfo> {
  const { workbook } = context;
  const sheets = workbook.worksheets.load("items/id,items/name,items/visibility");
  const tables = workbook.tables.load(
    "items/id,items/name,items/showHeaders,items/showTotals,items/worksheet/id,items/columns/items/name,items/rows/count",
  );
  const date = workbook.functions.date(1904, 1, 2).load("value");
  const parts = workbook.customXmlParts.getByNamespace(MAPPING_NAMESPACE).load("items/id");
  await context.sync();
  const infos = sheets.items.map(({ id, name, visibility }) => ({ id, name, hidden: visibility !== "Visible" }));
  return {
    sheets: infos,
    tables: tables.items.flatMap((table) => {
      const sheet = infos.find(({ id }) => id === table.worksheet.id);
      if (!sheet) return [];
      const { id, name, showHeaders, showTotals } = table;
      const headers = table.columns.items.map((item) => item.name);
      return [{ id, name, sheet, headers, showHeaders, showTotals, rows: table.rows.count }];
    }),
    dates: { uses1904: date.value < SERIAL_OF_1904_01_02 },
    mapping: new Map([...(await storedMapping(context, parts.items)), ...mapping]),
  };
}

async function storedMapping(
  context: Excel.RequestContext,
  parts: readonly Excel.CustomXmlPart[],
): Promise<Map<string, ColumnId>> {
  if (parts.length === 0) return new Map();
  const xml = parts.map((part) => part.getXml());
  await context.sync();
  const mappings = xml.map(({ value }) => parseHeaderMapping(value) ?? new Map<string, ColumnId>());
  return new Map(mappings.flatMap((stored) => [...stored].map(([header, id]) => [headerKey(header), id] as const)));
}

/**
 * The ledger: the table Complaints; else the one table, else the one range, that has both needed headers; a visible one
 * before a hidden one. Ranges cost a request, made only if no table will do. Throws `HostProblem` no-ledger or
 * several-ledgers.
 */
export async function findLedger(context: Excel.RequestContext, info: WorkbookInfo): Promise<Place> {
  const candidates = info.tables.filter(({ name, showHeaders }) => showHeaders && !OWN_TABLES.has(name.toLowerCase()));
  const named = candidates.find(({ name }) => name.toLowerCase() === LEDGER_TABLE.toLowerCase());
  const places = (named ? [named] : candidates).map((table) => tablePlace(table, info));
  const found = single(places.filter(isLedger));
  if (found) return found;
  if (named) throw noLedger(places);
  const ranges = await rangePlaces(context, info);
  const range = single(ranges.filter(isLedger));
  if (!range) throw noLedger([...places, ...ranges]);
  return range;
}

export function tablePlace(table: TableInfo, { mapping }: Pick<WorkbookInfo, "mapping">): Place {
  const match = matchHeaders(table.headers, mapping);
  return { kind: "table", sheet: table.sheet, table, headers: table.headers, match };
}

function isLedger({ match }: Place): boolean {
  return NEEDED.every((id) => match.columns.has(id));
}

function single(places: readonly Place[]): Place | undefined {
  const visible = places.filter(({ sheet }) => !sheet.hidden);
  const [first, second] = visible.length > 0 ? visible : places;
  if (first && second) {
    throw new HostProblem("several-ledgers", { first: placeName(first), second: placeName(second) });
  }
  return first;
}

export function placeName(place: Place): string {
  return place.kind === "table" ? place.table.name : place.sheet.name;
}

function noLedger(places: readonly Place[]): HostProblem {
  const best = [...places]
    .sort((a, b) => b.match.columns.size - a.match.columns.size)
    .find(({ match }) => NEEDED.some((id) => match.columns.has(id)));
  const missing = NEEDED.filter((id) => !best?.match.columns.has(id)).map((id) => column(id).header);
  return new HostProblem("no-ledger", { missing: missing.join("、"), sheet: best?.sheet.name ?? "" });
}

async function rangePlaces(context: Excel.RequestContext, info: WorkbookInfo): Promise<Place[]> {
  const loaded = info.sheets.map((sheet) => {
    const worksheet = context.workbook.worksheets.getItem(sheet.id);
    const top = areaOf(worksheet, HEADER_AREA).getUsedRangeOrNullObject(true).untrack();
    top.load("values,rowIndex,columnIndex,rowCount,columnCount");
    const merges = areaOf(worksheet, HEADER_AREA).getMergedAreasOrNullObject().untrack().load("address");
    const used = worksheet.getUsedRangeOrNullObject(true).untrack().load("rowIndex,rowCount");
    return { sheet, top, merges, used };
  });
  const tables = info.tables.map((table) => ({
    sheet: table.sheet,
    range: context.workbook.tables
      .getItem(table.id)
      .getRange()
      .untrack()
      .load("rowIndex,columnIndex,rowCount,columnCount"),
  }));
  await context.sync();
  return loaded.flatMap(({ sheet, top, merges, used }): Place[] => {
    if (top.isNullObject) return [];
    const area = loadedArea(top);
    const onSheet = tables.filter((table) => table.sheet === sheet).map(({ range }) => loadedArea(range));
    const values = valuesOf(top).map((line, i) =>
      line.map((value, j) => (onSheet.some((table) => holds(table, area.row + i, area.column + j)) ? "" : value)),
    );
    const headers = findRangeHeaders(
      { area, values, merges: merges.isNullObject ? [] : parseAreas(merges.address) },
      info.mapping,
    );
    return headers ? [rangePlace(sheet, headers, onSheet, used.rowIndex + used.rowCount - 1)] : [];
  });
}

function rangePlace(sheet: SheetInfo, found: RangeHeaders, tables: readonly Area[], lastUsedRow: number): Place {
  const { row, column: left, headers, cells: headerCells, match } = found;
  const below = tables.filter(
    (table) => table.row > row && table.column < left + headers.length && table.column + table.columns > left,
  );
  const lastRow = Math.min(lastUsedRow, ...below.map((table) => table.row - 1));
  const hasTableBelow = below.length > 0;
  return { kind: "range", sheet, headerRow: row, left, lastRow, hasTableBelow, headers, headerCells, match };
}

function loadedArea({ rowIndex, columnIndex, rowCount, columnCount }: Excel.Range): Area {
  return { row: rowIndex, column: columnIndex, rows: rowCount, columns: columnCount };
}

function holds(area: Area, row: number, at: number): boolean {
  return row >= area.row && row < area.row + area.rows && at >= area.column && at < area.column + area.columns;
}
