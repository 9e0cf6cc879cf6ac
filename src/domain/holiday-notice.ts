import type { CalendarOverride } from "./complaint.js";
import { addDays, calendarDate, dayOf, type Day } from "./wall-time.js";

/**
 * Reading the State Council's yearly notice on public holidays, pasted as it is published: for each holiday a line such as
 * `国庆节：10月1日（周四）至8日（周四）放假调休，共8天。9月20日（周日）上班。` The year stands in its heading.
 */

export type HolidayNoticeProblem =
  | "year-missing" // no year in the text, and none was given
  | "nothing-found" // no line with days off
  | "no-such-day" // 2月30日, or a holiday longer than any has been
  | "day-count-differs"; // 共N天 and the days read are not the same number

export type HolidayNotice =
  | { readonly year: number; readonly days: readonly CalendarOverride[] }
  | { readonly problem: HolidayNoticeProblem; readonly line?: string };

const HOLIDAY_LINE =
  /(?:^|[、.．\s])(元旦|春节|清明节?|劳动节|端午节?|中秋节?|国庆节?(?:[、和]中秋节?)?|中秋节?[、和]国庆节?)\s*[：:]\s*(.*)$/;
const HEADING_YEAR = /(\d{4})\s*年(?!\s*\d{1,2}\s*月)/;
/** One day with its month, the end of a range (with or without its month), each with the weekday in brackets. */
const DAY = "(?:(?:(\\d{4})年)?(\\d{1,2})月)?(\\d{1,2})日(?:\\s*[（(][^）)]*[）)])?";
const SPAN = new RegExp(`${DAY}(?:\\s*(?:至|到|[-–—~～])\\s*${DAY})?`, "g");
const COUNT = /共\s*(\d+)\s*天/;

/**
 * The days off and the days worked (调休上班) of a notice, in its order. `year` is used where the text names none; a range
 * without a month at its end stays within the month, or runs into the next where it names one.
 */
export function readHolidayNotice(text: string, year?: number): HolidayNotice {
  const lines = normalLines(text);
  const ofYear = year ?? numberIn(HEADING_YEAR.exec(lines.join("\n"))?.[1]);
  if (ofYear === undefined) return { problem: "year-missing" };
  const days: CalendarOverride[] = [];
  for (const line of lines) {
    const match = HOLIDAY_LINE.exec(line);
    if (!match) continue;
    const [, name = "", arrangement = ""] = match;
    const off = sentencesWith(arrangement, /放假|休息/).map((sentence) => spansIn(sentence, ofYear));
    const worked = sentencesWith(arrangement, /上班/).map((sentence) => spansIn(sentence, ofYear));
    if ([...off, ...worked].includes(undefined)) return { problem: "no-such-day", line };
    const rest = off.flatMap((span) => span ?? []);
    const counted = numberIn(COUNT.exec(arrangement)?.[1]);
    if (rest.length === 0 || (counted !== undefined && counted !== rest.length))
      return { problem: "day-count-differs", line };
    for (const day of rest) days.push({ day, kind: "rest", name });
    for (const day of worked.flatMap((span) => span ?? [])) days.push({ day, kind: "work", name });
  }
  return days.length === 0 ? { problem: "nothing-found" } : { year: ofYear, days };
}

/** Whether a text is a line of such a notice that says days. */
export function isHolidayLine(text: string): boolean {
  return normalLines(text).some((line) => HOLIDAY_LINE.test(line) && /放假|休息/.test(line));
}

function normalLines(text: string): string[] {
  return text
    .normalize("NFKC")
    .replaceAll(":", "：")
    .replace(/([。；;])(?=\s*[一二三四五六七八九]、)/g, "$1\n")
    .split(/[\r\n]+/)
    .map((line) => line.trim());
}

/** The sentences that say it; where one sentence says both, the part up to a comma that does. */
function sentencesWith(text: string, what: RegExp): string[] {
  return text
    .split(/[。；;]/)
    .flatMap((sentence) => (/放假|休息/.test(sentence) && /上班/.test(sentence) ? sentence.split(/[，,]/) : [sentence]))
    .filter((part) => what.test(part));
}

/** No holiday is as long as this; a slip of the pen may be as long as thousands of years. */
const LONGEST_HOLIDAY = 31;

/** The days that a sentence names; undefined if one of them is in no calendar, or a span is longer than any holiday. */
function spansIn(text: string, year: number): Day[] | undefined {
  const days: Day[] = [];
  let month = 1;
  for (const [, y1, m1, d1, y2, m2, d2] of text.matchAll(SPAN)) {
    month = numberIn(m1) ?? month;
    const from = realDay(numberIn(y1) ?? year, month, Number(d1));
    if (from === undefined) return undefined;
    if (d2 === undefined) {
      days.push(from);
      continue;
    }
    const endMonth = numberIn(m2) ?? month;
    const startYear = calendarDate(from).year;
    const to = realDay(numberIn(y2) ?? (endMonth < month ? startYear + 1 : startYear), endMonth, Number(d2));
    if (to === undefined || to - from >= LONGEST_HOLIDAY) return undefined;
    for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
    month = endMonth;
  }
  return days;
}

/** Undefined for a day that no calendar has, as 2月30日. */
function realDay(year: number, month: number, day: number): Day | undefined {
  const found = dayOf(year, month, day);
  const { month: ownMonth, day: ownDay } = calendarDate(found);
  return ownMonth === month && ownDay === day ? found : undefined;
}

function numberIn(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
