import { rowOfSheet } from "../../domain/sheet-rows.js";
import { placementOf, writesBySheet } from "../joined-sheets.js";
import type { LedgerWrite } from "../port.js";
import type { LedgerBackup } from "./backup.js";
import { readWorkbookInfo } from "./discovery.js";
import { HostProblem, problemOf } from "./host-problem.js";
import { loadLedger, type LoadedLedger, type OnRows } from "./ledger-reader.js";
import { writeLedger, type ReadLedger } from "./ledger-writer.js";
import { partOf } from "./many-sheets.js";
import type { MergedCells } from "./merged-areas.js";
import { restoreBackup } from "./restore.js";
import type { ExcelWriteReport, RestoreReport } from "./write-report.js";

/** Several sheets of an open workbook that are judged as one ledger: writing them and putting them back, sheet by sheet. */

/**
 * Writes each sheet's part. What one adds to the workbook (处理结果, a sheet of ours) the next has to know. Where a sheet
 * can't be written, what was overwritten on those before it can still be put back.
 */
export async function writeSheets(
  context: Excel.RequestContext,
  sheets: readonly ReadLedger[],
  write: LedgerWrite,
  { merged, onRows }: { readonly merged: MergedCells; readonly onRows: OnRows | undefined },
): Promise<ExcelWriteReport> {
  const writes = writesBySheet(
    write,
    sheets.map(({ snapshot }) => snapshot),
  );
  const counts = writes.map(({ rows }) => rows.length);
  const names = sheets.map(({ loaded }) => loaded.place.sheet.name);
  const reports: ExcelWriteReport[] = [];
  for (const [index, read] of sheets.entries()) {
    const isAlone = reports.every(({ backup: { tables, made } }) => tables.length === 0 && !made?.tables.length);
    try {
      const own = isAlone ? read : { ...read, loaded: await withBesideNow(context, read.loaded, merged) };
      reports.push(await writeLedger(context, own, writes[index]!, partOf(onRows, counts, index)));
    } catch (error) {
      const problem = problemOf(error);
      if (!(problem instanceof HostProblem)) throw problem;
      const written = [...reports.map(({ backup }) => backup), ...(problem.written ? [problem.written] : [])];
      if (written.length === 0) throw problem;
      throw new HostProblem(problem.code, problem.params, joinedBackup(written, names), problem.choices);
    }
  }
  return joinedReport(reports, names);
}

/** The ledger as it was read, with the tables beside it as the sheets before have left them. */
async function withBesideNow(
  context: Excel.RequestContext,
  loaded: LoadedLedger,
  merged: MergedCells,
): Promise<LoadedLedger> {
  const info = await readWorkbookInfo(context, new Map(), merged);
  const { sideTables, results } = await loadLedger(context, info, loaded.place);
  return { ...loaded, info: { ...info, mapping: loaded.info.mapping }, sideTables, results };
}

/** `names`: of the sheets, by which the backup of each finds it again. */
function joinedReport(reports: readonly ExcelWriteReport[], names: readonly string[]): ExcelWriteReport {
  const sum = (of: (report: ExcelWriteReport) => number): number => reports.reduce((all, one) => all + of(one), 0);
  return {
    placement: placementOf(reports),
    changedCells: sum(({ changedCells }) => changedCells),
    keptFormulas: sum(({ keptFormulas }) => keptFormulas),
    movedRows: sum(({ movedRows }) => movedRows),
    skipped: reports.flatMap(({ skipped }, sheet) =>
      skipped.map((row) => ({ ...row, row: rowOfSheet(sheet, row.row) })),
    ),
    backup: joinedBackup(
      reports.map(({ backup }) => backup),
      names,
    ),
  };
}

function joinedBackup(backups: readonly LedgerBackup[], names: readonly string[]): LedgerBackup {
  return {
    keys: [],
    rows: backups.flatMap(({ rows }) => rows),
    tables: backups.flatMap(({ tables }) => tables),
    sheets: backups.map((backup, i) => [names[i]!, backup] as const),
  };
}

/**
 * Puts back what was overwritten on each sheet, the last first: a table that several wrote is then what it was before the
 * first. The sheets may be judged apart by now, so each is known by its name.
 */
export async function restoreSheets(
  context: Excel.RequestContext,
  ledgers: readonly LoadedLedger[],
  backup: LedgerBackup,
  merged: MergedCells,
): Promise<RestoreReport> {
  const reports: RestoreReport[] = [];
  let lost = 0;
  for (const [name, own] of (backup.sheets ?? []).toReversed()) {
    const found = ledgers.find(({ place }) => place.sheet.name === name);
    const now = found && reports.length > 0 ? await withBesideNow(context, found, merged) : found;
    if (now) reports.push(await restoreBackup(context, now, own));
    else lost += own.rows.reduce((sum, { cells }) => sum + cells.length, 0);
  }
  const sum = (of: (report: RestoreReport) => number): number => reports.reduce((all, one) => all + of(one), 0);
  return {
    restoredCells: sum(({ restoredCells }) => restoredCells),
    skippedCells: lost + sum(({ skippedCells }) => skippedCells),
    takenAway: {
      columns: sum(({ takenAway }) => takenAway.columns),
      sheets: reports.flatMap(({ takenAway }) => takenAway.sheets),
    },
  };
}
