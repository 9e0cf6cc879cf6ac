import { calendarDate, dayOfTime, type WallTime } from "./wall-time.js";

/**
 * Complaint numbers: a pattern of `{YYYY}` or `{YY}`, `{MM}`, `{DD}`, exactly one `{N:width}`, and plain text, with a
 * running number that starts again each day, month or year: `{YY}{MM}{DD}{N:3}` → 260331007.
 */

export type NumberPeriod = "day" | "month" | "year";

export interface Numbering {
  readonly pattern: string;
  /** When the running number starts again at 1. */
  readonly period: NumberPeriod;
}

/** For packs that state no form of their own: YYYYMMDD-NNN, NNN within the day. */
export const DEFAULT_NUMBERING: Numbering = { pattern: "{YYYY}{MM}{DD}-{N:3}", period: "day" };

export interface ParsedNumber {
  /** Two or four digits, as the pattern has it. */
  readonly year?: number;
  readonly month?: number;
  readonly day?: number;
  readonly running: number;
}

export interface IssuedNumber {
  readonly text: string;
  /** True if the running number no longer fits its width; it is written in full, wider than the pattern. */
  readonly overflow: boolean;
}

type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "year" | "month" | "day" | "running"; readonly width: number };

const TOKEN = /\{([^{}]*)\}|([^{}]+)|([{}])/g;

/** Takes a pattern apart. Throws RangeError with the reason if it is none. */
function compile(pattern: string): readonly Part[] {
  const parts: Part[] = [];
  for (const [all, token, text, stray] of pattern.matchAll(TOKEN)) {
    if (stray !== undefined) throw new RangeError(`number pattern ${pattern}: unmatched ${stray}`);
    if (text !== undefined) parts.push({ kind: "text", text });
    else if (token === "YYYY" || token === "YY") parts.push({ kind: "year", width: token.length });
    else if (token === "MM") parts.push({ kind: "month", width: 2 });
    else if (token === "DD") parts.push({ kind: "day", width: 2 });
    else if (/^N:[1-9]$/.test(token ?? "")) parts.push({ kind: "running", width: Number(token!.slice(2)) });
    else throw new RangeError(`number pattern ${pattern}: ${all} is none of {YYYY} {YY} {MM} {DD} {N:1}…{N:9}`);
  }
  for (const kind of ["year", "month", "day", "running"] as const) {
    const times = parts.filter((part) => part.kind === kind).length;
    if (times > 1 || (times === 0 && kind === "running")) {
      throw new RangeError(
        `number pattern ${pattern}: ${times} times a ${kind}, wanted ${kind === "running" ? "exactly" : "at most"} one`,
      );
    }
  }
  return parts;
}

/** The number with this running number for a complaint received then. Throws RangeError on a pattern that is none. */
export function formatNumber(pattern: string, receivedAt: WallTime, running: number): IssuedNumber {
  return format(compile(pattern), receivedAt, running);
}

function format(parts: readonly Part[], receivedAt: WallTime, running: number): IssuedNumber {
  const date = calendarDate(dayOfTime(receivedAt));
  const values = { ...date, running };
  let overflow = false;
  const text = parts
    .map((part) => {
      if (part.kind === "text") return part.text;
      const digits = String(values[part.kind]).padStart(part.width, "0");
      if (part.kind === "running") overflow = digits.length > part.width;
      return part.kind === "year" ? digits.slice(-part.width) : digits;
    })
    .join("");
  return { text, overflow };
}

/**
 * Reads a number of this pattern; full-width digits and small letters do no harm, and a running number wider than its
 * width is read too. Undefined if the text is not of the pattern or its date can't be.
 */
export function parseNumber(pattern: string, text: string): ParsedNumber | undefined {
  return reader(compile(pattern))(text);
}

function reader(parts: readonly Part[]): (text: string) => ParsedNumber | undefined {
  const source = parts.map((part) => {
    if (part.kind === "text") return part.text.normalize("NFKC").replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
    return part.kind === "running" ? `(?<running>\\d{${part.width},})` : `(?<${part.kind}>\\d{${part.width}})`;
  });
  const regex = new RegExp(`^${source.join("")}$`, "i");
  return (text) => {
    const groups = regex.exec(text.normalize("NFKC").trim())?.groups;
    if (!groups) return undefined;
    const { year, month, day, running } = groups;
    const number = Number(running);
    if (!Number.isSafeInteger(number)) return undefined;
    if (month !== undefined && (month < "01" || month > "12")) return undefined;
    if (day !== undefined && (day < "01" || day > "31")) return undefined;
    return {
      ...(year === undefined ? {} : { year: Number(year) }),
      ...(month === undefined ? {} : { month: Number(month) }),
      ...(day === undefined ? {} : { day: Number(day) }),
      running: number,
    };
  };
}

const FIELDS_OF_PERIOD = {
  year: ["year"],
  month: ["year", "month"],
  day: ["year", "month", "day"],
} as const satisfies Record<NumberPeriod, readonly ("year" | "month" | "day")[]>;

/** What tells one period from another in a number. A pattern that shows less than the period counts on over it. */
function periodKey(parsed: ParsedNumber, period: NumberPeriod): string {
  return FIELDS_OF_PERIOD[period].map((field) => parsed[field] ?? "").join("-");
}

/** The numbers of one pattern: which period one belongs to, and what the next one looks like. */
export interface NumberSeries {
  /** Period and running number of a number that stands already; undefined if it is of another pattern. */
  read(text: string): { readonly period: string; readonly running: number } | undefined;
  periodOf(receivedAt: WallTime): string;
  format(receivedAt: WallTime, running: number): IssuedNumber;
}

/** Throws RangeError on a pattern that is none. */
export function numberSeries({ pattern, period }: Numbering): NumberSeries {
  const parts = compile(pattern);
  const parse = reader(parts);
  return {
    read(text) {
      const parsed = parse(text);
      return parsed && { period: periodKey(parsed, period), running: parsed.running };
    },
    periodOf: (receivedAt) => periodKey(parse(format(parts, receivedAt, 0).text)!, period),
    format: (receivedAt, running) => format(parts, receivedAt, running),
  };
}

/**
 * Numbers for rows that have none, in their order: each follows the highest of its period, among `existing` (numbers of
 * another pattern are passed over) and those just given. Never reuses a gap. Throws RangeError on a pattern that is none.
 */
export function nextNumbers(
  pattern: string,
  period: NumberPeriod,
  existing: Iterable<string>,
  rows: readonly { readonly receivedAt: WallTime }[],
): IssuedNumber[] {
  const series = numberSeries({ pattern, period });
  const highest = new Map<string, number>();
  for (const text of existing) {
    const known = series.read(text);
    if (known) highest.set(known.period, Math.max(highest.get(known.period) ?? 0, known.running));
  }
  return rows.map(({ receivedAt }) => {
    const key = series.periodOf(receivedAt);
    const running = (highest.get(key) ?? 0) + 1;
    highest.set(key, running);
    return series.format(receivedAt, running);
  });
}
