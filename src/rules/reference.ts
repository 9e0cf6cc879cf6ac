import { Engine, Fact, type RuleProperties } from "json-rules-engine";
import { leavesOf, mentionsAny, phrasesOf, tellsFact, type ResolvedCondition } from "./conditions.js";
import type { FactName, Facts, FactValue } from "./facts.js";
import type { PackInForce } from "./in-force.js";
import type { Concern } from "./events/kinds.js";

/**
 * The same conditions on json-rules-engine: the reference that the compiled rules are held against, on a sample of rows
 * in every run and on random rules in the tests.
 */

/** Phrases as a condition's value. The engine copies the conditions of every rule in every run, but no functions. */
type Phrases = string | readonly string[] | (() => readonly string[]);

/** A json-rules-engine with our operators, that takes absent facts for undefined and reads nothing but own properties. */
export function referenceEngine(): Engine {
  const engine = new Engine([], { allowUndefinedFacts: true, pathResolver: ownProperty });
  const mentions = (fact: FactValue | undefined, phrases: Phrases): boolean =>
    mentionsAny(fact, typeof phrases === "function" ? phrases() : phrasesOf(phrases));
  engine.addOperator("mentions", mentions);
  engine.addOperator("doesNotMention", (fact: FactValue | undefined, phrases: Phrases) => !mentions(fact, phrases));
  const tells = (fact: FactValue | undefined, concepts: Phrases): boolean =>
    tellsFact(fact, typeof concepts === "function" ? concepts() : phrasesOf(concepts));
  engine.addOperator("tells", tells);
  engine.addOperator("doesNotTell", (fact: FactValue | undefined, concepts: Phrases) => !tells(fact, concepts));
  engine.addOperator("isPresent", (fact: FactValue | undefined, value: boolean) => (fact !== undefined) === value);
  return engine;
}

/** A rule's conditions as json-rules-engine takes them; the name is what a run reports. */
export function referenceRule(name: string, conditions: ResolvedCondition, priority = 1): RuleProperties {
  return {
    name,
    priority,
    // Only the types differ: ours are read-only, and a rule's root is never a bare comparison.
    conditions: withPhrases(conditions) as RuleProperties["conditions"],
    event: { type: "fires" },
  };
}

const TAKES_PHRASES: ReadonlySet<string> = new Set(["mentions", "doesNotMention", "tells", "doesNotTell"]);

/** The same condition, its lists of phrases behind functions. */
function withPhrases(condition: ResolvedCondition): unknown {
  if ("all" in condition) return { ...condition, all: condition.all.map(withPhrases) };
  if ("any" in condition) return { ...condition, any: condition.any.map(withPhrases) };
  if ("not" in condition) return { ...condition, not: withPhrases(condition.not) };
  const { operator, value } = condition;
  if (!TAKES_PHRASES.has(operator) || !Array.isArray(value)) return condition;
  const phrases = phrasesOf(value);
  return { ...condition, value: () => phrases };
}

/** Names of the rules that fire on these facts, in no order. The engine must not be running already. */
export async function runReference(engine: Engine, facts: Facts): Promise<Set<string>> {
  const present: Record<string, Fact> = {};
  for (const [name, value] of Object.entries(facts)) {
    // Uncached: a constant is its own cache, and the key of one takes longer to hash than most rules to judge.
    if (value !== undefined) present[name] = new Fact(name, value, { cache: false });
  }
  const { results } = await engine.run(present);
  return new Set(results.map(({ name }) => name));
}

/** json-rules-engine's default evaluates JSONPath expressions, which have run code before; a path is a property's name here. */
function ownProperty(value: object, path: string): unknown {
  return Object.hasOwn(value, path) ? (value as Readonly<Record<string, unknown>>)[path] : undefined;
}

interface QueuedEngine {
  readonly engine: Engine;
  /** The facts its rules ask about; no others are handed over. */
  readonly reads: ReadonlySet<FactName>;
  /** Settles when the last run asked for is over: two runs of one engine at once lose rules. */
  last: Promise<unknown>;
}

const engines = new WeakMap<PackInForce, Map<Concern, QueuedEngine>>();

function engineOf(inForce: PackInForce, concern: Concern): QueuedEngine {
  const known = engines.get(inForce) ?? new Map<Concern, QueuedEngine>();
  engines.set(inForce, known);
  let queued = known.get(concern);
  if (!queued) {
    const engine = referenceEngine();
    const reads = new Set<FactName>();
    for (const { id, conditions, priority } of inForce.rules[concern]) {
      engine.addRule(referenceRule(id, conditions, priority));
      for (const { fact } of leavesOf(conditions)) reads.add(fact);
    }
    queued = { engine, reads, last: Promise.resolve() };
    known.set(concern, queued);
  }
  return queued;
}

/** Ids of the rules of a concern that fire on these facts by json-rules-engine, in the order of `evaluateConcern`. */
export async function referenceFires(inForce: PackInForce, concern: Concern, facts: Facts): Promise<string[]> {
  if (inForce.rules[concern].length === 0) return [];
  const queued = engineOf(inForce, concern);
  const snapshot: { [Name in FactName]?: FactValue } = {};
  for (const name of queued.reads) if (facts[name] !== undefined) snapshot[name] = facts[name];
  const run = queued.last.then(() => runReference(queued.engine, snapshot));
  queued.last = run.catch(() => undefined);
  const fired = await run;
  return inForce.rules[concern].map(({ id }) => id).filter((id) => fired.has(id));
}
