import type { BlockFormat, BlockValue } from "../../documents/reports/blocks.js";
import { fromSerial, isoTime } from "../../domain/wall-time.js";

/** A value of a report as text. Percentages are shares of 1, times are serials. */
export function blockText(value: BlockValue, format: BlockFormat): string {
  if (value === undefined) return "—";
  if (typeof value === "string") return value;
  switch (format) {
    case "integer":
      return String(value);
    case "decimal":
      return value.toFixed(1);
    case "percent":
      return `${(value * 100).toFixed(1)}%`;
    case "money":
      return value.toFixed(2);
    case "datetime":
      return isoTime(fromSerial(value)).slice(0, 16).replace("T", " ");
    case "text":
    case "figure":
      return String(value);
  }
}
