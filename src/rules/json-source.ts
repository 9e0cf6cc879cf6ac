import { createScanner, parseTree, printParseErrorCode, type Node, type ParseError } from "jsonc-parser";
import type { PackProblem } from "./pack-problem.js";

/**
 * The text of one JSON file of a pack, with the place of everything in it. Strict JSON: no comments, no trailing commas,
 * no key twice, nothing nested so deeply that reading it could exhaust the stack.
 */

export type JsonPath = readonly (string | number)[];
export type ProblemParams = PackProblem["params"];
export type { Node };

/** Groups may be nested 50 deep (two levels of JSON each) inside a few levels of file, rule and value. */
const MOST_JSON_LEVELS = 120;

/** Names that reach an object's prototype instead of a property. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

// jsonc-parser declares its token kinds as a const enum, which isolated modules can't read.
const TOKEN = { openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, string: 10, end: 17 } as const;

/** A parsed file: its tree for positions, its value for everything else. */
export interface JsonSource {
  readonly file: string;
  /** Offsets at which lines start. */
  readonly lines: readonly number[];
  readonly root: Node;
  readonly value: unknown;
}

/** Reads a file's text; problems say what is not JSON and where. */
export function readJson(file: string, raw: string): JsonSource | { readonly problems: PackProblem[] } {
  // Windows editors put a byte order mark in front.
  const text = raw.startsWith("\ufeff") ? raw.slice(1) : raw;
  const nesting = plainlyNested(text) ? undefined : nestingProblem(file, text);
  if (nesting) return { problems: [nesting] };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [error] = errors;
  if (error || !root) {
    const reason = error ? printParseErrorCode(error.error) : "ValueExpected";
    return {
      problems: [{ file, ...positionAt(lineStarts(text), error?.offset ?? 0), code: "syntax", params: { reason } }],
    };
  }
  const source: JsonSource = { file, lines: lineStarts(text), root, value: undefined };
  const problems = keyProblems(source);
  if (problems.length > 0) return { problems };
  try {
    return { ...source, value: withEnglish(JSON.parse(text)) };
  } catch {
    // The tolerant parser let something pass that is not strict JSON.
    return { problems: [{ file, line: 1, column: 1, code: "syntax", params: { reason: "InvalidSymbol" } }] };
  }
}

/** Texts without English say in English what they say in Chinese. Only for a value that was just read. */
export function withEnglish(json: unknown): unknown {
  if (typeof json !== "object" || json === null) return json;
  for (const part of Object.values(json)) withEnglish(part);
  if ("zh" in json && typeof json.zh === "string" && !("en" in json)) Object.assign(json, { en: json.zh });
  return json;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** Line and column of an offset, from 1. */
function positionAt(lines: readonly number[], offset: number): { line: number; column: number } {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (lines[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - lines[low]! + 1 };
}

/** The line a node stands on, from 1. */
export function lineOf(source: JsonSource, node: Node): number {
  return positionAt(source.lines, node.offset).line;
}

/** A problem at a node of a file; inside a rule or a cap it names it. */
export function problemAt(source: JsonSource, node: Node, code: string, params: ProblemParams = {}): PackProblem {
  const ruleId = ruleAround(node);
  return {
    file: source.file,
    ...positionAt(source.lines, node.offset),
    ...(ruleId !== undefined && { ruleId }),
    code,
    params,
  };
}

/** The node at a path; the nearest one above it if there is nothing at the path. */
export function nodeAt(root: Node, path: JsonPath): Node {
  let node = root;
  for (const step of path) {
    const next =
      typeof step === "number" ? node.type === "array" && node.children?.[step] : memberOf(node, step)?.children?.[1];
    if (!next) break;
    node = next;
  }
  return node;
}

/** The property of an object node with this key. */
export function memberOf(node: Node, key: string): Node | undefined {
  if (node.type !== "object") return undefined;
  return node.children?.find((property) => property.children?.[0]?.value === key);
}

/** The id of the entry of `rules` or `caps` that a node is part of; of a table, the row's, else the table's own. */
function ruleAround(node: Node): string | undefined {
  const chain: Node[] = [];
  for (let at: Node | undefined = node; at; at = at.parent) chain.unshift(at);
  // root object, property, array, entry; in a table, the entry's property, array and row
  const [, property, , entry, inner, , row] = chain;
  const list = keyOf(property);
  if (!entry || (list !== "rules" && list !== "caps" && list !== "tables")) return undefined;
  const own = list === "tables" && row && keyOf(inner) === "rows" ? row : entry;
  const id: unknown = memberOf(own, "id")?.children?.[1]?.value;
  return typeof id === "string" ? id : undefined;
}

function keyOf(property: Node | undefined): unknown {
  return property?.type === "property" ? property.children?.[0]?.value : undefined;
}

/**
 * Whether a quick look shows that brackets are balanced and nest within bounds. Texts are passed over as the scanner does
 * it (a line break ends an unfinished one); what could hide a bracket, which is a comment, is left to the scanner.
 */
function plainlyNested(text: string): boolean {
  const open: string[] = [];
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (character === '"') i = endOfText(text, i);
    else if (character === "/") return false;
    else if (character === "{" || character === "[") {
      if (open.push(character) > MOST_JSON_LEVELS) return false;
    } else if (character === "}" || character === "]") {
      if (open.pop() !== (character === "}" ? "{" : "[")) return false;
    }
  }
  return true;
}

function endOfText(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const character = text[i];
    if (character === "\\") i += 1;
    else if (character === '"' || character === "\n" || character === "\r") return i;
  }
  return text.length;
}

/**
 * The place at which a text nests too deeply to be parsed, or closes a bracket that isn't open (the tolerant parser would
 * go on from there, ever deeper): found token by token, without recursion, so that no file can overflow the stack. The
 * rule is the last one whose id was read.
 */
function nestingProblem(file: string, text: string): PackProblem | undefined {
  const scanner = createScanner(text, true);
  const open: number[] = [];
  let afterId = false;
  let ruleId: string | undefined;
  const problem = (code: string, params: ProblemParams): PackProblem => {
    const position = positionAt(lineStarts(text), scanner.getTokenOffset());
    return { file, ...position, ...(ruleId !== undefined && { ruleId }), code, params };
  };
  for (let token: number = scanner.scan(); token !== TOKEN.end; token = scanner.scan()) {
    if (token === TOKEN.openBrace || token === TOKEN.openBracket) open.push(token);
    else if (token === TOKEN.closeBrace || token === TOKEN.closeBracket) {
      const last = open.pop();
      // The kinds of tokens are numbered so that a closing bracket follows its opening one.
      if (last !== token - 1) {
        const reason =
          last === TOKEN.openBrace ? "CloseBraceExpected" : last ? "CloseBracketExpected" : "InvalidSymbol";
        return problem("syntax", { reason });
      }
    } else if (token === TOKEN.string && open.length === 3) {
      const value = scanner.getTokenValue();
      if (afterId) ruleId = value;
      afterId = !afterId && value === "id";
    }
    if (open.length > MOST_JSON_LEVELS) return problem("too-deep", { most: 50 });
  }
  return undefined;
}

/** Keys that stand twice in one object, and keys that reach a prototype. */
function keyProblems(source: JsonSource): PackProblem[] {
  const problems: PackProblem[] = [];
  const open: Node[] = [source.root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === "object") {
      const seen = new Set<string>();
      for (const property of node.children ?? []) {
        const key = property.children?.[0];
        if (!key) continue;
        const name = String(key.value);
        if (FORBIDDEN_KEYS.has(name)) problems.push(problemAt(source, key, "forbidden-key", { key: name }));
        else if (seen.has(name)) problems.push(problemAt(source, key, "duplicate-key", { key: name }));
        seen.add(name);
      }
    }
    // Not spread into one call: a long array would overflow the stack.
    for (const child of node.children ?? []) open.push(child);
  }
  return problems;
}
