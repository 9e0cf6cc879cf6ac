import * as codec from "../codecs.js";
import type { PackDraft, SheetRow } from "../draft.js";
import { cellsOf, columnOf, EXACT_COLUMN, type Cells, type Field, type Shape } from "../fields.js";
import { isList, isObject, wordOf, type DraftObject, type Json, type JsonObject } from "../json.js";
import { bilingual, CellFault } from "../problem.js";
import { operatorAt, factAt, Scanner } from "../scanner.js";
import { CONCERN_WORDS, FACT_WORDS, OPERATOR_WORDS } from "../vocabulary.js";
import { CONCERNS } from "../../rules/events/kinds.js";
import { CLAUSE, CONDITIONS, ID, NOTE, optional, PERIOD, PRIORITY, TITLE } from "./common.js";
import { cellText, entriesOf, placeEntry, readEntry, type PackFiles, type Section } from "./section.js";

/** Decision tables: what each is about on 决策表, and its rows on a sheet of its own with the table's own columns. */

const FILE_FIELD: Field = {
  header: "所属",
  path: ["file"],
  codec: codec.choice(CONCERN_WORDS),
  width: 8,
  note: "note.table-file",
  required: true,
};

/** The columns of conditions: `地区所属`, or with a comparison `涉及金额 ≥`. */
const ifColumns: codec.Codec = {
  cell: "text",
  write(value) {
    if (!isList(value)) return undefined;
    if (value.length === 0) return "（无）";
    const words = value.map(ifText);
    return words.includes(undefined) ? undefined : words.join("；");
  },
  read(cell) {
    if (String(cell).trim() === "（无）") return [];
    return String(cell)
      .split(/[；;\n]/)
      .filter((part) => part.trim() !== "")
      .map((part): Json => {
        const scanner = new Scanner(part);
        const fact = factAt(scanner);
        if (fact === undefined) throw new CellFault("fault.fact", { rest: part.trim() });
        if (scanner.done) return { fact };
        const operator = operatorAt(scanner);
        if (operator === undefined || !scanner.done)
          throw new CellFault("fault.operator", { fact: FACT_WORDS.word(fact), rest: part.trim() });
        return { fact, operator };
      });
  },
};

function ifText(column: Json | undefined): string | undefined {
  if (!isObject(column)) return undefined;
  const { fact, operator, ...rest } = column;
  if (typeof fact !== "string" || FACT_WORDS.name(fact) === undefined || Object.keys(rest).length > 0) return undefined;
  const word = FACT_WORDS.word(fact);
  if (operator === undefined) return word;
  return typeof operator === "string" && OPERATOR_WORDS.name(operator) !== undefined
    ? `${word} ${OPERATOR_WORDS.word(operator)}`
    : undefined;
}

const TABLE_FIELDS: readonly Field[] = [
  FILE_FIELD,
  ID,
  CLAUSE,
  TITLE[0]!,
  { ...CONDITIONS, note: "note.table-conditions" },
  { header: "条件列", path: ["if"], codec: ifColumns, width: 28, note: "note.table-if", required: true },
  { header: "取值列", path: ["then"], codec: codec.texts, width: 18, note: "note.table-then", required: true },
  { header: "结果（JSON）", path: ["event"], codec: codec.json, width: 48, note: "note.table-event", required: true },
  ...PERIOD,
  PRIORITY,
  ...NOTE,
  TITLE[1]!,
];
const TABLE_SHAPE = { fields: TABLE_FIELDS };

interface KnownTable {
  readonly concern: string;
  readonly file: string;
  readonly table: JsonObject;
}

function tablesIn(files: PackFiles): KnownTable[] {
  return CONCERNS.flatMap((concern) => {
    const file = `${concern}.json`;
    return entriesOf(files, file, "tables").flatMap((table) => (isObject(table) ? [{ concern, file, table }] : []));
  });
}

export const TABLES: Section = {
  name: "决策表",
  about: bilingual("about.tables"),
  holds: CONCERNS.map((concern) => [`${concern}.json`, "tables"] as const),
  columns: () => [...TABLE_FIELDS.map(columnOf), EXACT_COLUMN],
  rows: (files, context) =>
    tablesIn(files).map(({ concern, table }) => {
      const own = Object.fromEntries(Object.entries(table).filter(([key]) => key !== "rows"));
      return cellsOf({ file: concern, ...own }, TABLE_SHAPE, context);
    }),
  read(rows, draft, context) {
    for (const row of rows) {
      const read = readEntry(row, TABLE_SHAPE, draft, context);
      if (!isObject(read)) continue;
      const { file: concern, ...table } = read;
      const file = `${wordOf(concern)}.json`;
      placeEntry(draft, file, draft.push(file, "tables", { ...table, rows: [] }), row, TABLE_FIELDS);
    }
  },
};

/** The sheet of a table's rows. Excel takes 31 characters; ids that are longer are cut. */
export function tableSheetName(id: string): string {
  return `表·${id}`.slice(0, 31);
}

/** The sheets of the tables that a pack has. */
export function tableSections(files: PackFiles): Section[] {
  return tablesIn(files).map(({ file, table }) => tableSection(file, wordOf(table["id"]), table));
}

function tableSection(file: string, id: string, table: JsonObject): Section {
  const shape = rowShape(table);
  return {
    name: tableSheetName(id),
    about: bilingual("about.table-rows"),
    holds: [],
    columns: () => [...shape.fields.map(columnOf), EXACT_COLUMN],
    rows: (files, context) => {
      const found = tablesIn(files).find((known) => known.file === file && known.table["id"] === id);
      const rows = found?.table["rows"];
      return isList(rows) ? rows.map((row): Cells => cellsOf(flattened(row, table), shape, context)) : [];
    },
    read(rows, draft, context) {
      const tables = draft.list(file, "tables");
      const at = tables.findIndex((one) => isObject(one) && one["id"] === id);
      // Tables of a draft are its own and still grow.
      const target = tables[at] as DraftObject;
      for (const row of rows) readRow(row, shape, { draft, file, at, target }, context);
    },
  };
}

function readRow(
  row: SheetRow,
  shape: Shape,
  {
    draft,
    file,
    at,
    target,
  }: { readonly draft: PackDraft; readonly file: string; readonly at: number; readonly target: DraftObject },
  context: codec.CellContext,
): void {
  const read = readEntry(row, shape, draft, context);
  if (!isObject(read)) return;
  const list = target["rows"] as Json[];
  list.push(restored(read, target));
  // A cell's column is a member here and a place of a list in the file, which is the same path.
  placeEntry(draft, file, ["tables", at, "rows", list.length - 1], row, shape.fields);
}

/** Cells as members, so that each has a column: `if.0`, `then.0`. */
function flattened(row: Json, table: JsonObject): Json {
  if (!isObject(row)) return row;
  const result: DraftObject = { ...row };
  for (const part of ["if", "then"] as const) {
    const [cells, columns] = [row[part], table[part]];
    if (!isList(cells) || !isList(columns) || cells.length !== columns.length) continue;
    result[part] = Object.fromEntries(cells.flatMap((cell, i) => (cell === null ? [] : [[String(i), cell] as const])));
  }
  return result;
}

/** A row as the file has it; a blank cell asks nothing. */
function restored(row: JsonObject, table: JsonObject): Json {
  const result: DraftObject = { ...row };
  for (const part of ["if", "then"] as const) {
    const [cells, columns] = [row[part], table[part]];
    if (!isObject(cells) || !isList(columns)) continue;
    result[part] = columns.map((_, i) => cells[String(i)] ?? null);
  }
  return result;
}

function rowShape(table: JsonObject): Shape {
  const { if: conditions, then } = table;
  const cell = (header: string, path: readonly string[], note: Field["note"]): Field => ({
    header,
    path,
    codec: codec.tableCell,
    width: 20,
    note,
  });
  const asked = (isList(conditions) ? conditions : []).map((column, i) =>
    cell(`如果 ${ifText(column) ?? `第${i + 1}列`}`, ["if", String(i)], "note.table-if-cell"),
  );
  const given = (isList(then) ? then : []).map((name, i) =>
    cell(`则 ${wordOf(name)}`, ["then", String(i)], "note.table-then-cell"),
  );
  return {
    fields: distinct([ID, ...asked, ...given, ...optional([CLAUSE, ...TITLE]), ...PERIOD, PRIORITY, ...NOTE]),
    skeleton: { if: {}, then: {} },
  };
}

/** Two columns may ask the same fact; a header of a table stands once. */
function distinct(fields: readonly Field[]): Field[] {
  const seen = new Map<string, number>();
  return fields.map((field) => {
    const count = (seen.get(field.header) ?? 0) + 1;
    seen.set(field.header, count);
    return count === 1 ? field : { ...field, header: `${field.header} (${count})` };
  });
}

// ------------------------------------------------------------ named conditions

export const NAMED: Section = {
  name: "条件",
  about: bilingual("about.named"),
  holds: CONCERNS.map((concern) => [`${concern}.json`, "conditions"] as const),
  columns: () => [...NAMED_FIELDS.map(columnOf), EXACT_COLUMN],
  rows: (files, context) =>
    CONCERNS.flatMap((concern) => {
      const content = files.get(`${concern}.json`);
      const named = isObject(content) ? content["conditions"] : undefined;
      if (!isObject(named)) return [];
      return Object.entries(named).map(([name, conditions]) =>
        cellsOf({ file: concern, name, conditions }, NAMED_SHAPE, context),
      );
    }),
  read(rows, draft, context) {
    for (const row of rows) {
      const read = readEntry(row, NAMED_SHAPE, draft, context);
      if (!isObject(read)) continue;
      const file = `${wordOf(read["file"])}.json`;
      const named = (draft.file(file)["conditions"] ??= {}) as DraftObject;
      const name = cellText(row.cells, "名称");
      if (Object.hasOwn(named, name)) {
        draft.fault(row, "名称", new CellFault("fault.twice", { name }));
        continue;
      }
      named[name] = read["conditions"] ?? null;
      draft.place(file, ["conditions", name], row, CONDITIONS.header);
    }
  },
};

const NAMED_FIELDS: readonly Field[] = [
  FILE_FIELD,
  { header: "名称", path: ["name"], codec: codec.text, width: 26, note: "note.condition-name", required: true },
  { ...CONDITIONS, required: true, width: 80 },
];
const NAMED_SHAPE = { fields: NAMED_FIELDS };
