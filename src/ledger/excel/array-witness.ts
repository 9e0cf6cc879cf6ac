import type { Block } from "./blocks.js";
import { enteredValue, type ExcelEntry, type ExcelValue } from "./cell-values.js";

/**
 * Whether an array reached its own rows. Arrays written across hidden rows go astray in some Excels, and rows hidden in a
 * view of the user's own may not be told as hidden: so one column of every array is looked at again once it is written.
 */

/** What stood in the parts of a block before they were written. */
export type Before = readonly (readonly (readonly ExcelValue[])[])[];

export interface Witness {
  /** Position of its part in the block, and of its column in the part. */
  readonly part: number;
  readonly at: number;
  /** Column of the sheet. */
  readonly column: number;
  readonly entries: readonly ExcelEntry[];
}

/** The column that tells most rows from the first, into which a spilling array would put them all. */
export function witnessOf({ rows, parts }: Block): Witness | undefined {
  if (rows < 2) return undefined;
  let best: Witness | undefined;
  let most = 0;
  parts.forEach(({ column, values }, part) => {
    const [first = []] = values;
    first.forEach((own, at) => {
      const told = values.reduce((count, line) => (line[at] !== null && line[at] !== own ? count + 1 : count), 0);
      if (told <= most) return;
      most = told;
      best = { part, at, column: column + at, entries: values.map((line) => line[at]!) };
    });
  });
  return best;
}

/** Whether a row holds what the array's first row got, or still what it held before, instead of its own. */
export function wentAstray({ entries }: Witness, before: readonly ExcelValue[], now: readonly ExcelValue[]): boolean {
  const [first = null] = entries;
  return entries.some((entry, i) => {
    if (entry === null || now[i] === enteredValue(entry)) return false;
    return now[i] === before[i] || (first !== null && now[i] === enteredValue(first));
  });
}

/** What a block may have overwritten, one row at a time: a spilling array puts its first row everywhere. */
export function rowByRow(block: Block, before: Before): { readonly block: Block; readonly before: Before }[] {
  return Array.from({ length: block.rows }, (_, i) => ({
    block: {
      row: block.row + i,
      rows: 1,
      parts: block.parts.map(({ column: left, values }) => ({
        column: left,
        values: [values[i]!.map((entry, j) => entry ?? values[0]![j]!)],
      })),
    },
    before: before.map((lines) => [lines[i]!]),
  }));
}
