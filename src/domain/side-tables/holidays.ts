import { readCell } from "../cell-reading.js";
import type { CalendarOverride, RawCell } from "../complaint.js";
import { isHolidayLine, readHolidayNotice, type HolidayNotice, type HolidayNoticeProblem } from "../holiday-notice.js";
import { matchText } from "../match-key.js";
import { addDays, calendarDate, type Day } from "../wall-time.js";
import {
  isBlankRow,
  present,
  SideTableReader,
  type SideTable,
  type SideTableProblem,
  type SideTableProblemCode,
} from "./side-table.js";

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

/** Characters from which a cell is a sentence of a notice and no date that somebody mistyped. */
const SENTENCE = 12;

/**
 * The State Council's notice as somebody has pasted it into 节假日, in one cell or a line in each row: the rows it takes,
 * and what it says. Undefined where there is none.
 */
function pastedNotice(
  table: SideTable,
): { readonly row: number; readonly rows: ReadonlySet<number>; readonly notice: HolidayNotice } | undefined {
  const texts = table.rows.map(({ row, cells }) => {
    const filled = cells.filter((cell) => cell !== null && cell !== "");
    const [only] = filled;
    // A line of the table says 日期 and 类型; a line of the notice is one text.
    return { row, text: filled.length === 1 && typeof only === "string" ? only.trim() : "" };
  });
  const said = texts.filter(({ text }) => text.length >= SENTENCE || /\d{4}年.*(?:节假日|放假)/.test(text));
  if (!said.some(({ text }) => isHolidayLine(text))) return undefined;
  const notice = readHolidayNotice(said.map(({ text }) => text).join("\n"));
  return { row: said[0]!.row, rows: new Set(said.map(({ row }) => row)), notice };
}

const WHY_NOT = {
  "year-missing": "notice-year-missing",
  "nothing-found": "notice-count-differs",
  "day-count-differs": "notice-count-differs",
  "no-such-day": "notice-no-such-day",
} as const satisfies Record<HolidayNoticeProblem, SideTableProblemCode>;

/** What a notice gives: its days, and one line on what was read of it or why it was not. */
function takeNotice(
  { row, notice }: NonNullable<ReturnType<typeof pastedNotice>>,
  reader: SideTableReader<keyof typeof HOLIDAY_HEADERS>,
): readonly CalendarOverride[] {
  if ("problem" in notice) {
    const { problem, line = "" } = notice;
    reader.note(row, "day", line, WHY_NOT[problem]);
    return [];
  }
  const counted = (kind: CalendarOverride["kind"]): number => notice.days.filter((day) => day.kind === kind).length;
  reader.note(row, "day", `${notice.year}：休${counted("rest")}，班${counted("work")}`, "notice-read");
  return notice.days;
}

/**
 * Reads 节假日. 类型 is 休 or 班 (调休 alone can mean either, so it is reported); a day stated twice alike counts once. The yearly notice may be pasted as it
 * is published: its days count as if they stood in lines of their own.
 */
export function readHolidays(table: SideTable): HolidaysReading {
  const reader = new SideTableReader(table, HOLIDAY_HEADERS);
  const complete = reader.requires("day") && reader.requires("kind");
  if (!complete) return { overrides: [], problems: reader.problems };
  const overrides = new Map<Day, CalendarOverride>();
  const pasted = pastedNotice(table);
  for (const day of pasted ? takeNotice(pasted, reader) : []) overrides.set(day.day, day);
  for (const line of table.rows) {
    if (isBlankRow(line.cells) || pasted?.rows.has(line.row) === true) continue;
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
