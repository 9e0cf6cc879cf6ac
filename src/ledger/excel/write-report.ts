import type { WriteReport } from "../port.js";
import type { TakenAway } from "./take-away.js";
import type { LedgerBackup } from "./backup.js";

/** A row that was read but could not be written. */
export interface SkippedRow {
  /** The sheet row it had when it was read. */
  readonly row: number;
  readonly id: string;
  /**
   * `vanished`: deleted, or changed in the cells by which it is known. `ambiguous`: copied, so it can't be said which of
   * the copies it is. `number-taken`: somebody else gave its new number to another row. The next run takes it up.
   */
  readonly reason: "vanished" | "ambiguous" | "number-taken";
}

export interface ExcelWriteReport extends WriteReport {
  /** Cells of output columns left alone because a formula of the user's stands there. */
  readonly keptFormulas: number;
  /** Rows written at another place than where they were read. */
  readonly movedRows: number;
  readonly skipped: readonly SkippedRow[];
  readonly backup: LedgerBackup;
}

export interface RestoreReport {
  readonly restoredCells: number;
  /** Cells somebody has changed since, or whose row is gone. */
  readonly skippedCells: number;
  /** Columns and sheets that the write had made. */
  readonly takenAway: TakenAway;
}
