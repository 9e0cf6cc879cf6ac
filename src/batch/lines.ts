import type { DuckDBValue } from "@duckdb/node-api";
import type { InputId } from "../domain/columns.js";
import type { Line, Times } from "../jobs/judge-lines.js";

/** The row of `idx` 0 in `source`: as in a sheet with its headers in row 1. */
export const FIRST_ROW = 2;

/**
 * What explains a date that doesn't say its year are the dates around it, and what proposes a repeated complaint are all
 * others: for both, all rows must be at hand. Tables of more rows than these are machines' work; in them such a date can't be
 * read, and no repeats are proposed.
 */
export const MOST_ROWS_AT_HAND = 200_000;

/** Where the input columns of the table stand in `source`. */
export type ColumnPlaces = ReadonlyMap<InputId, number>;

/** Times of cells that don't say them wholly, by sheet row. */
export type TimesByRow = ReadonlyMap<number, Times>;

/** A row of a chunk whose columns came from the database. */
export function lineAt(
  index: number,
  columns: readonly InputId[],
  values: readonly (readonly DuckDBValue[])[],
  i: number,
): Line {
  const cells: Partial<Record<InputId, string>> = {};
  columns.forEach((id, k) => {
    const value = values[k]![i];
    if (typeof value === "string") cells[id] = value;
  });
  return { row: index + FIRST_ROW, cells };
}
