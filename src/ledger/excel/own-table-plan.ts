import { headerKey } from "../../domain/match-key.js";
import type { ColumnKind } from "../../domain/columns.js";
import { formatOf, sameContent, tableContent } from "../file/output-values.js";
import {
  entryOf,
  keyText,
  rawCell,
  reentryOf,
  type DateSystem,
  type ExcelEntry,
  type ExcelValue,
} from "./cell-values.js";
import type { CellFormat } from "../../ooxml/styles.js";
import type { ChangedRow } from "./blocks.js";
import { eachInPortions } from "./give-way.js";

/** Working out which cells of a table of ours change. Positions are the body's, rows and columns from 0. */

export interface TableSpec {
  readonly sheet: string;
  readonly table: string;
  readonly columns: readonly { readonly header: string; readonly kind: ColumnKind; readonly width: number }[];
  readonly rows: readonly (readonly (string | number | undefined)[])[];
  /**
   * `replace`: these rows and no others. `append`: below those that stand there. `keyed`: as `replace`, but rows that
   * stand there keep their place, known by their first column.
   */
  readonly mode: "replace" | "append" | "keyed";
  /** Of a keyed table: keys of rows to leave alone though no new row names them. */
  readonly keep?: ReadonlySet<string>;
  /** Position of the column that gets the colours of statuses. */
  readonly coloured?: number;
}

/** A table of ours as it stands. */
export interface StandingTable {
  readonly headers: readonly string[];
  /** Rows of the body; `values` may lack rows at its top, of a log that is not read in full. */
  readonly rows: number;
  readonly values: readonly (readonly ExcelValue[])[];
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

/** What makes a row the same row although its figures changed, so that notes beside it stay with it. */
const IDENTITY: Readonly<Record<string, readonly string[]>> = {
  Penalties: ["投诉编号", "对象类型", "对象", "类型", "事由"],
  Deductions: ["月份", "姓名", "部门"],
};

export async function planTable(spec: TableSpec, standing: StandingTable, dates: DateSystem): Promise<TablePlan> {
  const keys = standing.headers.map(headerKey);
  const newHeaders: TableSpec["columns"][number][] = [];
  const columns = spec.columns.map((wanted) => {
    const found = keys.indexOf(headerKey(wanted.header));
    if (found >= 0) return found;
    newHeaders.push(wanted);
    return standing.headers.length + newHeaders.length - 1;
  });
  const grid = new Grid(spec, standing, columns, dates);
  return { newHeaders, columns, ...(await (spec.mode === "append" ? grid.appended() : grid.replaced())) };
}

type Changes = Pick<TablePlan, "rows" | "changes" | "changedCells">;
type Line = readonly (string | number | undefined)[];

class Grid {
  private readonly offset: number;
  /** Columns of the user's own, beside ours. */
  private readonly extras: readonly number[];
  private readonly formats: readonly CellFormat[];

  constructor(
    private readonly spec: TableSpec,
    private readonly standing: StandingTable,
    private readonly columns: readonly number[],
    private readonly dates: DateSystem,
  ) {
    this.formats = spec.columns.map(({ kind }) => formatOf(kind));
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
    const { lines, sources } = this.spec.mode === "keyed" ? this.keyed() : this.matched();
    const used = new Set(sources);
    // What the user noted beside rows that are gone stays, on rows of its own at the end.
    const orphans = this.notedRows().filter((at) => !used.has(at));
    const all = [...lines, ...orphans.map((): Line => [])];
    const from = [...sources, ...orphans];
    const height = Math.max(all.length, this.standing.rows);
    return this.changes(
      Array.from({ length: height }, (_, at) => ({ at, line: all[at] ?? [], source: from[at] })),
      all.length,
    );
  }

  /** Rows that stand there keep their place; new ones follow. */
  private keyed(): { lines: Line[]; sources: (number | undefined)[] } {
    const waiting = new Map<string, Line[]>();
    for (const line of this.spec.rows) push(waiting, String(line[0] ?? ""), line);
    const lines: Line[] = [];
    const sources: (number | undefined)[] = [];
    this.standing.values.forEach((_, at) => {
      const key = keyText(this.rawAt(at, 0));
      const line = waiting.get(key)?.shift() ?? (key !== "" && this.spec.keep?.has(key) ? this.lineAt(at) : undefined);
      if (!line) return;
      lines.push(line);
      sources.push(at);
    });
    const placed = new Set(lines);
    for (const line of this.spec.rows) {
      if (placed.has(line)) continue;
      lines.push(line);
      sources.push(undefined);
    }
    return { lines, sources };
  }

  /** Which standing row each new row continues: one alike in every column, else the next of the same identity. */
  private matched(): { lines: readonly Line[]; sources: (number | undefined)[] } {
    const { rows, columns, table } = this.spec;
    const sources: (number | undefined)[] = rows.map(() => undefined);
    if (this.extras.length === 0) return { lines: rows, sources };
    const identity = columns.flatMap(({ header }, k) => (IDENTITY[table]?.includes(header) ? [k] : []));
    const left = new Set(this.standing.values.keys());
    const keysOf = [(line: Line) => JSON.stringify(line), (line: Line) => JSON.stringify(identity.map((k) => line[k]))];
    for (const keyOf of identity.length > 0 ? keysOf : keysOf.slice(0, 1)) {
      const waiting = new Map<string, number[]>();
      for (const at of left) push(waiting, keyOf(this.lineAt(at)), at);
      rows.forEach((line, i) => {
        const at = sources[i] === undefined ? waiting.get(keyOf(line))?.shift() : undefined;
        if (at === undefined) return;
        sources[i] = at;
        left.delete(at);
      });
    }
    return { lines: rows, sources };
  }

  private notedRows(): number[] {
    return [...this.standing.values.keys()].filter((at) =>
      this.extras.some((column) => this.standing.values[at]![column] !== ""),
    );
  }

  private rawAt(at: number, k: number): ReturnType<typeof rawCell> {
    return rawCell(this.standing.values[at - this.offset]?.[this.columns[k]!], this.spec.columns[k]!.kind, this.dates);
  }

  private lineAt(at: number): Line {
    return this.spec.columns.map((_, k) => {
      const cell = this.rawAt(at, k);
      return typeof cell === "boolean" || cell === null || typeof cell === "object" ? undefined : cell;
    });
  }

  /** Entries for a row: our columns from the line, the user's own from the row it continues. */
  private entries(line: Line, at: number, source?: number): Map<number, ExcelEntry> {
    const entries = new Map<number, ExcelEntry>();
    this.spec.columns.forEach(({ kind }, k) => {
      const content = tableContent(line[k]);
      if (sameContent(this.rawAt(at, k), content, this.formats[k]!)) return;
      entries.set(this.columns[k]!, entryOf(content, kind, this.dates));
    });
    if (this.spec.mode === "append") return entries;
    for (const column of this.extras) {
      const present = this.standing.values[at]?.[column] ?? "";
      const wanted = source === undefined ? "" : this.standing.values[source]![column]!;
      if (present !== wanted) entries.set(column, reentryOf(wanted));
    }
    return entries;
  }

  private async changes(
    rows: readonly { readonly at: number; readonly line: Line; readonly source: number | undefined }[],
    height: number,
  ): Promise<Changes> {
    const changes: ChangedRow[] = [];
    let changedCells = 0;
    await eachInPortions(rows, ({ at, line, source }) => {
      const cells = this.entries(line, at, source);
      if (cells.size === 0) return;
      changes.push({ row: at, cells });
      changedCells += cells.size;
    });
    return { rows: Math.max(1, height), changes, changedCells };
  }
}

function push<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
