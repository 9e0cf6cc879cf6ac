import type { RowsBehind } from "./rows-behind.js";

/** What a report says, before it is laid out on paper. */

/** `figure`: a number with its words, e.g. `+3（+50.0%）`. */
export type BlockFormat = "text" | "figure" | "integer" | "decimal" | "percent" | "money" | "datetime";
/** Texts, numbers, or nothing to say. Percentages are shares of 1, money is yuan, times are Excel serials. */
export type BlockValue = string | number | undefined;

export interface TableColumn {
  readonly header: string;
  readonly format: BlockFormat;
  /** Share of the width. */
  readonly weight: number;
}

export interface TableBlock {
  readonly kind: "table";
  readonly title: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly BlockValue[])[];
  readonly total?: readonly BlockValue[];
  /** Said instead of rows if there are none. */
  readonly empty: string;
  readonly note?: string;
  /** By line, the total's last, and by column: the rows that a figure was counted from. */
  readonly behind?: readonly LineBehind[];
}

export type LineBehind = readonly (RowsBehind | undefined)[];

/** A chart drawn from columns of a table. */
export interface TableChart {
  readonly kind: "columns" | "bars";
  readonly name: string;
  readonly title: string;
  readonly labels: number;
  /** Only so many rows from the top; all of them if left out. */
  readonly rows?: number;
  readonly series: readonly { readonly column: number; readonly color: string }[];
}

export interface Figure {
  readonly label: string;
  readonly value: BlockValue;
  readonly format: BlockFormat;
  readonly note?: string;
  readonly behind?: RowsBehind;
}

export type Block =
  | { readonly kind: "figures"; readonly title: string; readonly figures: readonly Figure[] }
  | TableBlock
  | { readonly kind: "pair"; readonly left: TableBlock; readonly right: TableBlock }
  | { readonly kind: "charted"; readonly table: TableBlock; readonly chart: TableChart }
  | { readonly kind: "notes"; readonly title: string; readonly lines: readonly string[] }
  | { readonly kind: "signatures"; readonly labels: readonly string[] };

/** One sheet of a report. */
export interface ReportSheet {
  /** Says which sheet of ours this is; a sheet of the same key is replaced. */
  readonly key: string;
  readonly name: string;
  /** The organisation, and the regulation that asks for the report. */
  readonly organisation: string;
  readonly title: string;
  /** Period and time of preparation. */
  readonly meta: readonly [string, string];
  /** A line below: the clause that asks for the report, and when. */
  readonly remark?: string;
  readonly footer: string;
  readonly blocks: readonly Block[];
}
