import { describe, expect, it } from "vitest";
import { allSentences } from "../../scripts/accuracy/sentences.js";
import { packWithLearned } from "../../src/jobs/learned-pack.js";
import { LEAST_ROWS, learnFromLedger, type LabelledRow } from "../../src/process/learn-ledger.js";
import { parseIso, dayOfTime } from "../../src/domain/wall-time.js";
import { readsAsWord } from "../../src/rules/analysis/empty-phrase.js";
import { classify } from "../../src/rules/classify.js";
import { FeatureReader, scoreText } from "../../src/rules/learn.js";
import { decodeWeights } from "../../src/rules/learned.js";
import { rowScan } from "../../src/rules/evaluate.js";
import { packInForce } from "../../src/rules/in-force.js";
import { loadPack } from "../../src/rules/load-pack.js";
import { loadAllPacks, packFiles } from "../packs-folder.js";

const general = loadAllPacks().get("general")!;
const untaught = { ...general, learned: [] };
const PARKING = [
  ...["停车场没有空位", "停车收费太贵", "停车场太黑", "车位划线太窄", "停车闸机坏了", "停车场找不到出口"],
  ...["停车优惠券不能用", "车位被占了", "停车排队半小时", "停车场漏水", "停车没人指挥", "车停一会就收十块"],
];

/** Rows as people filled them in: texts of three categories, and one that the pack doesn't have. */
function rowsOf(count: number): LabelledRow[] {
  const known = ["服务态度", "配送延迟", "账单错误"].flatMap((label) =>
    allSentences()
      .filter((one) => one.pack === "general" && one.label === label && /[一-龥]/.test(one.text))
      .slice(0, count)
      .map(({ text }) => ({ text, label })),
  );
  return [...known, ...PARKING.map((text) => ({ text, label: "停车问题" }))].map(({ text, label }, i) => ({
    row: i + 2,
    id: `T${i}`,
    text,
    labels: { category: label },
  }));
}

describe("learning from a ledger", () => {
  it("says what to expect by leaving parts out, which rows it would get wrong, and on which words it rests", () => {
    const [category] = learnFromLedger(untaught, rowsOf(30));
    expect(category).toMatchObject({ output: "category", rows: 102, rare: [] });
    expect(category!.expected).toBeGreaterThan(70);
    expect(category!.expected + category!.wrong.length).toBe(102);
    const parking = category!.labels.find(({ label }) => label === "停车问题")!;
    expect(parking).toMatchObject({ rows: PARKING.length, isNew: true });
    expect(parking.words.join()).toContain("停车");
    expect(category!.labels.flatMap(({ words }) => words).filter((word) => !readsAsWord(word))).toEqual([]);
  });

  it("counts what somebody re-judged for more than what stands in the column", () => {
    const odd = { text: "券核销不了", label: "账单错误" };
    const rows = [...rowsOf(20), ...rowsOf(20).map((row) => ({ ...row, id: `${row.id}b` }))];
    const at = (rejudged: boolean): number => {
      const taught = [0, 1].map((i): LabelledRow => {
        const labels = { category: i === 0 ? odd.label : "服务态度" };
        const chosen = rejudged && i === 0 ? new Set(["category" as const]) : new Set<"category">();
        return { row: 900 + i, id: `X${i}`, text: odd.text, labels, rejudged: chosen };
      });
      const { labels, ...model } = learnFromLedger(untaught, [...rows, ...taught])[0]!.model;
      const target = { labels };
      const scores = scoreText(odd.text, decodeWeights({ labels, ...model }), target, new FeatureReader());
      return scores[labels.indexOf(odd.label)]! - scores[labels.indexOf("服务态度")]!;
    };
    expect(at(true)).toBeGreaterThan(at(false));
  });

  it("begins with what the pack knows: a label no row has keeps its weights", () => {
    const [category] = learnFromLedger(general, rowsOf(20));
    expect(category!.labels.find(({ label }) => label === "与宣传不符")).toMatchObject({ rows: 0, isNew: false });
    expect(category!.model.labels).toContain("与宣传不符");
  });

  it(`learns nothing from fewer than ${LEAST_ROWS} labelled rows, nor from a single label`, () => {
    expect(learnFromLedger(untaught, rowsOf(10))).toEqual([]);
    const one = rowsOf(60).map((row) => ({ ...row, labels: { category: "服务态度" } }));
    expect(learnFromLedger(untaught, one)).toEqual([]);
  });

  it("leaves out labels of too few rows, and says so", () => {
    const rows = [...rowsOf(30), { row: 900, id: "X", text: "天气太热", labels: { category: "天气" } }];
    expect(learnFromLedger(untaught, rows)[0]!.rare).toEqual([{ label: "天气", rows: 1 }]);
  });

  it("makes a pack that carries it: it loads, and judges by the new label", () => {
    const files = packWithLearned(packFiles("general"), learnFromLedger(general, rowsOf(30)), "旧台账.xlsx");
    const result = loadPack("general", files);
    if ("problems" in result) throw new Error(JSON.stringify(result.problems));
    expect(JSON.parse(files.get("learned.json")!)).toMatchObject({
      generated: expect.stringContaining("旧台账.xlsx") as string,
    });
    const inForce = packInForce(result.pack, dayOfTime(parseIso("2026-03-10T10:00")!));
    const verdict = classify(inForce, { description: "停车场一个空位都没有" }, rowScan(inForce)).category;
    expect(verdict?.value).toBe("停车问题");
  });
});
