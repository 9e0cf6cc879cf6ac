import type { LedgerBackup, OnRows } from "../../ledger/excel/excel-ledger.js";
import { HostProblem } from "../../ledger/excel/host-problem.js";
import { Cancelled } from "../worker-client.js";
import type { PaneState, Phase, Problem } from "./pane-state.js";
import type { Store } from "./store.js";

/** Milliseconds after an own write in which the host may still tell of it. */
const ECHO = 2000;

/**
 * The one way in which the pane does anything: one thing at a time, how far it is, what can be taken back, and what went
 * wrong. Buttons, the ribbon's commands, live mode and the followed selection all go through here.
 */
export class Work {
  /** Something that shows itself is going on. */
  private taken = false;
  /** What came from the workbook itself (an edit, another selection) and is being answered. */
  private between: Promise<unknown> = Promise.resolve();
  private stopped = false;
  private wroteAt = -Infinity;
  /** The error behind the problem that is shown, to say it again in another language. */
  private failure: unknown;

  constructor(
    private readonly store: Store<PaneState>,
    private readonly explain: (error: unknown, language: PaneState["language"]) => Problem,
  ) {}

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

  /**
   * Does something that nothing else may come between, beginning with a phase; what is being answered is finished first.
   * Undefined if something else is going on, if it failed (which is shown) or was stopped.
   */
  async alone<Result>(phase: Phase, action: () => Promise<Result>): Promise<Result | undefined> {
    if (this.taken) return undefined;
    this.taken = true;
    this.stopped = false;
    this.enter(phase);
    await this.between;
    let result: Result | undefined;
    await this.attempt(async () => {
      this.assertGoingOn();
      result = await action();
    });
    this.taken = false;
    this.store.set({ phase: "idle", progress: undefined });
    return result;
  }

  /** Answers what came from the workbook, one after another and without a sign of it; false if something is going on. */
  async answer(action: () => Promise<unknown>): Promise<boolean> {
    if (this.taken) return false;
    const answered = this.between.then(() => this.attempt(action));
    this.between = answered;
    return answered;
  }

  /** Does something that may go on beside all else; what goes wrong is shown, what was stopped isn't. True if it went well. */
  async attempt(action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
      this.store.set({ problem: undefined });
      return true;
    } catch (error) {
      if (error instanceof HostProblem && error.written) this.canTakeBack(error.written);
      if (!(error instanceof Cancelled)) {
        this.failure = error;
        this.store.set({ problem: this.explain(error, this.store.get().language) });
      }
      return false;
    }
  }

  /** Does something after which what was wrong before is said again, in the language of now. */
  async keepingProblem(action: () => Promise<unknown>): Promise<void> {
    const { problem } = this.store.get();
    const { failure } = this;
    await action();
    if (!problem || this.store.get().problem) return;
    this.failure = failure;
    this.store.set({ problem: this.explain(failure, this.store.get().language) });
  }

  enter(phase: Phase): void {
    this.store.set({ phase, progress: undefined });
  }

  /** Tells how many rows are through with a phase, as long as it lasts. */
  counting(phase: Phase): OnRows {
    return (done, total) => {
      if (this.store.get().phase === phase && total > 0) this.store.set({ progress: { done, total } });
    };
  }

  /** Whether what goes on may still be stopped: a write under way is finished, for half a write would be worse. */
  get stoppable(): boolean {
    const { phase } = this.store.get();
    return phase !== "writing" && phase !== "restoring" && phase !== "idle";
  }

  stop(): void {
    this.stopped = true;
  }

  assertGoingOn(): void {
    if (this.stopped) throw new Cancelled("stopped");
  }

  /** The workbook was written; `backup` is what can be put back, as far as there is anything. */
  wrote(backup: LedgerBackup | undefined): void {
    this.wroteAt = performance.now();
    this.canTakeBack(backup);
  }

  private canTakeBack(backup: LedgerBackup | undefined): void {
    this.store.set({ backup: backup && backup.rows.length + backup.tables.length > 0 ? backup : undefined });
  }

  /** Whether an edit that the host tells of may be the pane's own writing. */
  get mayHearItself(): boolean {
    const { phase } = this.store.get();
    return phase === "writing" || phase === "restoring" || performance.now() - this.wroteAt < ECHO;
  }
}
