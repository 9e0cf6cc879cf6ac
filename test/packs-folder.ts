import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { loadPack } from "../src/rules/load-pack.js";
import type { Pack } from "../src/rules/pack.js";
import { statutesSchema, type Statutes } from "../src/rules/statutes-schema.js";

/** The rule packs as they lie in the folder: what is added there is tested without new code. */
const RULES = join(import.meta.dirname, "../rules");

function files(folder: string, prefix = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory())
      for (const [file, text] of files(path, `${prefix}${name}/`)) found.set(file, text);
    else found.set(`${prefix}${name}`, readFileSync(path, "utf8"));
  }
  return found;
}

export const PACK_FOLDERS: readonly string[] = readdirSync(RULES).filter((name) =>
  files(join(RULES, name)).has("pack.json"),
);

/** The files of a pack's folder, by their path in it. */
export function packFiles(folder: string): ReadonlyMap<string, string> {
  return files(join(RULES, folder));
}

/** All packs by id; throws with the first problem where one is refused. */
export function loadAllPacks(): ReadonlyMap<string, Pack> {
  return new Map(
    PACK_FOLDERS.map((folder) => {
      const result = loadPack(folder, packFiles(folder));
      if ("problems" in result) throw new Error(JSON.stringify(result.problems[0]));
      return [folder, result.pack];
    }),
  );
}

export const STATUTES: Statutes = statutesSchema.parse(
  JSON.parse(readFileSync(join(RULES, "statutes/deductions.json"), "utf8")),
);
