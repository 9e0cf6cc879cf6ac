import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Person } from "../../src/domain/complaint.js";
import { fen, percentOf, sumOf, type Fen } from "../../src/domain/money.js";
import { deductions, type DeductionContext } from "../../src/process/deductions.js";
import type { DuePenalty, PackCap } from "../../src/process/due-penalty.js";
import type { PenaltyType } from "../../src/rules/events/kinds.js";
import { STATUTES } from "../packs-folder.js";

const LOSS_CAP: PackCap = { key: "p/half/50", covers: ["绩效核减"], rate: 50, clause: "甲 第一条" };
const ALL_CAP: PackCap = { key: "p/all/100", covers: ["绩效核减", "行政处分"], rate: 100, clause: "甲 第二条" };

function due(
  month: string,
  type: PenaltyType,
  yuan: number,
  caps: readonly PackCap[] = [LOSS_CAP, ALL_CAP],
  subject = "张三",
): DuePenalty {
  return {
    caps,
    penalty: {
      row: 2,
      complaintId: "1",
      packId: "p",
      month,
      state: "确定",
      settledOn: undefined,
      employeeNo: undefined,
      ownMonthOnly: false,
      subjectType: "个人",
      subject,
      department: "生产部",
      type,
      reason: "事由",
      formula: "",
      amount: fen(Math.round(yuan * 100)),
      sanction: undefined,
      basis: "",
      rule: "r",
      packVersion: "p 1.0.0",
    },
  };
}

function context(person: Partial<Person> | undefined, rest: Partial<DeductionContext> = {}): DeductionContext {
  return {
    people: new Map(person ? [["张三", { name: "张三", department: "生产部", ...person }]] : []),
    minimumWage: undefined,
    region: undefined,
    statutes: STATUTES,
    untilMonth: "2026-06",
    language: "zh",
    ...rest,
  };
}

const yuan = (amount: number): Fen => fen(Math.round(amount * 100));
const RICH = { monthlyBonus: yuan(2000), monthlyWage: yuan(20_000) };

describe("carry-over", () => {
  test("a loss above half of the bonus is taken over the following months until it is paid off", () => {
    const months = deductions([due("2026-03", "绩效核减", 2300)], context(RICH, { minimumWage: yuan(2000) }));
    expect(
      months.map((m) => [
        m.month,
        m.carriedIn / 100,
        m.added / 100,
        m.ceiling! / 100,
        m.deducted / 100,
        m.carriedOut / 100,
      ]),
    ).toEqual([
      ["2026-03", 0, 2300, 1000, 1000, 1300],
      ["2026-04", 1300, 0, 1000, 1000, 300],
      ["2026-05", 300, 0, 1000, 300, 0],
    ]);
    expect(months[0]!.ceilingBasis).toBe("月绩效奖金50%（甲 第一条）1000.00");
  });

  test("a sanction is not under the cap on losses, but both together never exceed the bonus", () => {
    const [first, second] = deductions(
      [due("2026-03", "绩效核减", 1500), due("2026-03", "行政处分", 1200)],
      context(RICH, { minimumWage: yuan(2000) }),
    );
    expect([first!.deducted / 100, first!.carriedOut / 100]).toEqual([2000, 700]);
    expect(first!.ceiling).toBe(first!.deducted);
    expect([second!.deducted / 100, second!.carriedOut / 100]).toEqual([700, 0]);
  });

  test("months up to now are worked out, none beyond", () => {
    const months = deductions([due("2026-03", "绩效核减", 99_999)], context(RICH, { untilMonth: "2026-04" }));
    expect(months.map((m) => m.month)).toEqual(["2026-03", "2026-04"]);
  });
});

describe("legal ceilings", () => {
  test("compensation of a loss takes at most 20 % of the wage", () => {
    const [month] = deductions(
      [due("2026-03", "损失赔偿", 5000, [])],
      context({ monthlyWage: yuan(6000) }, { minimumWage: yuan(2490) }),
    );
    expect([month!.deducted / 100, month!.ceilingBasis]).toEqual([
      1200,
      "月工资20%（工资支付暂行规定第十六条）1200.00",
    ]);
  });

  test("what is left of the wage is never below the local minimum wage, whatever the kind", () => {
    const [month] = deductions(
      [due("2026-03", "绩效核减", 900)],
      context({ monthlyBonus: yuan(2000), monthlyWage: yuan(2600) }, { minimumWage: yuan(2490) }),
    );
    expect([month!.ceiling! / 100, month!.deducted / 100, month!.carriedOut / 100]).toEqual([110, 110, 790]);
    expect(month!.ceilingBasis).toBe("月工资2600.00－当地最低工资2490.00＝110.00");
  });

  test("a wage below the minimum wage leaves nothing to take", () => {
    const [month] = deductions(
      [due("2026-03", "罚款", 50, [])],
      context({ monthlyWage: yuan(2000) }, { minimumWage: yuan(2490) }),
    );
    expect([month!.ceiling, month!.deducted, month!.carriedOut]).toEqual([0, 0, 5000]);
  });

  test("Shenzhen limits everything together to 30 % of the wage", () => {
    const [month] = deductions(
      [due("2026-03", "罚款", 5000, [])],
      context({ monthlyWage: yuan(10_000) }, { minimumWage: yuan(2520), region: "深圳市" }),
    );
    expect(month!.deducted / 100).toBe(3000);
    expect(month!.ceilingBasis).toContain("深圳经济特区和谐劳动关系促进条例");
  });

  test("Guangdong asks for written notice before a loss is deducted; Shenzhen's own rule goes before it", () => {
    const of = (region: string): string =>
      deductions(
        [due("2026-03", "损失赔偿", 10, [])],
        context(RICH, { minimumWage: yuan(1), region }),
      )[0]!.messages.join();
    expect(of("广东省佛山市")).toContain("书面告知");
    expect(of("广东深圳")).not.toContain("书面告知");
    expect(of("江苏")).not.toContain("书面告知");
  });

  test("fines carry the warning that they have no legal basis, other kinds don't", () => {
    const of = (type: PenaltyType): string =>
      deductions([due("2026-03", type, 10, [])], context(RICH, { minimumWage: yuan(1) }))[0]!.messages.join();
    expect(of("罚款")).toContain("2008年废止");
    expect(of("绩效核减")).not.toContain("2008");
  });
});

describe("missing inputs", () => {
  test.each([
    ["bonus", { monthlyWage: yuan(9000) }, { minimumWage: yuan(2490) }, "缺“张三”的月绩效奖金"],
    ["wage", { monthlyBonus: yuan(2000) }, { minimumWage: yuan(2490) }, "缺“张三”的月工资"],
    ["minimum wage", RICH, {}, "缺“当地最低工资”"],
  ] as const)("without the %s its ceiling is not applied and a message says so", (_, person, rest, message) => {
    const [month] = deductions([due("2026-03", "绩效核减", 100)], context(person, rest));
    expect(month!.deducted).toBe(10_000);
    expect(month!.messages.join()).toContain(message);
  });

  test("a person who is not in 人员 is deducted in full, and pointed out", () => {
    const [month] = deductions([due("2026-03", "绩效核减", 100)], context(undefined));
    expect([month!.deducted, month!.ceiling]).toEqual([10_000, undefined]);
    expect(month!.messages.join()).toContain("“张三”不在“人员”表中");
  });
});

test("penalties of departments are not deducted from anybody", () => {
  const penalty = due("2026-03", "罚款", 100);
  expect(deductions([{ ...penalty, penalty: { ...penalty.penalty, subjectType: "部门" } }], context(RICH))).toEqual([]);
});

describe("over random years", () => {
  const month = fc.integer({ min: 1, max: 12 }).map((n) => `2026-${String(n).padStart(2, "0")}`);
  const type = fc.constantFrom<PenaltyType>("损失赔偿", "绩效核减", "罚款", "行政处分");
  const penalty = fc
    .tuple(month, type, fc.integer({ min: 1, max: 900_000 }), fc.constantFrom("张三", "李四"))
    .map(([m, t, amount, name]) => due(m, t, amount / 100, [LOSS_CAP, ALL_CAP], name));
  const person = fc.record({
    monthlyBonus: fc.option(fc.integer({ min: 0, max: 500_000 }), { nil: undefined }),
    monthlyWage: fc.option(fc.integer({ min: 0, max: 2_000_000 }), { nil: undefined }),
  });
  const arbitrary = fc.tuple(
    fc.array(penalty, { maxLength: 25 }),
    person,
    fc.option(fc.integer({ min: 0, max: 300_000 }), { nil: undefined }),
    fc.constantFrom(undefined, "深圳", "广州"),
  );

  test("Σ penalties = Σ deducted + what the last month carries out, and each month follows the one before", () => {
    fc.assert(
      fc.property(arbitrary, ([penalties, p, minimum, region]) => {
        const person = Object.fromEntries(Object.entries(p).filter(([, v]) => v !== undefined)) as Partial<Person>;
        const months = deductions(
          penalties,
          context(person, { minimumWage: minimum as Fen | undefined, region, untilMonth: "2027-12" }),
        );
        for (const name of ["张三", "李四"]) {
          const own = months.filter((m) => m.person === name);
          const total = sumOf(penalties.filter((d) => d.penalty.subject === name).map((d) => d.penalty.amount));
          expect(sumOf(own.map((m) => m.added))).toBe(total);
          expect(sumOf(own.map((m) => m.deducted)) + (own.at(-1)?.carriedOut ?? 0)).toBe(total);
          own.forEach((m, i) => {
            expect(m.carriedIn + m.added).toBe(m.deducted + m.carriedOut);
            expect(m.deducted).toBeGreaterThanOrEqual(0);
            if (i > 0) expect(m.carriedIn).toBe(own[i - 1]!.carriedOut);
            if (m.carriedOut > 0) expect(m.ceiling).toBe(m.deducted);
            if (m.ceiling !== undefined) expect(m.deducted).toBeLessThanOrEqual(m.ceiling);
          });
        }
      }),
      { numRuns: 500 },
    );
  });

  test("no month goes over the minimum wage, the region's share or, for losses alone, 20 % of the wage", () => {
    fc.assert(
      fc.property(arbitrary, ([penalties, p, minimum, region]) => {
        if (p.monthlyWage === undefined) return;
        const person = {
          monthlyWage: p.monthlyWage as Fen,
          ...(p.monthlyBonus === undefined ? {} : { monthlyBonus: p.monthlyBonus as Fen }),
        };
        const own = penalties.filter((d) => d.penalty.subject === "张三");
        const months = deductions(own, context(person, { minimumWage: minimum as Fen | undefined, region }));
        const onlyLosses = own.every((d) => d.penalty.type === "损失赔偿");
        for (const m of months) {
          if (minimum !== undefined) expect(m.deducted).toBeLessThanOrEqual(Math.max(0, p.monthlyWage - minimum));
          if (region === "深圳") expect(m.deducted).toBeLessThanOrEqual(percentOf(person.monthlyWage, 30));
          if (onlyLosses) expect(m.deducted).toBeLessThanOrEqual(percentOf(person.monthlyWage, 20));
        }
      }),
      { numRuns: 300 },
    );
  });
});
