import { column, type ColumnId } from "../../domain/columns.js";
import { dayOfTime, startOfDay, type Day, type WallTime } from "../../domain/wall-time.js";
import { monthOccasion } from "../due-penalty.js";
import type { EventOf } from "./event-values.js";
import type { RowWork } from "./row-work.js";

/** Why, and on which day of its own, a penalty arises. Most arise once and have no day of their own. */
export interface Occasion {
  readonly own: Day | undefined;
  /** Added to 事由 where one rule may charge several times. */
  readonly suffix: string;
}

const ONCE: readonly Occasion[] = [{ own: undefined, suffix: "" }];

/** The occasions of a penalty up to now. */
export function occasionsOf(work: RowWork, { day }: EventOf<"penalty">): readonly Occasion[] {
  if (day === undefined) return ONCE;
  if ("column" in day) {
    const value = work.facts.get(day.column);
    const time = typeof value === "number" ? timeOf(day.column, value) : undefined;
    return time !== undefined && time < work.context.now ? [{ own: dayPast(time), suffix: "" }] : [];
  }
  if ("missedLimit" in day) {
    const missed = work.missedLimits.find(({ level }) => level === day.missedLimit);
    return missed ? [{ own: missed.day, suffix: "" }] : [];
  }
  if ("missedStage" in day) {
    const own = work.missedStages.get(day.missedStage);
    return own === undefined ? [] : [{ own, suffix: "" }];
  }
  return work.furtherMonths.flatMap(({ number, level, day: own }) =>
    level === day.eachMonthPast ? [{ own, suffix: monthOccasion(number) }] : [],
  );
}

/** The day on which a limit turned out to be missed: the second after it. */
function dayPast(limit: WallTime): Day {
  return dayOfTime((limit + 1) as WallTime);
}

function timeOf(id: ColumnId, value: number): WallTime {
  return column(id).kind === "date" ? startOfDay(value as Day) : (value as WallTime);
}
