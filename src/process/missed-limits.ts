import { addMonths } from "../domain/clocks.js";
import { dayOfTime, startOfDay, type Day, type WallTime } from "../domain/wall-time.js";

/** A closing limit that passed while the case was open, with the level it had then. */
export interface MissedLimit {
  readonly level: string | undefined;
  readonly due: WallTime;
  /** The day on which it was missed: that of the first second after it. */
  readonly day: Day;
}

/** A full month, counted from the first missed limit, at whose end the case was still open. */
export interface FurtherMonth {
  /** 1 for the first. */
  readonly number: number;
  /** The level the case had at its end. */
  readonly level: string | undefined;
  readonly day: Day;
}

export function missedLimit(level: string | undefined, due: WallTime): MissedLimit {
  return { level, due, day: dayOfTime((due + 1) as WallTime) };
}

/** The months that were full at `end`. `levelAfter`: the level once all limits are missed that were. */
export function furtherMonths(
  missed: readonly MissedLimit[],
  levelAfter: string | undefined,
  end: WallTime,
): FurtherMonth[] {
  const [first] = missed;
  if (!first) return [];
  const months: FurtherMonth[] = [];
  const time = first.due - startOfDay(dayOfTime(first.due));
  for (let number = 1; ; number++) {
    const day = addMonths(dayOfTime(first.due), number);
    const full = (startOfDay(day) + time) as WallTime;
    if (full > end) return months;
    // A limit missed later than that had not raised the level yet.
    const later = missed.find(({ due }) => due >= full);
    months.push({ number, level: later ? later.level : levelAfter, day });
  }
}
