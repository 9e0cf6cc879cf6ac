import {
  addDays,
  calendarDate,
  dayOf,
  isoDate,
  startOfDay,
  weekday,
  type Day,
  type WallTime,
} from "../../domain/wall-time.js";

export type PeriodKind = "month" | "week" | "half";

/** A month, an ISO week or half a year, as whole days: `first` to the day before `end`. */
export interface Period {
  readonly kind: PeriodKind;
  /** `2026-03`, `2026-W13` or `2026H1`: how the command, sheet names and settings name it. */
  readonly key: string;
  readonly first: Day;
  readonly end: Day;
}

const MONTH = /^(\d{4})-(\d{2})$/;
const WEEK = /^(\d{4})-W(\d{2})$/;
const HALF = /^(\d{4})H([12])$/;

/** Reads a period's key; undefined if it is none, or a week the year doesn't have. */
export function parsePeriod(kind: PeriodKind, key: string): Period | undefined {
  const match = { month: MONTH, week: WEEK, half: HALF }[kind].exec(key);
  if (!match) return undefined;
  const [year, n] = [Number(match[1]), Number(match[2])];
  if (year < 1900) return undefined;
  if (kind === "month") return n >= 1 && n <= 12 ? month(year, n) : undefined;
  if (kind === "half") return half(year, n);
  const found = week(year, n);
  return n >= 1 && found.key === key ? found : undefined;
}

/** The period of this kind that lies `steps` before (negative) or after. */
export function shifted(period: Period, steps: number): Period {
  const { year, month: m } = calendarDate(period.first);
  if (period.kind === "month") return monthAt(year * 12 + m - 1 + steps);
  if (period.kind === "half") return halfAt(year * 2 + (m > 6 ? 1 : 0) + steps);
  return weekOf(addDays(period.first, 7 * steps));
}

/** As long a period that ends `months` months earlier, still named by its key: the half year that a June review looks at. */
export function lagging(period: Period, months: number): Period {
  const back = (day: Day): Day => {
    const { year, month: m } = calendarDate(day);
    return monthAt(year * 12 + m - 1 - months).first;
  };
  return { ...period, first: back(period.first), end: back(period.end) };
}

/** The same month, half or ISO week a year earlier; a 53rd week has none. */
export function yearBefore(period: Period): Period | undefined {
  if (period.kind === "month") return shifted(period, -12);
  if (period.kind === "half") return shifted(period, -2);
  const [, year, n] = WEEK.exec(period.key)!;
  return parsePeriod("week", `${String(Number(year) - 1).padStart(4, "0")}-W${n!}`);
}

export function startOf(period: Period): WallTime {
  return startOfDay(period.first);
}

/** The first moment after the period. */
export function endOf(period: Period): WallTime {
  return startOfDay(period.end);
}

export function within(time: WallTime | undefined, period: Period): boolean {
  return time !== undefined && time >= startOf(period) && time < endOf(period);
}

/** The months that lie in a month or half; none for a week, which belongs to no month as a whole. */
export function monthsOf(period: Period): string[] {
  if (period.kind === "week") return [];
  const months: string[] = [];
  for (let day = period.first; day < period.end;) {
    months.push(isoDate(day).slice(0, 7));
    const { year, month: m } = calendarDate(day);
    day = m === 12 ? dayOf(year + 1, 1, 1) : dayOf(year, m + 1, 1);
  }
  return months;
}

/** The period of a kind that holds this day. */
export function periodHolding(kind: PeriodKind, day: Day): Period {
  const { year, month: m } = calendarDate(day);
  return kind === "month" ? month(year, m) : kind === "half" ? half(year, m > 6 ? 2 : 1) : weekOf(day);
}

function monthAt(index: number): Period {
  return month(Math.floor(index / 12), (index % 12) + 1);
}

function month(year: number, m: number): Period {
  const first = dayOf(year, m, 1);
  return {
    kind: "month",
    key: isoDate(first).slice(0, 7),
    first,
    end: m === 12 ? dayOf(year + 1, 1, 1) : dayOf(year, m + 1, 1),
  };
}

function halfAt(index: number): Period {
  return half(Math.floor(index / 2), (index % 2) + 1);
}

function half(year: number, n: number): Period {
  return {
    kind: "half",
    key: `${String(year).padStart(4, "0")}H${n}`,
    first: dayOf(year, n === 1 ? 1 : 7, 1),
    end: n === 1 ? dayOf(year, 7, 1) : dayOf(year + 1, 1, 1),
  };
}

/** ISO 8601: weeks begin on Monday, and the first one holds 4 January. */
function week(year: number, n: number): Period {
  const fourth = dayOf(year, 1, 4);
  return weekOf(addDays(fourth, 7 * (n - 1)));
}

function weekOf(day: Day): Period {
  const first = addDays(day, -((weekday(day) + 6) % 7));
  const { year } = calendarDate(addDays(first, 3));
  const fourth = dayOf(year, 1, 4);
  const n = Math.floor((first - addDays(fourth, -((weekday(fourth) + 6) % 7))) / 7) + 1;
  return {
    kind: "week",
    key: `${String(year).padStart(4, "0")}-W${String(n).padStart(2, "0")}`,
    first,
    end: addDays(first, 7),
  };
}
