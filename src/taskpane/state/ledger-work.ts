import type { DateOrder } from "../../domain/partial-date.js";
import type { WallTime } from "../../domain/wall-time.js";
import { LedgerRefused } from "../../jobs/refused.js";
import type { ExcelLedger, ExcelWriteReport } from "../../ledger/excel/excel-ledger.js";
import type { Answer, Answers } from "../../ledger/answers.js";
import type { LedgerRow, LedgerSnapshot, LedgerWrite, RowSnapshot } from "../../ledger/port.js";
import type { JudgedRow } from "../../jobs/judge-row.js";
import type { RunReport } from "../../jobs/run-report.js";
import type { JudgedLedger, Progress, ShownRepairs, WriteHead } from "../../worker/messages.js";
import type { TableWish } from "../excel/pane-workbook.js";
import type { WorkerClient } from "../worker-client.js";
import { JudgedInputs } from "./live-mode.js";
import { placeOfRow } from "./overview.js";
import type { PaneState } from "./pane-state.js";
import type { PaneBook } from "./pane-book.js";
import type { Store } from "./store.js";
import type { Work } from "./work.js";

/** What a part of the pane works with. */
export interface PaneTools {
  readonly store: Store<PaneState>;
  readonly work: Work;
  readonly worker: WorkerClient;
  readonly workbook: PaneBook;
  readonly excel: ExcelLedger;
  readonly now: () => WallTime;
  /** What is kept on this computer. */
  readonly storage: () => Pick<Storage, "getItem" | "setItem">;
}

/** The workbooks that are judged with the ledger, if any. */
interface GroupAtHand {
  /** Throws where they are others than were read. */
  assertAsRead(): Promise<void>;
  judged(mayWrite: boolean): Promise<void>;
}

/** Larger ledgers take seconds to judge: they are looked at when somebody asks. */
const LOOKED_AT_UNASKED = 5_000;

/** Nothing is known of the ledger any more. */
const UNJUDGED = { report: undefined, stale: false, written: undefined, mended: undefined } as const;

/** The ledger as a whole: read, judged, written, put back; and single rows of it. */
export class LedgerWork {
  private snapshot: LedgerSnapshot | undefined;
  /** The snapshot the worker holds. */
  private handedOver: LedgerSnapshot | undefined;
  /** Cells with formulas among those that could be mended, as found last. */
  private formulaCells: readonly string[] = [];
  private columnsMayBeNew = false;
  private lookedAt = false;
  private readonly judgedInputs = new JudgedInputs();
  /** Whether the tables were behind the rows before the run that can be taken back. */
  private behindBefore = false;

  constructor(
    private readonly tools: PaneTools,
    private readonly group: GroupAtHand,
  ) {}

  /** A new worker holds no ledger. */
  workerIsNew(): void {
    this.handedOver = undefined;
  }

  when(): { readonly now: WallTime; readonly language: PaneState["language"] } {
    return { now: this.tools.now(), language: this.tools.store.get().language };
  }

  // ------------------------------------------------------------ the whole

  /** Reads the ledger again, if nothing else is going on. */
  async refresh(): Promise<void> {
    const { store, work } = this.tools;
    await work.alone("reading", async () => {
      await this.read();
      store.set({ stale: store.get().report !== undefined });
    });
  }

  /** The main job: reads, judges, checks and writes. */
  async process(): Promise<void> {
    const { store, work } = this.tools;
    await work.alone("reading", async () => {
      store.set({ ...UNJUDGED, restored: undefined, problem: undefined });
      await this.read();
      work.assertGoingOn();
      const { report, write } = await this.judge(true);
      work.assertGoingOn();
      if (write && !report.mismatch) {
        this.behindBefore = store.get().behind;
        const { backup, changedCells, placement, keptFormulas, movedRows, skipped } = await this.write(write);
        work.wrote(backup);
        store.set({ written: { changedCells, placement, keptFormulas, movedRows, skipped } });
      }
      store.set({ report, ...(isRenewed(report) ? { behind: false } : {}) });
      await this.group.judged(isRenewed(report));
    });
  }

  /** Judges the ledger as it stands without writing anything; for the tabs that show figures. */
  async look(): Promise<void> {
    const { work } = this.tools;
    await work.alone("reading", async () => {
      await this.lookWithin();
    });
  }

  /**
   * What is due today shows by itself once a ledger is there: judged as it was read, without a sign of it, and without
   * asking Excel anything. What is pressed meanwhile waits for it.
   */
  async firstLook(): Promise<void> {
    const { store, work, worker } = this.tools;
    const { problem, overview } = store.get();
    if (this.lookedAt || problem !== undefined || overview === undefined || overview.rows > LOOKED_AT_UNASKED) return;
    this.lookedAt = true;
    await work.answer(async () => {
      await this.handOver();
      const { report } = await worker.call("judge", { ...this.when(), selfCheck: false });
      if (store.get().report === undefined) this.looked(report);
    });
  }

  /** The same as a part of something else that is going on. */
  async lookWithin(): Promise<LedgerSnapshot> {
    const { work } = this.tools;
    const snapshot = await this.read();
    work.assertGoingOn();
    const { report } = await this.judge(false);
    this.looked(report);
    return snapshot;
  }

  private looked(report: RunReport): void {
    const { store } = this.tools;
    // Rows are as the rules say, and yet there is something to write: then it is our own tables that are behind.
    const tablesOnly = !report.unchanged && report.changedCount === 0 && !isRefused(report);
    store.set({ ...UNJUDGED, report, behind: store.get().behind || tablesOnly });
  }

  /** Judges once more what was judged, in another language. */
  async judgeAgain(): Promise<void> {
    const { store, work } = this.tools;
    const { report, written } = store.get();
    if (!report) return;
    const sameLedger = this.handedOver === this.snapshot;
    await work.alone("judging", async () => {
      const judged = await this.judge(report.mismatch !== undefined);
      store.set({ report: judged.report, stale: false, written: sameLedger ? written : undefined });
    });
  }

  /** Stops what is going on before it writes. */
  cancel(): void {
    const { store, work, worker } = this.tools;
    if (!work.stoppable) return;
    work.stop();
    worker.stop();
    // The judgement on which figures rest has gone with the worker.
    store.set(UNJUDGED);
  }

  /** Puts back what the last run overwrote. */
  async undo(): Promise<void> {
    const { store, work, excel } = this.tools;
    const { backup } = store.get();
    if (!backup) return;
    await work.alone("restoring", async () => {
      const { restoredCells: cells, skippedCells: skipped, takenAway } = await excel.restore(backup);
      work.wrote(undefined);
      const { columns, sheets } = takenAway;
      const { sheetOfTable } = await import("../../ledger/tables-of-ours.js");
      const tables = backup.tables.map(({ table }) => sheetOfTable(table)).filter((sheet) => !sheets.includes(sheet));
      store.set({ ...UNJUDGED, restored: { cells, tables, columns, sheets, skipped }, behind: this.behindBefore });
      const { rows } = await this.read();
      this.judgedInputs.takeAll(rows, new Map());
    });
  }

  async read(): Promise<LedgerSnapshot> {
    const { store, work, excel } = this.tools;
    this.snapshot = await excel.read(work.counting("reading"));
    this.columnsMayBeNew = false;
    const { overviewOf } = await import("./read-overview.js");
    store.set({ overview: overviewOf(this.snapshot) });
    return this.snapshot;
  }

  private async judge(selfCheck: boolean): Promise<JudgedLedger> {
    const { store, work, worker } = this.tools;
    work.enter("judging");
    await this.handOver();
    const onProgress = ({ phase, done, total }: Progress): void => {
      const isCheck = phase === "self-check";
      store.set({
        phase: isCheck ? "checking" : "judging",
        progress: isCheck || total === 0 || done === 0 ? undefined : { done, total },
      });
    };
    return worker.call("judge", { ...this.when(), selfCheck }, onProgress);
  }

  /** Writes what the worker has judged on the ledger as it was read last. */
  async write(head: WriteHead): Promise<ExcelWriteReport> {
    const { work, worker, excel } = this.tools;
    work.enter("writing");
    const write = await worker.takeWrite(head);
    const report = await excel.write(write, work.counting("writing"));
    this.judgedInputs.takeAll(this.snapshot?.rows ?? [], numbersIn(write));
    this.columnsMayBeNew = true;
    return report;
  }

  /** Gives the worker the ledger as it was read last, unless it has it. */
  async handOver(): Promise<void> {
    await this.group.assertAsRead();
    const snapshot = this.snapshot ?? (await this.read());
    // A worker that was stopped is started first: only then is it known that it holds nothing.
    this.tools.worker.wake();
    if (this.handedOver === snapshot) return;
    await this.tools.worker.handOver(snapshot);
    this.handedOver = snapshot;
  }

  async goTo(sheet: string, address: string): Promise<void> {
    const { work, workbook } = this.tools;
    await work.attempt(() => workbook.goTo(sheet, address));
  }

  /** Goes to a row of the ledger, whichever of its sheets that is on; `letters` of the cell that is meant. */
  async goToRow(row: number, letters = "A"): Promise<void> {
    const { overview } = this.tools.store.get();
    const place = overview && placeOfRow(overview, row);
    if (place) await this.goTo(place.sheet.name, `${letters}${place.row}`);
  }

  // ------------------------------------------------------------ mending inputs

  /** What could be mended in the ledger as it stands now; undefined if it can't be looked at. */
  async repairs(order: DateOrder | undefined): Promise<ShownRepairs | undefined> {
    return this.tools.work.alone("reading", async () => {
      await this.read();
      return this.findRepairs(order);
    });
  }

  private async findRepairs(order: DateOrder | undefined): Promise<ShownRepairs> {
    const { work, worker } = this.tools;
    work.enter("judging");
    await this.handOver();
    const found = await worker.call("repairs", { ...this.when(), order });
    const { formulaCells } = await import("./formula-cells.js");
    this.formulaCells = await formulaCells(this.tools.workbook, this.snapshot!, found);
    if (this.formulaCells.length === 0) return found;
    return worker.call("repairs", { ...this.when(), order, formulas: this.formulaCells });
  }

  /** Mends the cells of some groups of the repairs found last, and looks at the ledger again. */
  async mend(groups: readonly string[], order: DateOrder | undefined): Promise<void> {
    const { store, work, worker } = this.tools;
    await work.alone("judging", async () => {
      const head = await worker.call("repair", { ...this.when(), order, formulas: this.formulaCells, groups });
      if (!head) return;
      const { backup, skipped } = await this.write(head);
      work.wrote(backup);
      store.set({ ...UNJUDGED, restored: undefined });
      await this.lookWithin();
      // What was written into 处理日志 beside them is not counted.
      const cells = backup.rows.reduce((sum, row) => sum + row.cells.length, 0);
      store.set({ mended: { cells, skipped } });
    });
  }

  // ------------------------------------------------------------ single rows

  /** A row as it stands now, with the others; undefined if it is none of the ledger's. */
  async readRow(row: number): Promise<RowSnapshot | undefined> {
    await this.knowColumns();
    return this.tools.excel.readRow(row);
  }

  async judgeRow(found: RowSnapshot): Promise<JudgedRow> {
    // A row is judged among the others, and written only where the whole ledger may be.
    await this.handOver();
    return this.tools.worker.call("row", { ...this.when(), ...found });
  }

  /** Judges a row as it stands now and writes what it says; undefined if it is none of the ledger's. */
  async settle(found: RowSnapshot | undefined): Promise<JudgedRow | undefined> {
    const { store, excel } = this.tools;
    const [row] = found?.snapshot.rows ?? [];
    if (!found || !row) return undefined;
    const judged = await this.judgeRow(found);
    if (judged.write.kind === "refused") throw new LedgerRefused(judged.write.reason);
    const { write } = judged.write;
    this.judgedInputs.takeOne(row, write.newId);
    if (judged.differs) await excel.writeRow(write);
    // 处罚明细, 扣款台账 and the pane's totals are a whole run's: a row by itself never touches them.
    const { report, behind } = store.get();
    store.set({ stale: report !== undefined, behind: behind || judged.differs || judged.needsProcessing });
    return judged;
  }

  /** Whether a row was judged by the inputs that stand in it now. */
  isJudged(row: LedgerRow): boolean {
    return this.judgedInputs.has(row);
  }

  /** A run may have added output columns, into which single rows are written as well: they are looked up once. */
  async knowColumns(): Promise<void> {
    if (this.columnsMayBeNew) await this.read();
  }

  // ------------------------------------------------------------ what it is read and judged by

  /** Writes lines into 设置, 节假日 or 人员 and reads the ledger again. */
  async putLines(wish: TableWish, lines: readonly (readonly (string | number)[])[]): Promise<boolean> {
    const { workbook } = this.tools;
    return this.changeAndRead(() => workbook.putLines(wish, lines));
  }

  /** What was answered about this workbook's headers, sheets and words. */
  async answers(): Promise<Answers> {
    const { ANSWERS_NAMESPACE, joinAnswers, parseAnswers } = await readsAnswers();
    const parts = await this.tools.workbook.parts(ANSWERS_NAMESPACE);
    return joinAnswers(parts.flatMap(({ xml }) => parseAnswers(xml) ?? []));
  }

  /** Keeps what headers mean in the workbook and reads the ledger by it. */
  async saveHeaderMapping(mapping: Answers["mapping"]): Promise<boolean> {
    return this.saveAnswers({ ...(await this.answers()), mapping });
  }

  /** Keeps one more answer in the workbook, reads the ledger by it and judges it. */
  async answer(answer: Answer): Promise<void> {
    const { withAnswer } = await readsAnswers();
    if (await this.saveAnswers(withAnswer(await this.answers(), answer))) await this.look();
  }

  private async saveAnswers(answers: Answers): Promise<boolean> {
    const { workbook } = this.tools;
    const { ANSWERS_NAMESPACE, formatAnswers } = await readsAnswers();
    return this.changeAndRead(() => workbook.setParts(ANSWERS_NAMESPACE, [formatAnswers(answers)]));
  }

  private async changeAndRead(change: () => Promise<void>): Promise<boolean> {
    const { store, work } = this.tools;
    const done = await work.alone("writing", async () => {
      await change();
      store.set(UNJUDGED);
      return true;
    });
    if (done === true) await this.refresh();
    return done === true;
  }
}

function isRefused({ refusal, mismatch }: RunReport): boolean {
  return refusal !== undefined || mismatch !== undefined;
}

/** After such a run our tables say what the rows say: it wrote them, or found them so. */
function isRenewed(report: RunReport): boolean {
  return !isRefused(report);
}

/** The numbers that a write gives, by sheet row. */
function numbersIn({ rows }: LedgerWrite): ReadonlyMap<number, string> {
  return new Map(rows.flatMap(({ row, newId }) => (newId === undefined ? [] : [[row, newId]])));
}

/** Fetched with the ledger: the pane has nothing to ask or answer before. */
const readsAnswers = (): Promise<typeof import("../../ledger/answers.js")> => import("../../ledger/answers.js");
