import { describe, expect, it } from "vitest";
import { evaluateConcern, rowScan, settle } from "../../src/rules/evaluate.js";
import type { Facts } from "../../src/rules/facts.js";
import type { Concern } from "../../src/rules/pack-schema.js";
import { clause, inForceOn, put, spoiled, text, type PackFiles } from "./small-pack.js";

const always = { all: [{ fact: "always", operator: "equal", value: true }] };

function fired(concern: Concern, facts: Facts, files?: PackFiles): string[] {
  const inForce = inForceOn("2021-06-01", files);
  return evaluateConcern(inForce, concern, facts, rowScan(inForce)).map(({ id }) => id);
}

/** The small pack with these rules in one file. */
function withRules(
  concern: Concern,
  rules: { id: string; priority?: number; event: unknown; conditions?: unknown }[],
): PackFiles {
  return spoiled(
    put(`${concern}.json`, {
      rules: rules.map((rule) => ({ clause, title: text(rule.id), conditions: always, ...rule })),
    }),
    put("cases/penalties.json/cases/0/expect", {}),
  );
}

function settled(
  concern: Concern,
  rules: Parameters<typeof withRules>[1],
): { winners: Record<string, string>; collected: string[]; conflicts: unknown } {
  const inForce = inForceOn("2021-06-01", withRules(concern, rules));
  const { winners, collected, conflicts } = settle(
    evaluateConcern(inForce, concern, { always: true }, rowScan(inForce)),
  );
  return {
    winners: Object.fromEntries([...winners].map(([output, { id }]) => [output, id])),
    collected: collected.map(({ id }) => id),
    conflicts,
  };
}

describe("a concern", () => {
  it("gives the rules that fire, highest priority first", () => {
    const row: Facts = { cause: "市场政策误解", loss: 10, person: ["张三"] };
    expect(fired("penalties", row)).toEqual(["policy", "loss-share", "note"]);
    expect(fired("penalties", { ...row, closeAt: 1 })).toEqual(["loss-share", "note"]);
    expect(fired("penalties", {})).toEqual([]);
  });

  it("reads phrases from the text of the row at hand", () => {
    expect(fired("classification", { description: "仓库起火" })).toEqual(["level-grave"]);
    expect(fired("classification", { description: "仓库着火" })).toEqual([]);
  });

  it("can be asked row after row with one scan", () => {
    const inForce = inForceOn("2021-06-01");
    const scan = rowScan(inForce);
    const ids = (description: string): string[] =>
      evaluateConcern(inForce, "classification", { description }, scan).map(({ id }) => id);
    expect([ids("起火"), ids("没事"), ids("爆炸")]).toEqual([["level-grave"], [], ["level-grave"]]);
  });

  it("does not take a scan that was made for other rules", () => {
    expect(() => evaluateConcern(inForceOn("2021-06-01"), "penalties", {}, rowScan(inForceOn("2024-06-01")))).toThrow(
      /another pack/,
    );
  });
});

describe("two rules for one output", () => {
  const assign = (output: string, value: string): unknown => ({ type: "assign", params: { output, value } });

  it("are settled by priority", () => {
    const rules = [
      { id: "low", event: assign("department", "生产部") },
      { id: "high", priority: 5, event: assign("department", "业务部") },
    ];
    expect(settled("responsibility", rules)).toEqual({ winners: { department: "high" }, collected: [], conflicts: [] });
  });

  it("of equal priority and different value are a conflict, and the first stands", () => {
    const rules = [
      { id: "a", priority: 2, event: assign("department", "生产部") },
      { id: "b", priority: 2, event: assign("department", "业务部") },
      { id: "c", priority: 1, event: assign("department", "服务部") },
    ];
    expect(settled("responsibility", rules)).toEqual({
      winners: { department: "a" },
      collected: [],
      conflicts: [{ output: "department", ruleIds: ["a", "b"] }],
    });
  });

  it("of equal priority and equal value agree", () => {
    const rules = ["a", "b"].map((id) => ({ id, event: assign("department", "生产部") }));
    expect(settled("responsibility", rules).conflicts).toEqual([]);
  });

  it("don't meet if they set different outputs or stages", () => {
    const deadline = (stage: string, days: number): unknown => ({
      type: "deadline",
      params: { stage, from: ["receivedAt"], limit: { days } },
    });
    const rules = [
      { id: "a", event: deadline("close", 7) },
      { id: "b", event: deadline("investigate", 2) },
      { id: "c", event: deadline("close", 8) },
    ];
    expect(settled("deadlines", rules)).toEqual({
      winners: { closeDue: "a", investigateDue: "b" },
      collected: [],
      conflicts: [{ output: "closeDue", ruleIds: ["a", "c"] }],
    });
  });

  it("add up where the output is a list", () => {
    const rules = [
      { id: "a", event: assign("handler", "客服主任") },
      { id: "b", priority: 3, event: assign("handler", "销售副总经理") },
      { id: "c", event: { type: "next-step", params: { text: text("联系客户") } } },
    ];
    expect(settled("responsibility", rules)).toEqual({ winners: {}, collected: ["b", "a", "c"], conflicts: [] });
  });
});
