import { Problem, readValue } from "../domain/cell-reading.js";
import type { InputId } from "../domain/columns.js";
import type { RawRow } from "../domain/complaint.js";

/** The text in a cell of a text column; undefined if it is blank or can't be read. */
export function textIn(cell: RawRow["cells"][InputId]): string | undefined {
  const value = readValue("text", cell);
  return value instanceof Problem ? undefined : value;
}
