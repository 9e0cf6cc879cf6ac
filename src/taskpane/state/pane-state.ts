import type { LedgerBackup } from "../../ledger/excel/excel-ledger.js";
import type { SkippedRow } from "../../ledger/excel/excel-ledger.js";
import type { Language } from "../../locales/language.js";
import type { JudgedRow } from "../../jobs/judge-row.js";
import type { PackInfo } from "../../jobs/loaded-packs.js";
import type { CountedFigure } from "../excel/report-sheet.js";
import type { RunReport } from "../../jobs/run-report.js";
import type { PackQuestion } from "../../jobs/workbook-packs.js";
import type { GatheredGroup } from "../../worker/messages.js";
import type { Overview } from "./overview.js";
import type { Preferences } from "./preferences.js";

export const TABS = ["process", "case", "rules", "reports", "deductions", "settings"] as const;
export type TabId = (typeof TABS)[number];

/** What the pane is doing with the ledger. */
export type Phase = "idle" | "opening" | "reading" | "judging" | "checking" | "writing" | "restoring";

/** Something that went wrong, as a sentence, and the code by which the pane may offer help. */
export interface Problem {
  readonly code: string;
  readonly text: string;
  /** What a person may choose from: the sheets that look like the ledger. */
  readonly choices?: readonly string[];
}

/** What a run wrote. */
export interface Written {
  readonly changedCells: number;
  readonly placement: "table" | "range" | "results";
  readonly keptFormulas: number;
  readonly movedRows: number;
  readonly skipped: readonly SkippedRow[];
}

/** What an undo put back. */
export interface Restored {
  /** Cells that have their old values again, those of tables included. */
  readonly cells: number;
  /** Sheets of the tables among them. */
  readonly tables: readonly string[];
  /** Columns and sheets that the run had made and that are gone again. */
  readonly columns: number;
  readonly sheets: readonly string[];
  /** Cells left as they are: changed since, or of a row that can't be found any more. */
  readonly skipped: number;
}

/** The row the user has selected, as it is judged now. */
export type CaseState =
  | { readonly kind: "none" }
  | { readonly kind: "outside" }
  | { readonly kind: "loading"; readonly row: number }
  | { readonly kind: "judged"; readonly row: number; readonly judged: JudgedRow };

export interface LiveState {
  readonly on: boolean;
  /** Number and time of the row judged last. */
  readonly last: { readonly row: number; readonly id: string | undefined; readonly changed: boolean } | undefined;
}

/** The report that is shown in 报表, and what became of writing it. */
export interface Reporting {
  /** `ReportChoice.id` */
  readonly report: string;
  /** `2026-03`, `2026-W13`, `2026H1` */
  readonly period: string;
  readonly written: WrittenReport | undefined;
}

export interface WrittenReport {
  readonly sheet: string;
  /** Whether a PivotTable on the ledger stands beside it. */
  readonly pivot: boolean;
  /** Its figures by their cells: whoever stands on one is shown its rows. */
  readonly figures: readonly CountedFigure[];
}

/** The workbooks of a group that are judged with the open one. */
export interface GroupState extends GatheredGroup {
  /** Shops' workbooks that don't say yet what was judged; undefined before it was. */
  readonly behind: number | undefined;
}

export interface PaneState {
  readonly tab: TabId;
  readonly language: Language;
  readonly preferences: Preferences;
  readonly phase: Phase;
  /** Rows that are through with the phase, of how many; undefined where they can't be counted. */
  readonly progress: { readonly done: number; readonly total: number } | undefined;
  readonly overview: Overview | undefined;
  readonly problem: Problem | undefined;
  readonly report: RunReport | undefined;
  /** Rows were judged one by one, or the ledger was read anew, since `report` was made. */
  readonly stale: boolean;
  /**
   * 处罚明细, 扣款台账 and totals no longer say what the rows say, since rows were judged one by one, or more was changed
   * than that: 需重新处理. Only a whole run renews them.
   */
  readonly behind: boolean;
  /** What the last run wrote; undefined if the report comes from looking only. */
  readonly written: Written | undefined;
  /** What the last mending of inputs wrote. */
  readonly mended: { readonly cells: number; readonly skipped: readonly SkippedRow[] } | undefined;
  readonly backup: LedgerBackup | undefined;
  readonly restored: Restored | undefined;
  readonly packs: readonly PackInfo[] | undefined;
  /** Packs of the workbook that nobody has confirmed on this computer; nothing is written until somebody has. */
  readonly packQuestion: PackQuestion | undefined;
  /** Names and telephone numbers are hidden in what is made; until the pane is closed. */
  readonly mask: boolean;
  readonly reporting: Reporting;
  /** The month of 扣款, if one was chosen. */
  readonly month: string | undefined;
  readonly selected: CaseState;
  readonly live: LiveState;
  readonly group: GroupState | undefined;
}
