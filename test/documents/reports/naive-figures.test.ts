import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placePivot, pivotBase, type PivotSpec } from "../../../src/ooxml/pages/pivot-parts.js";
import { detailTable, DETAIL_TABLE } from "../../../src/documents/reports/detail-table.js";
import { reportFigures, type PeriodFigures, type ReportSource } from "../../../src/documents/reports/figures.js";
import { topTallies } from "../../../src/documents/reports/tallies.js";
import { generalReport } from "../../../src/documents/reports/general-report.js";
import { PIVOT_LOOKS } from "../../../src/documents/reports/looks.js";
import { parsePeriod } from "../../../src/documents/reports/period.js";
import type { ReportCase } from "../../../src/documents/reports/report-case.js";
import { reportText } from "../../../src/documents/reports/texts.js";
import { fen } from "../../../src/domain/money.js";
import { addSeconds, dayOf, isoTime, startOfDay, wallTime, type WallTime } from "../../../src/domain/wall-time.js";
import type { Penalty } from "../../../src/process/outcome.js";
import type { PageCell } from "../../../src/ooxml/pages/page.js";

/**
 * The figures of a month counted a second time, as a clerk would with a list and a pencil: by the text of dates, one
 * complaint after the other, with nothing of the program's own counting.
 */

const MONTH = "2026-03";
const NOW = wallTime(2026, 4, 2, 18);
const PRODUCTS = Array.from({ length: 14 }, (_, i) => `产品${i}`);
const OVERDUE: readonly string[] = ["已逾期", "回访逾期", "逾期结案"];
const NAMES = ["张三", "李四", "王五", "赵六"];

/** Minutes from December 2024 to May 2026: the month, the one before and the one a year before get most. */
const time = fc.oneof(
  fc.integer({ min: 0, max: 510 * 24 * 60 }).map((m) => addSeconds(startOfDay(dayOf(2024, 12, 1)), m * 60)),
  fc.integer({ min: 0, max: 62 * 24 * 60 }).map((m) => addSeconds(startOfDay(dayOf(2026, 2, 1)), m * 60)),
  fc.integer({ min: 0, max: 31 * 24 * 60 }).map((m) => addSeconds(startOfDay(dayOf(2025, 3, 1)), m * 60)),
  fc.constantFrom(
    wallTime(2026, 3, 1),
    wallTime(2026, 3, 31, 23, 59, 59),
    wallTime(2026, 4, 1),
    wallTime(2025, 3, 31, 23, 59, 59),
  ),
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

const oneCase = fc.record({
  receivedAt: fc.option(time, { nil: undefined, freq: 20 }),
  closeAt: maybe(time),
  closeDue: maybe(time),
  status: fc.constantFrom("处理中", "已结案", "逾期结案", "不成立", "已逾期", "回访逾期", "已转新单"),
  ended: maybe(time),
  closed: fc.boolean(),
  kept: maybe(fc.boolean()),
  due: maybe(time),
  category: maybe(fc.constantFrom("产品质量", "服务态度", "交期")),
  department: maybe(fc.constantFrom("生产部", "业务部", "储运部", "客服部")),
  level: maybe(fc.constantFrom("一般", "重大")),
  channel: maybe(fc.constantFrom("电话", "现场")),
  product: maybe(fc.constantFrom(...PRODUCTS)),
  persons: fc.subarray(NAMES),
  upheld: maybe(fc.boolean()),
  repeated: maybe(fc.boolean()),
  compensation: maybe(fc.nat(900_000).map(fen)),
});
const onePenalty = fc.record({
  at: fc.nat(80),
  month: fc.constantFrom("2025-03", "2026-02", MONTH),
  department: fc.boolean(),
  who: fc.nat(NAMES.length - 1),
  state: fc.constantFrom("确定" as const, "确定" as const, "拟定" as const, "作废" as const),
  type: fc.constantFrom("绩效核减" as const, "损失赔偿" as const, "罚款" as const),
  amount: fc.integer({ min: -50_000, max: 900_000 }).map(fen),
});

const ledger = fc
  .record({
    cases: fc.array(oneCase, { maxLength: 80, size: "max" }),
    penalties: fc.array(onePenalty, { maxLength: 30 }),
  })
  .map(({ cases, penalties }): ReportSource => ({
    now: NOW,
    cases: cases.map(
      (
        { receivedAt, closeAt, ended, closed, kept, due, upheld, repeated, channel, product, persons, ...outputs },
        i,
      ): ReportCase => ({
        row: i + 2,
        id: String(i),
        name: String(i),
        packId: "general",
        inputs: defined({
          receivedAt,
          closeAt,
          upheld,
          repeated,
          channel,
          product,
          person: persons.length === 0 ? undefined : persons.map((name) => ({ name })),
        }),
        outputs: { ...defined(outputs), overdue: OVERDUE.includes(outputs.status) },
        closing: {
          endedAt: receivedAt === undefined || ended === undefined || ended < receivedAt ? undefined : ended,
          closed: receivedAt !== undefined && ended !== undefined && ended >= receivedAt && closed,
          due,
          kept: due === undefined ? undefined : kept,
        },
      }),
    ),
    deductions: [],
    penalties: penalties.map(({ at, state, month, department, who, type, amount }): Penalty => ({
      row: at + 2,
      complaintId: String(at),
      packId: "general",
      month,
      state,
      settledOn: undefined,
      employeeNo: undefined,
      ownMonthOnly: false,
      subjectType: department ? "部门" : "个人",
      subject: department ? "生产部" : NAMES[who]!,
      department: undefined,
      type,
      reason: "",
      formula: "",
      amount,
      sanction: undefined,
      basis: "",
      rule: "",
      packVersion: "",
    })),
  }));

function defined<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined)) as never;
}

const monthOf = (time: WallTime | undefined): string => (time === undefined ? "" : isoTime(time).slice(0, 7));

/** When a case came to its end, as text that sorts; blank while it is open. */
function end({ closing: { endedAt } }: ReportCase): string {
  return endedAt === undefined ? "" : isoTime(endedAt);
}

/** 是: in time, 否: late, blank: there was no limit to keep, or it is not decided. */
function inTime({ closing: { kept } }: ReportCase): "是" | "否" | "" {
  return kept === undefined ? "" : kept ? "是" : "否";
}

function counted({ cases, penalties }: ReportSource, month: string): Omit<PeriodFigures, "behind"> {
  const f = {
    received: 0,
    ended: 0,
    openAtStart: 0,
    openAtEnd: 0,
    onTime: 0,
    late: 0,
    withoutLimit: 0,
    due: 0,
    dueKept: 0,
  };
  const more = { upheld: 0, notUpheld: 0, undecided: 0, repeated: 0, penaltyCount: 0, penalties: 0, compensation: 0 };
  const open = { proposedCount: 0, proposed: 0 };
  const hours: number[] = [];
  for (const one of cases) {
    const { receivedAt, upheld, repeated } = one.inputs;
    if (monthOf(one.closing.due) === month && inTime(one) !== "") {
      f.due++;
      if (inTime(one) === "是") f.dueKept++;
    }
    if (receivedAt === undefined) continue;
    const [from, to] = [monthOf(receivedAt), end(one).slice(0, 7)];
    if (from < month && (to === "" || to >= month)) f.openAtStart++;
    if (from <= month && (to === "" || to > month)) f.openAtEnd++;
    if (from === month) {
      f.received++;
      if (upheld === true) more.upheld++;
      else if (upheld === false) more.notUpheld++;
      else more.undecided++;
      if (repeated) more.repeated++;
      more.compensation += one.outputs.compensation ?? 0;
    }
    if (to === month) {
      f.ended++;
      if (inTime(one) === "是") f.onTime++;
      else if (inTime(one) === "否") f.late++;
      else f.withoutLimit++;
      if (one.closing.closed) hours.push((one.closing.endedAt! - receivedAt) / 3600);
    }
  }
  for (const { month: booked, amount, state, row } of penalties) {
    if (state === "确定" && booked === month) {
      more.penaltyCount++;
      more.penalties += amount;
    }
    const receivedAt = cases.find((one) => one.row === row)?.inputs.receivedAt;
    if (state === "拟定" && receivedAt !== undefined && monthOf(receivedAt) === month) {
      open.proposedCount++;
      open.proposed += amount;
    }
  }
  let total = 0;
  for (const h of hours) total += h;
  // The least of them that nine tenths do not exceed.
  const p90 = [...hours].sort((a, b) => a - b).find((h) => hours.filter((x) => x <= h).length * 10 >= hours.length * 9);
  return {
    ...f,
    ...more,
    penalties: fen(more.penalties),
    proposedCount: open.proposedCount,
    proposed: fen(open.proposed),
    compensation: fen(more.compensation),
    averageHours: hours.length === 0 ? undefined : total / hours.length,
    p90Hours: p90,
  };
}

function expectSame({ behind, ...actual }: PeriodFigures, wanted: Omit<PeriodFigures, "behind">): void {
  for (const key of ["received", "ended", "openAtStart", "openAtEnd", "onTime", "late", "due", "repeated"] as const)
    expect(behind[key].length, key).toBe(wanted[key]);
  const { averageHours, ...rest } = actual;
  const { averageHours: average, ...others } = wanted;
  expect(rest).toEqual(others);
  if (average === undefined) expect(averageHours).toBeUndefined();
  else expect(averageHours).toBeCloseTo(average, 6);
}

const period = parsePeriod("month", MONTH)!;

describe("figures counted a second time", () => {
  test("the month, the month before and the same month of last year", () => {
    fc.assert(
      fc.property(ledger, (source) => {
        const { total, before, yearBefore, undated } = reportFigures(source, period);
        expectSame(total, counted(source, "2026-03"));
        expectSame(before, counted(source, "2026-02"));
        expectSame(yearBefore!, counted(source, "2025-03"));
        expect(undated).toBe(source.cases.filter(({ inputs }) => !("receivedAt" in inputs)).length);
      }),
      { numRuns: 300 },
    );
  });

  test("the ten products with most complaints, and the rest", () => {
    fc.assert(
      fc.property(ledger, (source) => {
        const { byProduct, total } = reportFigures(source, period);
        const received = source.cases.filter(({ inputs }) => monthOf(inputs.receivedAt) === MONTH);
        const of = (product: string | undefined): number =>
          received.filter(({ inputs }) => inputs.product === product).length;
        const { top, rest, blank } = topTallies(byProduct, 10);
        expect(top.map(({ received: n }) => n)).toEqual(
          PRODUCTS.map(of)
            .sort((a, b) => b - a)
            .slice(0, top.length),
        );
        for (const { label, received: n } of top) expect(n, label).toBe(of(label));
        expect(blank?.received ?? 0).toBe(of(undefined));
        const shown = top.reduce((sum, { received: n }) => sum + n, 0) + (blank?.received ?? 0);
        expect(rest?.received ?? 0).toBe(total.received - shown);
        expect(top.length).toBeLessThanOrEqual(10);
      }),
      { numRuns: 100 },
    );
  });

  test("by person, by penalty type, by level and channel", () => {
    fc.assert(
      fc.property(ledger, (source) => {
        const { byPerson, penaltyTypes, byLevel, byChannel } = reportFigures(source, period);
        for (const name of NAMES) {
          let [received, late, penaltyCount, sum] = [0, 0, 0, 0];
          for (const one of source.cases) {
            if (!(one.inputs.person ?? []).some((person) => person.name === name)) continue;
            if (monthOf(one.inputs.receivedAt) === MONTH) received++;
            if (end(one).startsWith(MONTH) && inTime(one) === "否") late++;
          }
          for (const { subjectType, subject, month, amount, state } of source.penalties)
            if (state === "确定" && subjectType === "个人" && subject === name && month === MONTH) {
              penaltyCount++;
              sum += amount;
            }
          const line = byPerson.find(({ person }) => person === name);
          const wanted = { person: name, received, late, penaltyCount, penalties: sum };
          if (received + late + penaltyCount > 0) expect(line).toMatchObject(wanted);
          else expect(line).toBeUndefined();
        }
        const inMonth = source.penalties.filter(({ month, state }) => state === "确定" && month === MONTH);
        for (const type of ["绩效核减", "损失赔偿", "罚款"] as const) {
          const own = inMonth.filter((penalty) => penalty.type === type);
          const line = penaltyTypes.find((one) => one.type === type);
          expect(line?.count ?? 0).toBe(own.length);
          expect(line?.amount ?? 0).toBe(own.reduce((sum, { amount }) => sum + amount, 0));
        }
        for (const [list, labels, labelOf] of [
          [byLevel, ["一般", "重大"], (c: ReportCase) => c.outputs.level],
          [byChannel, ["电话", "现场"], (c: ReportCase) => c.inputs.channel],
        ] as const)
          for (const label of labels) {
            const own = source.cases.filter((c) => labelOf(c) === label);
            const wanted = counted({ ...source, cases: own }, MONTH);
            const line = list.find((one) => one.label === label);
            for (const key of ["received", "ended", "openAtEnd", "onTime", "late"] as const)
              expect(line?.[key] ?? 0, `${label} ${key}`).toBe(wanted[key]);
          }
      }),
      { numRuns: 100 },
    );
  });

  test("the overdue list, oldest first", () => {
    fc.assert(
      fc.property(ledger, (source) => {
        const wanted = source.cases
          .filter(({ outputs: { status } }) => status === "已逾期" || status === "回访逾期")
          .filter(({ inputs: { receivedAt } }) => receivedAt !== undefined && monthOf(receivedAt) <= MONTH)
          .map(({ id, row, inputs }) => [isoTime(inputs.receivedAt!), String(row).padStart(5, "0"), id] as const)
          .sort((a, b) => (a.join() < b.join() ? -1 : 1))
          .map(([, , id]) => id);
        expect(reportFigures(source, period).overdue.map(({ id }) => id)).toEqual(wanted);
      }),
      { numRuns: 100 },
    );
  });

  test("what is printed of comparisons is the difference of the figures beside it", () => {
    const t = reportText("zh");
    fc.assert(
      fc.property(ledger, (source) => {
        const { sheet } = generalReport(source, { t, organisation: undefined, period, now: NOW });
        const table = sheet.blocks.find((block) => block.kind === "table" && block.title === t("comparison"))!;
        if (table.kind !== "table") throw new Error();
        const [now, before, last] = ["2026-03", "2026-02", "2025-03"].map((month) => counted(source, month));
        const line = table.rows.find(([label]) => label === t("received"))!;
        if (line[2] !== "—") {
          expect(line.slice(1, 3)).toEqual([String(now!.received), String(before!.received)]);
          expect(Number(String(line[3]).replace("−", "-").replace("±", "").replace(/（.*$/, ""))).toBe(
            now!.received - before!.received,
          );
        }
        if (line[4] !== "—") expect(line[4]).toBe(String(last!.received));
      }),
      { numRuns: 100 },
    );
  });
});

describe("pivot tables beside the figures", () => {
  const t = reportText("zh");
  const spec = (rows: string, columns: string, filter?: PivotSpec["filter"]): PivotSpec => ({
    name: "x",
    rows,
    columns,
    counted: "投诉编号",
    at: { row: 1, column: 1 },
    texts: { count: "件数", total: "合计", blank: "(空白)" },
    ...(filter ? { filter } : {}),
  });

  test("count what the figures say, line by line", () => {
    fc.assert(
      fc.property(ledger, (source) => {
        const detail = detailTable(source.cases, t);
        const base = pivotBase({
          place: { table: DETAIL_TABLE },
          headers: detail.columns.map(({ header }) => header),
          rowCount: detail.rows.length,
          value: (row, at) => detail.rows[row]![at],
          grouped: ["投诉类别", "当前状态", "责任部门", "受理月份"],
          keepRecords: true,
        });
        const { total, byCategory, byDepartment } = reportFigures(source, period);
        const cellsOf = (made: ReturnType<typeof placePivot>): PageCell["value"][][] =>
          made.rows.map(({ cells }) => cells.map(({ value }) => value));

        const filter = { header: "受理月份", value: MONTH };
        const month = placePivot(base, spec("投诉类别", "当前状态", filter), PIVOT_LOOKS);
        // A filter set to a value that no case has shows everything, as Excel does.
        if (total.received > 0) {
          expect(month.total).toBe(total.received);
          for (const { label, received } of byCategory) {
            const line = cellsOf(month).find(([first]) => first === (label ?? "(空白)"));
            expect(line?.at(-1) ?? 0).toBe(received);
          }
        }
        const all = cellsOf(placePivot(base, spec("责任部门", "受理月份"), PIVOT_LOOKS));
        const at = all[1]!.indexOf(MONTH);
        for (const { label, received } of byDepartment)
          expect(all.find(([first]) => first === (label ?? "(空白)"))?.[at] ?? 0).toBe(received);
        // The records that Excel counts anew are the same rows.
        const records = base.cache.records!;
        expect([...records.matchAll(/<r>/g)]).toHaveLength(source.cases.length);
      }),
      { numRuns: 200 },
    );
  });
});
