import type { Area } from "./ranges.js";

/**
 * Areas of cells that Excel names in answers: formulas, merged cells. They are asked for by coordinates, because the
 * address of many areas is cut or refused (OfficeDev/office-js #5198).
 */

const COORDINATES = "areas/items/rowIndex,areas/items/columnIndex,areas/items/rowCount,areas/items/columnCount";

/** Asks for the areas; `areasOf` has them after the next request. */
export function askAreas(range: Excel.RangeAreas): Excel.RangeAreas {
  return range.untrack().load(COORDINATES);
}

export function areasOf(loaded: Excel.RangeAreas): Area[] {
  if (loaded.isNullObject) return [];
  return loaded.areas.items.map(({ rowIndex, columnIndex, rowCount, columnCount }) => ({
    row: rowIndex,
    column: columnIndex,
    rows: rowCount,
    columns: columnCount,
  }));
}

/**
 * What is known of merged cells. Asking for them was reported to empty the user's undo list (OfficeDev/office-js #5918),
 * so it is done once and not with every press: again only where the cells that they explain read differently, or where
 * columns are to be added.
 */
export class MergedCells {
  private readonly tops = new Map<string, { readonly texts: string; readonly areas: readonly Area[] }>();
  private readonly bodies = new Map<string, { readonly texts: string; readonly areas: readonly Area[] }>();
  private readonly looked = new Set<string>();

  /** Merged areas at the top of a sheet, if its texts are the same as when they were asked for. */
  atTop(sheetId: string, texts: string): readonly Area[] | undefined {
    const known = this.tops.get(sheetId);
    return known?.texts === texts ? known.areas : undefined;
  }

  keepTop(sheetId: string, texts: string, areas: readonly Area[]): void {
    this.tops.set(sheetId, { texts, areas });
  }

  /** Merged areas below the headers of a sheet, if the rows that may need them read as when they were asked for. */
  inBody(sheetId: string, texts: string): readonly Area[] | undefined {
    const known = this.bodies.get(sheetId);
    return known?.texts === texts ? known.areas : undefined;
  }

  keepBody(sheetId: string, texts: string, areas: readonly Area[]): void {
    this.bodies.set(sheetId, { texts, areas });
  }

  /** Whether the rows of a sheet were looked through before, and nothing stood in the way. */
  wereLookedAt(sheetId: string): boolean {
    return this.looked.has(sheetId);
  }

  lookedAt(sheetId: string): void {
    this.looked.add(sheetId);
  }
}
