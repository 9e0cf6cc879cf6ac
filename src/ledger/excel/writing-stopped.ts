import type { RowBackup } from "./backup.js";

/** A write that the host stopped half-way; what had been overwritten by then is known. */
export class WritingStopped extends Error {
  override readonly name = "WritingStopped";

  constructor(
    override readonly cause: unknown,
    readonly rows: readonly RowBackup[],
  ) {
    super("the host stopped the write");
  }
}
