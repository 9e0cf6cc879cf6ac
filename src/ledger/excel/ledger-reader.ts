import type { InputId } from "../../domain/columns.js";
import type { SideTableName } from "../port.js";
import { readSources, type Source } from "./block-reader.js";
import { headerText, valuesOf, type ExcelValue } from "./cell-values.js";
import { findOurs, RESULTS_TABLE, SIDE_SHEETS, SIDE_TABLES } from "../tables-of-ours.js";
import type { WorkbookInfo } from "./discovery.js";
import { HostProblem } from "./host-problem.js";
import type { Place, SheetInfo, TableInfo } from "./place.js";
import { areaOf } from "./ranges.js";

/** Reading the ledger and its side tables, as they stand, into plain values. */

/** The log only grows; of it just the end is read, which holds the check value that the next entry takes up. */
const LOG_ROWS_READ = 20;

/** Values under a row of headers. */
export interface LoadedTable {
  readonly sheet: SheetInfo;
  readonly table: TableInfo | undefined;
  readonly headers: readonly string[];
  /** Sheet row of `values[0]` and column of its first cell, from 0. */
  readonly row: number;
  readonly column: number;
  readonly values: readonly (readonly ExcelValue[])[];
  /** Rows at its beginning that were not read. */
  readonly skipped?: number;
}

export interface LoadedLedger {
  readonly info: WorkbookInfo;
  readonly place: Place;
  readonly body: LoadedTable;
  readonly sideTables: ReadonlyMap<SideTableName, LoadedTable>;
  readonly results: LoadedTable | undefined;
  /** Other ledgers of the workbook, as far as they were looked at. */
  readonly others?: readonly OtherLedger[];
  /** Lines right below a table's end, in its columns; none for a plain range, which has no end. */
  readonly below: readonly (readonly ExcelValue[])[];
}

/** A ledger that is not judged with this one, as it stands. */
export interface OtherLedger {
  readonly place: Place;
  readonly row: number;
  readonly column: number;
  readonly values: readonly (readonly ExcelValue[])[];
}

/** Reads ledgers that are known and not judged. */
export async function loadOthers(context: Excel.RequestContext, others: readonly Place[]): Promise<OtherLedger[]> {
  const filled = others.filter((place) => bodyRows(place) > 0);
  if (filled.length === 0) return [];
  const ranges: Excel.Range[] = [];
  const values = await readSources(
    context,
    filled.map((place) => ({ range: bodyRange(place), rows: bodyRows(place), columns: place.headers.length })),
    {
      first: () => {
        ranges.splice(0);
        for (const place of filled) ranges.push(bodyRange(place)(context).load("rowIndex,columnIndex"));
      },
    },
  );
  return filled.map((place, i) => {
    const { rowIndex: row, columnIndex: column } = ranges[i]!;
    return { place, row, column, values: values[i]! };
  });
}

/** How far below a table complaints are looked for that were typed there, as in files. */
const ROWS_BELOW = 20;

/** How often reading starts anew because rows moved between two of its requests. */
const ATTEMPTS = 3;

/** Hears how far rows have come, of how many. */
export type OnRows = (done: number, total: number) => void;

/** What stands beside the ledger, whichever sheet that is on. */
export type LoadedBeside = Pick<LoadedLedger, "sideTables" | "results">;

/**
 * Reads ledger and side tables; only the ledger where somebody has those (`beside`). Throws `HostProblem` changed-meanwhile
 * if rows never stop moving.
 */
export async function loadLedger(
  context: Excel.RequestContext,
  info: WorkbookInfo,
  place: Place,
  onRows?: OnRows,
  beside?: LoadedBeside,
): Promise<LoadedLedger> {
  let counted = place;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const loaded = await tryLoad(context, info, counted, onRows, beside);
    if (loaded.kind === "loaded") return loaded.ledger;
    counted = withRows(counted, loaded.rows);
  }
  throw new HostProblem("changed-meanwhile", { sheet: place.sheet.name });
}

type Attempt =
  | { readonly kind: "loaded"; readonly ledger: LoadedLedger }
  /** Rows moved between the requests; the body has this many now. */
  | { readonly kind: "moved"; readonly rows: number };

function withRows(place: Place, rows: number): Place {
  return place.kind === "table"
    ? { ...place, table: { ...place.table, rows } }
    : { ...place, lastRow: place.headerRow + rows };
}

async function tryLoad(
  context: Excel.RequestContext,
  info: WorkbookInfo,
  place: Place,
  onRows?: OnRows,
  beside?: LoadedBeside,
): Promise<Attempt> {
  const side = beside ? NOTHING_BESIDE : sideSources(info);
  const body = bodyRange(place);
  const rows = bodyRows(place);
  const loads = positionLoads(context, place, side);
  const grids = await readSources(
    context,
    [...side.tables.map(({ source }) => source), { range: body, rows, columns: place.headers.length }],
    { ...loads, read: (counts) => onRows?.(counts.at(-1)!, rows) },
  );
  const { first, below, heads, sheets, end, check } = loads.loaded();
  const values = grids.at(-1)!;
  if (rows > 0 && first.rowCount !== rows) return { kind: "moved", rows: first.rowCount };
  const moved = end !== undefined && (end.rowIndex !== first.rowIndex || end.rowCount !== first.rowCount);
  if (moved || check.some(({ index, range }) => !sameColumn(values, index, range))) {
    return { kind: "moved", rows: end?.rowCount ?? rows };
  }
  const sideTables = new Map<SideTableName, LoadedTable>();
  let results: LoadedTable | undefined;
  side.tables.forEach(({ name, table, skipped }, i) => {
    const { rowIndex, columnIndex } = heads[i]!;
    const { sheet, headers } = table;
    const loaded = { sheet, table, headers, row: rowIndex + skipped, column: columnIndex, values: grids[i]!, skipped };
    if (name === RESULTS_TABLE) results = loaded;
    else sideTables.set(name, loaded);
  });
  side.sheets.forEach(({ name, sheet }, i) => {
    const loaded = plainTable(sheet, sheets[i]!);
    if (loaded) sideTables.set(name, loaded);
  });
  const ledger: LoadedLedger = {
    info,
    place,
    body: {
      sheet: place.sheet,
      table: place.kind === "table" ? place.table : undefined,
      headers: place.headers,
      row: first.rowIndex,
      column: first.columnIndex,
      values,
    },
    sideTables: beside?.sideTables ?? sideTables,
    results: beside ? beside.results : results,
    below: below ? valuesOf(below) : [],
  };
  return { kind: "loaded", ledger };
}

interface Positions {
  readonly first: Excel.Range;
  readonly below: Excel.Range | undefined;
  readonly heads: readonly Excel.Range[];
  readonly sheets: readonly Excel.Range[];
  /** Loaded again with the last request, if there were several. */
  readonly end: Excel.Range | undefined;
  readonly check: readonly { readonly index: number; readonly range: Excel.Range }[];
}

/** The loads of the first and the last request beside the cells themselves. */
function positionLoads(
  context: Excel.RequestContext,
  place: Place,
  side: SideSources,
): { first(): void; last(several: boolean): void; loaded(): Positions } {
  const body = bodyRange(place);
  let begun: Pick<Positions, "first" | "below" | "heads" | "sheets"> | undefined;
  let ended: Pick<Positions, "end" | "check"> = { end: undefined, check: [] };
  return {
    first: () => {
      begun = {
        first: body(context).load("rowIndex,columnIndex,rowCount"),
        below: place.kind === "table" ? belowTable(context, place.table) : undefined,
        heads: side.tables.map(({ table }) => bodyOf(context, table).load("rowIndex,columnIndex")),
        sheets: side.sheets.map(({ sheet }) => usedRange(context, sheet)),
      };
    },
    last: (several) => {
      if (!several) return;
      const end = body(context).load("rowIndex,rowCount");
      const check = checkColumns(place).map((index) => ({
        index,
        range: body(context).getColumn(index).untrack().load("values"),
      }));
      ended = { end, check };
    },
    loaded: () => {
      if (!begun) throw new Error("nothing was loaded");
      return { ...begun, ...ended };
    },
  };
}

interface SideSources {
  readonly tables: readonly SideTable[];
  readonly sheets: readonly SideSheet[];
}

const NOTHING_BESIDE: SideSources = { tables: [], sheets: [] };

interface SideTable {
  readonly name: SideTableName | typeof RESULTS_TABLE;
  readonly table: TableInfo;
  readonly source: Source;
  /** Rows at its top that are not read. */
  readonly skipped: number;
}

interface SideSheet {
  readonly name: SideTableName;
  readonly sheet: SheetInfo;
}

function sideSources(info: WorkbookInfo): SideSources {
  const tables: SideTable[] = [];
  const sheets: SideSheet[] = [];
  for (const name of [...SIDE_TABLES, RESULTS_TABLE] as const) {
    const table = findOurs(
      name,
      info.tables.filter(({ showHeaders }) => showHeaders),
      ({ headers }) => headers,
    );
    if (table) {
      const skipped = name === "AuditLog" ? Math.max(0, table.rows - LOG_ROWS_READ) : 0;
      const rows = table.rows - skipped;
      const range = (context: Excel.RequestContext): Excel.Range =>
        skipped === 0
          ? bodyOf(context, table)
          : bodyOf(context, table).getOffsetRange(skipped, 0).untrack().getResizedRange(-skipped, 0).untrack();
      tables.push({ name, table, skipped, source: { range, rows, columns: table.headers.length } });
      continue;
    }
    const sheet = name === RESULTS_TABLE ? undefined : info.sheets.find((one) => one.name.trim() === SIDE_SHEETS[name]);
    if (sheet && name !== RESULTS_TABLE) sheets.push({ name, sheet });
  }
  return { tables, sheets };
}

export function tableNamed({ tables }: Pick<WorkbookInfo, "tables">, name: string): TableInfo | undefined {
  return tables.find((table) => table.showHeaders && table.name.toLowerCase() === name.toLowerCase());
}

export function bodyOf(context: Excel.RequestContext, table: Pick<TableInfo, "id">): Excel.Range {
  return context.workbook.tables.getItem(table.id).getDataBodyRange().untrack();
}

/** What may have been typed under a table's end. */
function belowTable(context: Excel.RequestContext, { id }: TableInfo): Excel.Range {
  const table = context.workbook.tables.getItem(id).getRange().untrack();
  return table.getRowsBelow(ROWS_BELOW).untrack().load("values");
}

function usedRange(context: Excel.RequestContext, sheet: SheetInfo): Excel.Range {
  const range = context.workbook.worksheets.getItem(sheet.id).getUsedRangeOrNullObject(true).untrack();
  return range.load("values,rowIndex,columnIndex");
}

/** What stands on a sheet under its first row that isn't blank. */
function plainTable(sheet: SheetInfo, used: Excel.Range): LoadedTable | undefined {
  if (used.isNullObject) return undefined;
  const [head, ...values] = valuesOf(used);
  if (!head) return undefined;
  return {
    sheet,
    table: undefined,
    headers: head.map(headerText),
    row: used.rowIndex + 1,
    column: used.columnIndex,
    values,
  };
}

/** The ledger's body, under its headers. */
export function bodyRange(place: Place): (context: Excel.RequestContext) => Excel.Range {
  if (place.kind === "table") return (context) => bodyOf(context, place.table);
  const { sheet, headerRow, left, headers } = place;
  const rows = Math.max(1, bodyRows(place));
  const area = { row: headerRow + 1, column: left, rows, columns: headers.length };
  return (context) => areaOf(context.workbook.worksheets.getItem(sheet.id), area);
}

/** Rows of the body; a table has at least one, a range may have none. */
export function bodyRows(place: Place): number {
  return place.kind === "table" ? place.table.rows : Math.max(0, place.lastRow - place.headerRow);
}

/** Positions of short columns that show whether rows moved while they were read. */
function checkColumns({ match }: Place): number[] {
  const wanted: InputId[] = ["id", "receivedAt"];
  return wanted.flatMap((id) => match.columns.get(id) ?? []);
}

function sameColumn(values: readonly (readonly ExcelValue[])[], index: number, now: Excel.Range): boolean {
  const loaded = valuesOf(now);
  return loaded.length === values.length && loaded.every(([value], i) => value === values[i]![index]);
}
