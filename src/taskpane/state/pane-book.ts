import type { PaneWorkbook } from "../excel/pane-workbook.js";

/** The workbook as the pane uses it beside the ledger: Office.js stands behind it, in a test or another home something else. */
export type PaneBook = Pick<PaneWorkbook, keyof PaneWorkbook>;
