import { column, type ColumnId, type OutputId } from "../domain/columns.js";
import type { ComplaintOutputs, RawCell } from "../domain/complaint.js";
import { yuanNumber, type Fen } from "../domain/money.js";
import { toSerial, type WallTime } from "../domain/wall-time.js";

/** Between the parts of a list in one cell. */
export const LIST_SEPARATOR = "；";

/** The value of an output as it is written to a cell: serials for dates and times, yuan for money, 是/否, joined lists. */
export function outputCell(id: OutputId, value: NonNullable<ComplaintOutputs[OutputId]>): string | number {
  switch (column(id).kind) {
    case "datetime":
      return toSerial(value as WallTime);
    case "money":
      return yuanNumber(value as Fen);
    case "boolean":
      return value === true ? "是" : "否";
    case "list":
      return (value as readonly string[]).join(LIST_SEPARATOR);
    default:
      return value as string | number;
  }
}

/** Half a second: serials are binary fractions of a day, so one written and read back may differ in the last bits. */
const SERIAL_NOISE = 0.5 / 86_400;

export function isBlankCell(cell: RawCell | undefined): boolean {
  return cell === undefined || cell === null || cell === "";
}

/** Whether a cell holds this value already. */
export function holds(cell: RawCell | undefined, value: string | number | undefined): boolean {
  if (isBlankCell(cell)) return value === undefined || value === "";
  if (typeof cell === "number" && typeof value === "number") return Math.abs(cell - value) < SERIAL_NOISE;
  return cell === value;
}

/** Whether a cell shows this output already. */
export function showsOutput(cell: RawCell | undefined, id: OutputId, value: ComplaintOutputs[OutputId]): boolean {
  if (value === undefined) return isBlankCell(cell);
  // On a first run all cells are blank, and there is no need to put every value into words.
  if (isBlankCell(cell) && typeof value !== "string" && typeof value !== "object") return false;
  return holds(cell, outputCell(id, value));
}

/** Widths in characters where the kind alone says too little. */
const WIDTHS: Partial<Record<ColumnId, number>> = {
  status: 10,
  nextStep: 34,
  handler: 20,
  forms: 34,
  basis: 44,
  messages: 50,
  packVersion: 30,
};

/** How wide a column of ours is made when it is added, in characters. */
export function columnWidth(id: ColumnId): number {
  const { kind } = column(id);
  return WIDTHS[id] ?? (kind === "datetime" ? 17 : kind === "text" || kind === "list" ? 14 : 12);
}
