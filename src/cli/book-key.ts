import { readFileSync } from "node:fs";
import { chainKey, type ChainKey } from "../books/chain.js";
import { CliError } from "./cli-error.js";
import type { Terminal } from "./terminal.js";

/**
 * The key of a book whose hash is keyed: from a file, else from the environment. It is never kept in the workbook, and
 * never on the command line, where other users of the machine would see it.
 */
export function bookKey(file: string | undefined, terminal: Terminal): ChainKey {
  return chainKey((file === undefined ? process.env.TIAOLI_BOOK_KEY : read(file, terminal)) ?? "");
}

function read(file: string, terminal: Terminal): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new CliError(terminal.text("file.unreadable", { file, code: (error as NodeJS.ErrnoException).code ?? "" }));
  }
}
