import fc from "fast-check";
import { sayAlike, shuffled } from "../../test/process/order-of-rows.js";
import type { Fuzzer } from "./fuzzer.js";

/** Random ledgers whose rows are shuffled: what is said of each complaint, person and month stays. */
export const order: Fuzzer = {
  name: "order",
  what: "random ledgers with their rows shuffled, everything that is said compared",
  runs: 1000,
  play(runs, seed) {
    const figures = { ledgers: 0, rows: 0 };
    fc.assert(
      fc.property(shuffled, (one) => {
        sayAlike(one);
        figures.ledgers += 1;
        figures.rows += one.list.length;
      }),
      { numRuns: runs, seed, endOnFailure: true },
    );
    return Promise.resolve(figures);
  },
};
