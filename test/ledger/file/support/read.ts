import { openFileLedger, type FileLedgerOptions } from "../../../../src/ledger/file/file-ledger.js";
import type { LedgerRow, LedgerSnapshot } from "../../../../src/ledger/port.js";

/** The snapshot of a workbook without its blank cells, which rows hold as null where the column is there. */
export function read(bytes: Uint8Array, options: FileLedgerOptions = {}): LedgerSnapshot {
  const { snapshot } = openFileLedger(bytes, options);
  const held = <T extends object>(cells: T): T =>
    Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== null)) as T;
  return {
    ...snapshot,
    rows: snapshot.rows.map(({ row, cells, outputs }) => ({ row, cells: held(cells), outputs: held(outputs) })),
  };
}

/**
 * The cells that were there before anything was written. Outputs without 规则版本 are no earlier outcome of ours but somebody's
 * own, and their words on how a case stands are read as inputs too.
 */
export function written({ cells }: LedgerRow): LedgerRow["cells"] {
  return Object.fromEntries(Object.entries(cells).filter(([id]) => id !== "caseStatus" && id !== "caseKind"));
}
