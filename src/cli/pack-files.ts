import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CliError } from "./cli-error.js";
import type { Terminal } from "./terminal.js";

/** The packs that come with the program: the folder `rules` beside `dist` and `src`. */
export const BUILT_IN_RULES = fileURLToPath(new URL("../../rules", import.meta.url));

/** Folders beside the packs that hold no pack. */
const NO_PACKS = new Set(["schema", "statutes", "lexicon"]);

const CASES = "cases";

export interface PackFolder {
  readonly name: string;
  readonly path: string;
}

/** The packs of a rules folder by name. A folder that is itself a pack (holds a pack.json) counts as one with that pack. */
export function packFolders(folder: string, terminal: Terminal): PackFolder[] {
  let names: string[];
  try {
    names = readdirSync(folder).sort();
  } catch {
    throw new CliError(terminal.text("rules.unreadable", { folder }));
  }
  if (names.includes("pack.json")) return [{ name: folder.split(/[\\/]/).filter(Boolean).at(-1)!, path: folder }];
  const packs = names
    .filter((name) => !NO_PACKS.has(name) && !name.startsWith(".") && statSync(join(folder, name)).isDirectory())
    .map((name) => ({ name, path: join(folder, name) }));
  if (packs.length === 0) throw new CliError(terminal.text("rules.empty", { folder }));
  return packs;
}

/** All files of a pack, by their path in it with forward slashes; its cases only where somebody is going to run them. */
export function readPackFiles({ path }: PackFolder, { cases }: { readonly cases: boolean }): Map<string, string> {
  const files = new Map<string, string>();
  const read = (folder: string, prefix: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith(".") || (!cases && prefix === "" && entry.name === CASES)) continue;
      const inside = join(folder, entry.name);
      if (entry.isDirectory()) read(inside, `${prefix}${entry.name}/`);
      else files.set(`${prefix}${entry.name}`, readFileSync(inside, "utf8"));
    }
  };
  read(path, "");
  return files;
}

/** statutes/deductions.json of a rules folder, or the program's own where it has none: the law binds every pack. */
export function readStatutesFile(folder: string): { readonly file: string; readonly text: string } {
  const own = join(folder, "statutes", "deductions.json");
  const file = isFile(own) ? own : join(BUILT_IN_RULES, "statutes", "deductions.json");
  return { file, text: readFileSync(file, "utf8") };
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
