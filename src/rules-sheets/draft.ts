import type { CellValue } from "./codecs.js";
import { pathKey, type DraftObject, type Json, type JsonPath } from "./json.js";
import { bilingual, type Bilingual, type CellFault, type SheetPlace, type SheetProblem } from "./problem.js";
import type { FoundCell, SheetGrid } from "./table.js";

/** A row of a sheet with its cells by header. */
export interface SheetRow {
  readonly sheet: string;
  /** From 1, the header being the first. */
  readonly row: number;
  readonly cells: ReadonlyMap<string, CellValue>;
  /** The column of a header, from 1. */
  readonly columns: ReadonlyMap<string, number>;
}

/** Where something of the pack stands on the sheets. */
interface Standing extends SheetPlace {
  readonly header: string;
  readonly value: string;
}

/**
 * The pack as it is read from the sheets: its files as JSON, the cell that each part of them came from, and what is wrong
 * with cells.
 */
export class PackDraft {
  readonly files = new Map<string, DraftObject>();
  readonly problems: SheetProblem[] = [];
  private readonly places = new Map<string, Map<string, Standing>>();

  file(path: string): DraftObject {
    let file = this.files.get(path);
    if (!file) this.files.set(path, (file = {}));
    return file;
  }

  /** A list of a file, made where there is none. */
  list(path: string, key: string): Json[] {
    const file = this.file(path);
    // Lists of a draft are its own and still grow.
    return (file[key] ??= []) as Json[];
  }

  /** Adds an entry to a list of a file; gives its path. */
  push(path: string, key: string, entry: Json): JsonPath {
    const list = this.list(path, key);
    list.push(entry);
    return [key, list.length - 1];
  }

  /** Remembers where a part of a file stands: in a row, or in one of its cells. */
  place(file: string, path: JsonPath, row: SheetRow, header?: string): void {
    let places = this.places.get(file);
    if (!places) {
      places = new Map<string, Standing>();
      this.places.set(file, places);
    }
    places.set(pathKey(path), standing(row, header));
  }

  /** The narrowest cell or row that a part of a file came from. */
  placeOf(file: string, path: JsonPath): Standing | undefined {
    const places = this.places.get(file);
    for (let length = path.length; places && length >= 0; length -= 1) {
      const found = places.get(pathKey(path.slice(0, length)));
      if (found) return found;
    }
    return undefined;
  }

  fault(row: SheetRow, header: string | undefined, { key, params }: CellFault): void {
    this.report(standing(row, header), bilingual(key, params));
  }

  report(at: Standing, text: Bilingual): void {
    this.problems.push({ ...at, text });
  }
}

function standing({ sheet, row, cells, columns }: SheetRow, header: string | undefined): Standing {
  const column = header === undefined ? 0 : (columns.get(header) ?? 0);
  const value = header === undefined ? "" : String(cells.get(header) ?? "");
  return { sheet, row, column, header: header ?? "", value };
}

/** Rows of a sheet that hold anything in the columns that are read. Errors of Excel are reported. */
export function rowsOf(grid: SheetGrid, headers: readonly string[], draft: PackDraft): SheetRow[] {
  const [first = [], ...rest] = grid.rows;
  const columns = new Map<string, number>();
  first.forEach((cell, i) => {
    const header = headerText(cell);
    if (headers.includes(header) && !columns.has(header)) columns.set(header, i + 1);
  });
  return rest.flatMap((found, index): SheetRow[] => {
    const cells = new Map<string, CellValue>();
    const row: SheetRow = { sheet: grid.name, row: index + 2, cells, columns };
    for (const [header, column] of columns) {
      const cell = found[column - 1] ?? null;
      if (typeof cell === "object" && cell !== null) {
        cells.set(header, cell.error);
        draft.report(standing(row, header), bilingual("fault.excel-error"));
        cells.delete(header);
      } else if (cell !== null && String(cell).trim() !== "") cells.set(header, cell);
    }
    return cells.size === 0 ? [] : [row];
  });
}

export function headerText(cell: FoundCell | undefined): string {
  return typeof cell === "string" ? cell.trim() : "";
}
