import { addAll } from "../../domain/grouping.js";
import { matchText } from "../../domain/match-key.js";
import type { ResolvedCondition, ResolvedLeaf } from "../conditions.js";
import { leavesOf } from "../conditions.js";
import { FACT_KINDS, type FactName, type Facts } from "../facts.js";
import { packInForce, epochs, type ActiveRule, type PackInForce } from "../in-force.js";
import { CLASSIFIED_OUTPUTS, CONCERNS, decidedOutput, eventLabels, ruleTable } from "../events/kinds.js";
import type { Pack } from "../pack.js";
import { addDays, isoDate, type Day } from "../../domain/wall-time.js";
import { conjuncts, type Conjunct } from "./conjuncts.js";
import { isEmptyPhrase } from "./empty-phrase.js";
import { intersect, intervalText, isEmpty, numberIn, pieces, type Interval } from "./interval.js";
import { stepOf, witness, type ClosedTexts } from "./witness.js";

/** Two rules that decide one output differently on the same row with equal priority. */
export interface Overlap {
  readonly kind: "overlap";
  readonly output: string;
  readonly rules: readonly [string, string];
  /** Where they meet, in words: loss = 1000. */
  readonly where: string;
  readonly example: Facts;
}

/** A stretch of a table of numbers, or a label, for which no rule of the table says anything. */
export interface Gap {
  readonly kind: "gap";
  readonly output: string;
  readonly fact: FactName;
  readonly where: string;
  readonly example: Facts;
  /** The rules on both sides. */
  readonly between: readonly [string, string];
  /** What would close it: this rule with this condition in place of its own on the fact. */
  readonly closing: { readonly rule: string; readonly condition: ResolvedLeaf };
}

/** A time in which a concern of the pack has no rule for an output it has rules for before and after. */
export interface PeriodGap {
  readonly kind: "period-gap";
  readonly output: string;
  readonly from: string;
  readonly to: string;
}

export interface NeverFires {
  readonly kind: "never-fires";
  readonly rule: string;
}

/** One phrase that speaks for and against the same label. */
export interface ContradictingPhrase {
  readonly kind: "contradicting-phrase";
  readonly output: string;
  readonly label: string;
  readonly phrase: string;
}

/** A phrase that says nothing of what a complaint is about: 没, 就不, but. */
export interface EmptyPhrase {
  readonly kind: "empty-phrase";
  readonly output: string;
  readonly label: string;
  readonly phrase: string;
}

export type Finding = Overlap | Gap | PeriodGap | NeverFires | ContradictingPhrase | EmptyPhrase;

/** What can be told of a pack without any row, for every time in which nothing of it changes. */
export function analysePack(pack: Pack): Finding[] {
  const findings = new Map<string, Finding>();
  const add = (found: readonly Finding[]): void => {
    for (const finding of found) findings.set(JSON.stringify({ ...finding, example: undefined }), finding);
  };
  for (const { from, to } of epochs(pack)) {
    const inForce = packInForce(pack, from ?? addDays(to ?? (40_000 as Day), -1));
    if (!inForce.started) continue;
    const closed = closedTexts(inForce);
    const ways = new Map<ActiveRule, readonly Conjunct[]>();
    for (const concern of CONCERNS)
      for (const rule of inForce.rules[concern]) ways.set(rule, conjuncts(rule.conditions) ?? []);
    add(neverFiring(ways, closed));
    add(phraseContradictions(inForce));
    add(emptyPhrases(inForce));
    for (const table of tablesOf(inForce)) {
      add(overlaps(table, ways, closed));
      add(gaps(table, ways));
    }
  }
  add(periodGaps(pack));
  return [...findings.values()];
}

/** Labels are the only values the classified outputs can take, beside what a person writes into 改判. */
function closedTexts(inForce: PackInForce): ClosedTexts {
  const closed = new Map<FactName, string[]>();
  for (const output of CLASSIFIED_OUTPUTS) {
    const values = inForce.labels.filter(({ label }) => label.output === output).map(({ label }) => label.value);
    for (const concern of CONCERNS) {
      for (const { event } of inForce.rules[concern]) {
        const given = eventLabels(event);
        if (given?.output === output) addAll(values, given.values);
      }
    }
    if (values.length > 0) closed.set(output, [...new Set([...values, "待分类"])]);
  }
  return closed;
}

function neverFiring(ways: ReadonlyMap<ActiveRule, readonly Conjunct[]>, closed: ClosedTexts): NeverFires[] {
  return [...ways]
    .filter(([, list]) => list.length > 0 && list.every((way) => witness(way, closed) === "impossible"))
    .map(([rule]) => ({ kind: "never-fires", rule: rule.id }));
}

function phraseContradictions(inForce: PackInForce): ContradictingPhrase[] {
  return inForce.labels.flatMap(({ label, phrases, counterPhrases }) => {
    const against = new Set(counterPhrases.map(({ text }) => matchText(text)));
    return phrases
      .filter(({ text, weight }) => weight > 0 && against.has(matchText(text)))
      .map(({ text }): ContradictingPhrase => ({
        kind: "contradicting-phrase",
        output: label.output,
        label: label.value,
        phrase: text,
      }));
  });
}

function emptyPhrases(inForce: PackInForce): EmptyPhrase[] {
  return inForce.labels.flatMap(({ label, phrases, counterPhrases }) =>
    [...phrases, ...counterPhrases]
      .filter(({ text }) => isEmptyPhrase(text))
      .map(({ text }): EmptyPhrase => ({
        kind: "empty-phrase",
        output: label.output,
        label: label.value,
        phrase: text,
      })),
  );
}

// ------------------------------------------------------------ tables

/** Rules that decide the same thing. */
interface RuleTable {
  readonly output: string;
  readonly rules: readonly ActiveRule[];
  /** Several of them may hold at once (penalties): then only rules that differ in a number alone form a table. */
  readonly additive: boolean;
}

function tablesOf(inForce: PackInForce): RuleTable[] {
  const tables = new Map<string, { rules: ActiveRule[]; additive: boolean }>();
  for (const concern of CONCERNS) {
    for (const rule of inForce.rules[concern]) {
      const of = ruleTable(rule.event);
      if (of === undefined) continue;
      const table = tables.get(of.key);
      if (table) table.rules.push(rule);
      else tables.set(of.key, { rules: [rule], additive: of.additive });
    }
  }
  return [...tables].map(([output, table]) => ({ output, ...table })).filter(({ rules }) => rules.length > 1);
}

function overlaps(
  { output, rules, additive }: RuleTable,
  ways: ReadonlyMap<ActiveRule, readonly Conjunct[]>,
  closed: ClosedTexts,
): Overlap[] {
  const found: Overlap[] = [];
  rules.forEach((a, i) => {
    for (const b of rules.slice(i + 1)) {
      if (a.priority !== b.priority || sameEvent(a, b)) continue;
      if (additive && !differInOneNumber(a, b)) continue;
      const example = meeting(ways.get(a)!, ways.get(b)!, closed);
      if (example) found.push({ kind: "overlap", output, rules: [a.id, b.id], where: factsText(example), example });
    }
  });
  return found;
}

/** A row on which both hold. */
function meeting(a: readonly Conjunct[], b: readonly Conjunct[], closed: ClosedTexts): Facts | undefined {
  for (const first of a) {
    for (const second of b) {
      const found = witness([...first, ...second], closed);
      if (typeof found === "object") return found;
    }
  }
  return undefined;
}

function sameEvent(a: ActiveRule, b: ActiveRule): boolean {
  return JSON.stringify(a.event) === JSON.stringify(b.event);
}

/** The numeric fact both rules bound, if all else they ask for is the same. */
function differInOneNumber(a: ActiveRule, b: ActiveRule): FactName | undefined {
  return numericFacts(a).find((fact) => boundsOf(b, fact) !== undefined && residue(a, fact) === residue(b, fact));
}

function numericFacts(rule: ActiveRule): FactName[] {
  return [...new Set([...leavesOf(rule.conditions)].map(({ fact }) => fact))].filter(
    (fact) => boundsOf(rule, fact) !== undefined,
  );
}

const BOUNDS: Readonly<Record<string, (value: number) => Interval>> = {
  lessThan: (value) => ({ low: -Infinity, lowOpen: true, high: value, highOpen: true }),
  lessThanInclusive: (value) => ({ low: -Infinity, lowOpen: true, high: value, highOpen: false }),
  greaterThan: (value) => ({ low: value, lowOpen: true, high: Infinity, highOpen: true }),
  greaterThanInclusive: (value) => ({ low: value, lowOpen: false, high: Infinity, highOpen: true }),
  equal: (value) => ({ low: value, lowOpen: false, high: value, highOpen: false }),
};

/** The bounds on a numeric fact that stand directly in the rule's top `all`: the form in which tables are written. */
function boundLeaves({ conditions }: ActiveRule, fact: FactName): ResolvedLeaf[] {
  if (!("all" in conditions)) return [];
  return conditions.all.filter(
    (c): c is ResolvedLeaf =>
      "fact" in c &&
      c.fact === fact &&
      FACT_KINDS.get(fact) === "number" &&
      typeof c.value === "number" &&
      c.operator in BOUNDS,
  );
}

function boundsOf(rule: ActiveRule, fact: FactName): Interval | undefined {
  const leaves = boundLeaves(rule, fact);
  if (leaves.length === 0) return undefined;
  return leaves.map(({ operator, value }) => BOUNDS[operator]!(value as number)).reduce(intersect);
}

/** All a rule asks for beside its bounds on a fact, in a form that can be compared. */
function residue(rule: ActiveRule, fact: FactName): string {
  const { conditions } = rule;
  if (!("all" in conditions)) return JSON.stringify(conditions);
  const leaves = new Set<ResolvedCondition>(boundLeaves(rule, fact));
  return JSON.stringify(
    conditions.all
      .filter((c) => !leaves.has(c))
      .map((c) => JSON.stringify(c))
      .sort(),
  );
}

/**
 * Gaps in tables of numbers: rules that differ only in their bounds on one fact leave out a stretch between them. Below the
 * lowest and above the highest bound nothing is expected.
 */
function gaps({ output, rules }: RuleTable, ways: ReadonlyMap<ActiveRule, readonly Conjunct[]>): Gap[] {
  const found: Gap[] = [];
  const groups = new Map<string, { fact: FactName; rules: ActiveRule[] }>();
  for (const rule of rules) {
    for (const fact of numericFacts(rule)) {
      const key = `${fact} ${residue(rule, fact)}`;
      const group = groups.get(key);
      if (group) group.rules.push(rule);
      else groups.set(key, { fact, rules: [rule] });
    }
  }
  for (const { fact, rules: table } of groups.values()) {
    if (table.length < 2) continue;
    const bounds = table.map((rule) => boundsOf(rule, fact)!);
    const cells = pieces(bounds.flatMap(({ low, high }) => [low, high]).filter(Number.isFinite));
    const covering = (cell: Interval): number => bounds.findIndex((bound) => !isEmpty(intersect(bound, cell)));
    const covered = cells.map(covering);
    cells.forEach((cell, i) => {
      if (covered[i]! >= 0) return;
      const below = covered.slice(0, i).findLast((index) => index >= 0);
      const above = covered.slice(i + 1).find((index) => index >= 0);
      const value = numberIn(cell, stepOf(fact));
      if (below === undefined || above === undefined || value === undefined) return;
      const [lower, upper] = [table[below]!, table[above]!];
      const context = ways
        .get(lower)!
        .map((way) => witness(way.filter(({ leaf }) => leaf.fact !== fact)))
        .find((w) => typeof w === "object");
      const { high, highOpen } = bounds[below]!;
      found.push({
        kind: "gap",
        output,
        fact,
        where: intervalText(fact, cell),
        example: { ...(typeof context === "object" ? context : {}), [fact]: value },
        between: [lower.id, upper.id],
        closing: {
          rule: upper.id,
          condition: { fact, operator: highOpen ? "greaterThanInclusive" : "greaterThan", value: high },
        },
      });
    });
  }
  return found;
}

/** Outputs that have rules before and after some time, but none in it. */
function periodGaps(pack: Pack): PeriodGap[] {
  const list = epochs(pack).filter(
    ({ from, to }) => packInForce(pack, from ?? addDays(to ?? (40_000 as Day), -1)).started,
  );
  const outputsIn = list.map(({ from, to }) => {
    const inForce = packInForce(pack, from ?? addDays(to ?? (40_000 as Day), -1));
    return new Set(
      CONCERNS.flatMap((concern) => inForce.rules[concern].flatMap(({ event }) => decidedOutput(event) ?? [])),
    );
  });
  const found: PeriodGap[] = [];
  for (const output of new Set(outputsIn.flatMap((set) => [...set]))) {
    const has = outputsIn.map((set) => set.has(output));
    list.forEach(({ from, to }, i) => {
      if (has[i] || !has.slice(0, i).includes(true) || !has.slice(i + 1).includes(true)) return;
      found.push({ kind: "period-gap", output, from: isoDate(from!), to: isoDate(to!) });
    });
  }
  return found;
}

/** Facts in words: loss = 1000, category = 产品质量类. */
export function factsText(facts: Facts): string {
  return Object.entries(facts)
    .filter(([name]) => name !== "always")
    .map(([name, value]) => `${name} = ${Array.isArray(value) ? value.join("、") : String(value)}`)
    .join(", ");
}
