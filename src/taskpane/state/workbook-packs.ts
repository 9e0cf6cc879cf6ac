import { PACK_NAMESPACE } from "../../jobs/pack-namespace.js";
import type { PackPart, WorkbookPack } from "../../jobs/workbook-packs.js";
import type { TrustedKey } from "../../domain/public-key.js";
import { keepAnswers, readAnswers } from "./pack-answers.js";
import { keepTrustedKeys, readTrustedKeys } from "./trusted-keys.js";
import type { PaneTools } from "./ledger-work.js";

/** The packs there are: the program's own, and those that the workbook carries. */
export class WorkbookPacks {
  /** As they stand in the workbook; one that can't be read stays in it until somebody removes it. */
  private own: readonly PackPart[] = [];

  constructor(private readonly tools: PaneTools) {}

  /** What a new worker has to know of the workbook. A failure shows itself in the first call that needs the packs. */
  tellNewWorker(worker: PaneTools["worker"]): void {
    worker.call("packAnswers", readAnswers(this.tools.storage)).catch(() => undefined);
    worker.call("trustKeys", this.trusted).catch(() => undefined);
    worker.call("workbookPacks", this.own).catch(() => undefined);
  }

  /** Whose signatures on packs are believed on this computer. */
  get trusted(): readonly TrustedKey[] {
    return readTrustedKeys(this.tools.storage);
  }

  /** Believes these keys from now on; false where this computer can't keep them. */
  async trust(keys: readonly TrustedKey[]): Promise<boolean> {
    const kept = keepTrustedKeys(keys, this.tools.storage);
    await this.tools.worker.call("trustKeys", keys);
    await this.loadList();
    return kept;
  }

  /** The packs that there are, and what has to be asked about them. */
  async loadList(): Promise<void> {
    const { store, work, worker } = this.tools;
    await work.attempt(async () => {
      const { language } = store.get();
      const packs = await worker.call("packs", { language });
      store.set({ packs, packQuestion: await worker.call("packQuestion", { language }) });
    });
  }

  async loadOwn(): Promise<void> {
    const { worker, workbook } = this.tools;
    const texts = await workbook.parts(PACK_NAMESPACE);
    // Most workbooks carry no pack: what reads one is fetched for those that do.
    this.own = texts.length === 0 ? [] : (await import("../../jobs/workbook-packs.js")).packParts(texts);
    await worker.call("workbookPacks", this.own);
  }

  /** 采用 or 不采用: for all packs that are asked about; remembered on this computer until one of them changes. */
  async answer(use: boolean): Promise<void> {
    const { store, work, worker, storage } = this.tools;
    await work.alone("judging", async () => {
      keepAnswers(await worker.call("confirmPacks", { use }), storage);
      store.set({ report: undefined, stale: false, written: undefined });
      await this.loadList();
    });
  }

  /** Keeps a pack in the workbook, above the built-in one of its name; without files the built-in one holds again. */
  async save(id: string, files: WorkbookPack["files"] | undefined): Promise<boolean> {
    const { store, work, worker, workbook } = this.tools;
    const others = this.own.filter(({ found }) => found === "unreadable" || found.id !== id);
    const saved = await work.alone("writing", async () => {
      const { formatPackPart } = await import("../../jobs/workbook-packs.js");
      const texts = [...others.map(({ xml }) => xml), ...(files ? [formatPackPart({ id, files })] : [])];
      await workbook.setParts(PACK_NAMESPACE, texts);
      await this.loadOwn();
      // Whoever saves a pack has seen what is in it.
      if (files) keepAnswers(await worker.call("confirmPacks", { use: true, ids: [id] }), this.tools.storage);
      store.set({ report: undefined, stale: false, written: undefined });
      await this.loadList();
      return true;
    });
    return saved === true;
  }
}
