import {
  column,
  INPUT_COLUMNS,
  OUTPUT_COLUMNS,
  type ColumnId,
  type InputId,
  type OutputId,
} from "../../domain/columns.js";
import type { RawCell } from "../../domain/complaint.js";
import type { HeaderMatch } from "../../domain/match-key.js";
import { complaintRows, isComplaint } from "../complaint-rows.js";
import { furtherColumns, secondColumns, withSeconds } from "../second-columns.js";
import { earlierOutputs, takenByMapping } from "../foreign-outputs.js";
import {
  STRANGER_CELLS,
  type LedgerColumn,
  type LedgerHistory,
  type LedgerRow,
  type LedgerSnapshot,
  type RawTable,
  type SideTableName,
  type Stranger,
} from "../port.js";
import type { Area } from "../../ooxml/references.js";
import { asSeen, mergedCells } from "../merged-rows.js";
import { tableBeside } from "../tables-beside.js";
import { withPeople } from "../people-sheets.js";
import { losesNumbers, standingResults } from "../results.js";
import { datesOf, RESULTS_TABLE, type TableOfOurs } from "../tables-of-ours.js";
import { rawCell, type DateSystem, type ExcelValue } from "./cell-values.js";
import { eachInPortions } from "./give-way.js";
import type { LoadedLedger, LoadedTable, OtherLedger } from "./ledger-reader.js";
import { columnLetters } from "./ranges.js";

/** Loaded values as a snapshot of the ledger's port. */
export async function snapshotOf(
  loaded: LoadedLedger,
  more: { readonly peopleSheets?: readonly RawTable[]; readonly merges?: readonly Area[] } = {},
): Promise<LedgerSnapshot> {
  const { place, body, info, results } = loaded;
  const { columns, unrecognised, duplicates } = place.match;
  const columnAt = (index: number): LedgerColumn => ({
    header: place.headers[index]!,
    letter: columnLetters(body.column + index),
  });
  const unread = [...unrecognised, ...duplicates.map(({ index }) => index)].sort((a, b) => a - b);
  const filled = await ledgerRows(body, place, info.dates);
  const names = new Map([...columns].map(([id, index]) => [id, place.headers[index]!]));
  const inputs = { left: body.column + 1, firstRow: body.row + 1 };
  const seen = asSeen(filled, mergedCells(more.merges ?? [], place.match, inputs));
  const { rows: own, leftOut } = complaintRows(seen.rows, names, (row) =>
    textsIn(body.values[row - 1 - body.row] ?? []),
  );
  const typedBelow = loaded.below.flatMap((line, i) => {
    const { cells } = inputsOf(line, place, info.dates);
    return isComplaint(cells)
      ? [body.row + body.values.length + (place.kind === "table" && place.table.showTotals ? 1 : 0) + i + 1]
      : [];
  });
  const table = results && (await rawTable(RESULTS_TABLE, results, info.dates));
  const said = table && standingResults(own, table);
  const { rows, foreign } = earlierOutputs(columns, own, said, takenByMapping(place.headers, columns));
  const sideTables = new Map<SideTableName, RawTable>();
  for (const [name, table] of loaded.sideTables) sideTables.set(name, await rawTable(name, table, info.dates));
  return {
    sheet: place.sheet.name,
    table: place.kind === "table" ? place.table.name : undefined,
    headerRow: place.kind === "table" ? body.row : place.headerRow + 1,
    ...(place.kind === "table" ? {} : { title: place.title, tablesBeside: place.tablesBeside.map(tableBeside) }),
    ...(loaded.others === undefined || loaded.others.length === 0 ? {} : await othersOf(loaded.others, info.dates)),
    columns: new Map([...columns].map(([id, index]) => [id, columnAt(index)])),
    unrecognised: unread.map(columnAt),
    rows,
    foreign,
    ...withPeople(sideTables, more.peopleSheets ?? [], info.answers),
    numbersLost: losesNumbers(columns, table),
    leftOut: [
      ...leftOut,
      ...(seen.continued.length === 0 ? [] : [{ kind: "merged", rows: seen.continued } as const]),
      ...(typedBelow.length === 0 ? [] : [{ kind: "below-table", rows: typedBelow } as const]),
    ],
    secondColumns: secondColumns(place.match, place.headers, columnAt),
    strangers: strangersOf(loaded, unrecognised, columnAt),
    answers: info.answers,
  };
}

/** Ledgers that are not judged with this one: named, and known. */
async function othersOf(
  others: readonly OtherLedger[],
  dates: DateSystem,
): Promise<Pick<LedgerSnapshot, "otherSheets" | "history">> {
  const history: LedgerHistory[] = [];
  for (const { place, row, column: left, values } of others) {
    const rows = await ledgerRows({ row, values }, place, dates);
    history.push({
      sheet: place.sheet.name,
      ...(place.kind === "table" ? {} : { title: place.title }),
      columns: new Map(
        [...place.match.columns].map(([id, index]) => [
          id,
          { header: place.headers[index]!, letter: columnLetters(left + index) },
        ]),
      ),
      rows: rows.map(({ row: number, cells }) => ({ row: number, cells })),
    });
  }
  return { otherSheets: others.map(({ place }) => place.name), history };
}

/** What of a place its rows are read by. */
interface HeaderedPlace {
  readonly match: HeaderMatch;
  readonly headers: readonly string[];
}

/** Rows that hold anything in an input column. */
async function ledgerRows(
  { row: top, values }: Pick<LoadedTable, "row" | "values">,
  place: HeaderedPlace,
  dates: DateSystem,
): Promise<LedgerRow[]> {
  const outputs = present(OUTPUT_COLUMNS, place.match.columns);
  const rows: LedgerRow[] = [];
  await eachInPortions(values, (line, i) => {
    const inputs = inputsOf(line, place, dates);
    const { cells } = inputs;
    const holdsAny = Object.values(cells).some((cell) => typeof cell !== "string" || cell.trim() !== "");
    if (holdsAny) rows.push({ row: top + i + 1, ...inputs, outputs: cellsOf(outputs, line, dates) });
  });
  return rows;
}

/** The inputs of a line; of two columns of one id the first that isn't blank counts, and what they differ in is kept. */
export function inputsOf(
  line: readonly ExcelValue[],
  { match, headers }: HeaderedPlace,
  dates: DateSystem,
): Pick<LedgerRow, "cells" | "second"> {
  const cells = cellsOf(present(INPUT_COLUMNS, match.columns), line, dates);
  const seconds: { [Id in InputId]?: RawCell } = {};
  const further = furtherColumns(match, headers);
  for (const { index, id } of further) {
    const cell = rawCell(line[index], column(id).kind, dates);
    if (cell !== undefined) seconds[id] ??= cell;
  }
  const timesOnly = new Set(further.filter(({ timeOnly }) => timeOnly).map(({ id }) => id));
  const { cells: merged, second } = withSeconds({ row: 0, cells, outputs: {} }, seconds, timesOnly);
  return second === undefined ? { cells: merged } : { cells: merged, second };
}

/** What stands under headers nobody knows, near the top. */
function strangersOf(
  { body, info }: LoadedLedger,
  indexes: readonly number[],
  columnAt: (index: number) => LedgerColumn,
): Stranger[] {
  return indexes.map((index) => {
    const cells: { row: number; value: RawCell }[] = [];
    for (const [i, line] of body.values.entries()) {
      if (cells.length === STRANGER_CELLS) break;
      const value = rawCell(line[index], undefined, info.dates);
      if (value !== undefined && value !== "") cells.push({ row: body.row + i + 1, value });
    }
    return { ...columnAt(index), cells };
  });
}

/** The texts of a line. */
export function textsIn(line: readonly ExcelValue[]): string[] {
  return line.filter((value): value is string => typeof value === "string" && value !== "");
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

/** A loaded side table as the port has it. */
export async function rawTable(name: TableOfOurs, table: LoadedTable, dates: DateSystem): Promise<RawTable> {
  const kept = table.headers.flatMap((header, i) => (header.trim() === "" ? [] : [i]));
  const isDate = datesOf(name, table.headers);
  const rows: RawTable["rows"][number][] = [];
  await eachInPortions(table.values, (line, i) => {
    const cells = kept.map((at) => rawCell(line[at], isDate(at, line) ? "date" : undefined, dates) ?? null);
    if (cells.some((cell) => cell !== null)) rows.push({ row: table.row + i + 1, cells });
  });
  return {
    sheet: table.sheet.name,
    headers: kept.map((i) => ({ header: table.headers[i]!, letter: columnLetters(table.column + i) })),
    rows,
    ...((table.skipped ?? 0) > 0 ? { isTail: true } : {}),
  };
}
