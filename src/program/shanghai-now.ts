import { wallTime, type WallTime } from "../domain/wall-time.js";

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
