import { column, type InputId } from "../../domain/columns.js";
import { readUnit } from "../../domain/named-unit.js";
import { sumOf, yuanText, type Fen } from "../../domain/money.js";
import { dayOfTime, isoDate, isoMonth, type Day } from "../../domain/wall-time.js";
import { workAmount } from "../../rules/events/amounts.js";
import { settledOn } from "../../rules/events/settlement.js";
import type { ActiveRule } from "../../rules/in-force.js";
import { tellsAny } from "../../rules/text-facts.js";
import { priceBearers } from "../amounts.js";
import { findBearers, type Bearer } from "../bearers.js";
import { isAttributed, rowPenalties } from "../penalty-state.js";
import type { PenaltyState } from "../outcome.js";
import { cellPlace } from "../cell-place.js";
import { STAGE_COLUMNS } from "../limits.js";
import type { EventOf } from "./event-values.js";
import { occasionsOf, type Occasion } from "./occasions.js";
import type { RowWork } from "./row-work.js";

type PenaltyParams = EventOf<"penalty">;

/** Texts in which an outside party may be named as the cause. */
const TEXTS_ON_CAUSE = ["description", "cause", "rootCause"] as const;
/** Texts in which we say that it lies with the customer; what 投诉内容 says of it is what people argue about. */
const TEXTS_ON_CUSTOMER = ["cause", "rootCause"] as const;

/** Columns that settle a penalty: while one of them can't be read, or is asked about, nothing is settled. */
const SETTLING = ["closeAt", "upheld", "approveAt", "person", "crew", "departmentOverride"] as const;

/** Penalties of a complaint, by everyone who bears them; of one that was not upheld there are none. */
export function penaliseRow(work: RowWork): void {
  const rules = work.evaluate("penalties");
  if (work.row.inputs.upheld === false) {
    const reasons = reasonsOf(rules);
    if (reasons.length > 0) work.say("info", "penalty.not-upheld", { reasons: reasons.join("、") });
  } else for (const rule of rules) if (rule.event.type === "penalty") charge(work, rule, rule.event.params);
  if (work.penalties.length > 0) sayPenalties(work);
  work.sendMessages(rules);
}

/** What the penalties come to, and that fines are none of a company's to impose any more. */
function sayPenalties(work: RowWork): void {
  const row = rowPenalties(work.penalties.map(({ penalty }) => penalty));
  if (row) {
    work.set("penalty", row.total);
    work.set("penaltyState", row.state);
  }
  if (work.penalties.some(({ penalty }) => penalty.type === "罚款")) {
    const { repealedOn, warning } = work.context.statutes.fines;
    if (isoDate(dayOfTime(work.row.inputs.receivedAt)) >= repealedOn)
      work.message("warning", "penalty.fines", warning[work.context.language]);
  }
}

function reasonsOf(rules: readonly ActiveRule[]): string[] {
  return [...new Set(rules.flatMap(({ event }) => (event.type === "penalty" ? [event.params.reason] : [])))];
}

/** One rule's penalties; where nobody wrote who bears it, only what is proposed is said. */
function charge(work: RowWork, rule: ActiveRule, params: PenaltyParams): void {
  const occasions = occasionsOf(work, params);
  if (occasions.length === 0) return;
  // A fine that a clause dates itself falls on the department that has the step; persons are always to be named.
  const named = params.settledBy === "own-day" && params.subject.who === "department";
  if (named && isUnrecorded(work, params)) return;
  if (!named && !isAttributed(work.row.inputs)) {
    propose(work, rule, params);
    return;
  }
  const { inputs } = work.row;
  const found = findBearers(params.subject, inputs, work.outputs.department, work.context.people, params.reason);
  const { priced, notes } = priceBearers(params.amount, found, inputs, work.facts, params.reason);
  for (const { key, params: values, column } of found.notes) {
    const place = column === undefined ? {} : cellPlace(work.row.row, column, work.context.place);
    work.message("warning", key, work.t(key, { ...place, ...values }), column);
  }
  for (const note of notes) work.say("warning", note.key, note.params);
  const charged = priced.filter(({ amount }) => amount !== 0);
  const held = (!named && charged.length > 0 && isHeld(work, params.reason)) || restsOnDeferral(work, params);
  for (const occasion of occasions)
    for (const { bearer, amount, formula } of charged)
      addPenalty(work, rule, params, { bearer, amount, formula, occasion, held });
}

/** Columns by which a case is over, in packs whose closing limit departments answer for. */
const CLOSING_COLUMNS = ["closeRequestedAt", "closeAt"] as const satisfies readonly InputId[];

/** Whether the ledger has no column in which the step could have been written down: its absence is no lateness. */
function isUnrecorded(work: RowWork, { day }: PenaltyParams): boolean {
  const { recorded } = work.context.ledger;
  if (recorded === undefined || day === undefined) return false;
  const ends: readonly InputId[] =
    "missedLimit" in day || "eachMonthPast" in day
      ? CLOSING_COLUMNS
      : "missedStage" in day
        ? [STAGE_COLUMNS[day.missedStage].done]
        : [];
  if (ends.length === 0 || ends.some((id) => recorded.has(id))) return false;
  const key = "penalty.no-column";
  const text = work.t(key, { headers: ends.map((id) => `“${column(id).header}”`).join("、") });
  // Said once, however many limits were missed.
  if (!work.messages.some((message) => message.text === text)) work.message("warning", key, text);
  return true;
}

/** Whether it rests on a closing limit that a deferral, of which nobody wrote when it was asked for, may have stopped. */
function restsOnDeferral({ deferralUndated }: RowWork, { day }: PenaltyParams): boolean {
  return deferralUndated && day !== undefined && ("missedLimit" in day || "eachMonthPast" in day);
}

/** A text that lays it on an outside party, or on the customer, holds the sum until somebody writes 改判责任部门. */
function isHeld(work: RowWork, reason: string): boolean {
  const { inputs } = work.row;
  if (inputs.departmentOverride !== undefined) return false;
  const tells = (columns: readonly (typeof TEXTS_ON_CAUSE)[number][], concept: string) =>
    columns.find((id) => {
      const text = inputs[id];
      return text !== undefined && tellsAny(text, [concept]);
    });
  const outside = tells(TEXTS_ON_CAUSE, "third-party");
  const column = outside ?? tells(TEXTS_ON_CUSTOMER, "customer-fault");
  if (column === undefined) return isHeldByDepartment(work, reason);
  const key = outside === undefined ? "penalty.held-customer" : "penalty.held-outside";
  work.message("warning", key, work.t(key, { ...cellPlace(work.row.row, column, work.context.place), reason }), column);
  return true;
}

function isHeldByDepartment(work: RowWork, reason: string): boolean {
  const { department } = work.outputs;
  if (department === undefined || readUnit(department, work.context.people.departments).kind !== "outside")
    return false;
  const key = "penalty.held-department";
  work.message("warning", key, work.t(key, { department, reason }), "departmentOverride");
  return true;
}

/** Says which unit would bear how much, were it written down. */
function propose(work: RowWork, rule: ActiveRule, { subject, amount, reason }: PenaltyParams): void {
  const { inputs } = work.row;
  const { department } = work.outputs;
  const found = findBearers(subject, inputs, department, work.context.people, reason);
  const { priced } = priceBearers(amount, found, inputs, work.facts, reason);
  const whole = priced.length > 0 ? undefined : workAmount(amount, { inputs, facts: work.facts });
  const sum: Fen | undefined =
    priced.length > 0
      ? sumOf(priced.map((share) => share.amount))
      : whole && "amount" in whole
        ? whole.amount
        : undefined;
  const unit = subject.who === "post" ? subject.post : subject.who === "receiver" ? inputs.receiver : department;
  work.say("warning", "penalty.proposed", {
    reason,
    unit: unit ?? work.t("penalty.unit-open"),
    amount: sum === undefined ? work.t("penalty.amount-open") : work.t("penalty.amount", { amount: yuanText(sum) }),
  });
  work.restOn(rule);
}

interface Charge {
  readonly bearer: Bearer;
  readonly amount: Fen;
  readonly formula: string;
  readonly occasion: Occasion;
  readonly held: boolean;
}

function addPenalty(
  work: RowWork,
  rule: ActiveRule,
  params: PenaltyParams,
  { bearer, amount, formula, occasion, held }: Charge,
): void {
  const { row, inForce, packVersion, id } = work.row;
  const reason = `${params.reason}${occasion.suffix}`;
  const { state, day } = stateOf(work, params, occasion, !held && isKnown(work, bearer));
  if (isTwice(work, bearer, reason)) {
    work.faulty = true;
    work.say("error", "penalty.twice", { subject: bearer.name, reason });
    return;
  }
  work.penalties.push({
    penalty: {
      row,
      complaintId: id,
      packId: inForce.pack.header.id,
      state,
      settledOn: day,
      month: day === undefined ? isoMonth(work.context.now) : isoDate(day).slice(0, 7),
      subjectType: bearer.subjectType,
      subject: bearer.name,
      employeeNo: bearer.employeeNo,
      department: bearer.department ?? work.outputs.department,
      type: params.kind,
      reason,
      formula,
      amount,
      sanction: params.sanction,
      ownMonthOnly: params.ownMonthOnly === true,
      basis: work.plan.ruleNotes(rule).regulationClause,
      rule: rule.id,
      packVersion,
    },
    caps: work.plan.caps,
  });
  work.groundOn("penalty", rule);
  work.groundOn("penaltyState", rule);
}

function isKnown(work: RowWork, { known, subjectType }: Bearer): boolean {
  return known && !(subjectType === "部门" && work.unitUnknown);
}

/** One act is not punished twice: the same person and 事由 again. Namesakes are told apart by 工号. */
function isTwice(work: RowWork, bearer: Bearer, reason: string): boolean {
  return work.penalties.some(
    ({ penalty }) =>
      penalty.reason === reason &&
      penalty.subjectType === bearer.subjectType &&
      penalty.subject === bearer.name &&
      penalty.employeeNo === bearer.employeeNo,
  );
}

function stateOf(
  work: RowWork,
  { settledBy = "closing" }: PenaltyParams,
  occasion: Occasion,
  certain: boolean,
): { readonly state: PenaltyState; readonly day: Day | undefined } {
  const { inputs } = work.row;
  if (work.transferred) return { state: "作废", day: undefined };
  const open =
    work.context.proposesOnly ||
    work.unsettled ||
    work.row.sharesCase ||
    SETTLING.some((column) => work.row.unread.has(column));
  if (!certain || open) return { state: "拟定", day: undefined };
  const day = settledOn(settledBy, {
    closed: work.closed ? dayOfTime(inputs.closeAt!) : undefined,
    approved: inputs.approveAt === undefined ? undefined : dayOfTime(inputs.approveAt),
    own: occasion.own,
  });
  return { state: day === undefined ? "拟定" : "确定", day };
}
