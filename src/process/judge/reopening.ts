import { deadline } from "../../domain/clocks.js";
import { dayOfTime } from "../../domain/wall-time.js";
import { shortTime } from "../fact-text.js";
import type { WorkedLimit } from "../limits.js";
import type { EventOf } from "./event-values.js";
import type { RowWork } from "./row-work.js";

/**
 * A limit that a repeat begins anew: of the repeats received within so many days of its start the last one counts. What
 * was done before it has not worked, and ends nothing.
 */
export function reopened(work: RowWork, limit: WorkedLimit, params: EventOf<"deadline">): WorkedLimit {
  if (!("from" in params) || params.reopenedWithin === undefined) return limit;
  const days = params.reopenedWithin;
  const again = work.row.repeatedBy.findLast(
    ({ receivedAt }) => receivedAt > limit.start && dayOfTime(receivedAt) - dayOfTime(limit.start) <= days,
  );
  if (!again) return limit;
  const { calendar, closeOfBusiness, pause } = work.clock;
  const { due, doubtfulDays, pausedDays } = deadline(again.receivedAt, params.limit, calendar, closeOfBusiness, pause);
  const done = limit.done !== undefined && limit.done >= again.receivedAt ? limit.done : undefined;
  if (done === undefined)
    work.say("warning", "limit.reopened", { id: again.id, at: shortTime(again.receivedAt), due: shortTime(due) });
  return {
    ...limit,
    target: undefined,
    done,
    due,
    start: again.receivedAt,
    startColumn: "receivedAt",
    doubtfulDays,
    rolledOver: "days" in params.limit && dayOfTime(due) > dayOfTime(again.receivedAt) + params.limit.days + pausedDays,
  };
}
