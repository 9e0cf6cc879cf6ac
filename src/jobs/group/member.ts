import { memberProblem } from "../../ledger/group/member-problem.js";
import { openFileLedger, readAnswers } from "../../ledger/file/file-ledger.js";
import { meansAllSheets } from "../../ledger/joined-sheets.js";
import { workbookErrorText } from "../../ledger/file/workbook-error-text.js";
import type { LedgerSnapshot, LedgerWrite } from "../../ledger/port.js";
import type { Language } from "../../locales/language.js";
import { portableCodec, type Codec } from "../../ooxml/codec.js";
import { packsInFile } from "../packs-in-file.js";
import { jobsText } from "../texts.js";
import type { When } from "../judge-ledger.js";

/** One workbook of a group as bytes: read, and made anew with what is to be written. The same for command and pane. */

export interface MemberBytes {
  readonly bytes: Uint8Array;
  /** What every engine has, where none is given. */
  readonly codec?: Codec;
  /** Of several sheets that look like the ledger, the one that was asked for. */
  readonly sheet: string | undefined;
}

export type MemberReading =
  | {
      readonly kind: "read";
      readonly snapshot: LedgerSnapshot;
      /** Rule packs that it carries, by id; the part of one that can't be read. */
      readonly packs: readonly string[];
    }
  | {
      readonly kind: "unread";
      /** In one sentence. */
      readonly why: string;
    };

/** Throws what is no fault of the file. */
export function readMember({ bytes, codec = portableCodec, sheet }: MemberBytes, language: Language): MemberReading {
  try {
    const chosen = sheetOf(bytes, codec, sheet);
    if (meansAllSheets(chosen)) return { kind: "unread", why: jobsText(language, "group.all-sheets") };
    const { snapshot } = openFileLedger(bytes, { codec, sheet: chosen });
    const packs = packsInFile(bytes, codec).map(({ name, found }) => (found === "unreadable" ? name : found.id));
    return { kind: "read", snapshot, packs };
  } catch (error) {
    const why = workbookErrorText(error, language);
    if (why === undefined) throw error;
    return { kind: "unread", why };
  }
}

/** The workbook with what is to be written. */
export function writeMember(
  { bytes, codec = portableCodec, sheet }: MemberBytes,
  write: LedgerWrite,
): { readonly bytes: Uint8Array; readonly changedCells: number } {
  const written = openFileLedger(bytes, { codec, sheet: sheetOf(bytes, codec, sheet) }).write(write);
  return { bytes: written.bytes, changedCells: written.report.changedCells };
}

/** Where none is named, the one that was chosen in the workbook. */
function sheetOf(bytes: Uint8Array, codec: Codec, named: string | undefined): string | undefined {
  return named ?? readAnswers(bytes, { codec }).sheet;
}

/** Why a workbook that was read is none of the group's all the same. */
export function whyNotMember(
  reading: MemberReading,
  { now, language, packsReplaced }: When & { readonly packsReplaced: boolean },
): string | undefined {
  if (reading.kind === "unread") return reading.why;
  const problem = memberProblem(reading.snapshot, { now, language });
  if (problem !== undefined) return problem;
  if (reading.packs.length === 0 || packsReplaced) return undefined;
  return jobsText(language, "group.has-packs", { list: reading.packs.join("、") });
}
