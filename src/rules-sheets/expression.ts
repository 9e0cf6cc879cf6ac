import { isList, isObject, type Json, type JsonObject } from "./json.js";
import { CellFault } from "./problem.js";
import {
  CLOSE,
  COMMA,
  factAt,
  OPEN,
  operatorAt,
  parameterOf,
  parameterText,
  quote,
  Scanner,
  type Titles,
} from "./scanner.js";
import { FACT_WORDS, OPERATOR_WORDS } from "./vocabulary.js";

/**
 * Conditions as one readable line: `投诉类别 = 「抱怨类」 且 （金额 > 参数【large】 或 非（已结案 = 是））`. Every group keeps
 * its own brackets, so that the line says exactly the groups of the file: `全部（…）` and `任一（…）` hold a single condition,
 * `条件【name】` is a named one, and what has no words stands as JSON in braces.
 */

const LEAF_KEYS = ["fact", "operator", "value"];

/** The condition of a rule as a line. */
export function conditionText(condition: Json, titles: Titles): string {
  const group = groupOf(condition);
  if (group && group.items.length > 1)
    return group.items.map((item) => itemText(item, titles)).join(`\n${group.word} `);
  if (group?.word === "且" && isLeaf(group.items[0])) return itemText(group.items[0]!, titles);
  return itemText(condition, titles);
}

/** The condition that a line says. Throws `CellFault`. */
export function parseCondition(text: string): Json {
  const scanner = new Scanner(text);
  const found = group(scanner);
  if (!scanner.done) throw new CellFault("fault.rest", { rest: scanner.rest });
  // The condition of a rule is a group; of a single comparison the group is understood.
  return isObject(found) && "fact" in found ? { all: [found] } : found;
}

// ------------------------------------------------------------ writing

function groupOf(
  condition: Json | undefined,
): { readonly word: "且" | "或"; readonly items: readonly Json[] } | undefined {
  if (!isObject(condition) || Object.keys(condition).length !== 1) return undefined;
  const { all, any } = condition;
  if (isList(all) && all.length > 0) return { word: "且", items: all };
  return isList(any) && any.length > 0 ? { word: "或", items: any } : undefined;
}

function isLeaf(condition: Json | undefined): boolean {
  return isObject(condition) && LEAF_KEYS.every((key) => key in condition);
}

function itemText(condition: Json, titles: Titles): string {
  const group = groupOf(condition);
  if (group) {
    const inside = group.items.map((item) => itemText(item, titles)).join(` ${group.word} `);
    const head = group.items.length > 1 ? "" : group.word === "且" ? "全部" : "任一";
    return `${head}（${inside}）`;
  }
  if (!isObject(condition)) return JSON.stringify(condition);
  const keys = Object.keys(condition);
  const { not, condition: name } = condition;
  if (keys.length === 1 && not !== undefined) {
    const text = itemText(not, titles);
    const several = groupOf(not);
    return `非${several && several.items.length > 1 ? text : `（${text}）`}`;
  }
  if (keys.length === 1 && typeof name === "string" && /^[^\s【】[\]]+$/.test(name)) return `条件【${name}】`;
  return leafText(condition, titles) ?? JSON.stringify(condition);
}

function leafText(leaf: JsonObject, titles: Titles): string | undefined {
  const { fact, operator, value } = leaf;
  if (Object.keys(leaf).length !== LEAF_KEYS.length || typeof fact !== "string" || typeof operator !== "string")
    return undefined;
  if (FACT_WORDS.name(fact) === undefined || OPERATOR_WORDS.name(operator) === undefined) return undefined;
  const word = FACT_WORDS.word(fact);
  if (operator === "isPresent")
    return typeof value === "boolean" ? `${word} ${value ? OPERATOR_WORDS.word(operator) : ABSENT}` : undefined;
  const shown = valueText(value, titles);
  return shown === undefined ? undefined : `${word} ${OPERATOR_WORDS.word(operator)} ${shown}`;
}

const ABSENT = "未填写";

/** What a fact is compared with; undefined where the notation has no words for it. */
export function valueText(value: Json | undefined, titles: Titles): string | undefined {
  if (typeof value === "string") return quote(value);
  if (typeof value === "boolean") return value ? "是" : "否";
  if (typeof value === "number") return String(value);
  if (isList(value) && value.length > 0) {
    const items = value.map((item) => (isList(item) || isObject(item) ? undefined : valueText(item, titles)));
    return items.includes(undefined) ? undefined : `（${items.join("、")}）`;
  }
  const parameter = parameterOf(value);
  if (parameter !== undefined) return parameterText(parameter, titles);
  if (isObject(value) && Object.keys(value).length === 1 && typeof value["fact"] === "string")
    return FACT_WORDS.name(value["fact"]) === undefined ? undefined : FACT_WORDS.word(value["fact"]);
  return undefined;
}

// ------------------------------------------------------------ reading

/** Conditions joined by one and the same word; a single one stands for itself. */
function group(scanner: Scanner): Json {
  const items = [item(scanner)];
  let joint: string | undefined;
  for (;;) {
    const word = scanner.take(["且", "或"]);
    if (word === undefined) break;
    if (joint !== undefined && joint !== word) throw new CellFault("fault.mixed", { rest: scanner.rest });
    joint = word;
    items.push(item(scanner));
  }
  if (joint === undefined) return items[0]!;
  return joint === "且" ? { all: items } : { any: items };
}

function item(scanner: Scanner): Json {
  if (scanner.take(["非（", "非("]) !== undefined) return { not: closed(scanner) };
  if (scanner.take(["全部（", "全部("]) !== undefined) return { all: [closed(scanner)] };
  if (scanner.take(["任一（", "任一("]) !== undefined) return { any: [closed(scanner)] };
  if (scanner.take(OPEN) !== undefined) return closed(scanner);
  const name = scanner.named("条件");
  if (name !== undefined) return { condition: name };
  return scanner.object() ?? leaf(scanner);
}

function closed(scanner: Scanner): Json {
  const inside = group(scanner);
  scanner.expect(CLOSE, "fault.close");
  return inside;
}

function leaf(scanner: Scanner): Json {
  const fact = factAt(scanner);
  if (fact === undefined) throw new CellFault("fault.fact", { rest: scanner.rest });
  if (scanner.take([ABSENT]) !== undefined) return { fact, operator: "isPresent", value: false };
  const operator = operatorAt(scanner);
  if (operator === undefined)
    throw new CellFault("fault.operator", { fact: FACT_WORDS.word(fact), rest: scanner.rest });
  if (operator === "isPresent") return { fact, operator, value: true };
  return { fact, operator, value: comparedValue(scanner) };
}

/** What a fact is compared with. */
export function comparedValue(scanner: Scanner): Json {
  // Before numbers: a name may begin with a digit, as 8D启动时间 does.
  const fact = factAt(scanner);
  if (fact !== undefined) return { fact };
  const simple = scanner.quoted() ?? scanner.number() ?? scanner.parameter();
  if (simple !== undefined) return simple;
  if (scanner.take(OPEN) !== undefined) {
    const items: Json[] = [];
    do items.push(comparedValue(scanner));
    while (scanner.take(COMMA) !== undefined);
    scanner.expect(CLOSE, "fault.close");
    return items;
  }
  const word = scanner.take(["是", "否"]);
  if (word === undefined) throw new CellFault("fault.value", { rest: scanner.rest });
  return word === "是";
}
