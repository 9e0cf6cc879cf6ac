/** Nothing was made: the ledger may not be judged. The message is a sentence for people. */
export class LedgerRefused extends Error {
  override readonly name = "LedgerRefused";
}
