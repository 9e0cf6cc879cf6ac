import { describe, expect, it } from "vitest";
import { HUMAN, RowGrounds } from "../../../src/process/judge/grounds.js";
import type { Ground } from "../../../src/process/judge/ground.js";

const PEOPLE: readonly Ground[] = [{ kind: "people" }];

describe("the grounds of a row", () => {
  it("add up in order and leave shared lists as they are", () => {
    const grounds = new RowGrounds();
    grounds.add("penalty", HUMAN);
    grounds.add("penalty", PEOPLE);
    expect(grounds.get("penalty")).toEqual([{ kind: "human" }, { kind: "people" }]);
    expect(HUMAN).toEqual([{ kind: "human" }]);
  });

  it("are replaced where one decides alone, and gone with the next row", () => {
    const grounds = new RowGrounds();
    grounds.add("level", HUMAN);
    grounds.set("level", PEOPLE);
    expect([...grounds.toMap()]).toEqual([["level", PEOPLE]]);
    grounds.clear();
    expect(grounds.toMap().size).toBe(0);
  });
});
