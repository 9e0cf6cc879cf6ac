import { checked, parseAddress, WHOLE_SHEET } from "../address.js";
import type { Book } from "../book.js";
import { EventType, WORKBOOK_TARGET } from "../events.js";
import { accessDenied, HostError, invalidArgument } from "../host-error.js";
import { HostObject, type Args, type TypeSpec } from "../host-object.js";
import { isObject, type Json } from "../wire.js";
import { addSheet, sameName, usedArea, type SheetModel } from "../workbook-model.js";
import { chartsOf } from "./chart.js";
import { eventMethods } from "./event-methods.js";
import { asFlag, asNumber, asText, keyText, oneOf } from "./json-values.js";
import { namesOf } from "./names.js";
import { pivotsOf } from "./pivot-table.js";
import { rangeArgument, rangeOf } from "./range.js";
import { tablesOf } from "./table.js";
import { recorder, type RecorderShape } from "./tree.js";

/** Worksheets: the collection, the sheets, and what hangs on a sheet itself. */

export class SheetTarget {
  constructor(
    readonly book: Book,
    private readonly model: SheetModel,
  ) {}

  /** Throws HostError `ItemNotFound` once the sheet is gone. */
  get sheet(): SheetModel {
    return this.book.live(this.model);
  }
}

export function worksheet(book: Book, sheet: SheetModel): HostObject {
  return HostObject.of(SHEET, new SheetTarget(book, sheet));
}

const PAGE_LAYOUT: RecorderShape = {
  name: "PageLayout",
  scalars: {
    orientation: "Portrait",
    paperSize: null,
    zoom: { scale: 100 },
    centerHorizontally: false,
    centerVertically: false,
    blackAndWhite: false,
    printGridlines: false,
    printHeadings: false,
    leftMargin: 50.4,
    rightMargin: 50.4,
    topMargin: 54,
    bottomMargin: 54,
    headerMargin: 22,
    footerMargin: 22,
    printOrder: "DownThenOver",
  },
  calls: { setPrintArea: "printArea", setPrintTitleRows: "printTitleRows", setPrintTitleColumns: "printTitleColumns" },
};

const EVENTS = {
  DataChanged: EventType.sheetChanged,
  SelectionChanged: EventType.sheetSelectionChanged,
  Activated: EventType.sheetActivated,
  Deactivated: EventType.sheetDeactivated,
  Calculated: EventType.sheetCalculated,
  FormatChanged: EventType.sheetFormatChanged,
  RowSorted: EventType.rowSorted,
  ColumnSorted: EventType.columnSorted,
  SingleClicked: EventType.singleClicked,
  RowHiddenChanged: EventType.rowHiddenChanged,
  FormulaChanged: EventType.formulaChanged,
} as const;

const SHEET: TypeSpec<SheetTarget> = {
  name: "Worksheet",
  id: { wire: "Id", of: ({ sheet }) => sheet.id },
  scalars: {
    id: { get: ({ sheet }) => sheet.id },
    name: {
      get: ({ sheet }) => sheet.name,
      set: ({ book, sheet }, value) => {
        book.assertStructureOpen();
        sheet.name = freeName(book, asText(value), sheet);
      },
    },
    position: {
      get: ({ book, sheet }) => book.model.sheets.indexOf(sheet),
      set: ({ book, sheet }, value) => {
        book.assertStructureOpen();
        const others = book.model.sheets.filter((other) => other !== sheet);
        others.splice(asNumber(value), 0, sheet);
        book.model.sheets = others;
      },
    },
    visibility: {
      get: ({ sheet }) => sheet.visibility,
      set: ({ book, sheet }, value) => {
        book.assertStructureOpen();
        sheet.visibility = oneOf(["Visible", "Hidden", "VeryHidden"], value as Json);
      },
    },
    tabColor: {
      get: ({ sheet }) => sheet.tabColor,
      set: ({ sheet }, value) => {
        sheet.tabColor = asText(value);
      },
    },
    showGridlines: {
      get: ({ sheet }) => sheet.showGridlines,
      setAs: "Gridlines",
      set: ({ sheet }, value) => {
        sheet.showGridlines = asFlag(value);
      },
    },
  },
  children: {
    tables: ({ book, sheet }) => tablesOf(book, sheet),
    names: ({ book, sheet }) => namesOf(book, sheet),
    charts: ({ book, sheet }) => chartsOf(book, sheet),
    pivotTables: ({ book, sheet }) => pivotsOf(book, sheet),
    protection: (target) => HostObject.of(PROTECTION, target),
    freezePanes: (target) => HostObject.of(FREEZE, target),
    pageLayout: ({ sheet }) =>
      recorder(PAGE_LAYOUT, {
        path: [],
        read: () => sheet.pageLayout,
        write: (tree) => {
          sheet.pageLayout = tree;
        },
      }),
  },
  methods: {
    getRange: ({ book, sheet }, args) => {
      const address = args.optionalText(0);
      if (address === undefined) return rangeOf(book, sheet, book.wholeSheet);
      const name = sheet.tables.find((table) => sameName(table.name, address));
      return rangeOf(book, sheet, name ? name.area : parseAddress(address).area);
    },
    getRangeByIndexes: ({ book, sheet }, args) =>
      rangeOf(
        book,
        sheet,
        checked({ row: args.whole(0), column: args.whole(1), rows: args.whole(2), columns: args.whole(3) }),
      ),
    getCell: ({ book, sheet }, args) =>
      rangeOf(book, sheet, checked({ row: args.whole(0), column: args.whole(1), rows: 1, columns: 1 })),
    getUsedRange: ({ book, sheet }, args) =>
      rangeOf(book, sheet, used(sheet, args) ?? { row: 0, column: 0, rows: 1, columns: 1 }),
    getUsedRangeOrNullObject: ({ book, sheet }, args) => {
      const area = used(sheet, args);
      return area ? rangeOf(book, sheet, area) : null;
    },
    activate: ({ book, sheet }) => {
      if (sheet.visibility !== "Visible") throw new HostError("InvalidOperation", "A hidden sheet can't be activated.");
      book.select(sheet, { row: 0, column: 0, rows: 1, columns: 1 });
      book.events.raise(EventType.sheetActivated, [sheet.id, WORKBOOK_TARGET], { worksheetId: sheet.id });
      return undefined;
    },
    delete: ({ book, sheet }) => {
      book.assertStructureOpen();
      removeSheet(book, sheet);
      return undefined;
    },
    calculate: () => undefined,
    ...eventMethods<SheetTarget>(
      EVENTS,
      ({ book }) => book,
      ({ sheet }) => sheet.id,
    ),
  },
};

function used(sheet: SheetModel, args: Args): ReturnType<typeof usedArea> {
  return usedArea(sheet, WHOLE_SHEET, !args.flag(0, false));
}

/** A sheet's name that nobody has. Throws HostError `InvalidArgument` for names Excel refuses. */
export function freeName(book: Book, name: string, except?: SheetModel): string {
  const taken = book.model.sheets.some((sheet) => sheet !== except && sameName(sheet.name, name));
  if (taken)
    throw new HostError("ItemAlreadyExists", "A resource with the same name or identifier already exists.", 409);
  if (name === "" || name.length > 31 || /[:\\/?*[\]]/.test(name) || /^'|'$/.test(name)) throw invalidArgument();
  return name;
}

/** Deletes a sheet; the last one shown stays, as in Excel. */
export function removeSheet(book: Book, sheet: SheetModel): void {
  const shown = book.model.sheets.filter(({ visibility }) => visibility === "Visible");
  if (shown.length === 1 && shown[0] === sheet) {
    throw new HostError("InvalidOperation", "A workbook must contain at least one visible sheet.");
  }
  book.model.sheets = book.model.sheets.filter((other) => other !== sheet);
  if (book.model.activeSheet === sheet.id) book.model.activeSheet = book.model.sheets[0]!.id;
  book.events.raise(EventType.sheetDeleted, [WORKBOOK_TARGET], { worksheetId: sheet.id, source: book.source });
}

const PROTECTION: TypeSpec<SheetTarget> = {
  name: "WorksheetProtection",
  scalars: {
    protected: { get: ({ sheet }) => sheet.protection !== undefined },
    options: { get: ({ sheet }) => sheet.protection?.options ?? {} },
  },
  methods: {
    protect: ({ sheet }, args) => {
      if (sheet.protection) throw new HostError("InvalidOperation", "The sheet is protected already.");
      const options = args.json(0);
      const password = args.optionalText(1);
      sheet.protection = { options: isObject(options) ? options : {}, ...(password !== undefined && { password }) };
      return undefined;
    },
    unprotect: ({ sheet }, args) => {
      if (sheet.protection?.password !== undefined && sheet.protection.password !== args.optionalText(0)) {
        throw accessDenied("The password is not correct.");
      }
      delete sheet.protection;
      return undefined;
    },
  },
};

const FREEZE: TypeSpec<SheetTarget> = {
  name: "WorksheetFreezePanes",
  methods: {
    freezeRows: ({ sheet }, args) => {
      sheet.frozen = { rows: args.optionalWhole(0) ?? 0, columns: 0 };
      return undefined;
    },
    freezeColumns: ({ sheet }, args) => {
      sheet.frozen = { rows: 0, columns: args.optionalWhole(0) ?? 0 };
      return undefined;
    },
    freezeAt: ({ book, sheet }, args) => {
      const { area } = rangeArgument(book, sheet, args, 0);
      sheet.frozen = { rows: area.row + area.rows, columns: area.column + area.columns };
      return undefined;
    },
    unfreeze: ({ sheet }) => {
      sheet.frozen = { rows: 0, columns: 0 };
      return undefined;
    },
    getLocationOrNullObject: ({ book, sheet }) => {
      const { rows, columns } = sheet.frozen;
      if (rows === 0 && columns === 0) return null;
      const area = { row: 0, column: 0, rows: rows || WHOLE_SHEET.rows, columns: columns || WHOLE_SHEET.columns };
      return rangeOf(book, sheet, area);
    },
  },
};

const SHEETS: TypeSpec<Book> = {
  name: "WorksheetCollection",
  items: (book) => book.model.sheets.map((sheet) => worksheet(book, sheet)),
  item: findSheet,
  methods: {
    getCount: (book, args) =>
      book.model.sheets.filter(({ visibility }) => !args.flag(0, false) || visibility === "Visible").length,
    getItemOrNullObject: (book, args) => findSheet(book, args.json(0)),
    getActiveWorksheet: (book) => worksheet(book, book.activeSheet),
    getFirst: (book) => worksheet(book, book.model.sheets[0]!),
    getLast: (book) => worksheet(book, book.model.sheets.at(-1)!),
    add: (book, args) => {
      book.assertStructureOpen();
      const sheet = addSheet(book.model, freeName(book, args.optionalText(0) ?? unusedName(book)));
      book.events.raise(EventType.sheetAdded, [WORKBOOK_TARGET], { worksheetId: sheet.id, source: book.source });
      return worksheet(book, sheet);
    },
    ...eventMethods<Book>(
      { ...EVENTS, Added: EventType.sheetAdded, Deleted: EventType.sheetDeleted },
      (book) => book,
      () => WORKBOOK_TARGET,
    ),
  },
};

function unusedName(book: Book): string {
  let n = book.model.sheets.length + 1;
  while (book.model.sheets.some(({ name }) => sameName(name, `Sheet${n}`))) n += 1;
  return `Sheet${n}`;
}

function findSheet(book: Book, key: Json): HostObject | null {
  const found = book.model.sheets.find(({ id, name }) => id === key || sameName(name, keyText(key)));
  return found ? worksheet(book, found) : null;
}

export function worksheets(book: Book): HostObject {
  return HostObject.of(SHEETS, book);
}
