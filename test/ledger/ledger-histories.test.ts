import fc from "fast-check";
import { describe, it } from "vitest";
import { HOMES } from "./homes.js";
import { firstWorkbook, ledgerHistories, playLedger } from "./ledger-history.js";

/** A short part of the long runs (`npm run fuzz -- books-files books-excel`). */
describe("a workbook over two years", () => {
  it.each(HOMES)("keeps every promise of its books through %s", async (_, homeOf) => {
    const bytes = await firstWorkbook();
    await fc.assert(
      fc.asyncProperty(ledgerHistories, async (history) => {
        await playLedger(history, homeOf(bytes));
      }),
      { numRuns: 1, seed: 20260302, endOnFailure: true },
    );
  });
});
