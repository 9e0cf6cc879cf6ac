import fc from "fast-check";
import { describe, it } from "vitest";
import { histories, play } from "./history.js";

/** A short part of the long run (`npm run fuzz`). */
describe("a book over two years", () => {
  it("keeps every promise, whatever people, rows, rules, settings and clocks do", () => {
    fc.assert(
      fc.property(histories, (history) => {
        play(history);
      }),
      { numRuns: 12, seed: 20260301 },
    );
  });

  /** Histories that once broke a promise, by the seed and the run that found them. */
  it.each([
    [20261129, "24", "a closed year changed what was drafted"],
    [20261139, "10", "the same, of a claim noticed twice"],
  ])("still keeps it in the history that once did not (seed %d, run %s): %s", (seed, path) => {
    fc.assert(
      fc.property(histories, (history) => {
        play(history);
      }),
      { numRuns: 1, seed, path, endOnFailure: true },
    );
  });
});
