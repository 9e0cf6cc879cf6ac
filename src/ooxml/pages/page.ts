/**
 * A sheet laid out cell by cell, as reports are, ready to be put into a workbook. Rows and columns count from 1.
 */

export interface PageArea {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** How a cell looks. Equal looks become one cell format. */
export interface Look {
  readonly font: string;
  /** Points. */
  readonly size: number;
  readonly bold?: boolean;
  /** ARGB without `#`, e.g. `FF1F5C99`. */
  readonly color?: string;
  readonly fill?: string;
  /** Colour of a thin line on all four sides, or below only. */
  readonly box?: string;
  readonly underline?: string;
  readonly format?: "integer" | "decimal" | "percent" | "money" | "datetime";
  readonly horizontal?: "left" | "center" | "right";
  readonly vertical?: "top" | "center" | "bottom";
  readonly wrap?: boolean;
}

export interface PageCell {
  readonly column: number;
  /** Times are serials of the 1900 system. */
  readonly value?: string | number;
  readonly look: Look;
}

export interface PageRow {
  readonly row: number;
  /** Points; the workbook's default if it is left out. */
  readonly height?: number;
  readonly cells: readonly PageCell[];
}

/** A chart over an area of the page. Its markup names cells, so it has to know the sheet's final name. */
export interface PageChart {
  readonly name: string;
  readonly area: PageArea;
  readonly markup: (sheet: string) => string;
}

/** What a pivot table counts. Shared by the tables that name the same object. */
export interface PivotCache {
  /** The definition part; `recordsId` is the relationship to the records, if there are any. */
  readonly definition: (recordsId: string | undefined) => string;
  readonly records?: string;
}

export interface PagePivot {
  readonly cache: PivotCache;
  readonly markup: (cacheId: number) => string;
}

/** A place in the workbook to which a cell leads: on another page by its key, or on a sheet by its name. */
export interface PageLink {
  readonly row: number;
  readonly column: number;
  readonly to: { readonly row: number; readonly column: number } & (
    { readonly page: string } | { readonly sheet: string }
  );
  /** Shown where the mouse rests. */
  readonly tip?: string;
}

export interface Page {
  /** Says which page of ours this is, e.g. `report 2026-03`: a page of the same key is replaced. */
  readonly key: string;
  /** At most 31 characters, without \ / ? * [ ] : */
  readonly name: string;
  /** Widths in characters. */
  readonly widths: readonly number[];
  readonly rows: readonly PageRow[];
  readonly merges: readonly PageArea[];
  readonly printArea: PageArea;
  /** Rows repeated on every printed page. */
  readonly titleRows: { readonly first: number; readonly last: number };
  /** Rows that begin a new page. */
  readonly breaks: readonly number[];
  /** Per cent. A4, standing; fitting to the page's width would make Excel ignore the breaks. */
  readonly scale: number;
  /** Excel's codes &L &C &R &P &N. */
  readonly footer: string;
  readonly charts: readonly PageChart[];
  readonly pivots: readonly PagePivot[];
  /** Excel follows at most 65,530 on a sheet. */
  readonly links?: readonly PageLink[];
}
