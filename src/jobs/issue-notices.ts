import { subjectText } from "../process/subject-text.js";
import { anchorOf, anchorText } from "../books/anchors.js";
import { holdChanges } from "../books/holds.js";
import { lateSums } from "../books/late.js";
import type { Person } from "../domain/complaint.js";
import { readPeople } from "../domain/side-tables/people.js";
import { fileNamePart } from "../documents/file-name.js";
import { noticeDocument } from "../documents/notices/notice-document.js";
import { noticePages, type NoticePage } from "../documents/notices/notice-pages.js";
import { numberedLines } from "../documents/notices/noticed-lines.js";
import { noticeText } from "../documents/notices/texts.js";
import { yuanText, type Fen } from "../domain/money.js";
import { noticeTables, type StandingTables } from "../ledger/notice-tables.js";
import type { LedgerSnapshot } from "../ledger/port.js";
import type { Language } from "../locales/language.js";
import { holdText } from "../process/book-lines.js";
import type { Deduction, Outcome } from "../process/outcome.js";
import type { Run } from "../process/process.js";
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

/** What an act on a month's notices would do, or did, beside the papers themselves. */
export interface NoticePlan {
  /** Persons of whom something is posted up to the month, also those who only carry a balance on. */
  readonly posted: number;
  readonly held: readonly HeldSum[];
}

/** A person's sum that the law or an objection keeps from being deducted. */
export interface HeldSum {
  readonly person: string;
  readonly employeeNo: string | undefined;
  readonly amount: Fen;
  readonly why: string;
}

/** A ledger judged together with the notices of a month: its write records those that are new. */
export interface ExaminedNotices {
  readonly month: string;
  readonly ledger: ExaminedLedger;
  /** All notices of the month, sent before or new; none where the ledger may not be written. */
  readonly pages: readonly NoticePage[];
  readonly plan: NoticePlan;
}

/** Judges a ledger together with the notices of a month. Only with `issue` they go out: otherwise it is a view of what would. */
export function examineNotices(
  snapshot: LedgerSnapshot,
  options: JudgeOptions,
  { month, issue }: { readonly month: string; readonly issue: boolean },
): ExaminedNotices {
  const { language } = options;
  const pagesIn = pagesOf(snapshot, options);
  let pages: NoticePage[] = [];
  let plan: NoticePlan = { posted: 0, held: [] };
  const ledger = examineLedger(snapshot, {
    ...options,
    issue(run, standing) {
      pages = pagesIn(month, run, standing);
      plan = planOf(run, month, language);
      const fresh = pages.filter(({ isNew }) => isNew);
      const lines = numberedLines(run.books, month, pages);
      if (!issue || (fresh.length === 0 && lines.length === 0)) return undefined;
      return {
        lines,
        tables: noticeTables(fresh.map(({ notice, penalties }) => ({ notice, items: penalties }))),
        entries: fresh.map((page) => issuedEntry(page, language)),
      };
    },
  });
  return { month, ledger, pages, plan };
}

/** What 处理日志 says of a paper that goes out: whose it is stands in 扣款通知, where it can be cleared one day. */
export function issuedEntry(
  { notice: { number, amount } }: NoticePage,
  language: Language,
): { readonly id: string; readonly text: string } {
  return { id: number, text: jobsText(language, "notices.issued", { amount: yuanText(amount) }) };
}

/** The pages of a month for a ledger, by its run. */
export function pagesOf(
  snapshot: LedgerSnapshot,
  { packs, now, language }: JudgeOptions,
): (month: string, run: Pick<Run, "outcome" | "books">, standing: StandingTables) => NoticePage[] {
  const rows = new Map(snapshot.rows.map((row) => [row.row, row]));
  const peopleTable = snapshot.sideTables.get("People");
  const people = peopleTable ? readPeople(peopleTable).people : [];
  return (month, run, standing) => {
    const samples = sampleRows(run.outcome);
    return noticePages({
      ...{ month, run, standing, packs, now, language },
      postOf: (notice) => postIn(people, notice),
      restsOnSamples: (row) => samples.has(row),
      inputsOf(row) {
        const raw = rows.get(row);
        return raw && readRow(raw, { sheet: snapshot.sheet, columns: snapshot.columns }, language).inputs;
      },
      settings: settingsOf(snapshot)?.raw ?? new Map(),
    });
  };
}

function postIn(
  people: readonly Person[],
  { employeeNo, subject }: { readonly employeeNo: string | undefined; readonly subject: string },
): string | undefined {
  const found = people.find((p) => (employeeNo === undefined ? p.name === subject : p.employeeNo === employeeNo));
  return found?.post;
}

/** How far the book had come when a notice went out: the anchor of its own voucher. */
function anchorsOfNotices({ ledger: { run } }: MayWrite): (number: string) => string {
  const { entries, id } = run.books.book;
  return (number) => {
    const voucher = entries.findLast(({ notice }) => notice === number)?.voucher;
    const end = voucher === undefined ? -1 : entries.findLastIndex((entry) => entry.voucher === voucher);
    return end < 0 ? "" : anchorText(anchorOf({ id, entries: entries.slice(0, end + 1) }));
  };
}

/** Rows whose outputs rest on sample parameters, as their messages say. */
function sampleRows({ rows }: Outcome): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { row, outputs } of rows)
    if (outputs.messages?.some((text) => text.startsWith("样例参数") || text.startsWith("Sample parameter")))
      found.add(row);
  return found;
}

function planOf({ books }: Run, month: string, language: Language): NoticePlan {
  const persons = new Set(books.draft.ready.filter((own) => own.month <= month).map(({ person }) => person));
  const held = books.views.filter((view) => view.month === month && view.held > 0);
  return {
    posted: persons.size,
    held: held.map(({ person: { name, employeeNo }, held: amount, heldFor }) => ({
      ...{ person: name, employeeNo, amount },
      why: holdText(heldFor, language),
    })),
  };
}

export function noticeLine({
  notice: { number, subject, employeeNo, subjectType, amount },
  isNew,
  changes,
}: NoticePage): NoticeLine {
  return { number, subject: subjectText({ subject, employeeNo }), subjectType, amount, isNew, changes };
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
  const nameOf = ({ notice: { number, subject }, isRefund }: NoticePage): string =>
    fileNamePart(noticeText(language, isRefund ? "file.refund" : "file.notice", { number, subject }));
  const files: DocumentFile[] = [];
  if (typeof format === "object") {
    const anchorFor = anchorsOfNotices(leave);
    for (const page of pages) {
      const template = page.groups ? format.docx.many : format.docx.few;
      files.push({
        name: `${nameOf(page)}.docx`,
        bytes: await noticeDocument(template, page, { organisation, anchor: anchorFor(page.notice.number) }, language),
      });
    }
    return files;
  }
  if (format === "workbook") return [await noticesWorkbook(leave, { month, pages })];
  const { noticeWorkbook } = await import("../documents/notices/notice-workbook.js");
  for (const page of pages)
    files.push({
      name: `${nameOf(page)}.xlsx`,
      bytes: await noticeWorkbook([page], organisation, language, anchorsOfNotices(leave)),
    });
  return files;
}

/** The notices as one workbook, a sheet each. exceljs is large and only loaded for this. */
export async function noticesWorkbook(
  leave: MayWrite,
  { month, pages }: Pick<ExaminedNotices, "month" | "pages">,
): Promise<DocumentFile> {
  const { noticeWorkbook } = await import("../documents/notices/notice-workbook.js");
  const { snapshot, options } = leave.ledger;
  const organisation = settingsOf(snapshot)?.organisation;
  const bytes = await noticeWorkbook([...pages], organisation, options.language, anchorsOfNotices(leave));
  return { name: `${noticeText(options.language, "file.notices", { month })}.xlsx`, bytes };
}

export interface PayrollFiles {
  readonly workbook: DocumentFile;
  /** The persons' list as text, and where a sum was held or let go, what changed. */
  readonly texts: readonly DocumentFile[];
}

/** The list by which wages are paid, as a workbook and as text. */
export async function payrollFiles(leave: MayWrite, { month, pages }: ExaminedNotices): Promise<PayrollFiles> {
  const { holdsCsv, payrollCsv, payrollWorkbook } = await import("../documents/notices/payroll.js");
  const { outcome, options, snapshot } = leave.ledger;
  const { language } = options;
  const organisation = settingsOf(snapshot)?.organisation;
  const { book, draft } = leave.ledger.run.books;
  const anchor = book.entries.length === 0 ? "" : anchorText(anchorOf(book));
  const holds = holdChanges(book, draft, month);
  const late = lateSums(book, draft, month);
  const list = { holds, late, anchor, month, deductions: deductionsOf(outcome, month), pages, organisation, language };
  const name = noticeText(language, "file.payroll", { month });
  const changes = holdsCsv(list);
  return {
    workbook: { name: `${name}.xlsx`, bytes: await payrollWorkbook(list) },
    texts: [
      { name: `${name}.csv`, bytes: payrollCsv(list) },
      ...(changes ? [{ name: `${noticeText(language, "file.holds", { month })}.csv`, bytes: changes }] : []),
    ],
  };
}
