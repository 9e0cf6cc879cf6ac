import { column, type ColumnId } from "../domain/columns.js";
import type { RawCell } from "../domain/complaint.js";
import { fromSerial, isoTime } from "../domain/wall-time.js";

/** A cell as a person reads it: serials of date columns as dates. Empty for a blank cell. */
export function shownCell(cell: RawCell | undefined, id?: ColumnId): string {
  if (cell === undefined || cell === null) return "";
  if (typeof cell === "object") return cell.error;
  if (typeof cell !== "number" || id === undefined) return String(cell);
  const { kind } = column(id);
  if (kind === "datetime") return isoTime(fromSerial(cell)).slice(0, 16).replace("T", " ");
  if (kind === "date") return isoTime(fromSerial(cell)).slice(0, 10);
  return kind === "money" ? cell.toFixed(2) : String(cell);
}

/** A day as Excel counts it, with its time where it has one. */
export function shownSerial(serial: number): string {
  const text = isoTime(fromSerial(serial));
  return Number.isInteger(serial) ? text.slice(0, 10) : text.slice(0, 16).replace("T", " ");
}
