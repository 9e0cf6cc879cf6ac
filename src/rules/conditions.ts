import { matchText } from "../domain/match-key.js";
import type { FactName, Facts, FactValue } from "./facts.js";
import type { Operator } from "./schema-parts.js";
import { tellsAny } from "./text-facts.js";

/** Conditions as they are judged: named conditions are in place and parameters replaced by their values. */
export type ResolvedValue = string | number | boolean | readonly (string | number)[] | { readonly fact: FactName };

export interface ResolvedLeaf {
  readonly fact: FactName;
  readonly operator: Operator;
  readonly value: ResolvedValue;
}

export type ResolvedCondition =
  | ResolvedLeaf
  | { readonly all: readonly ResolvedCondition[] }
  | { readonly any: readonly ResolvedCondition[] }
  | { readonly not: ResolvedCondition };

/** What a leaf compares with on this row: a value that names another fact stands for that fact. */
export function comparedValue(
  value: ResolvedValue,
  facts: Facts,
): FactValue | readonly (string | number)[] | undefined {
  return typeof value === "object" && "fact" in value ? facts[value.fact] : value;
}

type Compared = FactValue | readonly (string | number)[] | undefined;
type OperatorTest = (fact: FactValue | undefined, value: Compared) => boolean;

/** As json-rules-engine's `numberValidator`: ordering operators refuse what `parseFloat` can't read. */
export function readsAsNumber(fact: FactValue | undefined): boolean {
  return !Number.isNaN(Number.parseFloat(String(fact)));
}

function ordering(compare: (fact: number, value: number) => boolean): OperatorTest {
  // The comparison itself is the language's own, without converting first: that is what the reference does.
  return (fact, value) => readsAsNumber(fact) && compare(fact as number, value as number);
}

// indexOf, not includes: strict equality, as the reference has it.
const has = (list: unknown, member: unknown): boolean => (list as readonly unknown[]).indexOf(member) > -1;

/** The phrases of a `mentions` value, or the concepts of a `tells`. */
export function phrasesOf(value: ResolvedValue | Compared): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((phrase) => typeof phrase === "string") : [];
}

/** Whether a text contains any of the phrases, both as `matchText` sees them; only a text can. */
export function mentionsAny(fact: FactValue | undefined, phrases: readonly string[]): boolean {
  if (typeof fact !== "string") return false;
  const text = matchText(fact);
  return phrases.some((phrase) => text.includes(matchText(phrase)));
}

/** Whether a text tells any of these facts, with what stands around them taken into account; only a text can. */
export function tellsFact(fact: FactValue | undefined, concepts: readonly string[]): boolean {
  return typeof fact === "string" && tellsAny(fact, concepts);
}

/**
 * What each operator says of a fact and a value, exactly as json-rules-engine 7.3 would (its ten), and our own.
 * This is the plain form that `explain` shows and the compiled form is tested against.
 */
export const OPERATOR_TESTS: Readonly<Record<Operator, OperatorTest>> = {
  equal: (fact, value) => fact === value,
  notEqual: (fact, value) => fact !== value,
  in: (fact, value) => has(value, fact),
  notIn: (fact, value) => !has(value, fact),
  contains: (fact, value) => Array.isArray(fact) && has(fact, value),
  doesNotContain: (fact, value) => Array.isArray(fact) && !has(fact, value),
  lessThan: ordering((fact, value) => fact < value),
  lessThanInclusive: ordering((fact, value) => fact <= value),
  greaterThan: ordering((fact, value) => fact > value),
  greaterThanInclusive: ordering((fact, value) => fact >= value),
  mentions: (fact, value) => mentionsAny(fact, phrasesOf(value)),
  doesNotMention: (fact, value) => !mentionsAny(fact, phrasesOf(value)),
  tells: (fact, value) => tellsFact(fact, phrasesOf(value)),
  doesNotTell: (fact, value) => !tellsFact(fact, phrasesOf(value)),
  isPresent: (fact, value) => (fact !== undefined) === value,
};

/** Whether a leaf holds on these facts. */
export function leafHolds(leaf: ResolvedLeaf, facts: Facts): boolean {
  return OPERATOR_TESTS[leaf.operator](facts[leaf.fact], comparedValue(leaf.value, facts));
}

/** Every leaf of a condition, depth first; a condition shared by name is visited wherever it stands. */
export function* leavesOf(condition: ResolvedCondition): Generator<ResolvedLeaf> {
  if ("fact" in condition) yield condition;
  else if ("all" in condition) for (const child of condition.all) yield* leavesOf(child);
  else if ("any" in condition) for (const child of condition.any) yield* leavesOf(child);
  else yield* leavesOf(condition.not);
}
