import {
  bounding,
  contains,
  formatAddress,
  intersection,
  MAX_COLUMNS,
  MAX_ROWS,
  parseAddress,
  type Area,
} from "../address.js";
import type { Book } from "../book.js";
import { clearCells, shiftCells, type Shift } from "../grid.js";
import { accessDenied, HostError, invalidArgument, itemNotFound } from "../host-error.js";
import { HostObject, type Args, type TypeSpec } from "../host-object.js";
import { isObject, type Json, type JsonObject } from "../wire.js";
import {
  formulaAt,
  isRowHidden,
  numberFormatAt,
  rowAt,
  usedArea,
  valueAt,
  type SheetModel,
} from "../workbook-model.js";
import { conditionalFormats } from "./conditional-format.js";
import { dataValidation } from "./data-validation.js";
import { asFlag, oneOf } from "./json-values.js";
import { isUnbounded, settleHeaders, valueType, writeCells, writeNumberFormats } from "./range-cells.js";
import { rangeFormat } from "./range-format.js";
import { copyFormats, copyMerges, merge } from "./range-merges.js";
import { rangeSort } from "./range-sort.js";
import { RangeTarget } from "./range-target.js";
import { tablesOf } from "./table.js";
import { worksheet } from "./worksheet.js";

/** The range class. */
export function rangeOf(book: Book, sheet: SheetModel, area: Area): HostObject {
  return HostObject.of(RANGE, new RangeTarget(book, sheet, area));
}

const wrap = (target: RangeTarget): HostObject => HostObject.of(RANGE, target);

/** A range argument: an object, or an address on the sheet. */
export function rangeArgument(book: Book, sheet: SheetModel, args: Args, index: number): RangeTarget {
  const target = args.target(index, RangeTarget);
  if (target) return target;
  const { sheet: named, area } = parseAddress(args.text(index));
  const found = named === undefined ? sheet : book.model.sheets.find(({ name }) => name === named);
  if (!found) throw itemNotFound();
  return new RangeTarget(book, found, area);
}

const cells = (read: (range: RangeTarget, row: number, column: number) => Json) => ({
  get: (range: RangeTarget): Json => (isUnbounded(range) ? null : range.map((row, column) => read(range, row, column))),
});

const formulas = {
  ...cells(({ sheet }, row, column) => formulaAt(sheet, row, column) ?? valueAt(sheet, row, column)),
  set: writeCells,
};

/** An address as it is given back: of several areas no more than fit 255 characters, whole ones (VBA-Docs #49). */
function shownAddress(ranges: readonly RangeTarget[]): string {
  const addresses = ranges.map(({ sheet, area }) => formatAddress(sheet.name, area));
  const whole = addresses.join(",");
  if (whole.length <= LONGEST_ADDRESS || !ranges[0]?.book.hardness.longAddressesAreCut) return whole;
  return whole.slice(0, whole.lastIndexOf(",", LONGEST_ADDRESS));
}

const LONGEST_ADDRESS = 255;

const AREAS: TypeSpec<{ readonly ranges: readonly RangeTarget[] }> = {
  name: "RangeAreas",
  scalars: {
    address: { get: ({ ranges }) => shownAddress(ranges) },
    areaCount: { get: ({ ranges }) => ranges.length },
    cellCount: { get: ({ ranges }) => ranges.reduce((sum, { area }) => sum + area.rows * area.columns, 0) },
  },
  children: {
    areas: (target) => HostObject.of(AREA_COLLECTION, target),
  },
};

const AREA_COLLECTION: TypeSpec<{ readonly ranges: readonly RangeTarget[] }> = {
  name: "RangeCollection",
  items: ({ ranges }) => ranges.map(wrap),
  methods: { getCount: ({ ranges }) => ranges.length },
};

const RANGE: TypeSpec<RangeTarget> = {
  name: "Range",
  scalars: {
    address: { get: ({ sheet, area }) => formatAddress(sheet.name, area) },
    addressLocal: { get: ({ sheet, area }) => formatAddress(sheet.name, area) },
    rowIndex: { get: ({ area }) => area.row },
    columnIndex: { get: ({ area }) => area.column },
    rowCount: { get: ({ area }) => area.rows },
    columnCount: { get: ({ area }) => area.columns },
    cellCount: { get: ({ area }) => Math.min(area.rows * area.columns, 2 ** 31 - 1) },
    values: { ...cells(({ sheet }, row, column) => valueAt(sheet, row, column)), set: writeCells },
    formulas,
    formulasLocal: formulas,
    formulasR1C1: { get: formulas.get },
    text: cells(({ book, sheet }, row, column) => book.textAt(sheet, row, column)),
    valueTypes: cells(({ sheet }, row, column) => valueType(valueAt(sheet, row, column))),
    numberFormat: {
      ...cells(({ sheet }, row, column) => numberFormatAt(sheet, row, column)),
      set: writeNumberFormats,
    },
    numberFormatLocal: {
      ...cells(({ sheet }, row, column) => numberFormatAt(sheet, row, column)),
      set: writeNumberFormats,
    },
    isEntireRow: { get: ({ area }) => area.columns === MAX_COLUMNS },
    isEntireColumn: { get: ({ area }) => area.rows === MAX_ROWS },
    hidden: { get: (range) => mixed([...hiddenRows(range), ...hiddenColumns(range)]) },
    rowHidden: {
      get: (range) => mixed(hiddenRows(range)),
      set: (range, value) => {
        range.book.assertAllowed(range.sheet, "allowFormatRows");
        const hide = asFlag(value);
        for (let i = 0; i < range.touchedRows; i += 1) {
          const row = rowAt(range.sheet, range.area.row + i);
          if (hide) row.hidden = true;
          else delete row.hidden;
        }
      },
    },
    columnHidden: {
      get: (range) => mixed(hiddenColumns(range)),
      set: (range, value) => {
        range.book.assertAllowed(range.sheet, "allowFormatColumns");
        const hidden = asFlag(value);
        for (let j = 0; j < range.area.columns; j += 1) {
          const column = range.area.column + j;
          range.sheet.columns[column] = { ...range.sheet.columns[column], hidden };
        }
      },
    },
  },
  children: {
    worksheet: ({ book, sheet }) => worksheet(book, sheet),
    format: rangeFormat,
    conditionalFormats,
    dataValidation,
    sort: (range) => rangeSort(range),
  },
  methods: {
    getCell: (range, args) =>
      wrap(
        range.with({
          row: range.area.row + args.whole(0),
          column: range.area.column + args.whole(1),
          rows: 1,
          columns: 1,
        }),
      ),
    getRow: (range, args) => wrap(range.with({ row: range.area.row + args.whole(0), rows: 1 })),
    getColumn: (range, args) => wrap(range.with({ column: range.area.column + args.whole(0), columns: 1 })),
    getLastRow: (range) => wrap(range.with({ row: range.area.row + range.area.rows - 1, rows: 1 })),
    getLastColumn: (range) => wrap(range.with({ column: range.area.column + range.area.columns - 1, columns: 1 })),
    getLastCell: (range) =>
      wrap(
        range.with({
          row: range.area.row + range.area.rows - 1,
          column: range.area.column + range.area.columns - 1,
          rows: 1,
          columns: 1,
        }),
      ),
    getOffsetRange: (range, args) =>
      wrap(range.with({ row: range.area.row + args.whole(0), column: range.area.column + args.whole(1) })),
    getResizedRange: (range, args) =>
      wrap(range.with({ rows: range.area.rows + args.whole(0), columns: range.area.columns + args.whole(1) })),
    getAbsoluteResizedRange: (range, args) => wrap(range.with({ rows: args.whole(0), columns: args.whole(1) })),
    getBoundingRect: (range, args) => {
      const other = rangeArgument(range.book, range.sheet, args, 0);
      return wrap(range.with(bounding(range.area, other.area)));
    },
    getIntersection: (range, args) => {
      const common = commonArea(range, args);
      if (!common) throw itemNotFound();
      return wrap(common);
    },
    getIntersectionOrNullObject: (range, args) => {
      const common = commonArea(range, args);
      return common ? wrap(common) : null;
    },
    getEntireRow: (range) => wrap(range.with({ column: 0, columns: MAX_COLUMNS })),
    getEntireColumn: (range) => wrap(range.with({ row: 0, rows: MAX_ROWS })),
    getRowsAbove: (range, args) => wrap(beside(range, "row", -(args.optionalWhole(0) ?? 1))),
    getRowsBelow: (range, args) => wrap(beside(range, "row", args.optionalWhole(0) ?? 1)),
    getColumnsBefore: (range, args) => wrap(beside(range, "column", -(args.optionalWhole(0) ?? 1))),
    getColumnsAfter: (range, args) => wrap(beside(range, "column", args.optionalWhole(0) ?? 1)),
    getUsedRange: (range, args) => {
      const used = usedArea(range.sheet, range.area, !args.flag(0, false));
      if (!used) throw itemNotFound();
      return wrap(range.with(used));
    },
    getUsedRangeOrNullObject: (range, args) => {
      const used = usedArea(range.sheet, range.area, !args.flag(0, false));
      return used ? wrap(range.with(used)) : null;
    },
    getMergedAreasOrNullObject: (range) => {
      // As in Excel (OfficeDev/office-js #3611): only areas whose first cell lies in the range are found.
      const { mergesByFirstCell } = range.book.hardness;
      const found = range.sheet.merges.filter((merge) =>
        mergesByFirstCell
          ? contains(range.area, { ...merge, rows: 1, columns: 1 })
          : intersection(range.area, merge) !== undefined,
      );
      if (found.length > 512) throw new HostError("GeneralException", "There are too many merged areas.", 500);
      return found.length === 0 ? null : HostObject.of(AREAS, { ranges: found.map((area) => range.with(area)) });
    },
    getTables: (range) => tablesOf(range.book, range.sheet, range.area),
    getRowProperties: (range, args) => rowProperties(range, args.json(0)),
    find: (range, args) => {
      const found = findText(range, args);
      if (!found) throw itemNotFound();
      return found;
    },
    findOrNullObject: findText,
    insert: (range, args) => {
      const shift: Shift = oneOf(["Down", "Right"], args.json(0)) === "Down" ? "down" : "right";
      assertShift(range, shift);
      shiftCells(range.sheet, range.area, shift, range.book.keptRanges);
      range.book.changed(range.sheet, range.area, wholeRows(range) ? "RowInserted" : "CellInserted");
      return wrap(range.with({}));
    },
    delete: (range, args) => {
      const shift: Shift = oneOf(["Up", "Left"], args.json(0)) === "Up" ? "up" : "left";
      assertShift(range, shift);
      shiftCells(range.sheet, range.area, shift, range.book.keptRanges);
      range.book.changed(range.sheet, range.area, wholeRows(range) ? "RowDeleted" : "CellDeleted");
      return undefined;
    },
    clear: (range, args) => {
      const what = args.optionalText(0) ?? "All";
      range.book.assertUnlocked(range.sheet, range.area);
      clearCells(range.sheet, range.area, oneOf(["All", "Contents", "Formats"], what));
      settleHeaders(range);
      range.book.changed(range.sheet, range.area);
      return undefined;
    },
    merge: (range, args) => {
      merge(range, args.flag(0, false));
      return undefined;
    },
    unmerge: (range) => {
      range.book.assertAllowed(range.sheet, "allowFormatCells");
      range.sheet.merges = range.sheet.merges.filter((area) => !intersection(area, range.area));
      return undefined;
    },
    select: (range) => {
      range.book.select(range.sheet, range.area);
      return undefined;
    },
    getSpecialCellsOrNullObject: (range, args) => {
      if (args.text(0) !== "Formulas") throw new HostError("NotImplemented", "Only formulas are looked for.", 501);
      if (range.book.hardness.protectionHidesSpecialCells && range.sheet.protection) throw accessDenied();
      const areas = formulaAreas(range);
      return areas.length === 0 ? null : HostObject.of(AREAS, { ranges: areas.map((area) => range.with(area)) });
    },
    copyFrom: (range, args) => {
      const source = rangeArgument(range.book, range.sheet, args, 0);
      if (args.optionalText(1) === "Formats") {
        copyFormats(source, range);
        if (range.book.hardness.copiesMerges) copyMerges(source, range);
        return undefined;
      }
      const values = source.map(
        (row, column) => formulaAt(source.sheet, row, column) ?? valueAt(source.sheet, row, column),
      );
      const target = range.with({ rows: source.area.rows, columns: source.area.columns });
      writeCells(target, values);
      return undefined;
    },
    calculate: () => undefined,
    _ValidateArraySize: ({ area }, args) => {
      if (args.whole(0) !== area.rows || args.whole(1) !== area.columns) throw invalidArgument();
      return undefined;
    },
  },
};

/** Runs of cells with formulas, column by column. */
function formulaAreas({ sheet, area }: RangeTarget): Area[] {
  const areas: Area[] = [];
  const open = new Map<number, Area>();
  const last = Math.min(sheet.rows.length, area.row + area.rows);
  for (let row = area.row; row < last; row += 1) {
    for (const key of Object.keys(sheet.rows[row]?.formulas ?? {})) {
      const column = Number(key);
      if (column < area.column || column >= area.column + area.columns) continue;
      const above = open.get(column);
      if (above && above.row + above.rows === row) open.set(column, { ...above, rows: above.rows + 1 });
      else {
        if (above) areas.push(above);
        open.set(column, { row, column, rows: 1, columns: 1 });
      }
    }
  }
  return [...areas, ...open.values()];
}

function commonArea(range: RangeTarget, args: Args): RangeTarget | undefined {
  const other = rangeArgument(range.book, range.sheet, args, 0);
  const common = other.sheet === range.sheet ? intersection(range.area, other.area) : undefined;
  return common && range.with(common);
}

function beside(range: RangeTarget, axis: "row" | "column", count: number): RangeTarget {
  const size = axis === "row" ? "rows" : "columns";
  const start = count < 0 ? range.area[axis] + count : range.area[axis] + range.area[size];
  return range.with({ [axis]: start, [size]: Math.abs(count) });
}

function hiddenRows(range: RangeTarget): boolean[] {
  return Array.from({ length: Math.max(1, range.touchedRows) }, (_, i) => isRowHidden(range.sheet, range.area.row + i));
}

function hiddenColumns({ sheet, area }: RangeTarget): boolean[] {
  return Array.from(
    { length: Math.min(area.columns, 1024) },
    (_, j) => sheet.columns[area.column + j]?.hidden === true,
  );
}

/** The value all have; null if they differ. */
function mixed(values: readonly boolean[]): boolean | null {
  return values.every((value) => value === values[0]) ? (values[0] ?? false) : null;
}

function rowProperties(range: RangeTarget, wanted: Json): Json {
  if (!isObject(wanted)) throw invalidArgument();
  return hiddenRows(range).map((rowHidden, i): JsonObject => ({
    ...(wanted.rowHidden === true ? { rowHidden } : {}),
    ...(wanted.rowIndex === true ? { rowIndex: range.area.row + i } : {}),
  }));
}

/** Looks through shown cells only, as Excel does. */
function findText(range: RangeTarget, args: Args): HostObject | null {
  const criteria = args.json(1);
  const options = isObject(criteria) ? criteria : {};
  const fold = (text: string): string => (options.matchCase === true ? text : text.toLowerCase());
  const wanted = fold(args.text(0));
  for (let i = 0; i < range.touchedRows; i += 1) {
    const row = range.area.row + i;
    if (isRowHidden(range.sheet, row)) continue;
    for (let j = 0; j < range.area.columns; j += 1) {
      const text = fold(range.book.textAt(range.sheet, row, range.area.column + j));
      if (options.completeMatch === true ? text === wanted : text.includes(wanted)) {
        return wrap(range.with({ row, column: range.area.column + j, rows: 1, columns: 1 }));
      }
    }
  }
  return null;
}

function wholeRows({ sheet, area }: RangeTarget): boolean {
  return (
    area.columns === MAX_COLUMNS ||
    sheet.tables.some((table) => table.area.columns === area.columns && table.area.column === area.column)
  );
}

function assertShift(range: RangeTarget, shift: Shift): void {
  const { book, sheet, area } = range;
  const verb = shift === "down" || shift === "right" ? "Insert" : "Delete";
  book.assertAllowed(sheet, `allow${verb}${area.columns === MAX_COLUMNS ? "Rows" : "Columns"}`);
  const filtered = sheet.tables.some(
    (table) => Object.keys(table.filters).length > 0 && intersection(table.area, area) !== undefined,
  );
  if (filtered && verb === "Delete") {
    throw new HostError("InsertDeleteConflict", "The operation is not allowed while a filter is applied to the table.");
  }
}
