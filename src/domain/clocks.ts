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
  /** Days that decide this deadline and may have been moved by an arrangement nobody knows yet; usually none. */
  readonly doubtfulDays: readonly Day[];
  /** How many days did not count because the clock was stopped. */
  readonly pausedDays: number;
}

/** Days on which the clock stands still, the first and the last included; a clock of hours or minutes never does. */
export interface Pause {
  readonly from: Day;
  readonly to: Day;
}

/** What a day is in the counting of a limit. */
export type CountedDayRole =
  | "start" // the day the clock starts, not counted
  | "counted"
  | "skipped" // a rest day within a limit in working days
  | "paused" // the clock was stopped
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
  pause?: Pause,
): Deadline {
  return count(start, length, { calendar, closeOfBusiness, pause }, undefined);
}

/** The same deadline, with the counting shown day by day. */
export function explainDeadline(
  start: WallTime,
  length: Length,
  calendar: WorkingCalendar,
  closeOfBusiness: number,
  pause?: Pause,
): ExplainedDeadline {
  const days: CountedDay[] = [];
  const result = count(start, length, { calendar, closeOfBusiness, pause }, days);
  return { ...result, days, rolledOver: days.some((day) => day.role === "rolled-over") };
}

/** A counting under way. */
interface Counting {
  readonly calendar: WorkingCalendar;
  /** Days asked for that the calendar isn't sure of. */
  readonly doubtfulDays: Day[];
  readonly pause: Pause | undefined;
  pausedDays: number;
  /** Where the days are noted down, if anybody wants to see them. */
  readonly shown: CountedDay[] | undefined;
}

/** One counting for both answers, so that the explanation can't differ from what was computed. */
function count(
  start: WallTime,
  length: Length,
  by: { readonly calendar: WorkingCalendar; readonly closeOfBusiness: number; readonly pause: Pause | undefined },
  shown: CountedDay[] | undefined,
): Deadline {
  const { calendar, closeOfBusiness, pause } = by;
  if ("hours" in length) return exactly(addSeconds(start, Math.round(checked(length.hours, "hours") * 3600)));
  if ("minutes" in length) return exactly(addSeconds(start, Math.round(checked(length.minutes, "minutes") * 60)));
  const counting: Counting = { calendar, doubtfulDays: [], pause, pausedDays: 0, shown };
  const startDay = dayOfTime(start);
  if ("days" in length) {
    const last = countDays(counting, startDay, whole(length.days, "days"));
    return { due: endOfDay(last), doubtfulDays: counting.doubtfulDays, pausedDays: counting.pausedDays };
  }
  const total = "workingDays" in length ? whole(length.workingDays, "working days") : 0;
  const last =
    total === 0 ? dayWithWorkLeft(counting, start, closeOfBusiness) : countWorkingDays(counting, startDay, total);
  const { doubtfulDays, pausedDays } = counting;
  return { due: addSeconds(startOfDay(last), closeOfBusiness), doubtfulDays, pausedDays };
}

function countDays(counting: Counting, startDay: Day, total: number): Day {
  if (counting.pause && total > 0) return countDaysWithPause(counting, startDay, total);
  const last = addDays(startDay, total);
  const rest = !isWorkingDay(counting, last);
  if (counting.shown) {
    show(counting, startDay, total === 0 ? "same-day" : "start");
    for (let n = 1; n <= total; n++) {
      show(counting, addDays(startDay, n), rest && n === total ? "rest-end" : "counted", n);
    }
  }
  return rest ? rollOver(counting, last) : last;
}

function countDaysWithPause(counting: Counting, startDay: Day, total: number): Day {
  show(counting, startDay, "start");
  let day = startDay;
  for (let counted = 0; counted < total;) {
    day = addDays(day, 1);
    if (isPaused(counting, day)) continue;
    counted += 1;
    const rest = counted === total && !isWorkingDay(counting, day);
    show(counting, day, rest ? "rest-end" : "counted", counted);
    if (rest) return rollOver(counting, day);
  }
  return day;
}

/** Whether the clock stands still on a day, which is then noted down. */
function isPaused(counting: Counting, day: Day): boolean {
  const { pause } = counting;
  if (pause === undefined || day < pause.from || day > pause.to) return false;
  counting.pausedDays += 1;
  show(counting, day, "paused");
  return true;
}

function countWorkingDays(counting: Counting, startDay: Day, total: number): Day {
  show(counting, startDay, "start");
  let day = startDay;
  for (let counted = 0; counted < total;) {
    day = addDays(day, 1);
    if (isPaused(counting, day)) continue;
    if (isWorkingDay(counting, day)) show(counting, day, "counted", ++counted);
    else show(counting, day, "skipped");
  }
  return day;
}

/** The start day if it is a working day and work isn't over yet, else the next working day. */
function dayWithWorkLeft(counting: Counting, start: WallTime, closeOfBusiness: number): Day {
  const day = dayOfTime(start);
  show(counting, day, "same-day");
  const left = isWorkingDay(counting, day) && start <= addSeconds(startOfDay(day), closeOfBusiness);
  return left ? day : rollOver(counting, day);
}

function rollOver(counting: Counting, from: Day): Day {
  let day = from;
  do {
    day = addDays(day, 1);
    show(counting, day, "rolled-over");
  } while (!isWorkingDay(counting, day));
  return day;
}

function isWorkingDay({ calendar, doubtfulDays }: Counting, day: Day): boolean {
  const { working, known } = calendar.dayKind(day);
  if (!known && !doubtfulDays.includes(day)) doubtfulDays.push(day);
  return working;
}

function show({ calendar, shown }: Counting, day: Day, role: CountedDayRole, number?: number): void {
  if (!shown) return;
  const { kind, name, known } = calendar.dayKind(day);
  shown.push({
    day,
    kind,
    known,
    role,
    counted: number !== undefined,
    ...(name === undefined ? {} : { name }),
    ...(number === undefined ? {} : { number }),
  });
}

const NO_DAYS: readonly Day[] = [];

function exactly(due: WallTime): Deadline {
  return { due, doubtfulDays: NO_DAYS, pausedDays: 0 };
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
