import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
  type Stats,
} from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import type { DocumentFile } from "../../jobs/issue-notices.js";
import type { Leave } from "../leave.js";
import type { CliKey } from "../terminal.js";
import { DoorError, systemError } from "./door-error.js";
import { openElsewhere } from "./open-elsewhere.js";
import { whileLocked } from "./own-lock.js";
import { isSameFile, isUnchanged, type Reading } from "./reading.js";
import { removeLeftovers, temporaryPath } from "./temp-name.js";
import { otherExtension } from "./workbook-kind.js";

/**
 * The one door to the disk: every file that leaves the program goes through it. It knows what it replaces, and by what
 * right something leaves (`Leave`). Whatever can go wrong goes wrong before anything is replaced; half a file is never seen.
 */

/** A file that is to leave. */
export interface Departure {
  readonly leave: Leave;
  readonly path: string;
  readonly bytes: Uint8Array;
  /** `in-place`: the very file that was read is replaced; `elsewhere`: never a file that was read; `new`: no file at all. */
  readonly place: "in-place" | "elsewhere" | "new";
  /** The files that the run has read. */
  readonly read: readonly Reading[];
}

/** Something that could not be kept, for people: a key and what to fill in. */
export interface Remark {
  readonly key: CliKey;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Lets a file out. Gives what could not be kept of the file replaced. Throws `DoorError`; then all is as it was. */
export function letOut(departure: Departure): Remark[] {
  try {
    const target = checkedTarget(departure);
    return whileLocked(target.path, () => {
      const ready = besides(target, departure.bytes);
      try {
        assertStill(target, departure);
        renameSync(ready.beside, target.path);
      } catch (error) {
        rmSync(ready.beside, { force: true });
        throw error;
      }
      return ready.remarks;
    });
  } catch (error) {
    throw systemError(error, departure.path);
  }
}

/** Documents and, where something has to be recorded, the workbook they rest on. */
export interface Dispatch {
  readonly leave: Leave;
  readonly folder: string;
  readonly documents: readonly DocumentFile[];
  readonly workbook: Departure | undefined;
  readonly read: readonly Reading[];
}

/**
 * Lets documents out together with the workbook that records them: all or nothing. The documents lie ready in a folder of
 * their own, go in first, and are taken away again if the workbook can't be replaced. Gives the documents' paths.
 */
export function letOutTogether({ leave, folder, documents, workbook, read }: Dispatch): {
  readonly paths: readonly string[];
  readonly remarks: readonly Remark[];
} {
  const made = makeFolder(folder);
  const waiting = new Waiting(folder);
  try {
    for (const { name, bytes } of documents) {
      const path = join(folder, name);
      const { path: target } = checkedTarget({ leave, path, bytes, place: "elsewhere", read });
      waiting.add(target, bytes, path);
    }
    waiting.moveIn();
    const remarks = workbook ? letOut(workbook) : [];
    waiting.done();
    return { paths: documents.map(({ name }) => join(folder, name)), remarks };
  } catch (error) {
    waiting.takeAway();
    if (made !== undefined) removeEmpty(made, folder);
    throw systemError(error, folder);
  }
}

/** A large file that was written aside, in the folder it is to stand in or below it. */
export interface WrittenFile {
  readonly path: string;
  readonly written: string;
}

/** Moves large files in, all or none; never onto a file that was read. Throws `DoorError`. */
export function moveInTogether(files: readonly WrittenFile[], read: readonly string[]): void {
  const inputs = read.map(realPath);
  const moved: { readonly target: string; readonly before: string | undefined }[] = [];
  try {
    for (const { path, written } of files) {
      const target = realPath(path);
      const stats = statsOf(target);
      if (stats?.isDirectory()) throw new DoorError("file.is-folder", { file: path });
      if (stats && !stats.isFile()) throw new DoorError("file.no-file", { file: path });
      if (inputs.includes(target)) throw new DoorError("file.is-input", { file: path });
      if (stats && ((stats.mode & 0o222) === 0 || !mayWrite(target)))
        throw new DoorError("file.read-only", { file: path });
      const before = stats && `${written}.before`;
      if (before !== undefined) renameSync(target, before);
      moved.push({ target, before });
      renameSync(written, target);
    }
  } catch (error) {
    for (const { target, before } of moved.reverse()) {
      rmSync(target, { force: true });
      if (before !== undefined) renameSync(before, target);
    }
    throw systemError(error, files[0]?.path ?? "");
  }
}

/** Keeps a small file of the program's own, in a folder of its own. Throws what the system throws. */
export function keepOwn(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const beside = temporaryPath(dirname(path));
  writeAll(beside, Buffer.from(text), 0o600);
  renameSync(beside, path);
}

// ------------------------------------------------------------ what is replaced

interface Target {
  /** Where the bytes really lie: a link stays a link, and what it points to is replaced. */
  readonly path: string;
  readonly stats: Stats | undefined;
}

function checkedTarget({ path, place, read, bytes }: Departure): Target {
  const real = realPath(path);
  const stats = statsOf(real);
  const refuse = (key: CliKey): never => {
    throw new DoorError(key, { file: path });
  };
  // A file replaced in place keeps whatever name it has borne so far.
  const extension = place === "in-place" ? undefined : otherExtension(bytes, extname(real));
  if (extension !== undefined) throw new DoorError("file.other-kind", { file: path, extension });
  const own = stats && read.find((reading) => isSameFile(reading, stats));
  if (stats) {
    if (place === "new") refuse("file.exists");
    if (stats.isDirectory()) refuse("file.is-folder");
    if (!stats.isFile()) refuse("file.no-file");
    if (own && place === "elsewhere") refuse("file.is-input");
    if ((stats.mode & 0o222) === 0 || !mayWrite(real)) refuse("file.read-only");
  }
  if (place === "in-place" && !own) refuse("file.changed");
  const opened = openElsewhere(real);
  if (opened) throw new DoorError("file.open-elsewhere", { file: path, ...opened });
  return { path: real, stats };
}

/** Right before the rename: the file is still the one that was read, or the one that was looked at. */
function assertStill({ path, stats }: Target, { place, read, path: named }: Departure): void {
  const now = statsOf(path);
  const reading = now && read.find((one) => isSameFile(one, now));
  const same =
    place === "in-place"
      ? reading !== undefined && isUnchanged(reading)
      : now === undefined
        ? stats === undefined
        : stats !== undefined && now.ino === stats.ino && now.mtimeMs === stats.mtimeMs && now.size === stats.size;
  if (!same) throw new DoorError("file.changed", { file: named });
}

// ------------------------------------------------------------ beside it

/** The bytes beside their target, with the owner, group and mode of what they replace. */
function besides(target: Target, bytes: Uint8Array): { readonly beside: string; readonly remarks: Remark[] } {
  const folder = dirname(target.path);
  removeLeftovers(folder);
  const beside = temporaryPath(folder);
  const remarks: Remark[] = [];
  try {
    writeAll(beside, bytes, 0o666, (file) => {
      if (target.stats) remarks.push(...keepRights(file, target.stats, target.path));
    });
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
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

function writeAll(path: string, bytes: Uint8Array, mode: number, adjust?: (file: number) => void): void {
  const file = openSync(path, "wx", mode);
  try {
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
    adjust?.(file);
    // On disk before the name points to it: a power cut must not leave an empty file under the user's name.
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Documents that lie ready in a folder of their own, and how to take them away again. */
class Waiting {
  private readonly aside: string;
  private readonly ready: { readonly beside: string; readonly target: string }[] = [];
  private readonly moved: { readonly target: string; readonly before: string | undefined }[] = [];

  constructor(folder: string) {
    removeLeftovers(folder);
    this.aside = temporaryPath(folder);
    try {
      mkdirSync(this.aside);
    } catch (error) {
      throw systemError(error, folder);
    }
  }

  /** One that holds the same bytes already is left alone. */
  add(target: string, bytes: Uint8Array, named: string): void {
    if (holds(target, bytes)) return;
    const beside = join(this.aside, `new-${this.ready.length}`);
    try {
      writeAll(beside, bytes, 0o666);
    } catch (error) {
      throw systemError(error, named);
    }
    this.ready.push({ beside, target });
  }

  moveIn(): void {
    for (const { beside, target } of this.ready) {
      const before = statsOf(target) && join(this.aside, `old-${this.moved.length}`);
      try {
        if (before !== undefined) renameSync(target, before);
        this.moved.push({ target, before });
        renameSync(beside, target);
      } catch (error) {
        throw systemError(error, target);
      }
    }
  }

  takeAway(): void {
    for (const { target, before } of this.moved.reverse()) {
      rmSync(target, { force: true });
      if (before !== undefined) renameSync(before, target);
    }
    this.done();
  }

  done(): void {
    rmSync(this.aside, { recursive: true, force: true });
  }
}

/** The first folder that had to be made; undefined if all were there. */
function makeFolder(folder: string): string | undefined {
  try {
    return mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw systemError(error, folder);
  }
}

/** Folders that were made for nothing. */
function removeEmpty(first: string, folder: string): void {
  try {
    for (let path = resolve(folder); path.length >= resolve(first).length; path = dirname(path)) rmdirSync(path);
  } catch {
    // Somebody has put something in meanwhile.
  }
}

function holds(path: string, bytes: Uint8Array): boolean {
  try {
    return statSync(path).size === bytes.length && readFileSync(path).equals(bytes);
  } catch {
    return false;
  }
}

/** Where a path leads, also one whose last part is not there yet. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    try {
      return join(realpathSync(dirname(path)), basename(path));
    } catch {
      return resolve(path);
    }
  }
}

function statsOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
