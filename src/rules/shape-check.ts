import { addAll } from "../domain/grouping.js";
import type { z } from "zod";
import { COLUMNS } from "../domain/columns.js";
import { memberOf, problemAt, type JsonSource, type Node, type ProblemParams } from "./json-source.js";
import { nearest } from "./nearest.js";
import type { PackProblem } from "./pack-problem.js";

/**
 * Holds a JSON tree against a zod schema and says, for each thing that is wrong, where it stands and what was meant. The
 * schema is walked beside the tree, since zod itself reports a union only as a whole ("invalid input").
 */
export function shapeProblems(source: JsonSource, schema: z.ZodType): PackProblem[] {
  const walk = new ShapeWalk(source);
  walk.check(source.root, schema as Schema, "");
  const { problems } = walk;
  if (problems.length === 0) {
    // A net below the walk: whatever the schema refuses is refused, if with a plainer sentence.
    const result = schema.safeParse(source.value);
    if (!result.success) walk.report(source.root, "invalid", { reason: result.error.issues[0]?.message ?? "" });
  }
  return problems;
}

/** The parts of a zod schema that are walked; everything else is a leaf that is judged by `safeParse`. */
type Schema = z.core.$ZodTypes & z.ZodType;
type ObjectSchema = z.core.$ZodObject & z.ZodType;

/** Problem codes by the key whose value is none of a closed list. */
const UNKNOWN_VALUE: Readonly<Record<string, string>> = {
  operator: "unknown-operator",
  fact: "unknown-fact",
  by: "unknown-fact",
  months: "unknown-fact",
  type: "unknown-event",
  formula: "unknown-formula",
};

/** Keys of earlier versions and what they are called now: dated things have one pair of names everywhere. */
const RENAMED: Readonly<Record<string, string>> = { from: "effectiveFrom", to: "effectiveTo" };

/** Facts by the names a person may know them by: header and alias of their column. */
const FACT_BY_HEADER: ReadonlyMap<string, string> = new Map(
  COLUMNS.flatMap(({ id, header, alias }) => [[header, id] as const, [alias.toLowerCase(), id] as const]),
);

/** Entries of a list, where its shape says no other number. */
const MOST_ITEMS = 5000;

/** How many entries a list may have, by its shape. */
function itemBounds({ _zod }: Schema): { readonly least?: number; readonly most?: number } {
  const bounds: { least?: number; most?: number } = {};
  for (const { _zod: check } of _zod.def.checks ?? []) {
    const { def } = check as z.core.$ZodChecks["_zod"];
    if (def.check === "max_length") bounds.most = def.maximum;
    else if (def.check === "min_length") bounds.least = def.minimum;
  }
  return bounds;
}

class ShapeWalk {
  readonly problems: PackProblem[] = [];

  constructor(private readonly source: JsonSource) {}

  report(node: Node, code: string, params: ProblemParams = {}): void {
    this.problems.push(problemAt(this.source, node, code, params));
  }

  /** Checks one node; `key` is the key it stands under, for the sentence. */
  check(node: Node, schema: Schema, key: string): void {
    const { def } = schema._zod;
    switch (def.type) {
      case "unknown":
        return;
      case "optional":
        this.check(node, def.innerType as Schema, key);
        return;
      case "lazy":
        this.check(node, def.getter() as Schema, key);
        return;
      case "array":
        this.checkArray(node, schema, def.element as Schema, key);
        return;
      case "record":
        this.checkRecord(node, def.keyType as Schema, def.valueType as Schema, key);
        return;
      case "object":
        this.checkObject(node, schema as unknown as ObjectSchema, key);
        return;
      case "union":
        this.checkUnion(node, optionsOf(schema), key);
        return;
      default:
        this.checkLeaf(node, schema, key);
    }
  }

  private checkArray(node: Node, schema: Schema, element: Schema, key: string): void {
    if (node.type !== "array") {
      this.wrongType(node, ["array"], key);
      return;
    }
    const children = node.children ?? [];
    if (children.length === 0 && !schema.safeParse([]).success) this.report(node, "empty", { key });
    const { least, most = MOST_ITEMS } = itemBounds(schema);
    if (children.length > most) {
      this.report(node, "too-many", { key, most });
      return;
    }
    for (const child of children) this.check(child, element, key);
    if (least !== undefined && children.length > 0 && children.length < least)
      this.report(node, "too-few", { key, fewest: least });
  }

  private checkRecord(node: Node, keySchema: Schema, valueSchema: Schema, key: string): void {
    if (node.type !== "object") {
      this.wrongType(node, ["object"], key);
      return;
    }
    const names = keySchema._zod.def.type === "enum" ? Object.keys(keySchema._zod.def.entries) : undefined;
    for (const property of node.children ?? []) {
      const [name, value] = property.children ?? [];
      if (!name || !value) continue;
      const text = String(name.value);
      if (names ? !names.includes(text) : !keySchema.safeParse(text).success) {
        this.report(name, names ? "unknown-key" : "bad-name", withNearest({ key: text }, text, names ?? []));
      } else this.check(value, valueSchema, text);
    }
  }

  private checkObject(node: Node, schema: ObjectSchema, key: string): void {
    if (node.type !== "object") {
      this.wrongType(node, ["object"], key);
      return;
    }
    const { shape } = schema._zod.def;
    const free = Object.keys(shape).filter((known) => !memberOf(node, known));
    // A key that was misspelt is missing as well, but is reported once.
    const misspelt = new Set<unknown>();
    for (const property of node.children ?? []) {
      const [name, value] = property.children ?? [];
      if (!name || !value) continue;
      const text = String(name.value);
      if (Object.hasOwn(shape, text)) {
        this.check(value, shape[text] as Schema, text);
        continue;
      }
      const renamed = RENAMED[text];
      if (renamed !== undefined && Object.hasOwn(shape, renamed)) {
        this.report(name, "renamed-key", { key: text, now: renamed });
        continue;
      }
      const params = withNearest({ key: text }, text, free);
      misspelt.add(params["nearest"]);
      this.report(name, "unknown-key", params);
    }
    for (const name of free) {
      if (shape[name]?._zod.optin !== "optional" && !misspelt.has(name))
        this.report(node, "missing-key", { key: name });
    }
  }

  /**
   * Finds the one option of a union that was meant and checks that, so that the message is about the key that is wrong.
   */
  private checkUnion(node: Node, options: readonly Schema[], key: string): void {
    const objects = options.filter((option): option is Schema & ObjectSchema => option._zod.def.type === "object");
    const others = options.filter((option) => option._zod.def.type !== "object");
    if (node.type !== "object") {
      const fitting = others.filter((option) => typesOf(option).includes(node.type));
      // Of several options of one type (numbers or words in a list) the one with the fewest problems was meant.
      if (fitting.length > 0) this.checkBest(node, fitting, key);
      else this.wrongType(node, [...new Set(options.flatMap(typesOf))], key);
      return;
    }
    if (objects.length === 0) {
      this.wrongType(node, [...new Set(options.flatMap(typesOf))], key);
      return;
    }
    this.checkObjects(node, objects, key);
  }

  private checkBest(node: Node, options: readonly Schema[], key: string): void {
    let fewest: PackProblem[] | undefined;
    for (const option of options) {
      const trial = new ShapeWalk(this.source);
      trial.check(node, option, key);
      if (!fewest || trial.problems.length < fewest.length) fewest = trial.problems;
    }
    addAll(this.problems, fewest ?? []);
  }

  private checkObjects(node: Node, options: readonly ObjectSchema[], key: string): void {
    const keys = (node.children ?? []).map((property) => String(property.children?.[0]?.value));
    const best = options
      .map((option) => ({ option, score: likeness(node, keys, option) }))
      .reduce((a, b) => (b.score > a.score ? b : a)).option;
    const shape = best._zod.def.shape;

    const known = new Set(options.flatMap((option) => Object.keys(option._zod.def.shape)));
    const foreign = keys.find((name) => !Object.hasOwn(shape, name) && known.has(name));
    const own = keys.find((name) => Object.hasOwn(shape, name) && !isEverywhere(name, options));
    if (foreign !== undefined && own !== undefined) {
      const [first, second] = keys.indexOf(own) < keys.indexOf(foreign) ? [own, foreign] : [foreign, own];
      this.report(memberOf(node, second)?.children?.[0] ?? node, "keys-together", { first, second });
      return;
    }
    const distinguishing = keysOfLiterals(options);
    const absent = distinguishing.find((name) => !keys.includes(name));
    if (absent !== undefined && keys.length > 0) {
      this.report(node, "missing-key", { key: absent });
      return;
    }
    const wrong = wrongLiteral(node, distinguishing, options);
    if (wrong) {
      this.unknownValue(wrong.node, wrong.key, wrong.allowed);
      return;
    }
    if (own === undefined && !keys.some((name) => Object.hasOwn(shape, name))) {
      // Nothing of any option is there: say what there could be.
      const first = node.children?.[0]?.children?.[0];
      const name = keys[0];
      if (first && name !== undefined) {
        this.report(first, "unknown-key", withNearest({ key: name, allowed: [...known].join(", ") }, name, known));
      } else this.report(node, "missing-keys", { key, allowed: [...known].join(", ") });
      return;
    }
    this.checkObject(node, best, key);
  }

  private checkLeaf(node: Node, schema: Schema, key: string): void {
    const { def } = schema._zod;
    const types = typesOf(schema);
    if (!types.includes(node.type)) {
      this.wrongType(node, types, key);
      return;
    }
    const value: unknown = node.value;
    const result = schema.safeParse(value);
    if (result.success) return;
    if (def.type === "enum") this.unknownValue(node, key, Object.keys(def.entries));
    else if (def.type === "literal") this.unknownValue(node, key, def.values.map(String));
    else this.report(node, ...leafProblem(result.error.issues[0], key, value, schema));
  }

  private unknownValue(node: Node, key: string, allowed: readonly string[]): void {
    const value = String(node.value);
    const code = UNKNOWN_VALUE[key] ?? "unknown-value";
    const byHeader = code === "unknown-fact" ? FACT_BY_HEADER.get(value.toLowerCase()) : undefined;
    const params = { key, value, ...(allowed.length <= 24 && { allowed: allowed.join(", ") }) };
    if (byHeader !== undefined && allowed.includes(byHeader)) this.report(node, code, { ...params, nearest: byHeader });
    else this.report(node, code, withNearest(params, value, allowed));
  }

  private wrongType(node: Node, expected: readonly string[], key: string): void {
    this.report(node, "wrong-type", { key, found: node.type, expected: expected.join(" / ") });
  }
}

/** All options of a union, those of unions within it included. */
function optionsOf(schema: Schema): Schema[] {
  const { def } = schema._zod;
  if (def.type === "union") return def.options.flatMap((option) => optionsOf(option as Schema));
  if (def.type === "lazy") return optionsOf(def.getter() as Schema);
  return [schema];
}

/** JSON types a schema takes. */
function typesOf(schema: Schema): string[] {
  const { def } = schema._zod;
  switch (def.type) {
    case "optional":
      return typesOf(def.innerType as Schema);
    case "union":
      return def.options.flatMap((option) => typesOf(option as Schema));
    case "lazy":
      return typesOf(def.getter() as Schema);
    case "enum":
      return ["string"];
    case "literal":
      return [...new Set(def.values.map((value) => typeof value))];
    case "record":
      return ["object"];
    default:
      return [def.type];
  }
}

function literalsOf(schema: z.core.$ZodType | undefined): string[] | undefined {
  const def = (schema as Schema | undefined)?._zod.def;
  if (def?.type === "literal") return def.values.map(String);
  return def?.type === "enum" ? Object.keys(def.entries) : undefined;
}

/** Keys that hold one of a few literals in every option, by which options are told apart: `type`, `formula`, `output`. */
function keysOfLiterals(options: readonly ObjectSchema[]): string[] {
  const [first, ...others] = options.map((option) => option._zod.def.shape);
  if (!first || others.length === 0) return [];
  return Object.keys(first).filter((key) => [first, ...others].every((shape) => literalsOf(shape[key]) !== undefined));
}

/** The first such key whose value is a literal of no option. */
function wrongLiteral(
  node: Node,
  keys: readonly string[],
  options: readonly ObjectSchema[],
): { readonly node: Node; readonly key: string; readonly allowed: readonly string[] } | undefined {
  for (const key of keys) {
    const value = memberOf(node, key)?.children?.[1];
    if (value?.type !== "string") continue;
    const allowed = [...new Set(options.flatMap((option) => literalsOf(option._zod.def.shape[key]) ?? []))];
    if (!allowed.includes(String(value.value))) return { node: value, key, allowed };
  }
  return undefined;
}

function isEverywhere(name: string, options: readonly ObjectSchema[]): boolean {
  return options.every((option) => Object.hasOwn(option._zod.def.shape, name));
}

/** How well an object's keys and literals fit an option: fitting literals count most, then keys, then what is missing. */
function likeness(node: Node, keys: readonly string[], option: ObjectSchema): number {
  const { shape } = option._zod.def;
  let score = 0;
  for (const key of keys) {
    if (!Object.hasOwn(shape, key)) continue;
    score += 2;
    const value = memberOf(node, key)?.children?.[1];
    const literals = literalsOf(shape[key]);
    if (literals && value) score += literals.includes(String(value.value)) ? 4 : -1;
  }
  for (const [key, member] of Object.entries(shape)) {
    if (member._zod.optin !== "optional" && !keys.includes(key)) score -= 1;
  }
  return score;
}

function withNearest(params: ProblemParams, name: string, known: Iterable<string>): ProblemParams {
  const near = nearest(name, known);
  return near === undefined ? params : { ...params, nearest: near };
}

/** Texts of the forms that packs have; the one a pattern takes is shown instead of the pattern. */
const EXAMPLES = ["2026-03-31", "late-reply", "closeDays", "1.0.0", "18:00", "50.00"];

/** What a text or number does wrong, in our own codes. */
function leafProblem(
  issue: z.core.$ZodIssue | undefined,
  key: string,
  value: unknown,
  schema: Schema,
): [string, ProblemParams] {
  const shown = typeof value === "string" && value.length > 40 ? `${value.slice(0, 40)}…` : String(value);
  switch (issue?.code) {
    case "too_small":
      return typeof value === "string"
        ? ["empty", { key }]
        : [issue.inclusive === false ? "not-above" : "too-small", { key, value: shown, least: Number(issue.minimum) }];
    case "too_big":
      return typeof value === "number"
        ? ["too-big", { key, value: shown, most: Number(issue.maximum) }]
        : ["too-long", { key, most: Number(issue.maximum) }];
    case "invalid_format":
      return [
        "bad-format",
        { key, value: shown, example: EXAMPLES.find((text) => schema.safeParse(text).success) ?? "" },
      ];
    case "invalid_type":
      return typeof value === "number" && !Number.isFinite(value)
        ? ["too-big", { key, value: shown, most: Number.MAX_SAFE_INTEGER }]
        : ["not-whole", { key, value: shown }];
    default:
      return ["invalid", { reason: issue?.message ?? "" }];
  }
}
