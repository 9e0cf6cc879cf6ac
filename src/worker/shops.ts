import type { DocumentFile } from "../jobs/issue-notices.js";
import type { LedgerSnapshot, LedgerWrite, MemberWrite } from "../ledger/port.js";
import type { GroupFiles } from "./group-files.js";
import type { GatheredGroup, Input } from "./messages.js";

const NOTHING: LedgerWrite = { outputColumns: [], rows: [], tables: [] };

/** The shops that the open ledger is judged with, if it is that of a group; what reads their files comes with the first of them. */
export class Shops {
  private chosen: GroupFiles | undefined;
  private group: GroupFiles | undefined;
  private writes: readonly MemberWrite[] = [];

  async add({ name, bytes, first, allSheets, ...when }: Input<"groupFile">): Promise<void> {
    if (first || !this.chosen) this.chosen = new (await import("./group-files.js")).GroupFiles();
    this.chosen.add({ name, bytes, allSheets }, when);
  }

  gather(own: LedgerSnapshot, { workbook, ...when }: Input<"gather">): GatheredGroup {
    if (!this.chosen) throw new Error("nothing has been chosen");
    this.group = this.chosen;
    return this.group.gather(own, workbook, when);
  }

  leave(): void {
    this.group = undefined;
    this.chosen = undefined;
    this.writes = [];
  }

  /** The ledger with the rows of its shops. */
  with(own: LedgerSnapshot): LedgerSnapshot {
    return this.group?.ledger(own) ?? own;
  }

  /** Keeps what is to be written to the shops; gives what is to be written to the open workbook. */
  keep(write: LedgerWrite | undefined): LedgerWrite | undefined {
    const { members = [], ...own } = write ?? NOTHING;
    this.writes = members;
    return write && own;
  }

  /** How many shops' workbooks don't say yet what was judged last. */
  get behind(): number {
    return this.writes.length;
  }

  copies(own: LedgerSnapshot, archive: string): DocumentFile | undefined {
    return this.group?.copies(own, this.writes, archive);
  }
}
