import { invalidArgument } from "./host-error.js";

/** Rectangles of cells and their A1 addresses. Rows and columns count from 0. */
export interface Area {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

export const MAX_ROWS = 1_048_576;
export const MAX_COLUMNS = 16_384;

export const WHOLE_SHEET: Area = { row: 0, column: 0, rows: MAX_ROWS, columns: MAX_COLUMNS };

/** 0 → A, 25 → Z, 26 → AA. */
export function columnLetters(column: number): string {
  let letters = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

function columnNumber(letters: string): number {
  let sum = 0;
  for (const letter of letters.toUpperCase()) sum = sum * 26 + letter.charCodeAt(0) - 64;
  return sum - 1;
}

const CELL = /^\$?([A-Za-z]{1,3})\$?(\d+)$/;
const COLUMN = /^\$?([A-Za-z]{1,3})$/;
const ROW = /^\$?(\d+)$/;

/** An address without its sheet: `A1:B9`, `A:C`, `2:5`. */
export function formatArea(area: Area): string {
  const left = columnLetters(area.column);
  const right = columnLetters(area.column + area.columns - 1);
  if (area.rows === MAX_ROWS && area.columns === MAX_COLUMNS) return `1:${MAX_ROWS}`;
  if (area.rows === MAX_ROWS) return `${left}:${right}`;
  if (area.columns === MAX_COLUMNS) return `${area.row + 1}:${area.row + area.rows}`;
  const first = `${left}${area.row + 1}`;
  return area.rows === 1 && area.columns === 1 ? first : `${first}:${right}${area.row + area.rows}`;
}

/** `Sheet1!A1`, quoted where the name needs it. */
export function formatAddress(sheet: string, area: Area): string {
  const plain = /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(sheet);
  return `${plain ? sheet : `'${sheet.replaceAll("'", "''")}'`}!${formatArea(area)}`;
}

/** Takes an address apart; the sheet is undefined if none is named. Throws HostError `InvalidArgument`. */
export function parseAddress(address: string): { readonly sheet: string | undefined; readonly area: Area } {
  const mark = address.lastIndexOf("!");
  const name = mark < 0 ? undefined : address.slice(0, mark);
  const sheet = name?.startsWith("'") ? name.slice(1, -1).replaceAll("''", "'") : name;
  return { sheet, area: parseArea(address.slice(mark + 1)) };
}

function parseArea(text: string): Area {
  const [first, last = first, ...more] = text.split(":");
  if (first === undefined || last === undefined || more.length > 0) throw invalidArgument();
  const from = corner(first);
  const to = corner(last);
  if (!from || !to || from.kind !== to.kind) throw invalidArgument();
  const row = Math.min(from.row, to.row);
  const column = Math.min(from.column, to.column);
  return checked({
    row,
    column,
    rows: from.kind === "column" ? MAX_ROWS : Math.abs(from.row - to.row) + 1,
    columns: from.kind === "row" ? MAX_COLUMNS : Math.abs(from.column - to.column) + 1,
  });
}

interface Corner {
  readonly kind: "cell" | "column" | "row";
  readonly row: number;
  readonly column: number;
}

function corner(text: string): Corner | undefined {
  const cell = CELL.exec(text);
  if (cell) return { kind: "cell", row: Number(cell[2]) - 1, column: columnNumber(cell[1]!) };
  const column = COLUMN.exec(text);
  if (column) return { kind: "column", row: 0, column: columnNumber(column[1]!) };
  const row = ROW.exec(text);
  return row ? { kind: "row", row: Number(row[1]) - 1, column: 0 } : undefined;
}

/** The area itself if it lies on the sheet. Throws HostError `InvalidArgument` otherwise. */
export function checked(area: Area): Area {
  const fits =
    area.row >= 0 &&
    area.column >= 0 &&
    area.rows >= 1 &&
    area.columns >= 1 &&
    area.row + area.rows <= MAX_ROWS &&
    area.column + area.columns <= MAX_COLUMNS;
  if (!fits) throw invalidArgument();
  return area;
}

export function intersection(a: Area, b: Area): Area | undefined {
  const row = Math.max(a.row, b.row);
  const column = Math.max(a.column, b.column);
  const rows = Math.min(a.row + a.rows, b.row + b.rows) - row;
  const columns = Math.min(a.column + a.columns, b.column + b.columns) - column;
  return rows > 0 && columns > 0 ? { row, column, rows, columns } : undefined;
}

export function bounding(a: Area, b: Area): Area {
  const row = Math.min(a.row, b.row);
  const column = Math.min(a.column, b.column);
  return {
    row,
    column,
    rows: Math.max(a.row + a.rows, b.row + b.rows) - row,
    columns: Math.max(a.column + a.columns, b.column + b.columns) - column,
  };
}

export function contains(outer: Area, inner: Area): boolean {
  const common = intersection(outer, inner);
  return common !== undefined && common.rows === inner.rows && common.columns === inner.columns;
}

export function sameArea(a: Area, b: Area): boolean {
  return a.row === b.row && a.column === b.column && a.rows === b.rows && a.columns === b.columns;
}
