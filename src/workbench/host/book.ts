import { formatArea, intersection, WHOLE_SHEET, type Area } from "./address.js";
import { evaluateLiteral, type Evaluate } from "./cell-input.js";
import { displayText } from "./display-text.js";
import { EventHub, EventType, WORKBOOK_TARGET } from "./events.js";
import { accessDenied, invalidSelection, itemNotFound } from "./host-error.js";
import type { Movable } from "./grid.js";
import type { JsonObject } from "./wire.js";
import { WORST_EXCEL, type Hardness } from "./worst-excel.js";
import {
  allTables,
  isRowHidden,
  numberFormatAt,
  rowAt,
  styleAt,
  valueAt,
  type RowModel,
  type SheetModel,
  type TableModel,
  type WorkbookModel,
} from "./workbook-model.js";

/** Who changed something: this add-in or person, or another author. */
export type Source = "Local" | "Remote";

/** What happened to cells, as events name it. */
export type ChangeType =
  "RangeEdited" | "RowInserted" | "RowDeleted" | "ColumnInserted" | "ColumnDeleted" | "CellInserted" | "CellDeleted";

export interface BookOptions {
  /** Works out what a formula shows; literals only if left out. */
  readonly evaluate?: Evaluate;
  /** What the host is kinder in than the worst Excel; default nothing. */
  readonly hardness?: Partial<Hardness>;
  /** Opened so that it can't be saved under its name; default false. */
  readonly readOnly?: boolean;
  /** Sheets of 65,536 rows and 256 columns, as of a workbook of Excel 97–2003; default false. */
  readonly compatibilityMode?: boolean;
  /** Whether events of changed cells tell an add-in of its own writes (ExcelApi 1.14); default true. */
  readonly tellsTrigger?: boolean;
}

const OLD_SHEET: Area = { row: 0, column: 0, rows: 65_536, columns: 256 };

/** A workbook at work: the model, who listens, which ranges clients keep, and what has been written. */
export class Book {
  readonly events = new EventHub();
  readonly keptRanges = new Set<Movable>();
  readonly evaluate: Evaluate;
  readonly hardness: Hardness;
  /** What is selected beside the cells of `model.selection`. */
  selectedBeside: "nothing" | "other ranges" | "a chart" = "nothing";
  readonly readOnly: boolean;
  /** All cells of a sheet. */
  readonly wholeSheet: Area;
  private readonly tellsTrigger: boolean;
  /** Where changes come from at the moment. */
  source: Source = "Local";
  /** Local changes are the add-in's own; false while a person works on the cells. */
  byAddin = true;
  /** Cells written since the last reset. */
  cellsWritten = 0;
  /** Rows that the user at the keyboard has hidden in a view of their own. */
  private readonly hiddenInView = new WeakSet<RowModel>();
  calculationMode = "Automatic";

  constructor(
    readonly model: WorkbookModel,
    options: BookOptions = {},
  ) {
    this.evaluate = options.evaluate ?? evaluateLiteral;
    this.hardness = { ...WORST_EXCEL, ...options.hardness };
    this.readOnly = options.readOnly ?? false;
    this.wholeSheet = options.compatibilityMode === true ? OLD_SHEET : WHOLE_SHEET;
    this.tellsTrigger = options.tellsTrigger ?? true;
  }

  /** Hides these rows in the view of the user at the keyboard, and shows all others. */
  hideInView(sheet: SheetModel, rows: readonly number[]): void {
    for (const row of sheet.rows) if (row) this.hiddenInView.delete(row);
    for (const row of rows) this.hiddenInView.add(rowAt(sheet, row));
  }

  /** Whether an array written across this row goes astray. */
  isOutOfSight(sheet: SheetModel, row: number): boolean {
    const model = sheet.rows[row];
    return isRowHidden(sheet, row) || (model !== null && model !== undefined && this.hiddenInView.has(model));
  }

  nextId(): string {
    this.model.lastId += 1;
    return String(this.model.lastId);
  }

  /** Throws HostError `ItemNotFound` if the sheet has been deleted. */
  live(sheet: SheetModel): SheetModel {
    if (!this.model.sheets.includes(sheet)) throw itemNotFound();
    return sheet;
  }

  textAt(sheet: SheetModel, row: number, column: number): string {
    return displayText(valueAt(sheet, row, column), numberFormatAt(sheet, row, column));
  }

  /** Throws HostError `AccessDenied` if the sheet is protected and a cell of the area is locked. */
  assertUnlocked(sheet: SheetModel, area: Area): void {
    if (!sheet.protection) return;
    if (this.lockedState(sheet, area) !== false) {
      throw accessDenied("The sheet is protected, and a cell you are trying to change is locked.");
    }
  }

  /** true: all locked, false: none, null: some. A cell is locked unless its style says otherwise. */
  lockedState(sheet: SheetModel, area: Area): boolean | null {
    let locked = 0;
    let open = 0;
    const last = Math.min(area.row + area.rows, Math.max(sheet.rows.length, area.row + 1));
    for (let row = area.row; row < last; row += 1) {
      if (!sheet.rows[row]?.styles) {
        locked += 1;
        continue;
      }
      for (let column = area.column; column < area.column + area.columns; column += 1) {
        const protection = styleAt(sheet, row, column).protection;
        const isOpen =
          typeof protection === "object" &&
          protection !== null &&
          "locked" in protection &&
          protection.locked === false;
        if (isOpen) open += 1;
        else locked += 1;
      }
      if (locked > 0 && open > 0) return null;
    }
    return open === 0;
  }

  /** Throws HostError `AccessDenied` if the sheet is protected and the option of its protection isn't granted. */
  assertAllowed(sheet: SheetModel, option: string): void {
    if (sheet.protection && sheet.protection.options[option] !== true) throw accessDenied();
  }

  /** Throws HostError `AccessDenied` if the workbook's structure is protected. */
  assertStructureOpen(): void {
    if (this.model.protection) throw accessDenied("The workbook's structure is protected.");
  }

  /** Tells listeners that cells changed. */
  changed(sheet: SheetModel, area: Area, changeType: ChangeType = "RangeEdited"): void {
    this.cellsWritten += area.rows * area.columns;
    const message: JsonObject = {
      changeType,
      source: this.source,
      worksheetId: sheet.id,
      address: formatArea(area),
      ...(this.tellsTrigger
        ? { triggerSource: this.source === "Local" && this.byAddin ? "ThisLocalAddin" : "Unknown" }
        : {}),
    };
    this.events.raise(EventType.sheetChanged, [sheet.id, WORKBOOK_TARGET], message);
    for (const table of sheet.tables) {
      const hit = intersection(table.area, area);
      if (!hit) continue;
      this.events.raise(EventType.tableChanged, [table.id, sheet.id, WORKBOOK_TARGET], {
        ...message,
        tableId: table.id,
        address: formatArea(hit),
      });
    }
  }

  /** Moves the selection and tells listeners. */
  select(sheet: SheetModel, area: Area, beside: Book["selectedBeside"] = "nothing"): void {
    this.model.activeSheet = sheet.id;
    this.model.selection = area;
    this.selectedBeside = beside;
    const message: JsonObject = { worksheetId: sheet.id, address: formatArea(area) };
    this.events.raise(EventType.sheetSelectionChanged, [sheet.id, WORKBOOK_TARGET], message);
    for (const table of sheet.tables) {
      const hit = intersection(table.area, area);
      this.events.raise(EventType.tableSelectionChanged, [table.id], {
        ...message,
        address: hit ? formatArea(hit) : "",
      });
    }
    this.events.raiseSelection();
  }

  /** The cells selected. Throws HostError `InvalidSelection` where those are not one range. */
  selectedArea(): Area {
    if (this.hardness.oneSelectionOnly && this.selectedBeside !== "nothing") throw invalidSelection();
    return this.model.selection;
  }

  /** Throws HostError `InvalidSelection` while a chart is selected. */
  activeCell(): Area {
    if (this.hardness.oneSelectionOnly && this.selectedBeside === "a chart") throw invalidSelection();
    return { ...this.model.selection, rows: 1, columns: 1 };
  }

  get activeSheet(): SheetModel {
    return this.model.sheets.find(({ id }) => id === this.model.activeSheet) ?? this.model.sheets[0]!;
  }

  /** The table and its sheet; throws HostError `ItemNotFound` if it has been deleted. */
  sheetOf(table: TableModel): SheetModel {
    const found = allTables(this.model).find((entry) => entry.table === table);
    if (!found) throw itemNotFound();
    return found.sheet;
  }
}
