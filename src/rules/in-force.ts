import { dayOfTime, parseIso, type Day } from "../domain/wall-time.js";
import type { ResolvedCondition, ResolvedValue } from "./conditions.js";
import { CONCERNS, type Concern, type ResolvedEvent } from "./events/kinds.js";
import type { Cap, Label, Parameter, Phrase, Rule } from "./pack-schema.js";
import type { Condition, ConditionValue } from "./schema-parts.js";
import { FACT_KINDS } from "./facts.js";
import { PLACEHOLDER, type Text } from "./placeholders.js";
import type { Pack, PlacedRule } from "./pack.js";

/** The value a parameter has in one period: a number, a tier table or a list of words. */
export type ParameterValue = Parameter["values"][number]["value"];
export type ParameterSource = Parameter["values"][number]["source"];

/** A parameter as it stands on one day. */
export interface ParameterInForce {
  readonly name: string;
  readonly title: Parameter["title"];
  readonly unit: Parameter["unit"];
  readonly value: ParameterValue;
  readonly source: ParameterSource;
}

/** A rule in force on a day, with the values it has on that day. */
export interface ActiveRule {
  readonly id: string;
  /** Position among all rules of the pack, by which rules of equal priority are ordered. */
  readonly order: number;
  readonly priority: number;
  readonly placed: PlacedRule;
  readonly conditions: ResolvedCondition;
  readonly event: ResolvedEvent;
  /** The parameters it rests on, in the order of their first use. */
  readonly parameters: readonly ParameterInForce[];
}

export interface ActiveContext {
  readonly conditions: ResolvedCondition;
  readonly weight: number;
}

/** A label of the classification in force on a day. */
export interface ActiveLabel {
  readonly label: Label;
  readonly order: number;
  readonly phrases: readonly Phrase[];
  readonly counterPhrases: readonly Phrase[];
  readonly context: readonly ActiveContext[];
  readonly parameters: readonly ParameterInForce[];
}

/** A pack's own monthly cap in force on a day. */
export interface ActiveCap {
  readonly cap: Cap;
  /** Per cent of 月绩效奖金. */
  readonly rate: number;
  readonly parameters: readonly ParameterInForce[];
}

/** Everything of a pack that is in force between two change dates. */
export interface PackInForce {
  readonly pack: Pack;
  readonly epoch: Epoch;
  /** In force at all: false before the day the pack itself takes effect; nothing of it applies then. */
  readonly started: boolean;
  /** By concern, by priority from the highest, then in the order of the file. */
  readonly rules: Readonly<Record<Concern, readonly ActiveRule[]>>;
  readonly labels: readonly ActiveLabel[];
  readonly caps: readonly ActiveCap[];
  readonly parameters: ReadonlyMap<string, ParameterInForce>;
}

/** A span of days of 受理时间 in which nothing of a pack changes. */
export interface Epoch {
  /** First day; undefined: from the beginning. */
  readonly from: Day | undefined;
  /** First day of the next epoch (exclusive); undefined: until further notice. */
  readonly to: Day | undefined;
}

interface Period {
  readonly effectiveFrom?: string | undefined;
  readonly effectiveTo?: string | undefined;
}

interface EpochTable {
  /** Change dates in ascending order; epoch i ends before starts[i]. */
  readonly starts: readonly Day[];
  readonly packs: (PackInForce | undefined)[];
}

// A pack never changes once it is loaded, so what is in force can be kept with it.
const tables = new WeakMap<Pack, EpochTable>();

/** The serial day of an ISO date of a loaded pack (the loader has checked that it is a real date). */
export function dayOfIso(date: string): Day {
  const time = parseIso(date);
  if (time === undefined) throw new Error(`not a date: ${date}`);
  return dayOfTime(time);
}

/** The spans of days in which nothing of this pack changes, in order, from the beginning to further notice. */
export function epochs(pack: Pack): readonly Epoch[] {
  const { starts } = tableOf(pack);
  return [undefined, ...starts].map((from, i) => ({ from, to: starts[i] }));
}

/**
 * What of a pack is in force on a day (the day of a complaint's 受理时间): rules, labels, caps and parameters, with every
 * `{parameter}` resolved to its value. The same object is returned for all days between two change dates.
 */
export function packInForce(pack: Pack, day: Day): PackInForce {
  const table = tableOf(pack);
  let index = table.starts.length;
  while (index > 0 && day < table.starts[index - 1]!) index -= 1;
  const known = table.packs[index];
  if (known) return known;
  const from = table.starts[index - 1];
  const built = build(pack, { from, to: table.starts[index] });
  table.packs[index] = built;
  return built;
}

function tableOf(pack: Pack): EpochTable {
  const known = tables.get(pack);
  if (known) return known;
  const dates = new Set<Day>();
  const add = (date: string | undefined): void => {
    if (date !== undefined) dates.add(dayOfIso(date));
  };
  add(pack.header.effectiveFrom);
  const periods: Period[] = [...pack.rules.map(({ rule }) => rule), ...pack.labels, ...pack.caps];
  for (const period of periods) {
    add(period.effectiveFrom);
    add(period.effectiveTo);
  }
  for (const parameter of pack.parameters.values()) {
    for (const value of parameter.values) {
      add(value.effectiveFrom);
      add(value.effectiveTo);
    }
  }
  const table: EpochTable = { starts: [...dates].sort((a, b) => a - b), packs: [] };
  tables.set(pack, table);
  return table;
}

/** Whether a period covers a whole epoch; epochs are cut at every change date, so it covers it or is apart from it. */
function covers(from: string | undefined, to: string | undefined, epoch: Epoch): boolean {
  const begins = from === undefined || (epoch.from !== undefined && dayOfIso(from) <= epoch.from);
  return begins && (to === undefined || (epoch.to !== undefined && epoch.to <= dayOfIso(to)));
}

function build(pack: Pack, epoch: Epoch): PackInForce {
  const started = covers(pack.header.effectiveFrom, undefined, epoch);
  const active = <T extends Period>(items: readonly T[]): T[] =>
    started ? items.filter((item) => covers(item.effectiveFrom, item.effectiveTo, epoch)) : [];
  const parameters = started ? parametersInForce(pack, epoch) : new Map<string, ParameterInForce>();
  const resolver = new Resolver(parameters);

  const inForce = new Set<Rule>(active(pack.rules.map(({ rule }) => rule)));
  const rules = pack.rules
    .map((placed, order) => ({ placed, order }))
    .filter(({ placed }) => inForce.has(placed.rule))
    .map(({ placed, order }) => resolver.rule(placed, order));
  const byConcern = (concern: Concern): ActiveRule[] =>
    rules
      .filter(({ placed }) => placed.concern === concern)
      .sort((a, b) => b.priority - a.priority || a.order - b.order);

  return {
    pack,
    epoch,
    started,
    rules: Object.fromEntries(CONCERNS.map((concern) => [concern, byConcern(concern)])) as Record<
      Concern,
      ActiveRule[]
    >,
    labels: active(pack.labels).map((label) => resolver.label(label, pack.labels.indexOf(label))),
    caps: active(pack.caps).map((cap) => resolver.cap(cap)),
    parameters,
  };
}

function parametersInForce(pack: Pack, epoch: Epoch): Map<string, ParameterInForce> {
  const found = new Map<string, ParameterInForce>();
  for (const { name, title, unit, values } of pack.parameters.values()) {
    const current = values.find(({ effectiveFrom, effectiveTo }) => covers(effectiveFrom, effectiveTo, epoch));
    if (current) found.set(name, { name, title, unit, value: current.value, source: current.source });
  }
  return found;
}

/** Puts the values of one epoch in place of parameter names. Conditions that are shared stay shared. */
class Resolver {
  private readonly conditions = new Map<Condition, { resolved: ResolvedCondition; uses: readonly string[] }>();

  constructor(private readonly parameters: ReadonlyMap<string, ParameterInForce>) {}

  rule(placed: PlacedRule, order: number): ActiveRule {
    const { rule } = placed;
    const uses = new Set<string>();
    const conditions = this.condition(rule.conditions, uses);
    const event = this.values(rule.event, uses) as ResolvedEvent;
    return { id: rule.id, order, priority: rule.priority ?? 1, placed, conditions, event, parameters: this.used(uses) };
  }

  label(label: Label, order: number): ActiveLabel {
    const uses = new Set<string>();
    const context = (label.context ?? []).map(({ conditions, weight }) => ({
      conditions: this.condition(conditions, uses),
      weight,
    }));
    const { phrases, counterPhrases = [] } = label;
    return { label, order, phrases, counterPhrases, context, parameters: this.used(uses) };
  }

  cap(cap: Cap): ActiveCap {
    const uses = new Set<string>();
    return { cap, rate: this.values(cap.rate, uses) as number, parameters: this.used(uses) };
  }

  private used(names: ReadonlySet<string>): ParameterInForce[] {
    return [...names].map((name) => this.parameter(name));
  }

  private parameter(name: string): ParameterInForce {
    const found = this.parameters.get(name);
    // The loader refuses a pack in which anything is in force while a parameter it uses has no value.
    if (!found) throw new Error(`parameter without a value: ${name}`);
    return found;
  }

  private condition(condition: Condition, uses: Set<string>): ResolvedCondition {
    let known = this.conditions.get(condition);
    if (!known) {
      const own = new Set<string>();
      known = { resolved: this.resolveCondition(condition, own), uses: [...own] };
      this.conditions.set(condition, known);
    }
    for (const name of known.uses) uses.add(name);
    return known.resolved;
  }

  private resolveCondition(condition: Condition, uses: Set<string>): ResolvedCondition {
    if ("all" in condition) return { all: condition.all.map((child) => this.condition(child, uses)) };
    if ("any" in condition) return { any: condition.any.map((child) => this.condition(child, uses)) };
    if ("not" in condition) return { not: this.condition(condition.not, uses) };
    if ("condition" in condition) throw new Error(`named condition not in place: ${condition.condition}`);
    const { fact, operator, value } = condition;
    return { fact, operator, value: this.conditionValue(value, uses) };
  }

  private conditionValue(value: ConditionValue, uses: Set<string>): ResolvedValue {
    return this.values(value, uses) as ResolvedValue;
  }

  /**
   * A copy of plain JSON with every `{parameter}` object replaced by the parameter's value, and every `{name}` of a
   * parameter in a text by its figure. Names of facts stay in texts: each row fills in its own.
   */
  private values(json: unknown, uses: Set<string>): unknown {
    if (Array.isArray(json)) return json.map((item) => this.values(item, uses));
    if (typeof json !== "object" || json === null) return json;
    if ("zh" in json && "en" in json) return this.text(json as Text, uses);
    if ("parameter" in json && typeof json.parameter === "string") {
      uses.add(json.parameter);
      return this.parameter(json.parameter).value;
    }
    return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, this.values(item, uses)]));
  }

  private text({ zh, en }: Text, uses: Set<string>): Text {
    const filled = (text: string): string =>
      text.replace(PLACEHOLDER, (whole, name: string) => {
        if (FACT_KINDS.has(name)) return whole;
        uses.add(name);
        const { value } = this.parameter(name);
        // The loader lets nothing but numbers into texts.
        return typeof value === "number" ? String(value) : whole;
      });
    return { zh: filled(zh), en: filled(en) };
  }
}
