import { FIRST_YEAR, LAST_YEAR, readTimeOfDay } from "./date-text.js";
import { addSeconds, dayOf, startOfDay, type Day, type WallTime } from "./wall-time.js";

/**
 * Dates that a text names only in part, or in an order that the text alone does not tell: 1月5日, 3/5, 26.1.5, 03/04/2026.
 * What they mean is found out from what stands around them; here are only all the days that they can mean.
 */

/** The order in which a text writes year, month and day; a year that is not written is missing from it. */
export type DateOrder = "md" | "dm" | WrittenOrder;

/** What a person can say of dates that can be read in several orders. */
export const DATE_ORDERS = ["ymd", "mdy", "dmy"] as const;
export type WrittenOrder = (typeof DATE_ORDERS)[number];

/** Whether a date is written in the order that a person named; without its year: 日/月 where days come first. */
export function isInOrder(order: DateOrder, named: WrittenOrder): boolean {
  return order === named || order === (named === "dmy" ? "dm" : "md");
}

export interface DateCandidate {
  readonly order: DateOrder;
  readonly month: number;
  readonly dayOfMonth: number;
  /** Undefined where the text has no year. */
  readonly year: number | undefined;
}

export interface PartialDate {
  /** Texts of one shape (`#/#`, `##.#.#`) are written in one order by one hand. */
  readonly shape: string;
  readonly candidates: readonly DateCandidate[];
  /** Seconds of the day, 0 if no time is written. */
  readonly seconds: number;
}

const LONGEST = 40;
const MONTH_DAY = /^(\d{1,2}) ?(月|[-/.]) ?(\d{1,2})(?!\d) ?[日号]?(.*)$/u;
const THREE = /^(\d{1,2}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{2}|\d{4}|\d)(?!\d)(.*)$/u;
/** 260305 */
const SIX_DIGITS = /^(\d{2})(\d{2})(\d{2})$/u;
const CENTURY = 2000;

/** What a text may mean; undefined if it is no date written in part. */
export function readPartialDate(text: string): PartialDate | undefined {
  if (text.length > LONGEST) return undefined;
  const plain = text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .trim();
  const three = THREE.exec(plain);
  if (three) {
    const [, a, mark, b, c, rest] = three;
    return made(`#${mark!}#${mark!}${c!.length === 4 ? "####" : "#"}`, threeParts(a!, b!, c!), rest!);
  }
  const [six, year = "", month = "", dayOfMonth = ""] = SIX_DIGITS.exec(plain) ?? [];
  if (six !== undefined) {
    const candidate = { month: Number(month), dayOfMonth: Number(dayOfMonth), year: CENTURY + Number(year) };
    return made("######", [{ order: "ymd", ...candidate }], "");
  }
  const two = MONTH_DAY.exec(plain);
  if (!two) return undefined;
  const [, a, mark, b, rest] = two;
  const first: DateCandidate = { order: "md", month: Number(a), dayOfMonth: Number(b), year: undefined };
  const candidates: DateCandidate[] =
    mark === "月" ? [first] : [first, { order: "dm", month: Number(b), dayOfMonth: Number(a), year: undefined }];
  return made(`#${mark!}#`, candidates, rest!);
}

function threeParts(a: string, b: string, c: string): readonly DateCandidate[] {
  const [first, second, third] = [Number(a), Number(b), Number(c)];
  const candidates: DateCandidate[] = [];
  if (c.length === 4 || c.length === 2) {
    const year = c.length === 4 ? third : CENTURY + third;
    candidates.push({ order: "mdy", month: first, dayOfMonth: second, year });
    candidates.push({ order: "dmy", month: second, dayOfMonth: first, year });
  }
  if (a.length === 2 && c.length <= 2)
    candidates.unshift({ order: "ymd", month: second, dayOfMonth: third, year: CENTURY + first });
  return candidates;
}

function made(shape: string, candidates: readonly DateCandidate[], rest: string): PartialDate | undefined {
  const time = rest.trim().replace(/^[,，T]\s*/iu, "");
  const part = /^(?:上午|下午|早上|中午|晚上|am|pm)?$/iu.test(time);
  const seconds = part ? 0 : readTimeOfDay(time);
  const real = candidates.filter(({ month, dayOfMonth, year }) => isReal(year ?? 2024, month, dayOfMonth));
  return seconds === undefined || seconds >= 86_400 || real.length === 0
    ? undefined
    : { shape, candidates: real, seconds };
}

function isReal(year: number, month: number, dayOfMonth: number): boolean {
  if (month < 1 || month > 12 || dayOfMonth < 1 || year < FIRST_YEAR || year > LAST_YEAR) return false;
  return dayOfMonth <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The day a candidate names in a year; undefined if that year has no such day. */
export function dayIn(candidate: DateCandidate, year: number): Day | undefined {
  const own = candidate.year ?? year;
  return isReal(own, candidate.month, candidate.dayOfMonth)
    ? dayOf(own, candidate.month, candidate.dayOfMonth)
    : undefined;
}

export function atTime(day: Day, { seconds }: PartialDate): WallTime {
  return addSeconds(startOfDay(day), seconds);
}

/** The years that a title, a header or a sheet's name speaks of: 2026年投诉台账, 2026-03, 26年3月. */
export function yearsIn(text: string): readonly number[] {
  const years = new Set<number>();
  for (const match of text.normalize("NFKC").matchAll(/(?:^|\D)(?:((?:19|20)\d{2})(?!\d{3})|(\d{2})(?=年))/gu)) {
    const year = match[1] === undefined ? CENTURY + Number(match[2]) : Number(match[1]);
    if (year >= FIRST_YEAR && year <= LAST_YEAR) years.add(year);
  }
  return [...years];
}
