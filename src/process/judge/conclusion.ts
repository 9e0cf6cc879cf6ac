import { SLOT } from "../../rules/fact-row.js";
import { STAGES } from "../../rules/facts.js";
import { closingOf } from "../closing.js";
import { shortTime, timesApart } from "../fact-text.js";
import type { WorkedLimit } from "../limits.js";
import type { SentenceKey } from "../sentences.js";
import { beginsAtClosing, isOverdueStatus, isPast, openAfterClosing, statusOf, type Status } from "../status.js";
import { byName } from "./event-values.js";
import type { RowWork } from "./row-work.js";

const NEXT = byName(STAGES, (stage): SentenceKey => `next.${stage}`);

/** 当前状态, 逾期, 下一步, 依据 and the remarks every pack makes. */
export function concludeRow(work: RowWork): void {
  const { context, row } = work;
  // Of a row whose data can't be right nothing is given.
  if (work.faulty) work.outputs = { ...work.plan.blankOutputs };
  const { outputs } = work;
  outputs.packVersion = row.packVersion;
  if (work.faulty) {
    outputs.status = "数据有误";
    outputs.nextStep = work.t("next.fix-data");
  } else {
    const status = statusOfRow(work);
    outputs.status = status;
    outputs.overdue = isOverdueStatus(status);
    work.closing = closingOf({
      status,
      receivedAt: row.inputs.receivedAt,
      closedAt: work.closed ? row.inputs.closeAt : undefined,
      closedOnTime: work.facts.slots[SLOT.closedOnTime] === true,
      due: work.firstCloseDue,
      now: context.now,
    });
    const nextStep = nextStepOf(work, status);
    if (nextStep !== "") outputs.nextStep = work.shared(nextStep);
    remarks(work);
    const { grounds, limits, classification, plan } = work;
    const basis = plan.basis[context.language].text(grounds, limits, classification);
    if (basis !== "") outputs.basis = basis;
  }
  if (!work.samples.none && !work.faulty)
    work.say("info", "parameter.sample", { parameters: work.samples.titles(context.language) });
}

function statusOfRow(work: RowWork): Status {
  const { inputs } = work.row;
  return statusOf({
    unsure: isUnsure(work),
    transferred: work.transferred,
    upheld: inputs.upheld,
    deferred: inputs.deferred === true,
    closed: work.closed,
    closedOnTime: work.facts.slots[SLOT.closedOnTime] === true,
    limits: work.limits,
    now: work.context.now,
    warning: work.plan.warning,
  });
}

const STATUS_COLUMNS = [
  "closeAt",
  "upheld",
  "deferred",
  "receivedAt",
  "levelOverride",
  "categoryOverride",
  "caseKind",
] as const;

/**
 * Whether anything the row depends on is not known: closing above all, on an open case every stage with a limit, and what
 * its own cells leave open of money.
 */
function isUnsure({ row: { unread, asksMoney }, closed, limits }: RowWork): boolean {
  if (asksMoney || STATUS_COLUMNS.some((id) => unread.has(id))) return true;
  return !closed && limits.some(({ unsure }) => unsure === true);
}

/** What a person should do next: what rules say, and the open stage whose limit comes first. */
function nextStepOf(work: RowWork, status: Status): string {
  if (status === "待确认") return work.t("next.confirm");
  if (status === "已转新单" || status === "不成立") return work.nextSteps.join("；");
  if (status === "已结案" || status === "逾期结案" || status === "暂缓关闭") return work.nextSteps.join("；");
  const open = work.closed ? openAfterClosing(work.limits) : firstOpen(work.limits);
  const steps = [...work.nextSteps];
  if (open) steps.push(limitStep(work, open));
  else if (steps.length === 0) steps.push(work.t("next.open"));
  return steps.join("；");
}

/** A limit as a next step: the stage by its own words, a part by whose it is. */
function limitStep(work: RowWork, { stage, part, due }: WorkedLimit): string {
  if (part === undefined) return work.t(NEXT[stage], { due: shortTime(due) });
  return work.t("next.part", { part: part[work.context.language], due: shortTime(due) });
}

function firstOpen(limits: readonly WorkedLimit[]): WorkedLimit | undefined {
  let open: WorkedLimit | undefined;
  for (const limit of limits) if (limit.done === undefined && (!open || limit.due < open.due)) open = limit;
  return open;
}

/** A stage that was due and never done doesn't vanish with the closing of the case. */
function isNeverDone(work: RowWork, limit: WorkedLimit): boolean {
  return work.closed && !beginsAtClosing(limit) && isPast(limit, work.context.now);
}

/** Remarks every pack makes. */
function remarks(work: RowWork): void {
  const { inputs, followedBy, inForce } = work.row;
  const { header } = inForce.pack;
  if (work.facts.slots[SLOT.measuresVague] === true) {
    const error = header.vagueMeasures === "error" && inputs.closeAt !== undefined;
    work.say(error ? "error" : "warning", error ? "measures.vague-not-closed" : "measures.vague");
  }
  for (const limit of work.limits) {
    if (limit.part === undefined && limit.done !== undefined && limit.done > limit.due) {
      work.say("warning", "stage.late", {
        stage: work.t(`stage.${limit.stage}`),
        ...timesApart(limit.due, limit.done),
      });
    }
    if (isNeverDone(work, limit)) {
      work.say("warning", "stage.never-done", { stage: work.t(`stage.${limit.stage}`), due: shortTime(limit.due) });
    }
    if (
      limit.target !== undefined &&
      limit.done === undefined &&
      work.context.now > limit.target &&
      !isPast(limit, work.context.now) &&
      !work.closed
    ) {
      work.say("info", "target.passed", { target: shortTime(limit.target), due: shortTime(limit.due) });
    }
  }
  if (work.transferred) work.say("info", "follow.new", { id: followedBy.join("、") });
}
