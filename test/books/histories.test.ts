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
});
