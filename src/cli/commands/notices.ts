import { fileNamePart } from "../../documents/file-name.js";
import { noticeDocument } from "../../documents/notices/notice-document.js";
import { noticePages, type NoticePage } from "../../documents/notices/notice-pages.js";
import { noticeText } from "../../documents/notices/texts.js";
import { sumOf, yuanText } from "../../domain/money.js";
import { readSettings } from "../../domain/side-tables.js";
import type { WallTime } from "../../domain/wall-time.js";
import { noticeTables } from "../../ledger/notice-tables.js";
import { runLedger } from "../../ledger/run-ledger.js";
import { readRow } from "../../process/read-row.js";
import { selfCheck } from "../../process/self-check.js";
import { CliError } from "../cli-error.js";
import { prepareDocuments, type DocumentFile } from "../document-files.js";
import { loadLedgerRules } from "../ledger-rules.js";
import { PROGRAM_VERSION } from "../../program/version.js";
import { readTemplate } from "../template-files.js";
import { Progress, type Terminal } from "../terminal.js";
import { explained, openWorkbook, writeSafely } from "../workbook-file.js";

export interface NoticesArguments {
  readonly input: string;
  /** yyyy-mm */
  readonly month: string;
  readonly folder: string;
  readonly format: string;
  /** With xlsx: one workbook a person instead of one for all. */
  readonly perPerson: boolean;
  readonly pack: string | undefined;
  readonly now: WallTime;
  readonly rules: string | undefined;
  readonly templates: string | undefined;
}

const FORMATS = ["xlsx", "docx"];

/**
 * `notices`: the month's deduction notices and the list for payroll. Judges the ledger, and records in it what goes out,
 * so that no number is given twice and nothing noticed changes silently. 1 if a row is 数据有误.
 */
export async function noticesCommand(args: NoticesArguments, terminal: Terminal): Promise<number> {
  const { input, month, format } = args;
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) throw new CliError(terminal.text("month.unreadable", { value: month }));
  if (!FORMATS.includes(format)) throw new CliError(terminal.text("format.unknown", { value: format }));
  const { language } = terminal;
  const templateOf = (many: boolean): Uint8Array =>
    readTemplate(`notices/${TEMPLATES[language][many ? "many" : "few"]}`, args.templates, terminal);
  const templates = format === "docx" ? { few: templateOf(false), many: templateOf(true) } : undefined;

  const progress = new Progress(terminal);
  progress.step("progress.reading", { file: input });
  const { ledger } = openWorkbook(input, terminal);
  const { snapshot } = ledger;
  const { packs, statutes } = await loadLedgerRules(snapshot, { folder: args.rules, pack: args.pack }, terminal);
  progress.step("progress.judging", { rows: snapshot.rows.length });

  const settingsTable = snapshot.sideTables.get("Settings");
  const settings = settingsTable && readSettings(settingsTable).settings;
  const rows = new Map(snapshot.rows.map((row) => [row.row, row]));
  let pages: NoticePage[] = [];
  const { run, outcome, write, refusal } = runLedger(snapshot, {
    packs,
    statutes,
    now: args.now,
    language,
    programVersion: PROGRAM_VERSION,
    ...(args.pack === undefined ? {} : { defaultPack: args.pack }),
    issue(judged, standing) {
      pages = noticePages({
        month,
        outcome: judged,
        standing,
        packs,
        statutes,
        inputsOf(row) {
          const raw = rows.get(row);
          return raw && readRow(raw, { sheet: snapshot.sheet, columns: snapshot.columns }, language).inputs;
        },
        settings: settings?.raw ?? new Map(),
        now: args.now,
        language,
      });
      const fresh = pages.filter(({ isNew }) => isNew);
      if (fresh.length === 0) return undefined;
      return {
        tables: noticeTables(fresh.map(({ notice, penalties }) => ({ notice, items: penalties }))),
        entries: fresh.map(({ notice }) => ({
          id: notice.number,
          text: terminal.text("notices.issued", { subject: notice.subject, amount: yuanText(notice.amount) }),
        })),
      };
    },
  });
  if (refusal !== undefined) throw new CliError(refusal);
  const [mismatch] = await selfCheck(run);
  if (mismatch) {
    throw new CliError(terminal.text("self-check.differs", { row: mismatch.row, concern: mismatch.concern }));
  }

  const organisation = settings?.organisation;
  const files: DocumentFile[] = [];
  const t = noticeText.bind(undefined, language);
  const nameOf = ({ notice: { number, subject } }: NoticePage): string =>
    fileNamePart(t("file.notice", { number, subject }));
  progress.step("progress.documents", { count: pages.length });
  if (templates) {
    for (const page of pages) {
      const template = page.groups ? templates.many : templates.few;
      files.push({ name: `${nameOf(page)}.docx`, bytes: await noticeDocument(template, page, organisation, language) });
    }
  } else if (pages.length > 0) {
    const { noticeWorkbook } = await import("../../documents/notices/notice-workbook.js");
    if (args.perPerson)
      for (const page of pages)
        files.push({ name: `${nameOf(page)}.xlsx`, bytes: await noticeWorkbook([page], organisation, language) });
    else
      files.push({
        name: `${t("file.notices", { month })}.xlsx`,
        bytes: await noticeWorkbook(pages, organisation, language),
      });
  }
  const deductions = outcome.deductions.filter((deduction) => deduction.month === month);
  if (deductions.length > 0 || pages.length > 0) {
    const { payrollCsv, payrollWorkbook } = await import("../../documents/notices/payroll.js");
    const list = { month, deductions, pages, organisation, language };
    const name = t("file.payroll", { month });
    files.push({ name: `${name}.xlsx`, bytes: await payrollWorkbook(list) });
    files.push({ name: `${name}.csv`, bytes: payrollCsv(list) });
  }

  // The workbook is the record: it is written once all documents lie ready, and they appear once it is written.
  const ready = prepareDocuments(args.folder, files, terminal);
  try {
    if (write) writeSafely(input, explained(input, terminal, () => ledger.write(write)).bytes, terminal);
  } catch (error) {
    ready.discard();
    throw error;
  }
  const paths = ready.commit();
  progress.done();

  const fresh = pages.filter(({ isNew }) => isNew);
  const changed = pages.filter(({ changes }) => changes.length > 0);
  terminal.document({
    month,
    notices: pages.map(({ notice, isNew, changes, penalties }) => ({
      number: notice.number,
      month: notice.month,
      subjectType: notice.subjectType,
      subject: notice.subject,
      amount: yuanText(notice.amount),
      new: isNew,
      complaints: [...new Set(penalties.map(({ complaintId }) => complaintId))],
      ...(changes.length === 0 ? {} : { changes }),
    })),
    deducted: yuanText(sumOf(deductions.map(({ deducted }) => deducted))),
    files: paths,
  });
  if (pages.length === 0) terminal.say("notices.none", { month });
  else terminal.say("notices.summary", { month, count: pages.length, fresh: fresh.length });
  for (const { notice, changes } of changed)
    terminal.say("notices.changed", { number: notice.number, what: changes.join(language === "zh" ? "；" : "; ") });
  for (const path of paths.length > MANY_FILES ? [] : paths) terminal.line(`  ${path}`);
  if (paths.length > MANY_FILES) terminal.say("notices.files", { count: paths.length, folder: args.folder });
  return outcome.summary.faultyRows > 0 ? 1 : 0;
}

/** From here on files are only counted. */
const MANY_FILES = 12;

/** Templates for notices with their items on the page, and with an appendix of items. */
const TEMPLATES = {
  zh: { few: "扣款通知单.docx", many: "扣款通知单（多项）.docx" },
  en: { few: "notice-of-deduction.docx", many: "notice-of-deduction-many.docx" },
} as const;
