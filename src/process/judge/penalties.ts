import { sumOf } from "../../domain/money.js";
import { dayOfTime, isoDate, isoMonth } from "../../domain/wall-time.js";
import type { ActiveRule } from "../../rules/in-force.js";
import type { PenaltyType } from "../../rules/events/kinds.js";
import { priceBearers } from "../amounts.js";
import { findBearers } from "../bearers.js";
import type { Penalty } from "../outcome.js";
import { cellPlace } from "../cell-place.js";
import type { EventOf } from "./event-values.js";
import type { RowWork } from "./row-work.js";

/** Penalties of a complaint that was not rejected, by everyone who bears them. */
export function penaliseRow(work: RowWork): void {
  const rules = work.evaluate("penalties");
  if (work.row.inputs.upheld !== false) {
    for (const rule of rules) if (rule.event.type === "penalty") addPenalty(work, rule, rule.event.params);
  }
  if (work.penalties.length > 0) {
    work.set("penalty", sumOf(work.penalties.map(({ penalty }) => penalty.amount)));
  }
  if (work.penalties.some(({ penalty }) => penalty.type === "罚款")) {
    const { repealedOn, warning } = work.context.statutes.fines;
    if (isoDate(dayOfTime(work.row.inputs.receivedAt)) >= repealedOn)
      work.message("warning", warning[work.context.language]);
  }
  work.sendMessages(rules);
}

function addPenalty(work: RowWork, rule: ActiveRule, params: EventOf<"penalty">): void {
  const { inputs, inForce, packVersion, id } = work.row;
  const { reason, kind, sanction } = params;
  const found = findBearers(params.subject, inputs, work.outputs.department, work.context.people, reason);
  const { priced, notes } = priceBearers(params.amount, found, inputs, work.facts, reason);
  for (const { key, params, column } of found.notes) {
    const place = column === undefined ? {} : cellPlace(work.row.row, column, work.context.place);
    work.message("warning", work.t(key, { ...place, ...params }), column);
  }
  for (const note of notes) work.say("warning", note.key, note.params);
  for (const { bearer, amount, formula } of priced) {
    if (amount === 0) continue;
    if (work.penalties.some(({ penalty }) => penalty.subject === bearer.name && penalty.reason === reason)) {
      work.say("error", "penalty.twice", { subject: bearer.name, reason });
      continue;
    }
    const penalty: Penalty = {
      row: work.row.row,
      complaintId: id,
      packId: inForce.pack.header.id,
      month: isoMonth(work.closed ? inputs.closeAt! : work.context.now),
      subjectType: bearer.subjectType,
      subject: bearer.name,
      department: bearer.department ?? work.outputs.department,
      type: kind satisfies PenaltyType,
      reason,
      formula,
      amount,
      sanction,
      basis: work.plan.ruleNotes(rule).regulationClause,
      rule: rule.id,
      packVersion,
    };
    work.penalties.push({ penalty, caps: work.plan.caps });
    work.groundOn("penalty", rule);
  }
}
