import { matchText } from "../match-key.js";
import { fromSerial, isoMonth } from "../wall-time.js";
import type { SideTable, SideTableProblemCode, SideTableReader } from "./side-table.js";

/** A month as people write it: 2026-03, 2026/3, 2026年3月. */
export const MONTH = /^(\d{4})(?:-|年|\/|\.)(\d{1,2})月?$/;

/** A month as text (2026-03, 2026年3月) or as the date that Excel makes of it. */
export function readMonth<Field extends string>(
  reader: SideTableReader<Field>,
  line: SideTable["rows"][number],
  field: Field,
  problem: SideTableProblemCode,
): string | undefined {
  const cell = reader.raw(line.cells, field);
  if (typeof cell === "number" && cell > 0) return isoMonth(fromSerial(cell));
  const text = reader.read(line, field, "text");
  if (text === undefined) return undefined;
  const match = MONTH.exec(matchText(text));
  const month = match ? `${match[1]!}-${match[2]!.padStart(2, "0")}` : "";
  if (/-(?:0[1-9]|1[0-2])$/.test(month)) return month;
  reader.note(line.row, field, text, problem);
  return undefined;
}
