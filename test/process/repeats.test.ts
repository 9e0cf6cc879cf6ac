import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RawRow } from "../../src/domain/complaint.js";
import { parseIso, toSerial } from "../../src/domain/wall-time.js";
import { judge } from "./process-rows.js";

type Cells = RawRow["cells"];

const FIRST: Cells = {
  id: "A1",
  receivedAt: "2026-03-02T09:00",
  customer: "甲公司",
  phone: "138-0013-8000",
  product: "衣柜",
  description: "柜门装上去关不严，缝隙能塞进手指",
};
const AGAIN: Cells = {
  ...FIRST,
  id: "A2",
  receivedAt: "2026-03-20T09:00",
  phone: "+86 13800138000",
  description: "柜门还是关不严，缝隙能塞进手指，没人来",
};

function proposals(rows: readonly Cells[], repeatDays?: number): string[] {
  const { messages } = judge(rows, repeatDays === undefined ? {} : { settings: { repeatDays } }).outcome;
  return messages.filter(({ cause }) => cause === "repeat.proposed").map(({ row, text }) => `${row} ${text}`);
}

describe("a complaint over again", () => {
  test("is proposed with the earlier number and what agrees, however the phone is written", () => {
    expect(proposals([FIRST, AGAIN])).toEqual([
      "3 可能是投诉A1的重复投诉（客户名称、联系电话、产品名称、投诉内容相同，相隔18天）：是的话在“重复投诉”填“是”（转到本单一并办理的，再在“原投诉编号”填A1），不是则填“否”",
    ]);
  });

  test.each<[string, Cells]>([
    ["another product", { product: "床" }],
    ["another order", { orderNo: "D2" }],
    ["another phone", { phone: "13900139000" }],
    ["another matter", { description: "送货晚了四天，电话打不通" }],
    ["too late", { receivedAt: "2026-07-20T09:00" }],
    ["no customer", { customer: "匿名", phone: null }],
    ["a number with digits hidden", { customer: "匿名", phone: "138****8000" }],
    ["a surname with a title only", { customer: "王女士", phone: null }],
    ["a person has said no", { repeated: "否" }],
    ["a person has said yes", { repeated: "是" }],
    ["a person has named the earlier one", { followsId: "A1" }],
  ])("is not proposed: %s", (_, change) => {
    const first = {
      ...FIRST,
      ...("customer" in change ? change : {}),
      ...("orderNo" in change ? { orderNo: "D1" } : {}),
    };
    expect(proposals([first, { ...AGAIN, ...change }])).toEqual([]);
  });

  test("of which the earlier came in most lately is named", () => {
    const between = { ...AGAIN, id: "A3", receivedAt: "2026-03-10T09:00" };
    expect(proposals([FIRST, AGAIN, between]).map((text) => /^\d+ 可能是投诉(\w+)/.exec(text)![1])).toEqual([
      "A3",
      "A1",
    ]);
  });

  test("is looked for within the days that 设置 names, and not at all for 0", () => {
    expect(proposals([FIRST, AGAIN], 18)).toHaveLength(1);
    expect(proposals([FIRST, AGAIN], 17)).toEqual([]);
    expect(proposals([FIRST, AGAIN], 0)).toEqual([]);
  });

  test("feeds the clauses on repeated complaints only once a person has said so", () => {
    const pack = { pack: "dealer-group" };
    const level = (more: Cells): unknown =>
      judge([
        { ...FIRST, ...pack },
        { ...AGAIN, ...pack, ...more },
      ]).outcome.rows[1]!.outputs.level;
    expect(level({ repeated: "是" })).toBe("重大");
    expect(level({})).not.toBe("重大");
  });

  test("does not depend on the order of the rows", () => {
    const pick = fc.constantFrom;
    const row = fc.record({
      receivedAt: fc
        .integer({ min: 0, max: 40 })
        .map((hours) => toSerial((parseIso("2026-03-01T08:00")! + hours * 3600 * 12) as never)),
      customer: pick("甲公司", "乙公司", "王女士"),
      phone: pick("13800138000", "13900139000", null),
      orderNo: pick("D1", "D2", null),
      product: pick("衣柜", null),
      description: pick(
        "柜门装上去关不严，缝隙能塞进手指",
        "柜门还是关不严，缝隙能塞进手指",
        "送货晚了四天，电话打不通",
      ),
    });
    const told = (rows: readonly Cells[]): string[] => {
      const { messages } = judge(rows).outcome;
      return messages
        .filter(({ cause }) => cause === "repeat.proposed")
        .map(({ row: at, text }) => `${JSON.stringify(rows[at! - 2]!.id)} ${text}`)
        .sort();
    };
    const shuffled = fc
      .array(row, { minLength: 2, maxLength: 14 })
      .map((rows) => rows.map((cells, i): Cells => ({ ...cells, id: `N${i}` })))
      .chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })));
    fc.assert(
      fc.property(shuffled, ([rows, others]) => {
        expect(told(others)).toEqual(told(rows));
      }),
      { numRuns: 60 },
    );
  });
});
