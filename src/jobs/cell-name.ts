import type { InputId } from "../domain/columns.js";

/** A cell of the ledger as it is named between pane and worker. */
export function cellName(row: number, id: InputId): string {
  return `${row} ${id}`;
}
