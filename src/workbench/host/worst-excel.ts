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
}

export const WORST_EXCEL: Hardness = {
  tablesGrow: true,
  oneSelectionOnly: true,
  protectionHidesSpecialCells: true,
  blankRowsAreLost: true,
};
