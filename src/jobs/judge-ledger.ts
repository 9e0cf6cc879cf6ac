import type { WallTime } from "../domain/wall-time.js";
import { memberOfRow, rowInMember } from "../ledger/group/member-of-row.js";
import { readSettings, type Settings } from "../domain/side-tables/settings.js";
import type { StandingTables } from "../ledger/notice-tables.js";
import type { LedgerSnapshot, LedgerWrite } from "../ledger/port.js";
import type { FirstCheck } from "../ledger/questions.js";
import { runLedger, type LedgerRun, type RunOptions } from "../ledger/run-ledger.js";
import type { Language } from "../locales/language.js";
import type { Outcome } from "../process/outcome.js";
import type { Run } from "../process/process.js";
import { selfCheck, type Mismatch } from "../process/self-check.js";
import { PROGRAM_VERSION } from "../program/version.js";
import { LedgerRefused } from "./refused.js";
import { jobsText } from "./texts.js";

/**
 * The one gate: whatever leaves the program (outputs, reports, notices, forms) rests on a judged ledger, and only a
 * judgement that may be written from can be handed to what makes it. Forgetting to ask is a type error.
 */

/** The moment and the language of a job. */
export interface When {
  readonly now: WallTime;
  readonly language: Language;
}

/** By what a ledger is judged. */
export interface JudgeOptions extends Omit<RunOptions, "programVersion"> {
  /** Why nothing may be written whatever the ledger says: it is not known yet by which packs to judge. */
  readonly hold?: string | undefined;
}

/** The lock can't be read, noticed months were altered, or the books don't balance. */
export interface Refused {
  readonly kind: "refused";
  /** In one sentence, in the language of the run. */
  readonly reason: string;
}

/** The reference engine comes to something else. */
export interface Differs {
  readonly kind: "differs";
  readonly mismatch: Mismatch;
  readonly reason: string;
}

class MayWriteLedger {
  readonly kind = "may-write";
  /** Makes the class its own type: nothing that merely looks like it passes, and only this module makes one. */
  protected readonly checked = true;

  constructor(
    readonly ledger: ExaminedLedger,
    private readonly judged: Pick<LedgerRun, "write">,
  ) {}

  /** What has to be written so that the workbook says what was judged; undefined if it says so already. */
  get write(): LedgerWrite | undefined {
    return this.judged.write;
  }
}

/** A judged ledger that may be written from. */
export type MayWrite = MayWriteLedger;

export type Judgement = Refused | Differs | MayWrite;

/** A ledger as it is judged, to be looked at. */
class Examined {
  readonly run: Run;
  readonly outcome: Outcome;
  /** What was recognised of the ledger, what was not, and what is asked. */
  readonly check: FirstCheck;
  /** Notices that went out before, and what stands in locked months. */
  readonly standing: StandingTables;
  /** Why nothing may be written, as far as that is known without the reference engine. */
  readonly refusal: string | undefined;
  private asked: Promise<Judgement> | undefined;

  constructor(
    readonly snapshot: LedgerSnapshot,
    readonly options: JudgeOptions,
    private readonly judged: LedgerRun,
  ) {
    const { run, outcome, check, standing, refusal } = judged;
    this.run = run;
    this.outcome = outcome;
    this.check = check;
    this.standing = standing;
    this.refusal = options.hold ?? refusal;
  }

  /** Rows whose outputs differ from what stands in the workbook. */
  get changedRows(): readonly number[] {
    return this.judged.changedRows;
  }

  /** The workbook says already what was judged. */
  get unchanged(): boolean {
    return this.refusal === undefined && this.judged.write === undefined;
  }

  /** Asks the reference engine, once, and says whether anything may be written. */
  judgement(): Promise<Judgement> {
    return (this.asked ??= this.decide());
  }

  private async decide(): Promise<Judgement> {
    if (this.refusal !== undefined) return { kind: "refused", reason: this.refusal };
    const [mismatch] = await selfCheck(this.run);
    if (!mismatch) return new MayWriteLedger(this, this.judged);
    const { row, concern } = mismatch;
    const file = memberOfRow(this.snapshot, row)?.file;
    const place = file === undefined ? row : `${file}!${rowInMember(this.snapshot, row)}`;
    const reason = jobsText(this.options.language, "self-check.differs", { row: place, concern });
    return { kind: "differs", mismatch, reason };
  }
}

export type ExaminedLedger = Examined;

/** Judges a ledger to look at it. Whoever lets anything out asks for its `judgement`. */
export function examineLedger(snapshot: LedgerSnapshot, options: JudgeOptions): ExaminedLedger {
  return new Examined(snapshot, options, runLedger(snapshot, { ...options, programVersion: PROGRAM_VERSION }));
}

/** Judges a ledger of which something is to go out. */
export function judgeLedger(snapshot: LedgerSnapshot, options: JudgeOptions): Promise<Judgement> {
  return examineLedger(snapshot, options).judgement();
}

/** The way on where a refusal ends the job. Throws `LedgerRefused`. */
export function mayWrite(judgement: Judgement): MayWrite {
  if (judgement.kind === "may-write") return judgement;
  throw new LedgerRefused(judgement.reason);
}

/** What 设置 says; undefined without the sheet. */
export function settingsOf({ sideTables }: LedgerSnapshot): Settings | undefined {
  const table = sideTables.get("Settings");
  return table && readSettings(table).settings;
}
