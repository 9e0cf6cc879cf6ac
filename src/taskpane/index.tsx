import { createRoot } from "react-dom/client";
import { shanghaiNow } from "../program/shanghai-now.js";
import { registerCommands, commandsOf } from "./commands.js";
import { parseIso } from "../domain/wall-time.js";
import { excelRun } from "../ledger/excel/run.js";
import { downloadsOn } from "./excel/deliver.js";
import { ledgerWhenAsked } from "./excel/ledger-when-asked.js";
import { PaneWorkbook } from "./excel/pane-workbook.js";
import { problemOf } from "./problem-text.js";
import { Pane } from "./state/pane.js";
import { languageOf, readPreferences } from "./state/preferences.js";
import { loadTexts } from "./texts.js";
import { App } from "./ui/app.js";
import { download } from "./ui/download.js";
import { PaneProvider } from "./ui/pane-context.js";
import { WorkerClient, type WorkerPort } from "./worker-client.js";

/** The pane's start, in Excel or on the workbench's host. `?now=2026-03-31T18:00` fixes the clock, for trying things out. */

const fixedNow = parseIso(new URLSearchParams(location.search).get("now") ?? "");

function startWorker(): WorkerPort {
  return new Worker(new URL("../worker/worker.ts", import.meta.url), { name: "rules" }) as unknown as WorkerPort;
}

/** What start.js, which runs before all else, asks of this page. */
interface StartWindow {
  /** The pane is drawn. */
  tiaoliStarted?: boolean;
  /** The page was opened in something that isn't Excel. */
  tiaoliOutside?: boolean;
}
const startWindow = window as unknown as StartWindow;

/** Office.js is loaded beside the page, so that it may come later than this script. */
function officeLoaded(): Promise<void> {
  const script = document.getElementById("office-js");
  if ("Office" in window || !script) return Promise.resolve();
  return new Promise((resolve) => {
    script.addEventListener("load", () => {
      resolve();
    });
  });
}

async function start(): Promise<void> {
  await officeLoaded();
  const { host } = await Office.onReady();
  // Outside of Office there is nothing to work on; start.js says so.
  startWindow.tiaoliOutside = (host as unknown) !== Office.HostType.Excel;
  if (startWindow.tiaoliOutside) return;
  const { requirements, officeTheme, displayLanguage, platform } = Office.context;
  const supports = (version: string): boolean => requirements.isSetSupported("ExcelApi", version);
  const run = excelRun(Excel, supports);
  const storage = (): Storage => localStorage;
  const excelsLanguage = displayLanguage || navigator.language;
  await loadTexts(languageOf(readPreferences(storage), excelsLanguage));
  const pane = new Pane({
    workbook: new PaneWorkbook({ run, supports }),
    ledger: ledgerWhenAsked(run, { supports }),
    worker: (prepare) => new WorkerClient(startWorker, prepare),
    now: () => fixedNow ?? shanghaiNow(new Date()),
    displayLanguage: excelsLanguage,
    doors: {
      downloads: downloadsOn(String(platform)),
      download,
      openWorkbook: supports("1.8") ? (base64) => Excel.createWorkbook(base64) : undefined,
    },
    storage,
    explain: problemOf,
  });
  const shared = requirements.isSetSupported("SharedRuntime", "1.1");
  const showPane = async (): Promise<void> => {
    if (shared) await Office.addin.showAsTaskpane();
  };
  const commands = commandsOf(pane, showPane);
  if (Office.actions) registerCommands(commands, Office.actions);
  // The workbench has no ribbon of Office's own; its buttons call these.
  Object.assign(window, { tiaoliCommands: commands });
  createRoot(document.getElementById("root")!).render(
    <PaneProvider pane={pane}>
      <App office={officeTheme} />
    </PaneProvider>,
  );
  startWindow.tiaoliStarted = true;
  await pane.open();
}

void start();
