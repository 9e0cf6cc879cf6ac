import { addDays, calendarDate, isoDate, isoTime, type WallTime } from "../../domain/wall-time.js";
import type { Block, ReportSheet } from "./blocks.js";
import type { Period } from "./period.js";
import type { ReportText } from "./texts.js";

/** What every sheet of a report bears: whose it is, which period, when it was prepared. */
export interface ReportFrame {
  readonly t: ReportText;
  readonly organisation: string | undefined;
  readonly period: Period;
  readonly now: WallTime;
  /** How far the book of deductions had come; undefined where nothing is posted. */
  readonly anchor?: string | undefined;
}

export function framed(
  { t, organisation, period, now, anchor }: ReportFrame,
  sheet: {
    readonly key: string;
    readonly name: string;
    readonly title: string;
    readonly remark?: string;
    readonly regulation?: string;
  },
  blocks: readonly Block[],
): ReportSheet {
  const remarks = [
    ...(sheet.remark === undefined ? [] : [sheet.remark]),
    ...(anchor === undefined ? [] : [t("meta.anchor", { anchor })]),
  ];
  return {
    key: sheet.key,
    name: sheet.name,
    title: sheet.title,
    organisation: [organisation ?? t("unit.unset"), ...(sheet.regulation === undefined ? [] : [sheet.regulation])].join(
      " · ",
    ),
    meta: [
      t("meta.period", {
        period: periodName(period, t),
        first: isoDate(period.first),
        last: isoDate(addDays(period.end, -1)),
      }),
      t("meta.prepared", { now: shortTime(now) }),
    ],
    ...(remarks.length === 0 ? {} : { remark: remarks.join("　") }),
    footer: `&C&"宋体,常规"&8${t("footer", { page: "&P", pages: "&N" })}`,
    blocks,
  };
}

export function periodName(period: Period, t: ReportText): string {
  const { year, month } = calendarDate(period.first);
  if (period.kind === "month") return t("period.month", { year, n: month });
  if (period.kind === "week")
    return t("period.week", { year: period.key.slice(0, 4), n: Number(period.key.slice(-2)) });
  if (month !== 1 && month !== 7) {
    const last = calendarDate(addDays(period.end, -1));
    return t("period.half.other", { year, month, lastYear: last.year, lastMonth: last.month });
  }
  return t(month > 6 ? "period.half.2" : "period.half.1", { year });
}

/** `2026-03-31 18:00` */
export function shortTime(time: WallTime): string {
  return isoTime(time).slice(0, 16).replace("T", " ");
}
