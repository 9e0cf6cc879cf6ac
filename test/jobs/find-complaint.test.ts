import { describe, expect, test } from "vitest";
import { findComplaint, rowOfComplaint } from "../../src/jobs/find-complaint.js";
import type { Outcome } from "../../src/process/outcome.js";

const outcome = (...rows: readonly (readonly [row: number, id: string | undefined, packId: string])[]): Outcome =>
  ({ rows: rows.map(([row, id, packId]) => ({ row, id, packId })) }) as unknown as Outcome;
const packs = new Map(["a", "b"].map((id) => [id, { header: { id, title: { zh: id, en: id } } }])) as never;

describe("a complaint that has moved since it was seen", () => {
  test("is found by its pack and number, not by the number alone", () => {
    const moved = outcome([2, "N1", "b"], [3, "N1", "a"]);
    expect(rowOfComplaint(moved, { row: 2, id: "N1", packId: "a" })).toMatchObject({ row: 3, packId: "a" });
    expect(rowOfComplaint(moved, { row: 9, id: "N1", packId: "b" })).toMatchObject({ row: 2, packId: "b" });
  });

  test("is asked about rather than guessed: gone, twice in its pack, or without a number", () => {
    expect(rowOfComplaint(outcome([2, "N1", "b"]), { row: 2, id: "N1", packId: "a" })).toBeUndefined();
    expect(rowOfComplaint(outcome([2, "N1", "a"], [3, "N1", "a"]), { row: 9, id: "N1", packId: "a" })).toBeUndefined();
    expect(rowOfComplaint(outcome([3, undefined, "a"]), { row: 2, id: undefined, packId: "a" })).toBeUndefined();
  });
});

describe("a complaint asked for by its number", () => {
  const rows = outcome([2, "N1", "a"], [3, "N1", "b"], [4, "N2", "a"]);

  test.each([
    [
      { id: "N1", pack: undefined },
      { kind: "several", packs: ["a", "b"] },
    ],
    [
      { id: "N2", pack: "b" },
      { kind: "elsewhere", packs: ["a"] },
    ],
    [{ id: "N3", pack: "b" }, { kind: "none" }],
  ])("%o: %o", (key, found) => {
    expect(findComplaint(rows, packs, key)).toEqual(found);
  });
});
