import { parseIso, wallTime, type WallTime } from "../domain/wall-time.js";

/** --now 2026-03-31T18:00, or the system's time as a clock on the wall in Asia/Shanghai shows it; undefined if unreadable. */
export function nowOf(option: string | undefined): WallTime | undefined {
  return option === undefined ? shanghaiNow(new Date()) : parseIso(option.replace(" ", "T"));
}

/** What a clock on the wall in Asia/Shanghai shows at an instant. */
export function shanghaiNow(instant: Date): WallTime {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: "Asia/Shanghai",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((p) => p.type === type)!.value);
  return wallTime(part("year"), part("month"), part("day"), part("hour"), part("minute"), part("second"));
}
