import { column, type ColumnId, type InputId } from "../domain/columns.js";
import type { RawCell } from "../domain/complaint.js";
import { readTimeOfDay } from "../domain/date-text.js";
import { headerKey, type HeaderMatch } from "../domain/match-key.js";
import { isInputId } from "./answers.js";
import { isDateKind } from "./output-cells.js";
import type { LedgerColumn, LedgerRow, SecondColumn } from "./port.js";

/** A further column of an input. */
interface Further {
  readonly index: number;
  readonly id: InputId;
  readonly kept: number;
  /** Somebody has said which column counts, and this one holds nothing but the time of its day. */
  readonly timeOnly: boolean;
}

/** Further columns that are read; where a person has chosen one, only the column of its time is read beside it. */
export function furtherColumns(match: HeaderMatch, headers: readonly string[]): Further[] {
  return match.duplicates.flatMap(({ index, column: id, kept, chosen }): Further[] => {
    if (!isInputId(id)) return [];
    if (chosen || !match.chosen.has(id)) return [{ index, id, kept, timeOnly: false }];
    const isTime = isDateKind(column(id).kind) && TIME.test(headers[index]!) && DAY.test(headers[kept]!);
    return isTime ? [{ index, id, kept, timeOnly: true }] : [];
  });
}

const TIME = /时间|时刻|时分|几点|time|hour/iu;
const DAY = /日期|日|date|day/iu;

/** Columns beside others of the same input, as they are told and asked about. */
export function secondColumns(
  match: HeaderMatch,
  headers: readonly string[],
  columnAt: (index: number) => LedgerColumn,
): SecondColumn[] {
  return furtherColumns(match, headers).map(({ index, id, kept, timeOnly }) => {
    const again = sameBefore(headers, index);
    const other = { ...columnAt(index), ...(again === 1 ? {} : { again }) };
    return { id, kept: columnAt(kept), other, ...(timeOnly ? { timeOnly: true as const } : {}) };
  });
}

/** The how manieth of its name a header is. */
function sameBefore(headers: readonly string[], index: number): number {
  const key = headerKey(headers[index]!);
  return headers.slice(0, index).filter((header) => headerKey(header) === key).length + 1;
}

/** A row with what its further columns hold: the first value that isn't blank stands in `cells`. */
export function withSeconds(row: LedgerRow, seconds: LedgerRow["cells"], timesOnly: ReadonlySet<ColumnId>): LedgerRow {
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
    if (timesOnly.has(id)) continue;
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
    if (typeof day !== "string" || /[:：时点]/u.test(day) || !/\p{Nd}/u.test(day)) continue;
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
