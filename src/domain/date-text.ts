import { readChineseWhole } from "./numerals.js";
import { dayOf, endOfDay, startOfDay, addSeconds, type Day, type WallTime } from "./wall-time.js";

/**
 * Reading dates and times as people write them, in Chinese, ISO and English forms. A text is read only if it can mean one
 * thing: 3/4/26 is refused, and so is a date without its year.
 */

export type DateProblem =
  | "not-a-date"
  | "no-such-date" // 2026-02-30
  | "no-such-time" // 25:00
  | "year-missing" // 3月31日
  | "day-missing" // 2026年3月
  | "ambiguous-date" // 3/4/26, 03/04/2026
  | "time-zone" // a time of another zone than China's: no zone ever shifts a cell
  | "out-of-range"; // before 1990 or after 2100

/** No complaint lies outside of these years; a date that does is a slip of the pen, or a number that is no date. */
export const FIRST_YEAR = 1990;
export const LAST_YEAR = 2100;

/** No date is as long as this; a pasted page must not be searched for one. */
const LONGEST = 80;

const ASCII = /^[\x20-\x7e]*$/;

/** The point in time a text names (00:00 if it names a day alone; 24:00 is 23:59:59 of that day), or why it names none. */
export function readDateText(text: string): WallTime | DateProblem {
  return readIso(text) ?? (text.length > LONGEST ? "not-a-date" : readLoose(normalise(text)));
}

/** Seconds of the day of 18:00, 下午6点, 5:30 PM, 17时30分; undefined if the text names no time of day. 24:00 is 86400. */
export function readTimeOfDay(text: string): number | undefined {
  const seconds = text.length > LONGEST ? undefined : readTime(normalise(text));
  return typeof seconds === "number" ? seconds : undefined;
}

const code = (text: string, at: number): number => text.charCodeAt(at);
/** Two ASCII digits at a place, or NaN. */
function two(text: string, at: number): number {
  const tens = code(text, at) - 48;
  const ones = code(text, at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

/** The fast path: `2026-03-31`, `2026-03-31 14:05`, `2026-03-31T14:05:09`. Undefined if it is not exactly that. */
function readIso(text: string): WallTime | DateProblem | undefined {
  const { length } = text;
  if ((length !== 10 && length !== 16 && length !== 19) || code(text, 4) !== 45 || code(text, 7) !== 45)
    return undefined;
  let seconds = 0;
  if (length > 10) {
    const separator = code(text, 10);
    if ((separator !== 32 && separator !== 84) || code(text, 13) !== 58) return undefined;
    if (length === 19 && code(text, 16) !== 58) return undefined;
    const clock = clockSeconds(two(text, 11), two(text, 14), length === 19 ? two(text, 17) : 0);
    if (Number.isNaN(clock)) return undefined;
    seconds = clock;
  }
  const year = two(text, 0) * 100 + two(text, 2);
  const month = two(text, 5);
  const day = two(text, 8);
  if (Number.isNaN(year + month + day)) return undefined;
  const found = realDay(year, month, day);
  return typeof found === "string" ? found : atSeconds(found, seconds);
}

/** NaN if it is no time of the clock; 24:00 is one. */
function clockSeconds(hour: number, minute: number, second: number): number {
  if (hour === 24 && minute === 0 && second === 0) return 86_400;
  return hour <= 23 && minute <= 59 && second <= 59 ? hour * 3600 + minute * 60 + second : NaN;
}

function atSeconds(day: Day, seconds: number): WallTime {
  return seconds === 86_400 ? endOfDay(day) : addSeconds(startOfDay(day), seconds);
}

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function realDay(year: number, month: number, day: number): Day | DateProblem {
  const length = MONTH_LENGTHS[month - 1];
  if (length === undefined || day < 1) return "no-such-date";
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (day > length + (leap ? 1 : 0)) return "no-such-date";
  return year < FIRST_YEAR || year > LAST_YEAR ? "out-of-range" : dayOf(year, month, day);
}

const CHINESE_PART = /[〇零○一二三四五六七八九十廿卅两壹贰叁肆伍陆柒捌玖拾]+(?=\s*[年月日号时点分秒])/g;
const WEEKDAY =
  /[([]?\s*(?:(?:星期|礼拜|周)\s*[一二三四五六日天]|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b)\.?\s*[)\]]?,?/;

const ONLY_DIGITS_AND_MARKS = /^[\d:/., -]+$/;

/** Full-width forms made plain, Chinese numerals made digits, the weekday (which says nothing new) left out. */
function normalise(text: string): string {
  // Nothing below has any work to do on 2026/3/31 14:05.
  if (ONLY_DIGITS_AND_MARKS.test(text) && !text.includes("  ")) return text.trim();
  const plain = (ASCII.test(text) ? text : text.normalize("NFKC")).toLowerCase();
  return plain
    .replace(/[–—−]/g, "-")
    .replace(WEEKDAY, " ")
    .replace(CHINESE_PART, (numeral) => String(readChineseWhole(numeral) ?? numeral))
    .replace(/\s+/g, " ")
    .trim();
}

const MONTH = String.raw`(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const monthNumber = (name: string): number => MONTHS.indexOf(name.slice(0, 3)) + 1;

interface Form {
  readonly pattern: RegExp;
  /** Year, month and day of the match, or why there are none. */
  readonly read: (groups: readonly string[]) => readonly [number, number, number] | DateProblem;
}

const numbers = (year: string, month: string, day: string): readonly [number, number, number] => [
  Number(year),
  Number(month),
  Number(day),
];

/** The first form that fits the front of the text counts; what follows must be a time or nothing. */
const FORMS: readonly Form[] = [
  {
    pattern: /^(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2})(?!\d) ?[日号]?/,
    read: ([year, month, day]) => numbers(year!, month!, day!),
  },
  {
    // Only 年 makes a two-digit year unmistakable: 26-03-31 may be the 26th.
    pattern: /^(\d{2}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2})(?!\d) ?[日号]?/,
    read: ([year, month, day]) => numbers(`${Number(year) >= FIRST_YEAR % 100 ? 19 : 20}${year!}`, month!, day!),
  },
  {
    pattern: /^(\d{4})(\d{2})(\d{2})(?=\D|$|\d{4}(?:\d{2})?$)/,
    read: ([year, month, day]) => numbers(year!, month!, day!),
  },
  {
    pattern: new RegExp(`^${MONTH} ?(\\d{1,2})(?:st|nd|rd|th)?(?: ?, ?| )(\\d{4})(?!\\d)`),
    read: ([month, day, year]) => [Number(year), monthNumber(month!), Number(day)],
  },
  {
    pattern: new RegExp(`^(\\d{1,2})(?:st|nd|rd|th)?[ -]?(?:of )?${MONTH}(?: ?, ?| |-)(\\d{4})(?!\\d)`),
    read: ([day, month, year]) => [Number(year), monthNumber(month!), Number(day)],
  },
  {
    pattern: new RegExp(`^(\\d{4})[ -]${MONTH}[ -](\\d{1,2})(?!\\d)`),
    read: ([year, month, day]) => [Number(year), monthNumber(month!), Number(day)],
  },
  {
    pattern: /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)/,
    read: ([first, , second, year]) => {
      // Day first or month first: only one of them is possible if the other would be a 13th month.
      if (Number(second) > 12 || first === second) return numbers(year!, first!, second!);
      return Number(first) > 12 ? numbers(year!, second!, first!) : "ambiguous-date";
    },
  },
  { pattern: /^\d{1,2}([-/.])\d{1,2}\1\d{2}(?!\d)/, read: () => "ambiguous-date" },
  { pattern: /^\d{1,2} ?[-/.月] ?\d{1,2}(?!\d) ?[日号]?/, read: () => "year-missing" },
  {
    pattern: new RegExp(`^(?:${MONTH} ?\\d{1,2}(?!\\d)|\\d{1,2} ?${MONTH})(?:st|nd|rd|th)?`),
    read: () => "year-missing",
  },
  { pattern: /^\d{4} ?(?:[-/.年] ?\d{1,2} ?月?|年)$/, read: () => "day-missing" },
];

function readLoose(text: string): WallTime | DateProblem {
  for (const { pattern, read } of FORMS) {
    const match = pattern.exec(text);
    if (!match) continue;
    const rest = text.slice(match[0].length).replace(/^ ?(?:,|t|at\b|-)? ?/, "");
    // 2026年3月2日上午 names a day and no time.
    const seconds = rest === "" || rest === "." || ONLY_PART.test(rest) ? 0 : readTime(rest);
    if (seconds === "not-a-date") return "not-a-date";
    const parts = read(match.slice(1));
    if (typeof parts === "string") return parts;
    const day = realDay(...parts);
    if (typeof day === "string") return day;
    return typeof seconds === "string" ? seconds : atSeconds(day, seconds);
  }
  return "not-a-date";
}

/** The hours at which each word for a part of the day may stand, and the hour of the 24-hour clock meant. */
const PART_OF_DAY: Readonly<Record<string, (hour: number) => number>> = {
  // Excel's own 上午 12:30 and AM are half past midnight.
  am: (hour) => (hour === 12 ? 0 : hour <= 11 ? hour : NaN),
  pm: (hour) => (hour >= 1 && hour <= 11 ? hour + 12 : hour >= 12 && hour <= 23 ? hour : NaN),
  dawn: (hour) => (hour === 12 ? 0 : hour <= 6 ? hour : NaN),
  morning: (hour) => (hour >= 4 && hour <= 11 ? hour : NaN),
  noon: (hour) =>
    hour === 11 || hour === 12 ? hour : hour === 1 || hour === 2 ? hour + 12 : hour >= 13 && hour <= 14 ? hour : NaN,
  // 晚上 1 点 is after midnight, so of which day? Refused. 晚上 12 点 is the end of the day.
  evening: (hour) => (hour >= 5 && hour <= 12 ? hour + 12 : hour >= 17 && hour <= 24 ? hour : NaN),
};

const PART_WORDS: Readonly<Record<string, string>> = {
  上午: "am",
  "a.m.": "am",
  am: "am",
  下午: "pm",
  午后: "pm",
  "p.m.": "pm",
  pm: "pm",
  凌晨: "dawn",
  清晨: "morning",
  早晨: "morning",
  早上: "morning",
  中午: "noon",
  傍晚: "evening",
  晚上: "evening",
  晚间: "evening",
  夜间: "evening",
  晚: "evening",
  早: "morning",
};
const PART = Object.keys(PART_WORDS)
  .map((word) => word.replaceAll(".", "\\."))
  .join("|");
const CLOCK = new RegExp(
  `^(${PART})? ?(\\d{1,2})(?:` +
    `:(\\d{1,2})(?::(\\d{1,2})(?:[.,]\\d+)?)?分?` + // 14:05, 14:05:09.123
    `| ?[时点] ?(?:(\\d{1,2}) ?(?:分(?: ?(\\d{1,2}) ?秒)?)?|(半)|([123一二三]) ?刻|钟|整)?` + // 14时05分09秒, 2点半, 3点一刻
    `)? ?(${PART})?(z| ?(?:utc|gmt)?[-+](?:0?\\d|1[0-4])(?::?\\d{2})?| ?(?:utc|gmt))?$`,
);
const ONLY_PART = new RegExp(`^(?:${PART})$`);
const CHINA_TIME = /^ ?(?:utc|gmt)?\+0?8(?::?00)?$/;
const COMPACT_CLOCK = /^(\d{2})(\d{2})(\d{2})?$/;

/** Seconds of the day; the text must be normalised. */
function readTime(text: string): number | "not-a-date" | "no-such-time" | "time-zone" {
  const compact = COMPACT_CLOCK.exec(text);
  if (compact) return checkedClock(Number(compact[1]), Number(compact[2]), Number(compact[3] ?? 0));
  const match = CLOCK.exec(text);
  if (!match) return "not-a-date";
  const [, before, hour, minute, second, minuteWord, secondWord, half, quarter, after, zone] = match;
  const word = before ?? after;
  // 14 alone is no time; 2 PM is one.
  const bare = /^\D*\d{1,2}\D*$/.test(text) && !/[时点]/.test(text);
  if ((before !== undefined && after !== undefined) || (bare && (word === undefined || !/m/.test(word))))
    return "not-a-date";
  if (zone !== undefined && !CHINA_TIME.test(zone)) return "time-zone";
  const stated = Number(hour);
  const of24 = word === undefined ? stated : PART_OF_DAY[PART_WORDS[word]!]!(stated);
  const quarters =
    half !== undefined ? 2 : quarter !== undefined ? "一二三".indexOf(quarter) + 1 || Number(quarter) : 0;
  return checkedClock(of24, quarters * 15 || Number(minute ?? minuteWord ?? 0), Number(second ?? secondWord ?? 0));
}

function checkedClock(hour: number, minute: number, second: number): number | "no-such-time" {
  const seconds = clockSeconds(hour, minute, second);
  return Number.isNaN(seconds) ? "no-such-time" : seconds;
}

const ZONED = /^(.*\d)\s*(z|utc|gmt|(?:utc|gmt)?\s*([-+])(\d{1,2})(?::?(\d{2}))?)$/iu;
/** Beijing is eight hours ahead of Greenwich. */
const BEIJING_MINUTES = 480;

/** A time with its zone (2026-03-02T09:00:00Z), as a CRM writes it, in Beijing time; undefined for any other text. */
export function readZonedText(text: string): WallTime | undefined {
  const match = text.length > 40 ? null : ZONED.exec(text.trim());
  if (!match || !/[:时点]/u.test(match[1]!)) return undefined;
  const read = readDateText(match[1]!);
  if (typeof read === "string") return undefined;
  const [, , , sign, hours = "0", minutes = "0"] = match;
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
  return Math.abs(offset) > 14 * 60 ? undefined : addSeconds(read, (BEIJING_MINUTES - offset) * 60);
}
