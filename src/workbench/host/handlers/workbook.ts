import type { Book } from "../book.js";
import { EventType, WORKBOOK_TARGET } from "../events.js";
import { accessDenied, HostError } from "../host-error.js";
import { HostObject, type TypeSpec } from "../host-object.js";
import { xmlParts } from "./custom-xml.js";
import { asFlag, asText } from "./json-values.js";
import { namesOf } from "./names.js";
import { pivotsOf } from "./pivot-table.js";
import { workbookProperties } from "./properties.js";
import { rangeOf } from "./range.js";
import { settings } from "./settings.js";
import { workbookTables } from "./table.js";
import { worksheets } from "./worksheet.js";

/** The workbook, the application and the runtime. */

const PROTECTION: TypeSpec<Book> = {
  name: "WorkbookProtection",
  scalars: { protected: { get: ({ model }) => model.protection !== undefined } },
  methods: {
    protect: ({ model }, args) => {
      if (model.protection) throw new HostError("InvalidOperation", "The workbook is protected already.");
      const password = args.optionalText(0);
      model.protection = { options: {}, ...(password !== undefined && { password }) };
      return undefined;
    },
    unprotect: ({ model }, args) => {
      if (model.protection?.password !== undefined && model.protection.password !== args.optionalText(0)) {
        throw accessDenied("The password is not correct.");
      }
      delete model.protection;
      return undefined;
    },
  },
};

const APPLICATION: TypeSpec<Book> = {
  name: "Application",
  scalars: {
    calculationMode: {
      get: (book) => book.calculationMode,
      set: (book, value) => {
        book.calculationMode = asText(value);
      },
    },
    calculationState: { get: () => "Done" },
    calculationEngineVersion: { get: () => 191_029 },
  },
  methods: {
    suspendApiCalculationUntilNextSync: () => undefined,
    suspendScreenUpdatingUntilNextSync: () => undefined,
    calculate: (book) => {
      for (const sheet of book.model.sheets) {
        book.events.raise(EventType.sheetCalculated, [sheet.id, WORKBOOK_TARGET], {
          worksheetId: sheet.id,
          address: "",
        });
      }
      return undefined;
    },
  },
};

const RUNTIME: TypeSpec<Book> = {
  name: "Runtime",
  scalars: {
    enableEvents: {
      get: ({ events }) => events.enabled,
      set: ({ events }, value) => {
        events.enabled = asFlag(value);
      },
    },
  },
};

/** The one worksheet function that add-ins need of a host without a calculation engine: it tells the date system. */
const FUNCTIONS: TypeSpec<Book> = {
  name: "Functions",
  methods: {
    date: ({ model }, args) => {
      const serial = Date.UTC(args.whole(0), args.whole(1) - 1, args.whole(2)) / 86_400_000 + 25_569;
      return HostObject.of(RESULT, { value: model.uses1904Dates ? serial - 1462 : serial });
    },
  },
};

const RESULT: TypeSpec<{ readonly value: number }> = {
  name: "FunctionResult",
  scalars: { value: { get: ({ value }) => value }, error: { get: () => null } },
};

const WORKBOOK: TypeSpec<Book> = {
  name: "Workbook",
  scalars: {
    name: { get: ({ model }) => model.name },
    readOnly: { get: ({ readOnly }) => readOnly },
    isDirty: { get: ({ cellsWritten }) => cellsWritten > 0 },
    autoSave: { get: () => true },
    calculationEngineVersion: { get: () => 191_029 },
  },
  children: {
    worksheets,
    tables: workbookTables,
    names: (book) => namesOf(book),
    application: (book) => HostObject.of(APPLICATION, book),
    _Runtime: (book) => HostObject.of(RUNTIME, book),
    settings,
    customXmlParts: xmlParts,
    properties: workbookProperties,
    pivotTables: (book) => pivotsOf(book),
    protection: (book) => HostObject.of(PROTECTION, book),
    functions: (book) => HostObject.of(FUNCTIONS, book),
  },
  methods: {
    getSelectedRange: (book) => rangeOf(book, book.activeSheet, book.selectedArea()),
    getActiveCell: (book) => rangeOf(book, book.activeSheet, book.activeCell()),
    getActiveChartOrNullObject: () => null,
    save: () => undefined,
    // Ranges that events hand over; the host sends addresses, never references.
    _GetRangeOrNullObjectForEventByReferenceId: () => null,
  },
};

export function workbook(book: Book): HostObject {
  return HostObject.of(WORKBOOK, book);
}
