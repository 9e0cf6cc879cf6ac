import { describe, expect, test } from "vitest";
import { explainRow, type Explanation } from "../../src/process/explain.js";
import { judge, type LedgerParts } from "./process-rows.js";

function explain(cells: object, parts: LedgerParts = {}): Explanation {
  return explainRow(judge([cells], parts), 2, parts.language ?? "zh")!;
}

describe("an output", () => {
  test("names its rule, clause, place, parameters with their sources, and what the row says", () => {
    const { outputs } = explain({ pack: "factory-claims", region: "国外", description: "来货尺寸偏大" });
    const close = outputs.find(({ output }) => output === "closeDue")!;
    expect(close).toMatchObject({ header: "结案期限", value: "2026-03-23T23:59:59" });
    expect(close.grounds[0]).toMatchObject({
      kind: "rule",
      clause: expect.stringContaining("S0 §19 第十条") as string,
      file: "factory-claims/deadlines.json",
      parameters: [{ value: 20, unit: "days", mark: "stated", source: expect.stringContaining("第十条") as string }],
    });
    const ground = close.grounds[0] as Extract<(typeof close.grounds)[number], { kind: "rule" }>;
    expect(ground.line).toBeGreaterThan(0);
    expect(ground.inputs).toContainEqual({ fact: "abroad", header: "境外", value: "是" });
  });

  test("a label shows the phrases that spoke for it, and which stood negated", () => {
    const { outputs } = explain({ pack: "furniture-north", description: "柜门开裂，不是外包装破损" });
    const category = outputs.find(({ output }) => output === "category")!;
    expect(category.value).toBe("产品质量类");
    expect(category.grounds[0]).toMatchObject({
      kind: "label",
      evidence: expect.arrayContaining([expect.objectContaining({ phrase: "开裂", negated: false })]) as unknown,
    });
  });

  test("a person's decision is named as one", () => {
    const { outputs } = explain({ pack: "furniture-north", categoryOverride: "建议类" });
    expect(outputs.find(({ output }) => output === "category")!.grounds).toEqual([{ kind: "human" }]);
  });

  test("a sample figure is marked as one", () => {
    const { outputs } = explain({ pack: "general" });
    const marks = outputs.flatMap(({ grounds }) =>
      grounds.flatMap((g) => (g.kind === "rule" ? g.parameters.map((p) => p.mark) : [])),
    );
    expect(marks).toContain("sample");
  });
});

describe("a limit", () => {
  test("is counted day by day over a holiday with its make-up day", () => {
    // 2 working days from Friday 13 February: the Saturday is a make-up day, then Spring Festival.
    const { limits } = explain({
      pack: "furniture-north",
      receivedAt: "2026-02-13T10:00",
      categoryOverride: "外观包装类",
    });
    const close = limits.find(({ stage }) => stage === "close")!;
    expect(close.days[0]).toMatchObject({ date: "2026-02-13", role: "start" });
    expect(close.days[1]).toMatchObject({ date: "2026-02-14", kind: "makeup-day", role: "counted", number: 1 });
    expect(
      close.days
        .filter(({ kind }) => kind === "holiday")
        .every(({ role, name }) => role === "skipped" && name === "春节"),
    ).toBe(true);
    expect(close.days.at(-1)).toMatchObject({ role: "counted", number: 2 });
    expect(close.due.startsWith(close.days.at(-1)!.date)).toBe(true);
  });

  test("that ends on a rest day shows how it moved", () => {
    const { limits } = explain({ pack: "franchise-retail", receivedAt: "2026-03-07T10:00" });
    const close = limits.find(({ stage }) => stage === "close")!;
    expect(close.days.at(-1)!.date).toBe(close.due.slice(0, 10));
    const saturday = explain({ pack: "franchise-retail", receivedAt: "2026-03-14T10:00" }).limits.find(
      ({ stage }) => stage === "close",
    )!;
    expect(saturday.days.map(({ role }) => role).slice(-3)).toEqual(["rest-end", "rolled-over", "rolled-over"]);
  });
});

test("a rule that lacked one condition is named with what it wanted and what the row has", () => {
  const { nearMisses } = explain({ pack: "furniture-north", categoryOverride: "抱怨类", person: "张三" });
  const miss = nearMisses.find(({ rule }) => rule === "policy-complaint-fine");
  expect(miss?.failed).toMatchObject({ header: "原因" });
  expect(miss?.failed.actual).toBeUndefined();
});

test("advice of the pack comes with the row it fits", () => {
  const { advice } = explain({ pack: "restaurant", manner: "火爆型", description: "菜里有头发" });
  expect(advice).toHaveLength(1);
  expect(advice[0]!.steps.length).toBeGreaterThan(0);
});

test("a row that can't be used is explained by its messages alone", () => {
  const explanation = explain({ receivedAt: "上周三" });
  expect(explanation.limits).toEqual([]);
  expect(explanation.messages.join()).toContain("不是日期");
});
