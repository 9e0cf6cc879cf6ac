import { column, type ColumnId, type ColumnKind, type OutputId } from "../domain/columns.js";
import type { ComplaintOutputs, RawCell } from "../domain/complaint.js";
import { yuanNumber, type Fen } from "../domain/money.js";
import { fromSerial, toSerial, type WallTime } from "../domain/wall-time.js";
import type { OutputCell } from "./port.js";

/** How outputs and cells of tables of ours stand in cells, and whether a cell says so already: for both hosts. */

/** Between the parts of a list in one cell. */
export const LIST_SEPARATOR = "；";

/** What goes into a cell: text, a number (serials of the 1900 system), or nothing. */
export type CellContent = string | number | undefined;

/** More than this many characters Excel refuses to open. */
const MAX_TEXT = 32_767;

/** A text as a cell can hold it. */
export function fittingText(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text;
}

/** A cell of an output table: yes and no as text, blank texts as nothing. */
export function cellContent(value: OutputCell): CellContent {
  if (typeof value === "boolean") return value ? "是" : "否";
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  return value === undefined || value === "" ? undefined : fittingText(value);
}

/** An output as it stands in a cell: money in yuan, times as serials, lists joined, yes and no as text. */
export function outputCell(id: OutputId, value: ComplaintOutputs[OutputId]): CellContent {
  return contentOfKind(column(id).kind, value);
}

/** As `outputCell`, for whoever has looked up the column's kind. */
export function contentOfKind(kind: ColumnKind, value: ComplaintOutputs[OutputId]): CellContent {
  if (value === undefined) return undefined;
  if (kind === "money") return yuanNumber(value as Fen);
  if (kind === "datetime") return toSerial(value as WallTime);
  if (kind === "list") return cellContent((value as readonly string[]).join(LIST_SEPARATOR));
  return cellContent(value as OutputCell);
}

export function isDateKind(kind: ColumnKind | undefined): boolean {
  return kind === "date" || kind === "datetime";
}

/** Whether a cell already holds this content. Serials are compared to the second: they are binary fractions of a day. */
export function sameContent(present: RawCell | undefined, content: CellContent, kind: ColumnKind): boolean {
  if (content === undefined) return present === undefined || present === null;
  if (typeof content === "number" && typeof present === "number" && isDateKind(kind))
    return fromSerial(present) === fromSerial(content);
  return present === content;
}

/** A standing cell as content, so that it can be written again. */
export function standingContent(cell: RawCell | undefined): CellContent {
  return cell === undefined || cell === null || typeof cell === "object" ? undefined : cellContent(cell);
}

/** A cell's value as a key: how a number is known whether it was typed as text or as a number. */
export function keyText(cell: RawCell | undefined): string {
  return cell === undefined || cell === null || typeof cell === "object" ? "" : String(cell).trim();
}

/** Half a second: serials are binary fractions of a day, so one written and read back may differ in the last bits. */
const SERIAL_NOISE = 0.5 / 86_400;

export function isBlankCell(cell: RawCell | undefined): boolean {
  return cell === undefined || cell === null || cell === "";
}

/** As `isBlankCell`, white space counted as nothing. */
export function isBlankText(cell: RawCell | undefined): boolean {
  return isBlankCell(cell) || (typeof cell === "string" && cell.trim() === "");
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
