import fc from "fast-check";
import { test } from "vitest";
import { ledgers, recountAll } from "./random-ledger.js";

test("every figure of every report on random ledgers of all packs, counted again", () => {
  // The long run of it: npm run fuzz -- reports.
  fc.assert(
    fc.property(ledgers, (cells) => {
      recountAll(cells);
    }),
    { numRuns: 12 },
  );
});
