import { INPUT_COLUMNS, column, type InputId } from "../domain/columns.js";
import { readCell } from "../domain/cell-reading.js";
import type { ComplaintInputs, RawRow } from "../domain/complaint.js";
import type { ProcessInput } from "./input.js";
import type { Message } from "./outcome.js";
import { say } from "./sentences.js";

/** A row whose cells have been read: what could be read, and a message for each cell that could not. */
export interface ReadRow {
  readonly raw: RawRow;
  readonly inputs: ComplaintInputs;
  readonly unreadable: readonly { readonly column: InputId; readonly value: string; readonly text: string }[];
}

/** Reads all input cells of a row by the kind of their columns. */
export function readRow(raw: RawRow, place: ProcessInput["place"], language: ProcessInput["language"]): ReadRow {
  const inputs: ComplaintInputs = {};
  const unreadable: { column: InputId; value: string; text: string }[] = [];
  for (const { id, kind } of INPUT_COLUMNS) {
    const cell = raw.cells[id];
    if (cell === undefined || cell === null) continue;
    const reading = readCell(kind, cell);
    if (reading.ok) {
      if (!reading.blank) (inputs as Record<InputId, unknown>)[id] = reading.value;
      continue;
    }
    const { code, value } = reading.reason;
    const text = say(language, "cell.unreadable", {
      ...cellPlace(raw.row, id, place),
      value,
      reason: say(language, `cell.reason.${code}`),
    });
    unreadable.push({ column: id, value, text });
  }
  return { raw, inputs, unreadable };
}

/** The message that a needed cell is blank, or that its column is missing. */
export function missingMessage(
  row: number,
  id: InputId,
  place: ProcessInput["place"],
  language: ProcessInput["language"],
): Message {
  const key = place.columns.has(id) ? "cell.missing" : "column.missing";
  return { row, column: id, value: "", level: "error", text: say(language, key, cellPlace(row, id, place)) };
}

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
