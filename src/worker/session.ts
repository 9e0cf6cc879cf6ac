import type { ReportSheet } from "../documents/reports/blocks.js";
import { PROGRAM_VERSION } from "../program/version.js";
import { citedClause, clauseName } from "../rules/clause.js";
import type { LedgerRow, LedgerSnapshot, LedgerWrite } from "../ledger/port.js";
import { packNamesIn, runLedger, type LedgerRun, type RunOptions } from "../ledger/run-ledger.js";
import type { RowSnapshot } from "../ledger/excel/one-row.js";
import { explainRow } from "../process/explain.js";
import { selfCheck } from "../process/self-check.js";
import type { Comparison } from "../process/compare.js";
import type { Pack } from "../rules/pack.js";
import type { RulesSource } from "../jobs/catalogue.js";
import { LoadedPacks } from "../jobs/loaded-packs.js";
import type {
  CheckReport,
  ClauseInfo,
  DocumentFile,
  Input,
  JobName,
  JudgedLedger,
  JudgedRow,
  MadeForm,
  MonthMoney,
  NoticesReport,
  Output,
  PackDetail,
  Progress,
  ReportChoice,
  SnapshotHead,
  When,
  WriteHead,
} from "./messages.js";
import { relevantOthers } from "./relevant-rows.js";
import { rowDiffers, runReport } from "./run-report.js";

/** Parts into which the judging of a ledger is told. */
const PROGRESS_STEPS = 40;

interface Judgement {
  readonly snapshot: LedgerSnapshot;
  readonly run: LedgerRun;
  readonly write: LedgerWrite | undefined;
}

export type ReportProgress = (progress: Progress) => void;

type Job<Name extends JobName> = (input: Input<Name>, progress: ReportProgress) => Output<Name> | Promise<Output<Name>>;

/** The rules at work on one workbook: what a web worker holds for the pane. Jobs are done one after another. */
export class RulesSession {
  private readonly packs: LoadedPacks;
  private current: LedgerSnapshot | undefined;
  /** A ledger that is being handed over. */
  private incoming: { readonly head: SnapshotHead; readonly rows: LedgerRow[] } | undefined;
  /** The last judgement, with the ledger it was made on: another may have been handed over since. */
  private last: Judgement | undefined;

  constructor(private readonly source: RulesSource) {
    this.packs = new LoadedPacks(source);
  }

  /** Does a job. Throws Error if it can't be done. */
  run<Name extends JobName>(name: Name, input: Input<Name>, progress: ReportProgress): Promise<Output<Name>> {
    const job = this.jobs[name] as Job<Name>;
    return Promise.resolve(job(input, progress));
  }

  private readonly jobs: { readonly [Name in JobName]: Job<Name> } = {
    ledger: (head) => {
      this.incoming = { head, rows: [] };
      this.takeOver();
      return undefined;
    },
    rows: (rows) => {
      for (const row of rows) this.incoming?.rows.push(row);
      this.takeOver();
      return undefined;
    },
    judge: (when, progress) => this.judge(when, progress),
    writeRows: ({ from, count }) => this.last?.write?.rows.slice(from, from + count) ?? [],
    tableRows: ({ table, from, count }) => this.last?.write?.tables[table]?.rows.slice(from, from + count) ?? [],
    row: (input) => this.judgeRow(input),
    reports: (input) => this.reports(input),
    report: (input) => this.report(input),
    formNames: async ({ pack }) => {
      const forms = await this.source.forms();
      const own = forms.filter(({ packs }) => packs.length === 0 || (pack !== undefined && packs.includes(pack)));
      return [...new Set(own.map(({ name }) => name))];
    },
    forms: (input) => this.forms(input),
    notices: (input) => this.notices(input),
    noticeFile: (input) => this.noticeFile(input),
    payrollFile: (input) => this.payrollFile(input),
    month: ({ month }) => this.month(month),
    packs: ({ language }) => this.packs.infos(language),
    workbookPacks: async (packs) => {
      await this.packs.setOwn(packs);
      return undefined;
    },
    pack: (input) => this.pack(input),
    check: (input, progress) => this.check(input, progress),
    whatIf: (input) => this.whatIf(input),
    schema: ({ name }) => this.source.schema(name),
  };

  /** Other jobs may come between the portions of a ledger: they must never work on half of it. */
  private takeOver(): void {
    if (!this.incoming) return;
    const {
      head: { rowCount, ...head },
      rows,
    } = this.incoming;
    if (rows.length < rowCount) return;
    this.current = { ...head, rows };
    this.incoming = undefined;
  }

  private snapshot(): LedgerSnapshot {
    if (!this.current) throw new Error("no ledger has been handed over");
    return this.current;
  }

  private async options(snapshot: LedgerSnapshot, { now, language }: When): Promise<RunOptions> {
    const { statutes } = await this.packs.catalogue();
    const packs = await this.packs.named(packNamesIn(snapshot, undefined));
    return { packs, statutes, now, language, programVersion: PROGRAM_VERSION };
  }

  private async judge(when: Input<"judge">, progress: ReportProgress): Promise<JudgedLedger> {
    const snapshot = this.snapshot();
    const total = snapshot.rows.length;
    progress({ phase: "loading-rules", done: 0, total });
    const options = await this.options(snapshot, when);
    progress({ phase: "judging", done: 0, total });
    const step = Math.max(1, Math.floor(total / PROGRESS_STEPS));
    const run = runLedger(snapshot, {
      ...options,
      onRow: (done) => {
        if (done % step === 0) progress({ phase: "judging", done, total });
      },
    });
    progress({ phase: "self-check", done: total, total });
    const [mismatch] = when.selfCheck ? await selfCheck(run.run) : [];
    const write = mismatch ? undefined : run.write;
    this.last = { snapshot, run, write };
    const report = runReport(run, snapshot, options);
    return {
      report: {
        ...report,
        ...(mismatch ? { mismatch: { row: mismatch.row, concern: mismatch.concern } } : {}),
        ...(run.refusal === undefined ? {} : { refusal: run.refusal }),
      },
      write: write && headOf(write),
    };
  }

  /** The judgement on which reports rest: the last one, if the ledger has been judged at all. */
  private judged(): Judgement {
    if (!this.last) throw new Error("the ledger has not been judged");
    return this.last;
  }

  private async reports({ language }: Input<"reports">): Promise<ReportChoice[]> {
    const { reportChoices } = await import("./reports.js");
    return reportChoices(await this.packsAtWork(), language);
  }

  private async report({ report, period, ...when }: Input<"report">): Promise<ReportSheet> {
    const { reportSheet } = await import("./reports.js");
    const { snapshot, run } = this.judged();
    return reportSheet({ report, period }, snapshot, run.outcome, { ...when, packs: await this.packsAtWork() });
  }

  /** The packs by which rows were judged, in the order of the catalogue. */
  private async packsAtWork(): Promise<ReadonlyMap<string, Pack>> {
    const { rows } = this.judged().run.outcome;
    return this.packs.named(new Set(rows.flatMap(({ packId }) => packId ?? [])));
  }

  private async forms({ row, form, ...when }: Input<"forms">): Promise<readonly MadeForm[]> {
    const { madeForms } = await import("./forms.js");
    const {
      snapshot,
      run: { outcome },
    } = this.judged();
    const forms = await this.source.forms();
    const source = { snapshot, outcome, packs: await this.packsAtWork(), forms, ...when };
    return madeForms({ row, form }, source, (file) => this.source.template(file));
  }

  private async notices({ month, issue, ...when }: Input<"notices">): Promise<NoticesReport> {
    const { judgeWithNotices } = await import("./notices.js");
    const snapshot = this.snapshot();
    const { run, pages } = judgeWithNotices(snapshot, await this.options(snapshot, when), month);
    const [mismatch] = issue ? await selfCheck(run.run) : [];
    const write = issue && !mismatch ? run.write : undefined;
    if (issue) this.last = { snapshot, run, write };
    return {
      notices: pages.map(({ notice: { number, subject, subjectType, amount }, isNew, changes }) => ({
        number,
        subject,
        subjectType,
        amount,
        isNew,
        changes,
      })),
      write: write && headOf(write),
      ...(run.refusal === undefined ? {} : { refusal: run.refusal }),
      ...(mismatch ? { mismatch: { row: mismatch.row, concern: mismatch.concern } } : {}),
    };
  }

  private async noticeFile({ month, ...when }: Input<"noticeFile">): Promise<DocumentFile> {
    const { judgeWithNotices, noticesWorkbook } = await import("./notices.js");
    const snapshot = this.snapshot();
    const { pages } = judgeWithNotices(snapshot, await this.options(snapshot, when), month);
    return noticesWorkbook(pages, snapshot, month, when.language);
  }

  private async payrollFile({ month, ...when }: Input<"payrollFile">): Promise<DocumentFile> {
    const { judgeWithNotices, payrollFile } = await import("./notices.js");
    const snapshot = this.snapshot();
    const { run, pages } = judgeWithNotices(snapshot, await this.options(snapshot, when), month);
    return payrollFile(run.outcome, pages, snapshot, month, when.language);
  }

  /** Judges one row as it stands now, beside the others as they were read last. */
  private async judgeRow({ snapshot, others, ...when }: When & RowSnapshot): Promise<JudgedRow> {
    const [row] = snapshot.rows;
    if (!row) throw new Error("no row");
    const rows = [row, ...relevantOthers(row, others, this.current?.rows ?? [])].sort((a, b) => a.row - b.row);
    const whole: LedgerSnapshot = { ...snapshot, rows };
    // Packs are those of the row: the others only lend their numbers.
    const options = await this.options({ ...whole, rows: [row] }, when);
    const { run, outcome } = runLedger(whole, options);
    const found = outcome.rows.find((other) => other.row === row.row)!;
    return {
      explanation: explainRow(run, row.row, when.language)!,
      document: found.packId === undefined ? undefined : options.packs.get(found.packId)?.header.source.document,
      write: {
        row: row.row,
        outputs: found.outputs,
        ...(found.newId === undefined ? {} : { newId: found.newId }),
      },
      differs: rowDiffers(found, row, snapshot.columns),
    };
  }

  private month(month: string): MonthMoney {
    const { deductions, penalties } = this.last?.run.outcome ?? { deductions: [], penalties: [] };
    return {
      month,
      deductions: deductions.filter((deduction) => deduction.month === month),
      penalties: penalties.filter((penalty) => penalty.month === month),
    };
  }

  private async pack({ id, language }: Input<"pack">): Promise<PackDetail> {
    const pack = (await this.packs.named(new Set([id]))).get(id);
    const files = await this.packs.texts(id);
    return {
      id,
      files,
      clauses: pack ? clausesOf(pack, language) : [],
      samples: pack
        ? [...pack.parameters.values()].filter(({ values }) => values.some(({ source }) => !source.stated)).length
        : 0,
    };
  }

  private async check({ id, files, language, cases }: Input<"check">, progress: ReportProgress): Promise<CheckReport> {
    const { checkEdited } = await import("./check-edited.js");
    progress({ phase: "cases", done: 0, total: 1 });
    const { statutes } = await this.packs.catalogue();
    return checkEdited({ id, files, language, cases, statutes, others: () => this.packs.all() });
  }

  private async whatIf({ id, files, ...when }: Input<"whatIf">): Promise<Comparison> {
    const [{ compareRuns }, { checked }] = await Promise.all([
      import("../process/compare.js"),
      import("../jobs/loaded-packs.js"),
    ]);
    const snapshot = this.snapshot();
    const result = await checked(id, files);
    if (!("pack" in result)) throw new Error("the pack has problems");
    const options = await this.options(snapshot, when);
    const before = runLedger(snapshot, options);
    const after = runLedger(snapshot, { ...options, packs: new Map([...options.packs, [id, result.pack]]) });
    return compareRuns(before.run, after.run);
  }
}

function headOf({ foreign, outputColumns, tables }: LedgerWrite): WriteHead {
  return {
    ...(foreign ? { foreign } : {}),
    outputColumns,
    tables: tables.map(({ sheet, table, columns, mode }) => ({ sheet, table, columns, mode })),
  };
}

/** The clauses of a pack in the order of its source, each with the rules that carry it out. */
function clausesOf(pack: Pack, language: When["language"]): ClauseInfo[] {
  const own = pack.header.source.document;
  const clauses = new Map<string, { title: string; reason?: string; rules: ClauseInfo["rules"][number][] }>();
  const name = (clause: { document?: string | undefined; article: string; paragraph?: string | undefined }): string =>
    clause.document === undefined || clause.document === own
      ? clauseName(clause)
      : citedClause(clause as Parameters<typeof citedClause>[0]);
  for (const clause of pack.header.clauses ?? []) {
    clauses.set(name(clause), {
      title: clause.title[language],
      ...(clause.reason ? { reason: clause.reason[language] } : {}),
      rules: [],
    });
  }
  for (const { rule, file, line } of pack.rules) {
    const key = name(rule.clause);
    const entry = clauses.get(key) ?? { title: "", rules: [] };
    clauses.set(key, entry);
    entry.rules.push({ id: rule.id, title: rule.title[language], file, line });
  }
  return [...clauses].map(([clause, entry]) => ({ clause, ...entry }));
}
