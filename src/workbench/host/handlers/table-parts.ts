import type { Area } from "../address.js";
import { deleteTableRows, insertTableRows, shiftCells } from "../grid.js";
import { HostError, invalidArgument, itemNotFound } from "../host-error.js";
import { HostObject, type Args, type TypeSpec } from "../host-object.js";
import { isList, isObject, type Json, type JsonObject } from "../wire.js";
import { put, rowAt, sameName, usedArea, valueAt } from "../workbook-model.js";
import { asText, keyText } from "./json-values.js";
import { fillGrown, nameHeaders, writeCells } from "./range-cells.js";
import { sortArea } from "./range-sort.js";
import { refilter, type TableTarget } from "./table-target.js";

/** A table's columns and rows, its filters and its order. */

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

export const COLUMNS: TypeSpec<TableTarget> = {
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

export const ROWS: TypeSpec<TableTarget> = {
  name: "TableRowCollection",
  items: (target) => Array.from({ length: rowCount(target) }, (_, index) => HostObject.of(ROW, { of: target, index })),
  methods: {
    getCount: rowCount,
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

/** Rows of a table; one whose only row is blank has none, though its body is still a range. */
function rowCount({ book, sheet, body }: TableTarget): number {
  const isEmpty = book.hardness.emptyTablesHaveNoRows && body.rows === 1 && usedArea(sheet, body) === undefined;
  return isEmpty ? 0 : body.rows;
}

function addRows(target: TableTarget, args: Args): HostObject {
  const { book, sheet, table, body } = target;
  book.assertAllowed(sheet, "allowInsertRows");
  const wanted = args.optionalWhole(0);
  const index = wanted === undefined || wanted < 0 ? body.rows : wanted;
  const values = args.json(1);
  const given = isList(values) && values.length > 0 && isList(values[0]) ? values : [values ?? []];
  const isBlank = given.every((line) => isList(line) && line.every((cell) => cell === ""));
  const lines = book.hardness.blankRowsAreLost && isBlank ? given.slice(0, 1) : given;
  insertTableRows(sheet, table, index, lines.length, book.keptRanges);
  if (index === body.rows) fillGrown(book, sheet, table, lines.length);
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

export const AUTO_FILTER: TypeSpec<TableTarget> = {
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

export const TABLE_SORT: TypeSpec<TableTarget> = {
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
