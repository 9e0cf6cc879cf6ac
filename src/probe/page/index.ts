import { parseIso } from "../../domain/wall-time.js";
import { excelRun, openExcelLedger } from "../../ledger/excel/excel-ledger.js";
import { PROGRAM_VERSION } from "../../program/version.js";
import { PaneWorkbook } from "../../taskpane/excel/pane-workbook.js";
import { problemOf } from "../../taskpane/problem-text.js";
import { Pane } from "../../taskpane/state/pane.js";
import { download } from "../../taskpane/ui/download.js";
import { WorkerClient, type WorkerPort } from "../../taskpane/worker-client.js";
import { recording, type Recorder } from "../recorder.js";
import { blankSheets, runProbe, SCENARIOS } from "../run-probe.js";
import { probeSample, SAMPLE_NOW, SAMPLE_STEPS } from "../sample.js";
import { TRACE_FORMAT, type Finding, type Trace } from "../trace.js";
import { View } from "./view.js";

/** `probe.html`: the probe in whatever Excel opens it. `?lang=en` chooses the language, else Excel does. */

const asked = new URLSearchParams(location.search).get("lang");
const NEWEST = 25;

/** What start.js, which runs before all else, asks of this page. */
const startWindow = window as unknown as { tiaoliStarted?: boolean };

function officeLoaded(): Promise<void> {
  const script = document.getElementById("office-js");
  if ("Office" in window || !script) return Promise.resolve();
  return new Promise((resolve) => {
    script.addEventListener("load", () => {
      resolve();
    });
  });
}

function startWorker(): WorkerPort {
  return new Worker(new URL("../../worker/worker.ts", import.meta.url), { name: "rules" }) as unknown as WorkerPort;
}

async function start(): Promise<void> {
  const root = document.getElementById("probe")!;
  const speaks = (asked ?? navigator.language).startsWith("zh");
  await officeLoaded();
  const { host } = await Office.onReady();
  startWindow.tiaoliStarted = true;
  const language = (asked ?? (Office.context.displayLanguage || navigator.language)).startsWith("zh") ? "zh" : "en";
  const inExcel = (host as unknown) === Office.HostType.Excel;
  const view = new View(root, inExcel ? language : speaks ? "zh" : "en");
  if (!inExcel) {
    view.tell(view.say("outside"));
    return;
  }
  const supports = (version: string): boolean => Office.context.requirements.isSetSupported("ExcelApi", version);
  view.button("start", () => {
    view.noButtons();
    probe(view, supports).catch((error: unknown) => {
      view.tell(String(error));
    });
  });
}

async function probe(view: View, supports: (version: string) => boolean): Promise<void> {
  const recorder = recording(excelRun(Excel, supports));
  const { run } = recorder;
  view.tell(view.say("waiting"));
  const sheets = await blankSheets(run);
  if (!sheets) {
    view.tell(view.say("not-blank"));
    return;
  }
  const findings: Finding[] = [];
  const found = (finding: Finding, title: string): void => {
    findings.push(finding);
    view.add(title, finding);
    view.tell(view.say("running", { done: findings.length, total: SCENARIOS.length + SAMPLE_STEPS.length }));
  };
  await runProbe({
    run,
    supports,
    recorder,
    found: (finding, scenario) => {
      found(finding, scenario[view.language]);
    },
  });
  const ledger = openExcelLedger(run, { supports });
  await probeSample({
    bytes: new Uint8Array(await (await fetch("templates/sample-ledger.xlsx")).arrayBuffer()),
    run,
    ledger,
    pane: paneFor(run, supports, ledger),
    recorder,
    found: (finding, step) => {
      found(finding, view.say(`sample.${step}`));
    },
  });
  offer(view, traceOf({ sheets, findings }, supports, recorder));
  view.summarise(findings, recorder.listens);
}

/** The pane's own work, without its drawing. What it keeps on the computer is kept nowhere. */
function paneFor(
  run: ReturnType<typeof excelRun>,
  supports: (version: string) => boolean,
  ledger: ReturnType<typeof openExcelLedger>,
): Pane {
  const now = parseIso(SAMPLE_NOW)!;
  return new Pane({
    workbook: new PaneWorkbook({ run, supports }),
    ledger,
    worker: (prepare) => new WorkerClient(startWorker, prepare),
    now: () => now,
    displayLanguage: "zh-CN",
    doors: { downloads: false, download: () => undefined, openWorkbook: undefined },
    storage: () => ({ getItem: () => null, setItem: () => undefined }),
    explain: problemOf,
  });
}

function traceOf(
  found: Pick<Trace, "sheets" | "findings">,
  supports: (version: string) => boolean,
  recorder: Recorder,
): Trace {
  const { displayLanguage, diagnostics, platform } = Office.context;
  const newest = Array.from({ length: NEWEST }, (_, i) => `1.${NEWEST - i}`).find(supports);
  return {
    format: TRACE_FORMAT,
    at: new Date().toISOString(),
    program: PROGRAM_VERSION,
    excel: {
      platform: String(platform),
      version: (diagnostics as Office.ContextInformation | undefined)?.version ?? "",
      language: displayLanguage,
      api: newest ?? "",
      recorded: recorder.listens,
    },
    ...found,
  };
}

function offer(view: View, trace: Trace): void {
  const text = JSON.stringify(trace);
  view.button("save", () => {
    const name = `tiaoli-probe-${trace.excel.platform}-${trace.excel.version}.json`;
    download({ name, bytes: new TextEncoder().encode(text) });
  });
  // Web views that keep no downloads have a clipboard.
  view.button("copy", () => {
    void navigator.clipboard.writeText(text).then(() => {
      view.tell(view.say("copied"));
    });
  });
  // For whoever drives the page by a program.
  Object.assign(window, { tiaoliTrace: trace });
}

void start();
