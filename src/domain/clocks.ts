import type { DayKindName, WorkingCalendar } from "./calendar.js";
import {
  addDays,
  addSeconds,
  calendarDate,
  dayOf,
  dayOfTime,
  endOfDay,
  startOfDay,
  type Day,
  type WallTime,
} from "./wall-time.js";

/**
 * Counting limits, by articles 200–204 of the Civil Code of the PRC.
 * Days: the start day is not counted (art. 201), the limit ends at 24:00 of its last day, and a last day that is a rest
 * day moves to the next working day (art. 203). Hours and minutes run from the very minute (art. 201), round the clock.
 */

/** How long a limit is. Days and working days are whole numbers, hours and minutes may be decimal; none is negative. */
export type Length =
  | { readonly days: number }
  | { readonly workingDays: number }
  | { readonly hours: number }
  | { readonly minutes: number }
  | { readonly endOfWork: true };

export interface Deadline {
  readonly due: WallTime;
  /** Years whose holidays decide this deadline and are not known, ascending; usually empty. */
  readonly unknownYears: readonly number[];
}

/** What a day is in the counting of a limit. */
export type CountedDayRole =
  | "start" // the day the clock starts, not counted
  | "counted"
  | "skipped" // a rest day within a limit in working days
  | "rest-end" // counted, and the last day of the limit, but a rest day
  | "rolled-over" // after the last day, up to and including the working day the limit moves to
  | "same-day"; // the start day where the limit ends on it

export interface CountedDay {
  readonly day: Day;
  readonly kind: DayKindName;
  readonly name?: string;
  readonly known: boolean;
  readonly role: CountedDayRole;
  readonly counted: boolean;
  /** Running number of a counted day, from 1. */
  readonly number?: number;
}

export interface ExplainedDeadline extends Deadline {
  /** Day by day from the start day to the day of the deadline. Empty for hours and minutes: they run round the clock. */
  readonly days: readonly CountedDay[];
  /** Whether the last day was a rest day, or the clock started too late on its day, so that the limit moved. */
  readonly rolledOver: boolean;
}

/**
 * When a limit that starts at `start` ends. `closeOfBusiness` is in seconds of the day (18:00 = 64800).
 * A limit of 0 days ends the same day; one of 0 working days ends at close of business as `endOfWork` does.
 * Throws RangeError for a negative length or a fraction of a day.
 */
export function deadline(
  start: WallTime,
  length: Length,
  calendar: WorkingCalendar,
  closeOfBusiness: number,
): Deadline {
  return count(start, length, calendar, closeOfBusiness, undefined);
}

/** The same deadline, with the counting shown day by day. */
export function explainDeadline(
  start: WallTime,
  length: Length,
  calendar: WorkingCalendar,
  closeOfBusiness: number,
): ExplainedDeadline {
  const days: CountedDay[] = [];
  const result = count(start, length, calendar, closeOfBusiness, days);
  return { ...result, days, rolledOver: days.some((day) => day.role === "rolled-over") };
}

/** One counting for both answers, so that the explanation can't differ from what was computed. */
function count(
  start: WallTime,
  length: Length,
  calendar: WorkingCalendar,
  closeOfBusiness: number,
  shown: CountedDay[] | undefined,
): Deadline {
  if ("hours" in length) return exactly(addSeconds(start, Math.round(checked(length.hours, "hours") * 3600)));
  if ("minutes" in length) return exactly(addSeconds(start, Math.round(checked(length.minutes, "minutes") * 60)));

  const startDay = dayOfTime(start);
  const years: number[] = [];
  const show = (day: Day, role: CountedDayRole, number?: number): void => {
    if (!shown) return;
    const { kind, name, known } = calendar.dayKind(day);
    shown.push({
      day,
      kind,
      known,
      role,
      counted: role === "counted" || role === "rest-end",
      ...(name === undefined ? {} : { name }),
      ...(number === undefined ? {} : { number }),
    });
  };
  const isWorkingDay = (day: Day): boolean => {
    const { working, known } = calendar.dayKind(day);
    if (!known) noteYear(years, day);
    return working;
  };
  const rollOver = (from: Day): Day => {
    let day = from;
    do {
      day = addDays(day, 1);
      show(day, "rolled-over");
    } while (!isWorkingDay(day));
    return day;
  };

  if ("days" in length) {
    const total = whole(length.days, "days");
    const last = addDays(startDay, total);
    const rest = !isWorkingDay(last);
    show(startDay, total === 0 ? "same-day" : "start");
    if (shown) {
      for (let n = 1; n <= total; n++) show(addDays(startDay, n), rest && n === total ? "rest-end" : "counted", n);
    }
    return { due: endOfDay(rest ? rollOver(last) : last), unknownYears: years };
  }

  const total = "workingDays" in length ? whole(length.workingDays, "working days") : 0;
  if (total === 0) {
    show(startDay, "same-day");
    const inTime = isWorkingDay(startDay) && start <= addSeconds(startOfDay(startDay), closeOfBusiness);
    return {
      due: addSeconds(startOfDay(inTime ? startDay : rollOver(startDay)), closeOfBusiness),
      unknownYears: years,
    };
  }
  show(startDay, "start");
  let day = startDay;
  for (let counted = 0; counted < total;) {
    day = addDays(day, 1);
    if (isWorkingDay(day)) show(day, "counted", ++counted);
    else show(day, "skipped");
  }
  return { due: addSeconds(startOfDay(day), closeOfBusiness), unknownYears: years };
}

const NO_YEARS: readonly number[] = [];

function exactly(due: WallTime): Deadline {
  return { due, unknownYears: NO_YEARS };
}

function noteYear(years: number[], day: Day): void {
  const { year } = calendarDate(day);
  if (years[years.length - 1] !== year) years.push(year);
}

function checked(value: number, what: string): number {
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`a limit can't be ${value} ${what} long`);
  return value;
}

function whole(value: number, what: string): number {
  if (!Number.isInteger(checked(value, what))) throw new RangeError(`a limit can't be ${value} ${what} long`);
  return value;
}

/**
 * The day `months` later with the same number, or the last day of that month if it has no such day (Civil Code art. 202).
 * Negative months count back.
 */
export function addMonths(day: Day, months: number): Day {
  const date = calendarDate(day);
  const index = date.year * 12 + date.month - 1 + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  const lastOfMonth = calendarDate(addDays(dayOf(year, month + 1, 1), -1)).day;
  return dayOf(year, month, Math.min(date.day, lastOfMonth));
}

/** The day `years` later; 29 February becomes 28 February in a common year (Civil Code art. 202). */
export function addYears(day: Day, years: number): Day {
  return addMonths(day, years * 12);
}
