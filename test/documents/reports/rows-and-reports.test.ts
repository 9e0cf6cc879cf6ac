import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePeriod } from "../../../src/documents/reports/period.js";
import { periodFigures } from "../../../src/documents/reports/figures.js";
import type { ReportCase } from "../../../src/documents/reports/report-case.js";
import { isoTime } from "../../../src/domain/wall-time.js";
import type { RawRow } from "../../../src/domain/complaint.js";
import { readRow } from "../../../src/process/read-row.js";
import { inputOf, judge } from "../../process/process-rows.js";

/**
 * Reports say what the rows say: random ledgers are judged by real packs, and the figures of a month are counted again
 * from nothing but what stands on the judged rows, as a clerk would who reads 当前状态 and 结案期限.
 */

const MONTH = parsePeriod("month", "2026-03")!;
const NOW = "2026-04-02T18:00";
const ENDED: readonly unknown[] = ["已结案", "逾期结案", "待回访", "回访逾期", "待反馈", "反馈逾期"];
const REJECTED: readonly unknown[] = ["不成立", "已转新单"];
const NOT_WAITED_FOR: readonly unknown[] = [...REJECTED, "暂缓关闭", "数据有误", "待确认", "待核定"];

const day = fc.integer({ min: 1, max: 31 }).map((n) => `2026-03-${String(n).padStart(2, "0")}`);
const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(one, { nil: undefined });
const PACKS = [
  { pack: "general", description: "机器坏了" },
  { pack: "franchise-retail", description: "水杯漏水" },
  { pack: "factory-claims", description: "尺寸超差，装不上" },
  { pack: "auto-service", description: "保养等待时间过长", levelOverride: "一般" },
] as const;
const row = fc
  .record({
    kind: fc.constantFrom(...PACKS),
    received: day,
    closed: maybe(fc.tuple(day, fc.constantFrom("08:00", "23:59:59"))),
    upheld: maybe(fc.constantFrom("是", "否")),
    deferred: maybe(fc.constant("是")),
    measures: fc.constantFrom("加强培训", "3月20日前换成304不锈钢，首件检验", undefined),
  })
  .map(({ kind, received, closed, upheld, deferred, measures }): RawRow["cells"] => {
    const cells = {
      ...kind,
      receivedAt: `${received}T08:00`,
      closeAt: closed === undefined || closed[0] < received ? null : `${closed[0]}T${closed[1]}`,
      upheld: upheld ?? null,
      deferred: deferred ?? null,
      correctiveAction: measures ?? null,
      rootCause: "料号登记错误，3月5日班次混料",
    };
    return cells;
  });

test("closed, in time, late and due of a month are what the judged rows say", () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 25 }), (cells) => {
      const input = inputOf(cells, { now: NOW });
      const { outcome } = judge(cells, { now: NOW });
      const cases = outcome.rows.map((judged, i): ReportCase => ({
        row: judged.row,
        id: judged.id ?? "",
        name: judged.id ?? "",
        packId: judged.packId,
        inputs: readRow(input.rows[i]!, input.place, "zh").inputs,
        outputs: judged.outputs,
        closing: judged.closing,
      }));
      const wanted = { received: 0, ended: 0, onTime: 0, late: 0, withoutLimit: 0, due: 0, dueKept: 0, openAtEnd: 0 };
      for (const { inputs, outputs } of cases) {
        const status = outputs.status;
        const closedAt = inputs.closeAt === undefined ? "" : isoTime(inputs.closeAt);
        const due = outputs.closeDue === undefined ? "" : isoTime(outputs.closeDue);
        const rejected = REJECTED.includes(status);
        const closes = closedAt !== "" && (ENDED.includes(status) || rejected);
        wanted.received++;
        if (!closes && !rejected) wanted.openAtEnd++;
        if (closes || rejected) {
          wanted.ended++;
          if (!closes || due === "") wanted.withoutLimit++;
          else if (closedAt <= due) wanted.onTime++;
          else wanted.late++;
        }
        if (!due.startsWith("2026-03")) continue;
        if (closes) {
          wanted.due++;
          if (closedAt <= due) wanted.dueKept++;
        } else if (!NOT_WAITED_FOR.includes(status)) wanted.due++;
      }
      const figures = periodFigures(
        { cases, penalties: outcome.penalties, deductions: outcome.deductions, now: input.now },
        MONTH,
      );
      expect(figures).toMatchObject(wanted);
    }),
    { numRuns: 60 },
  );
});
