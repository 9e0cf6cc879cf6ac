import { createHash } from "node:crypto";
import { fstatSync, openSync, closeSync, readFileSync, realpathSync, statSync, type Stats } from "node:fs";

/** A file as it was read: by this it is known again before it is replaced. */
export interface Reading {
  /** Where the bytes really lie. */
  readonly path: string;
  readonly size: number;
  readonly modified: number;
  readonly device: number;
  readonly inode: number;
  readonly hash: string;
}

/** Reads a file and what it is known by. Throws what the system throws. */
export function readKnown(path: string): { readonly bytes: Uint8Array; readonly reading: Reading } {
  const real = realpathSync(path);
  const file = openSync(real, "r");
  try {
    const stats = fstatSync(file);
    const bytes = readFileSync(file);
    return { bytes, reading: { path: real, ...identity(stats), size: bytes.length, hash: hashOf(bytes) } };
  } finally {
    closeSync(file);
  }
}

/** Whether the file is still the one that was read, to the byte. */
export function isUnchanged(reading: Reading): boolean {
  let stats: Stats;
  try {
    stats = statSync(reading.path);
  } catch {
    return false;
  }
  const { modified, device, inode } = identity(stats);
  if (stats.size !== reading.size || modified !== reading.modified) return false;
  if (device !== reading.device || inode !== reading.inode) return false;
  return hashOf(readFileSync(reading.path)) === reading.hash;
}

/** Whether a path leads to the file that was read, by whatever name. */
export function isSameFile(reading: Reading, stats: Stats): boolean {
  return stats.dev === reading.device && stats.ino === reading.inode;
}

function identity(stats: Stats): Pick<Reading, "modified" | "device" | "inode"> {
  return { modified: stats.mtimeMs, device: stats.dev, inode: stats.ino };
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
