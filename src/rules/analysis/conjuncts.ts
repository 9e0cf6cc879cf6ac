import { addAll } from "../../domain/grouping.js";
import type { ResolvedCondition, ResolvedLeaf } from "../conditions.js";

/** A leaf that must hold, or must not. */
export interface Literal {
  readonly leaf: ResolvedLeaf;
  readonly holds: boolean;
}

/** All of these together. */
export type Conjunct = readonly Literal[];

/** More ways than this and nobody could read the rule either; such a rule is left out of the analysis and named. */
export const MOST_CONJUNCTS = 4096;

/** The ways in which a condition can come true (disjunctive normal form); undefined if there are too many. */
export function conjuncts(condition: ResolvedCondition, holds = true): Conjunct[] | undefined {
  if ("fact" in condition) return [[{ leaf: condition, holds }]];
  if ("not" in condition) return conjuncts(condition.not, !holds);
  const isAll = "all" in condition;
  const children = isAll ? condition.all : condition.any;
  return isAll === holds ? product(children, holds) : union(children, holds);
}

function union(children: readonly ResolvedCondition[], holds: boolean): Conjunct[] | undefined {
  const ways: Conjunct[] = [];
  for (const child of children) {
    const own = conjuncts(child, holds);
    if (!own || ways.length + own.length > MOST_CONJUNCTS) return undefined;
    addAll(ways, own);
  }
  return ways;
}

function product(children: readonly ResolvedCondition[], holds: boolean): Conjunct[] | undefined {
  let ways: Conjunct[] = [[]];
  for (const child of children) {
    const own = conjuncts(child, holds);
    if (!own || ways.length * own.length > MOST_CONJUNCTS) return undefined;
    ways = ways.flatMap((way) => own.map((more) => [...way, ...more]));
  }
  return ways;
}
