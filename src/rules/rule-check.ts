import { matchText } from "../domain/match-key.js";
import { isParameter, unknownParameter, type ConditionCheck } from "./condition-check.js";
import { boundsOf, figureFault } from "./figure-bounds.js";
import { CONCEPT_NAMES } from "./concepts.js";
import { FACT_KINDS, type Stage } from "./facts.js";
import { nodeAt, problemAt, type JsonPath, type JsonSource, type ProblemParams } from "./json-source.js";
import { listedColumnOf, type PackLists } from "./lists.js";
import { nearest } from "./nearest.js";
import { checkSpan, parameterSpan, spanCovers, type Span } from "./parameter-check.js";
import { checkEvent, CONCERN_EVENTS, EVENT_KINDS, type Concern, type RuleEvent } from "./events/kinds.js";
import type { Cap, Label, Parameter, Rule } from "./pack-schema.js";
import type { Condition, LeafCondition, Operator } from "./schema-parts.js";
import type { PackProblem } from "./pack-problem.js";
import { placeholdersIn, type Text } from "./placeholders.js";

type Unit = Parameter["unit"];

/** What the rules of all files are held against. */
export interface PackFrame {
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly lists: PackLists;
  readonly stages: readonly Stage[];
  /** First day of the pack; undefined: always in force. */
  readonly from: string | undefined;
  /** Ids of rules and caps so far: an id may stand once in a pack. */
  readonly ids: Map<string, string>;
}

/** The unit of a number by the key it stands under in an event or a cap. */
const UNIT_AT: Readonly<Record<string, Unit>> = {
  days: "days",
  workingDays: "workingDays",
  hours: "hours",
  minutes: "minutes",
  years: "years",
  amount: "yuan",
  least: "yuan",
  most: "yuan",
  rate: "percent",
  tolerance: "percent",
  times: "times",
  tiers: "tiers",
};

/** Operators that find something in a text. */
const READS_TEXT: ReadonlySet<Operator> = new Set(["tells", "doesNotTell", "mentions", "doesNotMention"]);

/** What a condition asks. Named conditions stand in it many times over, so each is looked at once. */
function* leavesOf(condition: Condition, seen = new Set<Condition>()): Generator<LeafCondition> {
  if (seen.has(condition)) return;
  seen.add(condition);
  if ("fact" in condition) yield condition;
  else if ("not" in condition) yield* leavesOf(condition.not, seen);
  else for (const member of membersOf(condition)) yield* leavesOf(member, seen);
}

function membersOf(condition: Condition): readonly Condition[] {
  if ("all" in condition) return condition.all;
  return "any" in condition ? condition.any : [];
}

/** Checks the rules, labels and caps of one file, beyond their shape, and puts named conditions in place. */
export class RuleCheck {
  readonly problems: PackProblem[] = [];

  constructor(
    private readonly source: JsonSource,
    private readonly conditions: ConditionCheck,
    private readonly frame: PackFrame,
  ) {}

  rule(rule: Rule, concern: Concern, path: JsonPath): Rule {
    this.checkId(rule.id, path);
    this.checkDates(rule, path);
    const placed = this.conditions.place(rule.conditions, [...path, "conditions"]);
    const span = this.span(rule);
    this.checkInForce(placed.parameters, span, path);
    this.checkEvent(rule.event, concern, span, [...path, "event"]);
    if (EVENT_KINDS[rule.event.type].money) this.checkMoney(placed.condition, rule.event.type, [...path, "conditions"]);
    return { ...rule, conditions: placed.condition };
  }

  /** Nobody pays on a reading of a text, nor on a list beside whose values anything may be written without a word. */
  private checkMoney(condition: Condition, type: string, path: JsonPath): void {
    const leaves = [...leavesOf(condition)];
    if (leaves.some(({ operator }) => READS_TEXT.has(operator))) this.report(path, "told-money", { type });
    const listed = leaves.flatMap(({ fact }) => listedColumnOf(fact) ?? []);
    const loose = listed.find((column) => (this.frame.lists[column]?.others ?? "ask") !== "ask");
    if (loose !== undefined) this.report(path, "loose-money", { type, column: loose });
  }

  label(label: Label, path: JsonPath): Label {
    this.checkDates(label, path);
    this.checkPhrases(label, path);
    this.checkConcepts(label, path);
    if (!label.context) return label;
    const context = label.context.map((entry, i) => {
      const placed = this.conditions.place(entry.conditions, [...path, "context", i, "conditions"]);
      this.checkInForce(placed.parameters, this.span(label), path);
      return { ...entry, conditions: placed.condition };
    });
    return { ...label, context };
  }

  cap(cap: Cap, path: JsonPath): Cap {
    this.checkId(cap.id, path);
    this.checkDates(cap, path);
    this.checkNumbers(cap.rate, "rate", this.span(cap), [...path, "rate"]);
    return cap;
  }

  private report(path: JsonPath, code: string, params: ProblemParams): void {
    this.problems.push(problemAt(this.source, nodeAt(this.source.root, path), code, params));
  }

  private checkId(id: string, path: JsonPath): void {
    const before = this.frame.ids.get(id);
    if (before !== undefined) this.report([...path, "id"], "duplicate-id", { id, before });
    else this.frame.ids.set(id, this.source.file);
  }

  private checkDates(
    item: { effectiveFrom?: string | undefined; effectiveTo?: string | undefined },
    path: JsonPath,
  ): void {
    checkSpan(item.effectiveFrom, item.effectiveTo, path, ["effectiveFrom", "effectiveTo"], (at, code, params) => {
      this.report(at, code, params);
    });
  }

  /** When an item is in force: within its own dates, and not before the pack. */
  private span(item: { effectiveFrom?: string | undefined; effectiveTo?: string | undefined }): Span {
    const { from } = this.frame;
    const own = item.effectiveFrom;
    const later = own === undefined || (from !== undefined && from > own) ? from : own;
    return { from: later, to: item.effectiveTo };
  }

  private checkInForce(names: Iterable<string>, span: Span, path: JsonPath): void {
    for (const name of names) {
      const parameter = this.frame.parameters.get(name);
      if (!parameter) continue; // reported where it stands
      const has = parameterSpan(parameter);
      if (spanCovers(has, span)) continue;
      this.report(path, "parameter-not-in-force", {
        parameter: name,
        from: has.from ?? "—",
        to: has.to ?? "—",
        ruleFrom: span.from ?? "—",
        ruleTo: span.to ?? "—",
      });
    }
  }

  private checkEvent(event: RuleEvent, concern: Concern, span: Span, path: JsonPath): void {
    const allowed: readonly string[] = CONCERN_EVENTS[concern];
    if (!allowed.includes(event.type)) {
      this.report([...path, "type"], "event-not-here", { type: event.type, concern, allowed: allowed.join(", ") });
    }
    // 核决人 set by a rule of responsibility, or 责任部门 by one of approvals, would be read by nobody.
    if (event.type === "assign" && allowed.includes("assign")) {
      const wanted: Concern = event.params.output === "approver" ? "approvals" : "responsibility";
      if (concern !== wanted)
        this.report([...path, "params", "output"], "assign-not-here", { output: event.params.output, concern, wanted });
    }
    const params: JsonPath = [...path, "params"];
    this.checkNumbers(event.params, "", span, params);
    checkEvent(event, {
      stage: (stage, at) => {
        if (this.frame.stages.includes(stage)) return;
        this.report([...params, ...at], "unknown-stage", { stage, allowed: this.frame.stages.join(", ") });
      },
      numberFact: (fact, at) => {
        this.checkNumberFact(fact, [...params, ...at]);
      },
      tierValues: (parameter, type, at) => {
        this.checkTierValues(parameter, type, [...params, ...at]);
      },
      placeholders: (text, at) => {
        this.checkPlaceholders(text, span, [...params, ...at]);
      },
      report: (at, code) => {
        this.report([...params, ...at], code, {});
      },
    });
  }

  /** Every number and every `{parameter}` in an event: it exists, has the unit of its place, is in force, isn't negative. */
  private checkNumbers(json: unknown, key: string, span: Span, path: JsonPath): void {
    if (typeof json === "number") {
      const unit = UNIT_AT[key];
      const bounds = unit && boundsOf(unit);
      const fault = bounds && figureFault(json, bounds);
      if (json < 0) this.report(path, "negative", { key, value: json });
      else if (fault) this.report(path, fault, { key, value: json, most: bounds.most });
    } else if (isParameter(json)) this.checkParameter(json.parameter, key, span, path);
    else if (Array.isArray(json)) {
      json.forEach((item, i) => {
        this.checkNumbers(item, key, span, [...path, i]);
      });
    } else if (typeof json === "object" && json !== null) {
      for (const [name, item] of Object.entries(json)) this.checkNumbers(item, name, span, [...path, name]);
    }
  }

  private checkParameter(name: string, key: string, span: Span, path: JsonPath): void {
    const parameter = this.frame.parameters.get(name);
    if (!parameter) {
      this.report([...path, "parameter"], "unknown-parameter", unknownParameter(name, this.frame.parameters));
      return;
    }
    const expected = UNIT_AT[key];
    if (expected && parameter.unit !== expected) {
      this.report([...path, "parameter"], "parameter-unit", { parameter: name, unit: parameter.unit, expected });
    }
    const negative = parameter.values.find(({ value }) => typeof value === "number" && value < 0);
    if (negative) this.report([...path, "parameter"], "negative", { key: name, value: Number(negative.value) });
    this.checkInForce([name], span, path);
  }

  private checkTierValues(name: string, type: "string" | "number", path: JsonPath): void {
    const parameter = this.frame.parameters.get(name);
    if (parameter?.unit !== "tiers") return; // reported as a wrong unit
    // The first tier speaks for its table: mixed tables, and what is no table, are refused on their own.
    const firsts = parameter.values.map(({ value }) => (Array.isArray(value) ? value[0] : undefined));
    const fits = firsts.every((tier) => typeof tier !== "object" || typeof tier.value === type);
    if (!fits) this.report([...path, "parameter"], "tier-values", { parameter: name, expected: type });
  }

  private checkNumberFact(fact: string, path: JsonPath): void {
    const kind = FACT_KINDS.get(fact);
    if (kind !== undefined && kind !== "number") this.report(path, "fact-not-number", { fact, kind });
  }

  /** What stands in braces is a fact, which each row fills in, or a parameter that is a number and in force with the rule. */
  private checkPlaceholders(texts: Text, span: Span, path: JsonPath): void {
    for (const language of ["zh", "en"] as const) {
      const at: JsonPath = [...path, language];
      for (const name of placeholdersIn(texts[language])) {
        if (FACT_KINDS.has(name)) continue;
        const parameter = this.frame.parameters.get(name);
        if (!parameter) {
          const near = nearest(name, [...FACT_KINDS.keys(), ...this.frame.parameters.keys()]);
          this.report(at, "unknown-placeholder", { name, ...(near !== undefined && { nearest: near }) });
        } else if (parameter.unit === "tiers" || parameter.unit === "words") {
          this.report(at, "placeholder-not-number", { name, unit: parameter.unit });
        } else this.checkInForce([name], span, at);
      }
    }
  }

  private checkConcepts(label: Label, path: JsonPath): void {
    for (const list of ["concepts", "counterConcepts"] as const) {
      (label[list] ?? []).forEach((name, i) => {
        if (CONCEPT_NAMES.includes(name)) return;
        const near = nearest(name, CONCEPT_NAMES);
        this.report([...path, list, i], "unknown-concept", { name, ...(near !== undefined && { nearest: near }) });
      });
    }
  }

  private checkPhrases(label: Label, path: JsonPath): void {
    for (const list of ["phrases", "counterPhrases"] as const) {
      const seen = new Set<string>();
      (label[list] ?? []).forEach(({ text, weight }, i) => {
        const at: JsonPath = [...path, list, i];
        const key = matchText(text);
        if (key.trim() === "") this.report([...at, "text"], "blank-phrase", {});
        else if (seen.has(key)) this.report([...at, "text"], "duplicate-phrase", { phrase: text });
        seen.add(key);
        if (list === "counterPhrases" && weight <= 0)
          this.report([...at, "weight"], "counter-weight", { phrase: text });
      });
    }
  }
}
