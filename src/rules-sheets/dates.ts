import { readCell } from "../domain/cell-reading.js";
import { isoDate } from "../domain/wall-time.js";

/** A day in any form a clerk writes it, or as Excel holds it, as `2026-03-31`; undefined: no day. */
export function parseDateText(cell: string | number | boolean): string | undefined {
  const reading = readCell("date", cell);
  return reading.ok && !reading.blank ? isoDate(reading.value) : undefined;
}
