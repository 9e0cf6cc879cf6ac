import { periodHolding, shifted, type Period, type PeriodKind } from "../documents/reports/period.js";
import { addDays, dayOfTime, isoDate, type WallTime } from "../domain/wall-time.js";

const COUNTS: Readonly<Record<PeriodKind, number>> = { month: 24, week: 26, half: 6 };

/** The periods of a kind up to the one that holds `now`, the newest first. */
export function periodsUpTo(now: WallTime, kind: PeriodKind): Period[] {
  const current = periodHolding(kind, dayOfTime(now));
  return Array.from({ length: COUNTS[kind] }, (_, i) => shifted(current, -i));
}

/** The month before the one that holds `now`: the last that is over. */
export function lastFinishedMonth(now: WallTime): string {
  return shifted(periodHolding("month", dayOfTime(now)), -1).key;
}

/** `2026-03`; weeks and halves with their first and last day. */
export function periodLabel({ kind, key, first, end }: Period): string {
  return kind === "month" ? key : `${key}  ${isoDate(first)} – ${isoDate(addDays(end, -1))}`;
}
