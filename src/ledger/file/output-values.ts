import { column, type ColumnKind, type OutputId } from "../../domain/columns.js";
import type { ComplaintOutputs, RawCell } from "../../domain/complaint.js";
import { fromSerial, toSerial, type WallTime } from "../../domain/wall-time.js";
import type { Fen } from "../../domain/money.js";
import type { OutputCell } from "../port.js";
import type { CellFormat } from "../../ooxml/styles.js";

/** What goes into a cell: text, a number (serials of the 1900 system), or nothing. */
export type CellContent = string | number | undefined;

/** More than this many characters Excel refuses to open. */
const MAX_TEXT = 32_767;
const SEPARATOR = "；";

/** An output as it stands in a cell: money in yuan, times as serials, lists joined, yes and no as text. */
export function outputContent(id: OutputId, outputs: ComplaintOutputs): CellContent {
  return contentOfKind(column(id).kind, outputs[id]);
}

/** As `outputContent`, for whoever has looked up the column's kind. */
export function contentOfKind(kind: ColumnKind, value: ComplaintOutputs[OutputId]): CellContent {
  if (value === undefined) return undefined;
  if (kind === "money") return (value as Fen) / 100;
  if (kind === "datetime") return toSerial(value as WallTime);
  if (kind === "list") return tableContent((value as readonly string[]).join(SEPARATOR));
  return tableContent(value as OutputCell);
}

/** A cell of an output table. */
export function tableContent(value: OutputCell): CellContent {
  if (typeof value === "boolean") return value ? "是" : "否";
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (value === undefined || value === "") return undefined;
  return value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT - 1)}…` : value;
}

export function formatOf(kind: ColumnKind): CellFormat {
  switch (kind) {
    case "money":
    case "date":
    case "datetime":
      return kind;
    case "number":
    case "integer":
    case "percent":
      return "general";
    default:
      return "text";
  }
}

export function isDateFormat(format: CellFormat): boolean {
  return format === "date" || format === "datetime";
}

/** Whether a cell already holds this content. Serials are compared to the second: they are binary fractions of a day. */
export function sameContent(present: RawCell | undefined, content: CellContent, format: CellFormat): boolean {
  if (content === undefined) return present === undefined || present === null;
  if (typeof content === "number" && typeof present === "number" && isDateFormat(format))
    return fromSerial(present) === fromSerial(content);
  return present === content;
}
