/**
 * In what the host is harder than it would have to be: each a thing that Excel was reported or documented to do, and that
 * would break an add-in which counts on the opposite. All are on unless a test turns one off; one is turned off for good
 * only when a trace of a real Excel says so (docs/excel-proof.md).
 */
export interface Hardness {
  /** Values written right beside or below a table make it grow, as AutoCorrect does while typing. */
  readonly tablesGrow: boolean;
  /** `getSelectedRange` fails with several ranges or a chart selected; a chart leaves no active cell either. */
  readonly oneSelectionOnly: boolean;
  /** Special cells of a protected sheet are refused. */
  readonly protectionHidesSpecialCells: boolean;
  /** `rows.add` of several wholly blank rows adds only one of them. */
  readonly blankRowsAreLost: boolean;
  /** Texts are read as an English (United States) Excel reads them: 2025-04, 3/4/2026 and 12:30 PM become dates and times. */
  readonly readsEnglish: boolean;
  /** Rows that a table grows by get the formula of a column in which every cell holds one; a formula in a blank column fills it. */
  readonly calculatedColumnsFill: boolean;
  /** `copyFrom` of formats brings merged areas along. */
  readonly copiesMerges: boolean;
  /** A request that fails gives back nothing of what it read before. */
  readonly failedBatchesGiveNothing: boolean;
  /** Whole rows and columns give null in place of values, and take none. */
  readonly wholeRowsAreNull: boolean;
  /** The address of several areas ends after 255 characters, without a word. */
  readonly longAddressesAreCut: boolean;
  /** A table whose one row is blank says that it has no rows. */
  readonly emptyTablesHaveNoRows: boolean;
  /** Only merged areas whose first cell lies in a range are found there. */
  readonly mergesByFirstCell: boolean;
  /**
   * Filters of a sheet view are its user's own: rows that they hide are told as shown, and arrays across them go astray as
   * across any hidden row. Off: a filter of a view is everybody's, and is told.
   */
  readonly viewsOfEachUser: boolean;
  /** What Excel for Windows was reported to do (OfficeDev/office-js #224, xlwings #747): an array across hidden rows leaves those out, and shown rows all get its first row. */
  readonly hiddenRowsSpill: boolean;
  /** Where requests can be grouped for undo at all, a grouped request that writes is refused. */
  readonly undoGroupsRefused: boolean;
  /** Answers come late: other tasks, events and people get their turn before each. */
  readonly answersComeLate: boolean;
}

export const WORST_EXCEL: Hardness = {
  tablesGrow: true,
  oneSelectionOnly: true,
  protectionHidesSpecialCells: true,
  blankRowsAreLost: true,
  readsEnglish: true,
  calculatedColumnsFill: true,
  copiesMerges: true,
  failedBatchesGiveNothing: true,
  wholeRowsAreNull: true,
  longAddressesAreCut: true,
  emptyTablesHaveNoRows: true,
  mergesByFirstCell: true,
  viewsOfEachUser: true,
  hiddenRowsSpill: true,
  undoGroupsRefused: true,
  answersComeLate: true,
};
