import { memberProblem } from "../../ledger/group/member-problem.js";
import { readAnswers, sheetsWithLedgers, writeAnswers } from "../../ledger/file/file-ledger.js";
import { LedgerError } from "../../ledger/file/ledger-error.js";
import { openChosenLedger } from "../../ledger/file/many-sheets.js";
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
  /** Of several sheets that look like the ledger, the one that was asked for, or all of them (`meansAllSheets`). */
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
      /** Several sheets look like the ledger, and nobody has said which of them is. */
      readonly severalSheets?: boolean;
    };

/** Throws what is no fault of the file. */
export function readMember({ bytes, codec = portableCodec, sheet }: MemberBytes, language: Language): MemberReading {
  try {
    const { snapshot } = openChosenLedger(bytes, { codec, sheet });
    const packs = packsInFile(bytes, codec).map(({ name, found }) => (found === "unreadable" ? name : found.id));
    return { kind: "read", snapshot, packs };
  } catch (error) {
    const why = workbookErrorText(error, language);
    if (why === undefined) throw error;
    const severalSheets = error instanceof LedgerError && error.code === "several-ledgers";
    return { kind: "unread", why, severalSheets };
  }
}

/**
 * The workbook with what is to be written. Which of its sheets are the ledger is kept in it with that: whoever asks the
 * group's workbook for notices reads the shop as it was judged, and isn't asked again.
 */
export function writeMember(
  { bytes, codec = portableCodec, sheet }: MemberBytes,
  write: LedgerWrite,
): { readonly bytes: Uint8Array; readonly changedCells: number } {
  const { bytes: written, report } = openChosenLedger(bytes, { codec, sheet }).write(write);
  const { changedCells } = report;
  if (sheet === undefined || changedCells === 0 || sheetsWithLedgers(bytes, { codec }).length < 2)
    return { bytes: written, changedCells };
  const answers = { ...readAnswers(written, { codec }), sheet };
  return { bytes: writeAnswers(written, answers, { codec }), changedCells };
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
