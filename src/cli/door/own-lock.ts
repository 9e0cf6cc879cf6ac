import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DoorError } from "./door-error.js";
import { isRunning, temporaryPath, THIS_HOST } from "./temp-name.js";

/** A lock beside a file, held while it is compared and replaced: of two runs one waits for the other. */

interface Holder {
  readonly host: string;
  readonly pid: number;
}

/** Milliseconds a run waits for another; comparing and renaming takes a fraction of it. */
const PATIENCE = 15_000;
const PAUSE = 40;

/** Does something while nobody else's run can replace the file. Throws `DoorError` where another holds on to it. */
export function whileLocked<T>(target: string, action: () => T): T {
  const lock = lockPath(target);
  take(lock, target);
  try {
    return action();
  } finally {
    rmSync(lock, { force: true });
  }
}

export function lockPath(target: string): string {
  const key = createHash("sha256").update(basename(target)).digest("hex").slice(0, 16);
  return join(dirname(target), `.tiaoli-${key}.lock`);
}

function take(lock: string, target: string): void {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    if (create(lock)) return;
    const holder = holderOf(lock);
    if (holder && holder.host === THIS_HOST && !isRunning(holder.pid)) {
      removeDead(lock, holder);
      continue;
    }
    if (Date.now() > deadline) throw new DoorError("file.locked", { file: target, lock });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
  }
}

function create(lock: string): boolean {
  let file: number;
  try {
    file = openSync(lock, "wx", 0o644);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  try {
    writeSync(file, JSON.stringify({ host: THIS_HOST, pid: process.pid } satisfies Holder));
  } finally {
    closeSync(file);
  }
  return true;
}

/** Undefined: gone, or just being written. */
function holderOf(lock: string): Holder | undefined {
  try {
    const { host, pid } = JSON.parse(readFileSync(lock, "utf8")) as Partial<Holder>;
    return typeof host === "string" && typeof pid === "number" ? { host, pid } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes away the lock of a dead run. It is moved aside first and looked at again: between reading and removing, another run
 * may have done the same and locked anew.
 */
function removeDead(lock: string, dead: Holder): void {
  const aside = temporaryPath(dirname(lock));
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  const moved = holderOf(aside);
  if (moved?.pid === dead.pid && moved.host === dead.host) rmSync(aside, { force: true });
  else renameSync(aside, lock);
}
