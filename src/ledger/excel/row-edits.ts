import type { ColumnKind } from "../../domain/columns.js";
import type { EnteredValue } from "./cell-values.js";

/** What is to be written into rows that are known by their keys. */

/** A cell to write, in a column known by its header. */
export interface CellEdit {
  readonly header: string;
  readonly kind: ColumnKind;
  readonly entry: EnteredValue;
  /** The cell may have no fitting number format yet. */
  readonly needsFormat: boolean;
}

/** Cells of one row. */
export interface RowEdit {
  readonly key: string;
  /** Index among the rows that were read; undefined for a row that must get back what was overwritten by mistake. */
  readonly source: number | undefined;
  /** Of a row without a source: the sheet row where it was last seen, which decides between rows of one key. */
  readonly near?: number;
  readonly cells: readonly CellEdit[];
  /** The row's key once it is written; the same unless it gets its number. */
  readonly keyAfter: string;
}

/** A row as it was read. */
export interface ReadRow {
  readonly key: string;
  /** Sheet row, from 0. */
  readonly row: number;
}
