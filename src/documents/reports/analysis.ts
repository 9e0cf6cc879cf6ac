import { column } from "../../domain/columns.js";
import type { WallTime } from "../../domain/wall-time.js";
import { STAGE_COLUMNS, timeIn } from "../../process/limits.js";
import { STAGES, type Stage } from "../../rules/facts.js";
import type { BlockValue, ReportSheet, TableBlock } from "./blocks.js";
import { integer, text } from "./breakdowns.js";
import { receivedIn } from "./counts.js";
import { overdueCases, type ReportSource } from "./figures.js";
import { crossTable } from "./tallies.js";
import { framed, periodName, type ReportFrame } from "./frame.js";
import { shifted, type Period } from "./period.js";
import { share } from "./rates.js";
import type { ReportCase } from "./report-case.js";
import { rowsOf, together, type RowsBehind } from "./rows-behind.js";
import type { ReportText } from "./texts.js";

/** What managers decide by: the few causes behind most cases, parts per million, repeats, time by stage, who is behind. */

const LINES = 15;
const MONTHS = 6;
const NUMBERS_LISTED = 6;
/** The causes that together make this share of the cases are the vital few. */
const VITAL_SHARE = 0.8;
const MILLION = 1_000_000;

export interface ParetoLine {
  readonly label: string;
  readonly count: number;
  /** Share of this line and those above it. */
  readonly cumulated: number;
  /** Needed to reach 80 %. */
  readonly vital: boolean;
  readonly behind: RowsBehind;
}

/** Most frequent first; lines that are needed to reach 80 % of what has a label are the vital few. */
export function pareto(cases: readonly ReportCase[], labelOf: (c: ReportCase) => string | undefined): ParetoLine[] {
  const counted = labelled(cases, labelOf).flatMap(([label, behind]) =>
    label === undefined ? [] : [{ label, count: behind.length, behind }],
  );
  const total = counted.reduce((sum, { count }) => sum + count, 0);
  let before = 0;
  return counted.map(({ label, count, behind }) => {
    const vital = before < VITAL_SHARE * total;
    before += count;
    return { label, count, cumulated: before / total, vital, behind };
  });
}

/** The rows of each label, most first, those without one last. */
function labelled(
  cases: readonly ReportCase[],
  labelOf: (c: ReportCase) => string | undefined,
): [label: string | undefined, rows: RowsBehind][] {
  const { rows, behind } = crossTable(cases, labelOf, () => undefined);
  return rows.map((label, i) => [label, together(behind[i]!)]);
}

export interface PartsPerMillion {
  readonly cases: number;
  readonly behind: RowsBehind;
  /** Σ 数量 of the cases that state both numbers. */
  readonly delivered: number;
  readonly defective: number;
  readonly returned: number;
}

/** Delivered, defective and returned pieces of the cases that say how many were delivered. */
export function partsOf(cases: readonly ReportCase[]): PartsPerMillion {
  const stated = cases.filter(({ inputs }) => inputs.quantity !== undefined && inputs.quantity > 0);
  const sum = (of: (c: ReportCase) => number | undefined): number => stated.reduce((all, c) => all + (of(c) ?? 0), 0);
  return {
    cases: stated.length,
    behind: rowsOf(stated),
    delivered: sum(({ inputs }) => inputs.quantity),
    defective: sum(({ inputs }) => inputs.defectiveQuantity),
    returned: sum(({ inputs }) => inputs.actualReturn),
  };
}

export interface StageTime {
  readonly stage: Stage;
  readonly count: number;
  readonly averageHours: number;
  /** Nearest rank. */
  readonly p90Hours: number;
  readonly behind: RowsBehind;
}

/** Calendar hours from 受理时间 to each stage, of the cases received in the period for which it is noted. */
export function stageTimes(cases: readonly ReportCase[]): StageTime[] {
  return STAGES.flatMap((stage) => {
    const taken = cases.flatMap(({ row, inputs }) => {
      const done: WallTime | undefined = timeIn(inputs, STAGE_COLUMNS[stage].done);
      return done === undefined || inputs.receivedAt === undefined || done < inputs.receivedAt
        ? []
        : [{ row, hours: (done - inputs.receivedAt) / 3600 }];
    });
    if (taken.length === 0) return [];
    const hours = taken.map((one) => one.hours).sort((a, b) => a - b);
    const averageHours = hours.reduce((a, b) => a + b, 0) / hours.length;
    const p90Hours = hours[Math.ceil(0.9 * hours.length) - 1]!;
    return [{ stage, count: hours.length, averageHours, p90Hours, behind: rowsOf(taken) }];
  });
}

export interface Behind {
  readonly handler: string | undefined;
  readonly cases: readonly ReportCase[];
}

/** Overdue cases by who has them; a case with several handlers stands with all of them together. */
export function overdueByHandler(cases: readonly ReportCase[], period: Period): Behind[] {
  const groups = new Map<string | undefined, ReportCase[]>();
  for (const one of overdueCases(cases, period)) {
    const handler = one.outputs.handler?.join("、") ?? one.outputs.department;
    groups.set(handler, [...(groups.get(handler) ?? []), one]);
  }
  return [...groups].map(([handler, own]) => ({ handler, cases: own })).sort((a, b) => b.cases.length - a.cases.length);
}

/** The sheet of a month or half; a week is too short for it. */
export function analysisSheet({ cases }: ReportSource, frame: ReportFrame): ReportSheet | undefined {
  const { t, period } = frame;
  if (period.kind === "week") return undefined;
  const received = receivedIn(cases, period);
  return framed(
    frame,
    {
      key: `analysis ${period.key}`,
      name: t("analysis.sheet", { key: period.key }),
      title: t("title", { title: t("analysis.title"), period: periodName(period, t) }),
    },
    [
      paretoBlock(
        t("analysis.causes"),
        column("cause").header,
        pareto(received, ({ inputs }) => inputs.cause),
        received,
        t,
      ),
      paretoBlock(
        t("analysis.categories"),
        t("category"),
        pareto(received, ({ outputs }) => outputs.category),
        received,
        t,
      ),
      partsBlock(t("analysis.parts"), t("product"), byProduct(received), t),
      partsBlock(t("analysis.months"), t("periodColumn"), byMonth(cases, period), t),
      repeatsBlock(received, t),
      stagesBlock(stageTimes(received), t),
      behindBlock(overdueByHandler(cases, period), t),
      {
        kind: "notes",
        title: t("method"),
        lines: [t("method.rows"), t("analysis.method.pareto"), t("analysis.method.parts"), t("analysis.method.stages")],
      },
    ],
  );
}

function paretoBlock(
  title: string,
  header: string,
  lines: readonly ParetoLine[],
  received: readonly ReportCase[],
  t: ReportText,
): TableBlock {
  const total = lines.reduce((sum, { count }) => sum + count, 0);
  const vital = lines.filter((line) => line.vital).length;
  const shown = lines.slice(0, Math.max(LINES, vital));
  return {
    kind: "table",
    title,
    columns: [
      text(header, 6),
      integer(t("cases")),
      { header: t("share"), format: "percent", weight: 3 },
      { header: t("analysis.cumulated"), format: "percent", weight: 3 },
      text(t("analysis.vital"), 2),
    ],
    rows: shown.map((line) => [
      line.label,
      line.count,
      share(line.count, total),
      line.cumulated,
      line.vital ? "●" : undefined,
    ]),
    behind: shown.map(({ behind }) => [undefined, behind, behind]),
    empty: t("none"),
    note: t("analysis.pareto", { n: vital, of: lines.length, blank: received.length - total }),
  };
}

type Parts = readonly (readonly [label: string, parts: PartsPerMillion])[];

function byProduct(received: readonly ReportCase[]): Parts {
  const { rows } = crossTable(
    received,
    ({ inputs }) => inputs.product,
    () => undefined,
  );
  return rows
    .flatMap((label): [string, PartsPerMillion][] =>
      label === undefined ? [] : [[label, partsOf(received.filter(({ inputs }) => inputs.product === label))]],
    )
    .filter(([, { cases }]) => cases > 0)
    .slice(0, LINES);
}

/** The last months up to the period's end. */
function byMonth(cases: readonly ReportCase[], period: Period): Parts {
  const points = period.kind === "month" ? MONTHS : 2;
  return Array.from({ length: points }, (_, i) => {
    const at = shifted(period, i - points + 1);
    return [at.key, partsOf(receivedIn(cases, at))] as const;
  });
}

function partsBlock(title: string, header: string, parts: Parts, t: ReportText): TableBlock {
  const perMillion = (n: number, of: number): number | undefined => (of === 0 ? undefined : (n * MILLION) / of);
  return {
    kind: "table",
    title,
    columns: [
      text(header, 5),
      integer(t("cases")),
      { header: t("analysis.casePpm"), format: "decimal", weight: 4 },
      integer(t("analysis.delivered"), 3),
      integer(t("analysis.defective"), 3),
      { header: t("analysis.ppm"), format: "decimal", weight: 4 },
      integer(t("analysis.returned"), 3),
      { header: t("analysis.returnPpm"), format: "decimal", weight: 4 },
    ],
    rows: parts.map(([label, { cases, delivered, defective, returned }]) => [
      label,
      cases,
      perMillion(cases, delivered),
      delivered,
      defective,
      perMillion(defective, delivered),
      returned,
      perMillion(returned, delivered),
    ]),
    behind: parts.map(([, { behind }]) => [undefined, ...Array.from({ length: 7 }, () => behind)]),
    empty: t("none"),
  };
}

function repeatsBlock(received: readonly ReportCase[], t: ReportText): TableBlock {
  const repeatsOf = (list: readonly ReportCase[]): RowsBehind =>
    rowsOf(list.filter(({ inputs }) => inputs.repeated === true));
  const lines = labelled(received, ({ outputs }) => outputs.category)
    .slice(0, LINES)
    .map(([label, all]) => {
      const again = repeatsOf(received.filter(({ outputs }) => outputs.category === label));
      return { label: label ?? t("unlabelled"), all, again };
    });
  const sum = { label: t("sum"), all: rowsOf(received), again: repeatsOf(received) };
  const line = ({ label, all, again }: typeof sum): BlockValue[] => [
    label,
    all.length,
    again.length,
    share(again.length, all.length),
  ];
  return {
    kind: "table",
    title: t("analysis.repeats"),
    columns: [
      text(t("category"), 6),
      integer(t("received")),
      integer(t("repeated")),
      { header: t("analysis.repeatRate"), format: "percent", weight: 3 },
    ],
    rows: lines.map(line),
    total: line(sum),
    behind: [...lines, sum].map(({ all, again }) => [undefined, all, again, again]),
    empty: t("none"),
  };
}

function stagesBlock(times: readonly StageTime[], t: ReportText): TableBlock {
  return {
    kind: "table",
    title: t("analysis.stages"),
    columns: [
      text(t("analysis.stage"), 6),
      integer(t("cases")),
      { header: t("averageHours"), format: "decimal", weight: 4 },
      { header: t("p90Hours"), format: "decimal", weight: 4 },
    ],
    rows: times.map(({ stage, count, averageHours, p90Hours }) => [
      column(STAGE_COLUMNS[stage].done).header,
      count,
      averageHours,
      p90Hours,
    ]),
    behind: times.map(({ behind }) => [undefined, behind, behind, behind]),
    empty: t("none"),
  };
}

function behindBlock(behind: readonly Behind[], t: ReportText): TableBlock {
  const numbers = (cases: readonly ReportCase[]): string => {
    const more = cases.length - NUMBERS_LISTED;
    const listed = cases.slice(0, NUMBERS_LISTED).map(({ name }) => name);
    return `${listed.join("、")}${more > 0 ? t("analysis.more", { n: more }) : ""}`;
  };
  return {
    kind: "table",
    title: t("analysis.behind"),
    columns: [text(t("analysis.handler"), 4), integer(t("cases")), text(t("analysis.numbers"), 9)],
    rows: behind
      .slice(0, LINES)
      .map(({ handler, cases }) => [handler ?? t("unlabelled"), cases.length, numbers(cases)]),
    behind: behind.slice(0, LINES).map(({ cases }) => [undefined, rowsOf(cases)]),
    empty: t("none"),
  };
}
