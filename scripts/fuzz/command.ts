import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildIfNeeded, ROOT } from "../demo/command.js";

/** The built command in a process of its own, with what it took. */

export interface Took {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Seconds of processor time. */
  readonly seconds: number;
  readonly megabytes: number;
}

export const folder = mkdtempSync(join(tmpdir(), "tiaoli-fuzz-"));
const hook = join(folder, "usage.cjs");
/** A copy of the built program: a long run goes on with it whatever is built meanwhile. */
const PROGRAM = join(folder, "program");
const BIN = join(PROGRAM, "bin", "tiaoli.js");

/** Builds the command, copies it aside, and leaves there what tells of its usage. Call it once before `tiaoli`. */
export function prepare(): void {
  buildIfNeeded();
  const filter = (path: string): boolean => !path.endsWith(".map");
  for (const part of ["bin", "dist/cli", "rules", "templates", "package.json"])
    cpSync(join(ROOT, part), join(PROGRAM, part), { recursive: true, preserveTimestamps: true, filter });
  if (!existsSync(join(PROGRAM, "node_modules")))
    symlinkSync(join(ROOT, "node_modules"), join(PROGRAM, "node_modules"));
  const tell = 'require("node:fs").writeFileSync(process.env.TIAOLI_USAGE, JSON.stringify(process.resourceUsage()))';
  writeFileSync(hook, `process.on("exit", () => ${tell});`);
}

interface Running {
  /** Milliseconds after which it is killed. */
  readonly kill?: number | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** The size that no file it writes may exceed (`ulimit -f`). */
  readonly fileKilobytes?: number;
  /** Modules to be loaded before it. */
  readonly hooks?: readonly string[];
}

/** Runs the command. */
export function tiaoli(
  args: readonly string[],
  { kill, env: own, hooks = [], fileKilobytes }: Running = {},
): Promise<Took> {
  const usage = join(folder, `usage-${Math.random().toString(36).slice(2)}.json`);
  const env = { ...process.env, LANG: "zh_CN.UTF-8", LC_ALL: "", TIAOLI_USAGE: usage, TIAOLI_CONFIG_DIR: folder };
  const required = ["--require", hook, ...hooks.flatMap((one) => ["--import", pathToFileURL(one).href])];
  const line = [process.execPath, ...required, BIN, ...args];
  const limited =
    fileKilobytes === undefined ? line : ["bash", "-c", `ulimit -f ${fileKilobytes}; exec "$@"`, "-", ...line];
  const child = spawn(limited[0]!, limited.slice(1), { env: { ...env, ...own } });
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].on("data", (chunk: Buffer) => (texts[name] += chunk.toString("utf8")));
  const timer = kill === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), kill);
  return new Promise((done) => {
    child.on("close", (code) => {
      clearTimeout(timer);
      let used = { userCPUTime: 0, systemCPUTime: 0, maxRSS: 0 };
      try {
        used = JSON.parse(readFileSync(usage, "utf8")) as typeof used;
      } catch {
        // Killed before it could tell.
      }
      const seconds = (used.userCPUTime + used.systemCPUTime) / 1e6;
      done({ code, ...texts, seconds, megabytes: used.maxRSS / 1024 });
    });
  });
}

/** Whether a refusal is one sentence: no trace, no library's English, no program fault. */
export function isSentence({ code, stderr }: Took): boolean {
  if (code === 0 || code === 1) return true;
  const own = stderr.replaceAll(/“[^”]*”|（[^）]*）|[\w./-]*\.xlsx|XML|DTD|Excel|WPS|tiaoli|fix-headers|--[\w-]+/g, "");
  return code === 2 && /^[^\n]+\n$/.test(stderr) && !/程序内部出错|[A-Za-z]{3}|undefined|\[object/.test(own);
}
