import { contains, formatArea, WHOLE_SHEET } from "../host/address.js";
import { Author } from "../host/author.js";
import type { Book } from "../host/book.js";
import { HostError } from "../host/host-error.js";
import { WorkbookHost } from "../host/host.js";
import type { Hardness } from "../host/worst-excel.js";
import {
  bodyArea,
  formulaAt,
  isRowHidden,
  numberFormatAt,
  usedArea,
  valueAt,
  type CellValue,
  type SheetModel,
  type TableModel,
  type WorkbookModel,
} from "../host/workbook-model.js";
import { isDateFormat } from "../host/display-text.js";
import type { Language } from "../../locales/language.js";
import { readBook } from "../file/read-book.js";
import { assertMayBeSaved, saveBook, type Unsaved } from "../file/save-book.js";

/** What a person does was refused, as Excel would refuse it. */
export type Refusal = "locked" | "table" | "other";

export interface SaveResult {
  readonly bytes: Uint8Array;
  readonly changedCells: number;
  /** Sheets written with their charts and PivotTables. */
  readonly pages: readonly string[];
  readonly unsaved: readonly (Unsaved | "moved")[];
}

/** A cell, rows and columns from 0. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Rows and columns shown beyond those in use. */
const SPARE_ROWS = 30;
const SPARE_COLUMNS = 2;
const LEAST_COLUMNS = 10;

/**
 * In what the workbench is kinder than the worst Excel: the reported fault with hidden rows is for tests, who types here is
 * no American, and waits for nothing.
 */
export const WORKBENCH_HARDNESS: Partial<Hardness> = {
  hiddenRowsSpill: false,
  readsEnglish: false,
  answersComeLate: false,
};

/** The workbook on the workbench: opened from a file, changed by a person in the grid and by the add-in in the pane. */
export class Bench {
  readonly host: WorkbookHost;
  /** Counts changes, whoever made them. */
  version = 0;
  private readonly author: Author;
  private readonly listeners = new Set<() => void>();
  private savedVersion = 0;
  private changes = 0;
  private moved = false;
  private announced = false;
  private shown = "";

  constructor(
    private readonly original: Uint8Array,
    readonly name: string,
    readonly refused: (refusal: Refusal, code: string) => void,
  ) {
    // What could never be saved is told before anybody has worked on it.
    assertMayBeSaved(original);
    this.host = new WorkbookHost(readBook(original, name), { hardness: WORKBENCH_HARDNESS });
    this.author = new Author(this.host.book);
  }

  get book(): Book {
    return this.host.book;
  }

  get model(): WorkbookModel {
    return this.host.model;
  }

  get sheet(): SheetModel {
    return this.book.activeSheet;
  }

  get selected(): Place {
    const { row, column } = this.model.selection;
    return { row, column };
  }

  get hasChanges(): boolean {
    return this.changes !== this.savedVersion;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  /**
   * After the host answered the add-in: the grid follows with the next frame, however many answers there were, and only
   * if there is something new to see.
   */
  readonly answered = (): void => {
    if ((this.host.requests.at(-1)?.cellsWritten ?? 0) > 0) this.changes += 1;
    if (this.announced || this.shown === this.outline()) return;
    this.announced = true;
    requestAnimationFrame(() => {
      this.announced = false;
      this.announce();
    });
  };

  /** Somebody types into a cell: as in Excel, the add-in's requests wait or fail until it is over. */
  beginEdit(): void {
    this.host.beginCellEdit();
  }

  endEdit(): void {
    this.host.endCellEdit();
  }

  /** Numbers of the rows shown, from 0: all in use that no filter hides, and some more. */
  shownRows(): number[] {
    const used = usedArea(this.sheet, WHOLE_SHEET);
    const count = (used ? used.row + used.rows : 0) + SPARE_ROWS;
    return Array.from({ length: count }, (_, row) => row).filter((row) => !isRowHidden(this.sheet, row));
  }

  /** Rows that filters hide. */
  filteredRows(): number {
    return this.sheet.rows.filter((row) => row?.filtered === true).length;
  }

  shownColumns(): number[] {
    const used = usedArea(this.sheet, WHOLE_SHEET);
    const count = Math.max(LEAST_COLUMNS, (used ? used.column + used.columns : 0) + SPARE_COLUMNS);
    return Array.from({ length: count }, (_, column) => column).filter(
      (column) => this.sheet.columns[column]?.hidden !== true,
    );
  }

  /** What a cell shows. */
  text({ row, column }: Place): string {
    return this.book.textAt(this.sheet, row, column);
  }

  isNumber({ row, column }: Place): boolean {
    return typeof valueAt(this.sheet, row, column) === "number";
  }

  /** What is edited: the formula, a date as it is typed, or the plain value. */
  entry({ row, column }: Place): string {
    const formula = formulaAt(this.sheet, row, column);
    if (formula !== undefined) return formula;
    const value = valueAt(this.sheet, row, column);
    const format = numberFormatAt(this.sheet, row, column);
    if (typeof value === "number" && isDateFormat(format)) return this.text({ row, column });
    return String(value);
  }

  /** The table a cell belongs to. */
  tableAt({ row, column }: Place): TableModel | undefined {
    return this.sheet.tables.find(({ area }) => contains(area, { row, column, rows: 1, columns: 1 }));
  }

  /** The header above a column, if a table has one there. */
  headerOf(column: number): string {
    const table = this.sheet.tables.find(
      ({ area, showHeaders }) => showHeaders && column >= area.column && column < area.column + area.columns,
    );
    return table ? String(valueAt(this.sheet, table.area.row, column)) : "";
  }

  showSheet(id: string): void {
    const sheet = this.model.sheets.find((candidate) => candidate.id === id);
    if (!sheet || sheet === this.sheet) return;
    const used = usedArea(sheet, WHOLE_SHEET);
    this.act(() => {
      this.book.select(sheet, { row: used?.row ?? 0, column: used?.column ?? 0, rows: 1, columns: 1 });
    });
  }

  select(place: Place): void {
    const { selection } = this.model;
    if (selection.row === place.row && selection.column === place.column) return;
    this.act(() => {
      this.book.select(this.sheet, { ...place, rows: 1, columns: 1 });
    });
  }

  type(place: Place, entry: CellValue): void {
    if (entry === this.entry(place)) return;
    this.change(() => {
      this.author.type(this.sheet.name, addressOf(place), entry);
    });
  }

  /** Types a block of lines and cells, as when it is pasted. */
  typeBlock(place: Place, lines: readonly (readonly string[])[]): void {
    this.change(() => {
      lines.forEach((line, i) => {
        line.forEach((entry, j) => {
          const target = { row: place.row + i, column: place.column + j };
          this.author.type(this.sheet.name, addressOf(target), entry);
        });
      });
    });
  }

  insertRow(): void {
    const place = this.selected;
    const table = this.tableAt(place);
    this.move("allowInsertRows", () => {
      if (table && place.row > table.area.row) {
        this.author.insertTableRows(table.name, place.row - bodyArea(table).row, [[]]);
      } else this.author.insertSheetRows(this.sheet.name, place.row, 1);
    });
  }

  /** A new row at the end of the sheet's table. */
  appendRow(): void {
    const table = this.tableAt(this.selected) ?? this.sheet.tables[0];
    if (!table) return;
    const body = bodyArea(table);
    this.change(() => {
      this.book.assertAllowed(this.sheet, "allowInsertRows");
      this.author.insertTableRows(table.name, body.rows, [[]]);
    });
    this.select({ row: body.row + body.rows, column: table.area.column });
  }

  deleteRow(): void {
    const place = this.selected;
    const table = this.tableAt(place);
    this.move("allowDeleteRows", () => {
      if (table && place.row > table.area.row) {
        this.author.deleteTableRows(table.name, place.row - bodyArea(table).row);
      } else this.author.deleteSheetRows(this.sheet.name, place.row, 1);
    });
  }

  sort(ascending: boolean): void {
    const table = this.tableAt(this.selected);
    if (!table) return;
    this.move("allowSort", () => {
      this.author.sort(table.name, this.headerOf(this.selected.column), ascending);
    });
  }

  /** Shows only rows whose cell in the selected column says the same as the selected one. */
  filterBySelected(): void {
    const table = this.tableAt(this.selected);
    if (!table || this.selected.row <= table.area.row) return;
    this.act(() => {
      this.book.assertAllowed(this.sheet, "allowAutoFilter");
      this.author.filter(table.name, this.headerOf(this.selected.column), [this.text(this.selected)]);
    });
  }

  clearFilters(): void {
    this.act(() => {
      for (const { name, filters } of this.sheet.tables) {
        if (Object.keys(filters).length > 0) this.author.clearFilters(name);
      }
    });
  }

  /** The file with the changes. Throws `WorkbookError`. */
  save(language: Language): SaveResult {
    const { bytes, changedCells, pages, unsaved } = saveBook(this.original, this.model, {
      language,
      newItemId: () => `{${crypto.randomUUID().toUpperCase()}}`,
    });
    this.savedVersion = this.changes;
    this.announce();
    return { bytes, changedCells, pages, unsaved: this.moved && changedCells > 0 ? [...unsaved, "moved"] : unsaved };
  }

  private change(act: () => void): void {
    this.act(() => {
      act();
      this.changes += 1;
    });
  }

  private move(permission: string, act: () => void): void {
    this.change(() => {
      this.book.assertAllowed(this.sheet, permission);
      act();
      this.moved = true;
    });
  }

  /** Does something as the person at the grid; add-ins hear of it as they do in Excel. */
  private act(act: () => void): void {
    this.book.byAddin = false;
    try {
      act();
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      this.refused(refusalOf(error.code), error.code);
    } finally {
      this.book.byAddin = true;
    }
    this.book.events.flush();
    this.announce();
  }

  /** What the grid shows, as far as it can be told without looking at cells. */
  private outline(): string {
    const { sheets, selection, activeSheet } = this.model;
    const parts = sheets.map(({ id, name, visibility, tables }) => [
      id,
      name,
      visibility,
      tables.map(({ area, filters }) => [area, filters]),
    ]);
    return JSON.stringify([this.book.cellsWritten, this.changes, selection, activeSheet, parts]);
  }

  private announce(): void {
    this.shown = this.outline();
    this.version += 1;
    for (const listener of this.listeners) listener();
  }
}

function refusalOf(code: string): Refusal {
  if (code === "AccessDenied") return "locked";
  return code === "InsertDeleteConflict" ? "table" : "other";
}

export function addressOf({ row, column }: Place): string {
  return formatArea({ row, column, rows: 1, columns: 1 });
}
