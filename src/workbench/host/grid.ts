import { contains, intersection, MAX_COLUMNS, type Area } from "./address.js";
import { readEntry, type Reading } from "./cell-input.js";
import { HostError, invalidArgument } from "./host-error.js";
import type { JsonObject } from "./wire.js";
import {
  bodyArea,
  numberFormatAt,
  put,
  rowAt,
  styleAt,
  type CellValue,
  type RowModel,
  type SheetModel,
  type TableModel,
} from "./workbook-model.js";

/** Changes to the cells of a sheet: entries, shifts, sorts, filters. Everything that stands on the sheet moves along. */

/** All there is in one cell. */
interface Cell {
  readonly value: CellValue;
  readonly formula: string | undefined;
  readonly numberFormat: string | undefined;
  readonly style: JsonObject | undefined;
}

function cellAt(sheet: SheetModel, row: number, column: number): Cell {
  const model = sheet.rows[row];
  return {
    value: model?.values[column] ?? "",
    formula: model?.formulas?.[column],
    numberFormat: model?.numberFormats?.[column],
    style: model?.styles?.[column],
  };
}

function putCell(sheet: SheetModel, row: number, column: number, cell: Cell): void {
  const blank = cell.value === "" && sheet.rows[row] === undefined;
  if (blank && !cell.formula && !cell.numberFormat && !cell.style) return;
  const model = rowAt(sheet, row);
  if (cell.value !== "" || model.values.length > column) put(model, column, cell.value);
  assign(model, "formulas", column, cell.formula);
  assign(model, "numberFormats", column, cell.numberFormat);
  assign(model, "styles", column, cell.style);
}

function assign<Key extends "formulas" | "numberFormats" | "styles">(
  row: RowModel,
  key: Key,
  column: number,
  value: NonNullable<RowModel[Key]>[number] | undefined,
): void {
  if (value === undefined) {
    if (row[key]?.[column] === undefined) return;
    const rest: Record<number, unknown> = row[key];
    Reflect.deleteProperty(rest, column);
    return;
  }
  const record: Record<number, unknown> = (row[key] ??= {});
  record[column] = value;
}

/** Enters a value as if typed; a merged area keeps only what goes into its first cell. */
export function enter(sheet: SheetModel, row: number, column: number, entry: CellValue, reading: Reading): void {
  if (isCovered(sheet, row, column)) return;
  const format = numberFormatAt(sheet, row, column);
  const read = readEntry(entry, format, reading);
  const model = rowAt(sheet, row);
  put(model, column, read.value);
  assign(model, "formulas", column, read.formula);
  if (read.numberFormat !== undefined && format === "General") setNumberFormat(sheet, row, column, read.numberFormat);
  const style = styleAt(sheet, row, column);
  if (read.quotePrefix) setStyle(sheet, row, column, { ...style, quotePrefix: true });
  else if (style.quotePrefix === true) {
    setStyle(sheet, row, column, Object.fromEntries(Object.entries(style).filter(([key]) => key !== "quotePrefix")));
  }
}

/** Inside a merged area, but not its first cell. */
function isCovered(sheet: SheetModel, row: number, column: number): boolean {
  return sheet.merges.some(
    (merge) => contains(merge, { row, column, rows: 1, columns: 1 }) && (merge.row !== row || merge.column !== column),
  );
}

export function setNumberFormat(sheet: SheetModel, row: number, column: number, format: string): void {
  assign(rowAt(sheet, row), "numberFormats", column, format === "General" || format === "" ? undefined : format);
}

export function setStyle(sheet: SheetModel, row: number, column: number, style: JsonObject): void {
  assign(rowAt(sheet, row), "styles", column, Object.keys(style).length === 0 ? undefined : style);
}

/** Blanks cells: their contents, their formats, or both. */
export function clearCells(sheet: SheetModel, area: Area, what: "All" | "Contents" | "Formats"): void {
  const last = Math.min(sheet.rows.length, area.row + area.rows);
  for (let row = area.row; row < last; row += 1) {
    const model = sheet.rows[row];
    if (!model) continue;
    const width = Math.max(model.values.length, ...keyedColumns(model).map((column) => column + 1));
    for (let column = area.column; column < Math.min(width, area.column + area.columns); column += 1) {
      if (what !== "Formats") {
        if (column < model.values.length) model.values[column] = "";
        assign(model, "formulas", column, undefined);
      }
      if (what !== "Contents") {
        assign(model, "numberFormats", column, undefined);
        assign(model, "styles", column, undefined);
      }
    }
  }
}

function keyedColumns(row: RowModel): number[] {
  return [row.formulas, row.numberFormats, row.styles].flatMap((record) => Object.keys(record ?? {}).map(Number));
}

export type Shift = "down" | "up" | "right" | "left";

/** What moves with the cells besides tables, merges, formats and validations: ranges a client keeps. */
export interface Movable {
  area: Area;
}

/**
 * Inserts blank cells where the area lies, or takes its cells out, and shifts what is below or to the right.
 * Throws `InsertDeleteConflict` if a table would be torn apart.
 */
export function shiftCells(sheet: SheetModel, area: Area, shift: Shift, kept: Iterable<Movable> = []): void {
  const vertical = shift === "down" || shift === "up";
  const band: Area = vertical
    ? { ...area, rows: Math.max(1, sheet.rows.length + area.rows - area.row) }
    : { ...area, columns: MAX_COLUMNS - area.column };
  for (const table of sheet.tables) {
    const hit = intersection(table.area, band);
    const whole = vertical ? hit?.columns === table.area.columns : hit?.rows === table.area.rows;
    if (hit && !whole) {
      throw new HostError("InsertDeleteConflict", "This operation is not allowed: it would shift cells in a table.");
    }
  }
  moveCells(sheet, area, shift);
  moveThings(sheet, (thing) => movedArea(thing, area, shift), kept);
}

function moveCells(sheet: SheetModel, area: Area, shift: Shift): void {
  if (shift === "down" || shift === "up") moveDownOrUp(sheet, area, shift);
  else moveSideways(sheet, area, shift);
}

function moveDownOrUp(sheet: SheetModel, area: Area, shift: "down" | "up"): void {
  const end = sheet.rows.length;
  if (area.columns === MAX_COLUMNS) {
    const blank = shift === "down" ? Array.from({ length: area.rows }, () => null) : [];
    if (area.row < end) sheet.rows.splice(area.row, shift === "up" ? area.rows : 0, ...blank);
    return;
  }
  const rows = shift === "down" ? downTo(end - 1, area.row) : upTo(area.row + area.rows, end - 1);
  const by = shift === "down" ? area.rows : -area.rows;
  for (const row of rows) {
    for (let column = area.column; column < area.column + area.columns; column += 1) {
      putCell(sheet, row + by, column, cellAt(sheet, row, column));
    }
  }
  clearCells(sheet, { ...area, row: shift === "down" ? area.row : Math.max(area.row, end - area.rows) }, "All");
}

function moveSideways(sheet: SheetModel, area: Area, shift: "right" | "left"): void {
  for (let row = area.row; row < Math.min(sheet.rows.length, area.row + area.rows); row += 1) {
    const model = sheet.rows[row];
    if (!model) continue;
    const width = Math.max(model.values.length, ...keyedColumns(model).map((column) => column + 1));
    const columns = shift === "right" ? downTo(width - 1, area.column) : upTo(area.column + area.columns, width - 1);
    const by = shift === "right" ? area.columns : -area.columns;
    for (const column of columns) putCell(sheet, row, column + by, cellAt(sheet, row, column));
    const blankFrom = shift === "right" ? area.column : Math.max(area.column, width - area.columns);
    clearCells(sheet, { row, column: blankFrom, rows: 1, columns: area.columns }, "All");
  }
}

/** from, from - 1, …, to; nothing if `to` is greater. */
function downTo(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, from - to + 1) }, (_, i) => from - i);
}

/** from, from + 1, …, to; nothing if `to` is smaller. */
function upTo(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}

function moveThings(sheet: SheetModel, move: (area: Area) => Area | undefined, kept: Iterable<Movable>): void {
  for (const table of sheet.tables) table.area = move(table.area) ?? table.area;
  const surviving = <Thing extends { area: Area }>(things: Thing[]): Thing[] =>
    things.flatMap((thing) => {
      const area = move(thing.area);
      return area ? [{ ...thing, area }] : [];
    });
  sheet.merges = sheet.merges.flatMap((merge) => move(merge) ?? []);
  sheet.conditionalFormats = surviving(sheet.conditionalFormats);
  sheet.dataValidations = surviving(sheet.dataValidations);
  for (const movable of kept) movable.area = move(movable.area) ?? movable.area;
}

/** Where an area comes to lie when cells are shifted; undefined if all of it was taken out. */
export function movedArea(thing: Area, area: Area, shift: Shift): Area | undefined {
  const vertical = shift === "down" || shift === "up";
  const inBand = vertical
    ? thing.column >= area.column && thing.column + thing.columns <= area.column + area.columns
    : thing.row >= area.row && thing.row + thing.rows <= area.row + area.rows;
  if (!inBand) return thing;
  const at = vertical ? area.row : area.column;
  const count = vertical ? area.rows : area.columns;
  const start = vertical ? thing.row : thing.column;
  const length = vertical ? thing.rows : thing.columns;
  const span =
    shift === "down" || shift === "right"
      ? {
          start: start >= at ? start + count : start,
          length: start < at && start + length > at ? length + count : length,
        }
      : withoutSpan(start, length, at, count);
  if (span.length === 0) return undefined;
  return vertical
    ? { ...thing, row: span.start, rows: span.length }
    : { ...thing, column: span.start, columns: span.length };
}

function withoutSpan(start: number, length: number, at: number, count: number): { start: number; length: number } {
  const before = Math.max(0, Math.min(start + length, at) - start);
  const after = Math.max(0, start + length - Math.max(start, at + count));
  const newStart = start < at ? start : Math.max(at, start - count);
  return { start: newStart, length: before + after };
}

/** Inserts blank rows into a table before the body's row `index`; what stands below the table moves down. */
export function insertTableRows(
  sheet: SheetModel,
  table: TableModel,
  index: number,
  count: number,
  kept: Iterable<Movable> = [],
): void {
  const body = bodyArea(table);
  if (index < 0 || index > body.rows) throw invalidArgument();
  const before = table.area;
  const place: Area = { ...body, row: body.row + index, rows: count };
  shiftCells(sheet, place, "down", kept);
  table.area = { ...before, rows: before.rows + count };
}

/** Deletes rows of a table's body; the last row stays as a blank one. */
export function deleteTableRows(
  sheet: SheetModel,
  table: TableModel,
  index: number,
  count: number,
  kept: Iterable<Movable> = [],
): void {
  const body = bodyArea(table);
  if (index < 0 || count < 1 || index + count > body.rows) throw invalidArgument();
  const before = table.area;
  if (count === body.rows) {
    clearCells(sheet, { ...body, rows: 1 }, "Contents");
    if (count > 1) deleteTableRows(sheet, table, 1, count - 1, kept);
    return;
  }
  shiftCells(sheet, { ...body, row: body.row + index, rows: count }, "up", kept);
  table.area = { ...before, rows: before.rows - count };
}

/** Puts the rows of an area into a new order: row i becomes the one that stood at `order[i]`. Hidden rows stay hidden where they are. */
export function reorderRows(sheet: SheetModel, area: Area, order: readonly number[]): void {
  const cells = order.map((from) =>
    Array.from({ length: area.columns }, (_, j) => cellAt(sheet, area.row + from, area.column + j)),
  );
  cells.forEach((line, i) => {
    line.forEach((cell, j) => {
      putCell(sheet, area.row + i, area.column + j, cell);
    });
  });
}

/** The order of rows by the values of one column of the area: numbers, then texts, then blanks; stable. */
export function sortOrder(sheet: SheetModel, area: Area, column: number, ascending: boolean): number[] {
  const rank = (value: CellValue): number =>
    value === "" ? 3 : typeof value === "number" ? 0 : typeof value === "string" ? 1 : 2;
  const values = Array.from({ length: area.rows }, (_, i) => cellAt(sheet, area.row + i, area.column + column).value);
  const compare = (a: CellValue, b: CellValue): number => {
    if (a === "" || b === "") return a === b ? 0 : a === "" ? 1 : -1;
    const order = rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
    return ascending ? order : -order;
  };
  return values.map((_, i) => i).sort((i, j) => compare(values[i]!, values[j]!) || i - j);
}

/** Hides the body's rows that a table's filters leave out and shows the others. */
export function applyFilters(
  sheet: SheetModel,
  table: TableModel,
  textOf: (row: number, column: number) => string,
): void {
  const body = bodyArea(table);
  const filters = Object.entries(table.filters);
  for (let i = 0; i < body.rows; i += 1) {
    const row = body.row + i;
    const shown = filters.every(([column, criteria]) => passes(criteria, textOf(row, body.column + Number(column))));
    if (shown && sheet.rows[row]?.filtered === undefined) continue;
    const model = rowAt(sheet, row);
    if (shown) delete model.filtered;
    else model.filtered = true;
  }
}

function passes(criteria: JsonObject, text: string): boolean {
  if (Array.isArray(criteria.values)) return criteria.values.includes(text);
  const test = typeof criteria.criterion1 === "string" ? criteria.criterion1 : "";
  if (test === "" || test === "*") return true;
  if (test.startsWith("<>")) return text !== test.slice(2);
  const wanted = test.replace(/^=/, "");
  const pattern = wanted
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${pattern}$`, "i").test(text);
}
