import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { CliError } from "./cli-error.js";
import { entriesOf, readRuleText } from "./rule-text.js";
import type { Terminal } from "./terminal.js";

/** The packs that come with the program: the folder `rules` beside `dist` and `src`. */
export const BUILT_IN_RULES = fileURLToPath(new URL("../../rules", import.meta.url));

/** Folders beside the packs that hold no pack. */
const NO_PACKS = new Set(["schema", "statutes", "lexicon"]);

const CASES = "cases";

/** A pack has files and the folder of its cases; whatever goes deeper is a link that leads back. */
const MOST_LEVELS = 8;

export interface PackFolder {
  readonly name: string;
  readonly path: string;
}

/** The packs of a rules folder by name. A folder that is itself a pack (holds a pack.json) counts as one with that pack. */
export function packFolders(folder: string, terminal: Terminal): PackFolder[] {
  if (!isFolder(folder)) throw new CliError(terminal.text("rules.unreadable", { folder }));
  const entries = entriesOf(folder, terminal);
  if (entries.some(({ name }) => name === "pack.json"))
    return [{ name: resolve(folder).split(/[\\/]/).filter(Boolean).at(-1)!, path: folder }];
  const packs = entries
    .filter(({ name, isFolder: holds }) => holds && !NO_PACKS.has(name) && !name.startsWith("."))
    .map(({ name }) => ({ name, path: join(folder, name) }));
  if (packs.length === 0) throw new CliError(terminal.text("rules.empty", { folder }));
  return packs;
}

/** All files of a pack, by their path in it with forward slashes; its cases only where somebody is going to run them. */
export function readPackFiles(
  { path }: PackFolder,
  { cases }: { readonly cases: boolean },
  terminal: Terminal,
): Map<string, string> {
  const files = new Map<string, string>();
  const read = (folder: string, prefix: string, level: number): void => {
    if (level > MOST_LEVELS) throw new CliError(terminal.text("rules.link-loop", { file: folder }));
    for (const { name, isFolder: holds } of entriesOf(folder, terminal)) {
      if (name.startsWith(".") || (!cases && prefix === "" && name === CASES)) continue;
      const inside = join(folder, name);
      if (holds) read(inside, `${prefix}${name}/`, level + 1);
      else files.set(`${prefix}${name}`, readRuleText(inside, terminal));
    }
  };
  read(path, "", 0);
  return files;
}

/** statutes/deductions.json of a rules folder, or the program's own where it has none: the law binds every pack. */
export function readStatutesFile(folder: string, terminal: Terminal): { readonly file: string; readonly text: string } {
  const own = join(folder, "statutes", "deductions.json");
  const file = isFile(own) ? own : join(BUILT_IN_RULES, "statutes", "deductions.json");
  return { file, text: readRuleText(file, terminal) };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
