import { expect, test } from "vitest";
import { FIGURE_BOUNDS } from "../../src/rules/figure-bounds.js";
import { loadPack } from "../../src/rules/load-pack.js";
import { problemText } from "../../src/rules/pack-problem-text.js";
import { add, spoiled, text, type PackFiles } from "./small-pack.js";

/** No figure that a pack names makes a run count for minutes, leave the calendar or lose fen. */

const source = { document: "S0 §7", article: "第一条", stated: true };

function problemsWith(unit: string, value: unknown): string[] {
  const parameter = { name: "figureAtHand", title: text("数"), unit, values: [{ value, source }] };
  return problemsOf(spoiled(add("parameters.json/parameters", parameter)));
}

function problemsOf(files: PackFiles): string[] {
  const texts = Object.entries(files).map(([path, json]) => [path, JSON.stringify(json, null, 1)] as const);
  const result = loadPack("small", new Map(texts));
  return "problems" in result ? result.problems.map((problem) => problemText(problem, "zh")) : [];
}

test.each(Object.entries(FIGURE_BOUNDS))(
  "%s: as much as %o, and no more, by file and line",
  (unit, { most, whole }) => {
    expect(problemsWith(unit, most)).toEqual([]);
    for (const value of [most + 1, 1e15, 1e308]) {
      const [problem] = problemsWith(unit, value);
      expect(problem).toMatch(/^small\/parameters\.json:\d+:\d+：“figureAtHand”是 .+不能大于 /);
    }
    expect(problemsWith(unit, 0.5)).toHaveLength(whole ? 1 : 0);
  },
);

test("tiers have bounds as well", () => {
  const tiers = (upTo: number, value: number): unknown => [{ upTo, value }, { value: 1 }];
  expect(problemsWith("tiers", tiers(1000, 5))).toEqual([]);
  expect(problemsWith("tiers", tiers(1e12, 5))).toHaveLength(1);
  expect(problemsWith("tiers", tiers(1000, 1e12))).toHaveLength(1);
});

test("a list of ten thousand entries is refused by its name", () => {
  const words = Array.from({ length: 10_000 }, (_, i) => `词${i}`);
  expect(problemsWith("words", words)[0]).toMatch(/parameters\.json.*最多 5000 项/);
});
