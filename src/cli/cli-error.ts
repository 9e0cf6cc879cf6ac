/** Could not run: one line on stderr saying what, where and how to mend it; exit code 2, and nothing is written. */
export class CliError extends Error {
  override readonly name = "CliError";
}
