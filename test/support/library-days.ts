import chineseDays from "chinese-days";
import { isoDate, weekday, type Day } from "../../src/domain/wall-time.js";

/** Whether people work on a day as the calendar library's table has it; its own weekends go by the clock of the machine. */
export function worksByLibrary(day: Day): boolean {
  const { name, work } = chineseDays.getDayDetail(isoDate(day));
  return name.includes(",") ? work : weekday(day) !== 0 && weekday(day) !== 6;
}
