import { parseIso, type WallTime } from "../../domain/wall-time.js";
import type { Say } from "../texts.js";

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** How a limit stands: met, missed, running or run out. */
export type LimitStanding = "in-time" | "late" | "running" | "soon" | "passed";

/** What is left of a limit for somebody who has a day or less is soon. */
const SOON = DAY;

/** Times as `2026-03-31T18:00:00`. */
export function standing(due: string, done: string | undefined, now: WallTime): LimitStanding {
  const limit = parseIso(due)!;
  if (done !== undefined) return parseIso(done)! <= limit ? "in-time" : "late";
  if (now > limit) return "passed";
  return limit - now <= SOON ? "soon" : "running";
}

/** The time between two moments in the two largest units: 3 天 4 小时. */
export function spanText(seconds: number, say: Say): string {
  const span = Math.abs(seconds);
  const days = Math.floor(span / DAY);
  const hours = Math.floor((span % DAY) / HOUR);
  const minutes = Math.floor((span % HOUR) / MINUTE);
  if (days > 0) return hours > 0 ? say("span.days-hours", { days, hours }) : say("span.days", { days });
  if (hours > 0) return minutes > 0 ? say("span.hours-minutes", { hours, minutes }) : say("span.hours", { hours });
  return say("span.minutes", { minutes });
}

/** What is left, or by how much it was missed: 还剩 3 天 4 小时. */
export function leftText(due: string, done: string | undefined, now: WallTime, say: Say): string {
  const limit = parseIso(due)!;
  const state = standing(due, done, now);
  if (state === "in-time") return say("left.in-time");
  if (state === "late") return say("left.late", { span: spanText(parseIso(done!)! - limit, say) });
  return state === "passed"
    ? say("left.passed", { span: spanText(now - limit, say) })
    : say("left.running", { span: spanText(limit - now, say) });
}

/** How much of a limit is used up, 0 to 1. */
export function usedShare(start: string, due: string, done: string | undefined, now: WallTime): number {
  const [from, to] = [parseIso(start)!, parseIso(due)!];
  const at = done === undefined ? now : parseIso(done)!;
  return to <= from ? 1 : Math.min(1, Math.max(0, (at - from) / (to - from)));
}
