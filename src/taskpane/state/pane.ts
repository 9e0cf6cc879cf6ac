import type { WallTime } from "../../domain/wall-time.js";
import { GENERAL_REPORTS } from "../../documents/reports/report-ids.js";
import type { ExcelLedger } from "../../ledger/excel/excel-ledger.js";
import type { FileDoors } from "../excel/deliver.js";
import { lastFinishedMonth } from "../periods.js";
import { hasTexts, loadTexts } from "../texts.js";
import type { WorkerClient } from "../worker-client.js";
import { BookDesk } from "./book-desk.js";
import { GroupDesk } from "./group-desk.js";
import { LedgerWork, type PaneTools } from "./ledger-work.js";
import { Live } from "./live.js";
import type { PaneBook } from "./pane-book.js";
import type { PaneState, Problem, TabId } from "./pane-state.js";
import { Papers } from "./papers.js";
import { languageOf, readPreferences, storePreferences, type Preferences } from "./preferences.js";
import { RulesSheets } from "./rules-sheets.js";
import { SelectedCase } from "./selected-case.js";
import { Store } from "./store.js";
import { Work } from "./work.js";
import { WorkbookPacks } from "./workbook-packs.js";

/** What the pane is built on; a test puts its own in. */
export interface PaneParts {
  readonly workbook: PaneBook;
  readonly ledger: ExcelLedger;
  /** Makes the client of the worker; `prepare` is called for every new worker. */
  readonly worker: (prepare: (client: WorkerClient) => void) => WorkerClient;
  readonly now: () => WallTime;
  readonly displayLanguage: string;
  readonly doors: FileDoors;
  readonly storage: () => Pick<Storage, "getItem" | "setItem">;
  /** The sentence for something that went wrong. */
  readonly explain: (error: unknown, language: PaneState["language"]) => Problem;
}

/** The pane's work, without any drawing, in five parts behind one wrapper; the pane itself holds only what it looks like. */
export class Pane {
  readonly store: Store<PaneState>;
  readonly work: Work;
  readonly worker: WorkerClient;
  readonly workbook: PaneBook;
  readonly ledger: LedgerWork;
  readonly live: Live;
  readonly selected: SelectedCase;
  readonly papers: Papers;
  readonly packs: WorkbookPacks;
  readonly desk: BookDesk;
  readonly sheets: RulesSheets;
  readonly group: GroupDesk;

  constructor(private readonly parts: PaneParts) {
    this.store = new Store(firstState(parts));
    this.work = new Work(this.store, parts.explain);
    this.workbook = parts.workbook;
    this.worker = parts.worker((client) => {
      this.ledger.workerIsNew();
      this.group.workerIsNew();
      this.packs.tellNewWorker(client);
      this.desk.tellNewWorker(client);
    });
    const { store, work, worker, workbook } = this;
    const tools: PaneTools = {
      store,
      work,
      worker,
      workbook,
      excel: parts.ledger,
      now: parts.now,
      storage: parts.storage,
    };
    this.group = new GroupDesk(tools);
    this.ledger = new LedgerWork(tools, this.group);
    this.selected = new SelectedCase(tools, this.ledger);
    this.live = new Live(tools, this.ledger, this.selected);
    this.papers = new Papers(tools, this.ledger, parts.doors);
    this.packs = new WorkbookPacks(tools);
    this.desk = new BookDesk(tools, this.ledger);
    this.sheets = new RulesSheets(tools, this.ledger, this.packs);
  }

  show(tab: TabId): void {
    this.store.set({ tab });
  }

  /** Looks at what there is: the ledger and the packs. */
  async open(): Promise<void> {
    await this.work.alone("opening", async () => {
      this.store.set({ problem: undefined });
      await this.packs.loadOwn();
      await this.packs.loadList();
      await this.ledger.read();
    });
  }

  /** Makes a new ledger for a pack in the open workbook and reads it. */
  async newLedger(pack: string): Promise<void> {
    const { language } = this.store.get();
    const made = await this.work.alone("writing", async () => {
      await this.workbook.makeLedger(await this.worker.call("newLedger", { pack, language }));
      return true;
    });
    if (made === true) await this.open();
  }

  /** Keeps a choice on this computer; what is shown follows at once, and a language when its texts are there. */
  setPreferences(change: Partial<Preferences>): void {
    const { preferences: before, language: spoken } = this.store.get();
    const preferences = { ...before, ...change };
    const language = languageOf(preferences, this.parts.displayLanguage);
    storePreferences(preferences, this.parts.storage);
    this.store.set({ preferences });
    if (language !== spoken) void this.speak(language);
  }

  /** Where the texts can't be fetched the pane goes on as it spoke, and says so. */
  private async speak(language: PaneState["language"]): Promise<void> {
    let fetched = hasTexts(language);
    // What went wrong before stays on the screen: it is said in the new language afterwards.
    if (!fetched)
      await this.work.keepingProblem(async () => {
        fetched = await this.work.attempt(() => loadTexts(language));
      });
    if (!fetched) return;
    // Meanwhile somebody may have chosen otherwise.
    if (languageOf(this.store.get().preferences, this.parts.displayLanguage) !== language) return;
    this.store.set({ language });
    await this.sayAgain();
  }

  /** Says in another language what was said: what went wrong, titles of packs, and what the last judgement found. */
  private async sayAgain(): Promise<void> {
    await this.work.keepingProblem(() => this.packs.loadList());
    await this.work.whenIdle();
    await this.ledger.judgeAgain();
  }
}

function firstState({ storage, displayLanguage, now }: PaneParts): PaneState {
  const preferences = readPreferences(storage);
  return {
    tab: "process",
    language: languageOf(preferences, displayLanguage),
    preferences,
    phase: "opening",
    progress: undefined,
    overview: undefined,
    problem: undefined,
    report: undefined,
    stale: false,
    behind: false,
    written: undefined,
    mended: undefined,
    backup: undefined,
    restored: undefined,
    packs: undefined,
    packQuestion: undefined,
    mask: false,
    reporting: { report: GENERAL_REPORTS.month, period: lastFinishedMonth(now()), written: undefined },
    month: undefined,
    selected: { kind: "none" },
    live: { on: false, last: undefined },
    group: undefined,
  };
}
