import fc from "fast-check";
import { Engine } from "json-rules-engine";
import { describe, expect, it } from "vitest";
import type { ResolvedCondition, ResolvedLeaf } from "../../src/rules/conditions.js";
import { explainRule } from "../../src/rules/explain-rule.js";
import type { Facts, FactValue } from "../../src/rules/facts.js";
import { OPERATORS, type Operator } from "../../src/rules/schema-parts.js";
import { referenceEngine, referenceRule, runReference } from "../../src/rules/reference.js";
import { compiledForm, randomConditions, randomFacts } from "./random-conditions.js";

async function referenceForm(conditions: readonly ResolvedCondition[], rows: readonly Facts[]): Promise<boolean[][]> {
  const engine = referenceEngine();
  conditions.forEach((condition, i) => engine.addRule(referenceRule(`r${i}`, condition)));
  const results: boolean[][] = [];
  for (const row of rows) {
    const fired = await runReference(engine, row);
    results.push(conditions.map((_, i) => fired.has(`r${i}`)));
  }
  return results;
}

describe("the compiled form", () => {
  // 500 batches of 40 trees, each tree on four rows.
  it("says what json-rules-engine says, on 20,000 random condition trees", { timeout: 120_000 }, async () => {
    const trees = fc.array(randomConditions, { minLength: 40, maxLength: 40 });
    const rows = fc.array(randomFacts, { minLength: 4, maxLength: 4 });
    let judged = 0;
    let fired = 0;
    await fc.assert(
      fc.asyncProperty(trees, rows, async (conditions, facts) => {
        const compiled = compiledForm(conditions);
        const ours = facts.map(compiled);
        expect(ours).toEqual(await referenceForm(conditions, facts));
        // explain judges every condition anew, without the compiled form
        expect(
          facts.map((row) => conditions.map((condition) => explainRule({ conditions: condition }, row).holds)),
        ).toEqual(ours);
        judged += conditions.length;
        fired += ours.flat().filter(Boolean).length;
      }),
      { numRuns: 500, endOnFailure: true, seed: 20260331 },
    );
    expect(judged).toBeGreaterThanOrEqual(20_000);
    // Neither always true nor always false, or equality would say little.
    expect(fired / (judged * 4)).toBeGreaterThan(0.2);
    expect(fired / (judged * 4)).toBeLessThan(0.8);
  });

  const VALUES: readonly (FactValue | undefined)[] = [
    ...[undefined, "", "a", "A", "12", "12abc", "质量问题", "没有质量问题，", "１２", " ", "NaN"],
    ...["昨晚起火了", "担心起火", "怕停电，果真停电了", "防盗门被撬"],
    ...[0, -0, 1, 12, -1, 0.1, 1e21, NaN, Infinity, -Infinity],
    ...[true, false, [], ["a"], ["12"], ["质量问题", "a"]],
  ];
  const COMPARED: Readonly<Record<Operator, readonly (string | number | boolean | (string | number)[])[]>> = {
    equal: ["", "a", "12", 0, 12, true, false],
    notEqual: ["", "a", "12", 0, 12, true, false],
    in: [["a", ""], [0, 12], ["a", 12], [12]],
    notIn: [["a", ""], [0, 12], ["a", 12], [12]],
    contains: ["a", "12", "", 12],
    doesNotContain: ["a", "12", "", 12],
    lessThan: [0, 12, -1, 0.1],
    lessThanInclusive: [0, 12, -1, 0.1],
    greaterThan: [0, 12, -1, 0.1],
    greaterThanInclusive: [0, 12, -1, 0.1],
    mentions: ["质量", "A", "12", ["质量", "没有"], ["x", "ａ"]],
    doesNotMention: ["质量", "A", "12", ["质量", "没有"], ["x", "ａ"]],
    tells: ["fire", "theft", ["fire", "blackout"]],
    doesNotTell: ["fire", "theft", ["fire", "blackout"]],
    isPresent: [true, false],
  };
  for (const operator of OPERATORS) {
    it(`has \`${operator}\` mean what it means in json-rules-engine, for every kind of value and of fact`, async () => {
      const leaves: ResolvedLeaf[] = COMPARED[operator].map((value) => ({ fact: "cause", operator, value }));
      const others: ResolvedLeaf[] = [
        "mentions",
        "doesNotMention",
        "tells",
        "doesNotTell",
        "in",
        "notIn",
        "isPresent",
      ].includes(operator)
        ? []
        : [{ fact: "cause", operator, value: { fact: "demand" } }];
      const conditions = [...leaves, ...others].map((leaf): ResolvedCondition => ({ all: [leaf] }));
      const rows = VALUES.flatMap((cause) =>
        (others.length > 0 ? VALUES : [undefined]).map((demand): Facts => ({
          ...(cause !== undefined && { cause }),
          ...(demand !== undefined && { demand }),
        })),
      );
      const compiled = compiledForm(conditions);
      expect(rows.map(compiled)).toEqual(await referenceForm(conditions, rows));
    });
  }

  it("has a named condition mean the same in place as json-rules-engine's own reference to it", async () => {
    await fc.assert(
      fc.asyncProperty(randomConditions, randomConditions, randomFacts, async (inner, outer, facts) => {
        const inPlace: ResolvedCondition = { any: [{ not: inner }, { all: [outer, inner] }] };
        const engine = referenceEngine();
        engine.setCondition("inner", inner as Parameters<Engine["setCondition"]>[1]);
        const byName = { any: [{ not: { condition: "inner" } }, { all: [outer, { condition: "inner" }] }] };
        engine.addRule(referenceRule("r", byName as unknown as ResolvedCondition));
        expect((await runReference(engine, facts)).has("r")).toBe(compiledForm([inPlace])(facts)[0]);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it("judges a row by its own texts, whatever the row before held", () => {
    const compiled = compiledForm([
      { all: [{ fact: "description", operator: "mentions", value: ["开裂", "漏水"] }] },
      { all: [{ fact: "demand", operator: "mentions", value: "开裂" }] },
    ]);
    expect(compiled({ description: "桌面开裂" })).toEqual([true, false]);
    expect(compiled({ demand: "开裂了要退货" })).toEqual([false, true]);
    expect(compiled({})).toEqual([false, false]);
    expect(compiled({ description: "漏水", demand: "开裂" })).toEqual([true, true]);
    expect(compiled({ description: "好" })).toEqual([false, false]);
  });

  it("keeps more `mentions` conditions apart than a machine word has bits", () => {
    const phrases = Array.from({ length: 100 }, (_, i) => `词${i}。`);
    const compiled = compiledForm(
      phrases.flatMap((phrase): ResolvedCondition[] => [
        { all: [{ fact: "description", operator: "mentions", value: phrase }] },
        { all: [{ fact: "demand", operator: "mentions", value: phrase }] },
      ]),
    );
    for (const [i, phrase] of phrases.entries()) {
      const held = compiled({ description: `有${phrase}`, demand: `有词${(i + 1) % 100}。` });
      expect(held.flatMap((holds, at) => (holds ? [at] : [])).sort((a, b) => a - b)).toEqual(
        [i * 2, ((i + 1) % 100) * 2 + 1].sort((a, b) => a - b),
      );
    }
  });
});
