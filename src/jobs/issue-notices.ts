import { fileNamePart } from "../documents/file-name.js";
import { noticeDocument } from "../documents/notices/notice-document.js";
import { noticePages, type NoticePage } from "../documents/notices/notice-pages.js";
import { noticeText } from "../documents/notices/texts.js";
import { yuanText, type Fen } from "../domain/money.js";
import { noticeTables } from "../ledger/notice-tables.js";
import type { LedgerSnapshot } from "../ledger/port.js";
import type { Deduction, Outcome } from "../process/outcome.js";
import { readRow } from "../process/read-row.js";
import { examineLedger, settingsOf, type ExaminedLedger, type JudgeOptions, type MayWrite } from "./judge-ledger.js";
import { jobsText } from "./texts.js";

/** A deduction notice as a list shows it. */
export interface NoticeLine {
  readonly number: string;
  readonly subject: string;
  readonly subjectType: string;
  readonly amount: Fen;
  /** Not sent out before. */
  readonly isNew: boolean;
  /** What differs from the notice as it went out. */
  readonly changes: readonly string[];
}

/** A file to hand to somebody. */
export interface DocumentFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A ledger judged together with the notices of a month: its write records those that are new. */
export interface ExaminedNotices {
  readonly month: string;
  readonly ledger: ExaminedLedger;
  /** All notices of the month, sent before or new; none where the ledger may not be written. */
  readonly pages: readonly NoticePage[];
}

/** Judges a ledger together with the notices of a month. */
export function examineNotices(snapshot: LedgerSnapshot, options: JudgeOptions, month: string): ExaminedNotices {
  const { packs, statutes, now, language } = options;
  const rows = new Map(snapshot.rows.map((row) => [row.row, row]));
  let pages: NoticePage[] = [];
  const ledger = examineLedger(snapshot, {
    ...options,
    issue(outcome, standing) {
      pages = noticePages({
        month,
        outcome,
        standing,
        packs,
        statutes,
        inputsOf(row) {
          const raw = rows.get(row);
          return raw && readRow(raw, { sheet: snapshot.sheet, columns: snapshot.columns }, language).inputs;
        },
        settings: settingsOf(snapshot)?.raw ?? new Map(),
        now,
        language,
      });
      const fresh = pages.filter(({ isNew }) => isNew);
      if (fresh.length === 0) return undefined;
      return {
        tables: noticeTables(fresh.map(({ notice, penalties }) => ({ notice, items: penalties }))),
        entries: fresh.map(({ notice: { number, subject, amount } }) => ({
          id: number,
          text: jobsText(language, "notices.issued", { subject, amount: yuanText(amount) }),
        })),
      };
    },
  });
  return { month, ledger, pages };
}

export function noticeLine({
  notice: { number, subject, subjectType, amount },
  isNew,
  changes,
}: NoticePage): NoticeLine {
  return { number, subject, subjectType, amount, isNew, changes };
}

/** The month's deductions of an outcome. */
export function deductionsOf({ deductions }: Outcome, month: string): Deduction[] {
  return deductions.filter((deduction) => deduction.month === month);
}

/** Templates of Word notices: with their items on the page, and with an appendix of items. */
export interface NoticeTemplates {
  readonly few: Uint8Array;
  readonly many: Uint8Array;
}

/** How notices are made: Word files, one workbook for all, or one for each person. */
export type NoticeFormat = { readonly docx: NoticeTemplates } | "workbook" | "workbook-each";

/** The notices as documents; none where there are no notices. Libraries that make workbooks are loaded when needed. */
export async function noticeFiles(
  leave: MayWrite,
  { month, pages }: Pick<ExaminedNotices, "month" | "pages">,
  format: NoticeFormat,
): Promise<DocumentFile[]> {
  if (pages.length === 0) return [];
  const { language } = leave.ledger.options;
  const organisation = settingsOf(leave.ledger.snapshot)?.organisation;
  const nameOf = ({ notice: { number, subject } }: NoticePage): string =>
    fileNamePart(noticeText(language, "file.notice", { number, subject }));
  const files: DocumentFile[] = [];
  if (typeof format === "object") {
    for (const page of pages) {
      const template = page.groups ? format.docx.many : format.docx.few;
      files.push({ name: `${nameOf(page)}.docx`, bytes: await noticeDocument(template, page, organisation, language) });
    }
    return files;
  }
  if (format === "workbook") return [await noticesWorkbook(leave, { month, pages })];
  const { noticeWorkbook } = await import("../documents/notices/notice-workbook.js");
  for (const page of pages)
    files.push({ name: `${nameOf(page)}.xlsx`, bytes: await noticeWorkbook([page], organisation, language) });
  return files;
}

/** The notices as one workbook, a sheet each. exceljs is large and only loaded for this. */
export async function noticesWorkbook(
  { ledger: { snapshot, options } }: MayWrite,
  { month, pages }: Pick<ExaminedNotices, "month" | "pages">,
): Promise<DocumentFile> {
  const { noticeWorkbook } = await import("../documents/notices/notice-workbook.js");
  const bytes = await noticeWorkbook([...pages], settingsOf(snapshot)?.organisation, options.language);
  return { name: `${noticeText(options.language, "file.notices", { month })}.xlsx`, bytes };
}

/** The list by which wages are paid, as a workbook and as text. */
export async function payrollFiles(
  leave: MayWrite,
  { month, pages }: ExaminedNotices,
): Promise<{ readonly workbook: DocumentFile; readonly csv: DocumentFile }> {
  const { payrollCsv, payrollWorkbook } = await import("../documents/notices/payroll.js");
  const { outcome, options, snapshot } = leave.ledger;
  const { language } = options;
  const organisation = settingsOf(snapshot)?.organisation;
  const list = { month, deductions: deductionsOf(outcome, month), pages, organisation, language };
  const name = noticeText(language, "file.payroll", { month });
  return {
    workbook: { name: `${name}.xlsx`, bytes: await payrollWorkbook(list) },
    csv: { name: `${name}.csv`, bytes: payrollCsv(list) },
  };
}
