import type { PackAnswer } from "../jobs/workbook-packs.js";
import { configFile } from "./config-folder.js";
import { keepOwn } from "./door/door.js";
import { readPlain } from "./door/reading.js";

/**
 * What this machine's user said about packs that workbooks carry. In the workbook it would be worth nothing: whoever sends
 * one would have answered for the one who opens it.
 */

const FILE = "pack-answers.json";

/** By digest of the pack, whether to use it. What can't be read counts for nothing: it is asked again. */
export function rememberedAnswers(environment: NodeJS.ProcessEnv = process.env): Map<string, boolean> {
  let stored: unknown;
  try {
    stored = JSON.parse(readPlain(configFile(FILE, environment)).toString("utf8"));
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
  const file = configFile(FILE, environment);
  try {
    keepOwn(file, `${JSON.stringify(Object.fromEntries(known), null, 2)}\n`);
    return true;
  } catch {
    return false;
  }
}
