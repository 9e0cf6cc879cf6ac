import { addAll } from "../../domain/grouping.js";
import { dayRanges } from "../../domain/day-ranges.js";
import { addYears } from "../../domain/clocks.js";
import type { ColumnId } from "../../domain/columns.js";
import { dayOfTime, hasNoTime, type Day, type WallTime } from "../../domain/wall-time.js";
import { SLOT } from "../../rules/fact-row.js";
import { STAGES } from "../../rules/facts.js";
import type { ActiveRule } from "../../rules/in-force.js";
import { cellPlace } from "../cell-place.js";
import { shortTime } from "../fact-text.js";
import { STAGE_COLUMNS, timeIn, workOutLimit, type WorkedLimit } from "../limits.js";
import { furtherMonths, missedLimit, type MissedLimit } from "../missed-limits.js";
import { isPart } from "../../rules/events/kinds.js";
import { beginsAtClosing, isLate } from "../status.js";
import { byName, type EventOf, type ValueOf } from "./event-values.js";
import { extended, sayPauses } from "./pauses.js";
import { reopened } from "./reopening.js";
import type { RowWork } from "./row-work.js";

const DEADLINE_OF = byName(
  STAGES,
  (stage): ValueOf<EventOf<"deadline">> =>
    (event) =>
      event.type === "deadline" && event.params.stage === stage && !isPart(event.params) ? event.params : undefined,
);
const archiveParams: ValueOf<EventOf<"archive">> = (event) => (event.type === "archive" ? event.params : undefined);

/** The limits of all stages, the level they escalate to, and 归档到期. */
export function judgeDeadlines(work: RowWork): void {
  const { inputs } = work.row;
  const { closed } = work;
  const { slots } = work.facts;
  slots[SLOT.originalLevel] = work.outputs.level;
  const rules = escalate(work, judgeLimits(work));
  work.kept?.fired.set("deadlines", rules);
  slots[SLOT.escalations] = work.missedLimits.length === 0 ? 0 : levelsRisen(work);
  const close = closeLimit(work);
  const closedAt = close?.done ?? inputs.closeAt;
  slots[SLOT.closedOnTime] =
    closed && (work.firstCloseDue === undefined || (closedAt !== undefined && closedAt <= work.firstCloseDue));
  slots[SLOT.closeOverdue] =
    !closed &&
    inputs.deferred !== true &&
    inputs.upheld !== false &&
    close !== undefined &&
    close.done === undefined &&
    close.unsure !== true &&
    work.context.now > close.due;
  if (work.firstCloseDue !== undefined) {
    slots[SLOT.monthsPastClose] = work.furtherMonths.length;
    const [missed] = work.missedLimits;
    const end = closedAt ?? work.context.now;
    slots[SLOT.daysPastClose] = missed === undefined ? 0 : dayOfTime(end) - missed.day + 1;
  }
  const late: string[] = [];
  let doubtful: Set<Day> | undefined;
  for (const limit of work.limits) {
    if (limit.part !== undefined) continue;
    if (stillLate(work, limit)) {
      late.push(limit.stage);
      if (!work.missedStages.has(limit.stage)) work.missedStages.set(limit.stage, missedOn(limit));
    } else work.missedStages.delete(limit.stage);
    for (const day of limit.doubtfulDays) (doubtful ??= new Set()).add(day);
    const { due } = STAGE_COLUMNS[limit.stage];
    work.outputs[due as "closeDue"] = limit.due;
    slots[SLOT[due]] = limit.due;
    work.groundOn(due, limit.rule);
  }
  slots[SLOT.lateStages] = late;
  sayWithoutTime(work);
  sayPauses(work);
  slots[SLOT.missedLevels] = levelsOf(work.missedLimits);
  slots[SLOT.monthEndLevels] = levelsOf(work.furtherMonths);
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

/** 缺时刻: a clock of hours that starts on a day alone, or a step noted with a day alone on the day of its limit. */
function sayWithoutTime(work: RowWork): void {
  let columns: Set<ColumnId> | undefined;
  for (const { startWithoutTime, startColumn, done, due, stage } of work.limits) {
    if (startWithoutTime) (columns ??= new Set()).add(startColumn);
    if (done !== undefined && hasNoTime(done) && dayOfTime(done) === dayOfTime(due))
      (columns ??= new Set()).add(STAGE_COLUMNS[stage].done);
  }
  if (columns === undefined) return;
  const cells = Array.from(columns, (id) => {
    const { cell, header } = cellPlace(work.row.row, id, work.context.place);
    return `${cell} ${header}`;
  });
  work.say("info", "time.missing", { cells: cells.join("、") });
}

function levelsOf(times: readonly { readonly level: string | undefined }[]): readonly string[] {
  return times.length === 0 ? NO_LEVELS : times.flatMap(({ level }) => level ?? []);
}

const NO_LEVELS: readonly string[] = [];

/**
 * The deadline rules by the level as it now is. What was done in time by the limits `before` stays in time, whatever the
 * level becomes later.
 */
function judgeLimits(work: RowWork, before: readonly WorkedLimit[] = [], roseAt?: WallTime): readonly ActiveRule[] {
  const rules = work.evaluate("deadlines");
  if (before.length > 0) addAll(work.levelsBefore, before);
  work.limits = [];
  const parts = rules.some(isPartRule);
  for (const stage of work.row.inForce.pack.header.stages) {
    const kept =
      before.length === 0
        ? undefined
        : before.find((limit) => limit.stage === stage && stage !== "close" && wasDone(limit, roseAt));
    const winner = work.winner(rules, DEADLINE_OF[stage], STAGE_COLUMNS[stage].due);
    const limit =
      kept ?? (winner && workOutLimit(winner.rule, winner.value, work.row.inputs, work.clock, work.row.unread));
    if (limit) work.limits.push(limitThatCounts(work, extended(work, limit, before.length === 0)));
    if (!parts) continue;
    for (const rule of rules) {
      const { event } = rule;
      if (event.type !== "deadline" || event.params.stage !== stage || !isPart(event.params)) continue;
      const part = workOutLimit(rule, event.params, work.row.inputs, work.clock, work.row.unread);
      if (part) work.limits.push(reopened(work, part, event.params));
    }
  }
  return rules;
}

/** Whether a rule limits somebody's part of a stage. */
function isPartRule({ event }: ActiveRule): boolean {
  return event.type === "deadline" && isPart(event.params);
}

/** Done in time, or, late or not, before the level rose: it is measured by the limit of its own level. */
function wasDone({ done, due }: WorkedLimit, roseAt: WallTime | undefined): boolean {
  return done !== undefined && (done <= due || (roseAt !== undefined && done <= roseAt));
}

/** A 结案时间 that doesn't count (empty measures) has closed nothing. */
function limitThatCounts(work: RowWork, limit: WorkedLimit): WorkedLimit {
  const uncounted = limit.stage === "close" && !work.closed && limit.done === work.row.inputs.closeAt;
  return uncounted && limit.done !== undefined ? { ...limit, done: undefined } : limit;
}

/** Raises the level with every closing limit that was missed, notes them, and gives the rules that hold in the end. */
function escalate(work: RowWork, first: readonly ActiveRule[]): readonly ActiveRule[] {
  const { inputs } = work.row;
  let rules = first;
  work.firstCloseDue = closeLimit(work)?.due;
  const missed: MissedLimit[] = [];
  const end = closingEnd(work);
  const ladder = ladderOf(rules);
  let stopped = end;
  for (;;) {
    noteMissedStages(work);
    const close = closeLimit(work);
    if (!close || close.unsure === true || inputs.upheld === false || end <= close.due) break;
    if (deferredInTime(work, close.due)) {
      stopped = Math.min(end, inputs.deferralRequestedAt ?? end) as WallTime;
      break;
    }
    missed.push(missedLimit(work.outputs.level, close.due));
    const step = ladder?.ladder.indexOf(work.outputs.level ?? "") ?? -1;
    const next = ladder?.ladder[step + 1];
    if (step < 0 || next === undefined) break;
    work.say("warning", "level.escalated", { due: shortTime(close.due), from: work.outputs.level!, to: next });
    for (const rule of rules) if (rule.event.type === "escalate") work.groundOn("level", rule);
    work.set("level", next);
    work.passedLimits.push(close);
    rules = judgeLimits(work, work.limits, close.due);
  }
  work.missedLimits = missed;
  work.furtherMonths = furtherMonths(missed, work.outputs.level, stopped);
  if (ladder !== undefined && missed.length > 0 && inputs.deferred === true && !inputs.deferralRequestedAt) {
    work.deferralUndated = true;
    work.say("warning", "deferral.when");
  }
  return ladder?.deferredLevel === undefined ? rules : deferredRules(work, rules, ladder.deferredLevel);
}

/** Notes which stages have missed the limits of the level at hand: what was missed then isn't dated anew when it rises. */
function noteMissedStages(work: RowWork): void {
  for (const limit of work.limits)
    if (limit.part === undefined && isLate(limit, work.context.now) && !work.missedStages.has(limit.stage))
      work.missedStages.set(limit.stage, missedOn(limit));
}

/** The day of the first second after a limit. */
function missedOn({ due }: WorkedLimit): Day {
  return dayOfTime((due + 1) as WallTime);
}

/** When the closing clock stopped: closing was asked for or done, else it still runs. */
function closingEnd(work: RowWork): WallTime {
  return closeLimit(work)?.done ?? (work.closed ? work.row.inputs.closeAt! : work.context.now);
}

/**
 * A deferral stops the clock only if it was asked for before the limit passed. Where nobody wrote when, it counts as long
 * as the limit has not passed yet; afterwards it is asked for.
 */
function deferredInTime(work: RowWork, due: WallTime): boolean {
  const { deferred, deferralRequestedAt } = work.row.inputs;
  if (deferred !== true) return false;
  if (!work.row.inForce.rules.deadlines.some(({ event }) => event.type === "escalate")) return true;
  return (deferralRequestedAt ?? work.context.now) <= due;
}

/** The level of a case whose closing was deferred, with the limits of that level; human decisions stay. */
function deferredRules(work: RowWork, rules: readonly ActiveRule[], level: string): readonly ActiveRule[] {
  const { deferred, deferralRequestedAt, levelOverride } = work.row.inputs;
  if (deferred !== true || work.closed) return rules;
  const last = work.missedLimits.at(-1);
  const counts = last === undefined || deferralRequestedAt === undefined || deferredInTime(work, closeDueOf(work));
  if (!counts) {
    work.say("warning", "deferral.late", { requested: shortTime(deferralRequestedAt), due: shortTime(last.due) });
    return rules;
  }
  // A level that a person wrote stays.
  if (levelOverride !== undefined) return rules;
  for (const rule of rules) if (rule.event.type === "escalate") work.groundOn("level", rule);
  work.set("level", level);
  return judgeLimits(work, work.limits);
}

function closeDueOf(work: RowWork): WallTime {
  return closeLimit(work)!.due;
}

/** By how many steps the level has risen. */
function levelsRisen(work: RowWork): number {
  const levels = new Set(work.missedLimits.map(({ level }) => level));
  return work.outputs.level !== undefined && levels.has(work.outputs.level) ? levels.size - 1 : levels.size;
}

function closeLimit(work: RowWork): WorkedLimit | undefined {
  for (const limit of work.limits) if (limit.stage === "close") return limit;
  return undefined;
}

/** Late as far as it still matters: on a closed or rejected case an open stage is no longer waited for. */
function stillLate(work: RowWork, limit: WorkedLimit): boolean {
  const over = work.closed || work.row.inputs.upheld === false;
  return limit.done === undefined && over && !beginsAtClosing(limit) ? false : isLate(limit, work.context.now);
}

function ladderOf(rules: readonly ActiveRule[]): EventOf<"escalate"> | undefined {
  for (const { event } of rules) if (event.type === "escalate") return event.params;
  return undefined;
}
