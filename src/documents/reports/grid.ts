import stringWidth from "string-width";
import type { BlockFormat, BlockValue, TableBlock, TableColumn } from "./blocks.js";

/**
 * Lays a report out on A4: a grid of narrow columns over which each table spreads its own. Cells merged across the grid
 * don't grow with their text in Excel, so the height of each row is worked out here.
 */

/** Columns of the grid, and the width of one in characters: together the width of an A4 page, in whatever font a workbook measures characters. */
export const GRID = 24;
export const UNIT_WIDTH = 3.45;
/** Half-width characters of body text that fit over one grid column. */
const CHARACTERS = 4.3;

/** Points of the lowest row: a line of body text in any font. */
export const LEAST_HEIGHT = 17;

/** Height of a text over so many grid columns, in points. */
export function heightOf(text: BlockValue, units: number, size = 9, least = LEAST_HEIGHT): number {
  if (typeof text !== "string") return least;
  const room = Math.max(1, ((units * CHARACTERS - 0.6) * 9) / size);
  const lines = text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(stringWidth(line) / room)), 0);
  return Math.max(least, lines * (size + 3.5) + 4);
}

/** Grid columns without which a value of a kind shows as `###`. */
const LEAST: Readonly<Record<BlockFormat, number>> = {
  text: 1,
  figure: 1,
  integer: 1,
  decimal: 1,
  percent: 2,
  money: 3,
  datetime: 4,
};

/** Whole grid columns in proportion to weights, at least so many each as `least` says. */
export function spread(
  weights: readonly number[],
  units: number,
  least: readonly number[] = weights.map(() => 1),
): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const shares = weights.map((weight, i) => Math.max(least[i]!, Math.floor((weight / sum) * units)));
  const order = weights
    .map((weight, i) => ({ i, rest: (weight / sum) * units - shares[i]! }))
    .sort((a, b) => b.rest - a.rest);
  for (let left = units - shares.reduce((a, b) => a + b, 0), k = 0; left !== 0; k++) {
    const { i } = left > 0 ? order[k % order.length]! : order.at(-1 - (k % order.length))!;
    if (left > 0) {
      shares[i]!++;
      left--;
    } else if (shares[i]! > least[i]!) {
      shares[i]!--;
      left++;
    } else if (shares.every((share, j) => share <= least[j]!)) break;
  }
  return shares;
}

/** A column of a table with its place in the grid. */
export interface PlacedColumn extends TableColumn {
  readonly left: number;
  readonly units: number;
}

export function columnsOf({ columns }: TableBlock, left: number, units: number): PlacedColumn[] {
  const shares = spread(
    columns.map(({ weight }) => weight),
    units,
    columns.map(({ format }) => LEAST[format]),
  );
  let at = left;
  return columns.map((column, i) => {
    const placed = { ...column, left: at, units: shares[i]! };
    at += placed.units;
    return placed;
  });
}

/** Points that a line of a table is high. */
export function lineHeight(columns: readonly PlacedColumn[], values: readonly BlockValue[], size = 9): number {
  const height = Math.max(...columns.map(({ units }, i) => heightOf(values[i], units, size)));
  return Math.round(height * 4) / 4;
}
