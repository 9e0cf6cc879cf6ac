import { z } from "zod";
import { INPUT_COLUMNS, type ColumnKind, type InputId } from "../../src/domain/columns.js";
import { parseIso, toSerial } from "../../src/domain/wall-time.js";
import type { LedgerCells } from "../../src/documents/new-ledger-sheets.js";

/** A story's cells by column id, and nothing else: a misspelt column is refused. */
export const storyCellsSchema = z.partialRecord(
  z.enum(INPUT_COLUMNS.map(({ id }) => id) as [InputId, ...InputId[]]),
  z.union([z.string(), z.number()]),
);
export type StoryCells = z.infer<typeof storyCellsSchema>;

export const sideRowSchema = z.array(z.union([z.string(), z.number(), z.null()]));
export type SideRow = z.infer<typeof sideRowSchema>;

/** The cells as they go into a workbook. */
export function cellsOf(story: StoryCells): LedgerCells {
  const cells: { [Id in InputId]?: string | number } = {};
  for (const { id, kind } of INPUT_COLUMNS) {
    const value = story[id];
    if (value !== undefined) cells[id] = asTyped(kind, value);
  }
  return cells;
}

/**
 * ISO texts (2026-01-05T09:20, or 2026-01-05) stand for real Excel dates in columns of dates and times; anything else is
 * typed into the cell as it stands, as clerks do.
 */
export function asTyped(kind: ColumnKind, value: string | number): string | number {
  if (typeof value === "number" || (kind !== "datetime" && kind !== "date")) return value;
  const time = parseIso(value);
  return time === undefined ? value : toSerial(time);
}
