import { expect, test } from "vitest";
import { tryPack } from "../../scripts/fuzz/packs.js";

/** The short form of `npm run fuzz -- packs`: the same packs every time. */
test("hostile packs are refused in sentences or checked, none in more than five seconds", { timeout: 120_000 }, () => {
  const results = Array.from({ length: 25 }, (_, seed) => tryPack(seed));
  // Some load and some don't, else the generator tries nothing.
  expect(new Set(results.map(({ loaded }) => loaded)).size).toBe(2);
});

// What longer runs found, each by its seed.
test.each([
  [1031, "columns to read a thousand times over"],
  [1009, "an operator of seventy thousand characters"],
  [1161, "an operator of accents alone"],
])("seed %i: %s", (seed) => {
  expect(() => tryPack(seed)).not.toThrow();
});
