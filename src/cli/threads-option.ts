import { CliError } from "./cli-error.js";
import type { Call } from "./command.js";

const MOST_THREADS = 256;

/** `--threads`; undefined where nobody says. */
export function threadsOf(call: Call): number | undefined {
  const text = call.option("threads");
  if (text === undefined) return undefined;
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > MOST_THREADS)
    throw new CliError(call.terminal.text("threads.unreadable", { value: text, most: MOST_THREADS }));
  return count;
}
