import type { LedgerWrite } from "../ledger/port.js";
import type { WriteHead } from "./messages.js";

/** All of a write that is not handed over in portions, whatever else it comes to hold. */
export function headOf({ tables, ...rest }: LedgerWrite): WriteHead {
  const head: Omit<LedgerWrite, "tables" | "rows"> & { rows?: LedgerWrite["rows"] } = { ...rest };
  delete head.rows;
  return { ...head, tables: tables.map(({ sheet, table, columns, mode }) => ({ sheet, table, columns, mode })) };
}
