import type { WorkingCalendar } from "./calendar.js";
import { addDays, addSeconds, dayOfTime, SECONDS_PER_DAY, startOfDay, type Day, type WallTime } from "./wall-time.js";

/** Hours at which people are at work, in seconds of the day. */
export interface WorkingHours {
  readonly from: number;
  readonly to: number;
}

/**
 * When people are to be told of something that is due: at the moment itself while they are at work, else when they begin
 * again; where that would be too late, when they last stopped before it is due. Make-up days are days of work.
 */
export function workingMoment(time: WallTime, due: WallTime, calendar: WorkingCalendar, hours: WorkingHours): WallTime {
  const next = nextAtWork(time, calendar, hours);
  return next < due ? next : lastAtWork(due, calendar, hours);
}

/** The last moment at which people are at work, not after `time`. */
export function lastAtWork(time: WallTime, calendar: WorkingCalendar, { from, to }: WorkingHours): WallTime {
  let day = dayOfTime(time);
  if (calendar.isWorkingDay(day) && time - startOfDay(day) >= from) return Math.min(time, at(day, to)) as WallTime;
  do day = addDays(day, -1);
  while (!calendar.isWorkingDay(day));
  return at(day, to);
}

/** The first moment at which people are at work, not before `time`. */
function nextAtWork(time: WallTime, calendar: WorkingCalendar, { from, to }: WorkingHours): WallTime {
  const day = dayOfTime(time);
  const seconds = time % SECONDS_PER_DAY;
  if (calendar.isWorkingDay(day) && seconds < to) return seconds >= from ? time : at(day, from);
  return at(calendar.nextWorkingDay(day), from);
}

function at(day: Day, seconds: number): WallTime {
  return addSeconds(startOfDay(day), seconds);
}
