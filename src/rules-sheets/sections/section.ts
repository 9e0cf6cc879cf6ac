import type { CellContext, CellValue } from "../codecs.js";
import type { PackDraft, SheetRow } from "../draft.js";
import { cellsOf, disagreeing, entryOf, type Cells, type Field, type Shape } from "../fields.js";
import { isObject, type Json, type JsonPath } from "../json.js";
import { CellFault, type Bilingual } from "../problem.js";
import { EXACT_HEADER, type SheetColumn } from "../table.js";

/** A pack's files as JSON, README and learned weights left out. */
export type PackFiles = ReadonlyMap<string, Json>;

/** One sheet of a pack: what of its files stands on it, and how it comes back. */
export interface Section {
  readonly name: string;
  readonly about: Bilingual;
  /** Lists and keys of files that stand here; everything else is on 其他. */
  readonly holds: readonly (readonly [file: string, key: string])[];
  /** A row that says nothing but what one above says is a slip of the hand, which no id tells. */
  readonly eachOnce?: true;
  columns(files: PackFiles): readonly SheetColumn[];
  rows(files: PackFiles, context: CellContext): readonly Cells[];
  read(rows: readonly SheetRow[], draft: PackDraft, context: CellContext): void;
}

/** A list of a file; none where it is no list. */
export function entriesOf(files: PackFiles, file: string, key: string): readonly Json[] {
  const content = files.get(file);
  const list = isObject(content) ? content[key] : undefined;
  return Array.isArray(list) ? (list as readonly Json[]) : [];
}

/** Reads a row's entry and remembers where its parts stand; undefined where a cell that it needs is wrong. */
export function readEntry(row: SheetRow, shape: Shape, draft: PackDraft, context: CellContext): Json | undefined {
  const before = draft.problems.length;
  const exact = row.cells.get(EXACT_HEADER);
  if (typeof exact === "string") return readExact(exact, row, shape, draft, context);
  const entry = entryOf(row.cells, shape, context, (header, fault) => {
    draft.fault(row, header, fault);
  });
  for (const { header, required } of shape.fields)
    if (required === true && !row.cells.has(header))
      draft.fault(row, header, new CellFault("fault.required", { header }));
  return draft.problems.length > before ? undefined : entry;
}

function readExact(
  exact: string,
  row: SheetRow,
  shape: Shape,
  draft: PackDraft,
  context: CellContext,
): Json | undefined {
  let entry: Json;
  try {
    entry = JSON.parse(exact) as Json;
  } catch {
    draft.fault(row, EXACT_HEADER, new CellFault("fault.json", { rest: exact.slice(0, 12) }));
    return undefined;
  }
  const other = disagreeing(entry, row.cells, shape, context);
  if (other === undefined) return entry;
  draft.fault(row, other, new CellFault("fault.exact", { header: EXACT_HEADER }));
  return undefined;
}

/** Remembers the cells of an entry at its path. */
export function placeEntry(
  draft: PackDraft,
  file: string,
  path: JsonPath,
  row: SheetRow,
  fields: readonly Field[],
): void {
  draft.place(file, path, row);
  for (const field of fields) {
    const star = field.path.indexOf("*");
    draft.place(file, [...path, ...(star < 0 ? field.path : field.path.slice(0, star))], row, field.header);
  }
}

/** A sheet whose rows are the entries of one list. */
export function listSection(options: {
  readonly name: string;
  readonly about: Bilingual;
  readonly file: string;
  readonly key: string;
  readonly columns: readonly SheetColumn[];
  /** The shape of an entry, or of the entry that a row is meant to be. */
  readonly shapeOf: (entry: Json | Cells) => Shape;
}): Section {
  const { name, about, file, key, columns, shapeOf } = options;
  return {
    name,
    about,
    holds: [[file, key]],
    columns: () => columns,
    rows: (files, context) => entriesOf(files, file, key).map((entry) => cellsOf(entry, shapeOf(entry), context)),
    read(rows, draft, context) {
      for (const row of rows) {
        const shape = shapeOf(row.cells);
        const entry = readEntry(row, shape, draft, context);
        if (entry === undefined) continue;
        placeEntry(draft, file, draft.push(file, key, entry), row, shape.fields);
      }
    },
  };
}

/** A cell as text. */
export function cellText(cells: ReadonlyMap<string, CellValue>, header: string): string {
  return String(cells.get(header) ?? "").trim();
}
