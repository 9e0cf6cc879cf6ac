import { chainKey, type ChainKey } from "../books/chain.js";
import { personKey } from "../books/entry.js";
import type { RulesSource } from "../jobs/catalogue.js";
import type { CheckReport } from "../jobs/check-pack.js";
import { cellName } from "../jobs/cell-name.js";
import type { DocumentFile, ExaminedNotices } from "../jobs/issue-notices.js";
import type { ExaminedLedger, JudgeOptions, MayWrite, When } from "../jobs/judge-ledger.js";
import type { JudgedRow } from "../jobs/judge-row.js";
import { monthMoney } from "./month-money.js";
import { LoadedPacks } from "../jobs/loaded-packs.js";
import type { Repairs } from "../jobs/repair.js";
import { unnumberedInShops } from "../jobs/group/unnumbered.js";
import { LedgerRefused } from "../jobs/refused.js";
import { jobsText } from "../jobs/texts.js";
import type { LedgerRow, LedgerSnapshot, LedgerWrite, RowSnapshot } from "../ledger/port.js";
import type { Comparison } from "../process/compare.js";
import type { Outcome } from "../process/outcome.js";
import type { Pack } from "../rules/pack.js";
import type { Statutes } from "../rules/statutes.js";
import type { OpenLedgerNow } from "../jobs/read-pack-sheets.js";
import { RowMemory } from "../process/row-memory.js";
import { ROWS_A_MESSAGE } from "./messages.js";
import { Shops } from "./shops.js";
import { clausesOf } from "./clauses-of.js";
import { headOf } from "./write-head.js";
import type {
  BookActReport,
  Input,
  JobName,
  JudgedLedger,
  LearnReport,
  NoticesReport,
  Output,
  PackDetail,
  Progress,
  RepairChoice,
  ShownRepairs,
  SnapshotHead,
  WriteHead,
} from "./messages.js";

/** Parts into which the judging of a ledger is told. */
const PROGRESS_STEPS = 40;

const judging = (): Promise<typeof import("./judging.js")> => import("./judging.js");

export type ReportProgress = (progress: Progress) => void;

type Job<Name extends JobName> = (input: Input<Name>, progress: ReportProgress) => Output<Name> | Promise<Output<Name>>;

/** The rules at work on one workbook: what a web worker holds for the pane. Jobs are done one after another. */
export class RulesSession {
  private readonly packs: LoadedPacks;
  private current: LedgerSnapshot | undefined;
  /** A ledger that is being handed over. */
  private incoming: { readonly head: SnapshotHead; readonly rows: LedgerRow[] } | undefined;
  /** The last judgement, with the ledger it was made on: another may have been handed over since. */
  private last: ExaminedLedger | undefined;
  /** What the pane may take over and write. */
  private leaving: LedgerWrite | undefined;
  private readonly shops = new Shops();
  /** The ledger handed over, with the rows that were judged by themselves since. */
  private live: LedgerSnapshot | undefined;
  /** What 处罚明细 and the totals rest on. */
  private told: Outcome | undefined;
  private needsProcessing = false;
  /** One edit after the other leaves nearly all rows what they were. */
  private readonly memory = new RowMemory();

  private bookKey: ChainKey;

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
    groupFile: (input) => this.shops.add(input) as Promise<undefined>,
    gather: (input) => this.shops.gather(this.own(), input),
    ungather: () => {
      this.shops.leave();
      return undefined;
    },
    shopsBehind: () => this.shops.behind,
    shopCopies: ({ archive }) => this.shops.copies(this.own(), archive),
    judge: (when, progress) => this.judge(when, progress),
    writeRows: ({ from, count }) => this.leaving?.rows.slice(from, from + count) ?? [],
    tableRows: ({ table, from, count }) => this.leaving?.tables[table]?.rows.slice(from, from + count) ?? [],
    row: (input) => this.judgeRow(input),
    reports: async ({ language }) => (await judging()).reportChoicesOf(this.judged(), language),
    report: async (input) => (await judging()).reportOf(await this.leave(), input),
    splitReport: async (input) => (await judging()).splitOf(await this.leave(), input),
    rowLines: async ({ rows }) => (await judging()).rowLines(this.judged(), rows),
    formNames: async ({ pack }) => {
      const forms = await this.source.forms();
      const own = forms.filter(({ packs }) => packs.length === 0 || (pack !== undefined && packs.includes(pack)));
      return [...new Set(own.map(({ name }) => name))];
    },
    forms: async (input) => (await judging()).formsOfCase(await this.leave(), input, this.source),
    explanationFile: async (input) => (await judging()).explanationOfCase(await this.leave(), input),
    today: async () => (await judging()).todayWith(await this.leave()),
    reminders: async (input) => (await judging()).remindersOf(await this.leave(), input),
    repairs: (input) => this.repairs(input),
    repair: (input) => this.repair(input),
    newLedger: async ({ pack, language }) => {
      const { newLedgerSheets } = await import("../documents/new-ledger-sheets.js");
      return newLedgerSheets([...(await this.packs.named(new Set([pack]))).values()], language);
    },
    notices: (input) => this.notices(input),
    noticeFile: (input) => this.noticeFile(input),
    payrollFile: (input) => this.payrollFile(input),
    verify: async ({ language }) => {
      const { verifyLedger } = await import("../jobs/verify-ledger.js");
      return verifyLedger(this.snapshot(), { language, key: this.bookKey, anchors: [] });
    },
    bookKey: ({ text }) => {
      this.bookKey = chainKey(text);
      return undefined;
    },
    persons: () => {
      const { views } = this.judged().run.books;
      return [...new Map(views.map(({ person }) => [personKey(person), person])).values()];
    },
    statement: (input) => this.statement(input),
    bookAct: (input) => this.bookAct(input),
    clearPerson: (input) => this.clearPerson(input),
    month: ({ month }) => monthMoney(this.last?.outcome, month),
    packs: ({ language }) => this.packs.infos(language),
    workbookPacks: async (parts) => {
      await this.packs.setOwn(parts);
      return undefined;
    },
    packAnswers: (answers) => {
      this.packs.takeAnswers(answers);
      return undefined;
    },
    trustKeys: (keys) => {
      this.packs.trust(keys);
      return undefined;
    },
    packQuestion: ({ language }) => this.packs.question(language),
    confirmPacks: ({ use, ids }) => this.packs.answer(use, ids),
    pack: (input) => this.pack(input),
    check: (input, progress) => this.check(input, progress),
    tryParameters: async ({ id, changes, ...when }) => {
      const { tryParameters } = await import("../jobs/try-parameters.js");
      const [known, files] = await Promise.all([this.known(), this.packs.texts(id)]);
      return tryParameters({ id, files, changes }, known, await this.ledgerNow(when), when.language);
    },
    questionnaire: async ({ language }) =>
      (await import("../jobs/new-pack/questionnaire.js")).blankQuestionnaire(language),
    newPack: async ({ id, text, language }) => {
      const { makeNewPack } = await import("../jobs/new-pack/new-pack.js");
      return makeNewPack({ id, text }, await this.known(), language);
    },
    packTables: async ({ id }) => (await import("../jobs/pack-tables.js")).packTables(await this.packs.texts(id)),
    readPackSheets: (input) => this.readPackSheets(input),
    whatIf: (input) => this.whatIf(input),
    learn: (input) => this.learn(input),
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
    this.live = this.current;
    this.incoming = undefined;
  }

  private own(): LedgerSnapshot {
    if (!this.current) throw new Error("no ledger has been handed over");
    return this.current;
  }

  /** With the rows of the shops, where the ledger is that of a group. */
  private snapshot(): LedgerSnapshot {
    return this.shops.with(this.own());
  }

  private async options(snapshot: LedgerSnapshot, { now, language }: When): Promise<JudgeOptions> {
    const [{ statutes }, { packNamesIn }] = await Promise.all([this.packs.catalogue(), judging()]);
    const packs = await this.packs.named(packNamesIn(snapshot, undefined));
    return { packs, statutes, now, language, key: this.bookKey, hold: await this.packs.hold(language) };
  }

  private async judge(when: Input<"judge">, progress: ReportProgress): Promise<JudgedLedger> {
    const snapshot = this.snapshot();
    const total = snapshot.rows.length;
    progress({ phase: "loading-rules", done: 0, total });
    const options = await this.options(snapshot, when);
    const { examineLedger, runReport } = await judging();
    progress({ phase: "judging", done: 0, total });
    const step = Math.max(1, Math.floor(total / PROGRESS_STEPS));
    const ledger = examineLedger(snapshot, {
      ...options,
      memory: this.memory,
      onRow: (done) => {
        if (done % step === 0) progress({ phase: "judging", done, total });
      },
    });
    progress({ phase: "self-check", done: total, total });
    const judgement = when.selfCheck ? await ledger.judgement() : undefined;
    const write = this.takeOn(ledger, judgement?.kind === "may-write" ? judgement : undefined);
    return { report: runReport(ledger, judgement), write };
  }

  /** A judgement of the whole ledger, and what is to be written of it. */
  private takeOn(ledger: ExaminedLedger, leave: MayWrite | undefined): WriteHead | undefined {
    this.last = ledger;
    this.told = ledger.outcome;
    // A look hands nothing over, and what was judged before and waits for the shops goes on waiting.
    this.leaving = leave && this.shops.keep(leave.write);
    // Only looked at, the workbook still says what it said before.
    if (leave || ledger.unchanged) this.needsProcessing = false;
    return this.leaving && headOf(this.leaving);
  }

  /** The judgement on which reports rest: the last one, if the ledger has been judged at all. */
  private judged(): ExaminedLedger {
    if (!this.last) throw new Error("the ledger has not been judged");
    return this.last;
  }

  /** What papers rest on. Throws `LedgerRefused`. */
  private async leave(): Promise<MayWrite> {
    const { mayWrite } = await judging();
    return mayWrite(await this.judged().judgement());
  }

  /** The ledger looked at for mending; whether it may be written from is no matter of it. */
  private async mending({ order, formulas = [], ...when }: When & RepairChoice): Promise<[ExaminedLedger, Repairs]> {
    const { repairsOf } = await import("../jobs/repair.js");
    const { examineLedger } = await judging();
    const snapshot = this.snapshot();
    const examined = examineLedger(snapshot, await this.options(snapshot, when));
    const known = new Set(formulas);
    return [examined, repairsOf(examined, { order, isFormula: (row, id) => known.has(cellName(row, id)) })];
  }

  private async repairs(input: Input<"repairs">): Promise<ShownRepairs> {
    const [, repairs] = await this.mending(input);
    const groups = repairs.groups.map((group) => ({
      ...group,
      count: group.cells.length,
      cells: group.cells.slice(0, ROWS_A_MESSAGE),
    }));
    return { ...repairs, groups };
  }

  private async repair({ groups, ...choice }: Input<"repair">): Promise<WriteHead | undefined> {
    const { repairWrite } = await import("../jobs/repair.js");
    const [examined, repairs] = await this.mending(choice);
    this.leaving = repairWrite(
      examined,
      repairs.groups.filter(({ key }) => groups.includes(key)),
    );
    return this.leaving && headOf(this.leaving);
  }

  private async examineNotices(month: string, issue: boolean, when: When): Promise<ExaminedNotices> {
    const { examineNotices } = await import("../jobs/issue-notices.js");
    const snapshot = this.snapshot();
    return examineNotices(snapshot, await this.options(snapshot, when), { month, issue });
  }

  private async notices({ month, issue, ...when }: Input<"notices">): Promise<NoticesReport> {
    const [{ noticeLine }, { whyNot }] = await Promise.all([import("../jobs/issue-notices.js"), judging()]);
    const { ledger, pages, plan } = await this.examineNotices(month, issue, when);
    const judgement = await ledger.judgement();
    const leave = judgement.kind === "may-write" ? judgement : undefined;
    const count = leave && issue ? unnumberedInShops(leave) : 0;
    if (count > 0) throw new LedgerRefused(jobsText(when.language, "group.unnumbered", { count }));
    const write = issue ? this.takeOn(ledger, leave) : undefined;
    return { notices: pages.map(noticeLine), plan, write, ...whyNot(judgement) };
  }

  private async noticeFile({ month, ...when }: Input<"noticeFile">): Promise<DocumentFile> {
    const [{ noticesWorkbook }, { mayWrite }] = await Promise.all([import("../jobs/issue-notices.js"), judging()]);
    const notices = await this.examineNotices(month, false, when);
    return noticesWorkbook(mayWrite(await notices.ledger.judgement()), notices);
  }

  private async payrollFile({ month, ...when }: Input<"payrollFile">): Promise<DocumentFile> {
    const [{ payrollFiles }, { mayWrite }] = await Promise.all([import("../jobs/issue-notices.js"), judging()]);
    const notices = await this.examineNotices(month, false, when);
    return (await payrollFiles(mayWrite(await notices.ledger.judgement()), notices)).workbook;
  }

  private async statement({ person, from, to }: Input<"statement">): Promise<DocumentFile> {
    const { makeStatement, statementFile } = await import("../jobs/make-statement.js");
    const leave = await this.leave();
    const statement = makeStatement(leave, person, { from, to });
    if (!statement) throw new Error(`nothing is known of ${person.name}`);
    return statementFile(leave, statement);
  }

  private async bookAct({ act, post, ...when }: Input<"bookAct">): Promise<BookActReport> {
    const { bookAct } = await import("./book-acts.js");
    const snapshot = this.snapshot();
    const { ledger, leave, ...report } = await bookAct(snapshot, await this.options(snapshot, when), { act, post });
    const posts = post && report.problem === undefined;
    return { ...report, write: posts ? this.takeOn(ledger, leave) : undefined };
  }

  private async clearPerson({ person, post, ...when }: Input<"clearPerson">): Promise<BookActReport> {
    const { clearPerson } = await import("./book-acts.js");
    const snapshot = this.snapshot();
    const { problem, write } = await clearPerson(snapshot, await this.options(snapshot, when), person);
    if (post && write) this.leaving = write;
    return { lines: [], papers: undefined, problem, write: post && write ? headOf(write) : undefined };
  }

  /** Judges one row as it stands now, among the others as they were read last. */
  private async judgeRow({ snapshot, others, ...when }: When & RowSnapshot): Promise<JudgedRow> {
    const [row] = snapshot.rows;
    if (!row) throw new Error("no row");
    const { chargesAlike, examineLedger, judgedRow, withRow } = await judging();
    const last = this.live ?? this.snapshot();
    const whole = withRow(last, { snapshot, others });
    const options = await this.options(whole, when);
    const { memory } = this;
    this.told ??= examineLedger(last, { ...options, memory }).outcome;
    const ledger = examineLedger(whole, { ...options, memory });
    if (!chargesAlike(this.told, ledger.outcome)) this.needsProcessing = true;
    this.live = whole;
    return { ...(await judgedRow(ledger, row)), needsProcessing: this.needsProcessing };
  }

  private async pack({ id, language }: Input<"pack">): Promise<PackDetail> {
    const pack = (await this.packs.named(new Set([id]))).get(id);
    const files = await this.packs.texts(id);
    return {
      id,
      files,
      clauses: pack ? clausesOf(pack, language) : [],
      parameters: (await import("../jobs/set-parameter.js")).parametersOf(files),
    };
  }

  private async check({ id, files, language, cases }: Input<"check">, progress: ReportProgress): Promise<CheckReport> {
    const { checkEdited } = await import("../jobs/check-pack.js");
    progress({ phase: "cases", done: 0, total: 1 });
    const { statutes } = await this.packs.catalogue();
    return checkEdited({ id, files, language, cases, statutes, others: () => this.packs.all() });
  }

  private async learn({ id, now, language }: Input<"learn">): Promise<LearnReport> {
    const { learnReport } = await import("./learn-report.js");
    const pack = (await this.packs.named(new Set([id]))).get(id);
    if (!pack) throw new Error(`no pack ${id}`);
    const files = new Map(Object.entries(await this.packs.texts(id)));
    return learnReport(this.snapshot(), { pack, files, now }, language);
  }

  private async readPackSheets({ grids, ...when }: Input<"readPackSheets">): Promise<Output<"readPackSheets">> {
    const { readPackSheets } = await import("../jobs/read-pack-sheets.js");
    return readPackSheets(grids, await this.known(), await this.ledgerNow(when), when.language);
  }

  /** All packs that count, and the law. */
  private async known(): Promise<{ readonly packs: ReadonlyMap<string, Pack>; readonly statutes: Statutes }> {
    const [{ statutes }, packs] = await Promise.all([this.packs.catalogue(), this.packs.all()]);
    return { packs, statutes };
  }

  /** The ledger handed over and how it is judged now; undefined where there is none. */
  private async ledgerNow(when: When): Promise<OpenLedgerNow | undefined> {
    return this.current && { snapshot: this.current, options: await this.options(this.current, when) };
  }

  private async whatIf({ id, files, ...when }: Input<"whatIf">): Promise<Comparison> {
    const snapshot = this.snapshot();
    return (await import("./what-if.js")).whatIf(snapshot, await this.options(snapshot, when), { id, files });
  }
}
