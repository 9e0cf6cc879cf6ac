import { subjectText } from "../../process/subject-text.js";
import { lateSums } from "../../books/late.js";
import { fen, sumOf, yuanText } from "../../domain/money.js";
import { isoMonth } from "../../domain/wall-time.js";
import {
  deductionsOf,
  examineNotices,
  noticeFiles,
  payrollFiles,
  type DocumentFile,
  type ExaminedNotices,
  type NoticeFormat,
} from "../../jobs/issue-notices.js";
import { unnumberedInShops } from "../../jobs/group/unnumbered.js";
import { mayWrite, type MayWrite } from "../../jobs/judge-ledger.js";
import { CliError } from "../cli-error.js";
import { judgeOptions, loadLedgerRules } from "../ledger-rules.js";
import { readTemplate } from "../template-files.js";
import { openWithMembers } from "../group/open-with-members.js";
import { Progress, type Terminal } from "../terminal.js";
import { backUpTakeOver, explained, letOutDocuments, type OpenWorkbook } from "../workbook-file.js";
import {
  JUDGE_OPTIONS,
  judgeArguments,
  TEMPLATES as TEMPLATES_OPTION,
  type Command,
  type JudgeArguments,
} from "../command.js";

interface NoticesArguments extends JudgeArguments {
  readonly input: string;
  /** yyyy-mm */
  readonly month: string;
  readonly folder: string;
  readonly format: string;
  /** With xlsx: one workbook a person instead of one for all. */
  readonly perPerson: boolean;
  readonly templates: string | undefined;
  /** Without it nothing goes out: what would is shown. */
  readonly yes: boolean;
}

export const command: Command = {
  usage: "notices <IN.xlsx>",
  help: "help.notices",
  options: [
    { flags: "--month <2026-03>", help: "help.month", required: true },
    { flags: "-o, --output <DIR>", help: "help.folder", required: true },
    { flags: "--format <xlsx|docx>", help: "help.format", default: "xlsx" },
    { flags: "--yes", help: "help.yes" },
    { flags: "--per-person", help: "help.per-person" },
    TEMPLATES_OPTION,
    ...JUDGE_OPTIONS,
  ],
  run: (call) =>
    noticesCommand(
      {
        input: call.argument,
        month: call.value("month"),
        folder: call.value("output"),
        format: call.value("format"),
        perPerson: call.isSet("perPerson"),
        templates: call.option("templates"),
        yes: call.isSet("yes"),
        ...judgeArguments(call),
      },
      call.terminal,
    ),
};

const FORMATS = ["xlsx", "docx"];

/**
 * `notices`: what would go out in a month, what is held and why; with `--yes` the notices, the list for payroll and what
 * they post, all or nothing. 1 if a row is 数据有误.
 */
async function noticesCommand(args: NoticesArguments, terminal: Terminal): Promise<number> {
  const { input, month, format } = args;
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) throw new CliError(terminal.text("month.unreadable", { value: month }));
  if (!FORMATS.includes(format)) throw new CliError(terminal.text("format.unknown", { value: format }));
  if (month > isoMonth(args.now)) throw new CliError(terminal.text("notices.month-after-now", { month }));
  const noticeFormat = noticeFormatOf(args, terminal);
  const progress = new Progress(terminal);
  progress.step("progress.reading", { file: input });
  const workbook = await openWithMembers(input, terminal, args);
  const { ledger } = workbook;
  const { snapshot } = ledger;
  const rules = await loadLedgerRules(workbook, args, terminal);
  progress.step("progress.judging", { rows: snapshot.rows.length });
  const notices = examineNotices(snapshot, judgeOptions(rules, args, terminal), { month, issue: args.yes });
  const leave = mayWrite(await notices.ledger.judgement());
  const { outcome } = leave.ledger;
  const unnumbered = unnumberedInShops(leave);
  // A notice names complaints by their numbers: they have to stand in the shops' workbooks first.
  if (args.yes && unnumbered > 0) throw new CliError(terminal.text("group.run-first", { count: unnumbered }));
  const paths = args.yes
    ? await letOutNotices(leave, notices, { noticeFormat, workbook, args, progress }, terminal)
    : [];
  progress.done();
  print(notices, leave, { paths, issued: args.yes }, terminal);
  if (!args.yes) return outcome.summary.faultyRows > 0 ? 1 : 0;
  for (const path of paths.length > MANY_FILES ? [] : paths) terminal.line(`  ${path}`);
  if (paths.length > MANY_FILES) terminal.say("notices.files", { count: paths.length, folder: args.folder });
  return outcome.summary.faultyRows > 0 ? 1 : 0;
}

function noticeFormatOf({ format, perPerson, templates }: NoticesArguments, terminal: Terminal): NoticeFormat {
  if (format !== "docx") return perPerson ? "workbook-each" : "workbook";
  const templateOf = (many: boolean): Uint8Array =>
    readTemplate(`notices/${TEMPLATES[terminal.language][many ? "many" : "few"]}`, templates, terminal);
  return { docx: { few: templateOf(false), many: templateOf(true) } };
}

interface Writing {
  readonly noticeFormat: NoticeFormat;
  readonly workbook: OpenWorkbook;
  readonly args: NoticesArguments;
  readonly progress: Progress;
}

/** The workbook is the record: documents and it leave together, or nothing does. */
async function letOutNotices(
  leave: MayWrite,
  notices: ExaminedNotices,
  { noticeFormat, workbook, args, progress }: Writing,
  terminal: Terminal,
): Promise<readonly string[]> {
  progress.step("progress.documents", { count: notices.pages.length });
  const documents = await documentsOf(leave, notices, noticeFormat);
  const { input, folder } = args;
  const { write } = leave;
  const read = [workbook.reading];
  const bytes = write && explained(input, terminal, () => workbook.ledger.write(write)).bytes;
  const record = bytes && ({ leave, path: input, bytes, place: "in-place", read } as const);
  if (documents.length === 0 && !record) return [];
  backUpTakeOver(leave, input, workbook, terminal);
  return letOutDocuments({ leave, folder, documents, alongside: record, read }, terminal);
}

async function documentsOf(leave: MayWrite, notices: ExaminedNotices, format: NoticeFormat): Promise<DocumentFile[]> {
  const files = await noticeFiles(leave, notices, format);
  const { outcome, run } = leave.ledger;
  const late = lateSums(run.books.book, run.books.draft, notices.month);
  if (deductionsOf(outcome, notices.month).length + notices.pages.length + late.length === 0) return files;
  const { workbook, texts } = await payrollFiles(leave, notices);
  return [...files, workbook, ...texts];
}

interface Printed {
  readonly paths: readonly string[];
  readonly issued: boolean;
}

function print(
  { pages, month, plan }: ExaminedNotices,
  leave: MayWrite,
  { paths, issued }: Printed,
  terminal: Terminal,
): void {
  const deductions = deductionsOf(leave.ledger.outcome, month);
  terminal.document({
    month,
    issued,
    notices: pages.map(({ notice, isNew, isRefund, changes, penalties }) => ({
      number: notice.number,
      month: notice.month,
      subjectType: notice.subjectType,
      ...(notice.employeeNo === undefined ? {} : { employeeNo: notice.employeeNo }),
      subject: notice.subject,
      amount: yuanText(notice.amount),
      new: isNew,
      ...(isRefund ? { refund: true } : {}),
      complaints: [...new Set(penalties.map(({ complaintId }) => complaintId))],
      ...(changes.length === 0 ? {} : { changes }),
    })),
    posted: plan.posted,
    held: plan.held.map(({ person, employeeNo, amount, why }) => ({
      ...(employeeNo === undefined ? {} : { employeeNo }),
      ...{ person, amount: yuanText(amount), why },
    })),
    deducted: yuanText(sumOf(deductions.map(({ deducted }) => deducted))),
    files: paths,
  });
  const fresh = pages.filter(({ isNew }) => isNew);
  if (pages.length === 0 && plan.posted === 0) terminal.say("notices.none", { month });
  else if (issued) terminal.say("notices.summary", { month, count: pages.length, fresh: fresh.length });
  else {
    terminal.say("notices.plan", { month, count: fresh.length, posted: plan.posted });
    for (const { notice, isRefund, deduction } of fresh) {
      const { number, amount } = notice;
      terminal.say(isRefund ? "notices.plan-refund" : "notices.plan-line", {
        ...{ number, subject: subjectText(notice), amount: yuanText(amount) },
        deducted: yuanText(deduction?.deducted ?? fen(0)),
      });
    }
  }
  for (const { person, employeeNo, amount, why } of plan.held) {
    const subject = subjectText({ subject: person, employeeNo });
    terminal.say("notices.held", { subject, amount: yuanText(amount), why });
  }
  for (const { notice, changes } of pages.filter((page) => page.changes.length > 0))
    terminal.say("notices.changed", {
      number: notice.number,
      what: changes.join(terminal.language === "zh" ? "；" : "; "),
    });
}

/** From here on files are only counted. */
const MANY_FILES = 12;

/** Templates for notices with their items on the page, and with an appendix of items. */
const TEMPLATES = {
  zh: { few: "扣款通知单.docx", many: "扣款通知单（多项）.docx" },
  en: { few: "notice-of-deduction.docx", many: "notice-of-deduction-many.docx" },
} as const;
