import type { WallTime } from "../domain/wall-time.js";
import type { Status } from "./status.js";

/**
 * How a complaint stands to its end, as it was judged. Reports take it from here: what counts as closed, and which limit
 * decides whether it was in time, are the pack's to say and can't be told from 结案时间 and 结案期限 alone.
 */
export interface Closing {
  /**
   * When it came to its end: 结案时间 where it counts, never before 受理时间; for a case that was not upheld, or goes on
   * under another number, without one: 受理时间. Undefined while it is open.
   */
  readonly endedAt: WallTime | undefined;
  /** It was closed, not only ended otherwise. */
  readonly closed: boolean;
  /** The limit that decides whether it was closed in time: the first one, before any rise of the level. */
  readonly due: WallTime | undefined;
  /** Closed within that limit; closed after it or open past it. Undefined: no limit, not due yet, or no longer waited for. */
  readonly kept: boolean | undefined;
}

/** A row of which nothing can be said: it belongs to no limit, and to no period as an ended one. */
export const UNJUDGED: Closing = { endedAt: undefined, closed: false, due: undefined, kept: undefined };

export interface ClosingInput {
  readonly status: Status;
  readonly receivedAt: WallTime;
  /** 结案时间, where it counts. */
  readonly closedAt: WallTime | undefined;
  readonly closedOnTime: boolean;
  /** The first limit of closing. */
  readonly due: WallTime | undefined;
  readonly now: WallTime;
}

/** Statuses in which nobody waits for 结案时间 any more. */
const NOT_WAITED_FOR: ReadonlySet<Status> = new Set<Status>(["待确认", "不成立", "已转新单", "暂缓关闭"]);
const ENDED_WITHOUT_CLOSING: ReadonlySet<Status> = new Set<Status>(["不成立", "已转新单"]);

export function closingOf({ status, receivedAt, closedAt, closedOnTime, due, now }: ClosingInput): Closing {
  // A row that says 暂缓关闭 says that it is not closed, whatever stands in 结案时间.
  if (closedAt !== undefined && status !== "暂缓关闭") {
    const endedAt = Math.max(closedAt, receivedAt) as WallTime;
    return { endedAt, closed: true, due, kept: due === undefined ? undefined : closedOnTime };
  }
  const overdue = due !== undefined && now > due && !NOT_WAITED_FOR.has(status);
  return {
    endedAt: ENDED_WITHOUT_CLOSING.has(status) ? receivedAt : undefined,
    closed: false,
    due,
    kept: overdue ? false : undefined,
  };
}
