import { createHash, randomBytes } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

/**
 * Names of temporary files: random, so that nobody can lay a link in their place; short, so that a target's name of 255
 * bytes leaves room; and they say whose they are, so that what a dead run left behind can be told from what a run is at.
 */

const HOST = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
const PATTERN = /^\.tiaoli-([0-9a-f]{8})-(\d+)-[0-9a-f]{16}\.tmp$/;

/** A path in a folder that nothing has. Opened exclusively, it follows no link. */
export function temporaryPath(folder: string): string {
  return join(folder, `.tiaoli-${HOST}-${process.pid}-${randomBytes(8).toString("hex")}.tmp`);
}

/** A path for a folder of large temporary files, where they can be moved from into `folder` without being copied. */
export function scratchBeside(folder: string): string {
  removeLeftovers(folder);
  return temporaryPath(folder);
}

export const THIS_HOST = HOST;

/** Whether a process of this machine is running; undefined pids of other machines can't be told. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be signalled, and is there all the same.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Removes what dead runs of this machine left in a folder. Whatever can't be removed is left to the next run. */
export function removeLeftovers(folder: string): void {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) {
    const [, host, pid] = PATTERN.exec(name) ?? [];
    if (host !== HOST || isRunning(Number(pid))) continue;
    try {
      rmSync(join(folder, name), { recursive: true, force: true });
    } catch {
      // Not ours to remove, or gone meanwhile.
    }
  }
}
