import { parseAddress, type Area } from "./address.js";
import type { Book } from "./book.js";
import { applyFilters, deleteTableRows, enter, insertTableRows, reorderRows, shiftCells, sortOrder } from "./grid.js";
import { removeTable } from "./handlers/table.js";
import { freeName, removeSheet } from "./handlers/worksheet.js";
import { settleHeaders } from "./handlers/range-cells.js";
import { itemNotFound } from "./host-error.js";
import {
  allTables,
  bodyArea,
  sameName,
  valueAt,
  type CellValue,
  type SheetModel,
  type TableModel,
} from "./workbook-model.js";
import type { JsonObject } from "./wire.js";

/**
 * What a person does to a workbook without the add-in: another author in a test, or the one who types into the
 * workbench's grid. Rows of a table's body count from 0.
 */
export class Author {
  constructor(private readonly book: Book) {}

  sheet(name: string): SheetModel {
    const sheet = this.book.model.sheets.find((candidate) => sameName(candidate.name, name));
    if (!sheet) throw itemNotFound();
    return sheet;
  }

  table(name: string): TableModel {
    const found = allTables(this.book.model).find(({ table }) => sameName(table.name, name));
    if (!found) throw itemNotFound();
    return found.table;
  }

  /** Types into a cell, as if at the keyboard. */
  type(sheetName: string, address: string, entry: CellValue): void {
    const sheet = this.sheet(sheetName);
    const { area } = parseAddress(address);
    this.book.assertUnlocked(sheet, area);
    enter(sheet, area.row, area.column, entry, this.book);
    settleHeaders({ sheet, area });
    this.book.changed(sheet, area);
  }

  select(sheetName: string, address: string): void {
    this.book.select(this.sheet(sheetName), parseAddress(address).area);
  }

  /** Selects these cells and others with Ctrl, or leaves them for a chart. */
  selectMore(sheetName: string, address: string, beside: "other ranges" | "a chart"): void {
    this.book.select(this.sheet(sheetName), parseAddress(address).area, beside);
  }

  insertTableRows(name: string, index: number, lines: readonly (readonly CellValue[])[]): void {
    const table = this.table(name);
    const sheet = this.book.sheetOf(table);
    insertTableRows(sheet, table, index, lines.length, this.book.keptRanges);
    const body = bodyArea(table);
    lines.forEach((line, i) => {
      line.forEach((value, j) => {
        enter(sheet, body.row + index + i, body.column + j, value, this.book);
      });
    });
    this.book.changed(sheet, { ...body, row: body.row + index, rows: lines.length }, "RowInserted");
  }

  deleteTableRows(name: string, index: number, count = 1): void {
    const table = this.table(name);
    const sheet = this.book.sheetOf(table);
    const body = bodyArea(table);
    deleteTableRows(sheet, table, index, count, this.book.keptRanges);
    this.book.changed(sheet, { ...body, row: body.row + index, rows: count }, "RowDeleted");
  }

  /** Inserts whole rows of the sheet; `row` counts from 0. */
  insertSheetRows(sheetName: string, row: number, count: number): void {
    const sheet = this.sheet(sheetName);
    const area = wholeRows(row, count);
    shiftCells(sheet, area, "down", this.book.keptRanges);
    this.book.changed(sheet, area, "RowInserted");
  }

  /** Deletes whole rows of the sheet; `row` counts from 0. */
  deleteSheetRows(sheetName: string, row: number, count: number): void {
    const sheet = this.sheet(sheetName);
    const area = wholeRows(row, count);
    shiftCells(sheet, area, "up", this.book.keptRanges);
    this.book.changed(sheet, area, "RowDeleted");
  }

  /** Inserts whole columns of the sheet; `column` counts from 0. */
  insertSheetColumns(sheetName: string, column: number, count: number): void {
    const sheet = this.sheet(sheetName);
    const area: Area = { row: 0, column, rows: 1_048_576, columns: count };
    shiftCells(sheet, area, "right", this.book.keptRanges);
    this.book.changed(sheet, area, "ColumnInserted");
  }

  sort(name: string, header: string, ascending = true): void {
    const table = this.table(name);
    const sheet = this.book.sheetOf(table);
    const body = bodyArea(table);
    reorderRows(sheet, body, sortOrder(sheet, body, this.columnIndex(table, header), ascending));
    this.book.changed(sheet, body);
  }

  /** Puts the rows of a table's body into any order: row i becomes the one that stood at `order[i]`. */
  reorder(name: string, order: readonly number[]): void {
    const table = this.table(name);
    const sheet = this.book.sheetOf(table);
    reorderRows(sheet, bodyArea(table), order);
    this.book.changed(sheet, bodyArea(table));
  }

  /** Shows only the rows whose column has one of these values. */
  filter(name: string, header: string, values: readonly string[]): void {
    const table = this.table(name);
    const sheet = this.book.sheetOf(table);
    table.filters = { ...table.filters, [this.columnIndex(table, header)]: { filterOn: "Values", values } };
    applyFilters(sheet, table, (row, column) => this.book.textAt(sheet, row, column));
  }

  /**
   * Shows only the rows whose column has one of these values, in a sheet view of one's own: the user's at the keyboard, or
   * another person's, of which nobody else sees anything.
   */
  filterInView(name: string, header: string, values: readonly string[], whose: "the user's" | "another's"): void {
    if (!this.book.hardness.viewsOfEachUser) {
      this.filter(name, header, values);
      return;
    }
    if (whose === "another's") return;
    const table = this.table(name);
    const sheet = this.book.sheetOf(table);
    const body = bodyArea(table);
    const column = body.column + this.columnIndex(table, header);
    const rows = Array.from({ length: body.rows }, (_, i) => body.row + i);
    this.book.hideInView(
      sheet,
      rows.filter((row) => !values.includes(this.book.textAt(sheet, row, column))),
    );
  }

  /** Shows all rows again. */
  clearFilters(name: string): void {
    const table = this.table(name);
    const sheet = this.book.sheetOf(table);
    table.filters = {};
    applyFilters(sheet, table, (row, column) => this.book.textAt(sheet, row, column));
  }

  renameTable(name: string, newName: string): void {
    this.table(name).name = newName;
  }

  /** Turns a table into plain cells. */
  convertToRange(name: string): void {
    const table = this.table(name);
    removeTable(this.book, this.book.sheetOf(table), table);
  }

  renameSheet(name: string, newName: string): void {
    const sheet = this.sheet(name);
    sheet.name = freeName(this.book, newName, sheet);
  }

  deleteSheet(name: string): void {
    removeSheet(this.book, this.sheet(name));
  }

  protect(sheetName: string, options: JsonObject = {}): void {
    this.sheet(sheetName).protection = { options };
  }

  merge(sheetName: string, address: string): void {
    this.sheet(sheetName).merges.push(parseAddress(address).area);
  }

  private columnIndex(table: TableModel, header: string): number {
    const sheet = this.book.sheetOf(table);
    const { row, column, columns } = table.area;
    const index = Array.from({ length: columns }, (_, i) => i).find((i) =>
      sameName(String(valueAt(sheet, row, column + i)), header),
    );
    if (index === undefined) throw itemNotFound();
    return index;
  }
}

function wholeRows(row: number, count: number): Area {
  return { row, column: 0, rows: count, columns: 16_384 };
}
