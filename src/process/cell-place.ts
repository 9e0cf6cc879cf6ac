import { column, type ColumnId } from "../domain/columns.js";
import { ownRow, sheetOfRow } from "../domain/sheet-rows.js";
import type { ProcessInput } from "./input.js";

/** How a message names a cell: sheet!letter+row and the header as it stands there. */
export function cellPlace(
  through: number,
  id: ColumnId,
  place: ProcessInput["place"],
): { cell: string; header: string } {
  const { sheet, columns } = place.sheets?.[sheetOfRow(through)] ?? place;
  const row = ownRow(through);
  const found = columns.get(id);
  return {
    cell: found ? `${sheet}!${found.letter}${row}` : `${sheet}!${row}`,
    header: found?.header ?? column(id).header,
  };
}
