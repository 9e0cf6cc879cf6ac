import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expandTables } from "../../src/rules/decision-table.js";
import { evaluateConcern, rowScan } from "../../src/rules/evaluate.js";
import type { Facts } from "../../src/rules/facts.js";
import { readJson, type JsonSource } from "../../src/rules/json-source.js";
import { problemText } from "../../src/rules/pack-problem-text.js";
import type { DecisionTable, Rule } from "../../src/rules/pack-schema.js";
import { referenceFires } from "../../src/rules/reference.js";
import type { Condition } from "../../src/rules/schema-parts.js";
import { clause, inForceOn, loaded, problemsOf, put, spoiled, text, type Json, type PackFiles } from "./small-pack.js";
import before from "../fixtures/rules-before-tables.json" with { type: "json" };

const TABLE = {
  id: "levels",
  clause,
  title: text("级别"),
  if: [{ fact: "level" }, { fact: "loss", operator: "greaterThan" }],
  then: ["reason", "amount"],
  event: {
    type: "penalty",
    params: {
      kind: "罚款",
      reason: { cell: "reason" },
      subject: { who: "person" },
      amount: { formula: "fixed", amount: { cell: "amount" } },
    },
  },
  rows: [
    { id: "level-low", if: ["一般", null], then: ["一般逾期", 100] },
    { id: "level-high", if: ["强烈", 500], then: ["强烈逾期", { parameter: "fine" }] },
  ],
};

function withTable(change: (table: typeof TABLE) => unknown = (table) => table): PackFiles {
  const table = change(structuredClone(TABLE)) as Json;
  return spoiled(put("penalties.json/tables", [table]));
}

function source(json: unknown): JsonSource {
  const read = readJson("x/penalties.json", JSON.stringify(json));
  if ("problems" in read) throw new Error(read.problems[0]!.code);
  return read;
}

/** Nested `all`s taken apart: in what order and how deep comparisons stand says nothing. */
function flat(condition: Condition): string[] {
  return "all" in condition ? condition.all.flatMap(flat).sort() : [JSON.stringify(condition)];
}

describe("a decision table", () => {
  it("gives the rules that it took the place of", () => {
    for (const { file, table, rules } of before.tables) {
      const { rows, problems } = expandTables(source({ tables: [table] }), [table as DecisionTable]);
      expect(problems).toEqual([]);
      expect(rows.map(({ rule }) => rule.id)).toEqual(rules.map(({ id }) => id));
      (rules as unknown as Rule[]).forEach((old, i) => {
        const { conditions, title, ...rest } = rows[i]!.rule;
        const { conditions: oldConditions, title: oldTitle, ...oldRest } = old;
        expect(title.zh !== "" && oldTitle.zh !== "").toBe(true);
        expect(rest, `${file} ${old.id}`).toEqual(oldRest);
        expect(flat(conditions)).toEqual(flat(oldConditions));
      });
    }
  });

  it("has an ordinary rule for each row, with its cells in place and its place in the table", () => {
    const rules = loaded(withTable()).rules.filter(({ table }) => table);
    expect(rules.map(({ rule }) => rule.id)).toEqual(["level-low", "level-high"]);
    expect(rules.map(({ table }) => table)).toEqual([
      { id: "levels", row: 1 },
      { id: "levels", row: 2 },
    ]);
    expect(rules[0]!.rule.conditions).toEqual({ all: [{ fact: "level", operator: "equal", value: "一般" }] });
    expect(rules[1]!.rule.event.params).toMatchObject({
      reason: "强烈逾期",
      amount: { amount: { parameter: "fine" } },
    });
    expect(rules[0]!.line).toBeLessThan(rules[1]!.line);
    expect(rules[1]!.rule.title.zh).toBe("级别（强烈）");
  });

  it("fires as the rules written out would, compiled and by the reference, on any row", async () => {
    const value = fc.constantFrom("一般", "中级", "强烈", "非理性");
    const cell = fc.option(value, { nil: null });
    const sum = fc.option(fc.constantFrom(0, 100, 500, 5000), { nil: null });
    const tables = fc.array(fc.tuple(cell, sum, fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 5 });
    const facts: fc.Arbitrary<Facts> = fc.record(
      { level: value, loss: fc.constantFrom(0, 100, 101, 500, 501, 9000), always: fc.constant(true) },
      { requiredKeys: ["always"] },
    );
    await fc.assert(
      fc.asyncProperty(tables, fc.array(facts, { minLength: 1, maxLength: 4 }), async (rows, ledger) => {
        const event = { type: "message", params: { level: "info", text: text("x") } };
        const table = {
          ...TABLE,
          then: [],
          event,
          rows: rows.map(([level, loss, priority], i) => ({ id: `r${i}`, priority, if: [level, loss], then: [] })),
        };
        const written = rows.map(([level, loss, priority], i) => ({
          id: `r${i}`,
          clause,
          title: text("x"),
          priority,
          conditions: {
            all: [
              { fact: "always", operator: "equal", value: true },
              ...(level === null ? [] : [{ fact: "level", operator: "equal", value: level }]),
              ...(loss === null ? [] : [{ fact: "loss", operator: "greaterThan", value: loss }]),
            ],
          },
          event,
        }));
        const asTable = inForceOn("2021-06-01", spoiled(put("forms.json", { rules: [], tables: [table] })));
        const asRules = inForceOn("2021-06-01", spoiled(put("forms.json", { rules: written })));
        for (const row of ledger) {
          const expected = evaluateConcern(asRules, "forms", row, rowScan(asRules)).map(({ id }) => id);
          expect(evaluateConcern(asTable, "forms", row, rowScan(asTable)).map(({ id }) => id)).toEqual(expected);
          expect(await referenceFires(asTable, "forms", row)).toEqual(expected);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("a decision table that is wrong", () => {
  const refused = (change: Parameters<typeof withTable>[0]): { code: string; rule: string | undefined }[] =>
    problemsOf(withTable(change)).map(({ code, ruleId }) => ({ code, rule: ruleId }));

  it("says in which row a cell is missing or too many", () => {
    expect(refused((t) => ({ ...t, rows: [t.rows[0], { ...t.rows[1], if: ["强烈"] }] }))).toEqual([
      { code: "table-cells", rule: "level-high" },
    ]);
    expect(refused((t) => ({ ...t, rows: [{ ...t.rows[0], then: ["x", 1, 2] }] }))).toEqual([
      { code: "table-cells", rule: "level-low" },
    ]);
  });

  it("says which column the event doesn't use, and which it asks for in vain", () => {
    expect(refused((t) => ({ ...t, event: { ...t.event, params: { ...t.event.params, reason: "固定" } } }))).toEqual([
      { code: "table-column-unused", rule: "levels" },
    ]);
    const unknown = (t: typeof TABLE): unknown => ({
      ...t,
      event: { ...t.event, params: { ...t.event.params, sanction: { cell: "sanktion" } } },
    });
    expect(refused(unknown)).toContainEqual({ code: "table-column-unknown", rule: "levels" });
  });

  it("holds every row's values against the shape and the parameters of rules", () => {
    const row =
      (...then: unknown[]) =>
      (t: typeof TABLE) => ({ ...t, rows: [t.rows[0], { ...t.rows[1], then }] });
    expect(refused(row("x", "一百"))).toEqual([{ code: "wrong-type", rule: "level-high" }]);
    expect(refused(row("x", { parameter: "closeDays" }))).toEqual([{ code: "parameter-unit", rule: "level-high" }]);
    expect(refused(row("x", { parameter: "nothing" }))).toEqual([{ code: "unknown-parameter", rule: "level-high" }]);
    expect(refused((t) => ({ ...t, if: [{ fact: "levle" }, t.if[1]] }))).toEqual([
      { code: "unknown-fact", rule: "levels" },
    ]);
    expect(refused((t) => ({ ...t, rows: [t.rows[0], { ...t.rows[1], id: "level-low" }] }))).toEqual([
      { code: "duplicate-id", rule: "level-low" },
    ]);
  });

  it("names file, line and row in both languages", () => {
    const [problem] = problemsOf(withTable((t) => ({ ...t, rows: [t.rows[0], { ...t.rows[1], if: ["强烈"] }] })));
    expect(problemText(problem!, "zh")).toMatch(
      /^small\/penalties\.json:\d+:\d+ level-high：这一行的 if 有1格，表头有2列/u,
    );
    expect(problemText(problem!, "en")).toMatch(/level-high: This row has 1 cells in if, the table has 2 columns/u);
  });
});
