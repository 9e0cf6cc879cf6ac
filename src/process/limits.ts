import type { InputId } from "../domain/columns.js";
import type { ComplaintInputs } from "../domain/complaint.js";
import type { WorkingCalendar } from "../domain/calendar.js";
import { deadline, type Length } from "../domain/clocks.js";
import { dayOfTime, endOfDay, SECONDS_PER_DAY, startOfDay, type Day, type WallTime } from "../domain/wall-time.js";
import { column, type OutputId } from "../domain/columns.js";
import type { Stage } from "../rules/facts.js";
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
}

/** What of the calendar and the pack a limit depends on. */
export interface Clock {
  readonly calendar: WorkingCalendar;
  /** Seconds of the day. */
  readonly closeOfBusiness: number;
}

/** The limit a deadline rule gives a row; undefined while the event that starts the clock has not happened. */
export function workOutLimit(
  rule: ActiveRule,
  params: DeadlineParams,
  inputs: ComplaintInputs,
  clock: Clock,
): WorkedLimit | undefined {
  const done = doneAt(params, inputs);
  if ("at" in params) {
    const start = timeIn(inputs, params.at);
    if (start === undefined) return undefined;
    return {
      stage: params.stage,
      rule,
      done,
      // A day without a time of day lasts to its end.
      due: start % SECONDS_PER_DAY === 0 ? endOfDay(dayOfTime(start)) : start,
      target: undefined,
      startColumn: params.at,
      start,
      length: undefined,
      doubtfulDays: NO_DAYS,
      rolledOver: false,
    };
  }
  for (const startColumn of params.from) {
    const start = timeIn(inputs, startColumn);
    if (start === undefined) continue;
    const { due, doubtfulDays } = deadline(start, params.limit, clock.calendar, clock.closeOfBusiness);
    const target = params.target && deadline(start, params.target, clock.calendar, clock.closeOfBusiness);
    return {
      stage: params.stage,
      part: params.part,
      rule,
      done,
      due,
      target: target?.due,
      startColumn,
      start,
      length: params.limit,
      doubtfulDays: target ? [...new Set([...doubtfulDays, ...target.doubtfulDays])] : doubtfulDays,
      rolledOver: "days" in params.limit && dayOfTime(due) > dayOfTime(start) + params.limit.days,
    };
  }
  return undefined;
}

/** When the stage was done: the first of the columns that end it. */
function doneAt({ stage, endsAt }: DeadlineParams, inputs: ComplaintInputs): WallTime | undefined {
  if (endsAt === undefined) return timeIn(inputs, STAGE_COLUMNS[stage].done);
  for (const column of endsAt) {
    const time = timeIn(inputs, column);
    if (time !== undefined) return time;
  }
  return undefined;
}

const NO_DAYS: readonly Day[] = [];

/** The wall time in a date or time column; a date is its 00:00. */
export function timeIn(inputs: ComplaintInputs, id: InputId): WallTime | undefined {
  const value = inputs[id];
  if (typeof value !== "number") return undefined;
  const { kind } = column(id);
  return kind === "date" ? startOfDay(value as Day) : kind === "datetime" ? (value as WallTime) : undefined;
}
