/** Could not run: one line on stderr saying what, where and how to mend it; exit code 2, and nothing is written. */
export class CliError extends Error {
  override readonly name = "CliError";
}

const COULD_NOT_RUN = new Set(["CliError", "LedgerRefused"]);

/** Not by class: a command that is bundled by itself has classes of its own of these names. */
export function isCliError(error: unknown): error is Error {
  return error instanceof Error && COULD_NOT_RUN.has(error.name);
}
