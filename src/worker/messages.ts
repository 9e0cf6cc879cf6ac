import type { OutputId } from "../domain/columns.js";
import type { Fen } from "../domain/money.js";
import type { ReportSheet } from "../documents/reports/blocks.js";
import type { PeriodKind } from "../documents/reports/period.js";
import type { WallTime } from "../domain/wall-time.js";
import type { RowSnapshot } from "../ledger/excel/one-row.js";
import type { LedgerRow, LedgerSnapshot, LedgerWrite, OutputCell, RowWrite } from "../ledger/port.js";
import type { Language } from "../locales/language.js";
import type { Comparison } from "../process/compare.js";
import type { Explanation } from "../process/explain.js";
import type { Deduction, Penalty, Summary } from "../process/outcome.js";
import type { PackHeader } from "../rules/pack-schema.js";
import type { PackTexts } from "../jobs/catalogue.js";

/** What the pane asks of the worker and what comes back; everything here survives structured cloning. */

/** A snapshot without its rows: they follow in portions, so that no message holds the pane up. */
export interface SnapshotHead extends Omit<LedgerSnapshot, "rows"> {
  /** How many rows follow; until all are there, the ledger handed over before is the one that jobs work on. */
  readonly rowCount: number;
}

export interface When {
  readonly now: WallTime;
  readonly language: Language;
}

/** A pack that the workbook carries itself. */
export interface WorkbookPack {
  readonly id: string;
  readonly files: PackTexts;
}

export type PackOrigin = "built-in" | "workbook";

export interface PackInfo {
  readonly header: PackHeader;
  readonly origin: PackOrigin;
  readonly rules: number;
  readonly cases: number;
  readonly version: string;
  /** Sentences about why a pack of the workbook can't be used; the built-in one of that name is used then. */
  readonly problems: readonly string[];
}

/** A row that a person should look at. */
export interface RowNote {
  readonly row: number;
  readonly id: string | undefined;
  /** Column letters of the cell at fault; undefined for the row as a whole. */
  readonly letter: string | undefined;
  readonly text: string;
}

export interface OverdueRow {
  readonly row: number;
  readonly id: string | undefined;
  readonly customer: string;
  readonly about: string;
  readonly status: string;
  readonly nextStep: string;
  /** The limit that has passed, `2026-03-31T18:00:00`; undefined if none is filled. */
  readonly due: string | undefined;
  readonly dueColumn: OutputId | undefined;
}

export interface ChangedRow {
  readonly row: number;
  readonly id: string | undefined;
  /** The row had no outputs before. */
  readonly first: boolean;
  readonly changes: readonly { readonly column: OutputId; readonly before: string; readonly after: string }[];
}

/** The outcome of a run as the pane shows it; lists are cut at a length a person can look through, counts are whole. */
export interface RunReport {
  readonly summary: Summary;
  readonly now: string;
  readonly packs: readonly { readonly id: string; readonly title: string; readonly rows: number }[];
  readonly overdue: readonly OverdueRow[];
  readonly overdueCount: number;
  readonly errors: readonly RowNote[];
  readonly errorCount: number;
  readonly warnings: readonly RowNote[];
  readonly warningCount: number;
  readonly changed: readonly ChangedRow[];
  readonly changedCount: number;
  /** Nothing has to be written: the workbook says so already. */
  readonly unchanged: boolean;
  /** Months with penalties or deductions, newest first. */
  readonly months: readonly string[];
  /** Row on which the reference engine disagrees: nothing may be written. */
  readonly mismatch?: { readonly row: number; readonly concern: string };
  /** Why nothing may be written, as a sentence: noticed or locked months that don't add up. */
  readonly refusal?: string;
}

/** A write without rows and without the rows of its tables, which follow in portions. */
export interface WriteHead extends Pick<LedgerWrite, "foreign"> {
  readonly outputColumns: readonly OutputId[];
  readonly tables: readonly Omit<LedgerWrite["tables"][number], "rows">[];
}

export interface JudgedLedger {
  readonly report: RunReport;
  readonly write: WriteHead | undefined;
}

/** One row as it is judged now. */
export interface JudgedRow {
  readonly explanation: Explanation;
  /** The document of the row's pack, as clauses name it; undefined for a row without a pack. */
  readonly document: string | undefined;
  readonly write: RowWrite;
  /** Whether the outputs differ from those that stand in the row. */
  readonly differs: boolean;
}

export interface MonthMoney {
  readonly month: string;
  readonly deductions: readonly Deduction[];
  readonly penalties: readonly Penalty[];
}

/** A deduction notice as the pane lists it. */
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

export interface NoticesReport {
  readonly notices: readonly NoticeLine[];
  readonly write: WriteHead | undefined;
  /** Why nothing may be written, as in `RunReport`. */
  readonly refusal?: string;
  readonly mismatch?: { readonly row: number; readonly concern: string };
}

export interface DocumentFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A form made for a case. */
export interface MadeForm extends DocumentFile {
  readonly form: string;
  /** The one whom it is for, of forms that go to each person or department with a penalty. */
  readonly subject: string | undefined;
  /** Placeholders that have no value for this complaint; a line to write on stands there. */
  readonly empty: readonly string[];
  /** Placeholders of the template that mean nothing. */
  readonly unknown: readonly string[];
}

/** A report that can be made on this ledger: the general one, or one that a pack's regulation asks for. */
export interface ReportChoice {
  readonly id: string;
  readonly title: string;
  /** The regulation that asks for it; undefined for the general ones. */
  readonly regulation: string | undefined;
  readonly kind: PeriodKind;
}

/** A clause of a pack with what carries it out. */
export interface ClauseInfo {
  readonly clause: string;
  readonly title: string;
  readonly reason?: string;
  readonly rules: readonly {
    readonly id: string;
    readonly title: string;
    readonly file: string;
    readonly line: number;
  }[];
}

export interface PackDetail {
  readonly id: string;
  readonly files: PackTexts;
  readonly clauses: readonly ClauseInfo[];
  readonly samples: number;
}

/** A problem of an edited pack, placed in its file for the editor (line and column from 1). */
export interface PlacedProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

export interface CaseResult {
  readonly file: string;
  readonly name: string;
  readonly failures: readonly string[];
}

export interface CheckReport {
  readonly problems: readonly PlacedProblem[];
  /** Absent if the pack could not be loaded. */
  readonly cases?: {
    readonly total: number;
    readonly failed: readonly CaseResult[];
    readonly warnings: readonly string[];
    readonly coverage: number | undefined;
  };
}

export interface Progress {
  readonly phase: "loading-rules" | "judging" | "self-check" | "cases";
  readonly done: number;
  readonly total: number;
}

/** Every job: what it takes and what it gives. */
export interface Jobs {
  /** Takes the ledger over; rows follow by `rows`. */
  readonly ledger: { readonly input: SnapshotHead; readonly output: undefined };
  readonly rows: { readonly input: readonly LedgerRow[]; readonly output: undefined };
  /** Judges the ledger taken over; the write follows by `writeRows` and `tableRows`. */
  readonly judge: { readonly input: When & { readonly selfCheck: boolean }; readonly output: JudgedLedger };
  /** Portions of the write; shorter than asked for at its end. */
  readonly writeRows: { readonly input: Portion; readonly output: readonly RowWrite[] };
  readonly tableRows: {
    readonly input: Portion & { readonly table: number };
    readonly output: readonly (readonly OutputCell[])[];
  };
  readonly row: { readonly input: When & RowSnapshot; readonly output: JudgedRow };
  /** The reports that the ledger as it was judged last can give. */
  readonly reports: { readonly input: { readonly language: Language }; readonly output: readonly ReportChoice[] };
  /** A report on a period (`2026-03`, `2026-W13`, `2026H1`), from the ledger as it was judged last. */
  readonly report: {
    readonly input: When & { readonly report: string; readonly period: string };
    readonly output: ReportSheet;
  };
  /** Names of the forms and letters that complaints of a pack may use. */
  readonly formNames: { readonly input: { readonly pack: string | undefined }; readonly output: readonly string[] };
  /** The documents of one form for a row, from the ledger as it was judged last; none if no template makes it. */
  readonly forms: {
    readonly input: When & { readonly row: number; readonly form: string };
    readonly output: readonly MadeForm[];
  };
  /** The deduction notices of a month; with `issue` the write that records them follows as after `judge`. */
  readonly notices: {
    readonly input: When & { readonly month: string; readonly issue: boolean };
    readonly output: NoticesReport;
  };
  /** The same as a workbook to print. */
  readonly noticeFile: { readonly input: When & { readonly month: string }; readonly output: DocumentFile };
  /** The list by which wages are paid. */
  readonly payrollFile: { readonly input: When & { readonly month: string }; readonly output: DocumentFile };
  readonly month: { readonly input: { readonly month: string }; readonly output: MonthMoney };
  readonly packs: { readonly input: { readonly language: Language }; readonly output: readonly PackInfo[] };
  readonly workbookPacks: { readonly input: readonly WorkbookPack[]; readonly output: undefined };
  readonly pack: {
    readonly input: { readonly id: string; readonly language: Language };
    readonly output: PackDetail;
  };
  readonly check: {
    readonly input: WorkbookPack & { readonly language: Language; readonly cases: boolean };
    readonly output: CheckReport;
  };
  readonly whatIf: { readonly input: WorkbookPack & When; readonly output: Comparison };
  readonly schema: { readonly input: { readonly name: string }; readonly output: object };
}

export interface Portion {
  readonly from: number;
  readonly count: number;
}

export type JobName = keyof Jobs;
export type Input<Name extends JobName> = Jobs[Name]["input"];
export type Output<Name extends JobName> = Jobs[Name]["output"];

export interface Call<Name extends JobName = JobName> {
  readonly number: number;
  readonly job: Name;
  readonly input: Input<Name>;
}

export type Reply =
  | { readonly number: number; readonly kind: "done"; readonly output: Output<JobName> }
  | { readonly number: number; readonly kind: "failed"; readonly message: string }
  | { readonly number: number; readonly kind: "progress"; readonly progress: Progress };

/** Rows a message carries: few enough that packing and unpacking it never holds up typing. */
export const ROWS_A_MESSAGE = 250;
