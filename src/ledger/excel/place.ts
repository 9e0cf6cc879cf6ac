import type { HeaderMatch } from "../../domain/match-key.js";
import type { BesideTable } from "../find-headers.js";

export interface SheetInfo {
  readonly id: string;
  readonly name: string;
  readonly hidden: boolean;
  /** As it was read: somebody may have protected it since. */
  readonly isProtected: boolean;
}

export interface TableInfo {
  readonly id: string;
  readonly name: string;
  readonly sheet: SheetInfo;
  readonly headers: readonly string[];
  readonly showHeaders: boolean;
  readonly showTotals: boolean;
  /** Rows of its body. */
  readonly rows: number;
}

/** Where the ledger stands: an Excel table, or a plain range under a row of headers. */
export type Place = TablePlace | RangePlace;

interface AnyPlace {
  readonly sheet: SheetInfo;
  /** By which it is asked for: the table's, the sheet's, or sheet and cell where several ledgers stand side by side. */
  readonly name: string;
  /** Header texts from the first column on, blank ones empty. */
  readonly headers: readonly string[];
  /** Columns by position in `headers`. */
  readonly match: HeaderMatch;
}

/** A table is known by its id, whatever happens to its name and place. */
export interface TablePlace extends AnyPlace {
  readonly kind: "table";
  readonly table: TableInfo;
}

export interface RangePlace extends AnyPlace {
  readonly kind: "range";
  /** What stands above the headers. */
  readonly title: string;
  /** Sheet row and first column, from 0. */
  readonly headerRow: number;
  readonly left: number;
  /** What stands in the cells of the header row; blank under cells merged downwards. */
  readonly headerCells: readonly string[];
  /** Last row that may belong to it: the last used one, or the one above another table; above the headers if there is none. */
  readonly lastRow: number;
  /** Other tables beside it, over the same rows. */
  readonly tablesBeside: readonly BesideTable[];
  /** Whether another table below ends it. */
  readonly hasTableBelow: boolean;
}
