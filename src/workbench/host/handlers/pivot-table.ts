import { formatAddress, type Area } from "../address.js";
import type { Book } from "../book.js";
import { HostError, invalidArgument } from "../host-error.js";
import { HostObject, type Args, type TypeSpec } from "../host-object.js";
import type { Json } from "../wire.js";
import { allTables, sameName, valueAt, type PivotModel, type SheetModel, type TableModel } from "../workbook-model.js";
import { asText, keyText } from "./json-values.js";
import { rangeArgument, rangeOf } from "./range.js";
import { recordedScalar, withValue, type Recorder } from "./tree.js";
import { worksheet } from "./worksheet.js";

/** Pivot tables: recorded with source, fields and layout; nothing is computed. */

interface PivotTarget extends Recorder {
  readonly book: Book;
  readonly sheet: SheetModel;
  readonly pivot: PivotModel;
}

const PIVOT: TypeSpec<PivotTarget> = {
  name: "PivotTable",
  id: { wire: "Id", of: ({ pivot }) => pivot.id },
  scalars: {
    id: { get: ({ pivot }) => pivot.id },
    name: {
      get: ({ pivot }) => pivot.name,
      set: ({ pivot }, value) => {
        pivot.name = asText(value);
      },
    },
    enableDataValueEditing: recordedScalar("enableDataValueEditing", false),
    useCustomSortLists: recordedScalar("useCustomSortLists", true),
    refreshOnOpen: recordedScalar("refreshOnOpen", false),
  },
  children: {
    worksheet: ({ book, sheet }) => worksheet(book, sheet),
    hierarchies: (target) => HostObject.of(HIERARCHIES, target),
    rowHierarchies: (target) => HostObject.of(ROW_HIERARCHIES, target),
    columnHierarchies: (target) => HostObject.of(COLUMN_HIERARCHIES, target),
    filterHierarchies: (target) => HostObject.of(FILTER_HIERARCHIES, target),
    dataHierarchies: (target) => HostObject.of(DATA_HIERARCHIES, target),
    layout: (target) => HostObject.of(LAYOUT_SPEC, { ...target, path: ["layout"] }),
  },
  methods: {
    refresh: ({ pivot }) => {
      pivot.refreshes += 1;
      return undefined;
    },
    delete: ({ sheet, pivot }) => {
      sheet.pivots = sheet.pivots.filter((other) => other !== pivot);
      return undefined;
    },
  },
};

const LAYOUT_SPEC: TypeSpec<PivotTarget> = {
  name: "PivotLayout",
  scalars: {
    layoutType: recordedScalar("layoutType", "Compact"),
    showColumnGrandTotals: recordedScalar("showColumnGrandTotals", true),
    showRowGrandTotals: recordedScalar("showRowGrandTotals", true),
    subtotalLocation: recordedScalar("subtotalLocation", "AtTop"),
    preserveFormatting: recordedScalar("preserveFormatting", true),
    autoFormat: recordedScalar("autoFormat", false),
  },
  methods: {
    getRange: ({ book, sheet, pivot }) => rangeOf(book, sheet, pivot.destination),
  },
};

class Hierarchy {
  constructor(
    readonly pivot: PivotModel,
    readonly field: string,
  ) {}
}

const HIERARCHY: TypeSpec<Hierarchy> = {
  name: "PivotHierarchy",
  id: { wire: "Id", of: ({ field }) => field },
  scalars: { id: { get: ({ field }) => field }, name: { get: ({ field }) => field } },
};

const HIERARCHIES: TypeSpec<PivotTarget> = {
  name: "PivotHierarchyCollection",
  items: ({ pivot }) => pivot.fields.map((field) => HostObject.of(HIERARCHY, new Hierarchy(pivot, field))),
  item: ({ pivot }, key) => findHierarchy(pivot, pivot.fields, key, HIERARCHY),
  methods: {
    getCount: ({ pivot }) => pivot.fields.length,
    getItemOrNullObject: ({ pivot }, args) => findHierarchy(pivot, pivot.fields, args.json(0), HIERARCHY),
  },
};

function findHierarchy(
  pivot: PivotModel,
  fields: readonly string[],
  key: Json,
  spec: TypeSpec<Hierarchy>,
): HostObject | null {
  const field = fields.find((name) => sameName(name, keyText(key)));
  return field === undefined ? null : HostObject.of(spec, new Hierarchy(pivot, field));
}

/** The collections of fields laid out as rows, columns or filters. */
function axis(name: string, item: string, fieldsOf: (pivot: PivotModel) => string[]): TypeSpec<PivotTarget> {
  const spec: TypeSpec<Hierarchy> = {
    name: item,
    id: { wire: "Id", of: ({ field }) => field },
    scalars: {
      id: { get: ({ field }) => field },
      name: { get: ({ field }) => field },
      position: { get: ({ pivot, field }) => fieldsOf(pivot).indexOf(field) },
    },
  };
  return {
    name,
    items: ({ pivot }) => fieldsOf(pivot).map((field) => HostObject.of(spec, new Hierarchy(pivot, field))),
    item: ({ pivot }, key) => findHierarchy(pivot, fieldsOf(pivot), key, spec),
    methods: {
      getCount: ({ pivot }) => fieldsOf(pivot).length,
      getItemOrNullObject: ({ pivot }, args) => findHierarchy(pivot, fieldsOf(pivot), args.json(0), spec),
      add: ({ pivot }, args) => {
        const hierarchy = args.target(0, Hierarchy);
        if (!hierarchy) throw invalidArgument();
        for (const list of [pivot.rows, pivot.columns, pivot.filters]) {
          const index = list.indexOf(hierarchy.field);
          if (index >= 0) list.splice(index, 1);
        }
        fieldsOf(pivot).push(hierarchy.field);
        return HostObject.of(spec, new Hierarchy(pivot, hierarchy.field));
      },
    },
  };
}

const ROW_HIERARCHIES = axis("RowColumnPivotHierarchyCollection", "RowColumnPivotHierarchy", ({ rows }) => rows);
const COLUMN_HIERARCHIES = axis(
  "RowColumnPivotHierarchyCollection",
  "RowColumnPivotHierarchy",
  ({ columns }) => columns,
);
const FILTER_HIERARCHIES = axis("FilterPivotHierarchyCollection", "FilterPivotHierarchy", ({ filters }) => filters);

interface DataTarget {
  readonly pivot: PivotModel;
  readonly data: PivotModel["data"][number];
}

const DATA: TypeSpec<DataTarget> = {
  name: "DataPivotHierarchy",
  id: { wire: "Id", of: ({ data }) => data.name },
  scalars: {
    id: { get: ({ data }) => data.name },
    name: {
      get: ({ data }) => data.name,
      set: ({ data }, value) => {
        data.name = asText(value);
      },
    },
    summarizeBy: {
      get: ({ data }) => data.summarizeBy,
      set: ({ data }, value) => {
        data.summarizeBy = asText(value);
      },
    },
    numberFormat: {
      get: ({ data }) => data.settings.numberFormat ?? "General",
      set: ({ data }, value) => {
        data.settings = withValue(data.settings, ["numberFormat"], asText(value));
      },
    },
    position: { get: ({ pivot, data }) => pivot.data.indexOf(data) },
  },
};

const DATA_HIERARCHIES: TypeSpec<PivotTarget> = {
  name: "DataPivotHierarchyCollection",
  items: ({ pivot }) => pivot.data.map((data) => HostObject.of(DATA, { pivot, data })),
  item: ({ pivot }, key) => {
    const data = pivot.data.find(({ name }) => sameName(name, keyText(key)));
    return data ? HostObject.of(DATA, { pivot, data }) : null;
  },
  methods: {
    getCount: ({ pivot }) => pivot.data.length,
    add: ({ pivot }, args) => {
      const hierarchy = args.target(0, Hierarchy);
      if (!hierarchy) throw invalidArgument();
      const data = {
        field: hierarchy.field,
        name: `求和项:${hierarchy.field}`,
        summarizeBy: "Automatic",
        settings: {},
      };
      pivot.data.push(data);
      return HostObject.of(DATA, { pivot, data });
    },
  },
};

interface Pivots {
  readonly book: Book;
  /** Undefined for the workbook's collection. */
  readonly sheet: SheetModel | undefined;
}

const PIVOTS: TypeSpec<Pivots> = {
  name: "PivotTableCollection",
  items: (pivots) => listed(pivots).map(({ sheet, pivot }) => open(pivots.book, sheet, pivot)),
  item: find,
  methods: {
    getCount: (pivots) => listed(pivots).length,
    getItemOrNullObject: (pivots, args) => find(pivots, args.json(0)),
    add,
    refreshAll: (pivots) => {
      for (const { pivot } of listed(pivots)) pivot.refreshes += 1;
      return undefined;
    },
  },
};

function add(pivots: Pivots, args: Args): HostObject {
  const { book } = pivots;
  const sheet = pivots.sheet ?? book.activeSheet;
  const name = args.text(0);
  if (listed(pivots).some(({ pivot }) => sameName(pivot.name, name))) {
    throw new HostError("ItemAlreadyExists", "A resource with the same name or identifier already exists.", 409);
  }
  const { source, head, on } = pivotSource(book, sheet, args);
  const place = rangeArgument(book, sheet, args, 2);
  const fields = Array.from({ length: head.columns }, (_, i) => String(valueAt(on, head.row, head.column + i)));
  if (fields.includes("")) throw new HostError("InvalidArgument", "The PivotTable field name is not valid.");
  const pivot: PivotModel = {
    id: `{${book.nextId()}}`,
    name,
    source,
    fields,
    destination: place.area,
    rows: [],
    columns: [],
    filters: [],
    data: [],
    settings: {},
    refreshes: 0,
  };
  place.sheet.pivots.push(pivot);
  return open(book, place.sheet, pivot);
}

interface PivotSource {
  readonly source: string;
  /** The row of field names, and its sheet. */
  readonly head: Area;
  readonly on: SheetModel;
}

function pivotSource(book: Book, sheet: SheetModel, args: Args): PivotSource {
  const table = tableArgument(book, args, 1);
  if (table) return { source: table.name, head: { ...table.area, rows: 1 }, on: book.sheetOf(table) };
  const range = rangeArgument(book, sheet, args, 1);
  return { source: formatAddress(range.sheet.name, range.area), head: { ...range.area, rows: 1 }, on: range.sheet };
}

/** A table given as an object or by name. */
function tableArgument(book: Book, args: Args, index: number): TableModel | undefined {
  const tables = allTables(book.model).map(({ table }) => table);
  const id = args.idOf(index, "Table");
  if (id !== undefined) return tables.find((table) => table.id === id);
  const name = args.isText(index) ? args.text(index) : undefined;
  return tables.find((table) => name !== undefined && sameName(table.name, name));
}

function listed({ book, sheet }: Pivots): { readonly sheet: SheetModel; readonly pivot: PivotModel }[] {
  const sheets = sheet ? [sheet] : book.model.sheets;
  return sheets.flatMap((one) => one.pivots.map((pivot) => ({ sheet: one, pivot })));
}

function open(book: Book, sheet: SheetModel, pivot: PivotModel): HostObject {
  return HostObject.of(PIVOT, {
    book,
    sheet,
    pivot,
    path: [],
    read: () => pivot.settings,
    write: (tree) => {
      pivot.settings = tree;
    },
  });
}

function find(pivots: Pivots, key: Json): HostObject | null {
  const found = listed(pivots).find(({ pivot }) => pivot.id === key || sameName(pivot.name, keyText(key)));
  return found ? open(pivots.book, found.sheet, found.pivot) : null;
}

export function pivotsOf(book: Book, sheet?: SheetModel): HostObject {
  return HostObject.of(PIVOTS, { book, sheet });
}
