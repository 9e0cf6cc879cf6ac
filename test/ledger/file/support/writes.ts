import type { ComplaintOutputs } from "../../../../src/domain/complaint.js";
import type { OutputId } from "../../../../src/domain/columns.js";
import { wallTime } from "../../../../src/domain/wall-time.js";
import type { FileLedger } from "../../../../src/ledger/file/file-ledger.js";
import type { LedgerWrite, RowWrite } from "../../../../src/ledger/port.js";

export const DUE = wallTime(2026, 3, 31, 23, 59, 59);

/** A write of the same outputs to every row. */
export function sameForAll(
  ledger: FileLedger,
  outputs: ComplaintOutputs,
  more: Partial<LedgerWrite> = {},
): LedgerWrite {
  return {
    outputColumns: Object.keys(outputs) as OutputId[],
    rows: ledger.snapshot.rows.map(({ row }): RowWrite => ({ row, outputs })),
    tables: [],
    ...more,
  };
}
