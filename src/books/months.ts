import { addMonths } from "../domain/clocks.js";
import { addDays, dayOfTime, isoDate, parseIso, type Day } from "../domain/wall-time.js";

/** Months as the book names them: yyyy-mm. */

export function monthOfDay(day: Day): string {
  return isoDate(day).slice(0, 7);
}

export function firstDay(month: string): Day {
  const time = parseIso(`${month}-01`);
  if (time === undefined) throw new RangeError(`not a month: ${month}`);
  return dayOfTime(time);
}

export function lastDay(month: string): Day {
  return addDays(firstDay(nextMonth(month)), -1);
}

export function nextMonth(month: string): string {
  return monthOfDay(addMonths(firstDay(month), 1));
}

export function laterMonth(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}
