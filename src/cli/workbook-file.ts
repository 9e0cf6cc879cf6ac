import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { nodeCodec } from "../ooxml/node-codec.js";
import { openFileLedger, type FileLedger } from "../ledger/file/file-ledger.js";
import { workbookErrorText } from "../ledger/file/workbook-error-text.js";
import { CliError } from "./cli-error.js";
import type { Leave } from "./leave.js";
import type { Terminal } from "./terminal.js";

/** A workbook's ledger and the bytes it was read from. */
export interface OpenWorkbook {
  readonly ledger: FileLedger;
  readonly bytes: Uint8Array;
}

/** Reads a workbook's ledger, on a sheet if one is named; whatever is wrong becomes one line that names the file. */
export function openWorkbook(path: string, terminal: Terminal, sheet?: string): OpenWorkbook {
  const bytes = readBytes(path, terminal);
  return { ledger: explained(path, terminal, () => openFileLedger(bytes, { codec: nodeCodec, sheet })), bytes };
}

/** Refuses a name whose ending says another kind of workbook than it is: Excel would not open it, or lose its macros. */
export function assertEnding(path: string, { extension }: FileLedger, terminal: Terminal): void {
  if (extname(path).toLowerCase() === `.${extension}`) return;
  throw new CliError(terminal.text("file.other-ending", { file: path, extension }));
}

/** Runs a step on a workbook and turns its error into one line that names the file. */
export function explained<T>(path: string, terminal: Terminal, step: () => T): T {
  try {
    return step();
  } catch (error) {
    const reason = workbookErrorText(error, terminal.language);
    if (reason === undefined) throw error;
    throw new CliError(`${basename(path)}：${reason}`);
  }
}

/** A file's bytes; whatever is wrong becomes one line that names the file. */
export function readBytes(path: string, terminal: Terminal): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const key = code === "ENOENT" ? "file.missing" : code === "EISDIR" ? "file.is-folder" : "file.unreadable";
    throw new CliError(terminal.text(key, { file: path, code: code ?? "" }));
  }
}

/** Writes beside the target and renames, so that nobody ever sees half a file. */
export function writeSafely(_leave: Leave, path: string, bytes: Uint8Array, terminal: Terminal): void {
  const target = realPath(path);
  // A rename would replace a read-only file without asking; whoever made it so wants it kept.
  if (isReadOnly(target)) throw new CliError(terminal.text("file.read-only", { file: path }));
  const beside = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    const mode = modeOf(target);
    const file = openSync(beside, "w", mode);
    try {
      for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
      // On disk before the name points to it: a power cut must not leave an empty file under the user's name.
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    const code = (error as NodeJS.ErrnoException).code ?? "";
    const key = code === "EBUSY" || code === "EPERM" ? "file.busy" : "file.unwritable";
    throw new CliError(terminal.text(key, { file: path, code }));
  }
}

/** Where the bytes really lie: a link stays a link, and what it points to is replaced. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

function isReadOnly(path: string): boolean {
  return (modeOf(path) & 0o222) === 0;
}

function modeOf(path: string): number {
  try {
    return statSync(path).mode & 0o777;
  } catch {
    return 0o644;
  }
}
