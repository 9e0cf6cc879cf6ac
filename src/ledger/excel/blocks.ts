import type { ExcelEntry } from "./cell-values.js";

/**
 * Rectangles of cells to write. Only changed cells are written: within a rectangle, null leaves a cell as it is. Few
 * large rectangles are cheaper than many small ones, so neighbouring ones are joined when there would be too many.
 */

/** A row with changed cells: by position in the ledger's columns, in ascending order. */
export interface ChangedRow {
  /** Sheet row, from 0. */
  readonly row: number;
  readonly cells: ReadonlyMap<number, ExcelEntry>;
}

export interface Block {
  /** Sheet row and column, from 0. */
  readonly row: number;
  readonly column: number;
  /** Rows between changed ones hold nothing but nulls. */
  readonly values: readonly (readonly ExcelEntry[])[];
}

interface Span {
  first: number;
  last: number;
  left: number;
  right: number;
  members: number[];
}

export interface BlockOptions {
  /** Most rectangles to make, as far as hidden rows allow. */
  readonly maxBlocks: number;
  /** Whether a sheet row is hidden; such rows are written alone, since arrays across hidden rows go astray. */
  readonly hidden?: (row: number) => boolean;
}

/** How far apart changed rows may be to go into one rectangle, tried in this order. */
const GAPS = [0, 2, 8, 32, 128, 1024, Infinity];

/** Rectangles that cover the changed cells, from top to bottom. `rows` must be in ascending order. */
export function planBlocks(rows: readonly ChangedRow[], { maxBlocks, hidden = () => false }: BlockOptions): Block[] {
  let spans: Span[] = [];
  for (const [step, gap] of GAPS.entries()) {
    spans = spansOf(rows, gap, step > 0, hidden);
    if (spans.length <= maxBlocks) break;
  }
  return spans.map((span) => blockOf(span, rows));
}

/** `loose`: rows whose changed columns differ may share a rectangle. */
function spansOf(rows: readonly ChangedRow[], gap: number, loose: boolean, hidden: (row: number) => boolean): Span[] {
  const spans: Span[] = [];
  rows.forEach(({ row, cells }, index) => {
    const columns = [...cells.keys()];
    const left = Math.min(...columns);
    const right = Math.max(...columns);
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

function blockOf(span: Span, rows: readonly ChangedRow[]): Block {
  const width = span.right - span.left + 1;
  const values = Array.from({ length: span.last - span.first + 1 }, () => new Array<ExcelEntry>(width).fill(null));
  for (const index of span.members) {
    const { row, cells } = rows[index]!;
    for (const [column, entry] of cells) values[row - span.first]![column - span.left] = entry;
  }
  return { row: span.first, column: span.left, values };
}
