import { accessSync, constants } from "node:fs";
import { readMember as readBytes, writeMember as writeBytes } from "../../jobs/group/member.js";
import { jobsText } from "../../jobs/texts.js";
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
      readonly packs: readonly string[];
    }
  | { readonly kind: "unread"; readonly why: Why };

/** A file that could not be written to afterwards is not read either: its rows would be judged, and never hear of it. */
export function readMember({ path, sheet, language }: MemberFile): MemberReading {
  try {
    const { bytes, reading } = readKnown(path);
    const opened = openElsewhere(reading.path);
    if (opened) return { kind: "unread", why: { key: "group.open", params: { who: opened.who, mark: opened.mark } } };
    accessSync(reading.path, constants.W_OK);
    const member = readBytes({ bytes, codec: nodeCodec, sheet }, language);
    return member.kind === "read" ? { ...member, reading } : { kind: "unread", why: { text: member.why } };
  } catch (error) {
    return { kind: "unread", why: whyOf(error, language) };
  }
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
    const written = writeBytes({ bytes, codec: nodeCodec, sheet }, write);
    // A copy that nobody else has: it is handed over to another thread.
    return { kind: "made", bytes: new Uint8Array(written.bytes), changedCells: written.changedCells };
  } catch (error) {
    return { kind: "failed", why: whyOf(error, language) };
  }
}

function whyOf(error: unknown, language: Language): Why {
  const text = workbookErrorText(error, language);
  if (text !== undefined) return { text };
  const { code } = error as NodeJS.ErrnoException;
  // A fault of the program must not pass for one of the file.
  if (code === undefined) throw error;
  if (code === "ENOENT") return { text: jobsText(language, "group.gone") };
  if (code === "ENOTFILE") return { key: "group.not-plain", params: {} };
  return code === "EACCES" || code === "EPERM" || code === "EROFS"
    ? { key: "group.no-access", params: {} }
    : { key: "group.system", params: { code } };
}
