import { describe, expect, it } from "vitest";
import { process } from "../../src/process/process.js";
import type { RowOutcome } from "../../src/process/outcome.js";
import { clause, loaded, put, spoiled, text } from "../rules/small-pack.js";
import { inputOf } from "./process-rows.js";

const always = { all: [{ fact: "always", operator: "equal", value: true }] };
const assign = (output: string, value: string): object => ({ type: "assign", params: { output, value } });

/** A row judged by the small pack with these rules in one of its files. */
function judged(file: string, rules: { id: string; priority?: number; event: unknown }[]): RowOutcome["outputs"] {
  const pack = loaded(
    spoiled(
      put(file, { rules: rules.map((rule) => ({ clause, title: text(rule.id), conditions: always, ...rule })) }),
      put("cases/penalties.json/cases/0/expect", {}),
    ),
  );
  const input = inputOf([{ pack: "small" }]);
  return process({ ...input, packs: new Map([["small", pack]]) }).rows[0]!.outputs;
}

describe("two rules for one output", () => {
  it("are settled by priority", () => {
    const { department, messages } = judged("responsibility.json", [
      { id: "low", event: assign("department", "生产部") },
      { id: "high", priority: 5, event: assign("department", "业务部") },
    ]);
    expect(department).toBe("业务部");
    expect(messages).toBeUndefined();
  });

  it("of equal priority and different value are said to contradict each other, and the first stands", () => {
    const { department, messages } = judged("responsibility.json", [
      { id: "a", priority: 2, event: assign("department", "生产部") },
      { id: "b", priority: 2, event: assign("department", "业务部") },
      { id: "c", event: assign("department", "服务部") },
    ]);
    expect(department).toBe("生产部");
    expect(messages).toHaveLength(1);
    expect(messages![0]).toContain("a、b");
  });

  it("of equal priority and equal value agree", () => {
    const rules = ["a", "b"].map((id) => ({ id, event: assign("department", "生产部") }));
    expect(judged("responsibility.json", rules)).toMatchObject({ department: "生产部" });
    expect(judged("responsibility.json", rules).messages).toBeUndefined();
  });

  it("add up where the output is a list, the higher priority first", () => {
    const { handler } = judged("responsibility.json", [
      { id: "a", event: assign("handler", "客服主任") },
      { id: "b", priority: 3, event: assign("handler", "销售副总经理") },
    ]);
    expect(handler).toEqual(["销售副总经理", "客服主任"]);
  });
});
