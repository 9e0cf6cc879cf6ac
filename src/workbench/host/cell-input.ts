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

/** Reads an entry into a cell with this number format. */
export function readEntry(entry: CellValue, format: string, evaluate: Evaluate): CellEntry {
  if (typeof entry !== "string" || entry === "") return { value: entry };
  if (entry.startsWith("'")) return { value: entry.slice(1), quotePrefix: true };
  if (format === "@") return { value: entry };
  const text = entry.normalize("NFKC").trim();
  if (entry.startsWith("=") && entry.length > 1) return { value: evaluate(entry), formula: entry };
  const number = readNumber(text);
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
