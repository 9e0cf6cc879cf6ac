import { formatArea, intersection, type Area } from "../address.js";
import type { Book } from "../book.js";
import { EventType, WORKBOOK_TARGET } from "../events.js";
import { applyFilters, clearCells, deleteTableRows, insertTableRows, shiftCells } from "../grid.js";
import { HostError, invalidArgument, itemNotFound } from "../host-error.js";
import { HostObject, type Args, type TypeSpec } from "../host-object.js";
import { isList, isObject, type Json, type JsonObject } from "../wire.js";
import {
  addTable,
  allTables,
  bodyArea,
  put,
  rowAt,
  sameName,
  valueAt,
  type SheetModel,
  type TableModel,
} from "../workbook-model.js";
import { eventMethods } from "./event-methods.js";
import { asFlag, asText, keyText } from "./json-values.js";
import { nameHeaders, settleHeaders, writeCells } from "./range-cells.js";
import { rangeArgument, rangeOf, sortArea } from "./range.js";
import { RangeTarget } from "./range-target.js";
import { worksheet } from "./worksheet.js";

/** Tables, their columns and rows. */

class TableTarget {
  constructor(
    readonly book: Book,
    readonly table: TableModel,
  ) {}

  /** Throws HostError `ItemNotFound` once the table is gone. */
  get sheet(): SheetModel {
    return this.book.sheetOf(this.table);
  }

  get body(): Area {
    return bodyArea(this.table);
  }

  range(area: Area): RangeTarget {
    return new RangeTarget(this.book, this.sheet, area);
  }

  open(area: Area): HostObject {
    return rangeOf(this.book, this.sheet, area);
  }
}

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
    sort: (target) => HostObject.of(SORT, target),
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
  table.area = area;
  if (table.showHeaders) nameHeaders(sheet, area.row, area.column, area.columns);
  book.changed(sheet, { ...area, rows: 1 });
}

function refilter({ book, sheet, table }: TableTarget): void {
  applyFilters(sheet, table, (row, column) => book.textAt(sheet, row, column));
}

interface ColumnTarget {
  readonly of: TableTarget;
  readonly index: number;
}

function columnArea({ of, index }: ColumnTarget, area: Area): Area {
  return { ...area, column: of.table.area.column + index, columns: 1 };
}

const COLUMN: TypeSpec<ColumnTarget> = {
  name: "TableColumn",
  id: { wire: "Id", of: ({ index }) => index + 1 },
  scalars: {
    id: { get: ({ index }) => index + 1 },
    index: { get: ({ index }) => index },
    name: {
      get: ({ of, index }) => String(valueAt(of.sheet, of.table.area.row, of.table.area.column + index)),
      set: (target, value) => {
        writeCells(target.of.range(columnArea(target, { ...target.of.table.area, rows: 1 })), asText(value));
      },
    },
    values: {
      get: (target) => {
        const range = target.of.range(columnArea(target, target.of.table.area));
        return range.map((row, column) => valueAt(range.sheet, row, column));
      },
      set: (target, value) => {
        writeCells(target.of.range(columnArea(target, target.of.table.area)), value);
      },
    },
  },
  children: { filter: (target) => HostObject.of(FILTER, target) },
  methods: {
    getRange: (target) => target.of.open(columnArea(target, target.of.table.area)),
    getHeaderRowRange: (target) => target.of.open(columnArea(target, { ...target.of.table.area, rows: 1 })),
    getDataBodyRange: (target) => target.of.open(columnArea(target, target.of.body)),
    delete: (target) => {
      const { book, sheet, table } = target.of;
      book.assertAllowed(sheet, "allowDeleteColumns");
      const area = table.area;
      shiftCells(sheet, columnArea(target, area), "left", book.keptRanges);
      table.area = { ...area, columns: area.columns - 1 };
      book.changed(sheet, table.area, "ColumnDeleted");
      return undefined;
    },
  },
};

const COLUMNS: TypeSpec<TableTarget> = {
  name: "TableColumnCollection",
  items: columnsOf,
  item: (target, key) => findColumn(target, key),
  methods: {
    getCount: ({ table }) => table.area.columns,
    getItemOrNullObject: (target, args) => findColumn(target, args.json(0)),
    getItemAt: (target, args) => {
      const column = columnsOf(target)[args.whole(0)];
      if (!column) throw itemNotFound();
      return column;
    },
    add: (target, args) => {
      const { book, sheet, table } = target;
      book.assertAllowed(sheet, "allowInsertColumns");
      const given = args.optionalWhole(0);
      const index = given === undefined || given < 0 ? table.area.columns : given;
      const area = table.area;
      shiftCells(sheet, { ...area, column: area.column + index, columns: 1 }, "right", book.keptRanges);
      table.area = { ...area, columns: area.columns + 1 };
      const column: ColumnTarget = { of: target, index };
      const name = args.optionalText(2);
      const values = args.json(1);
      if (isList(values)) writeCells(target.range(columnArea(column, table.area)), values);
      if (name !== undefined) put(rowAt(sheet, area.row), area.column + index, name);
      nameHeaders(sheet, area.row, area.column, table.area.columns);
      book.changed(sheet, columnArea(column, table.area), "ColumnInserted");
      return HostObject.of(COLUMN, column);
    },
  },
};

function columnsOf(target: TableTarget): HostObject[] {
  return Array.from({ length: target.table.area.columns }, (_, index) => HostObject.of(COLUMN, { of: target, index }));
}

function findColumn(target: TableTarget, key: Json): HostObject | null {
  const { area } = target.table;
  const sheet = target.sheet;
  const index = Array.from({ length: area.columns }, (_, i) => i).find((i) =>
    typeof key === "number" ? i + 1 === key : sameName(String(valueAt(sheet, area.row, area.column + i)), keyText(key)),
  );
  return index === undefined ? null : HostObject.of(COLUMN, { of: target, index });
}

interface RowTarget {
  readonly of: TableTarget;
  readonly index: number;
}

function rowArea({ of, index }: RowTarget): Area {
  return { ...of.body, row: of.body.row + index, rows: 1 };
}

const ROW: TypeSpec<RowTarget> = {
  name: "TableRow",
  scalars: {
    index: { get: ({ index }) => index },
    values: {
      get: (target) => {
        const range = target.of.range(rowArea(target));
        return range.map((row, column) => valueAt(range.sheet, row, column));
      },
      set: (target, value) => {
        writeCells(target.of.range(rowArea(target)), value);
      },
    },
  },
  methods: {
    getRange: (target) => target.of.open(rowArea(target)),
    delete: ({ of, index }) => {
      deleteRows(of, index, 1);
      return undefined;
    },
  },
};

const ROWS: TypeSpec<TableTarget> = {
  name: "TableRowCollection",
  items: (target) => Array.from({ length: target.body.rows }, (_, index) => HostObject.of(ROW, { of: target, index })),
  methods: {
    getCount: ({ body }) => body.rows,
    getItemAt: (target, args) => {
      const index = args.whole(0);
      if (index < 0 || index >= target.body.rows) throw itemNotFound();
      return HostObject.of(ROW, { of: target, index });
    },
    add: addRows,
    deleteRowsAt: (target, args) => {
      deleteRows(target, args.whole(0), args.optionalWhole(1) ?? 1);
      return undefined;
    },
  },
};

function addRows(target: TableTarget, args: Args): HostObject {
  const { book, sheet, table, body } = target;
  book.assertAllowed(sheet, "allowInsertRows");
  const given = args.optionalWhole(0);
  const index = given === undefined || given < 0 ? body.rows : given;
  const values = args.json(1);
  const lines = isList(values) && values.length > 0 && isList(values[0]) ? values : [values ?? []];
  insertTableRows(sheet, table, index, lines.length, book.keptRanges);
  const area: Area = { ...body, row: body.row + index, rows: lines.length };
  if (isList(lines[0]) && lines[0].length > 0) writeCells(target.range(area), lines);
  else book.changed(sheet, area, "RowInserted");
  return HostObject.of(ROW, { of: target, index });
}

function deleteRows({ book, sheet, table, body }: TableTarget, index: number, count: number): void {
  book.assertAllowed(sheet, "allowDeleteRows");
  if (Object.keys(table.filters).length > 0) {
    throw new HostError("InsertDeleteConflict", "Rows can't be deleted while a filter is applied to the table.");
  }
  deleteTableRows(sheet, table, index, count, book.keptRanges);
  book.changed(sheet, { ...body, row: body.row + index, rows: count }, "RowDeleted");
}

const FILTER: TypeSpec<ColumnTarget> = {
  name: "Filter",
  scalars: { criteria: { get: ({ of, index }) => of.table.filters[index] ?? null } },
  methods: {
    apply: (target, args) => {
      const criteria = args.json(0);
      if (!isObject(criteria)) throw invalidArgument();
      setFilter(target, criteria);
      return undefined;
    },
    applyValuesFilter: (target, args) => {
      setFilter(target, { filterOn: "Values", values: args.json(0) });
      return undefined;
    },
    applyCustomFilter: (target, args) => {
      setFilter(target, { filterOn: "Custom", criterion1: args.text(0) });
      return undefined;
    },
    clear: ({ of, index }) => {
      of.table.filters = Object.fromEntries(Object.entries(of.table.filters).filter(([key]) => Number(key) !== index));
      refilter(of);
      return undefined;
    },
  },
};

function setFilter({ of, index }: ColumnTarget, criteria: JsonObject): void {
  of.book.assertAllowed(of.sheet, "allowAutoFilter");
  of.table.filters = { ...of.table.filters, [index]: criteria };
  refilter(of);
}

const AUTO_FILTER: TypeSpec<TableTarget> = {
  name: "AutoFilter",
  scalars: {
    enabled: { get: () => true },
    isDataFiltered: { get: ({ table }) => Object.keys(table.filters).length > 0 },
    criteria: {
      get: ({ table }) =>
        Array.from({ length: table.area.columns }, (_, i) => table.filters[i] ?? { filterOn: "Custom" }),
    },
  },
  methods: {
    clearCriteria: (target) => {
      target.table.filters = {};
      refilter(target);
      return undefined;
    },
    reapply: (target) => {
      refilter(target);
      return undefined;
    },
    getRange: (target) => target.open(target.table.area),
  },
};

const SORT: TypeSpec<TableTarget> = {
  name: "TableSort",
  methods: {
    apply: (target, args) => {
      target.book.assertAllowed(target.sheet, "allowSort");
      sortArea(target.book, target.sheet, target.body, args.json(0));
      return undefined;
    },
    clear: () => undefined,
    reapply: () => undefined,
  },
};

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
