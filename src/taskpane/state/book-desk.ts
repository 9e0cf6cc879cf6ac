import type { BookAct } from "../../jobs/book-act.js";
import type { Verification } from "../../jobs/verify-ledger.js";
import type { BookActReport } from "../../worker/messages.js";
import type { LedgerWork, PaneTools } from "./ledger-work.js";

/** What a person decides at the desk of the books: an act, or clearing a leaver's data. */
export type DeskAct = BookAct | { readonly kind: "清除"; readonly person: string };

/** The books as finance handles them by hand: proved, decided upon; what is posted can't be taken back, only answered. */
export class BookDesk {
  /** Of books whose hash is keyed: asked for, told to the worker, and gone with the pane. */
  private key = "";

  constructor(
    private readonly tools: PaneTools,
    private readonly ledger: LedgerWork,
  ) {}

  /** What a new worker has to know of the books. */
  tellNewWorker(worker: PaneTools["worker"]): void {
    if (this.key !== "") worker.call("bookKey", { text: this.key }).catch(() => undefined);
  }

  get hasKey(): boolean {
    return this.key !== "";
  }

  /** Proves and posts with this key from now on, or without one; the ledger is looked at again. */
  async useKey(text: string): Promise<void> {
    const { work, worker } = this.tools;
    this.key = text.trim();
    await work.alone("reading", async () => {
      await worker.call("bookKey", { text: this.key });
      await this.ledger.lookWithin();
    });
  }

  /** Whether the books prove themselves as they stand in the workbook now. */
  async verify(): Promise<Verification | undefined> {
    const { store, work, worker } = this.tools;
    return work.alone("reading", async () => {
      await this.ledger.read();
      await this.ledger.handOver();
      return worker.call("verify", { language: store.get().language });
    });
  }

  /** What an act would post. */
  async look(act: DeskAct): Promise<BookActReport | undefined> {
    return this.tools.work.alone("reading", async () => {
      await this.ledger.read();
      this.tools.work.enter("judging");
      await this.ledger.handOver();
      return this.ask(act, false);
    });
  }

  /** Carries it out on the workbook as it stands now, and judges the ledger again. */
  async carryOut(act: DeskAct): Promise<BookActReport | undefined> {
    const { store, work } = this.tools;
    const done = await work.alone("reading", async () => {
      await this.ledger.read();
      work.enter("judging");
      await this.ledger.handOver();
      const report = await this.ask(act, true);
      if (!report.write) return report;
      await this.ledger.write(report.write);
      work.wrote(undefined);
      store.set({ written: undefined, restored: undefined, behind: false });
      await this.ledger.lookWithin();
      return report;
    });
    // 处罚明细 and 扣款台账 are views of what was cleared: they follow with a run.
    if (done?.write && act.kind === "清除") await this.ledger.process();
    return done;
  }

  private ask(act: DeskAct, post: boolean): Promise<BookActReport> {
    const { worker } = this.tools;
    const when = this.ledger.when();
    return act.kind === "清除"
      ? worker.call("clearPerson", { ...when, person: act.person, post })
      : worker.call("bookAct", { ...when, act, post });
  }
}
