import { column, type ColumnId, type ColumnKind, type OutputId } from "../../domain/columns.js";
import { isoMonth, toSerial } from "../../domain/wall-time.js";
import { contentOfKind } from "../../ledger/output-cells.js";
import type { PivotValue } from "../../ooxml/pages/pivot-parts.js";
import type { ReportCase } from "./report-case.js";
import type { ReportText } from "./texts.js";

/** The judged rows that a report workbook carries, with the month each was received in: pivots can't group dates. */

export const DETAIL_TABLE = "ReportCases";
const COLUMNS: readonly ColumnId[] = [
  "id",
  "pack",
  "receivedAt",
  "channel",
  "customer",
  "product",
  "category",
  "nature",
  "level",
  "department",
  "status",
  "closeDue",
  "closeAt",
  "overdue",
  "upheld",
  "repeated",
  "penalty",
  "compensation",
];
/** 受理月份 follows 受理时间. */
const MONTH_AT = COLUMNS.indexOf("receivedAt") + 1;

export interface DetailTable {
  readonly columns: readonly { readonly header: string; readonly kind: ColumnKind }[];
  readonly rows: readonly (readonly PivotValue[])[];
}

export function detailTable(cases: readonly ReportCase[], t: ReportText): DetailTable {
  const columns: { header: string; kind: ColumnKind }[] = COLUMNS.map((id) => {
    const { header, kind } = column(id);
    return { header, kind };
  });
  columns.splice(MONTH_AT, 0, { header: t("detail.month"), kind: "text" });
  const rows = cases.map((c) => {
    const values = COLUMNS.map((id) => valueOf(c, id));
    const { receivedAt } = c.inputs;
    values.splice(MONTH_AT, 0, receivedAt === undefined ? t("unread") : isoMonth(receivedAt));
    return values;
  });
  return { columns, rows };
}

function valueOf(c: ReportCase, id: ColumnId): PivotValue {
  if (id === "id") return c.id === "" ? undefined : c.id;
  if (id === "pack") return c.packId;
  if (id === "receivedAt" || id === "closeAt") return c.inputs[id] === undefined ? undefined : toSerial(c.inputs[id]);
  if (id in c.outputs) return contentOfKind(column(id).kind, c.outputs[id as OutputId]);
  const value = (c.inputs as Partial<Record<ColumnId, unknown>>)[id];
  return typeof value === "boolean" ? (value ? "是" : "否") : typeof value === "string" ? value : undefined;
}
