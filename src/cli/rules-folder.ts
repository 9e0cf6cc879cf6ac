import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { problemText } from "../locales/pack-problems.js";
import { loadPack } from "../rules/load-pack.js";
import type { Pack, PackProblem } from "../rules/pack.js";
import { statutesSchema, type Statutes } from "../rules/statutes-schema.js";
import { CliError } from "./cli-error.js";
import type { Terminal } from "./terminal.js";

/** The packs that come with the program: the folder `rules` beside `dist` and `src`. */
export const BUILT_IN_RULES = fileURLToPath(new URL("../../rules", import.meta.url));

/** Folders beside the packs that hold no pack. */
const NO_PACKS = new Set(["schema", "statutes"]);

/** A rules folder as read: packs by id, in alphabetical order, and the problems of those that were refused. */
export interface RulesFolder {
  readonly folder: string;
  readonly packs: ReadonlyMap<string, Pack>;
  readonly problems: readonly PackProblem[];
  readonly statutes: Statutes;
}

/** Reads a rules folder. A folder that is itself a pack (holds a pack.json) counts as a folder with that one pack. */
export function readRulesFolder(folder: string, terminal: Terminal): RulesFolder {
  const packs = new Map<string, Pack>();
  const problems: PackProblem[] = [];
  for (const { name, path } of packFolders(folder, terminal)) {
    const result = loadPack(name, readTree(path));
    if ("pack" in result) packs.set(result.pack.header.id, result.pack);
    else problems.push(...result.problems);
  }
  if (packs.size === 0 && problems.length === 0) throw new CliError(terminal.text("rules.empty", { folder }));
  return { folder, packs, problems, statutes: readStatutes(folder, terminal) };
}

/** As `readRulesFolder`, and refuses to go on if any pack has a problem: the first one is named, with file and line. */
export function loadRulesFolder(folder: string, terminal: Terminal): RulesFolder {
  const rules = readRulesFolder(folder, terminal);
  const [first] = rules.problems;
  if (first) {
    const more = rules.problems.length - 1;
    throw new CliError(problemText(first, terminal.language) + (more > 0 ? terminal.text("rules.more", { more }) : ""));
  }
  return rules;
}

function packFolders(folder: string, terminal: Terminal): { name: string; path: string }[] {
  let names: string[];
  try {
    names = readdirSync(folder).sort();
  } catch {
    throw new CliError(terminal.text("rules.unreadable", { folder }));
  }
  if (names.includes("pack.json")) return [{ name: folder.split(/[\\/]/).filter(Boolean).at(-1)!, path: folder }];
  return names
    .filter((name) => !NO_PACKS.has(name) && !name.startsWith(".") && statSync(join(folder, name)).isDirectory())
    .map((name) => ({ name, path: join(folder, name) }));
}

/** All files below a folder, by their path in it with forward slashes. */
function readTree(folder: string, prefix = ""): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      for (const [name, text] of readTree(path, `${prefix}${entry.name}/`)) files.set(name, text);
    else files.set(`${prefix}${entry.name}`, readFileSync(path, "utf8"));
  }
  return files;
}

/** statutes/deductions.json of the folder, or the program's own where the folder has none: the law binds every pack. */
function readStatutes(folder: string, terminal: Terminal): Statutes {
  const file = [folder, BUILT_IN_RULES].map((base) => join(base, "statutes", "deductions.json")).find(exists)!;
  try {
    return statutesSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new CliError(
      terminal.text("rules.statutes", { file, reason: error instanceof Error ? error.message.split("\n")[0]! : "" }),
    );
  }
}

function exists(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
