import { existsSync, statSync } from "node:fs";
import { basename, join, parse } from "node:path";
import { dayOfTime, isoDate } from "../domain/wall-time.js";
import type { MayWrite } from "../jobs/judge-ledger.js";
import { nodeCodec } from "../ooxml/node-codec.js";
import type { Answers } from "../ledger/answers.js";
import type { FileLedger } from "../ledger/file/file-ledger.js";
import { openChosenLedger } from "../ledger/file/many-sheets.js";
import { meansAllSheets } from "../ledger/joined-sheets.js";
import { workbookErrorText } from "../ledger/file/workbook-error-text.js";
import { LedgerError } from "../ledger/file/ledger-error.js";
import { likelyColumns } from "../jobs/likely-columns.js";
import { fixHeadersLine, namingLine } from "./answer-lines.js";
import { CliError } from "./cli-error.js";
import { DoorError } from "./door/door-error.js";
import {
  assertMayMoveIn,
  clearUpAround,
  keepSecret,
  letOut,
  letOutTogether,
  moveInTogether,
  type Departure,
  type Dispatch,
  type Remark,
  type WrittenFile,
} from "./door/door.js";
import { isSameFile, readKnown, type Reading } from "./door/reading.js";
import type { Terminal } from "./terminal.js";

/** A workbook's ledger and the bytes it was read from. */
export interface OpenWorkbook {
  readonly ledger: FileLedger;
  readonly bytes: Uint8Array;
  /** By which the file is known again before it is replaced. */
  readonly reading: Reading;
}

/** Reads a workbook's ledger, on a sheet if one is named; whatever is wrong becomes one line that names the file. */
export function openWorkbook(path: string, terminal: Terminal, sheet?: string): OpenWorkbook {
  const { bytes, reading } = readBytes(path, terminal);
  try {
    return { ledger: openLedger(bytes, sheet), bytes, reading };
  } catch (error) {
    const reason = workbookErrorText(error, terminal.language);
    if (reason === undefined) throw error;
    throw new CliError(`${basename(path)}：${withNaming(reason, error, { path, bytes, sheet }, terminal)}`);
  }
}

/** A refusal for want of columns names the headers that may be them, and the command line that says so. */
export function withNaming(
  reason: string,
  error: unknown,
  { path, bytes, sheet }: { readonly path: string; readonly bytes: Uint8Array; readonly sheet: string | undefined },
  terminal: Terminal,
): string {
  if (!(error instanceof LedgerError && error.code === "no-ledger")) return reason;
  const own = sheet === undefined || meansAllSheets(sheet) ? undefined : sheet;
  const line = namingLine(
    likelyColumns(bytes, { sheet: own, codec: nodeCodec }),
    fixHeadersLine(path, { sheet }),
    terminal,
  );
  return line === undefined ? reason : `${reason}${terminal.text("naming.after")}${line}`;
}

/** The ledger on a sheet, or on all that have one; where none is named, on the one that was chosen in this workbook. */
export function openLedger(bytes: Uint8Array, sheet: string | undefined, answers?: Answers): FileLedger {
  return openChosenLedger(bytes, { codec: nodeCodec, sheet, ...(answers === undefined ? {} : { answers }) });
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

/** A file's bytes and what it is known by; whatever is wrong becomes one line that names the file. */
export function readBytes(path: string, terminal: Terminal): { readonly bytes: Uint8Array; readonly reading: Reading } {
  try {
    const known = readKnown(path);
    clearUpAround(known.reading);
    return known;
  } catch (error) {
    throw notRead(path, error, terminal);
  }
}

const READING = {
  ENOENT: "file.missing",
  EISDIR: "file.is-folder",
  ENOTFILE: "file.not-plain",
  ETOOLARGE: "file.too-large",
} as const;

/** What the system said about a file that was to be read. */
export function notRead(path: string, error: unknown, terminal: Terminal): CliError {
  const { code = "" } = error as NodeJS.ErrnoException;
  const key = Object.hasOwn(READING, code) ? READING[code as keyof typeof READING] : "file.unreadable";
  return new CliError(terminal.text(key, { file: path, code }));
}

/** `in-place` without another name, or with the file's own. */
export function placeOf(output: string | undefined, reading: Reading): "in-place" | "elsewhere" {
  if (output === undefined) return "in-place";
  try {
    return isSameFile(reading, statSync(output)) ? "in-place" : "elsewhere";
  } catch {
    // There is none, or it can't be looked at: the door says so.
    return "elsewhere";
  }
}

/** Lets a file out and says what could not be kept; whatever is wrong becomes one line that names the file. */
export function letOutFile(departure: Departure, terminal: Terminal): void {
  throughDoor(terminal, () => ({ remarks: letOut(departure) }));
}

/** Lets documents out with the file that leaves with them, all or nothing; gives their paths. */
export function letOutDocuments(dispatch: Dispatch, terminal: Terminal): readonly string[] {
  return throughDoor(terminal, () => letOutTogether(dispatch)).paths;
}

/** Moves tables of any size in, all or none; whatever is wrong becomes one line that names the file. */
export function letOutTables(files: readonly WrittenFile[], read: readonly string[], terminal: Terminal): void {
  throughDoor(terminal, () => {
    moveInTogether(files, read);
    return { remarks: [] };
  });
}

/** Says before the work on tables whether they may go where they are to go. */
export function assertTablesMayGo(paths: readonly string[], read: readonly string[], terminal: Terminal): void {
  throughDoor(terminal, () => {
    for (const path of paths) assertMayMoveIn(path, read);
    return { remarks: [] };
  });
}

/** Does something with a new file that nobody else may read; whatever is wrong becomes one line that names the file. */
export function withSecretFile(path: string, text: string, terminal: Terminal, action: () => void): void {
  throughDoor(terminal, () => {
    keepSecret(path, text, action);
    return { remarks: [] };
  });
}

function throughDoor<T extends { readonly remarks: readonly Remark[] }>(terminal: Terminal, pass: () => T): T {
  let passed: T;
  try {
    passed = pass();
  } catch (error) {
    if (error instanceof DoorError) throw new CliError(terminal.text(error.key, error.params));
    throw error;
  }
  for (const { key, params } of passed.remarks) terminal.warn(terminal.text(key, params));
  return passed;
}

/**
 * Before the books of the version before are taken over in place, a copy of the workbook as it was, beside it; an earlier
 * one of that day stays.
 */
export function backUpTakeOver(
  leave: MayWrite,
  input: string,
  { bytes, reading }: OpenWorkbook,
  terminal: Terminal,
): void {
  const { outcome, options } = leave.ledger;
  if (!outcome.messages.some(({ cause }) => cause === "books.taken-over")) return;
  const { dir, name, ext } = parse(input);
  const day = isoDate(dayOfTime(options.now));
  const path = join(dir, `${name}${terminal.text("books.backup", { day })}${ext}`);
  if (existsSync(path)) return;
  letOutFile({ leave, path, bytes, place: "new", read: [reading] }, terminal);
  terminal.say("books.backed-up", { file: path });
}
