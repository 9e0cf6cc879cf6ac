import { readFileSync } from "node:fs";
import { join } from "node:path";
import { wallTime } from "../../src/domain/wall-time.js";
import { openExcelLedger } from "../../src/ledger/excel/excel-ledger.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { PaneWorkbook } from "../../src/taskpane/excel/pane-workbook.js";
import { problemOf } from "../../src/taskpane/problem-text.js";
import { Pane } from "../../src/taskpane/state/pane.js";
import type { PaneState } from "../../src/taskpane/state/pane-state.js";
import { WorkerClient } from "../../src/taskpane/worker-client.js";
import { readBook } from "../../src/workbench/file/read-book.js";
import { Author } from "../../src/workbench/host/author.js";
import type { HostOptions, WorkbookHost } from "../../src/workbench/host/host.js";
import { valueAt, type CellValue, type WorkbookModel } from "../../src/workbench/host/workbook-model.js";
import { connect } from "../support/office-client.js";
import { oneDoorRun } from "../support/one-door.js";
import { folderRules, workerHere } from "../support/rules-worker.js";

/** The pane's work without its drawing: the real client, host, ledger, worker session and packs, in one thread. */

export const NOW = wallTime(2026, 3, 31, 18);
export const LEDGER = "投诉台账";
export const OWN_SHEETS = ["处罚明细", "扣款台账", "处理日志"];

const SAMPLE = readFileSync(join(import.meta.dirname, "..", "..", "templates", "sample-ledger.xlsx"));
const source = folderRules();

export interface PaneHere {
  readonly pane: Pane;
  readonly host: WorkbookHost;
  readonly author: Author;
  state(): PaneState;
  /** Waits until the state is as asked for. */
  until(isSo: (state: PaneState) => boolean): Promise<PaneState>;
  /** Types into an input column of a sheet row, as the user at the keyboard. */
  type(header: string, row: number, entry: CellValue): void;
  values(sheet: string): CellValue[][];
  /** The sheet row of the first complaint for which this holds; cells by header. */
  rowWhere(isIt: (cells: Readonly<Record<string, CellValue>>) => boolean): number;
}

const opened: Pane[] = [];

/** To be done after every test: there is one client in the realm, so that a pane left over would hear of the next host. */
export async function closePanes(): Promise<void> {
  for (const pane of opened.splice(0)) {
    await pane.work.whenIdle();
    await pane.live.set(false);
  }
}

export function sampleBook(): WorkbookModel {
  return readBook(SAMPLE, "sample.xlsx", nodeCodec);
}

/** A pane on the sample ledger that has looked at what there is. */
export async function openPaneHere(
  model: WorkbookModel = sampleBook(),
  options: HostOptions = {},
  stored = new Map<string, string>(),
): Promise<PaneHere> {
  const { host, excel } = connect(model, options);
  const supports = (version: string): boolean => host.isSetSupported("ExcelApi", version);
  const run = oneDoorRun(excel, host);
  const pane = new Pane({
    workbook: new PaneWorkbook({ run, supports }),
    ledger: openExcelLedger(run, { supports }),
    worker: (prepare) => new WorkerClient(() => workerHere(source), prepare),
    now: () => NOW,
    displayLanguage: "zh-CN",
    doors: { downloads: true, download: () => undefined, openWorkbook: undefined },
    storage: () => ({ getItem: (key) => stored.get(key) ?? null, setItem: (key, text) => stored.set(key, text) }),
    explain: problemOf,
  });
  opened.push(pane);
  await pane.open();
  const author = new Author(host.book);
  const values = (name: string): CellValue[][] => {
    const sheet = host.model.sheets.find((candidate) => candidate.name === name);
    return sheet ? sheet.rows.map((row) => (row?.values ?? []).map((value) => value ?? "")) : [];
  };
  const column = (header: string): number => {
    const [headers = []] = values(LEDGER);
    const index = headers.indexOf(header);
    if (index < 0) throw new Error(`no column ${header}`);
    return index;
  };
  return {
    pane,
    host,
    author,
    state: () => pane.store.get(),
    until: (isSo) => whenState(pane, isSo),
    type: (header, row, entry) => {
      host.book.byAddin = false;
      author.type(LEDGER, `${letters(column(header))}${row}`, entry);
      host.book.byAddin = true;
      host.book.events.flush();
    },
    values,
    rowWhere: (isIt) => {
      const [headers = [], ...rows] = values(LEDGER);
      const at = rows.findIndex((row) => isIt(byHeader(headers, row)));
      if (at < 0) throw new Error("no such row");
      return at + 2;
    },
  };
}

function byHeader(headers: readonly CellValue[], row: readonly CellValue[]): Readonly<Record<string, CellValue>> {
  return Object.fromEntries(headers.map((name, i): [string, CellValue] => [String(name), row[i] ?? ""]));
}

const PATIENCE = 20_000;

async function whenState(pane: Pane, isSo: (state: PaneState) => boolean): Promise<PaneState> {
  const { store } = pane;
  if (isSo(store.get())) return store.get();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      const { phase, live, behind, problem } = store.get();
      reject(new Error(`still ${JSON.stringify({ phase, live, behind, problem })}`));
    }, PATIENCE);
    const stop = store.subscribe(() => {
      if (!isSo(store.get())) return;
      clearTimeout(timer);
      stop();
      resolve(store.get());
    });
  });
}

function letters(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : letters(Math.floor(index / 26) - 1) + letters(index % 26);
}

/** A cell of a sheet, rows from 1, by header of the first row. */
export function cellOf({ host }: PaneHere, name: string, header: string, row: number): CellValue {
  const sheet = host.model.sheets.find((candidate) => candidate.name === name)!;
  const index = (sheet.rows[0]?.values ?? []).findIndex((value) => value === header);
  return valueAt(sheet, row - 1, index);
}
