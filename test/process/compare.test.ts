import { describe, expect, test } from "vitest";
import { compareRuns } from "../../src/process/compare.js";
import { run, type Run } from "../../src/process/process.js";
import { loadPack } from "../../src/rules/load-pack.js";
import type { Pack } from "../../src/rules/pack.js";
import { loadAllPacks, packFiles } from "../packs-folder.js";
import { inputOf } from "./process-rows.js";

const packs = loadAllPacks();

/** The packs with one text of one file replaced. */
function changed(folder: string, file: string, from: string, to: string): ReadonlyMap<string, Pack> {
  const files = new Map(packFiles(folder));
  const before = files.get(file)!;
  expect(before).toContain(from);
  files.set(file, before.replace(from, to));
  const result = loadPack(folder, files);
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return new Map([...packs, [folder, result.pack]]);
}

const people = [{ name: "张三", department: "生产部", crew: "甲组", basePoints: 1 }];
const rows = [
  { pack: "franchise-retail", id: "A", description: "衣服掉色", loss: 100, crew: "甲组" },
  {
    pack: "furniture-north",
    id: "B",
    description: "知道政策",
    categoryOverride: "抱怨类",
    cause: "市场政策误解",
    person: "张三",
  },
];
const runWith = (with_: ReadonlyMap<string, Pack>): Run => run({ ...inputOf(rows, { people }), packs: with_ });

describe("another version of the packs", () => {
  test("that says the same changes nothing", () => {
    expect(compareRuns(runWith(packs), runWith(packs))).toMatchObject({
      changedRows: 0,
      outputs: [],
      subjects: [],
      rules: [],
    });
  });

  test("with another limit changes exactly the limits it touches, by rule", () => {
    const after = changed("franchise-retail", "parameters.json", '"value": 7', '"value": 10');
    const comparison = compareRuns(runWith(packs), runWith(after));
    expect(comparison.changedRows).toBe(1);
    expect(comparison.outputs.find(({ output }) => output === "closeDue")).toMatchObject({
      id: "A",
      before: "2026-03-09T23:59:59",
      after: "2026-03-12T23:59:59",
    });
    expect(comparison.rules.length).toBeGreaterThan(0);
    expect(comparison.subjects).toEqual([]);
  });

  test("with another fine changes the person and the totals by the difference", () => {
    const after = changed("furniture-north", "parameters.json", '"value": 50', '"value": 80');
    const comparison = compareRuns(runWith(packs), runWith(after));
    expect(comparison.subjects).toEqual([{ subject: "张三", before: 15_000, after: 18_000 }]);
    expect(comparison.totals.penalties).toEqual({ before: 15_000, after: 18_000 });
    expect(comparison.rules.find(({ rule }) => rule === "policy-complaint-fine")).toMatchObject({
      clause: "《北方家具公司客户意见及投诉处理》4.2.3.1 3)④",
      penaltiesBefore: 5000,
      penaltiesAfter: 8000,
    });
  });

  test("is named, old and new, with the rows it concerns, also where nothing changes by it", () => {
    const after = changed("furniture-north", "parameters.json", '"value": 50', '"value": 80');
    const [version, ...others] = compareRuns(runWith(packs), runWith(after)).versions;
    expect(others).toEqual([]);
    expect(version).toMatchObject({ rows: 1, before: expect.stringMatching(/^furniture-north /) as string });
    expect(version!.after).not.toBe(version!.before);
    const reworded = changed("franchise-retail", "pack.json", '"version": "', '"version": "9');
    expect(compareRuns(runWith(packs), runWith(reworded))).toMatchObject({ changedRows: 0, versions: [{ rows: 1 }] });
  });

  test("without a rule takes away what the rule gave, and still names the rule", () => {
    const files = new Map(packFiles("franchise-retail"));
    const penalties = JSON.parse(files.get("penalties.json")!) as { rules: { id: string; effectiveTo?: string }[] };
    for (const rule of penalties.rules) if (rule.id === "loss-shared-by-base-points") rule.effectiveTo = "2020-01-01";
    files.set("penalties.json", JSON.stringify(penalties));
    const result = loadPack("franchise-retail", files);
    if ("problems" in result) throw new Error(JSON.stringify(result.problems));
    const comparison = compareRuns(runWith(packs), runWith(new Map([...packs, ["franchise-retail", result.pack]])));
    expect(comparison.rules.find(({ rule }) => rule === "loss-shared-by-base-points")).toMatchObject({
      clause: expect.stringContaining("第二十一条") as string,
      penaltiesBefore: 10_000,
      penaltiesAfter: 0,
    });
    expect(comparison.totals.penalties).toEqual({ before: 15_000, after: 5000 });
  });
});
