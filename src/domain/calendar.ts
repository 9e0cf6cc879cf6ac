import chineseDays from "chinese-days";
import type { CalendarOverride } from "./complaint.js";
import { mayBeMoved, statutoryHoliday } from "./statutory-days.js";
import { addDays, calendarDate, dayOf, isoDate, weekday, type Day } from "./wall-time.js";

/**
 * The working-day calendar of mainland China: public holidays and adjusted working days (调休) from the `chinese-days`
 * library, overridden day by day by the workbook's 节假日 table.
 */

export type DayKindName = "workday" | "weekend" | "holiday" | "makeup-day";

export interface DayKind {
  readonly kind: DayKindName;
  /** Whether people work on that day: true for `workday` and `makeup-day`. */
  readonly working: boolean;
  /**
   * False if neither the library nor the 节假日 table gives the arrangement of that year and the day lies so near a
   * holiday that it may have been moved: whoever uses the answer must say so. Days fixed by law are always known.
   */
  readonly known: boolean;
  /** Chinese name of the holiday, of the holiday a make-up day is for, or as the 节假日 table has it. */
  readonly name?: string;
}

export interface WorkingCalendar {
  dayKind(day: Day): DayKind;
  isWorkingDay(day: Day): boolean;
  /** The first working day after `day`. */
  nextWorkingDay(day: Day): Day;
  /** `day` itself if it is a working day, else the next one (Civil Code art. 203: a limit ending on a rest day). */
  workingDayFrom(day: Day): Day;
  /** Whether the arrangement of a year is known, from the library or from the 节假日 table. */
  knowsYear(year: number): boolean;
}

/**
 * From this many rows for one year on, the 节假日 table counts as giving the whole year. The public holidays alone are 13
 * days (全国年节及纪念日放假办法, 2024), a few of which may fall on weekends and be left out; a handful of rows is a firm's
 * own exceptions and says nothing about the rest of the year.
 */
const ROWS_THAT_GIVE_A_YEAR = 10;

/** The days worth remembering; beyond them answers are the same, only slower. */
const FIRST_CACHED_DAY: number = dayOf(1990, 1, 1);
const CACHED_DAYS = dayOf(2101, 1, 1) - FIRST_CACHED_DAY;

/** A calendar from the library and the rows of 节假日; of two rows for one day the first counts. Deterministic. */
export function createCalendar(overrides: readonly CalendarOverride[]): WorkingCalendar {
  const byDay = new Map<Day, CalendarOverride>();
  const rowsPerYear = new Map<number, number>();
  for (const override of overrides) {
    if (byDay.has(override.day)) continue;
    byDay.set(override.day, override);
    const { year } = calendarDate(override.day);
    rowsPerYear.set(year, (rowsPerYear.get(year) ?? 0) + 1);
  }
  const years = new Map<number, boolean>();
  const knowsYear = (year: number): boolean => {
    let known = years.get(year);
    if (known === undefined) {
      known = (rowsPerYear.get(year) ?? 0) >= ROWS_THAT_GIVE_A_YEAR || libraryKnowsYear(year);
      years.set(year, known);
    }
    return known;
  };
  // An array by day, not a Map: every row of a ledger asks for dozens of days.
  const cache = new Array<DayKind | undefined>(CACHED_DAYS);
  const dayKind = (day: Day): DayKind => {
    const index = day - FIRST_CACHED_DAY;
    if (index < 0 || index >= CACHED_DAYS) return lookUp(day, byDay.get(day), knowsYear);
    return (cache[index] ??= lookUp(day, byDay.get(day), knowsYear));
  };
  const isWorkingDay = (day: Day): boolean => dayKind(day).working;
  const workingDayFrom = (day: Day): Day => {
    let candidate = day;
    while (!isWorkingDay(candidate)) candidate = addDays(candidate, 1);
    return candidate;
  };
  return {
    dayKind,
    isWorkingDay,
    workingDayFrom,
    nextWorkingDay: (day) => workingDayFrom(addDays(day, 1)),
    knowsYear,
  };
}

function lookUp(day: Day, override: CalendarOverride | undefined, knowsYear: (year: number) => boolean): DayKind {
  const arranged = knowsYear(calendarDate(day).year);
  const known = override !== undefined || arranged || !mayBeMoved(day);
  const weekend = weekday(day) === 0 || weekday(day) === 6;
  const library = libraryDay(day) ?? (arranged ? undefined : fixedByLaw(day));
  const working = override ? override.kind === "work" : (library?.working ?? !weekend);
  // A row that turns a holiday into a working day, or the reverse, takes the library's name away with it.
  const name = override?.name ?? (library?.working === working ? library.name : undefined);
  return {
    kind: kindName(working, weekend, name, library?.working === false),
    working,
    known,
    ...(name === undefined ? {} : { name }),
  };
}

function kindName(working: boolean, weekend: boolean, name: string | undefined, libraryHoliday: boolean): DayKindName {
  if (working) return weekend || libraryHoliday ? "makeup-day" : "workday";
  return weekend && name === undefined ? "weekend" : "holiday";
}

/**
 * Whether the library has the arrangement of a year. It treats years it does not know as plain weekends and exposes no
 * horizon, but 1 January is a public holiday by law in every year, so a year in which it is no 元旦 is one it doesn't know.
 */
export function libraryKnowsYear(year: number): boolean {
  return libraryDay(dayOf(year, 1, 1))?.working === false;
}

/** A day that the law makes a holiday, whatever is arranged around it. */
function fixedByLaw(day: Day): { readonly working: boolean; readonly name: string } | undefined {
  const name = statutoryHoliday(day);
  return name === undefined ? undefined : { working: false, name };
}

/** What the library says of a day that is a holiday or a make-up day; undefined for plain days. */
function libraryDay(day: Day): { readonly working: boolean; readonly name: string } | undefined {
  const detail = chineseDays.getDayDetail(isoDate(day));
  // Plain days carry the English weekday; arranged ones `English name,中文名,days`.
  const name = detail.name.split(",")[1];
  return name === undefined ? undefined : { working: detail.work, name };
}
