import fc from "fast-check";
import { test } from "vitest";
import { sayAlike, shuffled } from "./order-of-rows.js";

/** The short form of `npm run fuzz -- order`. */
test("the order of the rows changes nothing that is said", { timeout: 120_000 }, () => {
  fc.assert(fc.property(shuffled, sayAlike), { numRuns: 20, endOnFailure: true });
});
