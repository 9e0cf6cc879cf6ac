import {
  leavesOf,
  OPERATOR_TESTS,
  phrasesOf,
  readsAsNumber,
  type ResolvedCondition,
  type ResolvedLeaf,
} from "./conditions.js";
import { emptySlots, factIn, FactRow, slotOf, type Slots } from "./fact-row.js";
import type { FactName, Facts, FactValue } from "./facts.js";
import type { ActiveRule, PackInForce } from "./in-force.js";
import { CONCERNS, type Concern } from "./events/kinds.js";
import { PhraseIndex, type RowScan } from "./phrase-scan.js";

/** A compiled condition: slots hold the facts it reads, bits the answers of the phrase scan. */
export type Test = (slots: Slots, bits: Uint32Array) => boolean;

/** What has to be at hand before compiled conditions are judged. */
export class Reads {
  /** Facts that are read into slots. */
  readonly facts: readonly FactName[];
  /** Columns whose texts are scanned for phrases. */
  readonly texts: readonly FactName[];
  private readonly slots: readonly number[];

  constructor(conditions: readonly ResolvedCondition[]) {
    const facts = new Set<FactName>();
    const texts = new Set<FactName>();
    for (const condition of conditions) {
      for (const leaf of leavesOf(condition)) {
        if (isScanned(leaf)) texts.add(leaf.fact);
        else facts.add(leaf.fact);
        if (typeof leaf.value === "object" && "fact" in leaf.value) facts.add(leaf.value.fact);
      }
    }
    this.facts = [...facts];
    this.texts = [...texts];
    this.slots = this.facts.map(slotOf);
  }

  fill(slots: Slots, facts: Facts | FactRow): void {
    const { facts: names, slots: at } = this;
    if (facts instanceof FactRow) for (const slot of at) slots[slot] = facts.slots[slot];
    else for (let i = 0; i < names.length; i++) slots[at[i]!] = facts[names[i]!];
  }

  /** Looks for phrases in the texts that are asked about. */
  scan(scan: RowScan, facts: Facts | FactRow): void {
    for (const text of this.texts) scan.read(text, factIn(facts, text));
  }
}

export interface CompiledConcern {
  readonly rules: readonly ActiveRule[];
  readonly tests: readonly Test[];
  readonly reads: Reads;
}

export interface CompiledPack {
  readonly concerns: Readonly<Record<Concern, CompiledConcern>>;
  readonly phrases: PhraseIndex;
  readonly compiler: Compiler;
  /** Filled anew for facts that don't come in slots; what a concern doesn't read is never looked at, so one array serves all. */
  readonly slots: Slots;
}

const compiledPacks = new WeakMap<PackInForce, CompiledPack>();

/** The rules of a pack in force as closures, made once and kept with it. No code is generated: a strict CSP holds. */
export function compiledPack(inForce: PackInForce): CompiledPack {
  const known = compiledPacks.get(inForce);
  if (known) return known;
  const phrases = new PhraseIndex();
  const compiler = new Compiler(phrases);
  const concerns = Object.fromEntries(
    CONCERNS.map((concern): [Concern, CompiledConcern] => {
      const rules = inForce.rules[concern];
      const tests = rules.map((rule) => compiler.test(rule.conditions));
      return [concern, { rules, tests, reads: new Reads(rules.map((rule) => rule.conditions)) }];
    }),
  ) as Record<Concern, CompiledConcern>;
  const compiled = { concerns, phrases, compiler, slots: emptySlots() };
  compiledPacks.set(inForce, compiled);
  return compiled;
}

/** Turns conditions into closures; equal conditions become one closure. */
export class Compiler {
  private readonly known = new Map<ResolvedCondition, Test>();

  constructor(private readonly phrases: PhraseIndex) {}

  test(condition: ResolvedCondition): Test {
    let test = this.known.get(condition);
    if (!test) {
      test = this.compile(condition);
      this.known.set(condition, test);
    }
    return test;
  }

  private compile(condition: ResolvedCondition): Test {
    if ("all" in condition) return conjunction(this.members(condition.all));
    if ("any" in condition) return disjunction(this.members(condition.any));
    if ("not" in condition) {
      const test = this.test(condition.not);
      return (slots, bits) => !test(slots, bits);
    }
    return this.leaf(condition);
  }

  /** Cheap members first: conditions have no side effects, so their order does not matter to the result. */
  private members(conditions: readonly ResolvedCondition[]): Test[] {
    return [...conditions].sort((a, b) => cost(a) - cost(b)).map((condition) => this.test(condition));
  }

  private leaf(leaf: ResolvedLeaf): Test {
    if (!isScanned(leaf)) return comparison(leaf);
    const { fact, operator, value } = leaf;
    const telling = operator === "tells" || operator === "doesNotTell";
    const words = phrasesOf(value);
    const { word, mask } = telling ? this.phrases.telling(fact, words) : this.phrases.mention(fact, words);
    return operator === "mentions" || operator === "tells"
      ? (_, bits) => (bits[word]! & mask) !== 0
      : (_, bits) => (bits[word]! & mask) === 0;
  }
}

const SCANNED: ReadonlySet<string> = new Set(["mentions", "doesNotMention", "tells", "doesNotTell"]);

/** Whether a leaf is answered by the scan of a text. */
function isScanned(leaf: ResolvedLeaf): boolean {
  return SCANNED.has(leaf.operator);
}

/** Rank by expected work: one bit or slot, a list, a group. */
function cost(condition: ResolvedCondition): number {
  if ("fact" in condition) return Array.isArray(condition.value) && !isScanned(condition) ? 1 : 0;
  if ("not" in condition) return 1 + cost(condition.not);
  return 2 + ("all" in condition ? condition.all.length : condition.any.length);
}

function conjunction(tests: readonly Test[]): Test {
  const [a, b, c] = tests;
  if (tests.length === 1) return a!;
  if (tests.length === 2) return (slots, bits) => a!(slots, bits) && b!(slots, bits);
  if (tests.length === 3) return (slots, bits) => a!(slots, bits) && b!(slots, bits) && c!(slots, bits);
  return (slots, bits) => {
    for (const test of tests) if (!test(slots, bits)) return false;
    return true;
  };
}

function disjunction(tests: readonly Test[]): Test {
  const [a, b, c] = tests;
  if (tests.length === 1) return a!;
  if (tests.length === 2) return (slots, bits) => a!(slots, bits) || b!(slots, bits);
  if (tests.length === 3) return (slots, bits) => a!(slots, bits) || b!(slots, bits) || c!(slots, bits);
  return (slots, bits) => {
    for (const test of tests) if (test(slots, bits)) return true;
    return false;
  };
}

function comparison({ fact, operator, value }: ResolvedLeaf): Test {
  const at = slotOf(fact);
  if (typeof value === "object" && "fact" in value) {
    const other = slotOf(value.fact);
    const test = OPERATOR_TESTS[operator];
    return (slots) => test(slots[at], slots[other]);
  }
  const constant: FactValue | readonly (string | number)[] = value;
  switch (operator) {
    case "equal":
      return (slots) => slots[at] === constant;
    case "notEqual":
      return (slots) => slots[at] !== constant;
    case "isPresent":
      return constant === true ? (slots) => slots[at] !== undefined : (slots) => slots[at] === undefined;
    case "in":
    case "notIn":
      return membership(at, constant as readonly unknown[], operator === "in");
    case "lessThan":
    case "lessThanInclusive":
    case "greaterThan":
    case "greaterThanInclusive":
      return typeof constant === "number" ? ordering(at, operator, constant) : general(at, operator, constant);
    default:
      return general(at, operator, constant);
  }
}

function general(
  at: number,
  operator: ResolvedLeaf["operator"],
  constant: FactValue | readonly (string | number)[],
): Test {
  const test = OPERATOR_TESTS[operator];
  return (slots) => test(slots[at], constant);
}

function membership(at: number, list: readonly unknown[], wanted: boolean): Test {
  if (list.length > 8) {
    const members = new Set(list);
    return (slots) => members.has(slots[at]) === wanted;
  }
  return (slots) => {
    const fact = slots[at];
    for (const member of list) if (member === fact) return wanted;
    return !wanted;
  };
}

/** Numbers take the short way (NaN compares as false, as it should); whatever else goes through the validator first. */
function ordering(
  at: number,
  operator: "lessThan" | "lessThanInclusive" | "greaterThan" | "greaterThanInclusive",
  limit: number,
): Test {
  const other = (fact: FactValue | undefined): boolean =>
    fact !== undefined && readsAsNumber(fact) && OPERATOR_TESTS[operator](fact, limit);
  switch (operator) {
    case "lessThan":
      return (slots) => {
        const fact = slots[at];
        return typeof fact === "number" ? fact < limit : other(fact);
      };
    case "lessThanInclusive":
      return (slots) => {
        const fact = slots[at];
        return typeof fact === "number" ? fact <= limit : other(fact);
      };
    case "greaterThan":
      return (slots) => {
        const fact = slots[at];
        return typeof fact === "number" ? fact > limit : other(fact);
      };
    case "greaterThanInclusive":
      return (slots) => {
        const fact = slots[at];
        return typeof fact === "number" ? fact >= limit : other(fact);
      };
  }
}
