import type { ExcelEntry } from "./cell-values.js";
import { eachInPortions, giveWayIfDue, mapInPortions } from "./give-way.js";

/**
 * Rectangles of cells to write. Only changed cells are written: within a rectangle, null leaves a cell as it is. Few
 * large rectangles are cheaper than many small ones, so neighbouring ones are joined when there would be too many.
 */

/** A row with changed cells: by position in the ledger's columns. */
export interface ChangedRow {
  /** Sheet row, from 0. */
  readonly row: number;
  readonly cells: ReadonlyMap<number, ExcelEntry>;
}

/** Neighbouring rows that are written together: a rectangle for each run of columns. */
export interface Block {
  /** First sheet row, from 0. */
  readonly row: number;
  readonly rows: number;
  readonly parts: readonly Part[];
}

export interface Part {
  /** First column, from 0. */
  readonly column: number;
  /** Rows between changed ones hold nothing but nulls. */
  readonly values: readonly (readonly ExcelEntry[])[];
}

interface Changed {
  readonly row: number;
  /** Columns, in no order. */
  readonly columns: readonly number[];
  readonly left: number;
  readonly right: number;
}

interface Span {
  first: number;
  last: number;
  left: number;
  right: number;
  members: number[];
}

export interface BlockOptions {
  /** Most blocks to make, as far as hidden rows allow. */
  readonly maxBlocks: number;
  /** Whether a sheet row is hidden; such rows are written alone, since arrays across hidden rows go astray. */
  readonly hidden?: (row: number) => boolean;
}

/** How far apart changed rows may be to go into one block, tried in this order. */
const GAPS = [0, 2, 8, 32, 128, 1024, Infinity];
/** Columns between two changed ones that are left as they are rather than have a rectangle of their own begun after them. */
const COLUMN_GAP = 4;

/** Blocks that cover the changed cells, from top to bottom. `rows` must be in ascending order. */
export async function planBlocks(
  rows: readonly ChangedRow[],
  { maxBlocks, hidden = () => false }: BlockOptions,
): Promise<Block[]> {
  const changed = await mapInPortions(rows, ({ row, cells }): Changed => {
    const columns = [...cells.keys()];
    return { row, columns, left: Math.min(...columns), right: Math.max(...columns) };
  });
  let spans: Span[] = [];
  for (const [step, gap] of GAPS.entries()) {
    await giveWayIfDue();
    spans = spansOf(changed, gap, step > 0, hidden);
    if (spans.length <= maxBlocks) break;
  }
  const blocks: Block[] = [];
  for (const span of spans) blocks.push(await blockOf(span, rows, changed));
  return blocks;
}

/** `loose`: rows whose changed columns differ may share a block. */
function spansOf(changed: readonly Changed[], gap: number, loose: boolean, hidden: (row: number) => boolean): Span[] {
  const spans: Span[] = [];
  changed.forEach(({ row, left, right }, index) => {
    const open = spans.at(-1);
    const near = open !== undefined && row - open.last - 1 <= gap;
    const fits = near && (loose || (open.left === left && open.right === right));
    if (open && fits && !anyHidden(open.last, row, hidden) && !hidden(open.first)) {
      open.last = row;
      open.left = Math.min(open.left, left);
      open.right = Math.max(open.right, right);
      open.members.push(index);
    } else spans.push({ first: row, last: row, left, right, members: [index] });
  });
  return spans;
}

/** Whether any row after `from` up to `to` is hidden. */
function anyHidden(from: number, to: number, hidden: (row: number) => boolean): boolean {
  for (let row = from + 1; row <= to; row += 1) if (hidden(row)) return true;
  return false;
}

async function blockOf(span: Span, rows: readonly ChangedRow[], changed: readonly Changed[]): Promise<Block> {
  const runs = runsOf(span, changed);
  const count = span.last - span.first + 1;
  const parts = runs.map(({ first, last }) => ({
    column: first,
    width: last - first + 1,
    values: new Array<ExcelEntry[]>(count),
  }));
  const partAt = new Map<number, (typeof parts)[number]>();
  for (const part of parts) for (let at = 0; at < part.width; at += 1) partAt.set(part.column + at, part);
  const blank = (row: number): void => {
    for (const part of parts) part.values[row - span.first] = new Array<ExcelEntry>(part.width).fill(null);
  };
  let next = span.first;
  await eachInPortions(span.members, (index) => {
    const { row, cells } = rows[index]!;
    for (; next <= row; next += 1) blank(next);
    for (const [column, entry] of cells) {
      const part = partAt.get(column)!;
      part.values[row - span.first]![column - part.column] = entry;
    }
  });
  return { row: span.first, rows: count, parts: parts.map(({ column, values }) => ({ column, values })) };
}

/** Runs of columns that hold all changed cells of a span. */
function runsOf({ members }: Span, changed: readonly Changed[]): { first: number; last: number }[] {
  const used = new Set<number>();
  for (const index of members) for (const column of changed[index]!.columns) used.add(column);
  const runs: { first: number; last: number }[] = [];
  for (const column of [...used].sort((a, b) => a - b)) {
    const open = runs.at(-1);
    if (open && column - open.last - 1 <= COLUMN_GAP) open.last = column;
    else runs.push({ first: column, last: column });
  }
  return runs;
}
