import type { CellContext, CellValue, Codec } from "./codecs.js";
import { isList, isObject, putAt, sameJson, valueAt, type DraftObject, type Json, type JsonObject } from "./json.js";
import { bilingual, CellFault, type SheetsKey } from "./problem.js";
import { EXACT_HEADER, type SheetColumn } from "./table.js";

/** A column of an entry: which part of it stands there, and how. */
export interface Field {
  readonly header: string;
  /** Keys inside the entry; `*` stands for each entry of a list, whose texts stand a line each. */
  readonly path: readonly string[];
  readonly codec: Codec;
  readonly width: number;
  readonly note: SheetsKey;
  /** A row that holds anything needs it. */
  readonly required?: boolean;
}

/** What an entry is put together from: its columns, and what it holds besides. */
export interface Shape {
  readonly fields: readonly Field[];
  readonly skeleton?: JsonObject;
}

export type Cells = ReadonlyMap<string, CellValue>;

export function columnOf({ header, codec, width, note }: Field): SheetColumn {
  const { cell: format, choices } = codec;
  return { header, width, format, note: bilingual(note), ...(choices === undefined ? {} : { choices }) };
}

export const EXACT_COLUMN: SheetColumn = {
  header: EXACT_HEADER,
  width: 16,
  format: "text",
  note: bilingual("note.exact"),
};

/**
 * The cells of an entry. Where they don't say all of it, its exact form stands beside them: what is read back is then the
 * exact form, and the other cells have to agree with it.
 */
export function cellsOf(entry: Json, shape: Shape, context: CellContext): Map<string, CellValue> {
  const cells = new Map<string, CellValue>();
  for (const field of shape.fields) {
    const value = partAt(entry, field.path);
    const cell = value === undefined ? undefined : field.codec.write(value, context);
    if (cell !== undefined && cell !== null) cells.set(field.header, cell);
  }
  if (!isObject(entry) || !sameJson(readBack(cells, shape, context), entry))
    cells.set(EXACT_HEADER, JSON.stringify(entry));
  return cells;
}

function readBack(cells: Cells, shape: Shape, context: CellContext): Json | undefined {
  const faults: string[] = [];
  const entry = entryOf(cells, shape, context, (header) => faults.push(header));
  return faults.length > 0 ? undefined : entry;
}

/** The entry that cells say; `fault` hears of every cell that can't be read. */
export function entryOf(
  cells: Cells,
  { fields, skeleton }: Shape,
  context: CellContext,
  fault: (header: string, fault: CellFault) => void,
): Json {
  const entry: DraftObject = { ...structuredClone(skeleton) };
  for (const { header, path, codec } of fields) {
    const cell = cells.get(header) ?? null;
    if (cell === null || (typeof cell === "string" && cell.trim() === "")) continue;
    try {
      putPart(entry, path, codec.read(cell, context));
    } catch (error) {
      if (!(error instanceof CellFault)) throw error;
      fault(header, error);
    }
  }
  return entry;
}

function partAt(entry: Json, path: readonly string[]): Json | undefined {
  const star = path.indexOf("*");
  if (star < 0) return valueAt(entry, path);
  const list = valueAt(entry, path.slice(0, star));
  if (!isList(list)) return undefined;
  const parts = list.map((item) => valueAt(item, path.slice(star + 1)));
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

function putPart(entry: DraftObject, path: readonly string[], value: Json): void {
  const star = path.indexOf("*");
  if (star < 0) {
    putAt(entry, path, value);
    return;
  }
  const before = valueAt(entry, path.slice(0, star));
  const known = isList(before) ? before : [];
  const parts = isList(value) ? value : [];
  const longer = Math.max(known.length, parts.length);
  const merged = Array.from({ length: longer }, (_, i): Json => {
    const old = known[i];
    const item: DraftObject = isObject(old) ? { ...old } : {};
    const part = parts[i];
    if (part !== undefined) putAt(item, path.slice(star + 1), part);
    return item;
  });
  putAt(entry, path.slice(0, star), merged);
}

/** The entry of a row whose exact form is given: the other cells must say nothing else. Gives the header that does. */
export function disagreeing(exact: Json, cells: Cells, shape: Shape, context: CellContext): string | undefined {
  const expected = cellsOf(exact, shape, context);
  return shape.fields.find(({ header }) => shown(expected.get(header)) !== shown(cells.get(header)))?.header;
}

function shown(cell: CellValue | undefined): string {
  return String(cell ?? "")
    .replace(/\r\n?/g, "\n")
    .trim();
}
