import type { SheetsReading } from "../../jobs/read-pack-sheets.js";
import type { LedgerWork, PaneTools } from "./ledger-work.js";
import type { WorkbookPacks } from "./workbook-packs.js";

/** A pack as sheets of the open workbook: made, read back, and kept in the workbook where all of it is sound. */
export class RulesSheets {
  constructor(
    private readonly tools: PaneTools,
    private readonly ledger: LedgerWork,
    private readonly packs: WorkbookPacks,
  ) {}

  /** Makes the sheets; `there` where the workbook has sheets of a pack already, which may hold somebody's changes. */
  open(id: string): Promise<"made" | "there" | undefined> {
    const { work, worker, workbook, store } = this.tools;
    return work.alone("writing", async () => {
      if ((await workbook.packSheetNames()).length > 0) return "there";
      const tables = await worker.call("packTables", { id });
      await workbook.writePackSheets(tables, store.get().language);
      return "made";
    });
  }

  /** Reads the sheets, marks what was found on them, and shows the effect; nothing is saved yet. */
  read(): Promise<SheetsReading | undefined> {
    const { work, worker, workbook, store } = this.tools;
    return work.alone("writing", async () => {
      const grids = await workbook.readPackSheets();
      if (store.get().overview) await this.ledger.handOver();
      const reading = await worker.call("readPackSheets", { ...this.ledger.when(), grids });
      await workbook.markPackSheets(reading.marks);
      return reading;
    });
  }

  /** Keeps what was read in the workbook. */
  save({ id, files }: Extract<SheetsReading, { kind: "read" }>): Promise<boolean> {
    return this.packs.save(id, files);
  }
}
