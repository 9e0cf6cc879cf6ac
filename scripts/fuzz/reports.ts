import fc from "fast-check";
import { ledgers, recountAll } from "../../test/documents/reports/random-ledger.js";
import type { Fuzzer } from "./fuzzer.js";

/** Random ledgers over all packs; every figure of every report is counted again from the judged rows. */
export const reports: Fuzzer = {
  name: "reports",
  what: "random ledgers of all packs, every figure of every report counted again from the judged rows",
  runs: 1000,
  play(runs, seed) {
    const figures = { ledgers: 0, rows: 0, reports: 0 };
    fc.assert(
      fc.property(ledgers, (cells) => {
        figures.ledgers += 1;
        figures.rows += cells.length;
        figures.reports += recountAll(cells);
      }),
      { numRuns: runs, seed },
    );
    return Promise.resolve(figures);
  },
};
