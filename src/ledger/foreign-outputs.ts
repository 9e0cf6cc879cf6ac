import { OUTPUT_COLUMNS, type ColumnId, type OutputId } from "../domain/columns.js";
import type { LedgerRow } from "./port.js";

/**
 * Output columns of a ledger that are not ours: a person has filled them in by hand before any run. A ledger that we have
 * written to has 规则版本; one without it whose 责任部门 or 当前状态 holds something is somebody's own work, which must
 * neither be overwritten nor be taken for an earlier outcome.
 */
export function foreignOutputs(columns: ReadonlyMap<ColumnId, unknown>, rows: readonly LedgerRow[]): OutputId[] {
  if (columns.has("packVersion")) return [];
  return OUTPUT_COLUMNS.map(({ id }) => id).filter(
    (id) => columns.has(id) && rows.some(({ outputs }) => isFilled(outputs[id])),
  );
}

function isFilled(cell: LedgerRow["outputs"][OutputId]): boolean {
  return cell !== undefined && cell !== null && (typeof cell !== "string" || cell.trim() !== "");
}
