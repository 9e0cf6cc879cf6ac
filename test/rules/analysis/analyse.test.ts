import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analysePack, type Finding } from "../../../src/rules/analysis/analyse.js";
import { conjuncts } from "../../../src/rules/analysis/conjuncts.js";
import { intersect, isEmpty, numberIn, pieces, point } from "../../../src/rules/analysis/interval.js";
import { witness } from "../../../src/rules/analysis/witness.js";
import { explainRule } from "../../../src/rules/explain-rule.js";
import { loadPack } from "../../../src/rules/load-pack.js";
import type { Rule } from "../../../src/rules/pack-schema.js";
import type { Condition } from "../../../src/rules/schema-parts.js";
import type { ResolvedCondition } from "../../../src/rules/conditions.js";
import { loadAllPacks, PACK_FOLDERS } from "../../packs-folder.js";

const text = { zh: "字", en: "text" };
const clause = { document: "D", article: "1" };

function pack(files: Record<string, unknown>): ReturnType<typeof analysePack> {
  const header = { id: "p", title: text, version: "1.0.0", source: { document: "D", title: text }, stages: ["close"] };
  const all = { "pack.json": header, "parameters.json": { parameters: [] }, ...files };
  const result = loadPack("p", new Map(Object.entries(all).map(([name, content]) => [name, JSON.stringify(content)])));
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return analysePack(result.pack);
}

function rule(id: string, conditions: Condition[], event: Rule["event"], rest: Partial<Rule> = {}): Rule {
  return { id, clause, title: text, conditions: { all: conditions }, event, ...rest };
}

/** A share of the loss for whoever bears it, as tables of sanctions state it. */
const share = (id: string, rate: number, who: "person" | "superior", ...conditions: Condition[]): Rule =>
  rule(id, conditions, {
    type: "penalty",
    params: {
      kind: "损失赔偿",
      reason: "损失分担",
      subject: { who },
      amount: { formula: "equal-shares", base: "loss", rate },
    },
  });

describe("the published table of shares, which is wrong in two places", () => {
  const upTo500: Condition = { fact: "loss", operator: "lessThanInclusive", value: 500 };
  const upTo1000: Condition[] = [
    { fact: "loss", operator: "greaterThanInclusive", value: 501 },
    { fact: "loss", operator: "lessThanInclusive", value: 1000 },
  ];
  const from1000: Condition = { fact: "loss", operator: "greaterThanInclusive", value: 1000 };
  const findings = pack({
    "penalties.json": {
      rules: [
        share("direct-small", 80, "person", upTo500),
        share("direct-middle", 70, "person", ...upTo1000),
        share("direct-large", 60, "person", from1000),
        share("superior-small", 15, "superior", upTo500),
        share("superior-middle", 20, "superior", ...upTo1000),
        share("superior-large", 25, "superior", from1000),
      ],
    },
  });

  test("has a gap between 500 and 501, with an example in it and the condition that would close it", () => {
    const gaps = findings.filter((f): f is Extract<Finding, { kind: "gap" }> => f.kind === "gap");
    expect(gaps.map((g) => [g.where, g.between, g.closing])).toEqual([
      [
        "500 < loss < 501",
        ["direct-small", "direct-middle"],
        { rule: "direct-middle", condition: { fact: "loss", operator: "greaterThan", value: 500 } },
      ],
      [
        "500 < loss < 501",
        ["superior-small", "superior-middle"],
        { rule: "superior-middle", condition: { fact: "loss", operator: "greaterThan", value: 500 } },
      ],
    ]);
    for (const { example } of gaps) {
      expect(example.loss).toBeGreaterThan(500);
      expect(example.loss).toBeLessThan(501);
    }
  });

  test("has an overlap at 1000", () => {
    const overlaps = findings.filter((f): f is Extract<Finding, { kind: "overlap" }> => f.kind === "overlap");
    expect(overlaps.map((o) => [o.rules, o.where])).toEqual([
      [["direct-middle", "direct-large"], "loss = 1000"],
      [["superior-middle", "superior-large"], "loss = 1000"],
    ]);
  });

  test("mended, it has neither", () => {
    const mended = pack({
      "penalties.json": {
        rules: [
          share("a", 80, "person", upTo500),
          share(
            "b",
            70,
            "person",
            { fact: "loss", operator: "greaterThan", value: 500 },
            { fact: "loss", operator: "lessThan", value: 1000 },
          ),
          share("c", 60, "person", from1000),
        ],
      },
    });
    expect(mended).toEqual([]);
  });
});

describe("rules", () => {
  const close = (days: number): Rule["event"] => ({
    type: "deadline",
    params: { stage: "close", from: ["receivedAt"], limit: { days } },
  });
  const abroad = (value: boolean): Condition => ({ fact: "abroad", operator: "equal", value });

  test("that can't come true are found", () => {
    const never = pack({
      "deadlines.json": {
        rules: [
          rule("never", [abroad(true), { not: abroad(true) }], close(1)),
          rule(
            "also-never",
            [
              { fact: "loss", operator: "lessThan", value: 5 },
              { fact: "loss", operator: "greaterThan", value: 5 },
            ],
            close(2),
          ),
          rule("sometimes", [abroad(true)], close(3)),
        ],
      },
    });
    expect(never).toEqual([
      { kind: "never-fires", rule: "never" },
      { kind: "never-fires", rule: "also-never" },
    ]);
  });

  test("of equal priority that decide one output differently on one row are found; a higher priority settles it", () => {
    const rules = [
      rule("all", [{ fact: "always", operator: "equal", value: true }], close(15)),
      rule("far", [abroad(true)], close(20)),
    ];
    expect(pack({ "deadlines.json": { rules } }).map((f) => f.kind)).toEqual(["overlap"]);
    expect(pack({ "deadlines.json": { rules: [rules[0], { ...rules[1], priority: 2 }] } })).toEqual([]);
  });

  test("a label that no rule and no evidence gives makes a rule that never fires", () => {
    const labels = [{ output: "category", value: "质量", clause, phrases: [{ text: "坏", weight: 1 }] }];
    const rules = [rule("typo", [{ fact: "category", operator: "equal", value: "质量类" }], close(1))];
    expect(pack({ "classification.json": { labels }, "deadlines.json": { rules } })).toEqual([
      { kind: "never-fires", rule: "typo" },
    ]);
  });

  test("a time without a rule between times that have one is found", () => {
    const findings = pack({
      "deadlines.json": {
        rules: [
          rule("old", [abroad(true)], close(15), { effectiveTo: "2020-01-01" }),
          rule("new", [abroad(true)], close(20), { effectiveFrom: "2020-04-01" }),
        ],
      },
    });
    expect(findings).toEqual([{ kind: "period-gap", output: "closeDue", from: "2020-01-01", to: "2020-04-01" }]);
  });

  test("a phrase for and against one label is found", () => {
    const labels = [
      {
        output: "category",
        value: "质量",
        clause,
        phrases: [{ text: "坏了", weight: 2 }],
        counterPhrases: [{ text: "坏了", weight: 1 }],
      },
    ];
    expect(pack({ "classification.json": { labels } })).toEqual([
      { kind: "contradicting-phrase", output: "category", label: "质量", phrase: "坏了" },
    ]);
  });

  test("a phrase that says nothing by itself is found, for a label and against it", () => {
    const labels = [
      {
        output: "category",
        value: "质量",
        clause,
        phrases: [
          { text: "坏了", weight: 2 },
          { text: "没", weight: 0.5 },
        ],
        counterPhrases: [{ text: "but", weight: 1 }],
      },
    ];
    expect(pack({ "classification.json": { labels } })).toEqual([
      { kind: "empty-phrase", output: "category", label: "质量", phrase: "没" },
      { kind: "empty-phrase", output: "category", label: "质量", phrase: "but" },
    ]);
  });
});

const packs = loadAllPacks();

describe.each(PACK_FOLDERS)("pack %s", (folder) => {
  test("has no gaps, no overlaps, no dead rules, no contradicting and no empty phrases", () => {
    expect(analysePack(packs.get(folder)!)).toEqual([]);
  });
});

describe("properties", () => {
  const bound = fc.record({
    fact: fc.constantFrom("loss" as const, "claim" as const),
    operator: fc.constantFrom(
      "lessThan" as const,
      "lessThanInclusive" as const,
      "greaterThan" as const,
      "greaterThanInclusive" as const,
      "equal" as const,
      "notEqual" as const,
    ),
    value: fc.integer({ min: -3, max: 6 }),
  });
  const flag = fc.record({
    fact: fc.constantFrom("upheld" as const, "deferred" as const),
    operator: fc.constantFrom("equal" as const, "notEqual" as const),
    value: fc.boolean(),
  });
  const word = fc.record({
    fact: fc.constant("description" as const),
    operator: fc.constantFrom("mentions" as const, "doesNotMention" as const),
    value: fc.subarray(["坏", "裂", "慢"], { minLength: 1 }),
  });
  const { tree } = fc.letrec<{ tree: ResolvedCondition }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      bound,
      flag,
      word,
      fc.record({ all: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie("tree") }),
    ),
  }));

  test("an example that is found fires the rule", () => {
    fc.assert(
      fc.property(tree, (condition) => {
        for (const way of conjuncts(condition) ?? []) {
          const found = witness(way);
          if (typeof found === "object") expect(explainRule({ conditions: condition }, found).holds).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("what is called impossible fires on no row", () => {
    const row = fc.record(
      {
        loss: fc.integer({ min: -4, max: 7 }),
        claim: fc.integer({ min: -4, max: 7 }),
        upheld: fc.boolean(),
        deferred: fc.boolean(),
        description: fc.constantFrom("坏", "裂", "慢", "坏裂慢", "好"),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(tree, fc.array(row, { minLength: 5, maxLength: 20 }), (condition, rows) => {
        const ways = conjuncts(condition);
        if (!ways?.every((way) => witness(way) === "impossible")) return;
        for (const facts of rows) expect(explainRule({ conditions: condition }, facts).holds).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test("pieces cut the line without gap or overlap", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 6 }),
        fc.integer({ min: -50, max: 50 }),
        (bounds, tenths) => {
          const holding = pieces(bounds).filter((piece) => !isEmpty(intersect(piece, point(tenths / 2))));
          expect(holding).toHaveLength(1);
        },
      ),
    );
  });

  test("a number of an interval lies in it and is not excluded", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -9, max: 9 }),
        fc.integer({ min: 0, max: 9 }),
        fc.boolean(),
        fc.boolean(),
        fc.array(fc.integer({ min: -9, max: 18 })),
        (low, width, lowOpen, highOpen, excluded) => {
          const interval = { low, lowOpen, high: low + width, highOpen };
          const found = numberIn(interval, 1, new Set(excluded));
          const all = Array.from({ length: width + 1 }, (_, i) => low + i).filter(
            (n) => !isEmpty(intersect(interval, point(n))) && !excluded.includes(n),
          );
          if (found === undefined) expect(all).toEqual([]);
          else expect(isEmpty(intersect(interval, point(found))) || excluded.includes(found)).toBe(false);
        },
      ),
    );
  });
});
