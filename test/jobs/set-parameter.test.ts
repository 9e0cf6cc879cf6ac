import { describe, expect, it } from "vitest";
import { parametersOf, samplesIn, setParameter, type ParameterChange } from "../../src/jobs/set-parameter.js";
import { loadPack } from "../../src/rules/load-pack.js";
import type { Pack } from "../../src/rules/pack.js";
import { PACK_FOLDERS, packFiles } from "../packs-folder.js";

/** Figures of a pack set anew, from a day on or for all times. */

const CLAIMS = Object.fromEntries(packFiles("factory-claims"));
const change = (more: Partial<ParameterChange>): ParameterChange => ({
  name: "returnTolerance",
  value: "8",
  from: "",
  clause: "",
  stated: true,
  ...more,
});

function loaded(files: Readonly<Record<string, string>>): Pack {
  const result = loadPack("factory-claims", new Map(Object.entries(files)));
  if ("problems" in result) throw new Error(JSON.stringify(result.problems[0]));
  return result.pack;
}

function set(files: Readonly<Record<string, string>>, more: Partial<ParameterChange>): Record<string, string> {
  const done = setParameter(files, change(more), "zh");
  if ("problem" in done) throw new Error(done.problem);
  return { ...done.files };
}

describe("a parameter set anew", () => {
  it("from a day on: the old value ends there, complaints before it keep it", () => {
    const { values } = loaded(set(CLAIMS, { from: "2026年4月1日", clause: "第十三条 · （二）1" })).parameters.get(
      "returnTolerance",
    )!;
    expect(values).toMatchObject([
      { value: 5, effectiveTo: "2026-04-01", source: { stated: false } },
      { value: 8, effectiveFrom: "2026-04-01", source: { stated: true, article: "第十三条" } },
    ]);
  });

  it("between two dated values: the three follow one another without a gap", () => {
    const twice = set(set(CLAIMS, { from: "2026-04-01" }), { value: "6", from: "2026-02-01" });
    const { values } = loaded(twice).parameters.get("returnTolerance")!;
    expect(values.map(({ value, effectiveFrom, effectiveTo }) => [value, effectiveFrom, effectiveTo])).toEqual([
      [5, undefined, "2026-02-01"],
      [6, "2026-02-01", "2026-04-01"],
      [8, "2026-04-01", undefined],
    ]);
  });

  it("on the day of a value that is there: it takes its place", () => {
    const twice = set(set(CLAIMS, { from: "2026-04-01" }), { value: "9", from: "2026-04-01" });
    expect(
      loaded(twice)
        .parameters.get("returnTolerance")!
        .values.map(({ value }) => value),
    ).toEqual([5, 9]);
  });

  it("without a day: a sample is settled for all times, and its reading goes with it", () => {
    const before = samplesIn(CLAIMS);
    const settled = set(CLAIMS, { value: "5" });
    expect(samplesIn(settled)).toBe(before - 1);
    expect(loaded(settled).parameters.get("returnTolerance")!.values).toMatchObject([
      { value: 5, source: { stated: true } },
    ]);
    expect(settled["parameters.json"]).not.toContain("比率未给出");
  });

  it("changes no other line of the file", () => {
    const [before, after] = [
      CLAIMS["parameters.json"]!,
      set(CLAIMS, { value: "8", stated: false })["parameters.json"]!,
    ];
    const lines = after.split("\n");
    expect(lines.filter((line, i) => line !== before.split("\n")[i])).toEqual(['          "value": 8,']);
  });

  it("tiers are written as the sheets write them", () => {
    const tiers = set(CLAIMS, { name: "approvalTiers", value: "≤1000：业务经理；以上：总经理" });
    expect(loaded(tiers).parameters.get("approvalTiers")!.values[0]!.value).toEqual([
      { upTo: 1000, value: "业务经理" },
      { value: "总经理" },
    ]);
  });

  it.each([
    [{ from: "2026-02-30" }, /不是日期/],
    [{ name: "nothing" }, /nothing/],
    [{ clause: "：" }, /不是条文/],
    [{ value: "≤多：少" }, /不是一档/],
  ] as const)("%o is refused with a sentence", (more, wanted) => {
    expect(setParameter(CLAIMS, change(more), "zh")).toEqual({ problem: expect.stringMatching(wanted) as string });
  });

  it.each(PACK_FOLDERS)("%s: every figure set to what it is changes nothing at all", (id) => {
    const files = Object.fromEntries(packFiles(id));
    for (const { name, value, stated, clause } of parametersOf(files)) {
      if (stated) continue;
      const done = setParameter(files, { name, value, from: "", clause, stated }, "zh");
      expect(done).toEqual({ files });
    }
  });
});
