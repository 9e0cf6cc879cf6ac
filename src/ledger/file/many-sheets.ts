import type { ColumnId, OutputId } from "../../domain/columns.js";
import { ownRow, rowOfSheet, sheetOfRow } from "../../domain/sheet-rows.js";
import type { LedgerRow, LedgerSnapshot, LedgerWrite } from "../port.js";
import { openFileLedger, type FileLedger, type FileLedgerOptions, type FileWriteReport } from "./file-ledger.js";

/** Every sheet of a workbook that is a ledger (one a month, one a year), read and judged as one, each written back. */

/** Words by which all sheets are asked for. */
const ALL: ReadonlySet<string> = new Set(["全部", "所有", "all", "*"]);

export function meansAllSheets(sheet: string | undefined): boolean {
  return sheet !== undefined && ALL.has(sheet.trim().toLowerCase());
}

/** The sheets as one ledger. `sheets`: their names, in the workbook's order. */
export function openSheetsAsOne(bytes: Uint8Array, sheets: readonly string[], options: FileLedgerOptions): FileLedger {
  const ledgers = sheets.map((sheet) => openFileLedger(bytes, { ...options, sheet, alone: true }));
  const [first] = ledgers;
  if (!first) throw new Error("no sheets");
  return {
    snapshot: joined(ledgers.map(({ snapshot }) => snapshot)),
    headerMapping: first.headerMapping,
    answers: first.answers,
    isFormula: (row, id) => ledgers[sheetOfRow(row)]!.isFormula(ownRow(row), id),
    write: (write) => writeEach(bytes, sheets, options, write),
  };
}

function joined(snapshots: readonly LedgerSnapshot[]): LedgerSnapshot {
  const [first, ...others] = snapshots as [LedgerSnapshot, ...LedgerSnapshot[]];
  const columns = new Map(first.columns);
  for (const other of others) for (const [id, found] of other.columns) if (!columns.has(id)) columns.set(id, found);
  const numbered = (row: LedgerRow, sheet: number): LedgerRow => ({ ...row, row: rowOfSheet(sheet, row.row) });
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
    sheets: snapshots.map(({ sheet, columns: own }) => ({ sheet, columns: own })),
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

/** Sheet by sheet; the tables of ours, which are of all sheets, with the last. */
function writeEach(
  original: Uint8Array,
  sheets: readonly string[],
  options: FileLedgerOptions,
  write: LedgerWrite,
): { bytes: Uint8Array; report: FileWriteReport } {
  let bytes = original;
  let report: FileWriteReport | undefined;
  sheets.forEach((sheet, index) => {
    const ledger = openFileLedger(bytes, { ...options, sheet, alone: true });
    const isLast = index === sheets.length - 1;
    const rows = write.rows
      .filter(({ row }) => sheetOfRow(row) === index)
      .map((row) => ({ ...row, row: ownRow(row.row) }));
    const written = ledger.write({
      ...write,
      foreign: foreignOn(ledger.snapshot, write),
      rows,
      tables: isLast ? write.tables : [],
    });
    bytes = written.bytes;
    const before = report?.changedCells ?? 0;
    report = { ...written.report, changedCells: before + written.report.changedCells };
  });
  return { bytes, report: report! };
}

function foreignOn(snapshot: LedgerSnapshot, { foreign = [] }: LedgerWrite): readonly OutputId[] {
  return foreign.filter((id) => snapshot.columns.has(id as ColumnId));
}
