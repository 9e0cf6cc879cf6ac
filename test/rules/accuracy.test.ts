import { describe, expect, it } from "vitest";
import { judge, scoreOf, scoresBy, share } from "../../scripts/accuracy/measure.js";
import { allSentences } from "../../scripts/accuracy/sentences.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";

const judged = judge(
  allSentences().filter(({ split }) => split !== "train"),
  loadAllPacks(),
  STATUTES,
);

describe.each(["test", "held"] as const)("sentences of the %s part", (part) => {
  const own = judged.filter(({ split }) => split === part);

  it("are judged right nineteen times in twenty", () => {
    expect(share(scoreOf(own))).toBeGreaterThanOrEqual(0.95);
  });

  const labels = scoresBy(own, ({ pack, output, label }) => `${pack} ${output} ${label}`);
  // Fewer than ten sentences (some subcategories) say too little to hold a label to.
  it.each([...labels].filter(([, { of }]) => of >= 10))("of %s are judged right three times in four", (_, score) => {
    expect(share(score)).toBeGreaterThanOrEqual(0.75);
  });
});
