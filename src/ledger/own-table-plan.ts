import { addToList } from "../domain/grouping.js";
import type { ColumnKind } from "../domain/columns.js";
import { headerKey } from "../domain/match-key.js";
import { cellContent, type CellContent } from "./output-cells.js";
import type { CellGuide, ChainEnd, OutputTable } from "./port.js";
import { ROW_IDENTITY } from "./tables-of-ours.js";

/** Which columns and rows a table of ours gets, whatever host it stands in. */

export type TableLine = readonly CellContent[];

/** A table that the program writes, ready for cells. */
export interface TableSpec {
  readonly sheet: string;
  readonly table: string;
  readonly columns: readonly {
    readonly header: string;
    readonly kind: ColumnKind;
    /** characters */ readonly width: number;
    readonly guide?: CellGuide;
  }[];
  readonly rows: readonly TableLine[];
  /**
   * `replace`: these rows and no others, in this order. `append`: below those that stand there. `keyed`: as `replace`,
   * but rows that stand there keep their order, known by their first column, duplicates in turn.
   */
  readonly mode: "replace" | "append" | "keyed";
  /** Of a keyed table: keys of rows to leave alone even though no new row names them. */
  readonly keep?: ReadonlySet<string>;
  readonly follows?: ChainEnd;
  /** An undo leaves it as it is. */
  readonly stays?: true;
  /** Position of the column that gets the colours of statuses. */
  readonly coloured?: number;
}

/** A line of an output table as content of cells. */
export function tableLine(line: OutputTable["rows"][number]): TableLine {
  return line.map(cellContent);
}

export interface ColumnPlan {
  /** Where each column of the spec stands, counted from the table's first. */
  readonly positions: readonly number[];
  /** Columns to be added at its right end. */
  readonly added: readonly TableSpec["columns"][number][];
}

/** Columns are known by their headers wherever the user moved them; missing ones are added at the right end. */
export function planColumns(spec: TableSpec, headers: readonly string[]): ColumnPlan {
  const keys = headers.map(headerKey);
  const added: TableSpec["columns"][number][] = [];
  const positions = spec.columns.map((wanted) => {
    const found = keys.indexOf(headerKey(wanted.header));
    if (found >= 0) return found;
    added.push(wanted);
    return headers.length + added.length - 1;
  });
  return { positions, added };
}

/**
 * Columns whose drop-downs and notes are to be made in a standing table: where one of an earlier version gets columns that
 * people fill in, which happens once.
 */
export function columnsToGuide(
  { columns }: TableSpec,
  { positions, added }: ColumnPlan,
): { readonly at: number; readonly header: string; readonly guide: CellGuide; readonly isNew: boolean }[] {
  if (!added.some(({ guide }) => guide)) return [];
  return columns.flatMap((column, k) => {
    const { header, guide } = column;
    return guide ? [{ at: positions[k]!, header, guide, isNew: added.includes(column) }] : [];
  });
}

/** Rows of a table of ours as they stand, by position in its body. */
export interface StandingRows {
  readonly count: number;
  /** Our columns. */
  readonly line: (at: number) => TableLine;
  /** Whether the user has written anything beside them that is no formula. */
  readonly isNoted: (at: number) => boolean;
  /** Whether the table has columns of the user's at all. */
  readonly hasNotes: boolean;
}

/** The rows to stand in a table that is not just appended to, and for each the standing row whose notes it takes over. */
export interface RowPlan {
  readonly rows: readonly TableLine[];
  readonly from: readonly (number | undefined)[];
}

/** What the user noted beside rows that are gone stays, on blank rows at the end. */
export function planRows(spec: TableSpec, standing: StandingRows): RowPlan {
  const { rows, from } = spec.mode === "keyed" ? keyedRows(spec, standing) : matchedRows(spec, standing);
  const used = new Set(from);
  for (let at = 0; at < standing.count; at++) {
    if (used.has(at) || !standing.isNoted(at)) continue;
    rows.push([]);
    from.push(at);
  }
  return { rows, from };
}

interface Rows {
  readonly rows: TableLine[];
  readonly from: (number | undefined)[];
}

/** Rows that stand there keep their order; new ones follow. */
function keyedRows(spec: TableSpec, standing: StandingRows): Rows {
  const waiting = new Map<string, TableLine[]>();
  for (const line of spec.rows) addToList(waiting, String(line[0] ?? ""), line);
  const rows: TableLine[] = [];
  const from: (number | undefined)[] = [];
  for (let at = 0; at < standing.count; at++) {
    const line = standing.line(at);
    const key = String(line[0] ?? "").trim();
    const continued = waiting.get(key)?.shift() ?? (key !== "" && spec.keep?.has(key) ? line : undefined);
    if (!continued) continue;
    rows.push(continued);
    from.push(at);
  }
  const placed = new Set(rows);
  for (const line of spec.rows) {
    if (placed.has(line)) continue;
    rows.push(line);
    from.push(undefined);
  }
  return { rows, from };
}

/** Which standing row each new row continues: one alike in every column, else the next of the same identity. */
function matchedRows({ rows, columns, table }: TableSpec, standing: StandingRows): Rows {
  const from: (number | undefined)[] = rows.map(() => undefined);
  if (!standing.hasNotes) return { rows: [...rows], from };
  const identity = columns.flatMap(({ header }, k) => (ROW_IDENTITY[table]?.includes(header) ? [k] : []));
  const left = new Set(Array.from({ length: standing.count }, (_, at) => at));
  const keysOf = [
    (line: TableLine) => JSON.stringify(line),
    (line: TableLine) => JSON.stringify(identity.map((k) => line[k])),
  ];
  for (const keyOf of identity.length > 0 ? keysOf : keysOf.slice(0, 1)) {
    const waiting = new Map<string, number[]>();
    for (const at of left) addToList(waiting, keyOf(standing.line(at)), at);
    rows.forEach((line, i) => {
      const at = from[i] === undefined ? waiting.get(keyOf(line))?.shift() : undefined;
      if (at === undefined) return;
      from[i] = at;
      left.delete(at);
    });
  }
  return { rows: [...rows], from };
}
