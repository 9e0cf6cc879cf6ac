import { existsSync, mkdirSync, renameSync, rmdirSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { DoorError, systemError } from "./door-error.js";
import { putInPlace, writeWhole } from "./put.js";
import { makeFolders } from "./folders.js";
import { readPlain } from "./reading.js";
import { realPath } from "./target.js";
import { removeLeftovers, temporaryPath } from "./temp-name.js";

/**
 * Documents that lie ready for a folder. A folder that is not there yet comes into being with all of them at once; into one
 * that is there they go one after the other, each in the place of its own name, and can be taken away again.
 */
export class Waiting {
  private readonly folder: string;
  private readonly isNew: boolean;
  /** The first folder that had to be made above the documents' own; undefined if all were there. */
  private readonly made: string | undefined;
  private readonly aside: string;
  private readonly names: string[] = [];
  private readonly undone: (() => void)[] = [];

  constructor(named: string) {
    this.folder = realPath(named);
    this.isNew = !existsSync(this.folder);
    const around = this.isNew ? dirname(this.folder) : this.folder;
    this.made = makeFolders(around);
    // A run that died right after its folder came into being has left something beside it.
    for (const place of new Set([around, dirname(this.folder)])) removeLeftovers(place);
    this.aside = temporaryPath(around);
    try {
      mkdirSync(this.aside);
      for (const part of PARTS) mkdirSync(join(this.aside, part));
    } catch (error) {
      this.takeAway();
      throw error;
    }
  }

  /** One that holds the same bytes already is left alone. */
  add(name: string, bytes: Uint8Array): void {
    // Names are made of what people wrote: none leads out of the folder.
    if (!join(this.aside, name).startsWith(join(this.aside, sep)))
      throw new DoorError("file.outside", { file: name, folder: this.folder });
    if (!this.isNew && holds(join(this.folder, name), bytes)) return;
    try {
      const beside = join(this.aside, "new", name);
      // The cases of a pack stand in a folder of their own.
      if (name.includes("/")) makeFolders(dirname(beside));
      writeWhole(beside, bytes, 0o666);
    } catch (error) {
      throw systemError(error, join(this.folder, name));
    }
    this.names.push(name);
  }

  /** Throws `DoorError`; what has gone in by then is taken away by `takeAway`. */
  moveIn(): void {
    try {
      this.move();
    } catch (error) {
      throw systemError(error, this.folder);
    }
  }

  private move(): void {
    if (this.isNew) {
      renameSync(join(this.aside, "new"), this.folder);
      this.undone.push(() => {
        rmSync(this.folder, { recursive: true, force: true });
      });
      return;
    }
    for (const [i, name] of this.names.entries()) {
      const within = dirname(join(this.folder, name));
      const made = makeFolders(within);
      if (made !== undefined) {
        this.undone.push(() => {
          removeEmpty(made, within);
        });
      }
      const target = realPath(join(this.folder, name));
      this.undone.push(putInPlace(join(this.aside, "new", name), target, join(this.aside, "old", `${i}`)));
    }
  }

  /** All as it was. */
  takeAway(): void {
    for (const undo of this.undone.reverse()) undo();
    this.done();
    if (this.made !== undefined) removeEmpty(this.made, dirname(this.folder));
  }

  done(): void {
    rmSync(this.aside, { recursive: true, force: true });
  }
}

/** What lies ready, and what it took the place of. */
const PARTS = ["new", "old"] as const;

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
    return statSync(path).size === bytes.length && readPlain(path).equals(bytes);
  } catch {
    return false;
  }
}
