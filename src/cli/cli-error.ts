/** Could not run: one line on stderr saying what, where and how to mend it; exit code 2, and nothing is written. */
export class CliError extends Error {
  override readonly name = "CliError";
}

/** Not by class: a command that is bundled by itself has a class of its own of that name. */
export function isCliError(error: unknown): error is CliError {
  return error instanceof Error && error.name === "CliError";
}
