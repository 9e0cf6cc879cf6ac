import { parseTree, type Node } from "jsonc-parser";
import { readJson } from "../rules/json-source.js";
import { isList, isObject, sameJson, wordOf, type Json, type JsonObject } from "./json.js";

/**
 * JSON as text in the form of an earlier version: what did not change stands as it stood, to the byte, and what is new is
 * laid out as the packs of the program are (two spaces, on one line what fits).
 */

/** Characters of a line, as the packs' own formatter has it. */
const WIDTH = 120;
const STEP = "  ";

/** What is known of the earlier version: its text and the node that stood in this place. */
interface Earlier {
  readonly text: string;
  readonly node: Node;
  readonly value: Json;
}

export function formatLike(value: Json, before: string | undefined): string {
  const text = before?.replace(/^\ufeff/, "");
  // What a stranger's workbook carries may be no JSON, or nested so deeply that comparing it would exhaust the stack.
  const node = text === undefined || "problems" in readJson("", text) ? undefined : parseTree(text);
  const earlier = text !== undefined && node ? { text, node, value: JSON.parse(text) as Json } : undefined;
  // The very file that was read, with whatever stands before and after its content.
  if (before !== undefined && earlier && sameJson(earlier.value, value)) return before;
  return `${written(value, earlier, "", 0)}\n`;
}

/** `taken`: characters of the line beside the value itself. */
function written(value: Json, earlier: Earlier | undefined, indent: string, taken: number): string {
  if (earlier && sameJson(earlier.value, value))
    return earlier.text.slice(earlier.node.offset, earlier.node.offset + earlier.node.length);
  if (isList(value)) return list(value, earlier, indent, taken);
  return isObject(value) ? object(value, earlier, indent, taken) : JSON.stringify(value);
}

function list(items: readonly Json[], earlier: Earlier | undefined, indent: string, taken: number): string {
  if (items.length === 0) return "[]";
  const matched = matchedItems(items, earlier);
  const line = oneLine(items);
  if (
    !stoodOpen(earlier) &&
    indent.length + taken + line.length <= WIDTH &&
    !matched.some((one) => one && stoodOpen(one))
  )
    return line;
  const inside = indent + STEP;
  const lines = items.map((item, i) => inside + written(item, matched[i], inside, 1));
  return `[\n${lines.join(",\n")}\n${indent}]`;
}

function object(value: JsonObject, earlier: Earlier | undefined, indent: string, taken: number): string {
  const keys = orderedKeys(value, earlier);
  if (keys.length === 0) return "{}";
  const ordered = Object.fromEntries(keys.map((key) => [key, value[key]!]));
  const line = oneLine(ordered);
  if (indent !== "" && !stoodOpen(earlier) && indent.length + taken + line.length <= WIDTH) return line;
  const inside = indent + STEP;
  const lines = keys.map((key) => {
    const name = `${JSON.stringify(key)}: `;
    return inside + name + written(value[key]!, memberOf(earlier, key), inside, name.length + 1);
  });
  return `{\n${lines.join(",\n")}\n${indent}}`;
}

function oneLine(value: Json): string {
  if (isList(value)) return `[${value.map(oneLine).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${oneLine(item)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** It was spread over lines, with its first member on a line of its own. */
function stoodOpen(earlier: Earlier | undefined): boolean {
  return earlier !== undefined && /^[{[]\s*\n/.test(earlier.text.slice(earlier.node.offset, earlier.node.offset + 200));
}

/** Keys in their earlier order; a new one stands behind the one that it follows now, or in front. */
function orderedKeys(value: JsonObject, earlier: Earlier | undefined): string[] {
  const now = Object.keys(value).sort((a, b) => Number(b === "$schema") - Number(a === "$schema"));
  const old = isObject(earlier?.value) ? Object.keys(earlier.value).filter((key) => Object.hasOwn(value, key)) : [];
  const order = [...old];
  now.forEach((key, i) => {
    if (order.includes(key)) return;
    const before = now.slice(0, i).findLast((one) => order.includes(one));
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, key);
  });
  return order;
}

function memberOf(earlier: Earlier | undefined, key: string): Earlier | undefined {
  if (!earlier || !isObject(earlier.value)) return undefined;
  const property = earlier.node.children?.find((one) => one.children?.[0]?.value === key);
  const [node, value] = [property?.children?.[1], earlier.value[key]];
  return node && value !== undefined ? { text: earlier.text, node, value } : undefined;
}

/** For each item the one that it was before: the same, else one of the same name, else the one in its place. */
function matchedItems(items: readonly Json[], earlier: Earlier | undefined): (Earlier | undefined)[] {
  if (!earlier || !isList(earlier.value)) return items.map(() => undefined);
  const nodes = earlier.node.children ?? [];
  const old = earlier.value.map((value, i) => ({ text: earlier.text, node: nodes[i]!, value }));
  const texts = new Map<string, Earlier[]>();
  for (const one of old) {
    const key = JSON.stringify(one.value);
    texts.set(key, [...(texts.get(key) ?? []), one]);
  }
  const names = new Map(
    old.flatMap((one) => (nameOf(one.value) === undefined ? [] : [[nameOf(one.value), one] as const])),
  );
  return items.map((item, i) => {
    const same = texts.get(JSON.stringify(item))?.[0] ?? (old[i] && sameJson(old[i].value, item) ? old[i] : undefined);
    if (same) return same;
    const name = nameOf(item);
    if (name !== undefined) return names.get(name);
    return old.length === items.length && nodes[i]?.type !== "string" ? old[i] : undefined;
  });
}

/** By what an entry is known again. */
function nameOf(value: Json): string | undefined {
  if (!isObject(value)) return undefined;
  const { id, name, output, value: label, article, paragraph } = value;
  if (typeof id === "string") return `id ${id}`;
  if (typeof name === "string") return `name ${name}`;
  if (typeof output === "string") return `label ${output} ${wordOf(label)}`;
  return typeof article === "string" ? `clause ${article} ${wordOf(paragraph)}` : undefined;
}
