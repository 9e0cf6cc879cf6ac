import type { InputId } from "../../domain/columns.js";
import type { EnteredValue, ExcelValue } from "./cell-values.js";

/**
 * What a write overwrote, as plain data: enough to put it back later, wherever the rows are by then. Cells that somebody
 * has changed since are left alone.
 */
export interface LedgerBackup {
  /** Columns by which rows are known, and their headers. */
  readonly keys: readonly { readonly id: InputId; readonly header: string }[];
  readonly rows: readonly RowBackup[];
  readonly tables: readonly TableBackup[];
  /** What the write added, to be taken away again where nobody has used it since. */
  readonly made?: Made;
  /** Of several sheets written as one ledger: each by its name, to be put back by itself. */
  readonly sheets?: readonly (readonly [string, LedgerBackup])[];
}

export interface Made {
  /** Headers of columns added at the ledger's right end, in order. */
  readonly columns: readonly string[];
  /** Tables for which a sheet was made. */
  readonly tables: readonly { readonly table: string; readonly headers: readonly string[] }[];
}

export interface RowBackup {
  /** The row's key after the write (a number it was given included). */
  readonly key: string;
  readonly cells: readonly CellBackup[];
}

export interface CellBackup {
  readonly header: string;
  /** As it has to be entered to be again what it was. */
  readonly before: EnteredValue;
  /** What the write left in the cell. */
  readonly after: EnteredValue;
}

/** A table that was written whole. */
export interface TableBackup {
  readonly table: string;
  readonly headers: readonly string[];
  readonly rows: readonly (readonly ExcelValue[])[];
}
