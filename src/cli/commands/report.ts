import { column } from "../../domain/columns.js";
import { yuanText } from "../../domain/money.js";
import { addDays, isoDate, isoTime } from "../../domain/wall-time.js";
import { moneyText } from "../../documents/money-text.js";
import type { PeriodFigures, ReportFigures } from "../../documents/reports/figures.js";
import { parsePeriod, type Period, type PeriodKind } from "../../documents/reports/period.js";
import { judgeLedger, mayWrite } from "../../jobs/judge-ledger.js";
import { maskedReport, reportOnPeriod, type SplitBy } from "../../jobs/make-report.js";
import { reportAlone, reportInLedger } from "../../jobs/report-files.js";
import { splitFiles } from "../../jobs/split-files.js";
import { REPORT_GROUPS } from "../../rules/report-schema.js";
import { nodeCodec } from "../../ooxml/node-codec.js";
import { CliError } from "../cli-error.js";
import { judgeOptions, loadLedgerRules } from "../ledger-rules.js";
import { openWithMembers } from "../group/open-with-members.js";
import { maskerFor } from "../mask.js";
import { Progress, type Terminal } from "../terminal.js";
import { explained, letOutDocuments, letOutFile } from "../workbook-file.js";
import { JUDGE_OPTIONS, judgeArguments, MASK, type Command, type JudgeArguments } from "../command.js";

interface ReportArguments extends JudgeArguments {
  readonly input: string;
  readonly output: string | undefined;
  readonly mask: boolean;
  /** By what to take the report apart; `output` is a folder then. */
  readonly split: string | undefined;
  readonly periods: Readonly<Record<PeriodKind, string | undefined>>;
}

export const command: Command = {
  usage: "report <IN.xlsx>",
  help: "help.report",
  options: [
    { flags: "--month <2026-03>", help: "help.month-period" },
    { flags: "--week <2026-W13>", help: "help.week-period" },
    { flags: "--half <2026H1>", help: "help.half-period" },
    { flags: "-o, --output <OUT.xlsx>", help: "help.report-output" },
    { flags: "--split <HEADER>", help: "help.split" },
    MASK,
    ...JUDGE_OPTIONS,
  ],
  run: (call) =>
    reportCommand(
      {
        input: call.argument,
        output: call.option("output"),
        mask: call.isSet("mask"),
        split: call.option("split"),
        periods: { month: call.option("month"), week: call.option("week"), half: call.option("half") },
        ...judgeArguments(call),
      },
      call.terminal,
    ),
};

/**
 * `report`: judges the ledger and reports on a period. With `-o` into a workbook of its own, with the judged rows; without
 * it as sheets of the ledger's workbook, outputs brought up to date with them. 1 if a row is 数据有误.
 */
async function reportCommand(args: ReportArguments, terminal: Terminal): Promise<number> {
  const period = periodOf(args.periods, terminal);
  // Beside the ledger's own rows nothing would be hidden.
  if (args.mask && args.output === undefined) throw new CliError(terminal.text("mask.needs-output"));
  const by = args.split === undefined ? undefined : splitBy(args.split, terminal);
  if (by !== undefined && args.output === undefined) throw new CliError(terminal.text("split.needs-output"));
  const progress = new Progress(terminal);
  progress.step("progress.reading", { file: args.input });
  const workbook = await openWithMembers(args.input, terminal, args);
  const { ledger, bytes: original } = workbook;
  const rules = await loadLedgerRules(workbook, args, terminal);
  progress.step("progress.judging", { rows: ledger.snapshot.rows.length });
  const leave = mayWrite(await judgeLedger(ledger.snapshot, judgeOptions(rules, args, terminal)));
  const report = reportOnPeriod(leave, period);
  const masker = args.mask ? await maskerFor(ledger.snapshot) : undefined;
  progress.step("progress.writing", { file: args.output ?? args.input });

  if (args.output === undefined) {
    const added = explained(args.input, terminal, () =>
      reportInLedger(leave, report, { ledger, bytes: original }, nodeCodec),
    );
    if (added.bytes !== original)
      letOutFile(
        { leave, path: args.input, bytes: added.bytes, place: "in-place", read: [workbook.reading] },
        terminal,
      );
    progress.done();
    say(report.figures, terminal);
    if (!added.hasPivot) terminal.say("report.no-pivot");
    terminal.say(added.bytes === original ? "process.unchanged" : "report.added", {
      file: args.input,
      sheets: added.sheets.join("、"),
    });
  } else if (by !== undefined) {
    const documents = await splitFiles(leave, report, by, { masker, codec: nodeCodec, language: terminal.language });
    const dispatch = { leave, folder: args.output, documents, alongside: undefined, read: [workbook.reading] };
    const paths = letOutDocuments(dispatch, terminal);
    progress.done();
    say(report.figures, terminal);
    for (const path of paths) terminal.line(path);
  } else {
    const bytes = await reportAlone(masker ? maskedReport(report, masker) : report, nodeCodec);
    letOutFile({ leave, path: args.output, bytes, place: "elsewhere", read: [workbook.reading] }, terminal);
    progress.done();
    say(report.figures, terminal);
    terminal.say("report.written", { file: args.output });
  }
  terminal.document(figuresJson(report.figures));
  return leave.ledger.outcome.summary.faultyRows > 0 ? 1 : 0;
}

/** Columns by their headers, and 分店 or 工作表 for where the rows stand. */
function splitBy(word: string, terminal: Terminal): SplitBy {
  if (PARTS.has(word)) return "part";
  const found = REPORT_GROUPS.find((id) => column(id).header === word || column(id).alias === word || id === word);
  if (found) return found;
  const known = [...REPORT_GROUPS.map((id) => column(id).header), "分店", "工作表"].join("、");
  throw new CliError(terminal.text("split.unknown", { value: word, known }));
}

const PARTS: ReadonlySet<string> = new Set(["分店", "工作表", "来源工作簿", "shop", "sheet"]);

function periodOf(periods: ReportArguments["periods"], terminal: Terminal): Period {
  const given = (Object.entries(periods) as [PeriodKind, string | undefined][]).filter(([, key]) => key !== undefined);
  const [first] = given;
  if (!first || given.length > 1) throw new CliError(terminal.text("report.one-period"));
  const period = parsePeriod(first[0], first[1]!);
  if (!period) throw new CliError(terminal.text("report.period-unreadable", { option: first[0], value: first[1]! }));
  return period;
}

function say({ total, overdue, period }: ReportFigures, terminal: Terminal): void {
  terminal.say("report.figures", {
    first: isoDate(period.first),
    last: isoDate(addDays(period.end, -1)),
    received: total.received,
    ended: total.ended,
    onTime: total.onTime,
    late: total.late,
    withoutLimit: total.withoutLimit,
    open: total.openAtEnd,
    overdue: overdue.length,
    penalties: moneyText(total.penalties),
  });
}

function withoutRows(figures: object): object {
  return Object.fromEntries(Object.entries(figures).filter(([key]) => key !== "behind"));
}

/** The figures with money as decimal strings and cases by their numbers; the rows behind each stand in the workbook. */
function figuresJson(figures: ReportFigures): unknown {
  const { period, total, before, yearBefore, overdue, trend, byPerson, penaltyTypes, deductions, ...rest } = figures;
  const { byCategory, byDepartment, byLevel, byChannel, byProduct, categoryByDepartment, ...counts } = rest;
  const periodJson = ({ kind, key, first, end }: Period) => ({
    kind,
    key,
    first: isoDate(first),
    last: isoDate(addDays(end, -1)),
  });
  const countsJson = ({ penalties, proposed, compensation, ...counted }: PeriodFigures) => ({
    ...withoutRows(counted),
    penalties: yuanText(penalties),
    proposed: yuanText(proposed),
    compensation: yuanText(compensation),
  });
  return {
    period: periodJson(period),
    total: countsJson(total),
    before: countsJson(before),
    ...(yearBefore ? { yearBefore: countsJson(yearBefore) } : {}),
    byCategory: byCategory.map(withoutRows),
    byDepartment: byDepartment.map(withoutRows),
    byLevel: byLevel.map(withoutRows),
    byChannel: byChannel.map(withoutRows),
    byProduct: byProduct.map(withoutRows),
    categoryByDepartment: withoutRows(categoryByDepartment),
    ...counts,
    byPerson: byPerson.map((p) => ({ ...withoutRows(p), penalties: yuanText(p.penalties) })),
    penaltyTypes: penaltyTypes.map((p) => ({
      ...withoutRows(p),
      amount: yuanText(p.amount),
      proposed: yuanText(p.proposed),
    })),
    ...(deductions
      ? {
          deductions: {
            persons: deductions.persons,
            posted: yuanText(deductions.posted),
            drafted: yuanText(deductions.drafted),
            carriedOut: yuanText(deductions.carriedOut),
          },
        }
      : {}),
    trend: trend.map((point) => ({ ...withoutRows(point), period: point.period.key })),
    overdue: overdue.map(({ row, id, inputs, outputs }) => ({
      row,
      id,
      receivedAt: isoTime(inputs.receivedAt!),
      status: outputs.status,
    })),
  };
}
