import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { DocumentFile } from "../jobs/issue-notices.js";
import { CliError } from "./cli-error.js";
import type { Leave } from "./leave.js";
import type { Terminal } from "./terminal.js";

/** Documents that lie ready beside their places. */
export interface ReadyDocuments {
  /** Puts them in place; gives the paths, in order. */
  commit(): string[];
  discard(): void;
}

/**
 * Writes documents beside their places, so that whatever can go wrong has gone wrong before anything is replaced. A file
 * that holds the same bytes already is left alone.
 */
export function prepareDocuments(
  _leave: Leave,
  folder: string,
  files: readonly DocumentFile[],
  terminal: Terminal,
): ReadyDocuments {
  const waiting: { readonly beside: string; readonly target: string }[] = [];
  const discard = (): void => {
    for (const { beside } of waiting) rmSync(beside, { force: true });
  };
  let current = folder;
  try {
    mkdirSync(folder, { recursive: true });
    for (const { name, bytes } of files) {
      const target = join(folder, name);
      current = target;
      if (holds(target, bytes)) continue;
      const beside = join(folder, `.${basename(name)}.${process.pid}.tmp`);
      waiting.push({ beside, target });
      writeFileSync(beside, bytes);
    }
  } catch (error) {
    discard();
    throw unwritable(error, current, terminal);
  }
  return {
    discard,
    commit() {
      for (const { beside, target } of waiting) {
        try {
          renameSync(beside, target);
        } catch (error) {
          discard();
          throw unwritable(error, target, terminal);
        }
      }
      return files.map(({ name }) => join(folder, name));
    },
  };
}

function holds(path: string, bytes: Uint8Array): boolean {
  try {
    return statSync(path).size === bytes.length && readFileSync(path).equals(bytes);
  } catch {
    return false;
  }
}

function unwritable(error: unknown, file: string, terminal: Terminal): CliError {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return new CliError(
    terminal.text(code === "EBUSY" || code === "EPERM" ? "file.busy" : "file.unwritable", { file, code }),
  );
}
