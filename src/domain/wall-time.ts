/**
 * Wall-clock time without a time zone, as Excel holds it.
 *
 * A `WallTime` counts whole seconds since 1899-12-30 00:00, so `day = floor(t / 86400)` is Excel's own serial day and
 * no time zone can ever shift a cell. All limits are computed on these integers.
 */
declare const wallTimeBrand: unique symbol;
declare const dayBrand: unique symbol;

/** Seconds on the wall clock since 1899-12-30 00:00. */
export type WallTime = number & { readonly [wallTimeBrand]: true };
/** Excel's serial day: whole days since 1899-12-30. */
export type Day = number & { readonly [dayBrand]: true };

export const SECONDS_PER_DAY = 86_400;
const UNIX_EPOCH_DAY = 25_569;

/** A wall time from its calendar parts; the parts must form a real date and time. */
export function wallTime(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): WallTime {
  return (dayOf(year, month, day) * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second) as WallTime;
}

/** Excel's serial day of a calendar date; the parts must form a real date. */
export function dayOf(year: number, month: number, day: number): Day {
  return (Date.UTC(year, month - 1, day) / 86_400_000 + UNIX_EPOCH_DAY) as Day;
}

export function dayOfTime(time: WallTime): Day {
  return Math.floor(time / SECONDS_PER_DAY) as Day;
}

/** 00:00 of a day. */
export function startOfDay(day: Day): WallTime {
  return (day * SECONDS_PER_DAY) as WallTime;
}

/** 23:59:59 of a day: how "24:00 of the last day" is written (Civil Code art. 203). */
export function endOfDay(day: Day): WallTime {
  return (day * SECONDS_PER_DAY + SECONDS_PER_DAY - 1) as WallTime;
}

/** Whether a time names a day alone: midnight is written by nobody who knows the hour, and a whole serial has none. */
export function hasNoTime(time: WallTime): boolean {
  return time % SECONDS_PER_DAY === 0;
}

/** Whether one time certainly lies before another; where one of the two has no time of day they are compared by day. */
export function isBefore(one: WallTime, other: WallTime): boolean {
  return hasNoTime(one) || hasNoTime(other) ? dayOfTime(one) < dayOfTime(other) : one < other;
}

export function addDays(day: Day, days: number): Day {
  return (day + days) as Day;
}

export function addSeconds(time: WallTime, seconds: number): WallTime {
  return (time + seconds) as WallTime;
}

export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/**
 * The calendar date of a day, by whole numbers alone: every row of a ledger asks for dozens, and a `Date` costs ten times
 * as much. Years are counted from 1 March, so that the leap day is the last of its year.
 */
export function calendarDate(day: Day): CalendarDate {
  const sinceMarch0 = day - MARCH_OF_YEAR_0;
  const era = Math.floor(sinceMarch0 / DAYS_PER_ERA);
  const dayOfEra = sinceMarch0 - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  // Months from March on repeat 31 30 31 30 31: five of them have 153 days.
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

/** 400 years of the Gregorian calendar. */
const DAYS_PER_ERA = 146_097;
/** 1 March of the year 0, as a serial day. */
const MARCH_OF_YEAR_0 = UNIX_EPOCH_DAY - 719_468;

/** 0 = Sunday … 6 = Saturday. */
export function weekday(day: Day): number {
  return (((day - 1) % 7) + 7) % 7;
}

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));

/** `2026-03-31` */
export function isoDate(day: Day): string {
  let text = isoDates.get(day);
  if (text === undefined) {
    const { year, month, day: d } = calendarDate(day);
    text = `${String(year).padStart(4, "0")}-${two(month)}-${two(d)}`;
    if (isoDates.size === MOST_DATES) isoDates.clear();
    isoDates.set(day, text);
  }
  return text;
}

/** A ledger names the same few hundred days on thousands of rows. */
const isoDates = new Map<Day, string>();
const MOST_DATES = 4096;

/** `2026-03-31T23:59:59` */
export function isoTime(time: WallTime): string {
  const seconds = time - dayOfTime(time) * SECONDS_PER_DAY;
  return `${isoDate(dayOfTime(time))}T${two(Math.floor(seconds / 3600))}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
}

/** `2026-03` */
export function isoMonth(time: WallTime): string {
  return isoDate(dayOfTime(time)).slice(0, 7);
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?)?$/;

/** Reads `2026-03-31`, `2026-03-31T18:00` or `2026-03-31T18:00:00`; undefined if it is not such a text or not a real date. */
export function parseIso(text: string): WallTime | undefined {
  const match = ISO.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (hour > 23 || minute > 59 || second > 59 || month < 1 || month > 12 || day < 1) return undefined;
  const time = wallTime(year, month, day, hour, minute, second);
  const back = calendarDate(dayOfTime(time));
  return back.month === month && back.day === day ? time : undefined;
}

/** The serial number Excel stores for this time. */
export function toSerial(time: WallTime): number {
  return time / SECONDS_PER_DAY;
}

/** The wall time of an Excel serial number, to the nearest second (serials are binary fractions of a day). */
export function fromSerial(serial: number): WallTime {
  return Math.round(serial * SECONDS_PER_DAY) as WallTime;
}
