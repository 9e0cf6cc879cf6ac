import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conditionText, parseCondition } from "../../src/rules-sheets/expression.js";
import type { Json } from "../../src/rules-sheets/json.js";
import { formatLike } from "../../src/rules-sheets/format-like.js";
import { CellFault } from "../../src/rules-sheets/problem.js";
import { FACT_NAMES } from "../../src/rules/facts.js";
import { OPERATORS } from "../../src/rules/schema-parts.js";

const TITLES = { titles: new Map([["large", "大额"]]) };

const word = fc
  .array(
    fc.constantFrom(
      "是",
      "否",
      "且",
      "或",
      "非",
      "「",
      "」",
      "（",
      "）",
      "(",
      '"',
      "\\",
      " ",
      "a",
      "1",
      "【",
      "{",
      "参",
      "\n",
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));
const value = fc.oneof(
  word,
  fc.integer(),
  fc.boolean(),
  fc.array(fc.oneof(word, fc.integer()), { minLength: 1, maxLength: 3 }),
  fc.constant({ parameter: "large" }),
  fc.constantFrom(...FACT_NAMES).map((fact) => ({ fact })),
);
const condition = fc.letrec<{ node: Json; leaf: Json }>((tie) => ({
  leaf: fc.record({ fact: fc.constantFrom(...FACT_NAMES), operator: fc.constantFrom(...OPERATORS), value }),
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    tie("leaf"),
    fc.array(tie("node"), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie("node"), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie("node").map((not) => ({ not })),
    fc.constant({ condition: "urgent-case" }),
  ),
}));
const group = fc.oneof(
  fc.array(condition.node, { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
  fc.array(condition.node, { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
  condition.node.map((not) => ({ not })),
  fc.constant({ condition: "urgent-case" }),
);

describe("a condition as a line", () => {
  it("says every condition exactly", () => {
    fc.assert(
      fc.property(group, (written) => {
        expect(parseCondition(conditionText(written, TITLES))).toEqual(written);
      }),
      { numRuns: 300 },
    );
  });

  it.each(FACT_NAMES.map((fact) => ({ fact })))(
    "compares with $fact by its name, whatever the name begins with",
    (value) => {
      const written = { all: [{ fact: "id", operator: "equal", value }] };
      expect(parseCondition(conditionText(written, TITLES))).toEqual(written);
    },
  );

  it("reads what people write: half-width brackets, words for signs, no space", () => {
    expect(parseCondition("投诉类别=「抱怨类」且(损失金额>=参数【large】或非(已结案=是))")).toEqual({
      all: [
        { fact: "category", operator: "equal", value: "抱怨类" },
        {
          any: [
            { fact: "loss", operator: "greaterThanInclusive", value: { parameter: "large" } },
            { not: { fact: "closed", operator: "equal", value: true } },
          ],
        },
      ],
    });
  });

  it.each([
    ["投诉类别 = 「a」 且 投诉类别 = 「b」 或 已结案 = 是", "fault.mixed"],
    ["投诉类型 = 「a」", "fault.fact"],
    ["投诉类别 抱怨", "fault.operator"],
    ["投诉类别 = 抱怨类", "fault.value"],
    ["（已结案 = 是 且 投诉类别 = 「a」", "fault.close"],
    ["投诉类别 = 「a」。", "fault.rest"],
    ["投诉类别 = 「a", "fault.quote"],
    ["损失金额 > 参数【large", "fault.bracket"],
  ])("%s is refused with its own sentence", (text, key) => {
    expect(() => parseCondition(text)).toThrow(expect.objectContaining({ key }) as CellFault);
  });
});

describe("JSON in the form of its earlier version", () => {
  const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
  it("says the new content whatever the old one was", () => {
    fc.assert(
      fc.property(json, json, (now, before) => {
        expect(JSON.parse(formatLike(now, JSON.stringify(before, null, 2)))).toEqual(JSON.parse(JSON.stringify(now)));
      }),
      { numRuns: 200 },
    );
  });

  it("leaves unchanged entries as they stood", () => {
    const before = '{\n  "a": [\n    {\n      "id": "x",\n      "n": 1\n    },\n    { "id": "y", "n": 2 }\n  ]\n}\n';
    expect(
      formatLike(
        {
          a: [
            { id: "x", n: 1 },
            { n: 3, id: "y" },
          ],
        },
        before,
      ),
    ).toBe(before.replace('"n": 2', '"n": 3'));
  });
});
