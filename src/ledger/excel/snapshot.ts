import {
  column,
  INPUT_COLUMNS,
  OUTPUT_COLUMNS,
  type ColumnId,
  type InputId,
  type OutputId,
} from "../../domain/columns.js";
import type { RawCell } from "../../domain/complaint.js";
import { headerKey, matchHeaders } from "../../domain/match-key.js";
import { earlierOutputs, type StandingResults } from "../foreign-outputs.js";
import type { LedgerColumn, LedgerRow, LedgerSnapshot, RawTable, SideTableName } from "../port.js";
import { keyText, rawCell, type DateSystem, type ExcelValue } from "./cell-values.js";
import { eachInPortions } from "./give-way.js";
import type { LoadedLedger, LoadedTable } from "./ledger-reader.js";
import { columnLetters } from "./ranges.js";

/** Loaded values as a snapshot of the ledger's port. */
export async function snapshotOf(loaded: LoadedLedger): Promise<LedgerSnapshot> {
  const { place, body, info, results } = loaded;
  const { columns, unrecognised, duplicates } = place.match;
  const columnAt = (index: number): LedgerColumn => ({
    header: place.headers[index]!,
    letter: columnLetters(body.column + index),
  });
  const unread = [...unrecognised, ...duplicates.map(({ index }) => index)].sort((a, b) => a - b);
  const own = await ledgerRows(body, columns, info.dates);
  const { rows, foreign } = earlierOutputs(columns, own, results && standingResults(own, results, info.dates));
  const sideTables = new Map<SideTableName, RawTable>();
  for (const [name, table] of loaded.sideTables) sideTables.set(name, await rawTable(table, info.dates));
  return {
    sheet: place.sheet.name,
    table: place.kind === "table" ? place.table.name : undefined,
    headerRow: place.kind === "table" ? body.row : place.headerRow + 1,
    columns: new Map([...columns].map(([id, index]) => [id, columnAt(index)])),
    unrecognised: unread.map(columnAt),
    rows,
    foreign,
    sideTables,
  };
}

/** Rows that hold anything in an input column. */
async function ledgerRows(
  { row: top, values }: Pick<LoadedTable, "row" | "values">,
  columns: ReadonlyMap<ColumnId, number>,
  dates: DateSystem,
): Promise<LedgerRow[]> {
  const inputs = present(INPUT_COLUMNS, columns);
  const outputs = present(OUTPUT_COLUMNS, columns);
  const rows: LedgerRow[] = [];
  await eachInPortions(values, (line, i) => {
    const cells = cellsOf(inputs, line, dates);
    const holdsAny = Object.values(cells).some((cell) => typeof cell !== "string" || cell.trim() !== "");
    if (holdsAny) rows.push({ row: top + i + 1, cells, outputs: cellsOf(outputs, line, dates) });
  });
  return rows;
}

type Position<Id extends ColumnId> = readonly [Id, number];

function present<Id extends ColumnId>(
  specs: readonly { readonly id: Id }[],
  columns: ReadonlyMap<ColumnId, number>,
): Position<Id>[] {
  return specs.flatMap(({ id }) => {
    const index = columns.get(id);
    return index === undefined ? [] : [[id, index] as const];
  });
}

function cellsOf<Id extends InputId | OutputId>(
  positions: readonly Position<Id>[],
  line: readonly ExcelValue[],
  dates: DateSystem,
): { readonly [Key in Id]?: RawCell } {
  const cells: { [Key in Id]?: RawCell } = {};
  for (const [id, index] of positions) {
    const cell = rawCell(line[index], column(id).kind, dates);
    if (cell !== undefined) cells[id] = cell;
  }
  return cells;
}

/** What 处理结果 says of each row; rows of one number get its lines in turn. Undefined if it has no numbers. */
function standingResults(
  rows: readonly LedgerRow[],
  { headers, values }: LoadedTable,
  dates: DateSystem,
): StandingResults | undefined {
  const match = matchHeaders(headers).columns;
  const key = match.get("id");
  if (key === undefined) return undefined;
  const outputs = present(OUTPUT_COLUMNS, match);
  const blank = Object.fromEntries(outputs.map(([output]) => [output, null]));
  const waiting = new Map<string, (readonly ExcelValue[])[]>();
  for (const line of values) {
    const id = keyText(line[key]);
    const lines = waiting.get(id);
    if (lines) lines.push(line);
    else waiting.set(id, [line]);
  }
  const lines = rows.map((row): LedgerRow["outputs"] | undefined => {
    const id = keyText(row.cells.id);
    const line = id === "" ? undefined : waiting.get(id)?.shift();
    return line && { ...blank, ...cellsOf(outputs, line, dates) };
  });
  return { lines, hasVersion: match.has("packVersion") };
}

/** Headers of side tables whose numbers are dates, by header key. */
const DATE_HEADERS = new Set(["日期", "date", "day", "处理时间"].map(headerKey));

/** A loaded side table as the port has it. */
export async function rawTable(table: LoadedTable, dates: DateSystem): Promise<RawTable> {
  const kept = table.headers.flatMap((header, i) => (header.trim() === "" ? [] : [i]));
  const kinds = table.headers.map((header) => (DATE_HEADERS.has(headerKey(header)) ? "date" : undefined));
  const rows: RawTable["rows"][number][] = [];
  await eachInPortions(table.values, (line, i) => {
    const cells = kept.map((index) => rawCell(line[index], kinds[index], dates) ?? null);
    if (cells.some((cell) => cell !== null)) rows.push({ row: table.row + i + 1, cells });
  });
  return {
    sheet: table.sheet.name,
    headers: kept.map((i) => ({ header: table.headers[i]!, letter: columnLetters(table.column + i) })),
    rows,
  };
}
