import type { ValueOf } from "./event-values.js";
import { HUMAN } from "./grounds.js";
import type { Ground } from "./ground.js";
import type { RowWork } from "./row-work.js";

const PEOPLE: readonly Ground[] = [{ kind: "people" }];

const departmentAssigned: ValueOf<string> = (event) =>
  event.type === "assign" && event.params.output === "department" ? event.params.value : undefined;

/** 承办岗位 and 责任部门: by 改判, by the rules, else the department of the crew or person named. */
export function assignRow(work: RowWork): void {
  const rules = work.evaluate("responsibility");
  let handlers: readonly string[] | undefined;
  for (const rule of rules) {
    if (rule.event.type !== "assign" || rule.event.params.output !== "handler") continue;
    const { value } = rule.event.params;
    if (handlers?.includes(value)) continue;
    handlers = handlers === undefined ? work.alone(value) : [...handlers, value];
    work.groundOn("handler", rule);
  }
  if (handlers) work.set("handler", handlers);

  const { departmentOverride, crew, person } = work.row.inputs;
  const winner = work.winner(rules, departmentAssigned, "department");
  if (departmentOverride !== undefined) work.set("department", departmentOverride, HUMAN);
  else if (winner) work.setBy(winner.rule, "department", winner.value);
  else {
    const { people } = work.context;
    const named = crew === undefined ? undefined : people.crew(crew, undefined);
    const who = person?.[0] && people.find(person[0]);
    const own =
      (named?.kind === "crew" ? named.department : undefined) ??
      (who?.kind === "person" ? who.person.department : undefined);
    if (own !== undefined) work.set("department", own, PEOPLE);
  }
  work.sendMessages(rules);
}
