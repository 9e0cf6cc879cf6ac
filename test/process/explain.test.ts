import { describe, expect, test } from "vitest";
import { explainRow } from "../../src/process/explain.js";
import type { Explanation } from "../../src/process/explanation.js";
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
      clause: expect.stringMatching(/^第十条/) as string,
      file: "factory-claims/deadlines.json",
      parameters: [{ value: 20, unit: "days", mark: "stated", source: expect.stringContaining("第十条") as string }],
    });
    const ground = close.grounds[0] as Extract<(typeof close.grounds)[number], { kind: "rule" }>;
    expect(ground.line).toBeGreaterThan(0);
    expect(ground.inputs).toContainEqual({ fact: "place", header: "地区所属", value: "国外" });
  });

  test("resting on a row of a decision table names the table and the row", () => {
    const { outputs } = explain({ pack: "factory-claims", region: "国外", description: "来货尺寸偏大" });
    const close = outputs.find(({ output }) => output === "closeDue")!;
    expect(close.grounds[0]).toMatchObject({ rule: "close-abroad", table: { id: "close", row: 2 } });
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

  test.each([
    ["zh", "结案", "否"],
    ["en", "closing", "no"],
  ] as const)("stages, yes and no stand in the words of the language (%s)", (language, stage, no) => {
    const cells = { pack: "claims-time-limits", causedLoss: "是", description: "外壳掉漆起皮", loss: 2100 };
    const { outputs } = explain({ ...cells, receivedAt: "2026-03-05T14:30" }, { language, now: "2026-03-31T18:00" });
    const inputs = outputs.flatMap(({ grounds }) => grounds.flatMap((g) => (g.kind === "rule" ? g.inputs : [])));
    expect(new Set(inputs.filter(({ fact }) => fact === "lateStages").map(({ value }) => value))).toEqual(
      new Set([stage]),
    );
    expect(inputs.find(({ fact }) => fact === "closed")!.value).toBe(no);
  });

  test("a sample figure is marked as one", () => {
    const { outputs } = explain({ pack: "general" });
    const marks = outputs.flatMap(({ grounds }) =>
      grounds.flatMap((g) => (g.kind === "rule" ? g.parameters.map((p) => p.mark) : [])),
    );
    expect(marks).toContain("sample");
  });
});

describe("当前状态", () => {
  const because = (cells: object, parts?: LedgerParts): string[] =>
    explain(cells, parts)
      .outputs.find(({ output }) => output === "status")!
      .grounds.map((ground) => (ground.kind === "because" ? ground.text : ground.kind));
  const faulty = { pack: "restaurant", levelOverride: "重大", compensationTimes: 8, description: "吃出钢丝球" };

  test.each<[object, string]>([
    [{ upheld: "否" }, "“是否成立”填“否”"],
    [{ deferred: "是" }, "“是否暂缓”填“是”"],
    [{ closeAt: "2026-03-03T09:00" }, "结案时间2026-03-03 09:00，不晚于结案期限2026-03-09 23:59"],
    [{ closeAt: "2026-03-10T09:00" }, "结案时间2026-03-10 09:00，晚于结案期限2026-03-09 23:59"],
  ])("of %j is put down to what the row says", (cells, text) => {
    expect(because({ pack: "general", firstReplyAt: "2026-03-02T10:00", ...cells })).toEqual([text]);
  });

  test("past a limit names each open stage with its limit", () => {
    expect(because({ pack: "general" })).toEqual([
      "首次回复还没有完成，期限2026-03-03 09:00已过",
      "结案还没有完成，期限2026-03-09 23:59已过",
    ]);
  });

  test("near a limit names the stage and how near", () => {
    const near = { pack: "general", firstReplyAt: "2026-03-02T10:00" };
    expect(because(near, { now: "2026-03-09T10:00" })).toEqual(["结案还没有完成，离期限2026-03-09 23:59不到24小时"]);
    expect(because(near, { now: "2026-03-04T10:00" })).toEqual(["没有过期的环节，离最近的期限还早"]);
  });

  test("数据有误 by a rule names the rule, its clause and its figures", () => {
    const { outputs } = explain(faulty);
    const status = outputs.find(({ output }) => output === "status")!;
    expect(status.value).toBe("数据有误");
    expect(status.grounds).toMatchObject([
      { kind: "rule", rule: "times-above-range", inputs: [{ header: "补偿倍数", value: "8" }] },
    ]);
  });

  test("数据有误 by an unreadable cell points to the messages", () => {
    expect(because({ pack: "general", receivedAt: "上周" })).toEqual(["必填的单元格空着或读不懂，见提示"]);
  });
});

describe("what an output was worked out from", () => {
  test("are the columns a share is taken of as well as those the conditions ask for", () => {
    const { outputs } = explain({
      pack: "furniture-north",
      categoryOverride: "产品质量类",
      repairCost: "1234.57",
      factoryShare: "60%",
    });
    expect(outputs.find(({ output }) => output === "factoryCost")!.grounds[0]).toMatchObject({
      inputs: [
        { header: "返修费用", value: "1234.57" },
        { header: "工厂责任比例", value: "60%" },
      ],
    });
  });

  test("of 提示 and 下一步 are the rules that spoke", () => {
    const { outputs } = explain({ pack: "furniture-north", channel: "传真" });
    const rules = outputs
      .find(({ output }) => output === "nextStep")!
      .grounds.flatMap((ground) => (ground.kind === "rule" ? [ground.rule] : []));
    expect(rules).toContain("written-complaint-is-called");
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
    const opinion = limits.find(({ stage }) => stage === "investigate")!;
    expect(opinion.days[0]).toMatchObject({ date: "2026-02-13", role: "start" });
    expect(opinion.days[1]).toMatchObject({ date: "2026-02-14", kind: "makeup-day", role: "counted", number: 1 });
    expect(
      opinion.days
        .filter(({ kind }) => kind === "holiday")
        .every(({ role, name }) => role === "skipped" && name === "春节"),
    ).toBe(true);
    expect(opinion.days.at(-1)).toMatchObject({ role: "counted", number: 2 });
    expect(opinion.due.startsWith(opinion.days.at(-1)!.date)).toBe(true);
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
