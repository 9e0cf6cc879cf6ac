import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

/**
 * The command `process` as the build leaves it: one script, with what the engine made of its functions in an earlier run.
 * Half of a short run is spent on compiling them; with the code cache it isn't. In the bundled program the build puts this
 * module in the place of `commands/process.ts`. Another version of Node refuses the cache and compiles as usual.
 */

type ProcessModule = typeof import("./commands/process.js");

/** Set by the build: where to leave the code cache when the run ends. */
const LEAVE_CACHE = "TIAOLI_CODE_CACHE";

function load(): ProcessModule {
  const file = fileURLToPath(new URL("process.cjs", import.meta.url));
  const cachedData = readIfThere(`${file}.cache`);
  const source = `(function(exports,require,module,__filename){${readFileSync(file, "utf8")}\n})`;
  const script = new Script(source, { filename: file, ...(cachedData ? { cachedData } : {}) });
  const leaveAt = process.env[LEAVE_CACHE];
  if (leaveAt !== undefined)
    process.on("exit", () => {
      writeFileSync(leaveAt, script.createCachedData());
    });
  const loaded: { exports: unknown } = { exports: {} };
  const run = script.runInThisContext() as (...parts: readonly unknown[]) => void;
  run(loaded.exports, createRequire(import.meta.url), loaded, file);
  return loaded.exports as ProcessModule;
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

export const { command } = load();
