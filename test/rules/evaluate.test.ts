import { describe, expect, it } from "vitest";
import { evaluateConcern, rowScan } from "../../src/rules/evaluate.js";
import type { Facts } from "../../src/rules/facts.js";
import type { Concern } from "../../src/rules/events/kinds.js";
import { inForceOn } from "./small-pack.js";

function fired(concern: Concern, facts: Facts): string[] {
  const inForce = inForceOn("2021-06-01");
  return evaluateConcern(inForce, concern, facts, rowScan(inForce)).map(({ id }) => id);
}

describe("a concern", () => {
  it("gives the rules that fire, highest priority first", () => {
    const row: Facts = { cause: "市场政策误解", loss: 10, person: ["张三"] };
    expect(fired("penalties", row)).toEqual(["policy", "loss-share", "note"]);
    expect(fired("penalties", { ...row, closeAt: 1 })).toEqual(["loss-share", "note"]);
    expect(fired("penalties", {})).toEqual([]);
  });

  it("reads phrases from the text of the row at hand", () => {
    expect(fired("classification", { description: "仓库起火" })).toEqual(["level-grave"]);
    expect(fired("classification", { description: "仓库着火" })).toEqual([]);
  });

  it("can be asked row after row with one scan", () => {
    const inForce = inForceOn("2021-06-01");
    const scan = rowScan(inForce);
    const ids = (description: string): string[] =>
      evaluateConcern(inForce, "classification", { description }, scan).map(({ id }) => id);
    expect([ids("起火"), ids("没事"), ids("爆炸")]).toEqual([["level-grave"], [], ["level-grave"]]);
  });

  it("does not take a scan that was made for other rules", () => {
    expect(() => evaluateConcern(inForceOn("2021-06-01"), "penalties", {}, rowScan(inForceOn("2024-06-01")))).toThrow(
      /another pack/,
    );
  });
});
