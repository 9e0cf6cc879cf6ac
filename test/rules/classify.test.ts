import { describe, expect, it } from "vitest";
import { classify, type Classification } from "../../src/rules/classify.js";
import { rowScan } from "../../src/rules/evaluate.js";
import type { Facts } from "../../src/rules/facts.js";
import { BEFORE_TURN } from "../../src/rules/turn.js";
import { clause, inForceOn, put, spoiled, type PackFiles } from "./small-pack.js";

type Phrases = Record<string, number>;
interface LabelSketch {
  readonly value: string;
  readonly output?: string;
  readonly phrases?: Phrases;
  readonly counter?: Phrases;
  readonly bias?: number;
  readonly within?: { output: string; value: string };
  readonly context?: unknown[];
}

const weighted = (phrases: Phrases): { text: string; weight: number }[] =>
  Object.entries(phrases).map(([text, weight]) => ({ text, weight }));

/** The small pack with these labels and settings of the classification. */
function withLabels(labels: readonly LabelSketch[], settings: Record<string, unknown> = {}): PackFiles {
  const file = {
    ...settings,
    labels: labels.map(({ value, output = "category", phrases = {}, counter, bias, within, context }) => ({
      output,
      value,
      clause,
      phrases: weighted(phrases),
      ...(counter && { counterPhrases: weighted(counter) }),
      ...(bias !== undefined && { bias }),
      ...(within && { within }),
      ...(context && { context }),
    })),
  };
  return spoiled(put("classification.json", file));
}

function classified(
  facts: Facts | string,
  labels: readonly LabelSketch[],
  settings?: Record<string, unknown>,
  given?: Parameters<typeof classify>[3],
): Classification {
  const inForce = inForceOn("2026-01-01", withLabels(labels, settings));
  return classify(inForce, typeof facts === "string" ? { description: facts } : facts, rowScan(inForce), given);
}

const QUALITY: LabelSketch = { value: "产品质量", phrases: { 质量问题: 3, 开裂: 2, "quality problem": 3, broken: 2 } };
const SERVICE: LabelSketch = { value: "服务", phrases: { 态度: 2, 不接电话: 2, rude: 2 } };

/** The score of 产品质量 for a text, by its evidence alone (negative scores give no verdict, so a bias lifts them). */
function score(text: string, label: LabelSketch = QUALITY, settings?: Record<string, unknown>): number {
  return classified(text, [{ ...label, bias: 100 }], settings).category!.score - 100;
}

describe("evidence", () => {
  it("counts for less what stands before a turn, and in full what stands behind it as well", () => {
    expect(score("开裂了，但是有人来修")).toBeCloseTo(2 * BEFORE_TURN);
    expect(BEFORE_TURN).toBeLessThan(1);
    expect(score("说是小事，但是开裂")).toBe(2);
    expect(score("开裂不说，但是又开裂")).toBe(2);
    expect(score("开裂的地方补了，但是又开裂，没说什么时候好")).toBe(2);
  });

  it("adds up the weights of the phrases a text holds, each once", () => {
    const { category } = classified("桌面开裂，又开裂，是质量问题", [QUALITY, SERVICE]);
    expect(category).toMatchObject({
      value: "产品质量",
      score: 5,
      thin: false,
      evidence: [
        { phrase: "开裂", weight: 2, negated: false, counter: false, column: "description", at: 2 },
        { phrase: "质量问题", weight: 3, negated: false, counter: false, column: "description", at: 10 },
      ],
    });
    expect(category).not.toHaveProperty("runnerUp");
  });

  it("counts in every text column by the factor of the column", () => {
    const texts = [
      { column: "description", factor: 1 },
      { column: "demand", factor: 0.5 },
    ];
    const { category } = classified({ description: "开裂", demand: "开裂的换新" }, [QUALITY], { texts });
    expect(category).toMatchObject({
      score: 3,
      evidence: [
        { column: "description", weight: 2 },
        { column: "demand", weight: 1 },
      ],
    });
  });

  it("subtracts counter-phrases, but not negated ones", () => {
    const label = { ...QUALITY, counter: { 使用不当: 2 } };
    expect(score("开裂，使用不当所致", label)).toBe(0);
    expect(score("开裂，不是使用不当所致", label)).toBe(2);
  });

  it("adds the context that holds, and the bias", () => {
    const context = [{ conditions: { all: [{ fact: "claim", operator: "greaterThan", value: 100 }] }, weight: 4 }];
    const label = { ...QUALITY, context, bias: 0.5 };
    expect(classified({ description: "开裂", claim: 200 }, [label]).category).toMatchObject({
      score: 6.5,
      context: [{ weight: 4 }],
    });
    expect(classified({ description: "开裂", claim: 50 }, [label]).category).toMatchObject({ score: 2.5, context: [] });
  });

  it("is found in wide letters and any case", () => {
    expect(score("Ｑuality Problem!")).toBe(3);
  });

  it("has no noise of binary fractions", () => {
    const labels = [
      { value: "甲", phrases: { 一一: 0.1, 二二: 0.2 } },
      { value: "乙", phrases: { 三三: 0.3 } },
    ];
    expect(classified("一一二二三三", labels).category).toMatchObject({
      value: "甲",
      score: 0.3,
      runnerUp: { value: "乙", score: 0.3 },
      thin: true,
    });
  });
});

describe("the verdict", () => {
  it("is none without evidence, or when what speaks against outweighs it", () => {
    expect(classified("请尽快联系我", [QUALITY, SERVICE])).toEqual({});
    expect(classified("不是质量问题", [QUALITY, SERVICE])).toEqual({});
    expect(classified({}, [QUALITY, SERVICE])).toEqual({});
  });

  it("is none below the pack's minimum", () => {
    expect(classified("开裂", [QUALITY], { minimum: 2.5 })).toEqual({});
    expect(classified("开裂", [QUALITY], { minimum: 2 }).category?.value).toBe("产品质量");
  });

  it("is thin when the runner-up is near, by the pack's own measure", () => {
    expect(classified("质量问题，态度差", [QUALITY, SERVICE]).category).toMatchObject({
      value: "产品质量",
      runnerUp: { value: "服务", score: 2 },
      thin: false,
    });
    expect(classified("质量问题，态度差", [QUALITY, SERVICE], { lead: 1.5 }).category?.thin).toBe(true);
    expect(classified("质量问题，态度差", [QUALITY, SERVICE], { lead: 1 }).category?.thin).toBe(false);
  });

  it("of a tie is the earlier label, and thin whatever the measure", () => {
    const text = "开裂，态度差";
    expect(classified(text, [QUALITY, SERVICE], { lead: 0 }).category).toMatchObject({ value: "产品质量", thin: true });
    expect(classified(text, [SERVICE, QUALITY], { lead: 0 }).category).toMatchObject({ value: "服务", thin: true });
  });

  it("is the same every time", () => {
    const labels = [QUALITY, SERVICE, { value: "外观", output: "subcategory", phrases: { 开裂: 1 } }];
    const once = classified("开裂，态度差，没有质量问题", labels);
    expect(classified("开裂，态度差，没有质量问题", labels)).toEqual(once);
  });
});

describe("labels within others", () => {
  const within = { output: "category", value: "产品质量" };
  const labels: LabelSketch[] = [
    { value: "外观", output: "subcategory", within, phrases: { 开裂: 2 } },
    { value: "沟通", output: "subcategory", within: { output: "category", value: "服务" }, phrases: { 开裂: 3 } },
    QUALITY,
    SERVICE,
  ];

  it("are judged only where the parent was given, wherever they stand in the file", () => {
    expect(classified("开裂", labels)).toMatchObject({
      category: { value: "产品质量" },
      subcategory: { value: "外观" },
    });
    expect(classified("态度差", labels)).not.toHaveProperty("subcategory");
  });

  it("follow what a rule or a person has decided, which is not judged again", () => {
    const verdicts = classified("开裂", labels, {}, { category: "服务" });
    expect(verdicts).not.toHaveProperty("category");
    expect(verdicts).toMatchObject({ subcategory: { value: "沟通" } });
  });

  it("may ask in their context for what was decided before", () => {
    const level: LabelSketch = {
      value: "重大",
      output: "level",
      context: [{ conditions: { all: [{ fact: "category", operator: "equal", value: "产品质量" }] }, weight: 2 }],
    };
    expect(classified("开裂", [level, QUALITY, SERVICE])).toMatchObject({ level: { value: "重大", score: 2 } });
    expect(classified("态度差", [level, QUALITY, SERVICE])).not.toHaveProperty("level");
  });
});

describe("negation", () => {
  const NEGATED: readonly string[] = [
    "不是质量问题",
    "这并不是质量问题",
    "没有质量问题",
    "没有发现任何质量问题",
    "未发现质量问题",
    "无质量问题",
    "不存在质量问题",
    "不属于质量问题",
    "经核实并无质量问题",
    "没有变形、质量问题",
    "this is not a quality problem",
    "it isn't a quality problem",
    "it isn’t really a quality problem",
    "there was no quality problem",
    "delivered without any quality problem",
    "never had a quality problem",
  ];
  for (const text of NEGATED) {
    it(`turns the phrase round in: ${text}`, () => {
      expect(score(text)).toBe(-3);
    });
  }

  const AFFIRMED: readonly string[] = [
    "不是没有质量问题", // double
    "并不是说没有质量问题",
    "it is not without a quality problem",
    "客户不是态度不好，是质量问题", // another clause
    "价格不是重点；质量问题才是",
    "没有人接电话。质量问题依旧",
    "不是价格而是质量问题", // turned
    "没有退款但质量问题仍在",
    "not the price but a quality problem",
    "没有按照约定的时间派人处理质量问题", // too far
    "no reply for a week about the quality problem",
    "now a quality problem again", // no word of its own
    "order no. 5 has a quality problem",
    "是不是质量问题", // a question
    "无故拖延质量问题", // no negation in the word
    "not only rude but a quality problem",
    "无线鼠标质量问题",
  ];
  for (const text of AFFIRMED) {
    it(`leaves the phrase alone in: ${text}`, () => {
      expect(score(text)).toBe(3);
    });
  }

  it("counts against only where no occurrence stands affirmed", () => {
    expect(score("厂家说不是质量问题，我认为是质量问题")).toBe(3);
    expect(score("是质量问题，厂家说不是质量问题")).toBe(3);
    expect(score("不是质量问题，没有质量问题")).toBe(-3);
  });

  it("is shown in the evidence", () => {
    expect(classified("没有质量问题", [{ ...QUALITY, bias: 10 }]).category!.evidence).toEqual([
      { phrase: "质量问题", weight: -3, negated: true, counter: false, column: "description", at: 2 },
    ]);
  });

  it("does not work on a phrase of which the negation is a part", () => {
    const label = { value: "交期", phrases: { 没有货: 3, 不能用: 2, 未发货: 3, 发货: 1, "not working": 2 } };
    expect(score("仓库没有货", label)).toBe(3);
    expect(score("买来不能用", label)).toBe(2);
    expect(score("the lift is not working", label)).toBe(2);
    // 发货 stands in 未发货 of the same label, which has said it already
    expect(score("至今未发货", label)).toBe(4);
  });

  it("that is part of one label's phrase works on what another label finds inside that phrase", () => {
    const labels = [
      { value: "缺货", phrases: { 没有货: 3 }, bias: 10 },
      { value: "现货", phrases: { 有货: 2 }, bias: 10 },
    ];
    expect(classified("仓库没有货", labels).category).toMatchObject({
      value: "缺货",
      score: 13,
      runnerUp: { score: 8 },
    });
  });

  it("that is part of a phrase says nothing about the phrases after it", () => {
    const labels = [{ value: "缺货", phrases: { 没有货: 3 } }, QUALITY];
    expect(classified("没有货质量问题", labels).category).toMatchObject({
      score: 3,
      runnerUp: { value: "产品质量", score: 3 },
    });
  });

  it("is by the pack's own words where it gives some", () => {
    const negations = ["绝无"];
    expect(score("绝无质量问题", QUALITY, { negations })).toBe(-3);
    expect(score("没有质量问题", QUALITY, { negations })).toBe(3);
  });
});

describe("English phrases", () => {
  const label = { value: "late", phrases: { late: 1, delay: 2, car: 4 } };
  it("are found as words, with their usual endings", () => {
    expect(score("It came late.", label)).toBe(1);
    expect(score("delayed twice", label)).toBe(2);
    expect(score("many delays; delaying", label)).toBe(2);
  });
  it("are not found inside other words", () => {
    expect(score("a chocolate plate", label)).toBe(0);
    expect(score("careless staff", label)).toBe(0);
    expect(score("the postcard", label)).toBe(0);
  });
  it("are found beside Chinese characters", () => {
    expect(score("货物late了", label)).toBe(1);
  });
});
