import { COLUMNS } from "../domain/columns.js";
import { CONCEPT_NAMES } from "./concepts.js";
import { FACT_KINDS, type FactKind } from "./facts.js";
import { nodeAt, problemAt, type JsonPath, type JsonSource, type ProblemParams } from "./json-source.js";
import { listedColumnOf, type ListedColumn, type PackLists } from "./lists.js";
import { nearest } from "./nearest.js";
import type { Parameter } from "./pack-schema.js";
import type { Condition, ConditionValue, LeafCondition, Operator, TopCondition } from "./schema-parts.js";
import type { PackProblem } from "./pack-problem.js";

/** Groups (`all`, `any`, `not`) may be nested this deep, named conditions put in place. */
export const MOST_LEVELS = 50;
/** Comparisons in one rule, named conditions put in place: names that name each other could make it explode. */
export const MOST_COMPARISONS = 1000;

type Unit = Parameter["unit"];

/** What a value is, for the question whether an operator may compare with it. */
type ValueKind = FactKind | "texts" | "numbers" | "mixed" | "words" | "tiers";

/** What each operator may be asked of each kind of fact: the kinds of value it takes there. `fact:` is another fact. */
const FITTING: Readonly<Record<FactKind, Partial<Record<Operator, readonly (ValueKind | `fact:${FactKind}`)[]>>>> = {
  text: {
    ...operators(["equal", "notEqual"], ["text", "fact:text"]),
    ...operators(["in", "notIn"], ["texts", "words"]),
    ...operators(["mentions", "doesNotMention"], ["text", "texts", "words"]),
    ...operators(["tells", "doesNotTell"], ["text", "texts"]),
  },
  number: {
    ...operators(["equal", "notEqual", ...ordering()], ["number", "fact:number"]),
    ...operators(["in", "notIn"], ["numbers"]),
  },
  boolean: operators(["equal", "notEqual"], ["boolean", "fact:boolean"]),
  list: operators(["contains", "doesNotContain"], ["text", "fact:text"]),
  datetime: operators(["equal", "notEqual", ...ordering()], ["fact:datetime"]),
  date: operators(["equal", "notEqual", ...ordering()], ["fact:date"]),
};

function ordering(): Operator[] {
  return ["lessThan", "lessThanInclusive", "greaterThan", "greaterThanInclusive"];
}

function operators<Kind>(
  names: readonly Operator[],
  values: readonly Kind[],
): Partial<Record<Operator, readonly Kind[]>> {
  return Object.fromEntries(names.map((name) => [name, values]));
}

/** The unit a parameter has to have where a fact of this column is compared with it. */
const UNIT_OF_FACT: ReadonlyMap<string, Unit> = new Map<string, Unit>([
  ...COLUMNS.filter(({ kind }) => kind === "money" || kind === "price").map(({ id }): [string, Unit] => [id, "yuan"]),
  ...COLUMNS.filter(({ kind }) => kind === "percent").map(({ id }): [string, Unit] => [id, "percent"]),
  ["amountAtStake", "yuan"],
  ["defectPercent", "percent"],
]);

interface Placed {
  readonly condition: Condition;
  readonly levels: number;
  readonly comparisons: number;
  readonly parameters: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();

/** Checks the conditions of one file and puts its named conditions in place; what is shared by name stays shared. */
export class ConditionCheck {
  readonly problems: PackProblem[] = [];
  private readonly placed = new Map<string, Placed>();
  private readonly open: string[] = [];

  constructor(
    private readonly source: JsonSource,
    private readonly named: Readonly<Record<string, TopCondition>>,
    private readonly parameters: ReadonlyMap<string, Parameter>,
    private readonly lists: PackLists,
  ) {
    for (const name of Object.keys(named)) this.placeNamed(name, ["conditions", name]);
  }

  /**
   * A condition at a place in the file, with every named condition in place, and the parameters it asks for. Problems
   * are added to `problems`; the result is of use only if there are none.
   */
  place(condition: TopCondition, path: JsonPath): { condition: TopCondition; parameters: ReadonlySet<string> } {
    const placed = this.placeAt(condition, path);
    if (placed.levels > MOST_LEVELS) this.report(path, "too-deep", { most: MOST_LEVELS });
    else if (placed.comparisons > MOST_COMPARISONS)
      this.report(path, "too-many-comparisons", { most: MOST_COMPARISONS });
    return { condition: placed.condition as TopCondition, parameters: placed.parameters };
  }

  private report(path: JsonPath, code: string, params: ProblemParams): void {
    this.problems.push(problemAt(this.source, nodeAt(this.source.root, path), code, params));
  }

  private placeNamed(name: string, from: JsonPath): Placed {
    const known = this.placed.get(name);
    if (known) return known;
    const condition = Object.hasOwn(this.named, name) ? this.named[name] : undefined;
    if (!condition) {
      const near = nearest(name, Object.keys(this.named));
      this.report(from, "unknown-condition", { name, ...(near !== undefined && { nearest: near }) });
      return broken();
    }
    if (this.open.includes(name)) {
      const cycle = [...this.open.slice(this.open.indexOf(name)), name].join(" → ");
      this.report(from, "condition-cycle", { cycle });
      return broken();
    }
    this.open.push(name);
    const placed = this.placeAt(condition, ["conditions", name]);
    this.open.pop();
    this.placed.set(name, placed);
    return placed;
  }

  private placeAt(condition: Condition, path: JsonPath): Placed {
    if ("condition" in condition) return this.placeNamed(condition.condition, [...path, "condition"]);
    if ("not" in condition) {
      const inner = this.placeAt(condition.not, [...path, "not"]);
      return { ...inner, condition: { not: inner.condition }, levels: inner.levels + 1 };
    }
    if ("all" in condition) {
      const group = this.placeGroup(condition.all, [...path, "all"]);
      return { ...group, condition: { all: group.members } };
    }
    if ("any" in condition) {
      const group = this.placeGroup(condition.any, [...path, "any"]);
      return { ...group, condition: { any: group.members } };
    }
    this.checkLeaf(condition, path);
    const { value } = condition;
    const parameters = isParameter(value) ? new Set([value.parameter]) : NOTHING;
    return { condition, levels: 0, comparisons: 1, parameters };
  }

  private placeGroup(
    conditions: readonly Condition[],
    path: JsonPath,
  ): Omit<Placed, "condition"> & { members: Condition[] } {
    const members = conditions.map((condition, i) => this.placeAt(condition, [...path, i]));
    return {
      members: members.map(({ condition }) => condition),
      levels: 1 + Math.max(0, ...members.map(({ levels }) => levels)),
      comparisons: members.reduce((sum, { comparisons }) => sum + comparisons, 0),
      parameters: new Set(members.flatMap(({ parameters }) => [...parameters])),
    };
  }

  private checkLeaf(leaf: LeafCondition, path: JsonPath): void {
    const { fact, operator, value } = leaf;
    const kind = FACT_KINDS.get(fact)!;
    if (operator === "isPresent") {
      if (typeof value !== "boolean")
        this.report([...path, "value"], "operator-value", { operator, fact, expected: "boolean" });
      return;
    }
    const fitting = FITTING[kind][operator];
    if (!fitting) {
      const allowed = [...Object.keys(FITTING[kind]), "isPresent"].join(", ");
      this.report([...path, "operator"], "operator-fact", { operator, fact, kind, allowed });
      return;
    }
    const given = this.valueKind(value, path);
    if (given === undefined) return;
    const plain = fitting.filter((form) => !form.startsWith("fact:"));
    if (!fitting.some((form) => form === given)) {
      if (kind === "datetime" || kind === "date")
        this.report([...path, "value"], "time-value", { operator, fact, kind });
      else this.report([...path, "value"], "operator-value", { operator, fact, expected: plain.join(" / ") });
      return;
    }
    if (isParameter(value)) this.checkUnit(fact, value.parameter, path);
    const listed = listedColumnOf(fact);
    if (listed !== undefined && typeof value === "string") this.checkListed(listed, value, path);
    if (operator === "mentions" || operator === "doesNotMention") this.checkPhrases(value, path);
    if (operator === "tells" || operator === "doesNotTell") this.checkConcepts(value, path);
  }

  private checkConcepts(value: ConditionValue, path: JsonPath): void {
    const names = Array.isArray(value) ? value : [value];
    names.forEach((name, i) => {
      if (typeof name !== "string" || CONCEPT_NAMES.includes(name)) return;
      const near = nearest(name, CONCEPT_NAMES);
      const params = { name, allowed: CONCEPT_NAMES.join(", "), ...(near !== undefined && { nearest: near }) };
      this.report(Array.isArray(value) ? [...path, "value", i] : [...path, "value"], "unknown-concept", params);
    });
  }

  /** A label that the pack's list doesn't hold would never be found. */
  private checkListed(column: ListedColumn, value: string, path: JsonPath): void {
    const labels = (this.lists[column]?.values ?? []).map(({ label }) => label);
    if (labels.includes(value)) return;
    const near = nearest(value, labels);
    const params = { column, value, known: labels.join("、") || "—", ...(near !== undefined && { nearest: near }) };
    this.report([...path, "value"], "unlisted", params);
  }

  private checkUnit(fact: string, name: string, path: JsonPath): void {
    const unit = this.parameters.get(name)?.unit;
    const wanted = UNIT_OF_FACT.get(fact);
    if (unit && wanted && unit !== wanted && unit !== "words") {
      this.report([...path, "value"], "parameter-unit", { parameter: name, unit, expected: wanted });
    }
  }

  /** A blank phrase would be found in every text. */
  private checkPhrases(value: ConditionValue, path: JsonPath): void {
    const phrases = Array.isArray(value) ? value : [value];
    phrases.forEach((phrase, i) => {
      if (typeof phrase !== "string" || phrase.trim() !== "") return;
      this.report(Array.isArray(value) ? [...path, "value", i] : [...path, "value"], "blank-phrase", {});
    });
  }

  /** Undefined for a parameter that doesn't exist, which is reported here. */
  private valueKind(value: ConditionValue, path: JsonPath): ValueKind | `fact:${FactKind}` | undefined {
    if (typeof value === "string") return "text";
    if (typeof value === "number" || typeof value === "boolean") return typeof value as "number" | "boolean";
    if (Array.isArray(value)) {
      if (value.every((member) => typeof member === "string")) return "texts";
      return value.every((member) => typeof member === "number") ? "numbers" : "mixed";
    }
    if ("fact" in value) return `fact:${FACT_KINDS.get(value.fact)!}`;
    const parameter = this.parameters.get(value.parameter);
    if (!parameter) {
      this.report(
        [...path, "value", "parameter"],
        "unknown-parameter",
        unknownParameter(value.parameter, this.parameters),
      );
      return undefined;
    }
    if (parameter.unit === "words" || parameter.unit === "tiers") return parameter.unit;
    return "number";
  }
}

function broken(): Placed {
  return { condition: { all: [] }, levels: 0, comparisons: 0, parameters: NOTHING };
}

export function isParameter(value: unknown): value is { parameter: string } {
  return typeof value === "object" && value !== null && "parameter" in value && typeof value.parameter === "string";
}

/** What the sentence about an unknown parameter needs. */
export function unknownParameter(name: string, known: ReadonlyMap<string, Parameter>): ProblemParams {
  const near = nearest(name, known.keys());
  return { name, ...(near !== undefined && { nearest: near }) };
}
