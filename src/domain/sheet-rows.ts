/**
 * Rows of several sheets judged as one ledger: a row is numbered through all of them, so that no two are the same. The
 * first sheet's rows keep their own numbers, and so do those of a ledger on one sheet.
 */

/** More rows than a sheet can have. */
const STRIDE = 2 ** 21;

export function rowOfSheet(sheet: number, row: number): number {
  return sheet * STRIDE + row;
}

/** The row's number on its own sheet. */
export function ownRow(row: number): number {
  return row % STRIDE;
}

/** Which of the sheets a row stands on, from 0. */
export function sheetOfRow(row: number): number {
  return Math.floor(row / STRIDE);
}
