import type { ColumnId, OutputId } from "../domain/columns.js";
import { ownRow, rowOfSheet, sheetOfRow } from "../domain/sheet-rows.js";
import { keyText } from "./output-cells.js";
import type { LedgerRow, LedgerSnapshot, LedgerWrite, RowSnapshot, WriteReport } from "./port.js";

/** Every sheet of a workbook that is a ledger (one a month, one a year) as one ledger, whichever home the workbook has. */

/** What is answered where all sheets are one ledger. */
export const ALL_SHEETS = "全部";

/** Words by which all sheets are asked for. */
const ALL: ReadonlySet<string> = new Set([ALL_SHEETS, "所有", "all", "*"]);

export function meansAllSheets(sheet: string | undefined): boolean {
  return sheet !== undefined && ALL.has(sheet.trim().toLowerCase());
}

/** The snapshots of the sheets, in the workbook's order, as one. */
export function joinedSheets(snapshots: readonly LedgerSnapshot[]): LedgerSnapshot {
  const [first, ...others] = snapshots as [LedgerSnapshot, ...LedgerSnapshot[]];
  const columns = new Map(first.columns);
  for (const other of others) for (const [id, found] of other.columns) if (!columns.has(id)) columns.set(id, found);
  return {
    ...first,
    columns,
    rows: snapshots.flatMap(({ rows }, sheet) => rows.map((row) => numbered(row, sheet))),
    foreign: [...new Set(snapshots.flatMap(({ foreign }) => foreign))],
    leftOut: snapshots.flatMap(({ leftOut = [] }, sheet) =>
      leftOut.map(({ kind, rows }) => ({ kind, rows: rows.map((row) => rowOfSheet(sheet, row)) })),
    ),
    secondColumns: snapshots.flatMap(({ secondColumns = [] }) => secondColumns),
    strangers: strangersOf(snapshots),
    numbersLost: snapshots.some(({ numbersLost }) => numbersLost === true),
    sheets: snapshots.map(({ sheet, headerRow, columns: own }) => ({ sheet, headerRow, columns: own })),
    otherSheets: [],
  };
}

/** A header that several sheets have is asked about once. */
function strangersOf(snapshots: readonly LedgerSnapshot[]): NonNullable<LedgerSnapshot["strangers"]> {
  const found = new Map<string, NonNullable<LedgerSnapshot["strangers"]>[number]>();
  snapshots.forEach(({ strangers = [] }, sheet) => {
    for (const stranger of strangers) {
      const cells = stranger.cells.map(({ row, value }) => ({ row: rowOfSheet(sheet, row), value }));
      const known = found.get(stranger.header);
      found.set(stranger.header, known ? { ...known, cells: [...known.cells, ...cells] } : { ...stranger, cells });
    }
  });
  return [...found.values()];
}

/** A row of one of the sheets, as it stands now, among those of all sheets as they were read last. */
export function rowAmongSheets(
  { snapshot, others }: RowSnapshot,
  sheet: number,
  snapshots: readonly LedgerSnapshot[],
): RowSnapshot {
  const joined = joinedSheets(snapshots.map((other, i) => (i === sheet ? snapshot : { ...other, rows: [] })));
  const known = snapshots.flatMap(({ rows }, i) => (i === sheet ? [] : rows.map((row) => numbered(identity(row), i))));
  return {
    snapshot: { ...joined, sideTables: snapshot.sideTables },
    others: [...others.map((row) => numbered(row, sheet)), ...known],
  };
}

/** What the other rows are to one that is judged by itself. */
function identity({ row, cells: { id = null, pack = null, receivedAt = null } }: LedgerRow): LedgerRow {
  return { row, cells: { id, pack, receivedAt }, outputs: {} };
}

function numbered(row: LedgerRow, sheet: number): LedgerRow {
  return { ...row, row: rowOfSheet(sheet, row.row) };
}

/** What of a write goes to each of the sheets; the tables of ours, which are of all sheets, go with the last. */
export function writesBySheet(write: LedgerWrite, snapshots: readonly LedgerSnapshot[]): LedgerWrite[] {
  const given = new Map(write.rows.map(({ row, newId }) => [row, newId]));
  const numbers = snapshots.map(({ rows }, sheet) =>
    rows.map(({ row, cells }) => keyText(cells.id) || (given.get(rowOfSheet(sheet, row)) ?? "")),
  );
  return snapshots.map((snapshot, sheet) => ({
    ...write,
    foreign: foreignOn(snapshot, write),
    rows: write.rows.filter(({ row }) => sheetOfRow(row) === sheet).map((row) => ({ ...row, row: ownRow(row.row) })),
    elsewhere: numbers.flatMap((own, i) => (i === sheet ? [] : own.filter((number) => number !== ""))),
    tables: sheet === snapshots.length - 1 ? write.tables : [],
  }));
}

function foreignOn(snapshot: LedgerSnapshot, { foreign = [] }: LedgerWrite): readonly OutputId[] {
  return foreign.filter((id) => snapshot.columns.has(id as ColumnId));
}

/** 处理结果 is named where any of the sheets has no room of its own. */
export function placementOf(reports: readonly Pick<WriteReport, "placement">[]): WriteReport["placement"] {
  return reports.find(({ placement }) => placement === "results")?.placement ?? reports.at(-1)!.placement;
}
