import { LedgerRefused } from "../../jobs/refused.js";
import type { DocumentFile } from "../../jobs/issue-notices.js";
import { sayIn } from "../texts.js";
import type { LedgerWork, PaneTools } from "./ledger-work.js";

/** A file that was chosen, as a browser gives it, or a test. */
export interface ChosenFile {
  readonly name: string;
  arrayBuffer(): Promise<ArrayBuffer>;
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** Names that other programs leave beside workbooks, and marks of open ones. */
const NO_WORKBOOK = /^[.~]/;
const WORKBOOK = /\.xls[xm]$/i;

/**
 * 汇总多个工作簿: the shops' workbooks are read from files and judged with the open one, which keeps the book. A page can
 * read a file that somebody chose, and never write to it: the shops' copies are handed over to be put in their places.
 */
export class GroupDesk {
  private files: readonly ChosenFile[] = [];

  constructor(private readonly tools: PaneTools) {}

  /** A new worker has read none of them. */
  workerIsNew(): void {
    this.files = [];
    this.tools.store.set({ group: undefined });
  }

  /** Reads workbooks and takes them on; files of other programs are passed over. */
  async gather(ledger: LedgerWork, chosen: readonly ChosenFile[], allSheets = false): Promise<void> {
    const { store, work, worker, workbook } = this.tools;
    const files = chosen.filter(({ name }) => WORKBOOK.test(name) && !NO_WORKBOOK.test(name));
    if (files.length === 0) return;
    await work.alone("reading", async () => {
      store.set({ group: undefined, report: undefined, written: undefined, problem: undefined });
      this.files = [];
      await ledger.read();
      await ledger.handOver();
      const name = await workbook.name();
      for (const [i, file] of files.entries()) {
        work.assertGoingOn();
        store.set({ progress: { done: i, total: files.length } });
        const bytes = new Uint8Array(await file.arrayBuffer());
        await worker.call("groupFile", { ...ledger.when(), name: file.name, bytes, first: i === 0, allSheets });
      }
      const gathered = await worker.call("gather", { ...ledger.when(), workbook: name });
      this.files = files;
      store.set({ group: { ...gathered, behind: undefined } });
    });
  }

  /** Reads the chosen workbooks anew: where several sheets look like the ledger, all of them are it. */
  gatherAllSheets(ledger: LedgerWork): Promise<void> {
    return this.gather(ledger, this.files, true);
  }

  /** Judges the open workbook alone again. */
  async leave(): Promise<void> {
    const { store, work, worker } = this.tools;
    await work.alone("reading", async () => {
      await worker.call("ungather", undefined);
      this.files = [];
      store.set({ group: undefined, report: undefined, written: undefined });
    });
  }

  /** Judging rests on files as they were read: one that is another by now ends it. Throws `LedgerRefused`. */
  async assertAsRead(): Promise<void> {
    for (const file of this.files)
      try {
        await file.slice(0, 1).arrayBuffer();
      } catch {
        const { store, worker } = this.tools;
        await worker.call("ungather", undefined);
        this.files = [];
        store.set({ group: undefined });
        throw new LedgerRefused(sayIn(store.get().language)("group.file-changed", { file: file.name }));
      }
  }

  /** After the ledger was judged. */
  async judged(mayWrite: boolean): Promise<void> {
    const { store, worker } = this.tools;
    const { group } = store.get();
    if (group)
      store.set({ group: { ...group, behind: mayWrite ? await worker.call("shopsBehind", undefined) : undefined } });
  }

  /** The shops' workbooks as they ought to be. */
  async copies(): Promise<DocumentFile | undefined> {
    const { store, work, worker } = this.tools;
    const archive = sayIn(store.get().language)("group.zip");
    return work.alone("writing", () => worker.call("shopCopies", { archive }));
  }
}
