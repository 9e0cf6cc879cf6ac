import type { ColumnKind } from "../../domain/columns.js";
import { to1904 } from "../../ooxml/date-systems.js";
import type { CellFormat } from "../../ooxml/styles.js";
import { isDateKind, type CellContent } from "../output-cells.js";

/** How a column of ours shows in a file. */
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

/** Content as it is stored: dates by the workbook's way of counting days. */
export function stored(content: CellContent, kind: ColumnKind, date1904: boolean): CellContent {
  return date1904 && typeof content === "number" && isDateKind(kind) ? to1904(content) : content;
}
