import { tierOf } from "../../rules/events/amounts.js";
import type { RowWork } from "./row-work.js";

/** 核决人: a post, or the one of its tier by an amount. */
export function approveRow(work: RowWork): void {
  const rules = work.evaluate("approvals");
  const winner = work.winner(
    rules,
    (event) => {
      if (event.type !== "assign" || event.params.output !== "approver") return undefined;
      if ("value" in event.params) return event.params.value;
      const by = work.facts.get(event.params.by);
      return typeof by === "number" ? String(tierOf(event.params.tiers, by)) : undefined;
    },
    "approver",
  );
  if (winner) work.setBy(winner.rule, "approver", winner.value);
  work.sendMessages(rules);
}

/** 应办单据. */
export function listForms(work: RowWork): void {
  const rules = work.evaluate("forms");
  let forms: readonly string[] | undefined;
  for (const rule of rules) {
    if (rule.event.type !== "form") continue;
    const { name } = rule.event.params;
    if (forms?.includes(name)) continue;
    forms = forms === undefined ? work.alone(name) : [...forms, name];
    work.groundOn("forms", rule);
  }
  if (forms) work.set("forms", forms);
  work.sendMessages(rules);
}
