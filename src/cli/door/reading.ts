import { createHash } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
  type Stats,
} from "node:fs";

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

/** Whatever is larger is none of the files that people keep; a tenth of it takes a gigabyte to work on. */
const MOST_BYTES = 512 * 1024 * 1024;
/** Not there on Windows, where nobody can be made to wait by a name in a folder. */
const DO_NOT_WAIT = constants.O_NONBLOCK ?? 0;

/** A file that is none to be read, in the way the system says such things. */
class NoOrdinaryFile extends Error {
  constructor(readonly code: "ENOTFILE" | "ETOOLARGE" | "EISDIR") {
    super(code);
  }
}

/**
 * The bytes of an ordinary file. Throws what the system throws, and in its way `ENOTFILE` (a pipe or a device, which would
 * be waited for or read without end) and `ETOOLARGE` (more than `most` bytes).
 */
export function readPlain(path: string, most = MOST_BYTES): Buffer {
  return opened(path, ({ bytes }) => bytes, most);
}

/** Its first bytes; none if they can't be read. */
export function headOf(path: string): Uint8Array {
  const bytes = Buffer.alloc(8);
  try {
    const file = openSync(path, constants.O_RDONLY | DO_NOT_WAIT);
    try {
      return bytes.subarray(0, readSync(file, bytes));
    } finally {
      closeSync(file);
    }
  } catch {
    return bytes.subarray(0, 0);
  }
}

/** Reads a file and what it is known by. Throws what `readPlain` throws. */
export function readKnown(path: string): { readonly bytes: Uint8Array; readonly reading: Reading } {
  const real = realpathSync(path);
  return opened(real, ({ bytes, stats }) => ({
    bytes,
    reading: { path: real, ...identity(stats), size: bytes.length, hash: hashOf(bytes) },
  }));
}

function opened<T>(
  path: string,
  use: (file: { readonly bytes: Buffer; readonly stats: Stats }) => T,
  most = MOST_BYTES,
): T {
  const file = openSync(path, constants.O_RDONLY | DO_NOT_WAIT);
  try {
    const stats = fstatSync(file);
    if (stats.isDirectory()) throw new NoOrdinaryFile("EISDIR");
    if (!stats.isFile()) throw new NoOrdinaryFile("ENOTFILE");
    if (stats.size > most) throw new NoOrdinaryFile("ETOOLARGE");
    return use({ bytes: readFileSync(file), stats });
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
  return hashOf(readPlain(reading.path)) === reading.hash;
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
