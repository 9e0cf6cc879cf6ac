import type { Codec } from "../ooxml/codec.js";
import { patchCells, type CellChange, type SheetChange } from "../ooxml/patch-cells.js";
import type { SheetGrid } from "../rules-sheets/table.js";
import type { Marks } from "./pack-marks.js";

/** Marks put into a workbook file: only the marked cells and pages of our own change, everything else stays to the byte. */
export function markWorkbook(
  bytes: Uint8Array,
  grids: readonly SheetGrid[],
  { cells, pages }: Marks,
  codec: Codec,
): Uint8Array {
  const bySheet = new Map<string, CellChange[]>();
  const put = (sheet: string, row: number, column: number, value: string | number | undefined): void => {
    const list = bySheet.get(sheet) ?? [];
    bySheet.set(sheet, list);
    list.push({ row, column, value, format: "text" });
  };
  for (const { sheet, row, column, value } of cells) put(sheet, row, column, value === "" ? undefined : value);
  for (const { name, rows } of pages) {
    const old = grids.find((grid) => grid.name === name)?.rows ?? [];
    for (let r = 0; r < Math.max(rows.length, old.length); r += 1) {
      const [now, before] = [rows[r] ?? [], old[r] ?? []];
      for (let c = 0; c < Math.max(now.length, before.length); c += 1) {
        const value = now[c];
        if (value !== undefined || before[c] !== undefined) put(name, r + 1, c + 1, value === "" ? undefined : value);
      }
    }
  }
  const widths = (name: string): ReadonlyMap<number, number> =>
    pages.some((page) => page.name === name) && !grids.some((grid) => grid.name === name)
      ? new Map([
          [1, 40],
          [2, 16],
          [3, 30],
          [4, 70],
        ])
      : new Map();
  const sheets = [...bySheet].map(([sheet, list]): SheetChange => ({
    sheet,
    cells: list,
    tables: [],
    widths: widths(sheet),
  }));
  return patchCells(bytes, { sheets, replacedXml: new Map(), addedXml: [] }, codec);
}
