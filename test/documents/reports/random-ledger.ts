import fc from "fast-check";
import { expect } from "vitest";
import { analysisSheet } from "../../../src/documents/reports/analysis.js";
import { deductionFigures, periodFigures, type ReportSource } from "../../../src/documents/reports/figures.js";
import { generalReport } from "../../../src/documents/reports/general-report.js";
import { groupValue, packReport } from "../../../src/documents/reports/pack-report.js";
import { parsePeriod, type Period } from "../../../src/documents/reports/period.js";
import type { ReportCase } from "../../../src/documents/reports/report-case.js";
import { splitSource } from "../../../src/documents/reports/split.js";
import { reportText } from "../../../src/documents/reports/texts.js";
import type { Person, RawRow } from "../../../src/domain/complaint.js";
import { fen } from "../../../src/domain/money.js";
import { readRow } from "../../../src/process/read-row.js";
import { inputOf, judge } from "../../process/process-rows.js";
import { deductionsOf, expectLeads, expectMissed, recountAnalysis, recountGeneral, recountPack } from "./recount.js";

/** Random ledgers over all packs, judged as ever, and every report on them counted again. */

export const NOW = "2026-04-02T18:00";
export const PERIODS: readonly Period[] = [
  parsePeriod("month", "2026-03")!,
  parsePeriod("month", "2026-02")!,
  parsePeriod("week", "2026-W10")!,
  parsePeriod("week", "2026-W14")!,
  parsePeriod("half", "2026H1")!,
];

export const PEOPLE: readonly Person[] = ["张三", "李四", "王五", "赵六"].map((name, i) => ({
  name,
  department: i < 2 ? "生产部" : "业务部",
  crew: i < 2 ? "一组" : "二组",
  post: i === 2 ? "销售经理" : "业务员",
  superior: "赵六",
  basePoints: (i + 1) * 10,
  monthlyBonus: fen(100_000 + i * 50_000),
  monthlyWage: fen(600_000),
}));

const TEXTS = [
  "机器坏了，要求维修",
  "店员态度差，骂人",
  "送货晚了三天",
  "柜门开裂",
  "昨晚电梯困人",
  "颜色和照片不一样",
  "保养后空调不制冷",
  "菜里有头发",
  "建议增加颜色",
];
const time = fc.integer({ min: 0, max: 90 * 24 * 4 }).map((quarter) => {
  const at = new Date(Date.UTC(2026, 0, 2) + quarter * 900_000);
  return at.toISOString().slice(0, 16);
});
const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(one, { nil: null });

/** A random row of one of these packs. */
export function row(packs: readonly string[]): fc.Arbitrary<RawRow["cells"]> {
  return fc
    .record({
      pack: fc.constantFrom(...packs),
      receivedAt: time,
      description: fc.constantFrom(...TEXTS),
      handoverAt: maybe(time),
      investigateAt: maybe(time),
      closeAt: maybe(time),
      approveAt: maybe(time),
      firstReplyAt: maybe(time),
      closeRequestedAt: maybe(time),
      upheld: maybe(fc.constantFrom("是", "否")),
      deferred: maybe(fc.constantFrom("是", "否")),
      repeated: maybe(fc.constantFrom("是", "否")),
      channel: maybe(fc.constantFrom("电话", "媒体", "接待", "集团呼叫中心")),
      product: maybe(fc.constantFrom(...Array.from({ length: 13 }, (_, i) => `产品${i}`))),
      person: maybe(fc.constantFrom("张三", "李四", "张三、王五", "陈陌生")),
      crew: maybe(fc.constantFrom("一组", "二组")),
      departmentOverride: maybe(fc.constantFrom("生产部", "业务部")),
      levelOverride: maybe(fc.constantFrom("一般", "中级", "强烈", "重大")),
      loss: maybe(fc.integer({ min: 0, max: 900_000 }).map((n) => n / 100)),
      claim: maybe(fc.integer({ min: 0, max: 9000 })),
      misconduct: maybe(fc.constantFrom("未经审批发文", "瞒报", "建议警告")),
      sanction: maybe(fc.constantFrom("警告", "小过", "大过")),
      cause: maybe(fc.constantFrom("市场政策误解", "织造")),
      tracking: maybe(fc.constantFrom("关注", "监控")),
      satisfaction: maybe(fc.constantFrom("满意", "不满意", "3分")),
      correctiveAction: maybe(fc.constantFrom("加强培训", "3月20日前由张三更换水泵，每日点检")),
      agreedDeliveryAt: maybe(fc.constantFrom("2026-02-10", "2026-03-10")),
      quantity: maybe(fc.constantFrom(100, 1000, 2500)),
      defectiveQuantity: maybe(fc.constantFrom(1, 3, 30)),
      actualReturn: maybe(fc.constantFrom(5, 50)),
      unitPrice: maybe(fc.constantFrom("12.345", "100")),
    })
    .map((cells) => {
      const after = (at: string | null): string | null => (at !== null && at < cells.receivedAt ? null : at);
      return {
        ...cells,
        closeAt: after(cells.closeAt),
        handoverAt: after(cells.handoverAt),
        investigateAt: after(cells.investigateAt),
        approveAt: after(cells.approveAt),
        firstReplyAt: after(cells.firstReplyAt),
        closeRequestedAt: after(cells.closeRequestedAt),
      };
    });
}

export const ALL_PACKS = [...inputOf([]).packs.keys()];

/** Ledgers whose rows are of all packs, and such of one pack, whose own reports then have something to count. */
export const ledgers = fc.oneof(
  fc.array(row(ALL_PACKS), { minLength: 1, maxLength: 40, size: "max" }),
  fc.constantFrom(...ALL_PACKS).chain((pack) => fc.array(row([pack]), { minLength: 1, maxLength: 25, size: "max" })),
);

/** Judges a ledger and holds every figure of every report against a recount; gives how many reports there were. */
export function recountAll(cells: readonly RawRow["cells"][]): number {
  const input = inputOf(cells, { now: NOW, people: PEOPLE });
  const { outcome } = judge(cells, { now: NOW, people: PEOPLE });
  const source: ReportSource = {
    cases: outcome.rows.map((judged, i): ReportCase => ({
      row: judged.row,
      id: judged.id ?? "",
      name: judged.id ?? "",
      packId: judged.packId,
      inputs: readRow(input.rows[i]!, input.place, "zh").inputs,
      outputs: judged.outputs,
      closing: judged.closing,
    })),
    penalties: outcome.penalties,
    deductions: outcome.deductions,
    now: input.now,
  };
  let reports = 0;
  expectMissed(source.cases, input.now);
  for (const period of PERIODS) {
    const frame = { t: reportText("zh"), organisation: undefined, period, now: input.now };
    const general = generalReport(source, frame).sheet;
    recountGeneral(general, source, period);
    expectLeads(general, source.cases);
    const analysis = analysisSheet(source, frame);
    if (analysis) {
      recountAnalysis(analysis, source, period);
      expectLeads(analysis, source.cases);
    }
    expect(deductionFigures(source, period)).toEqual(deductionsOf(source, period));
    reports++;
    for (const { header, reports: own } of input.packs.values())
      for (const report of own) {
        if (report.period !== period.kind) continue;
        const sheet = packReport(header, report, source, { frame, language: "zh", sales: new Map() });
        recountPack(sheet, report, header.id, source, period);
        expectLeads(sheet, source.cases);
        reports++;
      }
  }
  return reports + recountParts(source);
}

/** A report taken apart: each part holds its own rows' figures, and the parts together those of the whole. */
function recountParts(source: ReportSource): number {
  const [period] = PERIODS;
  const by = ["department", "channel"] as const;
  let reports = 0;
  for (const group of by) {
    const parts = splitSource(source, (c) => groupValue(c, group), group === "department" ? group : "other");
    const sum = { received: 0, ended: 0, due: 0, dueKept: 0, penalties: 0, proposed: 0 };
    const keys = Object.keys(sum) as (keyof typeof sum)[];
    for (const part of parts.values()) {
      const frame = { t: reportText("zh"), organisation: undefined, period: period!, now: source.now };
      const { sheet, figures } = generalReport(part, frame);
      recountGeneral(sheet, part, period!);
      const analysis = analysisSheet(part, frame);
      if (analysis) recountAnalysis(analysis, part, period!);
      for (const key of keys) sum[key] += figures.total[key];
      reports++;
    }
    const whole = periodFigures(source, period!);
    expect(sum).toEqual(Object.fromEntries(keys.map((key) => [key, whole[key]])));
  }
  return reports;
}
