import type { Masker } from "../documents/masking/masker.js";
import type { LedgerSnapshot } from "../ledger/port.js";

/** What hides names and numbers of a ledger (`--mask`); loaded when it is asked for, since it knows all countries' numbers. */
export async function maskerFor(snapshot: LedgerSnapshot): Promise<Masker> {
  const { maskerOf } = await import("../jobs/masking.js");
  return maskerOf(snapshot);
}
