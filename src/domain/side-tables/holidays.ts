import { readCell } from "../cell-reading.js";
import type { CalendarOverride, RawCell } from "../complaint.js";
import { matchText } from "../match-key.js";
import { addDays, calendarDate, type Day } from "../wall-time.js";
import { isBlankRow, present, SideTableReader, type SideTable, type SideTableProblem } from "./side-table.js";

const HOLIDAY_HEADERS = {
  day: ["日期", "Date", "Day"],
  kind: ["类型", "休班", "休/班", "类别", "Type", "Kind"],
  name: ["名称", "节日", "节假日", "节日名称", "说明", "备注", "Name", "Holiday", "Note"],
} as const;

const REST = new Set([
  "放假调休",
  "公休",
  "法定假",
  "停工",
  "休假",
  "调休放假",
  "休",
  "休息",
  "休息日",
  "放假",
  "假",
  "假日",
  "假期",
  "节假日",
  "法定节假日",
  "rest",
  "off",
  "holiday",
]);
const WORK = new Set([
  "班",
  "补班日",
  "补上班",
  "加班",
  "调班",
  "上班日",
  "正常上班",
  "上班",
  "补班",
  "调休上班",
  "工作",
  "工作日",
  "work",
  "working",
  "workday",
  "working day",
]);

export interface HolidaysReading {
  readonly overrides: readonly CalendarOverride[];
  readonly problems: readonly SideTableProblem[];
}

/** Reads 节假日. 类型 is 休 or 班 (调休 alone can mean either, so it is reported); a day stated twice alike counts once. */
export function readHolidays(table: SideTable): HolidaysReading {
  const reader = new SideTableReader(table, HOLIDAY_HEADERS);
  const complete = reader.requires("day") && reader.requires("kind");
  if (!complete) return { overrides: [], problems: reader.problems };
  const overrides = new Map<Day, CalendarOverride>();
  for (const line of table.rows) {
    if (isBlankRow(line.cells)) continue;
    const before = reader.problems.length;
    const range = dayRange(reader.raw(line.cells, "day"));
    const day = range ? range[0] : reader.read(line, "day", "date");
    const text = reader.read(line, "kind", "text") ?? "";
    const name = reader.read(line, "name", "text");
    if (reader.problems.length > before) continue;
    if (day === undefined) {
      reader.note(line.row, "day", "", "date-missing");
      continue;
    }
    const word = matchText(text);
    const kind = REST.has(word) ? "rest" : WORK.has(word) ? "work" : undefined;
    if (!kind) {
      reader.note(line.row, "kind", text, "not-rest-or-work");
      continue;
    }
    for (const each of range ?? [day]) {
      const earlier = overrides.get(each);
      if (!earlier) overrides.set(each, { day: each, kind, ...present("name", name) });
      else if (earlier.kind !== kind) {
        reader.note(line.row, "kind", text, "contradicts-earlier-row");
        break;
      }
    }
  }
  return { overrides: [...overrides.values()], problems: reader.problems };
}

const RANGE = /^(.+?[\d日号])\s*(?:至|到|~|～|—+|–|--|\bto\b|\s-\s)\s*(.+)$/iu;
/** No holiday is as long as this. */
const LONGEST_HOLIDAY = 31;

/**
 * The days of `2026-03-03至2026-03-05`, `2026年3月3日至5日`, `2026-03-03 ~ 03-05`: what the second day leaves out is the
 * first one's. Undefined if the cell is no such range; a range that runs backwards or is too long is none.
 */
function dayRange(cell: RawCell): readonly Day[] | undefined {
  const match = typeof cell === "string" ? RANGE.exec(cell.normalize("NFKC").trim()) : null;
  if (!match) return undefined;
  const first = readCell("date", match[1]);
  if (!first.ok || first.blank) return undefined;
  const last = lastOfRange(match[2]!, first.value);
  if (last === undefined || last < first.value || last - first.value >= LONGEST_HOLIDAY) return undefined;
  return Array.from({ length: last - first.value + 1 }, (_, i) => addDays(first.value, i));
}

function lastOfRange(text: string, first: Day): Day | undefined {
  const { year, month } = calendarDate(first);
  for (const completed of [text, `${year}-${text}`, `${year}年${text}`, `${year}年${month}月${text}`]) {
    const reading = readCell("date", completed);
    if (reading.ok && !reading.blank) return reading.value;
  }
  return undefined;
}
