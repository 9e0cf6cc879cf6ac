import { column, type ColumnId } from "../domain/columns.js";
import { ownRow, sheetOfRow } from "../domain/sheet-rows.js";
import type { ProcessInput } from "./input.js";

/** Rows as a message names them that stands on one of them; those of another sheet or workbook as `[店A]台账!12`. */
export function rowsPlace(rows: readonly number[], from: number, { sheets }: ProcessInput["place"]): string {
  const own = sheetOfRow(from);
  return rows
    .map((row) => {
      const at = sheetOfRow(row);
      if (at === own) return String(ownRow(row));
      const { sheet, file } = sheets?.[at] ?? { sheet: "", file: undefined };
      return `${file === undefined ? "" : `[${file}]`}${sheet}!${ownRow(row)}`;
    })
    .join("、");
}

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
