import { accessSync, constants } from "node:fs";
import { packsInFile } from "../../jobs/packs-in-file.js";
import { openFileLedger, readAnswers } from "../../ledger/file/file-ledger.js";
import { meansAllSheets } from "../../ledger/file/many-sheets.js";
import { workbookErrorText } from "../../ledger/file/workbook-error-text.js";
import type { LedgerSnapshot, LedgerWrite } from "../../ledger/port.js";
import type { Language } from "../../locales/language.js";
import { nodeCodec } from "../../ooxml/node-codec.js";
import type { CliKey } from "../terminal.js";
import { openElsewhere } from "../door/open-elsewhere.js";
import { isUnchanged, readKnown, type Reading } from "../door/reading.js";

/** One workbook of a group, read and made anew: in a thread, or where there are few of them without one. */

export interface MemberFile {
  readonly path: string;
  readonly sheet: string | undefined;
  readonly language: Language;
}

/** Why a file can't be used: a sentence, or a key of one with what to fill in. */
export type Why =
  { readonly text: string } | { readonly key: CliKey; readonly params: Readonly<Record<string, string | number>> };

export type MemberReading =
  | {
      readonly kind: "read";
      readonly snapshot: LedgerSnapshot;
      readonly reading: Reading;
      /** Rule packs that it carries, by id; the part of one that can't be read. */
      readonly packs: readonly string[];
    }
  | { readonly kind: "unread"; readonly why: Why };

/** A file that could not be written to afterwards is not read either: its rows would be judged, and never hear of it. */
export function readMember({ path, sheet, language }: MemberFile): MemberReading {
  try {
    const { bytes, reading } = readKnown(path);
    const opened = openElsewhere(reading.path);
    if (opened) return unread({ key: "group.open", params: { who: opened.who, mark: opened.mark } });
    accessSync(reading.path, constants.W_OK);
    const chosen = sheetOf(bytes, sheet);
    if (meansAllSheets(chosen)) return unread({ key: "group.all-sheets", params: {} });
    const { snapshot } = openFileLedger(bytes, { codec: nodeCodec, sheet: chosen });
    return { kind: "read", snapshot, reading, packs: packNames(bytes) };
  } catch (error) {
    return unread(whyOf(error, language));
  }
}

/** Where none is named, the one that was chosen in the workbook. */
function sheetOf(bytes: Uint8Array, named: string | undefined): string | undefined {
  return named ?? readAnswers(bytes, { codec: nodeCodec }).sheet;
}

function packNames(bytes: Uint8Array): string[] {
  return packsInFile(bytes, nodeCodec).map(({ name, found }) => (found === "unreadable" ? name : found.id));
}

export interface MemberWriting extends MemberFile {
  readonly reading: Reading;
  readonly write: LedgerWrite;
}

export type MemberWritten =
  | { readonly kind: "made"; readonly bytes: Uint8Array<ArrayBuffer>; readonly changedCells: number }
  | { readonly kind: "changed" }
  | { readonly kind: "failed"; readonly why: Why };

/** The workbook with what is to be written, as bytes: only of the very file that was read. */
export function writeMember({ path, sheet, language, reading, write }: MemberWriting): MemberWritten {
  try {
    const { bytes, reading: now } = readKnown(path);
    if (now.hash !== reading.hash || !isUnchanged(reading)) return { kind: "changed" };
    const written = openFileLedger(bytes, { codec: nodeCodec, sheet: sheetOf(bytes, sheet) }).write(write);
    return {
      kind: "made",
      // A copy that nobody else has: it is handed over to another thread.
      bytes: new Uint8Array(written.bytes),
      changedCells: written.report.changedCells,
    };
  } catch (error) {
    return { kind: "failed", why: whyOf(error, language) };
  }
}

function unread(why: Why): MemberReading {
  return { kind: "unread", why };
}

function whyOf(error: unknown, language: Language): Why {
  const text = workbookErrorText(error, language);
  if (text !== undefined) return { text };
  const { code } = error as NodeJS.ErrnoException;
  // A fault of the program must not pass for one of the file.
  if (code === undefined) throw error;
  if (code === "ENOENT") return { key: "group.gone", params: {} };
  return code === "EACCES" || code === "EPERM" || code === "EROFS"
    ? { key: "group.no-access", params: {} }
    : { key: "group.system", params: { code } };
}
