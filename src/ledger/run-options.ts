import type { ChainKey } from "../books/chain.js";
import type { NumberedLine } from "../books/post.js";
import type { WallTime } from "../domain/wall-time.js";
import type { Language } from "../locales/language.js";
import type { Run } from "../process/process.js";
import type { RowMemory } from "../process/row-memory.js";
import type { Pack } from "../rules/pack.js";
import type { Statutes } from "../rules/statutes.js";
import type { StandingTables } from "./notice-tables.js";
import type { OutputTable } from "./port.js";

/** What a run needs besides the workbook. */
export interface RunOptions {
  readonly packs: ReadonlyMap<string, Pack>;
  readonly statutes: Statutes;
  readonly now: WallTime;
  readonly language: Language;
  /** Overrides 默认制度 of the workbook. */
  readonly defaultPack?: string;
  readonly programVersion: string;
  /** Who runs it, for 处理日志. */
  readonly operator?: string | undefined;
  /** What was judged of this ledger before, where it is judged again after an edit. */
  readonly memory?: RowMemory | undefined;
  /** Hears how many rows are judged. */
  readonly onRow?: (done: number) => void;
  /** What goes out with this run and is recorded in the workbook; undefined if nothing does. */
  readonly issue?: (run: Run, standing: StandingTables) => Issue | undefined;
  /** For a keyed hash of 扣款凭证; never kept in the workbook. */
  readonly key?: ChainKey | undefined;
  /** The result goes to another file than the one that was read: a clock before the last entry's day is no hindrance then. */
  readonly elsewhere?: boolean;
}

/** Papers that go out: rows to append to tables of ours, and entries for 处理日志. */
export interface Issue {
  /** What is posted with them. */
  readonly lines: readonly NumberedLine[];
  readonly tables: readonly OutputTable[];
  readonly entries: readonly { readonly id: string; readonly text: string }[];
}
