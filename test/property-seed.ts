import fc from "fast-check";

/**
 * The same random ledgers, words and orders in every run, so that a change is judged by what it changes and not by the
 * day's luck. `TIAOLI_TEST_SEED=random npm test` looks for faults that no run has met yet (a number repeats such a run);
 * what it finds is mended, and stands from then on as an example of its own.
 */
const FIXED = 20261129;
const asked = process.env["TIAOLI_TEST_SEED"];
if (asked !== "random") fc.configureGlobal({ seed: asked === undefined ? FIXED : Number(asked) });
