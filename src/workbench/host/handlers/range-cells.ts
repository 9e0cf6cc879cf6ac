import { isCellError } from "../../../domain/cell-errors.js";
import { intersection, MAX_COLUMNS, MAX_ROWS, type Area } from "../address.js";
import type { Book } from "../book.js";
import { enter, setNumberFormat } from "../grid.js";
import { invalidArgument } from "../host-error.js";
import { grid, HostObject } from "../host-object.js";
import { isList, type Json } from "../wire.js";
import {
  bodyArea,
  formulaAt,
  put,
  rowAt,
  valueAt,
  type CellValue,
  type SheetModel,
  type TableModel,
} from "../workbook-model.js";
import { asCell, asText } from "./json-values.js";
import type { RangeTarget } from "./range-target.js";

/** Writing values, formulas and number formats into a range. */

/**
 * Sets `values` or `formulas`. One value goes into every cell; in an array null leaves a cell as it is. Throws HostError
 * `InvalidArgument` for an array of another size, `AccessDenied` on a locked cell of a protected sheet.
 */
export function writeCells(range: RangeTarget, value: Json | HostObject): void {
  if (value instanceof HostObject) throw invalidArgument();
  const { book, sheet, area } = range;
  if (isUnbounded(range)) throw invalidArgument();
  book.assertUnlocked(sheet, area);
  if (isList(value)) writeArray(range, sized(range, value));
  else {
    const entry = asCell(value);
    for (let i = 0; i < range.touchedRows; i += 1) {
      for (let j = 0; j < area.columns; j += 1) enter(sheet, area.row + i, area.column + j, entry, book);
    }
  }
  if (book.hardness.calculatedColumnsFill) fillColumns(range, value);
  growTables(range);
  settleHeaders(range);
  book.changed(sheet, area);
}

/**
 * A table takes in what is written right beside or right below it, unless a totals row or something else is in the way:
 * AutoCorrect's "include new rows and columns in table", which calls of the object model set off as well
 * (OfficeDev/office-js #6745 for its sister, filled formulas).
 */
function growTables({ book, sheet, area }: RangeTarget): void {
  if (!book.hardness.tablesGrow) return;
  for (const table of sheet.tables) {
    const { row, column, rows, columns } = table.area;
    const holdsAny = (at: Area): boolean =>
      Array.from({ length: at.rows }).some((_, i) =>
        Array.from({ length: at.columns }).some((__, j) => valueAt(sheet, at.row + i, at.column + j) !== ""),
      );
    const beside = area.column === column + columns && intersection({ ...area, column }, table.area) !== undefined;
    const below = area.row === row + rows && intersection({ ...area, row }, table.area) !== undefined;
    if (!(beside || (below && !table.showTotals)) || !holdsAny(area)) continue;
    const grown = beside
      ? { ...table.area, columns: columns + area.columns }
      : { ...table.area, rows: rows + area.rows };
    const blocked = sheet.tables.some((other) => other !== table && intersection(other.area, grown));
    if (blocked) continue;
    table.area = grown;
    if (below) fillGrown(book, sheet, table, area.rows);
  }
}

/** Whole rows or columns, which have no values (learn.microsoft.com, "Read or write to an unbounded range"). */
export function isUnbounded({ book, area }: Pick<RangeTarget, "book" | "area">): boolean {
  return book.hardness.wholeRowsAreNull && (area.columns === MAX_COLUMNS || area.rows === MAX_ROWS);
}

/** The last rows of a table, which it has just grown by, get the formulas of its calculated columns. */
export function fillGrown(book: Book, sheet: SheetModel, table: TableModel, added: number): void {
  if (!book.hardness.calculatedColumnsFill) return;
  const body = bodyArea(table);
  const before = body.rows - added;
  if (before < 1) return;
  for (let column = body.column; column < body.column + body.columns; column += 1) {
    const formulas = Array.from({ length: before }, (_, i) => formulaAt(sheet, body.row + i, column));
    if (formulas.includes(undefined)) continue;
    for (let i = before; i < body.rows; i += 1) {
      if (valueAt(sheet, body.row + i, column) === "") enter(sheet, body.row + i, column, formulas.at(-1)!, book);
    }
  }
}

/** A formula that is entered into a table's column whose other cells are blank goes into all of them. */
function fillColumns({ book, sheet, area }: RangeTarget, entries: Json): void {
  for (const table of sheet.tables) {
    const body = bodyArea(table);
    const hit = intersection(body, area);
    if (!hit) continue;
    for (let column = hit.column; column < hit.column + hit.columns; column += 1) {
      const line = isList(entries) ? entries[hit.row - area.row] : undefined;
      const entered = line === undefined ? entries : isList(line) ? line[column - area.column] : undefined;
      const formula = typeof entered === "string" ? formulaAt(sheet, hit.row, column) : undefined;
      if (formula === undefined) continue;
      const others = Array.from({ length: body.rows }, (_, i) => body.row + i).filter(
        (row) => row < hit.row || row >= hit.row + hit.rows,
      );
      if (others.some((row) => valueAt(sheet, row, column) !== "" || formulaAt(sheet, row, column))) continue;
      for (const row of others) enter(sheet, row, column, formula, book);
    }
  }
}

function writeArray(range: RangeTarget, lines: readonly (readonly Json[])[]): void {
  const { book, sheet, area } = range;
  const hidden = lines.map((_, i) => book.isOutOfSight(sheet, area.row + i));
  const spills = book.hardness.hiddenRowsSpill && lines.length > 1 && hidden.includes(true);
  lines.forEach((line, i) => {
    if (spills && hidden[i]) return;
    (spills ? lines[0]! : line).forEach((entry, j) => {
      if (entry !== null) enter(sheet, area.row + i, area.column + j, asCell(entry), book);
    });
  });
}

function sized({ area }: RangeTarget, value: Json): readonly (readonly Json[])[] {
  const lines = grid(value);
  if (lines.length !== area.rows || lines.some((line) => line.length !== area.columns)) {
    throw invalidArgument(
      "The number of rows or columns in the input array doesn't match the size or dimensions of the range.",
    );
  }
  return lines;
}

/** Sets number formats: one for all cells, or an array in which null leaves a cell's format as it is. */
export function writeNumberFormats(range: RangeTarget, value: Json | HostObject): void {
  if (value instanceof HostObject) throw invalidArgument();
  const { book, sheet, area } = range;
  book.assertAllowed(sheet, "allowFormatCells");
  if (!isList(value)) {
    const format = asText(value);
    for (let i = 0; i < range.touchedRows; i += 1) {
      for (let j = 0; j < area.columns; j += 1) setNumberFormat(sheet, area.row + i, area.column + j, format);
    }
    return;
  }
  sized(range, value).forEach((line, i) => {
    line.forEach((format, j) => {
      if (format !== null) setNumberFormat(sheet, area.row + i, area.column + j, asText(format));
    });
  });
}

/** A table's headers are texts, none blank and none twice; Excel mends what was written. */
export function settleHeaders({ sheet, area }: Pick<RangeTarget, "sheet" | "area">): void {
  for (const table of sheet.tables) {
    if (!table.showHeaders || !intersection({ ...table.area, rows: 1 }, area)) continue;
    nameHeaders(sheet, table.area.row, table.area.column, table.area.columns);
  }
}

export function nameHeaders(sheet: SheetModel, row: number, column: number, columns: number): void {
  const seen = new Set<string>();
  for (let j = 0; j < columns; j += 1) {
    const wanted = String(valueAt(sheet, row, column + j)) || `列${j + 1}`;
    let name = wanted;
    for (let n = 2; seen.has(name.toLowerCase()); n += 1) name = `${wanted}${n}`;
    seen.add(name.toLowerCase());
    put(rowAt(sheet, row), column + j, name);
  }
}

/** `Empty`, `String`, `Double`, `Boolean` or `Error`. */
export function valueType(value: CellValue): string {
  if (value === "") return "Empty";
  if (typeof value === "number") return "Double";
  if (typeof value === "boolean") return "Boolean";
  return isCellError(value) ? "Error" : "String";
}
