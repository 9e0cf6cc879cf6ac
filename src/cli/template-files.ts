import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CliError } from "./cli-error.js";
import { readPlain } from "./door/reading.js";
import type { Terminal } from "./terminal.js";

/** The templates that come with the program: the folder `templates` beside `dist` and `src`. */
export const TEMPLATES = fileURLToPath(new URL("../../templates", import.meta.url));

/** Reads a template from a folder of the user's own or the program's; one that is missing or unreadable is one line that names it. */
export function readTemplate(path: string, folder: string | undefined, terminal: Terminal): Uint8Array {
  const file = join(folder ?? TEMPLATES, path);
  try {
    return readPlain(file);
  } catch {
    throw new CliError(terminal.text("template.unreadable", { file }));
  }
}
