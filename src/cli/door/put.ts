import { addAll } from "../../domain/grouping.js";
import {
  closeSync,
  copyFileSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
  type Stats,
} from "node:fs";
import { dirname } from "node:path";
import type { CliKey } from "../terminal.js";
import type { Target } from "./target.js";
import { removeLeftovers, temporaryPath } from "./temp-name.js";

/** Bytes put beside their target, and files put in the place of others. */

/** Something that could not be kept, for people: a key and what to fill in. */
export interface Remark {
  readonly key: CliKey;
  readonly params: Readonly<Record<string, string | number>>;
}

/** The bytes beside their target, with the owner, group and mode of what they replace. */
export function besides(
  target: Target,
  bytes: Uint8Array,
): { readonly beside: string; readonly remarks: readonly Remark[] } {
  const folder = dirname(target.path);
  removeLeftovers(folder);
  const beside = temporaryPath(folder);
  const remarks: Remark[] = [];
  writeWhole(beside, bytes, 0o666, (file) => {
    if (target.stats) addAll(remarks, keepRights(file, target.stats, target.path));
  });
  return { beside, remarks };
}

function keepRights(file: number, { uid, gid, mode, nlink }: Stats, path: string): Remark[] {
  const remarks: Remark[] = [];
  const note = (key: CliKey, more: Remark["params"] = {}): void => {
    remarks.push({ key, params: { file: path, ...more } });
  };
  try {
    fchownSync(file, uid, gid);
  } catch {
    note("file.owner-lost");
  }
  fchmodSync(file, mode & 0o7777);
  if (nlink > 1) note("file.links-lost", { count: nlink - 1 });
  return remarks;
}

/** A new file with all of its bytes, on disk; or none at all. Throws what the system throws. */
export function writeWhole(path: string, bytes: Uint8Array, mode: number, adjust?: (file: number) => void): void {
  const file = openSync(path, "wx", mode);
  try {
    try {
      for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
      adjust?.(file);
      // On disk before the name points to it: a power cut must not leave an empty file under the user's name.
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}

/**
 * Puts a file in the place of what bears the name, if anything does, so that the name is never missing; what stood there is
 * kept under another. Gives what puts it back.
 */
export function putInPlace(beside: string, target: string, kept: string): () => void {
  const isKept = keep(target, kept);
  renameSync(beside, target);
  return () => {
    if (isKept) renameSync(kept, target);
    else rmSync(target, { force: true });
  };
}

/** Whether there was something to keep. */
function keep(path: string, kept: string): boolean {
  try {
    linkSync(path, kept);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
  }
  // Not every file system has hard links, and not every file may be linked.
  try {
    copyFileSync(path, kept, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    rmSync(kept, { force: true });
    if (isMissing(error)) return false;
    throw error;
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT";
