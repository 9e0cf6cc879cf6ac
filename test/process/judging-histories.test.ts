import fc from "fast-check";
import { test } from "vitest";
import { histories, play } from "./judging/history.js";

test("years of judging: who pays, how much and whether it is settled is what a second opinion says of what people wrote", () => {
  fc.assert(
    fc.property(histories(40), (history) => {
      play(history);
    }),
    { numRuns: 12 },
  );
});
