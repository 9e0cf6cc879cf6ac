/**
 * Ranges for one request. The client keeps every range it hands out alive in the host and asks for another request to
 * free them; these are used at once and let go, which also makes requests smaller.
 */

/** A rectangle of a sheet, rows and columns from 0. */
export interface Area {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

export function areaOf(sheet: Excel.Worksheet, { row, column, rows, columns }: Area): Excel.Range {
  return sheet.getRangeByIndexes(row, column, rows, columns).untrack();
}

/** A rectangle of a range, rows and columns counted within it. */
export function partOf(range: Excel.Range, { row, column, rows, columns }: Area): Excel.Range {
  return range
    .getCell(row, column)
    .untrack()
    .getResizedRange(rows - 1, columns - 1)
    .untrack();
}

/** Excel's column letters: 0 → A. */
export function columnLetters(column: number): string {
  let letters = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** `A1:B9`, or `A1` for a single cell. */
export function formatArea({ row, column, rows, columns }: Area): string {
  const first = `${columnLetters(column)}${row + 1}`;
  return rows === 1 && columns === 1 ? first : `${first}:${columnLetters(column + columns - 1)}${row + rows}`;
}

const CELL = /^\$?([A-Z]{1,3})\$?(\d+)$/;

/** Areas of an address like `Sheet1!A1:B2,Sheet1!D4`. Parts that aren't cells (whole columns) are left out. */
export function parseAreas(address: string): Area[] {
  return splitAddress(address).flatMap((part) => {
    const [first, last = first] = part.slice(part.lastIndexOf("!") + 1).split(":");
    const from = CELL.exec(first ?? "");
    const to = CELL.exec(last ?? "");
    if (!from || !to) return [];
    const row = Number(from[2]) - 1;
    const column = columnIndex(from[1]!);
    return [{ row, column, rows: Number(to[2]) - row, columns: columnIndex(to[1]!) - column + 1 }];
  });
}

/** At commas outside quotes: sheet names may hold commas. */
function splitAddress(address: string): string[] {
  return address.match(/(?:'(?:[^']|'')*'|[^,'])+/g) ?? [];
}

export function columnIndex(letters: string): number {
  let index = 0;
  for (const letter of letters) index = index * 26 + letter.charCodeAt(0) - 64;
  return index - 1;
}

export function overlap(a: Area, b: Area): boolean {
  return (
    a.row < b.row + b.rows &&
    b.row < a.row + a.rows &&
    a.column < b.column + b.columns &&
    b.column < a.column + a.columns
  );
}
