/** What can be wrong with the ledger of a readable workbook; the sentences for people live in the locale files, keyed by these codes. */
export const LEDGER_ERROR_CODES = [
  /** No table or range has both needed headers. params: missing (headers, joined by 、), sheet */
  "no-ledger",
  /** More than one table or range has both needed headers. params: names (of sheets or tables, all of them) */
  "several-ledgers",
  /** The sheet that was asked for isn't there. params: sheet, names (of all sheets) */
  "no-sheet",
  /** An output table must grow but a cell is in its way. params: table, sheet, cell */
  "table-blocked",
  /** The ledger has no column 投诉编号, and the cells right of it are taken. params: sheet */
  "no-room-for-numbers",
] as const;

export type LedgerErrorCode = (typeof LEDGER_ERROR_CODES)[number];

/** A ledger that can't be found in a workbook, or not be written. `code` is stable; `params` fill the sentence of that code. */
export class LedgerError extends Error {
  override readonly name = "LedgerError";

  constructor(
    readonly code: LedgerErrorCode,
    readonly params: Readonly<Record<string, string | number>> = {},
  ) {
    super(`${code} ${JSON.stringify(params)}`);
  }
}
