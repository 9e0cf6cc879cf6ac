import { existsSync, realpathSync } from "node:fs";
import { yuanText } from "../../domain/money.js";
import { readSettings } from "../../domain/side-tables.js";
import { addDays, isoDate, isoTime, type WallTime } from "../../domain/wall-time.js";
import { moneyText } from "../../documents/money-text.js";
import { pivotBase } from "../../ooxml/pages/pivot-parts.js";
import { DETAIL_TABLE, detailTable } from "../../documents/reports/detail-table.js";
import type { PeriodFigures, ReportFigures, ReportSource } from "../../documents/reports/figures.js";
import type { ReportFrame } from "../../documents/reports/frame.js";
import { generalReport } from "../../documents/reports/general-report.js";
import { reportPage } from "../../documents/reports/layout.js";
import { ledgerPivots } from "../../documents/reports/ledger-pivot.js";
import { packReport } from "../../documents/reports/pack-report.js";
import { parsePeriod, type Period, type PeriodKind } from "../../documents/reports/period.js";
import { reportCases } from "../../documents/reports/report-case.js";
import { pageWithPivots } from "../../documents/reports/report-pages.js";
import { reportText } from "../../documents/reports/texts.js";
import { addPages } from "../../ooxml/pages/add-pages.js";
import { openFileLedger } from "../../ledger/file/file-ledger.js";
import { nodeCodec } from "../../ooxml/node-codec.js";
import { tableHeaders } from "../../ledger/file/table-headers.js";
import type { Page } from "../../ooxml/pages/page.js";
import { runLedger } from "../../ledger/run-ledger.js";
import { selfCheck } from "../../process/self-check.js";
import { CliError } from "../cli-error.js";
import { loadLedgerRules } from "../ledger-rules.js";
import { PROGRAM_VERSION } from "../../program/version.js";
import { Progress, type Terminal } from "../terminal.js";
import { explained, openWorkbook, writeSafely } from "../workbook-file.js";

export interface ReportArguments {
  readonly input: string;
  readonly output: string | undefined;
  readonly periods: Readonly<Record<PeriodKind, string | undefined>>;
  readonly pack: string | undefined;
  readonly now: WallTime;
  readonly rules: string | undefined;
}

const RESULTS = "Results";

/**
 * `report`: judges the ledger and reports on a period. With `-o` into a workbook of its own, with the judged rows; without
 * it as sheets of the ledger's workbook, outputs brought up to date with them. 1 if a row is 数据有误.
 */
export async function reportCommand(args: ReportArguments, terminal: Terminal): Promise<number> {
  const period = periodOf(args.periods, terminal);
  const progress = new Progress(terminal);
  progress.step("progress.reading", { file: args.input });
  const { ledger, bytes: original } = openWorkbook(args.input, terminal);
  const { packs, statutes } = await loadLedgerRules(ledger.snapshot, { folder: args.rules, pack: args.pack }, terminal);
  progress.step("progress.judging", { rows: ledger.snapshot.rows.length });
  const { run, outcome, write } = runLedger(ledger.snapshot, {
    packs,
    statutes,
    now: args.now,
    language: terminal.language,
    programVersion: PROGRAM_VERSION,
    ...(args.pack === undefined ? {} : { defaultPack: args.pack }),
  });
  const [mismatch] = await selfCheck(run);
  if (mismatch) {
    throw new CliError(terminal.text("self-check.differs", { row: mismatch.row, concern: mismatch.concern }));
  }

  const t = reportText(terminal.language);
  const settingsTable = ledger.snapshot.sideTables.get("Settings");
  const settings = settingsTable && readSettings(settingsTable).settings;
  const source: ReportSource = {
    cases: reportCases(ledger.snapshot, outcome, terminal.language),
    penalties: outcome.penalties,
    now: args.now,
  };
  const frame: ReportFrame = {
    t,
    organisation: settings?.organisation,
    period,
    now: args.now,
  };
  const { sheet: general, figures } = generalReport(source, frame);
  const context = { frame, language: terminal.language, sales: settings?.sales ?? new Map<string, number>() };
  const occurring = new Set(source.cases.map((c) => c.packId));
  const own: Page[] = [...packs.values()]
    .filter(({ header }) => occurring.has(header.id))
    .flatMap(({ header, reports }) => reports.map((report) => ({ header, report })))
    .filter(({ report }) => report.period === period.kind)
    .map(({ header, report }) => reportPage(packReport(header, report, source, context)));
  progress.step("progress.writing", { file: args.output ?? args.input });

  if (args.output === undefined) {
    const written = write ? explained(args.input, terminal, () => ledger.write(write)).bytes : original;
    const processed = written === original ? ledger : openFileLedger(written, { codec: nodeCodec });
    const headers = tableHeaders(written, RESULTS, nodeCodec);
    const pivots = ledgerPivots(processed.snapshot, source.cases, headers && { name: RESULTS, headers }, period.key);
    const page = pivots
      ? pageWithPivots(general, pivots.base, pivots.pivots, t("pivot.ledger"), t)
      : reportPage(general);
    const added = explained(args.input, terminal, () => addPages(written, [page, ...own], { codec: nodeCodec }));
    if (added.bytes !== original) writeSafely(args.input, added.bytes, terminal);
    progress.done();
    say(figures, terminal);
    if (!pivots) terminal.say("report.no-pivot");
    terminal.say(added.bytes === original ? "process.unchanged" : "report.added", {
      file: args.input,
      sheets: added.sheets.join("、"),
    });
  } else {
    if (existsSync(args.output) && realpathSync(args.output) === realpathSync(args.input)) {
      throw new CliError(terminal.text("report.same-file", { file: args.output }));
    }
    const { reportWorkbook } = await import("../../documents/reports/report-workbook.js");
    const detail = detailTable(source.cases, t);
    const headers = detail.columns.map(({ header }) => header);
    const month = t("detail.month");
    const base = pivotBase({
      place: { table: DETAIL_TABLE },
      headers,
      rowCount: detail.rows.length,
      value: (row, at) => detail.rows[row]![at],
      grouped: ["投诉类别", "当前状态", "责任部门", month],
      keepRecords: true,
    });
    const inMonth = period.kind === "month" ? { filter: { header: month, value: period.key } } : {};
    const pages: Page[] = [
      pageWithPivots(
        general,
        base,
        [
          { name: `${period.key} 投诉类别`, rows: "投诉类别", columns: "当前状态", counted: "投诉编号", ...inMonth },
          { name: `${period.key} 责任部门`, rows: "责任部门", columns: month, counted: "投诉编号" },
        ],
        t("pivot.detail"),
        t,
      ),
      ...own,
    ];
    const bytes = await reportWorkbook(pages, detail, t("detail.sheet"), { codec: nodeCodec });
    writeSafely(args.output, bytes, terminal);
    progress.done();
    say(figures, terminal);
    terminal.say("report.written", { file: args.output });
  }
  terminal.document(figuresJson(figures));
  return outcome.summary.faultyRows > 0 ? 1 : 0;
}

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
    open: total.openAtEnd,
    overdue: overdue.length,
    penalties: moneyText(total.penalties),
  });
}

/** The figures with money as decimal strings and cases by their numbers. */
function figuresJson(figures: ReportFigures): unknown {
  const { period, total, before, yearBefore, overdue, trend, byPerson, penaltyTypes, ...rest } = figures;
  const periodJson = ({ kind, key, first, end }: Period) => ({
    kind,
    key,
    first: isoDate(first),
    last: isoDate(addDays(end, -1)),
  });
  const countsJson = ({ penalties, compensation, ...counts }: PeriodFigures) => ({
    ...counts,
    penalties: yuanText(penalties),
    compensation: yuanText(compensation),
  });
  return {
    period: periodJson(period),
    total: countsJson(total),
    before: countsJson(before),
    ...(yearBefore ? { yearBefore: countsJson(yearBefore) } : {}),
    ...rest,
    byPerson: byPerson.map((p) => ({ ...p, penalties: yuanText(p.penalties) })),
    penaltyTypes: penaltyTypes.map((p) => ({ ...p, amount: yuanText(p.amount) })),
    trend: trend.map((point) => ({ ...point, period: point.period.key })),
    overdue: overdue.map(({ row, id, inputs, outputs }) => ({
      row,
      id,
      receivedAt: isoTime(inputs.receivedAt!),
      status: outputs.status,
    })),
  };
}
