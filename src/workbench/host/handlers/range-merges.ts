import { intersection, type Area } from "../address.js";
import { clearCells, setNumberFormat, setStyle } from "../grid.js";
import { HostError } from "../host-error.js";
import { numberFormatAt, rowAt, styleAt, valueAt } from "../workbook-model.js";
import type { RangeTarget } from "./range-target.js";

/** What copying brings along, and merged areas. */

/** Puts the formats of the source's first cell on every cell of the target. */
export function copyFormats(source: RangeTarget, target: RangeTarget): void {
  const { row, column } = source.area;
  const style = styleAt(source.sheet, row, column);
  const format = numberFormatAt(source.sheet, row, column);
  target.book.assertAllowed(target.sheet, "allowFormatCells");
  for (let i = 0; i < target.touchedRows; i += 1) {
    for (let j = 0; j < target.area.columns; j += 1) {
      setStyle(target.sheet, target.area.row + i, target.area.column + j, style);
      setNumberFormat(target.sheet, target.area.row + i, target.area.column + j, format);
    }
  }
}

/** Merged areas of the source, put where they come to lie from each of its copies. */
export function copyMerges(source: RangeTarget, target: RangeTarget): void {
  for (const merge of source.sheet.merges) {
    if (!intersection(merge, source.area)) continue;
    for (let at = 0; at < target.area.columns; at += source.area.columns) {
      const copy: Area = {
        ...merge,
        row: merge.row - source.area.row + target.area.row,
        column: merge.column - source.area.column + target.area.column + at,
      };
      if (!target.sheet.merges.some((other) => intersection(other, copy))) target.sheet.merges.push(copy);
    }
  }
}

export function merge(range: RangeTarget, across: boolean): void {
  const { book, sheet, area } = range;
  book.assertAllowed(sheet, "allowFormatCells");
  if (sheet.tables.some((table) => intersection(table.area, area))) {
    throw new HostError("InvalidOperation", "Cells of a table can't be merged.");
  }
  sheet.merges = sheet.merges.filter((existing) => !intersection(existing, area));
  const merged = across
    ? Array.from({ length: area.rows }, (_, i) => ({ ...area, row: area.row + i, rows: 1 }))
    : [area];
  for (const one of merged) {
    const first = valueAt(sheet, one.row, one.column);
    clearCells(sheet, one, "Contents");
    rowAt(sheet, one.row).values[one.column] = first;
    sheet.merges.push(one);
  }
}
