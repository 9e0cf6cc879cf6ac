import { createHash } from "node:crypto";
import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DoorError } from "./door-error.js";
import { readPlain } from "./reading.js";
import { isRunning, temporaryPath, THIS_HOST } from "./temp-name.js";

/** A lock beside a file, held while it is compared and replaced: of two runs one waits for the other. */

interface Holder {
  readonly host: string;
  readonly pid: number;
}

/** Milliseconds a run waits for another; comparing and renaming takes a fraction of it. */
const PATIENCE = 15_000;
const PAUSE = 40;
/** A lock that says nothing for so long was made by a run that died, or found the disk full, before it could write. */
const SILENCE = 1000;

/** What this process holds: a lock of its own number that isn't here is that of a dead one which had the number before. */
const held = new Set<string>();

/** Does something while nobody else's run can replace the file. Throws `DoorError` where another holds on to it. */
export function whileLocked<T>(target: string, action: () => T): T {
  const lock = lockPath(target);
  take(lock, target);
  held.add(lock);
  try {
    return action();
  } finally {
    held.delete(lock);
    rmSync(lock, { force: true });
  }
}

export function lockPath(target: string): string {
  const key = createHash("sha256").update(basename(target)).digest("hex").slice(0, 16);
  return join(dirname(target), `.tiaoli-${key}.lock`);
}

/** Takes away the lock that a dead run left beside a file. */
export function releaseDead(target: string): void {
  const lock = lockPath(target);
  const holder = holderOf(lock);
  if (holder && isDead(holder, lock)) removeDead(lock, holder);
}

function take(lock: string, target: string): void {
  const start = Date.now();
  const deadline = start + PATIENCE;
  let heard = start;
  for (;;) {
    if (create(lock)) return;
    const holder = holderOf(lock);
    if (holder) heard = Date.now();
    if (Date.now() > deadline) throw new DoorError("file.locked", { file: target, lock });
    if (holder ? isDead(holder, lock) : Date.now() - heard > SILENCE) {
      if (removeDead(lock, holder)) continue;
    }
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
    try {
      writeSync(file, JSON.stringify({ host: THIS_HOST, pid: process.pid } satisfies Holder));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    rmSync(lock, { force: true });
    throw error;
  }
  return true;
}

function isDead({ host, pid }: Holder, lock: string): boolean {
  if (host !== THIS_HOST) return false;
  return pid === process.pid ? !held.has(lock) : !isRunning(pid);
}

/** Undefined: gone, or just being written. */
function holderOf(lock: string): Holder | undefined {
  try {
    const { host, pid } = JSON.parse(readPlain(lock).toString("utf8")) as Partial<Holder>;
    return typeof host === "string" && typeof pid === "number" ? { host, pid } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes away the lock of a dead run, if this user may. It is moved aside first and looked at again: between reading and
 * removing, another run may have done the same and locked anew.
 */
function removeDead(lock: string, dead: Holder | undefined): boolean {
  const aside = temporaryPath(dirname(lock));
  try {
    renameSync(lock, aside);
  } catch {
    return false;
  }
  const moved = holderOf(aside);
  if (moved?.pid === dead?.pid && moved?.host === dead?.host) rmSync(aside, { force: true });
  else renameSync(aside, lock);
  return true;
}
