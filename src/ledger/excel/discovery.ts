import type { ColumnId } from "../../domain/columns.js";
import { matchHeaders, type HeaderMeaning } from "../../domain/match-key.js";
import { ANSWERS_NAMESPACE, joinAnswers, meaningsByKey, parseAnswers, type Answers } from "../answers.js";
import type { Area as FileArea } from "../../ooxml/references.js";
import {
  chooseLedger,
  findHeaders,
  hasNeeded,
  HEADER_ROWS,
  namesText,
  whatIsMissing,
  type Candidate,
  type FoundHeaders,
} from "../find-headers.js";
import { isTableOfOurs, LEDGER_TABLE } from "../tables-of-ours.js";
import { rawCell, valuesOf, type DateSystem } from "./cell-values.js";
import { HostProblem } from "./host-problem.js";
import type { Place, SheetInfo, TableInfo } from "./place.js";
import { areasOf, askAreas, type MergedCells } from "./merged-areas.js";
import { areaOf, columnLetters, type Area } from "./ranges.js";
import { askFacts, type WorkbookFacts } from "./writable.js";

/** Finding the ledger in a workbook: what the first request or two ask for. */

/** A workbook's sheets and tables. */
export interface WorkbookInfo {
  readonly facts: WorkbookFacts;
  readonly sheets: readonly SheetInfo[];
  readonly tables: readonly TableInfo[];
  /** Names that the workbook defines. */
  readonly names: readonly string[];
  readonly dates: DateSystem;
  /** What is known of merged cells, also from earlier readings. */
  readonly merged: MergedCells;
  /** What headers mean in this workbook, by header key, as the user chose. */
  readonly mapping: ReadonlyMap<string, HeaderMeaning>;
  /** All that was answered about it. */
  readonly answers: Answers;
}

/** Where the headers of a plain range are looked for: in every column there is. */
const HEADER_AREA: Area = { row: 0, column: 0, rows: HEADER_ROWS, columns: 16_384 };
/** In the 1900 date system; one in the 1904 system. No property tells the system, but DATE does. */
const SERIAL_OF_1904_01_02 = 1463;

/** Asks for sheets, tables and the date system in one request, and for a mapping of headers in another if there is one. */
export async function readWorkbookInfo(
  context: Excel.RequestContext,
  mapping: ReadonlyMap<string, ColumnId>,
  merged: MergedCells,
): Promise<WorkbookInfo> {
  const { workbook } = context;
  const facts = askFacts(workbook);
  const sheets = workbook.worksheets.load("items/id,items/name,items/visibility,items/protection/protected");
  const tables = workbook.tables.load(
    "items/id,items/name,items/showHeaders,items/showTotals,items/worksheet/id,items/columns/items/name,items/rows/count",
  );
  const names = workbook.names.load("items/name");
  const dates = dateSystemOf(workbook);
  const parts = workbook.customXmlParts.getByNamespace(ANSWERS_NAMESPACE).load("items/id");
  await context.sync();
  const infos = sheets.items.map(({ id, name, visibility, protection }) => ({
    id,
    name,
    hidden: visibility !== "Visible",
    isProtected: protection.protected,
  }));
  const answers = joinAnswers(await storedAnswers(context, parts.items));
  return {
    facts: facts(),
    sheets: infos,
    tables: tables.items.flatMap((table) => {
      const sheet = infos.find(({ id }) => id === table.worksheet.id);
      if (!sheet) return [];
      const { id, name, showHeaders, showTotals } = table;
      const headers = table.columns.items.map((item) => item.name);
      return [{ id, name, sheet, headers, showHeaders, showTotals, rows: table.rows.count }];
    }),
    names: names.items.map(({ name }) => name),
    dates: dates(),
    merged,
    mapping: new Map([...meaningsByKey(answers), ...mapping]),
    answers,
  };
}

/** Asks how the workbook counts days; what comes back tells it after the next request. */
export function dateSystemOf(workbook: Excel.Workbook): () => DateSystem {
  const date = workbook.functions.date(1904, 1, 2).load("value");
  return () => ({ uses1904: date.value < SERIAL_OF_1904_01_02 });
}

async function storedAnswers(context: Excel.RequestContext, parts: readonly Excel.CustomXmlPart[]): Promise<Answers[]> {
  if (parts.length === 0) return [];
  const xml = parts.map((part) => part.getXml());
  await context.sync();
  return xml.flatMap(({ value }) => parseAnswers(value) ?? []);
}

/** The ledger, and other ledgers of the workbook as far as they were looked at. */
export interface FoundLedgers {
  readonly place: Place;
  readonly others: readonly Place[];
}

/**
 * The ledger: the table Complaints; else the one table, else the one range, that has both needed headers; a visible one
 * before a hidden one; of several the one that somebody chose in this workbook. Ranges cost a request, made only if no
 * table will do. Throws `HostProblem` no-ledger or several-ledgers.
 */
export async function findLedgers(context: Excel.RequestContext, info: WorkbookInfo): Promise<FoundLedgers> {
  const candidates = info.tables.filter((table) => table.showHeaders && !isTableOfOurs(table, table.headers));
  const named = candidates.find(({ name }) => name.toLowerCase() === LEDGER_TABLE.toLowerCase());
  const tables = (named ? [named] : candidates).map((table) => tablePlace(table, info));
  const found = single(tables, info.answers.sheet);
  if (found) return { place: found, others: othersOf(found, tables) };
  const ranges = named ? [] : await rangePlaces(context, info);
  const range = single(ranges, info.answers.sheet);
  if (!range) throw new HostProblem("no-ledger", whatIsMissing([...tables, ...ranges].map(candidate)));
  return { place: range, others: othersOf(range, ranges) };
}

/** Every visible ledger, in the workbook's order: a sheet a month, judged as one. None where there is but one. */
export async function findAllLedgers(context: Excel.RequestContext, info: WorkbookInfo): Promise<readonly Place[]> {
  const candidates = info.tables.filter((table) => table.showHeaders && !isTableOfOurs(table, table.headers));
  const tables = candidates.map((table) => tablePlace(table, info));
  const inTables = new Set(tables.filter(isLedger).map(({ sheet }) => sheet.id));
  const ranges = await rangePlaces(context, info);
  const found = [...tables, ...ranges.filter(({ sheet }) => !inTables.has(sheet.id))].filter(isLedger);
  const order = new Map(info.sheets.map(({ id }, i) => [id, i]));
  const sorted = found.toSorted((a, b) => (order.get(a.sheet.id) ?? 0) - (order.get(b.sheet.id) ?? 0));
  return sorted.length > 1 ? sorted : [];
}

function isLedger({ sheet, match }: Place): boolean {
  return !sheet.hidden && hasNeeded(match);
}

export async function findLedger(context: Excel.RequestContext, info: WorkbookInfo): Promise<Place> {
  return (await findLedgers(context, info)).place;
}

function othersOf(place: Place, all: readonly Place[]): Place[] {
  return all.filter((other) => other !== place && !other.sheet.hidden && hasNeeded(other.match));
}

export function tablePlace(table: TableInfo, { mapping }: Pick<WorkbookInfo, "mapping">): Place {
  const match = matchHeaders(table.headers, mapping);
  return { kind: "table", sheet: table.sheet, name: table.name, table, headers: table.headers, match };
}

function candidate(place: Place): Candidate & { readonly place: Place } {
  const { name, sheet, match } = place;
  return { name, sheet: sheet.name, hidden: sheet.hidden, match, place };
}

/** `chosen`: what somebody answered; a ledger of that name that is gone is no answer any more. */
function single(places: readonly Place[], chosen: string | undefined): Place | undefined {
  const wanted = places.find(
    ({ name, sheet, match }) => hasNeeded(match) && (name === chosen || sheet.name === chosen),
  );
  if (wanted) return wanted;
  const choice = chooseLedger(places.map(candidate));
  if (choice.kind === "several")
    throw new HostProblem("several-ledgers", { names: namesText(choice.names) }, undefined, choice.names);
  return choice.kind === "found" ? choice.candidate.place : undefined;
}

async function rangePlaces(context: Excel.RequestContext, info: WorkbookInfo): Promise<Place[]> {
  const loaded = info.sheets.map((sheet) => {
    const worksheet = context.workbook.worksheets.getItem(sheet.id);
    const top = areaOf(worksheet, HEADER_AREA).getUsedRangeOrNullObject(true).untrack();
    top.load("values,rowIndex,columnIndex,rowCount,columnCount");
    const used = worksheet.getUsedRangeOrNullObject(true).untrack().load("rowIndex,rowCount");
    return { sheet, top, used };
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
  const merges = await topMerges(context, loaded, info.merged);
  return loaded.flatMap(({ sheet, top, used }): Place[] => {
    if (top.isNullObject) return [];
    const onSheet = tables.filter((table) => table.sheet === sheet).map(({ range }) => loadedArea(range));
    const mergedHere = (): FileArea[] => (merges.get(sheet.id) ?? []).map(fromOne);
    const found = findHeaders({ texts: textsOf(top, onSheet), merges: mergedHere }, info.mapping);
    const ledgers = found ? [found, ...found.ledgersBeside] : [];
    return ledgers.map((one) => {
      const name = ledgers.length === 1 ? sheet.name : `${sheet.name}!${columnLetters(one.left - 1)}${one.row}`;
      return rangePlace({ sheet, name }, one, onSheet, used.rowIndex + used.rowCount - 1);
    });
  });
}

/** Merged areas at the top of each sheet: in a request of their own, for sheets of which they aren't known. */
async function topMerges(
  context: Excel.RequestContext,
  loaded: readonly { readonly sheet: SheetInfo; readonly top: Excel.Range }[],
  merged: MergedCells,
): Promise<ReadonlyMap<string, readonly Area[]>> {
  const filled = loaded.flatMap(({ sheet, top }) =>
    top.isNullObject ? [] : [{ sheet, texts: JSON.stringify([top.rowIndex, top.columnIndex, top.values]) }],
  );
  const asked = filled.flatMap(({ sheet, texts }) => {
    if (merged.atTop(sheet.id, texts)) return [];
    const worksheet = context.workbook.worksheets.getItem(sheet.id);
    return [{ sheet, texts, areas: askAreas(areaOf(worksheet, HEADER_AREA).getMergedAreasOrNullObject()) }];
  });
  if (asked.length > 0) await context.sync();
  for (const { sheet, texts, areas } of asked) merged.keepTop(sheet.id, texts, areasOf(areas));
  return new Map(filled.map(({ sheet, texts }) => [sheet.id, merged.atTop(sheet.id, texts) ?? []]));
}

/** Texts of the top of a sheet outside its tables, by row and column from 1. */
function textsOf(top: Excel.Range, tables: readonly Area[]): string[][] {
  const texts: string[][] = [];
  valuesOf(top).forEach((line, i) => {
    line.forEach((value, j) => {
      const [row, at] = [top.rowIndex + i, top.columnIndex + j];
      const cell = rawCell(value, undefined, { uses1904: false });
      if (typeof cell !== "string" && typeof cell !== "number") return;
      if (!tables.some((table) => holds(table, row, at))) (texts[row + 1] ??= [])[at + 1] = String(cell);
    });
  });
  return texts;
}

function fromOne({ row, column: left, rows, columns }: Area): FileArea {
  return { top: row + 1, left: left + 1, bottom: row + rows, right: left + columns };
}

function rangePlace(
  { sheet, name }: { readonly sheet: SheetInfo; readonly name: string },
  found: FoundHeaders,
  tables: readonly Area[],
  lastUsedRow: number,
): Place {
  const { headers, cells: headerCells, match, title, tablesBeside } = found;
  const [row, left] = [found.row - 1, found.left - 1];
  const below = tables.filter(
    (table) => table.row > row && table.column < left + headers.length && table.column + table.columns > left,
  );
  const lastRow = Math.min(lastUsedRow, ...below.map((table) => table.row - 1));
  const hasTableBelow = below.length > 0;
  const texts = { headers, headerCells, match, title, tablesBeside };
  return { kind: "range", sheet, name, headerRow: row, left, lastRow, hasTableBelow, ...texts };
}

function loadedArea({ rowIndex, columnIndex, rowCount, columnCount }: Excel.Range): Area {
  return { row: rowIndex, column: columnIndex, rows: rowCount, columns: columnCount };
}

function holds(area: Area, row: number, at: number): boolean {
  return row >= area.row && row < area.row + area.rows && at >= area.column && at < area.column + area.columns;
}
