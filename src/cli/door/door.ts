import { renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DocumentFile } from "../../jobs/issue-notices.js";
import type { Leave } from "../leave.js";
import { DoorError, systemError } from "./door-error.js";
import { makeFolders } from "./folders.js";
import { openElsewhere } from "./open-elsewhere.js";
import { releaseDead, whileLocked } from "./own-lock.js";
import { besides, putInPlace, writeWhole, type Remark } from "./put.js";
import type { Reading } from "./reading.js";
import { assertReplaceable, assertStill, checkedTarget, realPath, statsOf, type Departure } from "./target.js";
import { removeLeftovers, temporaryPath } from "./temp-name.js";
import { Waiting } from "./waiting.js";

/**
 * The one door to the disk: every file that leaves the program goes through it. It knows what it replaces, and by what
 * right something leaves (`Leave`). Whatever can go wrong goes wrong before anything is replaced; half a file is never seen.
 */

export type { Departure, Remark };

/** Lets a file out. Gives what could not be kept of the file replaced. Throws `DoorError`; then all is as it was. */
export function letOut(departure: Departure): readonly Remark[] {
  try {
    return replaced(departure, (beside, target) => {
      renameSync(beside, target);
    });
  } catch (error) {
    throw systemError(error, departure.path);
  }
}

/** Documents and, where there is one, the file that leaves with them: for notices, the workbook that records them. */
export interface Dispatch {
  readonly leave: Leave;
  readonly folder: string;
  readonly documents: readonly DocumentFile[];
  readonly alongside: Departure | undefined;
  readonly read: readonly Reading[];
}

/**
 * Lets documents out together with the file that leaves with them: all or nothing. The documents lie ready before that file
 * is replaced, and go in right after it: papers that nobody recorded must not be about, while those of a record can be made
 * again by running again. Gives the documents' paths. Throws `DoorError`; then all is as it was.
 */
export function letOutTogether({ leave, folder, documents, alongside, read }: Dispatch): {
  readonly paths: readonly string[];
  readonly remarks: readonly Remark[];
} {
  try {
    const waiting = new Waiting(folder);
    try {
      for (const { name, bytes } of documents) {
        checkedTarget({ leave, path: join(folder, name), bytes, place: "elsewhere", read });
        waiting.add(name, bytes);
      }
      const remarks = alongside ? withFollowers(alongside, waiting) : [];
      if (!alongside) waiting.moveIn();
      waiting.done();
      return { paths: documents.map(({ name }) => join(folder, name)), remarks };
    } catch (error) {
      waiting.takeAway();
      throw error;
    }
  } catch (error) {
    throw systemError(error, folder);
  }
}

/** Replaces a file and moves in what follows it, while nobody else can read the one without the other having come. */
function withFollowers(departure: Departure, waiting: Waiting): readonly Remark[] {
  return replaced(departure, (beside, target) => {
    const kept = temporaryPath(dirname(target));
    try {
      const putBack = putInPlace(beside, target, kept);
      try {
        waiting.moveIn();
      } catch (error) {
        putBack();
        throw error;
      }
    } finally {
      rmSync(kept, { force: true });
    }
  });
}

/** Writes a file beside its target and puts it there by `put`, under a lock of our own. */
function replaced(departure: Departure, put: (beside: string, target: string) => void): readonly Remark[] {
  const target = checkedTarget(departure);
  return whileLocked(target.path, () => {
    const { beside, remarks } = besides(target, departure.bytes);
    try {
      assertStill(target, departure);
      put(beside, target.path);
    } catch (error) {
      rmSync(beside, { force: true });
      throw systemError(error, departure.path);
    }
    return remarks;
  });
}

/** A large file that was written aside, in the folder it is to stand in or below it. */
export interface WrittenFile {
  readonly path: string;
  readonly written: string;
}

/**
 * Moves large files in, all or none; never onto a file that was read. `assertMayMoveIn` says the same before the work
 * that they take. Throws `DoorError`.
 */
export function moveInTogether(files: readonly WrittenFile[], read: readonly string[]): void {
  const undone: (() => void)[] = [];
  try {
    for (const { path, written } of files) {
      const target = assertMayMoveIn(path, read);
      undone.push(putInPlace(written, target, `${written}.before`));
    }
  } catch (error) {
    for (const undo of undone.reverse()) undo();
    throw systemError(error, files[0]?.path ?? "");
  }
}

/** Where a large file would go: into a folder that is there, onto no file that was read by whatever name. Throws `DoorError`. */
export function assertMayMoveIn(path: string, read: readonly string[]): string {
  const target = realPath(path);
  try {
    if (!statSync(dirname(target)).isDirectory()) throw new DoorError("file.no-folder", { file: path });
    const stats = statsOf(target);
    if (stats) {
      const isRead = read.map(statsOf).some((one) => one?.dev === stats.dev && one.ino === stats.ino);
      if (isRead) throw new DoorError("file.is-input", { file: path });
      assertReplaceable(path, target, stats);
    }
    const opened = openElsewhere(target);
    if (opened) throw new DoorError("file.open-elsewhere", { file: path, ...opened });
    return target;
  } catch (error) {
    throw systemError(error, path);
  }
}

/** Clears up beside a file that was read what dead runs left there, also where nothing is to be written. */
export function clearUpAround({ path }: Reading): void {
  removeLeftovers(dirname(path));
  releaseDead(path);
}

/** Keeps a small file of the program's own, in a folder of its own. Throws what the system throws. */
export function keepOwn(path: string, text: string): void {
  makeFolders(dirname(path));
  removeLeftovers(dirname(path));
  const beside = temporaryPath(dirname(path));
  writeWhole(beside, Buffer.from(text), 0o600);
  try {
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** A new file that nobody else may read, for an action; taken away again where that fails. Throws `DoorError`. */
export function keepSecret(path: string, text: string, action: () => void): void {
  try {
    // Exclusively, and through no link: a key is never written over anything.
    writeWhole(path, Buffer.from(text), 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw new DoorError("file.exists", { file: path });
    throw systemError(error, path);
  }
  try {
    action();
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}
