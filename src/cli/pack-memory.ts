import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { PackAnswer } from "../jobs/workbook-packs.js";
import { keepOwn } from "./door/door.js";

/**
 * What this machine's user said about packs that workbooks carry. In the workbook it would be worth nothing: whoever sends
 * one would have answered for the one who opens it.
 */

/** Overrides where the answers are kept; for tests, and for machines without a home. */
const PLACE = "TIAOLI_CONFIG_DIR";

function memoryFile(environment: NodeJS.ProcessEnv): string {
  const own = environment[PLACE];
  const base =
    process.platform === "win32"
      ? (environment.APPDATA ?? join(homedir(), "AppData", "Roaming"))
      : (environment.XDG_CONFIG_HOME ?? join(homedir(), ".config"));
  return join(own ?? join(base, "tiaoli"), "pack-answers.json");
}

/** By digest of the pack, whether to use it. What can't be read counts for nothing: it is asked again. */
export function rememberedAnswers(environment: NodeJS.ProcessEnv = process.env): Map<string, boolean> {
  let stored: unknown;
  try {
    stored = JSON.parse(readFileSync(memoryFile(environment), "utf8"));
  } catch {
    return new Map();
  }
  if (typeof stored !== "object" || stored === null) return new Map();
  return new Map(Object.entries(stored).filter((entry): entry is [string, boolean] => typeof entry[1] === "boolean"));
}

/** Keeps answers; false where this machine has no place for them. */
export function rememberAnswers(answers: readonly PackAnswer[], environment: NodeJS.ProcessEnv = process.env): boolean {
  const known = rememberedAnswers(environment);
  if (answers.every(({ digest, use }) => known.get(digest) === use)) return true;
  for (const { digest, use } of answers) known.set(digest, use);
  const file = memoryFile(environment);
  try {
    keepOwn(file, `${JSON.stringify(Object.fromEntries(known), null, 2)}\n`);
    return true;
  } catch {
    return false;
  }
}
