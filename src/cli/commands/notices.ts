import { sumOf, yuanText } from "../../domain/money.js";
import { deductionsOf, examineNotices, noticeFiles, payrollFiles } from "../../jobs/issue-notices.js";
import { mayWrite } from "../../jobs/judge-ledger.js";
import { CliError } from "../cli-error.js";
import { judgeOptions, loadLedgerRules } from "../ledger-rules.js";
import { readTemplate } from "../template-files.js";
import { Progress, type Terminal } from "../terminal.js";
import { explained, letOutDocuments, openWorkbook } from "../workbook-file.js";
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
}

export const command: Command = {
  usage: "notices <IN.xlsx>",
  help: "help.notices",
  options: [
    { flags: "--month <2026-03>", help: "help.month", required: true },
    { flags: "-o, --output <DIR>", help: "help.folder", required: true },
    { flags: "--format <xlsx|docx>", help: "help.format", default: "xlsx" },
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
        ...judgeArguments(call),
      },
      call.terminal,
    ),
};

const FORMATS = ["xlsx", "docx"];

/**
 * `notices`: the month's deduction notices and the list for payroll. Judges the ledger, and records in it what goes out,
 * so that no number is given twice and nothing noticed changes silently. 1 if a row is 数据有误.
 */
async function noticesCommand(args: NoticesArguments, terminal: Terminal): Promise<number> {
  const { input, month, format } = args;
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) throw new CliError(terminal.text("month.unreadable", { value: month }));
  if (!FORMATS.includes(format)) throw new CliError(terminal.text("format.unknown", { value: format }));
  const { language } = terminal;
  const templateOf = (many: boolean): Uint8Array =>
    readTemplate(`notices/${TEMPLATES[language][many ? "many" : "few"]}`, args.templates, terminal);
  const templates = format === "docx" ? { few: templateOf(false), many: templateOf(true) } : undefined;

  const progress = new Progress(terminal);
  progress.step("progress.reading", { file: input });
  const workbook = openWorkbook(input, terminal, args.sheet);
  const { ledger } = workbook;
  const { snapshot } = ledger;
  const rules = await loadLedgerRules(workbook, args, terminal);
  progress.step("progress.judging", { rows: snapshot.rows.length });
  const notices = examineNotices(snapshot, judgeOptions(rules, args, terminal), month);
  const { pages } = notices;
  const leave = mayWrite(await notices.ledger.judgement());
  const { write } = leave;
  const { outcome } = leave.ledger;

  progress.step("progress.documents", { count: pages.length });
  const noticeFormat = templates ? { docx: templates } : args.perPerson ? "workbook-each" : "workbook";
  const files = await noticeFiles(leave, notices, noticeFormat);
  const deductions = deductionsOf(outcome, month);
  if (deductions.length > 0 || pages.length > 0) {
    const payroll = await payrollFiles(leave, notices);
    files.push(payroll.workbook, payroll.csv);
  }

  // The workbook is the record: documents and it leave together, or nothing does.
  const read = [workbook.reading];
  const bytes = write && explained(input, terminal, () => ledger.write(write)).bytes;
  const record = bytes && ({ leave, path: input, bytes, place: "in-place", read } as const);
  const paths = letOutDocuments({ leave, folder: args.folder, documents: files, workbook: record, read }, terminal);
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
