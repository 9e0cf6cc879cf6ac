import { GENERAL_REPORTS } from "../documents/reports/report-ids.js";
import { reentryOf, type EnteredValue, type TextEntry } from "../ledger/excel/cell-values.js";
import type { ExcelLedger } from "../ledger/excel/excel-ledger.js";
import { rowsAtOnce } from "../ledger/excel/payload.js";
import type { ExcelRun } from "../ledger/excel/run.js";
import { enterCells, formatRange } from "../ledger/excel/write-cells.js";
import { openFileLedger } from "../ledger/file/file-ledger.js";
import type { LedgerRow } from "../ledger/port.js";
import type { Pane } from "../taskpane/state/pane.js";
import { readBook } from "../workbench/file/read-book.js";
import type { SheetModel } from "../workbench/host/workbook-model.js";
import type { Recorder } from "./recorder.js";
import type { Finding } from "./trace.js";

/** The sample ledger in the Excel that is probed: put there, processed, processed again, reported on, taken back. */

/** The sample is made for this day. */
export const SAMPLE_NOW = "2026-03-31T18:00";
const MONTH = "2026-02";

export interface SampleParts {
  readonly bytes: Uint8Array;
  readonly run: ExcelRun;
  readonly ledger: ExcelLedger;
  readonly pane: Pane;
  readonly recorder: Pick<Recorder, "take">;
  readonly found: (finding: Finding, title: SampleStep) => void;
}

export const SAMPLE_STEPS = ["put", "read", "first", "second", "report", "undo"] as const;
export type SampleStep = (typeof SAMPLE_STEPS)[number];

type Check = { readonly seen: Finding["seen"]; readonly holds: boolean };

export async function probeSample(parts: SampleParts): Promise<Finding[]> {
  const steps: Readonly<Record<SampleStep, () => Promise<Check>>> = {
    put: () => put(parts),
    read: () => readAsFile(parts),
    first: () => firstRun(parts.pane),
    second: () => secondRun(parts.pane),
    report: () => report(parts.pane),
    undo: () => undo(parts.pane),
  };
  const findings: Finding[] = [];
  for (const step of SAMPLE_STEPS) {
    parts.recorder.take();
    const finding = await findingOf(step, steps[step], parts);
    findings.push(finding);
    parts.found(finding, step);
    // Without the ledger there is nothing to go on with.
    if (step === "put" && finding.verdict === "fails") break;
  }
  return findings;
}

async function findingOf(step: SampleStep, check: () => Promise<Check>, { recorder }: SampleParts): Promise<Finding> {
  const id = `sample-${step}`;
  try {
    const { seen, holds } = await check();
    return { id, verdict: holds ? "holds" : "fails", seen, error: undefined, requests: recorder.take() };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { id, verdict: "fails", seen: null, error: text, requests: recorder.take() };
  }
}

async function put({ bytes, run }: SampleParts): Promise<Check> {
  const { sheets } = readBook(bytes, "sample.xlsx");
  await run(async (context) => {
    for (const model of sheets) {
      const sheet = context.workbook.worksheets.add(model.name);
      fillSheet(sheet, model);
      await context.sync();
    }
  });
  return { seen: sheets.map(({ name }) => name), holds: true };
}

function fillSheet(sheet: Excel.Worksheet, model: SheetModel): void {
  const width = Math.max(1, ...model.rows.map((row) => row?.values.length ?? 0));
  for (let column = 0; column < width; column += 1) {
    const format = usualFormat(model, column);
    if (format !== undefined) formatRange(sheet.getRangeByIndexes(1, column, model.rows.length, 1), format);
  }
  const lines = model.rows.map((row) =>
    Array.from({ length: width }, (_, column): EnteredValue => {
      const formula = row?.formulas?.[column];
      return formula === undefined ? reentryOf(row?.values[column] ?? "") : (formula as TextEntry);
    }),
  );
  const most = rowsAtOnce(width);
  for (let top = 0; top < lines.length; top += most) {
    const part = lines.slice(top, top + most);
    enterCells(sheet.getRangeByIndexes(top, 0, part.length, width), part);
  }
  for (const { name, area } of model.tables) {
    sheet.tables.add(sheet.getRangeByIndexes(area.row, area.column, area.rows, area.columns), true).name = name;
  }
}

/** The number format that most cells of a column have below the header. */
function usualFormat({ rows }: SheetModel, column: number): string | undefined {
  const counts = new Map<string, number>();
  for (const row of rows.slice(1)) {
    const format = row?.numberFormats?.[column];
    if (format !== undefined) counts.set(format, (counts.get(format) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** What Excel gives must be what stands in the file. */
async function readAsFile({ bytes, ledger }: SampleParts): Promise<Check> {
  const inFile = openFileLedger(bytes).snapshot.rows;
  const inExcel = (await ledger.read()).rows;
  const other = inFile.filter((row, i) => cellsOf(row) !== cellsOf(inExcel[i]));
  return { seen: { rows: inExcel.length, differ: other.slice(0, 5).map(({ row }) => row) }, holds: other.length === 0 };
}

function cellsOf(row: LedgerRow | undefined): string {
  const filled = Object.entries(row?.cells ?? {}).filter(([, cell]) => (cell ?? null) !== null);
  return JSON.stringify([row?.row, filled.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

async function firstRun(pane: Pane): Promise<Check> {
  await pane.open();
  await pane.ledger.process();
  const { problem, written } = pane.store.get();
  const seen = {
    problem: problem?.text ?? null,
    cells: written?.changedCells ?? 0,
    placement: written?.placement ?? null,
    skipped: written?.skipped.length ?? 0,
  };
  return { seen, holds: problem === undefined && seen.cells > 1_000 && seen.skipped === 0 };
}

/** What was written must read back as what was to be written: there is nothing left to change. */
async function secondRun(pane: Pane): Promise<Check> {
  const kept = pane.store.get().backup;
  await pane.ledger.process();
  const { problem, written, report } = pane.store.get();
  const seen = {
    problem: problem?.text ?? null,
    unchanged: report?.unchanged === true,
    cells: written?.changedCells ?? 0,
  };
  // What is taken back in the end is the first run.
  pane.store.set({ backup: kept });
  return { seen, holds: problem === undefined && seen.unchanged && seen.cells === 0 };
}

async function report(pane: Pane): Promise<Check> {
  pane.papers.chooseReport(GENERAL_REPORTS.month, MONTH);
  await pane.papers.writeReport();
  const { problem, reporting } = pane.store.get();
  const seen = { problem: problem?.text ?? null, sheet: reporting.written?.sheet ?? null };
  return { seen, holds: problem === undefined && seen.sheet !== null };
}

async function undo(pane: Pane): Promise<Check> {
  await pane.ledger.undo();
  const { problem, restored } = pane.store.get();
  const seen = { problem: problem?.text ?? null, cells: restored?.cells ?? 0, skipped: restored?.skipped ?? 0 };
  return { seen, holds: problem === undefined && seen.cells > 0 && seen.skipped === 0 };
}
