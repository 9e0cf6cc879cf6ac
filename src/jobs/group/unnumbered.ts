import type { MayWrite } from "../judge-ledger.js";

/** Rows of the shops whose numbers don't stand in their workbooks yet: a notice names complaints by number. */
export function unnumberedInShops({ write }: MayWrite): number {
  return (write?.members ?? []).reduce(
    (sum, { write: own }) => sum + own.rows.filter(({ newId }) => newId !== undefined).length,
    0,
  );
}
