import fc from "fast-check";
import { describe, it } from "vitest";
import { excelHome, HOMES } from "./homes.js";
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

  /** What long runs found once: a withdrawn complaint under a new number, one that goes on with somebody else, a number twice. */
  it.each([
    { seed: 503, path: "2" },
    { seed: 504, path: "0" },
    { seed: 507, path: "7" },
  ])("keeps them in the history of seed $seed", async (found) => {
    const bytes = await firstWorkbook();
    await fc.assert(
      fc.asyncProperty(ledgerHistories, async (history) => {
        await playLedger(history, excelHome(bytes));
      }),
      { ...found, numRuns: 1, endOnFailure: true },
    );
  });
});
