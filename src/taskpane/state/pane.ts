import type { ColumnId, InputId } from "../../domain/columns.js";
import { isoMonth, type WallTime } from "../../domain/wall-time.js";
import type { ExcelLedger, LedgerBackup, OnRows, RowSnapshot } from "../../ledger/excel/excel-ledger.js";
import { HostProblem } from "../../ledger/excel/host-problem.js";
import { RESULTS_SHEET, RESULTS_TABLE, SIDE_SHEETS } from "../../ledger/excel/ledger-reader.js";
import { formatHeaderMapping, MAPPING_NAMESPACE, parseHeaderMapping } from "../../ledger/header-mapping.js";
import type { LedgerSnapshot, LedgerWrite } from "../../ledger/port.js";
import type {
  DocumentFile,
  JudgedLedger,
  JudgedRow,
  MadeForm,
  NoticesReport,
  Progress,
  WorkbookPack,
} from "../../worker/messages.js";
import type { Edit, PaneWorkbook, TableWish } from "../excel/pane-workbook.js";
import { Cancelled, type WorkerClient } from "../worker-client.js";
import { formatPackPart, PACK_NAMESPACE, parsePackPart } from "../pack-part.js";
import { lastFinishedMonth } from "../ui/periods.js";
import { shownCell } from "../../ledger/shown-cell.js";
import { GENERAL_REPORTS } from "../../documents/reports/report-ids.js";
import { languageOf, readPreferences, storePreferences, type Preferences } from "./preferences.js";
import { deliver, type Delivery, type FileDoors } from "../excel/deliver.js";
import { JudgedInputs, liveEdit, shapeOf } from "./live-mode.js";
import { overviewOf } from "./overview.js";
import type { PaneState, Phase, Problem, TabId, WrittenReport } from "./pane-state.js";
import { Store } from "./store.js";

/** Milliseconds after the last edit, or change of selection, before anything is asked of the host. */
const LIVE_DELAY = 300;
const SELECTION_DELAY = 200;
/** Milliseconds after an own write in which the host may still tell of it. */
const ECHO = 2000;

/** What the pane is built on; a test puts its own in. */
export interface PaneParts {
  readonly workbook: PaneWorkbook;
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

/** The pane's work: everything its buttons and the ribbon's commands do, without any drawing. */
export class Pane {
  readonly store: Store<PaneState>;
  readonly worker: WorkerClient;
  readonly workbook: PaneWorkbook;
  readonly ledger: ExcelLedger;
  private snapshot: LedgerSnapshot | undefined;
  /** The snapshot the worker holds. */
  private handedOver: LedgerSnapshot | undefined;
  private ownPacks: readonly WorkbookPack[] = [];
  private cancelled = false;
  private columnsMayBeNew = false;
  /** The error behind the problem that is shown, to say it again in another language. */
  private failure: unknown;
  private readonly edited = new Set<number>();
  /** Those of the edited rows whose edit may have been the pane's own write. */
  private readonly doubtful = new Set<number>();
  private readonly judgedInputs = new JudgedInputs();
  private wroteAt = -Infinity;
  private liveTimer: ReturnType<typeof setTimeout> | undefined;
  private judgingLive = false;
  private stopLive: (() => Promise<void>) | undefined;

  constructor(readonly parts: PaneParts) {
    const preferences = readPreferences(parts.storage);
    this.workbook = parts.workbook;
    this.ledger = parts.ledger;
    this.worker = parts.worker((client) => {
      this.handedOver = undefined;
      // A failure shows itself in the first call that needs the packs.
      client.call("workbookPacks", this.ownPacks).catch(() => undefined);
    });
    this.store = new Store<PaneState>({
      tab: "process",
      language: languageOf(preferences, parts.displayLanguage),
      preferences,
      phase: "opening",
      progress: undefined,
      overview: undefined,
      problem: undefined,
      report: undefined,
      stale: false,
      written: undefined,
      backup: undefined,
      restored: undefined,
      packs: undefined,
      reporting: { report: GENERAL_REPORTS.month, period: isoMonth(parts.now()), written: undefined },
      month: undefined,
      selected: { kind: "none" },
      live: { on: false, last: undefined, behind: false },
    });
  }

  get busy(): boolean {
    return this.store.get().phase !== "idle";
  }

  /** Waits until nothing is going on: a command may come while the pane is still starting. */
  async whenIdle(): Promise<void> {
    if (!this.busy) return;
    await new Promise<void>((resolve) => {
      const stop = this.store.subscribe(() => {
        if (this.busy) return;
        stop();
        resolve();
      });
    });
  }

  show(tab: TabId): void {
    this.store.set({ tab });
  }

  /** Keeps a choice on this computer; what is shown follows at once. */
  setPreferences(change: Partial<Preferences>): void {
    const { preferences: before, language: spoken } = this.store.get();
    const preferences = { ...before, ...change };
    const language = languageOf(preferences, this.parts.displayLanguage);
    storePreferences(preferences, this.parts.storage);
    this.store.set({ preferences, language });
    if (language !== spoken) void this.sayAgain();
  }

  /** Says in another language what was said: titles of packs, what went wrong, and what the last judgement found. */
  private async sayAgain(): Promise<void> {
    const { problem } = this.store.get();
    const { failure } = this;
    await this.loadPackList();
    if (problem && !this.store.get().problem) {
      this.failure = failure;
      this.store.set({ problem: this.parts.explain(failure, this.store.get().language) });
    }
    await this.whenIdle();
    const { report } = this.store.get();
    if (!report || this.busy) return;
    const sameLedger = this.handedOver === this.snapshot;
    await this.attempt(async () => {
      const judged = await this.judge(report.mismatch !== undefined);
      this.store.set({ report: judged.report, stale: false, ...(sameLedger ? {} : { written: undefined }) });
    });
    this.store.set({ phase: "idle", progress: undefined });
  }

  // ------------------------------------------------------------ the ledger

  /** Looks at what there is: the ledger and the packs. */
  async open(): Promise<void> {
    this.store.set({ phase: "opening", problem: undefined });
    await this.attempt(async () => {
      await this.loadOwnPacks();
      await this.loadPackList();
      await this.read();
    });
    this.store.set({ phase: "idle" });
  }

  /** Reads the ledger again, if nothing else is going on. */
  async refresh(): Promise<void> {
    if (this.busy) return;
    this.enter("reading");
    await this.attempt(async () => {
      await this.read();
      this.outdate();
    });
    this.store.set({ phase: "idle", progress: undefined });
  }

  /** The main job: reads, judges, checks and writes. */
  async process(): Promise<void> {
    if (this.busy) return;
    this.cancelled = false;
    this.store.set({ report: undefined, stale: false, written: undefined, restored: undefined, problem: undefined });
    await this.attempt(async () => {
      this.enter("reading");
      const snapshot = await this.read();
      this.assertGoingOn();
      const judged = await this.judge(true);
      this.assertGoingOn();
      if (judged.write && !judged.report.mismatch) {
        this.enter("writing");
        const write = await this.worker.takeWrite(judged.write);
        const { backup, changedCells, placement, keptFormulas, movedRows, skipped } = await this.ledger.write(
          write,
          this.counting("writing"),
        );
        this.wroteAt = performance.now();
        this.judgedInputs.takeAll(snapshot.rows, numbersIn(write));
        this.keepBackup(backup);
        this.columnsMayBeNew = true;
        this.store.set({ written: { changedCells, placement, keptFormulas, movedRows, skipped } });
      }
      const { live } = this.store.get();
      this.store.set({ report: judged.report, live: { ...live, behind: false } });
    });
    this.store.set({ phase: "idle", progress: undefined });
  }

  /** Judges the ledger as it stands without writing anything; for the tabs that show figures. */
  async look(): Promise<void> {
    if (this.busy) return;
    this.cancelled = false;
    await this.attempt(async () => {
      this.enter("reading");
      await this.read();
      this.assertGoingOn();
      const { report } = await this.judge(false);
      this.store.set({ report, stale: false, written: undefined });
    });
    this.store.set({ phase: "idle", progress: undefined });
  }

  /** Stops a run before it writes; a write under way is finished, for half a write would be worse. */
  cancel(): void {
    const { phase } = this.store.get();
    if (phase === "writing" || phase === "restoring" || phase === "idle") return;
    this.cancelled = true;
    this.worker.stop();
    // The judgement on which figures rest has gone with the worker.
    this.store.set({ report: undefined, stale: false, written: undefined });
  }

  /** Puts back what the last run overwrote. */
  async undo(): Promise<void> {
    const { backup } = this.store.get();
    if (!backup || this.busy) return;
    this.enter("restoring");
    await this.attempt(async () => {
      const { restoredCells: cells, skippedCells: skipped } = await this.ledger.restore(backup);
      this.wroteAt = performance.now();
      const tables = backup.tables.map(({ table }) => sheetOf(table));
      const restored = { cells, tables, skipped };
      this.store.set({ restored, backup: undefined, report: undefined, stale: false, written: undefined });
      const { rows } = await this.read();
      this.judgedInputs.takeAll(rows, new Map());
    });
    this.store.set({ phase: "idle" });
  }

  private async read(): Promise<LedgerSnapshot> {
    this.snapshot = await this.ledger.read(this.counting("reading"));
    this.columnsMayBeNew = false;
    this.store.set({ overview: overviewOf(this.snapshot) });
    return this.snapshot;
  }

  private async judge(selfCheck: boolean): Promise<JudgedLedger> {
    this.enter("judging");
    await this.handOver();
    const onProgress = ({ phase, done, total }: Progress): void => {
      const isCheck = phase === "self-check";
      this.store.set({
        phase: isCheck ? "checking" : "judging",
        progress: isCheck || total === 0 || done === 0 ? undefined : { done, total },
      });
    };
    return this.worker.call("judge", { ...this.when(), selfCheck }, onProgress);
  }

  /** Gives the worker the ledger as it was read last, unless it has it. */
  async handOver(): Promise<void> {
    const snapshot = this.snapshot ?? (await this.read());
    if (this.handedOver === snapshot) return;
    await this.worker.handOver(snapshot);
    this.handedOver = snapshot;
  }

  when(): { readonly now: WallTime; readonly language: PaneState["language"] } {
    return { now: this.parts.now(), language: this.store.get().language };
  }

  private keepBackup(backup: LedgerBackup): void {
    this.store.set({ backup: backup.rows.length + backup.tables.length > 0 ? backup : undefined });
  }

  /** Tells how many rows are through with a phase, as long as it lasts. */
  private counting(phase: Phase): OnRows {
    return (done, total) => {
      if (this.store.get().phase === phase && total > 0) this.store.set({ progress: { done, total } });
    };
  }

  /** The ledger is no longer the one that the report is about. */
  private outdate(): void {
    this.store.set({ stale: this.store.get().report !== undefined });
  }

  private enter(phase: Phase): void {
    this.store.set({ phase, progress: undefined });
  }

  private assertGoingOn(): void {
    if (this.cancelled) throw new Cancelled("stopped");
  }

  /** Does something; what goes wrong is shown, what was stopped isn't. True if it went well. */
  async attempt(action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
      this.store.set({ problem: undefined });
      return true;
    } catch (error) {
      if (error instanceof HostProblem && error.written) this.keepBackup(error.written);
      if (!(error instanceof Cancelled)) {
        this.failure = error;
        this.store.set({ problem: this.parts.explain(error, this.store.get().language) });
      }
      return false;
    }
  }

  async goTo(sheet: string | undefined, address: string): Promise<void> {
    const name = sheet ?? this.snapshot?.sheet;
    if (name !== undefined) await this.attempt(() => this.workbook.goTo(name, address));
  }

  // ------------------------------------------------------------ reports

  chooseReport(report: string, period: string): void {
    this.store.set({ reporting: { report, period, written: undefined } });
  }

  chooseMonth(month: string): void {
    this.store.set({ month });
  }

  /** The ribbon's 生成月报: the last finished month, from the ledger as it stands now. */
  async reportLastMonth(): Promise<void> {
    this.chooseReport(GENERAL_REPORTS.month, lastFinishedMonth(this.parts.now()));
    await this.look();
    if (this.store.get().report) await this.writeReport();
  }

  /** The ribbon's 扣款通知: shows the last finished month. Sending out can't be taken back, so that is left to a button. */
  async showLastNotices(): Promise<void> {
    this.chooseMonth(lastFinishedMonth(this.parts.now()));
    await this.look();
  }

  /** Writes the chosen report into the workbook. */
  async writeReport(): Promise<void> {
    if (this.busy) return;
    if (this.store.get().stale) await this.look();
    const { reporting, stale } = this.store.get();
    if (stale) return;
    const { report, period } = reporting;
    this.enter("writing");
    await this.attempt(async () => {
      const sheet = await this.worker.call("report", { ...this.when(), report, period });
      const { columns, table } = await this.read();
      const [rows, across, count] = (["category", "status", "id"] as const).map((id) => columns.get(id)?.header);
      const isGeneral = Object.values(GENERAL_REPORTS).includes(report);
      const pivot =
        isGeneral && table !== undefined && rows !== undefined && across !== undefined && count !== undefined
          ? { table, rows, columns: across, count }
          : undefined;
      const name = await this.workbook.writeReport(sheet, pivot);
      const written: WrittenReport = { sheet: name, pivot: pivot !== undefined };
      this.store.set({ reporting: { report, period, written } });
    });
    this.store.set({ phase: "idle" });
  }

  // ------------------------------------------------------------ files

  /** Hands a file over; undefined if that went wrong. */
  async deliver(file: DocumentFile): Promise<Delivery | undefined> {
    let delivery: Delivery | undefined;
    await this.attempt(async () => {
      delivery = await deliver(file, this.parts.doors);
    });
    return delivery;
  }

  /** Makes the documents of a form for the case that is shown; undefined if that went wrong. */
  async makeForm(form: string): Promise<readonly MadeForm[] | undefined> {
    const { selected } = this.store.get();
    if (selected.kind !== "judged" || this.busy) return undefined;
    const { id } = selected.judged.explanation;
    let made: readonly MadeForm[] | undefined;
    this.enter("reading");
    await this.attempt(async () => {
      // Penalties and the month's figures rest on the whole ledger, as it stands now.
      const { rows } = await this.read();
      const { report } = await this.judge(false);
      this.store.set({ report, stale: false, written: undefined });
      const bears = (row: (typeof rows)[number]): boolean => shownCell(row.cells.id).trim() === id;
      const same = rows.find((row) => row.row === selected.row);
      const found = same && (bears(same) || shownCell(same.cells.id) === "") ? same : rows.find(bears);
      if (found) made = await this.worker.call("forms", { ...this.when(), row: found.row, form });
    });
    this.store.set({ phase: "idle", progress: undefined });
    return made;
  }

  // ------------------------------------------------------------ notices

  /** Records the new notices of a month in the workbook, together with the whole run they rest on. */
  async issueNotices(month: string): Promise<NoticesReport | undefined> {
    if (this.busy) return undefined;
    let issued: NoticesReport | undefined;
    await this.attempt(async () => {
      this.enter("reading");
      const snapshot = await this.read();
      this.enter("judging");
      await this.handOver();
      const { write, mismatch } = await this.worker.call("notices", { ...this.when(), month, issue: true });
      if (write) {
        this.enter("writing");
        const taken = await this.worker.takeWrite(write);
        await this.ledger.write(taken, this.counting("writing"));
        this.wroteAt = performance.now();
        this.judgedInputs.takeAll(snapshot.rows, numbersIn(taken));
        // What went out can't be taken back, and an earlier run's values are no longer what stands there.
        this.store.set({ backup: undefined, written: undefined, restored: undefined });
        await this.read();
        await this.handOver();
        this.store.set({ report: (await this.judge(false)).report, stale: false });
      }
      const standing = await this.worker.call("notices", { ...this.when(), month, issue: false });
      issued = { ...standing, ...(mismatch ? { mismatch } : {}) };
    });
    this.store.set({ phase: "idle", progress: undefined });
    return issued;
  }

  // ------------------------------------------------------------ single rows

  /** Judges a row as it stands now; undefined if it is none of the ledger's. */
  async judgeRow(row: number): Promise<JudgedRow | undefined> {
    const found = await this.readRow(row);
    return found && this.judgeFound(found);
  }

  private async readRow(row: number): Promise<RowSnapshot | undefined> {
    await this.knowColumns();
    return this.ledger.readRow(row);
  }

  private judgeFound(found: RowSnapshot): Promise<JudgedRow> {
    return this.worker.call("row", { ...this.when(), ...found });
  }

  /** Judges a row as it stands now and writes what it says; undefined if it is none of the ledger's. */
  private async settle(found: RowSnapshot | undefined): Promise<JudgedRow | undefined> {
    const [row] = found?.snapshot.rows ?? [];
    if (!found || !row) return undefined;
    const judged = await this.judgeFound(found);
    this.judgedInputs.takeOne(row, judged.write.newId);
    if (judged.differs) await this.ledger.writeRow(judged.write);
    this.outdate();
    return judged;
  }

  /** A run may have added output columns, into which single rows are written as well: they are looked up once. */
  private async knowColumns(): Promise<void> {
    if (this.columnsMayBeNew) await this.read();
  }

  /** Turns live mode on or off. */
  async setLive(on: boolean): Promise<void> {
    await this.attempt(async () => {
      await this.stopLive?.();
      this.stopLive = undefined;
      if (on) {
        await this.knowColumns();
        const sheets = await this.workbook.sheets();
        const own = sheets.find(({ name }) => name === this.store.get().overview?.sheet)?.id;
        this.stopLive = await this.workbook.onEdit((edit) => {
          if (edit.sheetId === own) this.takeEdit(edit);
        });
      }
      this.store.set({ live: { on, last: undefined, behind: false } });
    });
  }

  private takeEdit(edit: Edit): void {
    const { overview, live } = this.store.get();
    const meaning = overview ? liveEdit(edit, shapeOf(overview)) : "nothing";
    if (meaning === "nothing") return;
    if (meaning === "too-much") {
      // So many cells at once, just when the pane has written: nobody types as fast as that.
      if (edit.mayBeOwn && this.mayHearItself()) return;
      this.store.set({ live: { ...live, behind: true } });
      return;
    }
    for (const row of meaning.rows) {
      this.edited.add(row);
      if (edit.mayBeOwn) this.doubtful.add(row);
    }
    clearTimeout(this.liveTimer);
    this.liveTimer = setTimeout(() => void this.judgeEdited(), LIVE_DELAY);
  }

  private mayHearItself(): boolean {
    const { phase } = this.store.get();
    return phase === "writing" || phase === "restoring" || performance.now() - this.wroteAt < ECHO;
  }

  /** Judges the rows that were edited, one after another; edits made meanwhile wait for their turn. */
  private async judgeEdited(): Promise<void> {
    if (this.busy) {
      this.liveTimer = setTimeout(() => void this.judgeEdited(), LIVE_DELAY);
      return;
    }
    if (this.judgingLive) return;
    this.judgingLive = true;
    await this.attempt(async () => {
      for (const row of this.edited) {
        this.edited.delete(row);
        const found = await this.readRow(row);
        const [standing] = found?.snapshot.rows ?? [];
        if (this.doubtful.delete(row) && standing && this.judgedInputs.has(standing)) continue;
        const judged = await this.settle(found);
        if (!judged) continue;
        const { live } = this.store.get();
        this.store.set({
          live: { ...live, last: { row, id: judged.explanation.id, changed: judged.differs } },
        });
        this.showJudged(row, judged);
      }
    });
    this.judgingLive = false;
  }

  // ------------------------------------------------------------ the selected case

  /** Follows the selection while the case is shown; returns the way to stop. */
  async followSelection(): Promise<() => void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const follow = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void this.showSelected(), SELECTION_DELAY);
    };
    let stop: (() => Promise<void>) | undefined;
    await this.attempt(async () => {
      stop = await this.workbook.onSelection(follow);
      await this.showSelected();
    });
    return () => {
      clearTimeout(timer);
      stop?.().catch(() => undefined);
    };
  }

  /** Judges the selected row and shows it. */
  async showSelected(): Promise<void> {
    if (this.busy) return;
    await this.attempt(async () => {
      const { sheet, row } = await this.workbook.selected();
      if (sheet !== this.store.get().overview?.sheet) {
        this.store.set({ selected: { kind: "outside" } });
        return;
      }
      const before = this.store.get().selected;
      if (before.kind !== "judged" || before.row !== row) this.store.set({ selected: { kind: "loading", row } });
      const judged = await this.judgeRow(row);
      this.store.set({ selected: judged ? { kind: "judged", row, judged } : { kind: "outside" } });
    });
  }

  private showJudged(row: number, judged: JudgedRow): void {
    const { selected } = this.store.get();
    if (selected.kind === "judged" && selected.row === row) this.store.set({ selected: { ...selected, judged } });
  }

  /** Writes the outputs of the case that is shown. */
  async writeSelected(): Promise<void> {
    const { selected } = this.store.get();
    if (selected.kind !== "judged" || this.busy) return;
    this.enter("writing");
    await this.attempt(async () => {
      // The row may have been edited since: it is read, judged and written in one go.
      await this.settle(await this.readRow(selected.row));
    });
    this.store.set({ phase: "idle" });
    await this.showSelected();
  }

  /** Writes input cells of the case that is shown (overrides), and judges the row again. */
  async setInputs(values: Partial<Record<InputId, string>>): Promise<void> {
    const { selected, overview } = this.store.get();
    if (selected.kind !== "judged" || !overview || this.busy) return;
    const cells = (Object.entries(values) as [InputId, string][]).flatMap(([id, value]) => {
      const place = overview.columns.find(([column]) => column === id)?.[1];
      return place ? [{ address: `${place.letter}${selected.row}`, value: value.trim() }] : [];
    });
    const written = await this.attempt(() => this.workbook.setCells(overview.sheet, cells));
    if (written) await this.writeSelected();
  }

  // ------------------------------------------------------------ side tables

  /** Writes lines into 设置, 节假日 or 人员 and reads the ledger again. */
  async putLines(wish: TableWish, lines: readonly (readonly (string | number)[])[]): Promise<boolean> {
    if (this.busy) return false;
    const done = await this.attempt(() => this.workbook.putLines(wish, lines));
    if (done) {
      this.store.set({ report: undefined, stale: false, written: undefined });
      await this.refresh();
    }
    return done;
  }

  // ------------------------------------------------------------ headers

  /** What this workbook's own headers were said to mean. */
  async headerMapping(): Promise<ReadonlyMap<string, ColumnId>> {
    const parts = await this.workbook.parts(MAPPING_NAMESPACE);
    return new Map(parts.flatMap((xml) => [...(parseHeaderMapping(xml) ?? [])]));
  }

  /** Keeps a mapping in the workbook and reads the ledger by it. */
  async saveHeaderMapping(mapping: ReadonlyMap<string, ColumnId>): Promise<boolean> {
    const saved = await this.attempt(() => this.workbook.setParts(MAPPING_NAMESPACE, [formatHeaderMapping(mapping)]));
    if (saved) {
      this.store.set({ report: undefined, stale: false, written: undefined });
      await this.refresh();
    }
    return saved;
  }

  // ------------------------------------------------------------ packs

  async loadPackList(): Promise<void> {
    await this.attempt(async () => {
      this.store.set({ packs: await this.worker.call("packs", { language: this.store.get().language }) });
    });
  }

  private async loadOwnPacks(): Promise<void> {
    const parts = await this.workbook.parts(PACK_NAMESPACE);
    this.ownPacks = parts.flatMap((xml) => parsePackPart(xml) ?? []);
    await this.worker.call("workbookPacks", this.ownPacks);
  }

  /** Keeps a pack in the workbook, above the built-in one of its name; without files the built-in one holds again. */
  async savePack(id: string, files: WorkbookPack["files"] | undefined): Promise<boolean> {
    const next = [...this.ownPacks.filter((pack) => pack.id !== id), ...(files ? [{ id, files }] : [])];
    return this.attempt(async () => {
      await this.workbook.setParts(PACK_NAMESPACE, next.map(formatPackPart));
      this.ownPacks = next;
      await this.worker.call("workbookPacks", next);
      this.store.set({ report: undefined, stale: false, written: undefined });
      await this.loadPackList();
    });
  }
}

/** The numbers that a write gives, by sheet row. */
function numbersIn({ rows }: LedgerWrite): ReadonlyMap<number, string> {
  return new Map(rows.flatMap(({ row, newId }) => (newId === undefined ? [] : [[row, newId]])));
}

/** The sheet of one of the program's own tables. */
function sheetOf(table: string): string {
  if (table === RESULTS_TABLE) return RESULTS_SHEET;
  return Object.entries(SIDE_SHEETS).find(([name]) => name === table)?.[1] ?? table;
}
