import { INPUT_COLUMNS, type ColumnId } from "../domain/columns.js";

/** Columns on which a status, a limit or money rests: two headers for one of them are asked about. */
export const DECIDING: ReadonlySet<ColumnId> = new Set<ColumnId>([
  ...INPUT_COLUMNS.filter(
    ({ kind, id }) => kind === "datetime" || kind === "money" || kind === "percent" || id === "person",
  ).map(({ id }) => id),
  ...(["upheld", "deferred", "crew", "sanction", "misconduct", "unitPrice", "region"] as const),
  ...(["categoryOverride", "levelOverride", "departmentOverride", "caseStatus"] as const),
]);
