import { describe, expect, it } from "vitest";
import type { Run } from "../../src/process/process.js";
import { SAMPLE_SIZE, selfCheck } from "../../src/process/self-check.js";
import { judge } from "./process-rows.js";

const rows = Array.from({ length: 3 * SAMPLE_SIZE }, (_, i) => ({
  pack: ["furniture-north", "restaurant", "auto-sales"][i % 3]!,
  id: `N${i}`,
  description: ["柜门开裂", "菜里有头发", "车辆异响，要求退车"][i % 3]!,
}));
const run = judge(rows);

/** The run with the rules of one concern left out of what the compiled form fired, on every row. */
function tampered(concern: "forms" | "responsibility"): Run {
  return {
    ...run,
    inspect(row) {
      const inspected = run.inspect(row);
      if (!inspected) return undefined;
      const { judgement } = inspected;
      const fired = new Map(judgement.workings.fired);
      fired.set(concern, []);
      return { ...inspected, judgement: { ...judgement, workings: { ...judgement.workings, fired } } };
    },
  };
}

describe("the self-check", () => {
  it("finds nothing where compiled rules and reference agree", async () => {
    expect(await selfCheck(run)).toEqual([]);
  });

  it("finds a rule the compiled form left out, and names row, concern and both lists", async () => {
    const mismatches = await selfCheck(tampered("forms"));
    expect(mismatches.length).toBeGreaterThan(0);
    expect(mismatches[0]).toMatchObject({ concern: "forms", compiled: [] });
    expect(mismatches[0]!.reference.length).toBeGreaterThan(0);
    expect(new Set(mismatches.map(({ concern }) => concern))).toEqual(new Set(["forms"]));
  });

  it("looks at a sample of rows, the same in every run", async () => {
    const mismatches = await selfCheck(tampered("responsibility"));
    expect(mismatches.length).toBeLessThanOrEqual(SAMPLE_SIZE);
    expect(await selfCheck(tampered("responsibility"))).toEqual(mismatches);
  });
});
