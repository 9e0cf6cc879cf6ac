import { column, type InputId } from "../domain/columns.js";
import type { RawCell } from "../domain/complaint.js";
import { readTimeOfDay } from "../domain/date-text.js";
import { headerKey, type HeaderMatch } from "../domain/match-key.js";
import { isDateKind } from "./output-cells.js";
import type { LedgerColumn, LedgerRow, SecondColumn } from "./port.js";

/** Headers that name an input another header already stands for; what a person has chosen leaves no question. */
export function secondColumns(match: HeaderMatch, columnAt: (index: number) => LedgerColumn): SecondColumn[] {
  return match.duplicates.flatMap(({ index, column: id, kept, chosen }) => {
    if (column(id).role !== "input" || (!chosen && match.chosen.has(id))) return [];
    const other = columnAt(index);
    const again = sameBefore(other.header, index, columnAt);
    return [{ id, kept: columnAt(kept), other: again === 1 ? other : { ...other, again } }];
  });
}

/** The how manieth of its name a header is. */
function sameBefore(header: string, index: number, columnAt: (index: number) => LedgerColumn): number {
  const key = headerKey(header);
  return Array.from({ length: index }, (_, i) => columnAt(i)).filter((one) => headerKey(one.header) === key).length + 1;
}

/** A row with what its further columns hold: the first value that isn't blank stands in `cells`. */
export function withSeconds(row: LedgerRow, seconds: LedgerRow["cells"]): LedgerRow {
  if (Object.keys(seconds).length === 0) return row;
  const cells: { [Id in InputId]?: RawCell } = { ...row.cells };
  const second: { [Id in InputId]?: { kept: RawCell; other: RawCell } } = {};
  for (const [name, other] of Object.entries(seconds)) {
    const id = name as InputId;
    const kept = cells[id] ?? null;
    if (isBlank(other) || kept === other) continue;
    const whole = isDateKind(column(id).kind) ? dayWithTime(kept, other) : undefined;
    if (whole !== undefined) {
      cells[id] = whole;
      continue;
    }
    second[id] = { kept, other };
    if (isBlank(kept)) cells[id] = other;
  }
  return { ...row, cells, ...(Object.keys(second).length === 0 ? {} : { second }) };
}

function isBlank(cell: RawCell | undefined): boolean {
  return cell === null || cell === undefined || (typeof cell === "string" && cell.trim() === "");
}

/** A day and a time of day in two columns, in either order, as one; undefined if they are not that. */
function dayWithTime(kept: RawCell, other: RawCell | undefined): RawCell | undefined {
  for (const [day, time] of [
    [kept, other],
    [other, kept],
  ]) {
    const seconds = timeOfDay(time);
    if (seconds === undefined || day === null || day === undefined) continue;
    if (typeof day === "number" && Number.isInteger(day) && day > FIRST_SERIAL) return day + seconds / 86_400;
    if (typeof day !== "string" || /[:：时点]/u.test(day) || !/\d/u.test(day)) continue;
    return `${day.trim()} ${clock(seconds)}`;
  }
  return undefined;
}

const FIRST_SERIAL = 30_000;

function timeOfDay(cell: RawCell | undefined): number | undefined {
  if (typeof cell === "number") return cell >= 0 && cell < 1 ? Math.round(cell * 86_400) : undefined;
  return typeof cell === "string" && cell.trim() !== "" ? readTimeOfDay(cell) : undefined;
}

function clock(seconds: number): string {
  const part = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  return `${part(seconds / 3600)}:${part((seconds % 3600) / 60)}:${part(seconds % 60)}`;
}
