import { sameContent, standingContent } from "../output-cells.js";
import { planColumns, planRows, type StandingRows, type TableLine, type TableSpec } from "../own-table-plan.js";
import { entryOf, rawCell, reentryOf, type DateSystem, type ExcelEntry, type ExcelValue } from "./cell-values.js";
import type { ChangedRow } from "./blocks.js";
import { eachInPortions } from "./give-way.js";

/** Which cells of a table of ours change in Excel. Positions are the body's, rows and columns from 0. */

/** A table of ours as it stands. */
export interface StandingTable {
  readonly headers: readonly string[];
  /** Rows of the body; `values` may lack rows at its top, of a log that is not read in full. */
  readonly rows: number;
  readonly values: readonly (readonly ExcelValue[])[];
  /** Whether a cell holds a formula; those of the user's stay where they are. */
  readonly isFormula?: (row: number, column: number) => boolean;
}

export interface TablePlan {
  /** Headers to add at the right end. */
  readonly newHeaders: readonly TableSpec["columns"][number][];
  /** Position of each column of the spec. */
  readonly columns: readonly number[];
  /** Rows that the body needs; never 0. */
  readonly rows: number;
  readonly changes: readonly ChangedRow[];
  /** Cells whose value changes. */
  readonly changedCells: number;
}

export async function planTable(spec: TableSpec, standing: StandingTable, dates: DateSystem): Promise<TablePlan> {
  const { positions, added } = planColumns(spec, standing.headers);
  const grid = new Grid(spec, standing, positions, dates);
  const changes = await (spec.mode === "append" ? grid.appended() : grid.replaced());
  return { newHeaders: added, columns: positions, ...changes };
}

/** Whether a table has columns of the user's beside ours. */
export function hasOwnColumns(spec: TableSpec, headers: readonly string[]): boolean {
  const { positions } = planColumns(spec, headers);
  return headers.some((_, at) => !positions.includes(at));
}

type Changes = Pick<TablePlan, "rows" | "changes" | "changedCells">;

class Grid {
  private readonly offset: number;
  /** Columns of the user's own, beside ours. */
  private readonly extras: readonly number[];

  constructor(
    private readonly spec: TableSpec,
    private readonly standing: StandingTable,
    private readonly columns: readonly number[],
    private readonly dates: DateSystem,
  ) {
    this.offset = standing.rows - standing.values.length;
    this.extras = standing.headers.flatMap((_, at) => (columns.includes(at) ? [] : [at]));
  }

  /** Below the last row that holds anything. */
  appended(): Promise<Changes> {
    const { values, rows } = this.standing;
    let blank = 0;
    while (blank < values.length && values.at(-1 - blank)!.every((value) => value === "")) blank += 1;
    const start = rows - blank;
    const added = this.spec.rows.map((line, i) => ({ at: start + i, line, source: undefined }));
    return this.changes(added, start + this.spec.rows.length);
  }

  replaced(): Promise<Changes> {
    const { rows, from } = planRows(this.spec, this.standingRows());
    const height = Math.max(rows.length, this.standing.rows);
    return this.changes(
      Array.from({ length: height }, (_, at) => ({ at, line: rows[at] ?? [], source: from[at] })),
      rows.length,
    );
  }

  private standingRows(): StandingRows {
    return {
      count: this.standing.values.length,
      line: (at) => this.spec.columns.map((_, k) => standingContent(this.rawAt(at, k))),
      isNoted: (at) => this.extras.some((column) => this.noteAt(at, column) !== ""),
      hasNotes: this.extras.length > 0,
    };
  }

  private rawAt(at: number, k: number): ReturnType<typeof rawCell> {
    return rawCell(this.standing.values[at - this.offset]?.[this.columns[k]!], this.spec.columns[k]!.kind, this.dates);
  }

  /** What the user wrote into a column of their own; blank where a formula stands. */
  private noteAt(at: number | undefined, column: number): ExcelValue {
    if (at === undefined || this.isFormula(at, column)) return "";
    return this.standing.values[at]?.[column] ?? "";
  }

  private isFormula(at: number, column: number): boolean {
    return this.standing.isFormula?.(at, column) ?? false;
  }

  /** Entries for a row: our columns from the line, the user's own from the row it continues. */
  private entries(line: TableLine, at: number, source: number | undefined, isGone: boolean): Map<number, ExcelEntry> {
    const entries = new Map<number, ExcelEntry>();
    this.spec.columns.forEach(({ kind }, k) => {
      const content = line[k];
      if (sameContent(this.rawAt(at, k), content, kind)) return;
      entries.set(this.columns[k]!, entryOf(content, kind, this.dates));
    });
    if (this.spec.mode === "append") return entries;
    for (const column of this.extras) {
      const wanted = this.noteAt(source, column);
      // A formula stays in its place unless a note comes to it, or its row is none of the table's any more.
      const differs = this.isFormula(at, column) ? isGone || wanted !== "" : this.noteAt(at, column) !== wanted;
      if (differs) entries.set(column, reentryOf(wanted));
    }
    return entries;
  }

  private async changes(
    rows: readonly { readonly at: number; readonly line: TableLine; readonly source: number | undefined }[],
    height: number,
  ): Promise<Changes> {
    const changes: ChangedRow[] = [];
    let changedCells = 0;
    const end = Math.max(1, height);
    await eachInPortions(rows, ({ at, line, source }) => {
      const cells = this.entries(line, at, source, at >= end);
      if (cells.size === 0) return;
      changes.push({ row: at, cells });
      changedCells += cells.size;
    });
    return { rows: end, changes, changedCells };
  }
}
