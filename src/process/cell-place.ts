import { column, type InputId } from "../domain/columns.js";
import type { ProcessInput } from "./input.js";

/** How a message names a cell: sheet!letter+row and the header as it stands there. */
export function cellPlace(
  row: number,
  id: InputId,
  { sheet, columns }: ProcessInput["place"],
): { cell: string; header: string } {
  const found = columns.get(id);
  return {
    cell: found ? `${sheet}!${found.letter}${row}` : `${sheet}!${row}`,
    header: found?.header ?? column(id).header,
  };
}
