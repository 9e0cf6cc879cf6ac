import type { CellReader } from "./cell-values.js";
import type { LedgerSheet } from "./ledger-reader.js";
import type { Package } from "./package.js";
import type { SharedStrings } from "./shared-strings.js";
import type { Styles } from "./styles.js";
import type { TableInfo } from "./tables.js";
import type { WorkbookInfo } from "./workbook-part.js";

/** What is known of a workbook before its ledger is looked for. */
export interface OpenWorkbook {
  readonly input: Uint8Array;
  readonly from: Package;
  readonly workbook: WorkbookInfo;
  readonly tables: readonly TableInfo[];
  readonly strings: SharedStrings;
  readonly styles: Styles;
  readonly reader: CellReader;
}

export interface OpenLedger extends OpenWorkbook {
  readonly ledger: LedgerSheet;
}
