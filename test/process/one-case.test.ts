import { describe, expect, it } from "vitest";
import { sideBySide, type ChainRow } from "../../src/process/one-case.js";

const row = (index: number, key: string, follows?: string, rejected = false): ChainRow => ({
  index,
  key,
  follows,
  rejected,
});

describe("rows that continue one case side by side", () => {
  it("are those that name the same row, also one that is not there", () => {
    expect(sideBySide([row(0, "A"), row(1, "B", "A"), row(2, "C", "A")])).toEqual([[1, 2]]);
    expect(sideBySide([row(0, "B", "gone"), row(1, "C", "gone")])).toEqual([[0, 1]]);
  });

  it("are none where one goes on under a further number, or was not upheld", () => {
    expect(sideBySide([row(0, "A"), row(1, "B", "A"), row(2, "C", "B")])).toEqual([]);
    expect(sideBySide([row(0, "A"), row(1, "B", "A"), row(2, "C", "A", true)])).toEqual([]);
  });

  it("are never rows that only share a number with one that continues something", () => {
    expect(sideBySide([row(0, "A-1"), row(1, "A-1", "gone")])).toEqual([]);
  });
});
