import type { CellValue } from "./workbook-model.js";

/**
 * What becomes of an entry: Excel reads texts that come in through `values` or `formulas` as if somebody had typed them.
 * Only a leading apostrophe, or a cell formatted as text, keeps a text a text.
 */
export interface CellEntry {
  readonly value: CellValue;
  readonly formula?: string;
  /** The text came with an apostrophe, which the cell's style remembers. */
  readonly quotePrefix?: true;
  /** The format Excel gives to a cell in General when it takes a text for a date, a percentage or an amount. */
  readonly numberFormat?: string;
}

/** Works out what a formula shows. Workbooks here have no calculation engine; a host may bring one. */
export type Evaluate = (formula: string) => CellValue;

const NUMBER = /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:e[+-]?\d+)?$/i;
const PERCENT = /^([+-]?[\d,]*\.?\d+)\s*%$/;
const AMOUNT = /^([+-]?)\s*[¥￥$€£]\s*([\d,]*\.?\d+)$/;
const DATE = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const DAY_OF_YEAR = /^(\d{1,2})[-/月](\d{1,2})日?$/;
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;
const FRACTION = /^\d+ \d+\/\d+$/;
const BRACKETED_NUMBER = /^\((\d[\d,]*(?:\.\d+)?)\)$/;
const FORMULA_MARK = /^[=+@-]/;
const ERROR = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!)$/i;

/** How a workbook reads entries. */
export interface Reading {
  readonly evaluate: Evaluate;
  readonly hardness: { readonly readsEnglish: boolean };
}

/** Reads an entry into a cell with this number format. */
export function readEntry(entry: CellValue, format: string, { evaluate, hardness }: Reading): CellEntry {
  if (typeof entry !== "string" || entry === "") return { value: entry };
  if (entry.startsWith("'")) return { value: entry.slice(1), quotePrefix: true };
  if (format === "@") return { value: entry };
  const text = entry.normalize("NFKC").trim();
  if (entry.startsWith("=") && entry.length > 1) return { value: evaluate(entry), formula: entry };
  const number = readNumber(text) ?? (hardness.readsEnglish ? readEnglish(text) : undefined);
  if (number) return number;
  if (FORMULA_MARK.test(entry) && entry.length > 1) {
    const formula = entry.startsWith("=") ? entry : `=${entry}`;
    return { value: evaluate(formula), formula };
  }
  return { value: ERROR.test(text) ? text.toUpperCase() : entry };
}

function readNumber(text: string): CellEntry | undefined {
  if (/^(?:true|false)$/i.test(text)) return { value: text.toLowerCase() === "true" };
  if (/\d/.test(text) && NUMBER.test(text)) return { value: plain(text) };
  const percent = PERCENT.exec(text);
  if (percent) return { value: plain(percent[1]!) / 100, numberFormat: "0%" };
  const amount = AMOUNT.exec(text);
  if (amount) return { value: plain(amount[2]!) * (amount[1] === "-" ? -1 : 1), numberFormat: "¥#,##0.00" };
  const bracketed = BRACKETED_NUMBER.exec(text);
  if (bracketed) return { value: -plain(bracketed[1]!) };
  if (FRACTION.test(text)) {
    const [whole, top, bottom] = text.split(/[ /]/).map(Number) as [number, number, number];
    return { value: whole + top / bottom, numberFormat: "# ?/?" };
  }
  return readDate(text);
}

function readDate(text: string): CellEntry | undefined {
  const date = DATE.exec(text);
  if (date) {
    const [year, month, day, hour = 0, minute = 0, second = 0] = date.slice(1).map((part) => Number(part ?? 0));
    const days = serialDay(year!, month!, day!);
    if (days === undefined) return undefined;
    const time = (hour * 3600 + minute * 60 + second) / 86_400;
    return { value: days + time, numberFormat: date[4] === undefined ? "yyyy/m/d" : "yyyy/m/d h:mm" };
  }
  const short = DAY_OF_YEAR.exec(text);
  if (short) {
    const days = serialDay(new Date().getFullYear(), Number(short[1]), Number(short[2]));
    if (days !== undefined) return { value: days, numberFormat: "m月d日" };
  }
  const time = TIME.exec(text);
  if (!time) return undefined;
  const seconds = Number(time[1]) * 3600 + Number(time[2]) * 60 + Number(time[3] ?? 0);
  return { value: seconds / 86_400, numberFormat: "h:mm" };
}

/** `3/4/2026`, month first. */
const AMERICAN = /^(\d{1,2})[/-](\d{1,2})[/-](\d{2}|\d{4})$/;
/** `2025-04`, `4/2025`: the first of the month. */
const YEAR_AND_MONTH = /^(\d{4})[-/](\d{1,2})$/;
const MONTH_AND_YEAR = /^(\d{1,2})[-/](\d{4})$/;
const TWELVE_HOURS = /^(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?\s*([ap])m?$/i;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/** `Apr-25`, `4-Apr`: the name of a month and a number. */
const NAMED_MONTH = /^([a-z]{3,9})[- ](\d{1,2})$|^(\d{1,2})[- ]([a-z]{3,9})$/i;

/**
 * Further texts that Excel takes for values: through `values` they are read as an English (United States) Excel reads
 * them, whatever the language of the person is (Range.values, "in the locale of en-US").
 */
function readEnglish(text: string): CellEntry | undefined {
  const american = AMERICAN.exec(text);
  if (american) {
    const year = Number(american[3]);
    const days = serialDay(
      year < 100 ? year + (year < 30 ? 2000 : 1900) : year,
      Number(american[1]),
      Number(american[2]),
    );
    return days === undefined ? undefined : { value: days, numberFormat: "m/d/yyyy" };
  }
  const [, year, month] = YEAR_AND_MONTH.exec(text) ?? [];
  const [, month2, year2] = MONTH_AND_YEAR.exec(text) ?? [];
  const first = serialDay(Number(year ?? year2), Number(month ?? month2), 1);
  if (first !== undefined) return { value: first, numberFormat: "mmm-yy" };
  const named = NAMED_MONTH.exec(text);
  const name = (named?.[1] ?? named?.[4])?.toLowerCase();
  const at = name === undefined ? -1 : MONTHS.findIndex((one) => name.startsWith(one));
  const day = at < 0 ? undefined : serialDay(new Date().getFullYear(), at + 1, Number(named![2] ?? named![3]));
  if (day !== undefined) return { value: day, numberFormat: "d-mmm" };
  const time = TWELVE_HOURS.exec(text);
  const hour = Number(time?.[1]);
  if (!time || hour < 1 || hour > 12) return undefined;
  const hours = (hour % 12) + (time[4]!.toLowerCase() === "p" ? 12 : 0);
  const seconds = hours * 3600 + Number(time[2] ?? 0) * 60 + Number(time[3] ?? 0);
  return { value: seconds / 86_400, numberFormat: "h:mm AM/PM" };
}

function serialDay(year: number, month: number, day: number): number | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.getTime() / 86_400_000 + 25_569 : undefined;
}

function plain(text: string): number {
  return Number(text.replaceAll(",", ""));
}

const LITERAL = /^=\s*(?:"((?:[^"]|"")*)"|([+-]?\d+(?:\.\d+)?))\s*$/;
const CONCATENATED = /^=\s*"((?:[^"]|"")*)"\s*&\s*"((?:[^"]|"")*)"\s*$/;

/** Shows literals (`=1`, `="x"`, `="a"&"b"`) and otherwise 0: enough where only the formula itself matters. */
export function evaluateLiteral(formula: string): CellValue {
  const unquote = (text: string): string => text.replaceAll('""', '"');
  const joined = CONCATENATED.exec(formula);
  if (joined) return unquote(joined[1]!) + unquote(joined[2]!);
  const literal = LITERAL.exec(formula);
  if (!literal) return /^=\s*[+@-]*\s*[^\d\s=+@(-]/.test(formula) && !/[(:A-Z]/.test(formula) ? "#NAME?" : 0;
  return literal[1] === undefined ? Number(literal[2]) : unquote(literal[1]);
}
