import type { LedgerWrite } from "../ledger/port.js";
import type { WriteHead } from "./messages.js";

/** All of a write, and of its tables, that is not handed over in portions, whatever else they come to hold. */
export function headOf({ tables, ...rest }: LedgerWrite): WriteHead {
  return { ...withoutRows(rest), tables: tables.map(withoutRows) };
}

function withoutRows<T extends { readonly rows: unknown }>(whole: T): Omit<T, "rows"> {
  const head: Omit<T, "rows"> & { rows?: unknown } = { ...whole };
  delete head.rows;
  return head;
}
