import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fen } from "../../../src/domain/money.js";
import {
  addSeconds,
  dayOf,
  isoDate,
  startOfDay,
  wallTime,
  type Day,
  type WallTime,
} from "../../../src/domain/wall-time.js";
import { receivedIn } from "../../../src/documents/reports/counts.js";
import {
  penaltiesIn,
  proposalsIn,
  periodFigures,
  reportFigures,
  type ReportSource,
} from "../../../src/documents/reports/figures.js";
import { crossTable, tallies, topTallies } from "../../../src/documents/reports/tallies.js";
import { closedOnTimeRate, onTimeRate } from "../../../src/documents/reports/rates.js";
import { parsePeriod, periodHolding, shifted, yearBefore, type Period } from "../../../src/documents/reports/period.js";
import type { ReportCase } from "../../../src/documents/reports/report-case.js";
import type { Penalty } from "../../../src/process/outcome.js";

const MARCH = parsePeriod("month", "2026-03")!;
const NOW = wallTime(2026, 3, 31, 18);

const time = fc
  .integer({ min: 0, max: 200 * 24 * 60 })
  .map((minutes) => addSeconds(startOfDay(dayOf(2025, 12, 1)), minutes * 60));
const label = fc.option(fc.constantFrom("甲", "乙", "丙", "丁"), { nil: undefined });

const reportCase: fc.Arbitrary<ReportCase> = fc
  .record({
    receivedAt: fc.option(time, { nil: undefined, freq: 10 }),
    closeAt: fc.option(time, { nil: undefined }),
    closeDue: fc.option(time, { nil: undefined }),
    status: fc.constantFrom("处理中", "已结案", "逾期结案", "不成立", "已逾期", "已转新单", "数据有误"),
    category: label,
    department: label,
    upheld: fc.option(fc.boolean(), { nil: undefined }),
    compensation: fc.option(fc.nat(100_000).map(fen), { nil: undefined }),
    kept: fc.option(fc.boolean(), { nil: undefined }),
  })
  .map(({ receivedAt, closeAt, upheld, kept, ...outputs }) => ({
    row: 2,
    id: "1",
    name: "1",
    packId: "general",
    inputs: defined({ receivedAt, closeAt, upheld }),
    outputs: defined(outputs),
    closing: {
      endedAt: receivedAt === undefined || closeAt === undefined ? undefined : later(receivedAt, closeAt),
      closed: receivedAt !== undefined && closeAt !== undefined,
      due: outputs.closeDue,
      kept: outputs.closeDue === undefined ? undefined : kept,
    },
  }));

function later(a: WallTime, b: WallTime): WallTime {
  return a > b ? a : b;
}

/** Without the keys that have no value. */
function defined<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined)) as never;
}

const period = fc
  .tuple(fc.constantFrom("month" as const, "week" as const, "half" as const), fc.integer({ min: 0, max: 250 }))
  .map(([kind, days]) => periodHolding(kind, (dayOf(2025, 11, 1) + days) as never));

const sourceOf = (cases: readonly ReportCase[]): ReportSource => ({ cases, penalties: [], deductions: [], now: NOW });
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

describe("figures of a period", () => {
  test("what came in and what stood open is what was closed and what stays open", () => {
    fc.assert(
      fc.property(fc.array(reportCase), period, (cases, p) => {
        const f = periodFigures(sourceOf(cases), p);
        expect(f.openAtStart + f.received).toBe(f.ended + f.openAtEnd);
        expect(f.onTime + f.late + f.withoutLimit).toBe(f.ended);
        expect(f.dueKept).toBeLessThanOrEqual(f.due);
        expect(f.upheld + f.notUpheld + f.undecided).toBe(f.received);
        expect(periodFigures(sourceOf(cases), shifted(p, 1)).openAtStart).toBe(f.openAtEnd);
      }),
    );
  });

  test("every breakdown adds up to its total, also when its tail is folded", () => {
    fc.assert(
      fc.property(fc.array(reportCase), period, fc.nat(4), (cases, p, most) => {
        const total = periodFigures(sourceOf(cases), p);
        const { top, rest, blank } = topTallies(
          tallies(cases, p, (c) => c.outputs.category),
          most,
        );
        expect(top.length).toBeLessThanOrEqual(most);
        const lines = [...top, ...(rest ? [rest] : []), ...(blank ? [blank] : [])];
        for (const key of ["received", "ended", "openAtStart", "openAtEnd", "onTime", "late", "withoutLimit"] as const)
          expect(sum(lines.map((line) => line[key])), key).toBe(total[key]);
      }),
    );
  });

  test("a cross table adds up to what was received, by rows and by columns", () => {
    fc.assert(
      fc.property(fc.array(reportCase), period, (cases, p) => {
        const received = receivedIn(cases, p);
        const cross = crossTable(
          received,
          (c) => c.outputs.category,
          (c) => c.outputs.department,
        );
        expect(cross.total).toBe(received.length);
        expect(sum(cross.rowTotals)).toBe(cross.total);
        expect(sum(cross.columnTotals)).toBe(cross.total);
        cross.counts.forEach((line, i) => {
          expect(sum(line)).toBe(cross.rowTotals[i]);
        });
        cross.columnTotals.forEach((total, i) => {
          expect(sum(cross.counts.map((line) => line[i]!))).toBe(total);
        });
      }),
    );
  });

  test("the trend ends with the period itself", () => {
    fc.assert(
      fc.property(fc.array(reportCase), period, (cases, p) => {
        const { trend, total } = reportFigures(sourceOf(cases), p);
        expect(trend.at(-1)).toMatchObject({ received: total.received, ended: total.ended, late: total.late });
      }),
      { numRuns: 30 },
    );
  });
});

const at = (day: number, hour = 9): WallTime => wallTime(2026, 3, day, hour);
const closed = (from: WallTime, to: WallTime, due?: WallTime): ReportCase => ({
  row: 2,
  id: "1",
  name: "1",
  packId: "general",
  inputs: { receivedAt: from, closeAt: to },
  outputs: { status: "已结案", ...(due === undefined ? {} : { closeDue: due }) },
  closing: { endedAt: to, closed: true, due, kept: due === undefined ? undefined : to <= due },
});

const open = (from: WallTime, due?: WallTime, overdue = false): ReportCase => ({
  row: 2,
  id: "1",
  name: "1",
  packId: "general",
  inputs: { receivedAt: from },
  outputs: { status: overdue ? "已逾期" : "处理中" },
  closing: { endedAt: undefined, closed: false, due, kept: overdue ? false : undefined },
});

describe("handling time and limits", () => {
  test("the 90th percentile is the nearest rank, the average is over calendar hours", () => {
    const cases = Array.from({ length: 10 }, (_, i) => closed(at(1, 0), addSeconds(at(1, 0), (i + 1) * 3600)));
    const f = periodFigures(sourceOf(cases), MARCH);
    expect(f.p90Hours).toBe(9);
    expect(f.averageHours).toBe(5.5);
    expect(periodFigures(sourceOf([]), MARCH).p90Hours).toBeUndefined();
  });
  test("closed in the very second of the limit is on time, a second later is late", () => {
    const due = at(5, 18);
    const f = periodFigures(sourceOf([closed(at(1), due, due), closed(at(1), addSeconds(due, 1), due)]), MARCH);
    expect([f.onTime, f.late, f.withoutLimit]).toEqual([1, 1, 0]);
  });
  test("the rate of kept limits is over what was due in the period, open cases past it included, those not due yet left out", () => {
    const cases = [
      closed(at(1), at(4), at(5)),
      closed(at(1), at(6), at(5)),
      open(at(1), at(9), true),
      open(at(1), at(30)),
      // Closed in April, due in March.
      closed(at(1), wallTime(2026, 4, 2), at(28)),
      // Due in April, closed in March.
      closed(at(1), at(29), wallTime(2026, 4, 3)),
      closed(at(1), at(7)),
    ];
    const f = periodFigures(sourceOf(cases), MARCH);
    expect([f.due, f.dueKept]).toEqual([4, 1]);
    expect([f.onTime, f.late, f.withoutLimit]).toEqual([2, 1, 1]);
    expect([onTimeRate(f), closedOnTimeRate(f)]).toEqual([1 / 4, 2 / 3]);
  });
  test("what was judged decides, not 结案时间 beside 结案期限: a closing that does not count is none", () => {
    const notCounted: ReportCase = { ...closed(at(1), at(4), at(5)), closing: open(at(1), at(5), true).closing };
    const f = periodFigures(sourceOf([notCounted]), MARCH);
    expect([f.ended, f.openAtEnd, f.onTime, f.due, f.dueKept]).toEqual([0, 1, 0, 1, 0]);
    expect(f.averageHours).toBeUndefined();
  });
  test("the last second of a month belongs to it, the next to the following one", () => {
    const last = wallTime(2026, 3, 31, 23, 59, 59);
    const f = periodFigures(sourceOf([closed(at(1), last), closed(at(1), addSeconds(last, 1))]), MARCH);
    expect([f.received, f.ended, f.openAtEnd]).toEqual([2, 1, 1]);
  });
});

describe("penalties of a period", () => {
  const penalty = (row: number, month: string, settledOn?: Day, state: Penalty["state"] = "确定"): Penalty => ({
    row,
    complaintId: String(row),
    packId: "general",
    month,
    state,
    settledOn,
    employeeNo: undefined,
    ownMonthOnly: false,
    subjectType: "个人",
    subject: "张三",
    department: undefined,
    type: "绩效核减",
    reason: "x",
    formula: "",
    amount: fen(100),
    sanction: undefined,
    basis: "",
    rule: "",
    packVersion: "",
  });
  const source: ReportSource = {
    cases: [
      { ...closed(at(3), at(10)), row: 2 },
      { ...closed(at(3), at(17)), row: 3 },
      { ...open(at(1), at(5), true), row: 4, id: "4" },
      { ...open(at(2), at(5), true), row: 5, id: "5" },
    ],
    deductions: [],
    penalties: [
      penalty(2, "2026-03", dayOf(2026, 3, 10)),
      penalty(3, "2026-03", dayOf(2026, 3, 17)),
      // Of a case that is still open: a clause dates it itself.
      penalty(4, "2026-03", dayOf(2026, 3, 6)),
      penalty(5, "2026-03", undefined, "拟定"),
      penalty(6, "2026-03", undefined, "作废"),
    ],
    now: NOW,
  };
  const rows = (p: Period | undefined): number[] => penaltiesIn(source, p!).map(({ row }) => row);
  test("a month has those booked in it", () => {
    expect(rows(MARCH)).toEqual([2, 3, 4]);
    expect(rows(parsePeriod("month", "2026-02"))).toEqual([]);
    expect(rows(parsePeriod("half", "2026H1"))).toEqual([2, 3, 4]);
  });
  test("a week has those settled in it, of open cases too; proposed and void ones stand in no period", () => {
    expect(rows(parsePeriod("week", "2026-W10"))).toEqual([4]);
    expect(rows(parsePeriod("week", "2026-W11"))).toEqual([2]);
    expect(rows(parsePeriod("week", "2026-W12"))).toEqual([3]);
    expect(rows(parsePeriod("week", "2026-W14"))).toEqual([]);
    expect(proposalsIn(source, MARCH).map(({ row }) => row)).toEqual([5]);
    expect(proposalsIn(source, parsePeriod("month", "2026-02")!)).toEqual([]);
  });
});

describe("periods", () => {
  test("ISO weeks at the turn of a year", () => {
    const week = parsePeriod("week", "2026-W53")!;
    expect([isoDate(week.first), isoDate(week.end)]).toEqual(["2026-12-28", "2027-01-04"]);
    expect(isoDate(parsePeriod("week", "2026-W01")!.first)).toBe("2025-12-29");
    expect(parsePeriod("week", "2025-W53")).toBeUndefined();
    expect(yearBefore(week)).toBeUndefined();
    expect(shifted(week, 1).key).toBe("2027-W01");
  });
  test.each(["2026-13", "2026-00", "26-03", "2026-3"])("%s is no month", (key) => {
    expect(parsePeriod("month", key)).toBeUndefined();
  });
  test("shifting there and back, and each day lies in its own period", () => {
    fc.assert(
      fc.property(period, fc.integer({ min: -30, max: 30 }), (p, steps) => {
        expect(shifted(shifted(p, steps), -steps)).toEqual(p);
        expect(shifted(p, 1).first).toBe(p.end);
        expect(parsePeriod(p.kind, p.key)).toEqual(p);
      }),
    );
  });
});
