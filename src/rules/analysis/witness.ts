import { addAll } from "../../domain/grouping.js";
import { column, isColumnId } from "../../domain/columns.js";
import { conceptOf } from "../concepts.js";
import { leafHolds, phrasesOf } from "../conditions.js";
import { FACT_KINDS, type FactName, type Facts, type FactValue } from "../facts.js";
import type { Conjunct, Literal } from "./conjuncts.js";
import { EVERYTHING, intersect, numberIn, type Interval, type Step } from "./interval.js";

/** Values a text fact can take at all (labels of a pack); a fact that is not listed can be any text. */
export type ClosedTexts = ReadonlyMap<FactName, readonly string[]>;

/** Facts on which a conjunct holds; `impossible`: none can; `unknown`: it compares facts with each other, or is too odd. */
export type Witness = Facts | "impossible" | "unknown";

/** The least step of a numeric fact: fen for money, whole numbers where nothing else makes sense. */
export function stepOf(fact: FactName): Step {
  if (!isColumnId(fact)) return fact === "amountAtStake" || fact === "defectPercent" ? 0.01 : 1;
  const { kind } = column(fact);
  return kind === "integer" || kind === "date" || kind === "datetime" ? 1 : 0.01;
}

/**
 * An example row for a conjunct, found fact by fact: an interval for numbers, a set for labels, phrases put together for
 * texts. Every example is judged by the conditions themselves before it is given out, so it can't claim what isn't so.
 */
export function witness(conjunct: Conjunct, closed: ClosedTexts = new Map()): Witness {
  if (conjunct.some(({ leaf }) => typeof leaf.value === "object" && "fact" in leaf.value)) return "unknown";
  const byFact = new Map<FactName, Literal[]>();
  for (const literal of conjunct) byFact.set(literal.leaf.fact, [...(byFact.get(literal.leaf.fact) ?? []), literal]);
  const facts: Facts = {};
  for (const [fact, literals] of byFact) {
    const value = valueFor(fact, literals, closed.get(fact));
    if (value === "impossible") return "impossible";
    if (value !== undefined) facts[fact] = value.value;
  }
  return conjunct.every(({ leaf, holds }) => leafHolds(leaf, facts) === holds) ? facts : "unknown";
}

type Found = { readonly value: FactValue } | undefined | "impossible";

/** A value on which all literals of one fact hold; undefined: a blank does. */
function valueFor(fact: FactName, literals: readonly Literal[], closed: readonly string[] | undefined): Found {
  const fits = (value: FactValue | undefined): boolean =>
    literals.every(({ leaf, holds }) => leafHolds(leaf, value === undefined ? {} : { [fact]: value }) === holds);
  for (const value of candidates(fact, literals, closed)) if (fits(value)) return { value };
  if (fact !== "always" && fits(undefined)) return undefined;
  return "impossible";
}

function candidates(
  fact: FactName,
  literals: readonly Literal[],
  closed: readonly string[] | undefined,
): Iterable<FactValue> {
  switch (FACT_KINDS.get(fact)) {
    case "boolean":
      return fact === "always" ? [true] : [true, false];
    case "number":
    case "date":
    case "datetime":
      return numbers(fact, literals);
    case "list":
      return lists(literals);
    default:
      return closed ?? texts(literals);
  }
}

function numbers(fact: FactName, literals: readonly Literal[]): number[] {
  let interval: Interval = EVERYTHING;
  const excluded = new Set<number>();
  const wanted: number[] = [];
  for (const { leaf, holds } of literals) {
    const { operator, value } = leaf;
    if (typeof value === "number") {
      const piece = pieceOf(operator, value, holds);
      if (piece) interval = intersect(interval, piece);
      if ((operator === "equal") === holds && (operator === "equal" || operator === "notEqual")) wanted.push(value);
      else if (operator === "equal" || operator === "notEqual") excluded.add(value);
    } else if (Array.isArray(value)) {
      for (const item of value) {
        if (typeof item !== "number") continue;
        if ((operator === "in") === holds) wanted.push(item);
        else excluded.add(item);
      }
    }
  }
  const found = numberIn(
    intersect(interval, { low: 0, lowOpen: false, high: Infinity, highOpen: true }),
    stepOf(fact),
    excluded,
  );
  const negative = numberIn(interval, stepOf(fact), excluded);
  return [...wanted, ...(found === undefined ? [] : [found]), ...(negative === undefined ? [] : [negative])];
}

/** The numbers on which an ordering leaf holds (or does not); undefined for other operators. */
function pieceOf(operator: string, value: number, holds: boolean): Interval | undefined {
  const below = (open: boolean): Interval => ({ ...EVERYTHING, high: value, highOpen: open });
  const above = (open: boolean): Interval => ({ ...EVERYTHING, low: value, lowOpen: open });
  switch (operator) {
    case "lessThan":
      return holds ? below(true) : above(false);
    case "lessThanInclusive":
      return holds ? below(false) : above(true);
    case "greaterThan":
      return holds ? above(true) : below(false);
    case "greaterThanInclusive":
      return holds ? above(false) : below(true);
    default:
      return undefined;
  }
}

/** Texts that are none of those a rule names; several, since a rule may name one of them too. */
const OTHER_TEXTS = ["（其他）", "〇〇〇", "※"];

function* texts(literals: readonly Literal[]): Generator<string> {
  const named: string[] = [];
  const mentioned: (readonly string[])[] = [];
  for (const { leaf, holds } of literals) {
    const { operator, value } = leaf;
    if (operator === "mentions" || operator === "doesNotMention") {
      if ((operator === "mentions") === holds) mentioned.push(phrasesOf(value));
    } else if (operator === "tells" || operator === "doesNotTell") {
      if ((operator === "tells") === holds) mentioned.push(examplesOf(phrasesOf(value)));
    } else if (typeof value === "string") named.push(value);
    else if (Array.isArray(value))
      addAll(
        named,
        value.filter((item): item is string => typeof item === "string"),
      );
  }
  yield* named;
  if (mentioned.length === 0) yield* OTHER_TEXTS;
  else {
    // Most often any phrase of each list will do; only a doesNotMention beside it asks for others.
    yield mentioned.map((phrases) => phrases[0]).join("，");
    const [first = [], ...rest] = mentioned;
    for (const phrase of first) {
      yield [phrase, ...rest.map((phrases) => phrases[0])].join("，");
      for (const other of rest.flat()) yield `${phrase}，${other}`;
    }
  }
}

/** Texts that tell a fact: phrases as they stand, gaps closed and a number put in. */
function examplesOf(concepts: readonly string[]): string[] {
  return concepts.flatMap((name) =>
    (conceptOf(name)?.phrases ?? []).flatMap(({ text, class: sure }) =>
      sure === "strong" ? [text.replaceAll("…", "").replaceAll("#", "3")] : [],
    ),
  );
}

function* lists(literals: readonly Literal[]): Generator<readonly string[]> {
  const wanted = literals
    .filter(({ leaf, holds }) => (leaf.operator === "contains") === holds)
    .flatMap(({ leaf }) => (typeof leaf.value === "string" ? [leaf.value] : []));
  yield wanted;
  yield [];
}
