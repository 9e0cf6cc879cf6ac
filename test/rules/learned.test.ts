import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { learnedText, learnPacks, lessonsOf } from "../../scripts/accuracy/lessons.js";
import { allSentences } from "../../scripts/accuracy/sentences.js";
import { dayOfTime, parseIso } from "../../src/domain/wall-time.js";
import { classify } from "../../src/rules/classify.js";
import { rowScan } from "../../src/rules/evaluate.js";
import { packInForce } from "../../src/rules/in-force.js";
import { FeatureReader, scoreText } from "../../src/rules/learn.js";
import { decodeWeights, encodeWeights, fitsPieces, statedIn } from "../../src/rules/learned.js";
import { loadAllPacks, PACK_FOLDERS } from "../packs-folder.js";

const RULES = join(import.meta.dirname, "../../rules");
const MOST_BYTES = 600 * 1024;
const packs = loadAllPacks();

describe("the learned layer", () => {
  it("is what the script learns from the sentences (if not: npx tsx scripts/learn-language.ts)", () => {
    const learned = learnPacks(PACK_FOLDERS, lessonsOf(allSentences()));
    for (const folder of PACK_FOLDERS) {
      const own = learned.get(folder) ?? [];
      expect(readFileSync(join(RULES, folder, "learned.json"), "utf8") === learnedText(own), folder).toBe(true);
    }
  }, 300_000);

  it("is small: all packs together stay below 600 KB", () => {
    const sizes = PACK_FOLDERS.map((folder) => statSync(join(RULES, folder, "learned.json")).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_BYTES);
  });

  it("writes weights that can be read again, and knows when they don't fit", () => {
    const model = {
      output: "category" as const,
      labels: ["甲", "乙", "丙"],
      scale: 0.1,
      pieces: "开裂\n@fire",
      weights: encodeWeights([1, -1, 0], 0.1) + encodeWeights([0.5, 9, -9], 0.1),
    };
    expect(fitsPieces(model)).toBe(true);
    expect([...decodeWeights(model).get("@fire")!].map((weight) => Number(weight.toFixed(1)))).toEqual([
      0.5, 4.5, -4.5,
    ]);
    expect(fitsPieces({ ...model, pieces: "开裂" })).toBe(false);
  });

  it("judges by the pack's one scan as the features it was learned with do", () => {
    const reader = new FeatureReader();
    const general = packs.get("general")!;
    const model = general.learned.find(({ output }) => output === "category")!;
    const weights = decodeWeights(model);
    const stated = statedIn(general.labels, model.labels);
    expect(stated.length).toBeGreaterThan(0);
    const inForce = packInForce(general, dayOfTime(parseIso("2026-03-10T10:00")!));
    const scan = rowScan(inForce);
    for (const { text } of allSentences().filter(({ writer }) => writer === "stranger-m")) {
      const best = Math.max(...scoreText(text, weights, { labels: model.labels, stated }, reader));
      const verdict = classify(inForce, { description: text }, scan).category;
      if (verdict) expect(verdict.score, text).toBeCloseTo(best, 4);
      else expect(best, text).toBeLessThan(1.01);
    }
  });
});
