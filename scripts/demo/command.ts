import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "..", "..");
const BUILT = join(ROOT, "dist", "cli", "main.js");

/** What one run of the command gave. */
export interface CommandRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Builds the command unless it stands and is newer than every source. */
export function buildIfNeeded(): void {
  if (existsSync(BUILT) && statSync(BUILT).mtimeMs >= newest(join(ROOT, "src"))) return;
  const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", join(ROOT, "scripts", "build-cli.ts")], {
    cwd: ROOT,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the command could not be built\n${stderr}`);
}

/** Runs the command in the project folder. Exit code 2 (could not run) ends the demo with what the command said. */
export function tiaoli(...args: string[]): CommandRun {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, "bin", "tiaoli.js"), ...args], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status !== 0 && status !== 1) throw new Error(stderr.trim());
  return { code: status, stdout, stderr };
}

function newest(folder: string): number {
  return Math.max(
    0,
    ...readdirSync(folder, { withFileTypes: true }).map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? newest(path) : statSync(path).mtimeMs;
    }),
  );
}
