import { dayRanges } from "../../domain/day-ranges.js";
import { addYears } from "../../domain/clocks.js";
import { calendarDate, dayOfTime, startOfDay, type Day, type WallTime } from "../../domain/wall-time.js";
import { SLOT } from "../../rules/fact-row.js";
import { STAGES } from "../../rules/facts.js";
import type { ActiveRule } from "../../rules/in-force.js";
import { shortTime } from "../fact-text.js";
import { STAGE_COLUMNS, timeIn, workOutLimit, type WorkedLimit } from "../limits.js";
import { isLate } from "../status.js";
import { byName, type EventOf, type ValueOf } from "./event-values.js";
import type { RowWork } from "./row-work.js";

const DEADLINE_OF = byName(
  STAGES,
  (stage): ValueOf<EventOf<"deadline">> =>
    (event) =>
      event.type === "deadline" && event.params.stage === stage ? event.params : undefined,
);
const archiveParams: ValueOf<EventOf<"archive">> = (event) => (event.type === "archive" ? event.params : undefined);

/** The limits of all stages, the level they escalate to, and 归档到期. */
export function judgeDeadlines(work: RowWork): void {
  const { inputs } = work.row;
  const { closed } = work;
  const { slots } = work.facts;
  slots[SLOT.originalLevel] = work.outputs.level;
  let escalations = 0;
  let firstClose: WorkedLimit | undefined;
  let rules = judgeLimits(work);
  for (;;) {
    const close = closeLimit(work);
    firstClose ??= close;
    const ladder = ladderOf(rules);
    const at = closed ? inputs.closeAt! : work.context.now;
    if (!ladder || !close || inputs.deferred === true || inputs.upheld === false || at <= close.due) break;
    const step = ladder.indexOf(work.outputs.level ?? "");
    const next = ladder[step + 1];
    if (step < 0 || next === undefined) break;
    escalations += 1;
    work.say("warning", "level.escalated", { due: shortTime(close.due), from: work.outputs.level!, to: next });
    for (const rule of rules) if (rule.event.type === "escalate") work.groundOn("level", rule);
    work.set("level", next);
    rules = judgeLimits(work);
  }
  work.kept?.fired.set("deadlines", rules);
  slots[SLOT.escalations] = escalations;
  work.firstCloseDue = firstClose?.due;
  const closeDue = closeLimit(work);
  const end = closed ? inputs.closeAt! : work.context.now;
  slots[SLOT.closedOnTime] = closed && (firstClose === undefined || inputs.closeAt! <= firstClose.due);
  slots[SLOT.closeOverdue] =
    !closed &&
    inputs.deferred !== true &&
    inputs.upheld !== false &&
    closeDue !== undefined &&
    work.context.now > closeDue.due;
  if (firstClose) slots[SLOT.monthsPastClose] = wholeMonths(firstClose.due, end);
  const late: string[] = [];
  let doubtful: Set<Day> | undefined;
  for (const limit of work.limits) {
    if (stillLate(work, limit)) late.push(limit.stage);
    for (const day of limit.doubtfulDays) (doubtful ??= new Set()).add(day);
    const { due } = STAGE_COLUMNS[limit.stage];
    work.outputs[due as "closeDue"] = limit.due;
    slots[SLOT[due]] = limit.due;
    work.groundOn(due, limit.rule);
  }
  slots[SLOT.lateStages] = late;
  if (doubtful) work.say("warning", "doubtful-days", { days: dayRanges(doubtful).join("、") });

  const archive = work.winner(rules, archiveParams, "archiveUntil");
  if (archive) {
    const from = timeIn(inputs, archive.value.from);
    const counts = archive.value.from !== "closeAt" || closed;
    if (from !== undefined && counts) {
      work.outputs.archiveUntil = addYears(dayOfTime(from), archive.value.years);
      work.groundOn("archiveUntil", archive.rule);
    }
  }
  work.sendMessages(rules);
}

/** The deadline rules by the level as it now is. */
function judgeLimits(work: RowWork): readonly ActiveRule[] {
  const rules = work.evaluate("deadlines");
  work.limits = [];
  for (const stage of work.row.inForce.pack.header.stages) {
    const winner = work.winner(rules, DEADLINE_OF[stage], STAGE_COLUMNS[stage].due);
    const limit = winner && workOutLimit(winner.rule, winner.value, work.row.inputs, work.clock);
    if (limit) work.limits.push(stage === "close" && !work.closed ? { ...limit, done: undefined } : limit);
  }
  return rules;
}

function closeLimit(work: RowWork): WorkedLimit | undefined {
  for (const limit of work.limits) if (limit.stage === "close") return limit;
  return undefined;
}

/** Late as far as it still matters: on a closed or rejected case an open stage is no longer waited for. */
function stillLate(work: RowWork, limit: WorkedLimit): boolean {
  const over = work.closed || work.row.inputs.upheld === false;
  return limit.done === undefined && over && limit.stage !== "revisit" ? false : isLate(limit, work.context.now);
}

function ladderOf(rules: readonly ActiveRule[]): readonly string[] | undefined {
  for (const { event } of rules) if (event.type === "escalate") return event.params.ladder;
  return undefined;
}

/** Whole months from one time to a later one; 0 if it is not later. */
function wholeMonths(from: WallTime, to: WallTime): number {
  if (to <= from) return 0;
  const a = calendarDate(dayOfTime(from));
  const b = calendarDate(dayOfTime(to));
  const months = (b.year - a.year) * 12 + b.month - a.month;
  const ahead = b.day - a.day || timeOfDay(to) - timeOfDay(from);
  return ahead >= 0 ? months : months - 1;
}

function timeOfDay(time: WallTime): number {
  return time - startOfDay(dayOfTime(time));
}
