import type { ReportSheet } from "../documents/reports/blocks.js";
import type { TrustedKey } from "../domain/public-key.js";
import type { PersonRef } from "../books/entry.js";
import type { StatementPeriod } from "../books/statement.js";
import type { BookAct, PlannedLine } from "../jobs/book-act.js";
import type { Verification } from "../jobs/verify-ledger.js";
import type { PackTexts } from "../jobs/catalogue.js";
import type { CheckReport } from "../jobs/check-pack.js";
import type { DocumentFile, NoticeLine, NoticePlan } from "../jobs/issue-notices.js";
import type { LedgerSheetPlan } from "../documents/new-ledger-sheets.js";
import type { DateOrder } from "../domain/partial-date.js";
import type { When } from "../jobs/judge-ledger.js";
import type { JudgedRow } from "../jobs/judge-row.js";
import type { PackInfo } from "../jobs/loaded-packs.js";
import type { PlacedComplaint } from "../jobs/find-complaint.js";
import type { ChangedLabel, Rejudged } from "../jobs/learn-from-ledger.js";
import type { MadeForm } from "../jobs/make-forms.js";
import type { SheetsReading } from "../jobs/read-pack-sheets.js";
import type { ReportChoice, SplitBy } from "../jobs/make-report.js";
import type { SplitFiles } from "../jobs/split-files.js";
import type { RepairGroup, Repairs } from "../jobs/repair.js";
import type { ParameterChange, ParameterInfo } from "../jobs/set-parameter.js";
import type { TriedParameters } from "../jobs/try-parameters.js";
import type { RunReport } from "../jobs/run-report.js";
import type { Today } from "../jobs/today.js";
import type { PackAnswer, PackPart, PackQuestion, WorkbookPack } from "../jobs/workbook-packs.js";
import type { LedgerRow, LedgerSnapshot, RowSnapshot, LedgerWrite, OutputCell, RowWrite } from "../ledger/port.js";
import type { Language } from "../locales/language.js";
import type { Comparison } from "../process/compare.js";
import type { LearnedOutput } from "../process/learn-ledger.js";
import type { SheetGrid, SheetTable } from "../rules-sheets/table.js";
import type { Deduction, Penalty } from "../process/outcome.js";

/** What the pane asks of the worker and what comes back; everything here survives structured cloning. */

/** A snapshot without its rows: they follow in portions, so that no message holds the pane up. */
export interface SnapshotHead extends Omit<LedgerSnapshot, "rows"> {
  /** How many rows follow; until all are there, the ledger handed over before is the one that jobs work on. */
  readonly rowCount: number;
}

/** A write without rows and without the rows of its tables, which follow in portions. */
export interface WriteHead extends Omit<LedgerWrite, "rows" | "tables"> {
  readonly tables: readonly Omit<LedgerWrite["tables"][number], "rows">[];
}

export interface JudgedLedger {
  readonly report: RunReport;
  /** Only of a ledger that may be written and was checked by the reference engine. */
  readonly write: WriteHead | undefined;
}

export interface MonthMoney {
  readonly month: string;
  readonly deductions: readonly Deduction[];
  readonly penalties: readonly Penalty[];
}

export interface NoticesReport {
  readonly notices: readonly NoticeLine[];
  /** What issuing posts and what stays held: shown before anybody is asked to confirm. */
  readonly plan: NoticePlan;
  readonly write: WriteHead | undefined;
  /** Why nothing may be written, as in `RunReport`. */
  readonly refusal?: string;
  readonly mismatch?: { readonly row: number; readonly concern: string };
}

/** What a decision about the books would post, or did. */
export interface BookActReport {
  readonly lines: readonly PlannedLine[];
  /** Papers that give something back, as a workbook; only of what is carried out. */
  readonly papers: DocumentFile | undefined;
  /** Why nothing can be posted, in one sentence. */
  readonly problem: string | undefined;
  readonly write: WriteHead | undefined;
}

/** What learning from the open ledger came to. */
export type LearnReport =
  | { readonly kind: "too-few"; readonly labelled: number; readonly least: number }
  | { readonly kind: "problems"; readonly first: string }
  | {
      readonly kind: "learned";
      readonly outputs: readonly Omit<LearnedOutput, "model">[];
      /** Labels of this ledger that would change. */
      readonly changes: readonly ChangedLabel[];
      readonly rejudged: Rejudged;
      /** The pack as it would be saved into the workbook. */
      readonly files: PackTexts;
    };

/** What a questionnaire for a new pack came to. */
export type MadePack =
  | { readonly kind: "problems"; readonly lines: readonly string[] }
  | { readonly kind: "made"; readonly files: PackTexts; readonly rules: number; readonly cases: number };

/** The workbooks of a group as they were chosen: what is read, and what is not, with the reason. */
export interface GatheredGroup {
  readonly members: readonly { readonly source: string; readonly file: string; readonly rows: number }[];
  readonly unread: readonly { readonly file: string; readonly why: string }[];
  /** Whose each sheet is, by `sheetOfRow`; the sheet's name where the workbook has several. */
  readonly sheets: readonly { readonly source: string | undefined; readonly sheet: string | undefined }[];
  /** Some have several sheets that look like the ledger, and nobody has said which. */
  readonly severalSheets: boolean;
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

/** A judged row as a list shows it. */
export interface RowLine {
  readonly row: number;
  readonly id: string | undefined;
  readonly packId: string | undefined;
  /** As the cell shows it. */
  readonly receivedAt: string;
  readonly status: string | undefined;
}

export interface PackDetail {
  readonly id: string;
  readonly files: PackTexts;
  readonly clauses: readonly ClauseInfo[];
  readonly parameters: readonly ParameterInfo[];
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
  /** A workbook of a group's shops; `first` forgets those that were chosen before. */
  readonly groupFile: {
    readonly input: When & {
      readonly name: string;
      readonly bytes: Uint8Array;
      readonly first: boolean;
      /** Of several sheets that look like the ledger all are one, unless the workbook says otherwise. */
      readonly allSheets: boolean;
    };
    readonly output: undefined;
  };
  /** From now on the ledger handed over is judged with the rows of these workbooks; `workbook`: its own name. */
  readonly gather: { readonly input: When & { readonly workbook: string }; readonly output: GatheredGroup };
  /** From now on it is judged alone. */
  readonly ungather: { readonly input: undefined; readonly output: undefined };
  /** How many shops' workbooks don't say yet what was judged last. */
  readonly shopsBehind: { readonly input: undefined; readonly output: number };
  /** Those workbooks as they ought to be: one, or an archive of several; undefined where there is none. */
  readonly shopCopies: { readonly input: { readonly archive: string }; readonly output: DocumentFile | undefined };
  /** Judges the ledger taken over; the write follows by `writeRows` and `tableRows`. */
  readonly judge: { readonly input: When & { readonly selfCheck: boolean }; readonly output: JudgedLedger };
  /** Portions of the write; shorter than asked for at its end. */
  readonly writeRows: { readonly input: Portion; readonly output: readonly RowWrite[] };
  readonly tableRows: {
    readonly input: Portion & { readonly table: number };
    readonly output: readonly (readonly OutputCell[])[];
  };
  /** A row as it stands now, among the others of the ledger handed over last. */
  readonly row: { readonly input: When & RowSnapshot; readonly output: JudgedRow };
  /** The reports that the ledger as it was judged last can give. */
  readonly reports: { readonly input: { readonly language: Language }; readonly output: readonly ReportChoice[] };
  /** A report on a period (`2026-03`, `2026-W13`, `2026H1`), from the ledger as it was judged last. */
  readonly report: {
    readonly input: When & { readonly report: string; readonly period: string; readonly mask: boolean };
    readonly output: ReportSheet;
  };
  /** The reports on the period of a chosen one, taken apart by a column: a workbook for each value. */
  readonly splitReport: {
    readonly input: When & {
      readonly report: string;
      readonly period: string;
      readonly by: SplitBy;
      readonly mask: boolean;
    };
    readonly output: SplitFiles;
  };
  /** Rows as they were judged last, by their numbers: what a list of them shows. */
  readonly rowLines: { readonly input: { readonly rows: readonly number[] }; readonly output: readonly RowLine[] };
  /** Names of the forms and letters that complaints of a pack may use. */
  readonly formNames: { readonly input: { readonly pack: string | undefined }; readonly output: readonly string[] };
  /** The documents of one form for a row, from the ledger as it was judged last; none if no template makes it. */
  readonly forms: {
    readonly input: When & { readonly complaint: PlacedComplaint; readonly form: string; readonly mask: boolean };
    readonly output: readonly MadeForm[];
  };
  /** How a complaint was judged, as pages to print and sign. */
  readonly explanationFile: {
    readonly input: When & { readonly complaint: PlacedComplaint; readonly mask: boolean };
    readonly output: DocumentFile;
  };
  /** What is due, on the ledger as it was judged last. */
  readonly today: { readonly input: When; readonly output: Today };
  /** Files that remind of it: one for calendars, or drafts of mails with a text for a chat. */
  readonly reminders: {
    readonly input: When & { readonly kind: "calendar" | "drafts" };
    readonly output: readonly DocumentFile[];
  };
  /** What could be mended in the ledger taken over; of a long group the first cells. */
  readonly repairs: { readonly input: When & RepairChoice; readonly output: ShownRepairs };
  /** Mends the cells of some groups: the write follows as after `judge`. It may run where judging is refused. */
  readonly repair: {
    readonly input: When & RepairChoice & { readonly groups: readonly string[] };
    readonly output: WriteHead | undefined;
  };
  /** The sheets of an empty ledger for a pack. */
  readonly newLedger: {
    readonly input: { readonly pack: string; readonly language: Language };
    readonly output: readonly LedgerSheetPlan[];
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
  /** Whether the books of the ledger handed over prove themselves; asks neither rows nor rules. */
  readonly verify: { readonly input: { readonly language: Language }; readonly output: Verification };
  /** Persons of whom something is posted or drafted, from the ledger as it was judged last. */
  readonly persons: { readonly input: When; readonly output: readonly PersonRef[] };
  /** A person's account as a workbook, from the ledger as it was judged last. */
  readonly statement: {
    readonly input: When & StatementPeriod & { readonly person: PersonRef };
    readonly output: DocumentFile;
  };
  /** A decision about the books; with `post` the write that carries it out follows as after `judge`. */
  readonly bookAct: {
    readonly input: When & { readonly act: BookAct; readonly post: boolean };
    readonly output: BookActReport;
  };
  /** Clears a leaver's personal data; the write follows only with `post`. */
  readonly clearPerson: {
    readonly input: When & { readonly person: string; readonly post: boolean };
    readonly output: BookActReport;
  };
  readonly month: { readonly input: { readonly month: string }; readonly output: MonthMoney };
  readonly packs: { readonly input: { readonly language: Language }; readonly output: readonly PackInfo[] };
  /** The packs that the workbook carries; they count only once they are confirmed. */
  readonly workbookPacks: { readonly input: readonly PackPart[]; readonly output: undefined };
  /** What this machine remembers; comes before `workbookPacks`. */
  readonly packAnswers: { readonly input: readonly PackAnswer[]; readonly output: undefined };
  /** Whose signatures on packs are believed on this machine; comes before `workbookPacks`. */
  readonly trustKeys: { readonly input: readonly TrustedKey[]; readonly output: undefined };
  /** The key of a book whose hash is keyed, from now on; empty: none. The worker keeps it as long as it lives, and nowhere else. */
  readonly bookKey: { readonly input: { readonly text: string }; readonly output: undefined };
  /** What has to be answered before anything is written: the bar with 采用 and 不采用. Undefined: nothing. */
  readonly packQuestion: {
    readonly input: { readonly language: Language };
    readonly output: PackQuestion | undefined;
  };
  /** Answers the question, or for these packs only; gives what this machine is to remember. */
  readonly confirmPacks: {
    readonly input: { readonly use: boolean; readonly ids?: readonly string[] };
    readonly output: readonly PackAnswer[];
  };
  readonly pack: {
    readonly input: { readonly id: string; readonly language: Language };
    readonly output: PackDetail;
  };
  readonly check: {
    readonly input: WorkbookPack & { readonly language: Language; readonly cases: boolean };
    readonly output: CheckReport;
  };
  /** Figures of a pack set anew, with cases and effect; nothing is saved. */
  readonly tryParameters: {
    readonly input: When & { readonly id: string; readonly changes: readonly ParameterChange[] };
    readonly output: TriedParameters;
  };
  /** A blank questionnaire for a new pack. */
  readonly questionnaire: { readonly input: { readonly language: Language }; readonly output: string };
  /** A pack from a questionnaire that was filled in: its files, or which lines can't be read. Nothing is saved. */
  readonly newPack: {
    readonly input: { readonly id: string; readonly text: string; readonly language: Language };
    readonly output: MadePack;
  };
  /** A pack as sheets. */
  readonly packTables: { readonly input: { readonly id: string }; readonly output: readonly SheetTable[] };
  /** A pack from sheets: what is wrong in which cell, or the pack with its cases and its effect on the ledger handed over. */
  readonly readPackSheets: {
    readonly input: When & { readonly grids: readonly SheetGrid[] };
    readonly output: SheetsReading;
  };
  readonly whatIf: { readonly input: WorkbookPack & When; readonly output: Comparison };
  /** Learns a pack from the ledger handed over and tries it there; nothing is written. */
  readonly learn: { readonly input: When & { readonly id: string }; readonly output: LearnReport };
  readonly schema: { readonly input: { readonly name: string }; readonly output: object };
}

/** What somebody has said of the cells to be mended. */
export interface RepairChoice {
  readonly order?: DateOrder | undefined;
  /** Cells that hold a formula, as `cellName` (src/jobs/cell-name.ts): they are the formula's to mend. */
  readonly formulas?: readonly string[] | undefined;
}

/** As `Repairs`, with as many cells of each group as a person looks through. */
export interface ShownRepairs extends Omit<Repairs, "groups"> {
  readonly groups: readonly (RepairGroup & { readonly count: number })[];
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
  /** The ledger may not be judged: nothing was made. The reason is a sentence for people. */
  | { readonly number: number; readonly kind: "refused"; readonly reason: string }
  | { readonly number: number; readonly kind: "progress"; readonly progress: Progress };

/** Rows a message carries: few enough that packing and unpacking it never holds up typing. */
export const ROWS_A_MESSAGE = 250;
