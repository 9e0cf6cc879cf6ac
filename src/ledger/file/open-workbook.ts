import type { CellReader } from "../../ooxml/cell-values.js";
import type { LedgerSheet } from "./ledger-reader.js";
import type { Package } from "../../ooxml/package.js";
import type { SharedStrings } from "../../ooxml/shared-strings.js";
import type { Styles } from "../../ooxml/styles.js";
import type { TableInfo } from "../../ooxml/tables.js";
import type { WorkbookInfo } from "../../ooxml/workbook-part.js";

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
