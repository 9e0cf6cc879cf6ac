import { formatArea, intersection, type Area } from "../address.js";
import type { Book } from "../book.js";
import { EventType, WORKBOOK_TARGET } from "../events.js";
import { clearCells, shiftCells } from "../grid.js";
import { HostError, invalidArgument, itemNotFound } from "../host-error.js";
import { HostObject, type TypeSpec } from "../host-object.js";
import type { Json } from "../wire.js";
import { addTable, allTables, sameName, type SheetModel, type TableModel } from "../workbook-model.js";
import { eventMethods } from "./event-methods.js";
import { asFlag, asText, keyText } from "./json-values.js";
import { fillGrown, nameHeaders, settleHeaders } from "./range-cells.js";
import { rangeArgument, rangeOf } from "./range.js";
import type { RangeTarget } from "./range-target.js";
import { AUTO_FILTER, COLUMNS, ROWS, TABLE_SORT } from "./table-parts.js";
import { refilter, TableTarget } from "./table-target.js";
import { worksheet } from "./worksheet.js";

/** Tables and their collections. */

export function tableObject(book: Book, table: TableModel): HostObject {
  return HostObject.of(TABLE, new TableTarget(book, table));
}

const VALID_NAME = /^[\p{L}_\\][\p{L}\p{N}_.\\?]{0,254}$/u;

const flag = (
  name: "showBandedRows" | "showBandedColumns" | "showFilterButton" | "highlightFirstColumn" | "highlightLastColumn",
) => ({
  get: (): Json => name === "showBandedRows" || name === "showFilterButton",
  set: (): void => undefined,
});

const TABLE: TypeSpec<TableTarget> = {
  name: "Table",
  id: { wire: "Id", of: ({ table }) => table.id },
  scalars: {
    id: { get: ({ table }) => table.id },
    name: {
      get: ({ table }) => table.name,
      set: ({ book, table }, value) => {
        const name = asText(value);
        if (!VALID_NAME.test(name)) throw invalidArgument("The table's name is not valid.");
        const taken = allTables(book.model).some((entry) => entry.table !== table && sameName(entry.table.name, name));
        if (taken) throw new HostError("InvalidArgument", "A table of this name exists already.");
        table.name = name;
      },
    },
    style: {
      get: ({ table }) => table.style,
      set: ({ table }, value) => {
        table.style = asText(value);
      },
    },
    showHeaders: {
      get: ({ table }) => table.showHeaders,
      set: ({ table }, value) => {
        table.showHeaders = asFlag(value);
      },
    },
    showTotals: {
      get: ({ table }) => table.showTotals,
      set: ({ book, sheet, table }, value) => {
        const show = asFlag(value);
        if (show === table.showTotals) return;
        const foot = table.area.row + table.area.rows;
        if (show) {
          shiftCells(sheet, { ...table.area, row: foot, rows: 1 }, "down", book.keptRanges);
          table.area = { ...table.area, rows: table.area.rows + 1 };
        } else {
          clearCells(sheet, { ...table.area, row: foot - 1, rows: 1 }, "All");
          table.area = { ...table.area, rows: table.area.rows - 1 };
        }
        table.showTotals = show;
      },
    },
    showBandedRows: flag("showBandedRows"),
    showBandedColumns: flag("showBandedColumns"),
    showFilterButton: flag("showFilterButton"),
    highlightFirstColumn: flag("highlightFirstColumn"),
    highlightLastColumn: flag("highlightLastColumn"),
    legacyId: { get: ({ table }) => table.id },
  },
  children: {
    worksheet: ({ book, sheet }) => worksheet(book, sheet),
    columns: (target) => HostObject.of(COLUMNS, target),
    rows: (target) => HostObject.of(ROWS, target),
    sort: (target) => HostObject.of(TABLE_SORT, target),
    autoFilter: (target) => HostObject.of(AUTO_FILTER, target),
  },
  methods: {
    getRange: (target) => target.open(target.table.area),
    getHeaderRowRange: (target) => target.open({ ...target.table.area, rows: 1 }),
    getDataBodyRange: (target) => target.open(target.body),
    getTotalRowRange: (target) => {
      const { area, showTotals } = target.table;
      if (!showTotals) throw itemNotFound();
      return target.open({ ...area, row: area.row + area.rows - 1, rows: 1 });
    },
    resize: (target, args) => {
      resize(target, rangeArgument(target.book, target.sheet, args, 0).area);
      return undefined;
    },
    clearFilters: (target) => {
      target.book.assertAllowed(target.sheet, "allowAutoFilter");
      target.table.filters = {};
      refilter(target);
      return undefined;
    },
    reapplyFilters: (target) => {
      refilter(target);
      return undefined;
    },
    convertToRange: (target) => {
      const { sheet, table } = target;
      sheet.tables = sheet.tables.filter((other) => other !== table);
      return rangeOf(target.book, sheet, table.area);
    },
    delete: (target) => {
      const { book, sheet, table } = target;
      book.assertUnlocked(sheet, table.area);
      clearCells(sheet, table.area, "All");
      removeTable(book, sheet, table);
      return undefined;
    },
    ...eventMethods<TableTarget>(
      { DataChanged: EventType.tableChanged, SelectionChanged: EventType.tableSelectionChanged },
      ({ book }) => book,
      ({ table }) => table.id,
    ),
  },
};

/** Takes a table away, as when another author deletes it, and tells listeners. */
export function removeTable(book: Book, sheet: SheetModel, table: TableModel): void {
  sheet.tables = sheet.tables.filter((other) => other !== table);
  book.events.raise(EventType.tableDeleted, [sheet.id, WORKBOOK_TARGET], {
    source: book.source,
    tableId: table.id,
    tableName: table.name,
    worksheetId: sheet.id,
  });
}

function resize({ book, sheet, table }: TableTarget, area: Area): void {
  book.assertAllowed(sheet, "allowInsertColumns");
  const overlaps = sheet.tables.some((other) => other !== table && intersection(other.area, area));
  const minimum = 1 + (table.showTotals ? 1 : 0) + 1;
  if (area.row !== table.area.row || !intersection(area, table.area) || overlaps || area.rows < minimum) {
    throw invalidArgument("The new range of the table is not valid.");
  }
  if (sheet.merges.some((merge) => intersection(merge, area))) {
    throw new HostError("InvalidOperation", "A table can't hold merged cells.");
  }
  const added = area.rows - table.area.rows;
  table.area = area;
  if (added > 0) fillGrown(book, sheet, table, added);
  if (table.showHeaders) nameHeaders(sheet, area.row, area.column, area.columns);
  book.changed(sheet, { ...area, rows: 1 });
}

interface TablesTarget {
  readonly book: Book;
  /** Undefined for the workbook's collection. */
  readonly sheet: SheetModel | undefined;
  readonly within?: Area;
}

const TABLES: TypeSpec<TablesTarget> = {
  name: "TableCollection",
  items: (target) => listed(target).map((table) => tableObject(target.book, table)),
  item: findTable,
  methods: {
    getCount: (target) => listed(target).length,
    getItemOrNullObject: (target, args) => findTable(target, args.json(0)),
    getItemAt: (target, args) => {
      const table = listed(target)[args.whole(0)];
      if (!table) throw itemNotFound();
      return tableObject(target.book, table);
    },
    add: ({ book, sheet }, args) => {
      const range = rangeArgument(book, sheet ?? book.activeSheet, args, 0);
      return tableObject(book, createTable(book, range, args.flag(1, true)));
    },
    ...eventMethods<TablesTarget>(
      { DataChanged: EventType.tableChanged, Added: EventType.tableAdded, Deleted: EventType.tableDeleted },
      ({ book }) => book,
      ({ sheet }) => sheet?.id ?? WORKBOOK_TARGET,
    ),
  },
};

function createTable(book: Book, { sheet, area }: RangeTarget, hasHeaders: boolean): TableModel {
  book.assertUnlocked(sheet, area);
  if (sheet.tables.some((table) => intersection(table.area, area))) {
    throw invalidArgument("A table can't overlap another table.");
  }
  if (sheet.merges.some((merge) => intersection(merge, area))) {
    throw new HostError("InvalidOperation", "A table can't hold merged cells.");
  }
  if (!hasHeaders) shiftCells(sheet, { ...area, rows: 1 }, "down", book.keptRanges);
  const rows = Math.max(2, hasHeaders ? area.rows : area.rows + 1);
  const names = new Set(allTables(book.model).map(({ table }) => table.name.toLowerCase()));
  let n = names.size + 1;
  while (names.has(`表${n}`)) n += 1;
  const table = addTable(book.model, sheet, `表${n}`, { ...area, rows });
  settleHeaders({ sheet, area: { ...area, rows: 1 } });
  book.events.raise(EventType.tableAdded, [sheet.id, WORKBOOK_TARGET], {
    source: book.source,
    tableId: table.id,
    worksheetId: sheet.id,
    address: formatArea(table.area),
  });
  return table;
}

function listed({ book, sheet, within }: TablesTarget): TableModel[] {
  if (!sheet) return allTables(book.model).map(({ table }) => table);
  return sheet.tables.filter(({ area }) => !within || intersection(area, within));
}

function findTable(target: TablesTarget, key: Json): HostObject | null {
  const found = listed(target).find(({ id, name }) => id === keyText(key) || sameName(name, keyText(key)));
  return found ? tableObject(target.book, found) : null;
}

export function workbookTables(book: Book): HostObject {
  return HostObject.of(TABLES, { book, sheet: undefined });
}

export function tablesOf(book: Book, sheet: SheetModel, within?: Area): HostObject {
  return HostObject.of(TABLES, { book, sheet, ...(within && { within }) });
}
