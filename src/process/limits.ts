import type { InputId } from "../domain/columns.js";
import type { ComplaintInputs } from "../domain/complaint.js";
import type { WorkingCalendar } from "../domain/calendar.js";
import { deadline, type Length, type Pause } from "../domain/clocks.js";
import { dayOfTime, endOfDay, hasNoTime, startOfDay, type Day, type WallTime } from "../domain/wall-time.js";
import { column, type OutputId } from "../domain/columns.js";
import { STAGES, type Stage } from "../rules/facts.js";
import type { ResolvedEvent } from "../rules/events/kinds.js";
import type { ActiveRule } from "../rules/in-force.js";
import type { Text } from "../rules/placeholders.js";
import type { Limit } from "./status.js";

/** The columns of each stage: where its limit is written and where people note that it is done. */
export const STAGE_COLUMNS: Readonly<Record<Stage, { readonly due: OutputId; readonly done: InputId }>> = {
  report: { due: "reportDue", done: "reportAt" },
  handover: { due: "handoverDue", done: "handoverAt" },
  firstReply: { due: "firstReplyDue", done: "firstReplyAt" },
  investigate: { due: "investigateDue", done: "investigateAt" },
  approve: { due: "approveDue", done: "approveAt" },
  close: { due: "closeDue", done: "closeAt" },
  revisit: { due: "revisitDue", done: "revisitAt" },
  feedback: { due: "feedbackDue", done: "feedbackAt" },
  discipline: { due: "disciplineDue", done: "disciplineAt" },
};

const DONE_OF = Object.fromEntries(STAGES.map((stage) => [stage, [STAGE_COLUMNS[stage].done]])) as unknown as Readonly<
  Record<Stage, readonly InputId[]>
>;

type DeadlineParams = Extract<ResolvedEvent, { type: "deadline" }>["params"];

/** A limit of a row with how it came about. */
export interface WorkedLimit extends Limit {
  readonly rule: ActiveRule;
  readonly startColumn: InputId;
  readonly start: WallTime;
  /** Whose part of the stage it is; undefined: the stage's own limit. */
  readonly part?: Text | undefined;
  /** Undefined where the limit is what a column says. */
  readonly length: Length | undefined;
  /** Days that decided it and may have been moved. */
  readonly doubtfulDays: readonly Day[];
  /** The last day was a rest day, so that the limit moved. */
  readonly rolledOver: boolean;
  /** Days that did not count because the clock was stopped. */
  readonly pausedDays?: number;
  /** The limit that was moved by 延期至. */
  readonly extendedFrom?: WallTime;
  /** The clock started on a day without a time, so that its last second was taken. */
  readonly startWithoutTime?: true;
}

/** What of the calendar and the pack a limit depends on. */
export interface Clock {
  readonly calendar: WorkingCalendar;
  /** Seconds of the day. */
  readonly closeOfBusiness: number;
  /** Days on which clocks of days stand still. */
  readonly pause?: Pause | undefined;
}

/**
 * The limit a deadline rule gives a row; undefined while the event that starts the clock has not happened, or if it can't
 * be read (`unread`) when that was.
 */
export function workOutLimit(
  rule: ActiveRule,
  params: DeadlineParams,
  inputs: ComplaintInputs,
  clock: Clock,
  unread: ReadonlySet<InputId>,
): WorkedLimit | undefined {
  const done = doneAt(params, inputs);
  const unknown = done === undefined && unread.size > 0 && doneColumns(params).some((id) => unread.has(id));
  const unsure = unknown ? { unsure: true as const } : {};
  if ("at" in params) {
    const start = timeIn(inputs, params.at);
    if (start === undefined) return undefined;
    return {
      stage: params.stage,
      rule,
      done,
      // A day without a time of day lasts to its end.
      due: hasNoTime(start) ? endOfDay(dayOfTime(start)) : start,
      ...unsure,
      target: undefined,
      startColumn: params.at,
      start,
      length: undefined,
      doubtfulDays: NO_DAYS,
      rolledOver: false,
    };
  }
  for (const startColumn of params.from) {
    if (unread.has(startColumn)) return undefined;
    const written = timeIn(inputs, startColumn);
    if (written === undefined) continue;
    // Nobody is charged for a minute that nobody wrote: a clock of hours or minutes begins when the day is over.
    const whole = hasNoTime(written) && runsByTheMinute(params.limit);
    const start = whole ? endOfDay(dayOfTime(written)) : written;
    const { calendar, closeOfBusiness, pause } = clock;
    const { due, doubtfulDays, pausedDays } = deadline(start, params.limit, calendar, closeOfBusiness, pause);
    const target = params.target && deadline(start, params.target, calendar, closeOfBusiness, pause);
    const limit: WorkedLimit = {
      stage: params.stage,
      part: params.part,
      rule,
      done,
      due,
      target: target?.due,
      startColumn,
      start,
      length: params.limit,
      doubtfulDays:
        target && target.doubtfulDays.length > 0
          ? [...new Set([...doubtfulDays, ...target.doubtfulDays])]
          : doubtfulDays,
      rolledOver: "days" in params.limit && dayOfTime(due) > dayOfTime(start) + params.limit.days + pausedDays,
    };
    if (!unknown && !whole && pausedDays === 0) return limit;
    return {
      ...limit,
      ...unsure,
      ...(whole ? { startWithoutTime: true as const } : {}),
      ...(pausedDays === 0 ? {} : { pausedDays }),
    };
  }
  return undefined;
}

/** When the stage was done: the first of the columns that end it. */
function doneAt(params: DeadlineParams, inputs: ComplaintInputs): WallTime | undefined {
  for (const column of doneColumns(params)) {
    const time = timeIn(inputs, column);
    if (time !== undefined) return time;
  }
  return undefined;
}

function doneColumns({ stage, endsAt }: DeadlineParams): readonly InputId[] {
  return endsAt ?? DONE_OF[stage];
}

function runsByTheMinute(length: Length): boolean {
  return "hours" in length || "minutes" in length || "endOfWork" in length;
}

/** The days on which a row's clocks stand still: from 暂停自 to 暂停至, or until now while nobody has said that it is over. */
export function pauseOf({ pausedFrom, pausedTo }: ComplaintInputs, now: WallTime): Pause | undefined {
  if (pausedFrom === undefined) return undefined;
  const pause = { from: dayOfTime(pausedFrom), to: dayOfTime(pausedTo ?? now) };
  return pause.to < pause.from ? undefined : pause;
}

const NO_DAYS: readonly Day[] = [];

/** The wall time in a date or time column; a date is its 00:00. */
export function timeIn(inputs: ComplaintInputs, id: InputId): WallTime | undefined {
  const value = inputs[id];
  if (typeof value !== "number") return undefined;
  const { kind } = column(id);
  return kind === "date" ? startOfDay(value as Day) : kind === "datetime" ? (value as WallTime) : undefined;
}
