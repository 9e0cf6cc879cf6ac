/** Nothing was made: the ledger may not be judged, or no longer holds what was asked for. The message is a sentence for people. */
export class LedgerRefused extends Error {
  override readonly name = "LedgerRefused";
}
