import { fen, yuanText } from "../../domain/money.js";
import type { ActiveRule } from "../../rules/in-force.js";
import { workAmount } from "../../rules/events/amounts.js";
import { amountNote, returnLimit, splitCost } from "../amounts.js";
import type { EventOf, ValueOf } from "./event-values.js";
import type { RowWork } from "./row-work.js";

const postReturnParams: ValueOf<EventOf<"post-return">> = (event) =>
  event.type === "post-return" ? event.params : undefined;

/** 补偿金额, the split of repair costs, and what of a return may be posted. */
export function compensateRow(work: RowWork): void {
  const rules = work.evaluate("compensation");
  const { inputs } = work.row;
  let total = 0;
  for (const rule of rules) {
    if (rule.event.type !== "compensate") continue;
    const { amount, reason } = rule.event.params;
    const result = workAmount(amount, { inputs, facts: work.facts });
    if ("missing" in result) {
      const { key, params } = amountNote(result.missing, reason);
      work.say("warning", key, params);
      continue;
    }
    total += result.amount;
    work.groundOn("compensation", rule);
    work.say("info", "compensation.formula", { reason, formula: result.formula, amount: yuanText(result.amount) });
  }
  if (work.grounds.get("compensation") !== undefined) work.set("compensation", fen(total));
  splitRepairCost(work, rules);
  postReturn(work, rules);
  work.sendMessages(rules);
}

function splitRepairCost(work: RowWork, rules: readonly ActiveRule[]): void {
  const rule = rules.find(({ event }) => event.type === "split-cost");
  const { repairCost, factoryShare } = work.row.inputs;
  if (!rule || repairCost === undefined) return;
  if (factoryShare === undefined) {
    work.say("warning", "cost.share-missing");
    return;
  }
  const { factory, customer } = splitCost(repairCost, factoryShare);
  work.setBy(rule, "factoryCost", factory);
  work.setBy(rule, "customerCost", customer);
}

function postReturn(work: RowWork, rules: readonly ActiveRule[]): void {
  const winner = work.winner(rules, postReturnParams, "postedReturn");
  if (!winner) return;
  const { approvedReturn, actualReturn, returnTolerance } = work.row.inputs;
  if (approvedReturn === undefined && actualReturn === undefined) return;
  if (approvedReturn === undefined || actualReturn === undefined) {
    work.say("info", "return.incomplete");
    return;
  }
  const limit = returnLimit(approvedReturn, returnTolerance ?? winner.value.tolerance);
  // The row's own ratio wins, and then nothing rests on the pack's parameter.
  if (returnTolerance === undefined) work.restOn(winner.rule);
  if (actualReturn <= limit) work.setBy(winner.rule, "postedReturn", actualReturn, returnTolerance !== undefined);
  else work.say("warning", "return.exceeds", { actual: actualReturn, limit });
}
