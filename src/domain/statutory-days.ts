import chineseDays from "chinese-days";
import { addDays, calendarDate, dayOf, weekday, type Day } from "./wall-time.js";

/**
 * The public holidays that the law itself fixes (全国年节及纪念日放假办法), for any year and by the law of its day. What the
 * State Council arranges around them each autumn (moved rest days, make-up days) is not law: of a year whose arrangement
 * is unknown these days are certain, and only days near them may have been moved.
 */

/** A holiday fixed by law: its first day in a year, and how many days it has. */
interface Holiday {
  readonly name: string;
  firstDay(year: number): Day;
  readonly days: number;
}

const NEW_YEAR: Holiday = { name: "元旦", firstDay: (year) => dayOf(year, 1, 1), days: 1 };
const springFestival = (offset: -1 | 0, days: number): Holiday => ({
  name: "春节",
  firstDay: (year) => addDays(lunarDay(year, 1, 1), offset),
  days,
});
const labourDay = (days: number): Holiday => ({ name: "劳动节", firstDay: (year) => dayOf(year, 5, 1), days });
const nationalDay = (days: number): Holiday => ({ name: "国庆节", firstDay: (year) => dayOf(year, 10, 1), days });
const FOLK_HOLIDAYS: readonly Holiday[] = [
  { name: "清明", firstDay: pureBrightness, days: 1 },
  { name: "端午节", firstDay: (year) => lunarDay(year, 5, 5), days: 1 },
  { name: "中秋节", firstDay: (year) => lunarDay(year, 8, 15), days: 1 },
];

/** Article 2 in each of its wordings, the latest first; `from` is the first year it holds for as a whole. */
const LAWS: readonly { readonly from: number; readonly holidays: readonly Holiday[] }[] = [
  // 国务院令第795号 (2024): 除夕 and 2 May were added, 13 days in all.
  { from: 2025, holidays: [NEW_YEAR, springFestival(-1, 4), labourDay(2), nationalDay(3), ...FOLK_HOLIDAYS] },
  // 国务院令第644号 (2013): 春节 begins on the first day of the lunar year again.
  { from: 2014, holidays: [NEW_YEAR, springFestival(0, 3), labourDay(1), nationalDay(3), ...FOLK_HOLIDAYS] },
  // 国务院令第513号 (2007): 清明, 端午 and 中秋 became holidays.
  { from: 2008, holidays: [NEW_YEAR, springFestival(-1, 3), labourDay(1), nationalDay(3), ...FOLK_HOLIDAYS] },
  // 国务院令第270号, of 18 September 1999: 劳动节 from the next year on.
  { from: 2000, holidays: [NEW_YEAR, springFestival(0, 3), labourDay(3), nationalDay(3)] },
  { from: 1999, holidays: [NEW_YEAR, springFestival(0, 3), labourDay(1), nationalDay(3)] },
  // 政务院, 23 December 1949.
  { from: 1950, holidays: [NEW_YEAR, springFestival(0, 3), labourDay(1), nationalDay(2)] },
];

/**
 * How near a holiday the State Council has moved days: counted over its arrangements for 2008–2026, a weekday that became
 * a rest day lay at most 4 days from a holiday, a weekend that was worked at most 10 days. (The one exception, the days
 * about 3 September 2015, was an extra holiday of that year alone.)
 */
const MOVED_REST_DAYS = 5;
const MOVED_WORKING_DAYS = 10;

const byYear = new Map<number, ReadonlyMap<Day, string>>();

/** The holiday that the law fixes on a day; undefined on all others. Years before 1950 have none. */
export function statutoryHoliday(day: Day): string | undefined {
  const { year } = calendarDate(day);
  return daysOf(year).get(day);
}

/**
 * Whether an arrangement that nobody knows yet may have made this day another than it seems: a weekday near a holiday
 * may be a rest day, a weekend near one may be worked. A day fixed by law can't be moved.
 */
export function mayBeMoved(day: Day): boolean {
  if (statutoryHoliday(day) !== undefined) return false;
  const weekend = weekday(day) === 0 || weekday(day) === 6;
  const reach = weekend ? MOVED_WORKING_DAYS : MOVED_REST_DAYS;
  for (let distance = 1; distance <= reach; distance++)
    if (
      statutoryHoliday(addDays(day, distance)) !== undefined ||
      statutoryHoliday(addDays(day, -distance)) !== undefined
    )
      return true;
  return false;
}

function daysOf(year: number): ReadonlyMap<Day, string> {
  let days = byYear.get(year);
  if (!days) byYear.set(year, (days = workedOut(year)));
  return days;
}

function workedOut(year: number): ReadonlyMap<Day, string> {
  const days = new Map<Day, string>();
  const law = LAWS.find(({ from }) => year >= from);
  for (const holiday of law?.holidays ?? []) {
    const first = holiday.firstDay(year);
    // 端午 and 国庆, 中秋 and 国庆 may meet: the first named keeps the day, both are rest days all the same.
    for (let n = 0; n < holiday.days; n++) if (!days.has(addDays(first, n))) days.set(addDays(first, n), holiday.name);
  }
  return days;
}

/*
 * Of the library only what counts days: its functions that give dates go by the clock of the machine, and are a day early
 * west of Greenwich.
 */

/** The first day of the lunar year 1900, with which the library's table begins. */
const LUNAR_1900 = dayOf(1900, 1, 31);
const FIRST_LUNAR_YEAR = 1900;

/** The day of a month and day of the lunar calendar, never of a leap month. */
function lunarDay(year: number, month: number, dayOfMonth: number): Day {
  let days = dayOfMonth - 1;
  for (let before = FIRST_LUNAR_YEAR; before < year; before++) days += lunarDays(before, 12);
  return addDays(LUNAR_1900, days + lunarDays(year, month - 1));
}

/** How many days the first months of a lunar year have, with the leap month among them. */
function lunarDays(year: number, months: number): number {
  const { leapMonth = 13, days: leapDays } = chineseDays.getYearLeapMonth(year);
  let days = leapMonth <= months ? leapDays : 0;
  for (let month = 1; month <= months; month++) days += chineseDays.monthDays(year, month);
  return days;
}

/** 清明, by the usual formula of the solar terms (the library's own, which has no exception for it). */
function pureBrightness(year: number): Day {
  const inCentury = year % 100;
  const day = Math.floor(inCentury * 0.2422 + (year < 2000 ? 5.59 : 4.81)) - Math.floor(inCentury / 4);
  return dayOf(year, 4, day);
}
