import { leavesOf } from "../rules/conditions.js";
import type { Facts } from "../rules/facts.js";
import type { ActiveRule } from "../rules/in-force.js";
import { CONCERNS } from "../rules/events/kinds.js";
import type { Judgement } from "./judge/judgement.js";
import type { ReadyRow } from "./ready-row.js";
import type { WallTime } from "../domain/wall-time.js";

/**
 * The boundaries of rules, and which of them cases stand on: the last second of a limit and the one after it; the figure a
 * comparison or a tier ends at, and one just beyond. A comparison with 0 only asks whether there is anything at all.
 */

/** How far beyond a figure a value may lie to show what holds there. */
const JUST_BEYOND = 1;

/** A boundary of a rule, by its rule and what it is. */
interface Boundary {
  readonly key: string;
  /** The fact that is compared; undefined for a limit. */
  readonly fact?: keyof Facts;
  readonly figure?: number;
}

const known = new WeakMap<ActiveRule, readonly Boundary[]>();

/** Boundaries that a rule has. */
export function boundariesOf(rule: ActiveRule): readonly Boundary[] {
  let boundaries = known.get(rule);
  if (!boundaries) known.set(rule, (boundaries = search(rule)));
  return boundaries;
}

function search(rule: ActiveRule): readonly Boundary[] {
  const found = new Map<string, Boundary>();
  const add = (boundary: Boundary): void => {
    found.set(boundary.key, boundary);
  };
  for (const { fact, value } of leavesOf(rule.conditions))
    if (typeof value === "number" && value !== 0) add({ key: `${rule.id} ${fact} ${value}`, fact, figure: value });
  const { event } = rule;
  if (event.type === "deadline" && !("at" in event.params)) add({ key: `${rule.id} limit` });
  const tiered =
    event.type === "assign" && "by" in event.params
      ? event.params
      : event.type === "penalty" && "tiers" in event.params.amount
        ? event.params.amount
        : undefined;
  if (tiered)
    for (const { upTo } of tiered.tiers)
      if (upTo !== undefined) add({ key: `${rule.id} ${tiered.by} ${upTo}`, fact: tiered.by, figure: upTo });
  return [...found.values()];
}

/** On which sides of its boundaries a row stands: `key at` and `key beyond`. */
export function touchedBy(ready: ReadyRow, { workings }: Judgement, now: WallTime): readonly string[] {
  const touched: string[] = [];
  for (const { rule, due, done } of [...workings.passedLimits, ...workings.limits]) {
    const end = done ?? now;
    if (end === due) touched.push(`${rule.id} limit at`);
    if (end === due + 1) touched.push(`${rule.id} limit beyond`);
  }
  for (const concern of CONCERNS) {
    const facts = workings.factsSeen.get(concern) ?? workings.facts;
    for (const rule of ready.inForce.rules[concern])
      for (const { key, fact, figure } of boundariesOf(rule)) {
        const value = fact === undefined ? undefined : facts[fact];
        if (typeof value !== "number" || figure === undefined) continue;
        if (value === figure) touched.push(`${key} at`);
        else if (Math.abs(value - figure) <= JUST_BEYOND) touched.push(`${key} beyond`);
      }
  }
  return touched;
}
