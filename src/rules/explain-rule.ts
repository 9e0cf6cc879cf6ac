import { comparedValue, leafHolds, type ResolvedCondition, type ResolvedLeaf } from "./conditions.js";
import type { Facts, FactValue } from "./facts.js";

/** A comparison with what it compared on this row. */
export interface ExplainedLeaf {
  readonly kind: "leaf";
  readonly leaf: ResolvedLeaf;
  /** The fact's value on this row; undefined: blank. */
  readonly actual: FactValue | undefined;
  /** What it was compared with; the other fact's value where the rule names a fact. */
  readonly expected: ReturnType<typeof comparedValue>;
  readonly holds: boolean;
}

export interface ExplainedGroup {
  readonly kind: "all" | "any" | "not";
  readonly holds: boolean;
  readonly children: readonly Explained[];
}

export type Explained = ExplainedLeaf | ExplainedGroup;

/** Why a rule fires or doesn't: every condition, also those the engine would not have had to look at. */
export function explainRule(rule: { readonly conditions: ResolvedCondition }, facts: Facts): Explained {
  return explain(rule.conditions, facts);
}

function explain(condition: ResolvedCondition, facts: Facts): Explained {
  if ("all" in condition) {
    const children = condition.all.map((child) => explain(child, facts));
    return { kind: "all", holds: children.every(({ holds }) => holds), children };
  }
  if ("any" in condition) {
    const children = condition.any.map((child) => explain(child, facts));
    return { kind: "any", holds: children.some(({ holds }) => holds), children };
  }
  if ("not" in condition) {
    const child = explain(condition.not, facts);
    return { kind: "not", holds: !child.holds, children: [child] };
  }
  return {
    kind: "leaf",
    leaf: condition,
    actual: facts[condition.fact],
    expected: comparedValue(condition.value, facts),
    holds: leafHolds(condition, facts),
  };
}

/**
 * The one comparison that kept a rule from firing: the only member of an `all` that failed (through nested `all`s and
 * groups of one). Undefined if the rule fires or more than one thing is missing.
 */
export function onlyFailedLeaf(explained: Explained): ExplainedLeaf | undefined {
  if (explained.holds) return undefined;
  if (explained.kind === "leaf") return explained;
  const { kind, children } = explained;
  if (kind === "not" || (kind === "any" && children.length > 1)) return undefined;
  const failed = children.filter(({ holds }) => !holds);
  return failed.length === 1 ? onlyFailedLeaf(failed[0]!) : undefined;
}
