import { zipSync, type Zippable } from "fflate";
import { fileNamePart } from "../documents/file-name.js";
import type { Masker } from "../documents/masking/masker.js";
import { portableCodec, type Codec } from "../ooxml/codec.js";
import type { Language } from "../locales/language.js";
import type { DocumentFile } from "./issue-notices.js";
import type { MayWrite } from "./judge-ledger.js";
import { maskedReport, splitReports, type PeriodReport, type SplitBy } from "./make-report.js";
import { LedgerRefused } from "./refused.js";
import { reportAlone } from "./report-files.js";
import { jobsText } from "./texts.js";

export interface SplitFilesOptions {
  readonly masker: Masker | undefined;
  readonly codec?: Codec;
  readonly language: Language;
}

/** The files of a report taken apart, and all of them in one. */
export interface SplitFiles {
  readonly files: readonly DocumentFile[];
  readonly archive: DocumentFile;
}

/** Files packed into one; equal files give equal bytes. */
export function archived(name: string, files: readonly DocumentFile[]): DocumentFile {
  const mtime = new Date(2026, 0, 1);
  // Workbooks are packed already.
  const parts: Zippable = {};
  for (const { name: own, bytes } of files) parts[own] = [bytes, { mtime, level: 0 }];
  return { name, bytes: zipSync(parts) };
}

/**
 * A report taken apart: a workbook for each value, 月报 2026-03 制造部.xlsx. Throws `LedgerRefused` where a ledger without
 * shops or several sheets is to be taken apart by them: one file called 未填 would look like a shop's.
 */
export async function splitFiles(
  leave: MayWrite,
  whole: PeriodReport,
  by: SplitBy,
  { masker, codec = portableCodec, language }: SplitFilesOptions,
): Promise<DocumentFile[]> {
  const { group, sheets } = leave.ledger.snapshot;
  if (by === "part" && group === undefined && (sheets?.length ?? 0) < 2)
    throw new LedgerRefused(jobsText(language, "split.no-parts"));
  const { period } = whole.frame;
  const files: DocumentFile[] = [];
  const taken = new Set<string>();
  for (const { label, report } of splitReports(leave, whole, by)) {
    const value = label ?? jobsText(language, "split.blank");
    const stem = `${jobsText(language, `split.${period.kind}`)} ${period.key} ${fileNamePart(masker?.text(value) ?? value)}`;
    // Two values that differ only in what a file name can't hold, or in case.
    let name = stem;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${stem}（${n}）`;
    taken.add(name.toLowerCase());
    files.push({
      name: `${name}.xlsx`,
      bytes: await reportAlone(masker ? maskedReport(report, masker) : report, codec),
    });
  }
  return files;
}
