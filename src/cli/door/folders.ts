import { mkdirSync, rmdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Makes a folder and those above it that are not there; gives the first one made, undefined if all were there. Node's own
 * way goes round in a circle where the system says of a folder that is there that it is not (/proc). Throws what the
 * system throws; then none is made.
 */
export function makeFolders(folder: string): string | undefined {
  const missing: string[] = [];
  for (let path = resolve(folder); !isThere(path); path = dirname(path)) missing.push(path);
  const made: string[] = [];
  try {
    for (const path of missing.reverse()) {
      mkdirOrThere(path);
      made.push(path);
    }
  } catch (error) {
    for (const path of made.reverse()) removeIfEmpty(path);
    throw error;
  }
  return missing[0];
}

/** A file in a folder's place is there as well: whatever is made below it is refused by the system. */
function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined || path === dirname(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return false;
    throw error;
  }
}

/** Another run may make it at the same time. */
function mkdirOrThere(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST" || !statSync(path, { throwIfNoEntry: false })?.isDirectory())
      throw error;
  }
}

function removeIfEmpty(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // Somebody has put something in meanwhile.
  }
}
