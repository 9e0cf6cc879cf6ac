import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkPack } from "../../src/process/check-packs.js";
import { problemText } from "../../src/rules/pack-problem-text.js";
import { loadPack } from "../../src/rules/load-pack.js";
import type { Statutes } from "../../src/rules/statutes.js";
import { STATUTES } from "../../test/packs-folder.js";
import type { Fuzzer } from "./fuzzer.js";
import { Random } from "./random.js";

/** Hostile rule packs: real ones with figures, texts, lists, keys and bytes that nobody should write. */

const RULES = join(import.meta.dirname, "..", "..", "rules");
const SOURCES = ["furniture-north", "restaurant", "factory-claims"] as const;
/** No pack may take longer than this to be refused, or loaded and checked. */
export const MOST_MILLISECONDS = 5000;

type Files = Map<string, string>;
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

function filesOf(name: string): Files {
  const folder = join(RULES, name);
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".json"));
  return new Map(names.map((file) => [file.replaceAll("\\", "/"), readFileSync(join(folder, file), "utf8")]));
}

const NUMBERS: readonly number[] = [
  ...[-1, -0, 0.1, 1e-300, 1e6, 1e9, 2 ** 53, 1e15, 1e21, 1e308, -1e308, 99_999_999, 3651, 2501],
];
const TEXTS: readonly string[] = [
  ...["", " ", "\u0000", "\ud800", "\u202e", "__proto__", "constructor", "{", "{}", "{constructor}", "{id}", "=1+1"],
  ...["9999-12-31", "2026-02-30", "(a+)+$", "赔".repeat(70_000), "\u0301".repeat(5000), "a\u200bb", "😀".repeat(50)],
];

/** Every place of a document where a value of some kind stands, as a way to replace it. */
function places(root: Json, fits: (value: Json) => boolean): ((value: Json) => void)[] {
  const found: ((value: Json) => void)[] = [];
  const visit = (value: Json): void => {
    if (typeof value !== "object" || value === null) return;
    for (const key of Object.keys(value)) {
      const holder = value as Record<string, Json>;
      const inner = holder[key]!;
      if (fits(inner)) found.push((next) => (holder[key] = next));
      visit(inner);
    }
  };
  visit(root);
  return found;
}

const isList = (value: Json): value is Json[] => Array.isArray(value);
const isGroup = (value: Json): value is { [key: string]: Json } =>
  typeof value === "object" && value !== null && !isList(value);

type Mutation = readonly [what: string, change: (root: Json, random: Random) => Json];

const replaced =
  (fits: (value: Json) => boolean, next: (random: Random) => Json) =>
  (root: Json, random: Random): Json => {
    const found = places(root, fits);
    if (found.length > 0) random.one(found)(next(random));
    return root;
  };

function deep(levels: number, key: "all" | "not"): Json {
  let condition: Json = { fact: "loss", operator: "greaterThan", value: 1 };
  for (let i = 0; i < levels; i++) condition = key === "all" ? { all: [condition] } : { not: condition };
  return condition;
}

const MUTATIONS: readonly Mutation[] = [
  [
    "a figure",
    replaced(
      (v) => typeof v === "number",
      (random) => random.one(NUMBERS),
    ),
  ],
  [
    "a text",
    replaced(
      (v) => typeof v === "string",
      (random) => random.one(TEXTS),
    ),
  ],
  [
    "another type",
    replaced(
      () => true,
      (random) => random.one<Json>([null, true, 0, "x", [], {}, [[]], { a: 1 }]),
    ),
  ],
  ["an empty list", replaced(isList, () => [])],
  [
    "a list a thousand times",
    (root, random) => {
      const lists: Json[][] = [];
      places(root, (v) => isList(v) && v.length > 0 && (lists.push(v), true));
      const list = lists.length > 0 ? random.one(lists) : [];
      const items = list.slice(0, 20);
      if (JSON.stringify(items).length < 4000) for (let i = 0; i < 1000; i++) list.push(...structuredClone(items));
      return root;
    },
  ],
  [
    "a condition nested deeply",
    replaced(
      (v) => isGroup(v) && ("all" in v || "any" in v),
      (random) => deep(random.one([30, 49, 51, 60]), random.one(["all", "not"])),
    ),
  ],
  ["a key too many", replaced(isGroup, (random) => ({ [random.one(["__proto__", "toString", "x", "规则", ""])]: 1 }))],
];

const asText = (root: Json): string => JSON.stringify(root, null, 1);

const TEXT_MUTATIONS: readonly (readonly [what: string, change: (text: string, random: Random) => string])[] = [
  ["cut off", (text, random) => text.slice(0, random.below(text.length))],
  [
    "a character too many",
    (text, random) => spliced(text, random, random.one(["{", "}", "[", '"', "\\", ",", "\u0000", "//", "\ufeff"])),
  ],
  ["nested without end", (text) => text.replace("{", `{"x":${"[".repeat(100_000)}`)],
  ["read in another encoding", (text) => Buffer.from(text, "utf16le").toString("utf8")],
  ["many lines", (text) => text.replace("{", `{${"\n".repeat(1_000_000)}`)],
  ["a megabyte of digits", (text) => text.replace(/\d+/, "9".repeat(1_000_000))],
];

function spliced(text: string, random: Random, what: string): string {
  const at = random.below(text.length);
  return text.slice(0, at) + what + text.slice(at);
}

/** One hostile pack, and what was done to it. */
export function hostilePack(seed: number): { readonly name: string; readonly files: Files; readonly what: string } {
  const random = new Random(seed);
  const name = random.one(SOURCES);
  const files = filesOf(name);
  const file = random.one([...files.keys()].filter((one) => !one.startsWith("cases/") || random.below(4) === 0));
  const text = files.get(file)!;
  if (random.below(4) === 0) {
    const [what, change] = random.one(TEXT_MUTATIONS);
    files.set(file, change(text, random));
    return { name, files, what: `${file}: ${what}` };
  }
  const done: string[] = [];
  let root = JSON.parse(text) as Json;
  for (let i = random.below(3); i >= 0; i--) {
    const [what, change] = random.one(MUTATIONS);
    root = change(root, random);
    done.push(what);
  }
  files.set(file, asText(root));
  return { name, files, what: `${file}: ${done.join(", ")}` };
}

/** What became of a hostile pack. Throws where it is more than a refusal in sentences, or takes too long. */
export function tryPack(seed: number, law: Statutes = STATUTES): { readonly loaded: boolean; readonly ms: number } {
  const { name, files, what } = hostilePack(seed);
  const before = process.cpuUsage();
  let loaded = false;
  try {
    const result = loadPack(name, files);
    if ("pack" in result) {
      loaded = true;
      checkPack(result.pack, new Map([[name, result.pack]]), law);
    } else
      for (const problem of result.problems)
        for (const language of ["zh", "en"] as const) {
          const sentence = problemText(problem, language);
          if (/undefined|NaN|\[object|\n/.test(sentence) || sentence.length > 2000)
            throw new Error(`no sentence: ${sentence.slice(0, 300)}`);
        }
  } catch (error) {
    throw new Error(
      `pack ${seed} (${what}): ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
  // Of the processor, whatever else the machine is at.
  const { user, system } = process.cpuUsage(before);
  const ms = (user + system) / 1000;
  if (ms > MOST_MILLISECONDS) throw new Error(`pack ${seed} (${what}) took ${Math.round(ms)} ms`);
  return { loaded, ms };
}

export const packs: Fuzzer = {
  name: "packs",
  what: "hostile rule packs: refused in sentences or checked, none slower than 5 s",
  runs: 500,
  play(runs, seed) {
    const figures = { packs: 0, loaded: 0, "slowest ms": 0 };
    for (let i = 0; i < runs; i++) {
      const { loaded, ms } = tryPack(seed + i);
      figures.packs += 1;
      if (loaded) figures.loaded += 1;
      figures["slowest ms"] = Math.max(figures["slowest ms"], Math.round(ms));
    }
    return Promise.resolve(figures);
  },
};
