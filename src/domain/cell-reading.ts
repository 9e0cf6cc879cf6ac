import { readCapitalNumerals } from "./capital-numerals.js";
import type { ColumnKind } from "./columns.js";
import type { RawCell, ValueByKind } from "./complaint.js";
import { FIRST_YEAR, LAST_YEAR, readDateText, type DateProblem } from "./date-text.js";
import { beginsPlainly, isBlankWord } from "./listed-values.js";
import { parsePrice, parseYuan, priceNumber, type Fen, type Price } from "./money.js";
import { readDecimal } from "./numerals.js";
import { readPersons, type PersonsProblem } from "./persons-text.js";
import { dayOf, dayOfTime, fromSerial, type WallTime } from "./wall-time.js";

/**
 * Reading one cell by the kind of its column. Nothing is guessed: a cell that can mean two things, or nothing, is
 * unreadable, with a stable code; sentences for people are made from the code elsewhere.
 */

export type CellProblemCode =
  | DateProblem
  | PersonsProblem
  | "not-a-number"
  | "not-whole" // 1.5 where a whole number is wanted
  | "negative"
  | "too-large" // 10^11 and more: no complaint is about so much, and sums of it are not exact
  | "not-a-share" // more than 100 %
  | "share-unclear" // 1 or 0.5 in a column that holds whole per cents as well
  | "share-implausible" // a rate that the column can hardly mean
  | "not-yes-no"
  | "cell-error"; // #N/A and its like

export interface CellProblem {
  readonly code: CellProblemCode;
  /** What stands in the cell, as text. */
  readonly value: string;
}

/** `ok && !blank` has the value; `blank` is a cell that holds nothing; not `ok` is a cell that can't be read. */
export type CellReading<Kind extends ColumnKind> =
  | { readonly ok: true; readonly blank: false; readonly value: ValueByKind[Kind] }
  | { readonly ok: true; readonly blank: true; readonly value?: undefined }
  | { readonly ok: false; readonly reason: CellProblem };

type Read<Kind extends ColumnKind> = ValueByKind[Kind] | Problem;

/** Why a cell can't be read; a class, so that it can't be taken for the value of a text column. */
export class Problem {
  constructor(readonly code: CellProblemCode) {}
}

const BLANK = { ok: true, blank: true } as const;

/** 未结案, 处理中, 待回访 in a column of times: what has not happened has no time. */
const NOT_YET =
  /^(?:(?:尚|还|暂)?[未没]|待|等待?)\p{Script=Han}{0,4}$|^\p{Script=Han}{2}中$|^(?:open|pending|in progress|not (?:yet )?\w+)$/iu;
const NOBODY = /^(?:nobody|无人|没有人)$/i;
/** No words that mean nothing are as long as this. */
const LONGEST_BLANK = 20;

const READERS: { readonly [Kind in ColumnKind]: (raw: string | number | boolean) => Read<Kind> } = {
  text: plainText,
  list: (raw) =>
    plainText(raw)
      .split(/[;；\r\n]+/)
      .map((part) => part.trim())
      .filter((part) => part !== ""),
  datetime: readTime,
  date: (raw) => {
    const time = readTime(raw);
    return time instanceof Problem ? time : dayOfTime(time);
  },
  money: readMoney,
  price: readPrice,
  number: readNumber,
  integer: (raw) => {
    const value = readNumber(raw);
    return value instanceof Problem || Number.isInteger(value) ? value : new Problem("not-whole");
  },
  percent: readPercent,
  boolean: readBoolean,
  persons: (raw) => {
    const persons = typeof raw === "boolean" ? "not-a-name" : readPersons(plainText(raw));
    return typeof persons === "string" ? new Problem(persons) : persons;
  },
};

/**
 * Reads a cell by the kind of its column.
 *
 * - Blank: empty, white space only, and, except in text columns, strokes alone (`/`, `-`, `——`) and words that say nothing
 *   (无, N/A, 待定; in columns of times 未结案 and the days that stand for none, 1900-01-01 and 9999-12-31).
 * - `datetime`, `date`: Excel serials of 1990–2100, the number 20260331, and every unmistakable text (see `readDateText`).
 *   A date alone is 00:00 of that day; a `date` column drops the time.
 * - `money`: see `parseYuan`; amounts in capital numerals too. Never negative, and below 10^11 as all numbers.
 * - `price`: the same with every decimal kept, see `parsePrice`.
 * - `number`, `integer`: `1,200`, `12 台`, `1.2万`, `一百二十`. Never negative.
 * - `percent`: per cent, 0 to 100. `30%`, `百分之三十` and 三成 are 30. A plain number up to 1 is a fraction, as cells
 *   formatted in per cent hold it: 0.3 is 30 and 1 is 100; a greater one is per cent already: 30 is 30.
 * - `boolean`: 是/否, 有/无, Y/N, true/false, 1/0, √/×, 成立/不成立 …
 * - `text`: trimmed; numbers become digits without exponent, true and false 是 and 否.
 * - `persons`: see `readPersons`; 无 is blank.
 */
export function readCell<Kind extends ColumnKind>(kind: Kind, raw: RawCell | undefined): CellReading<Kind> {
  const value = readValue(kind, raw);
  if (value === undefined) return BLANK;
  if (value instanceof Problem) return { ok: false, reason: { code: value.code, value: cellText(raw!) } };
  return { ok: true, blank: false, value };
}

/** As `readCell`, for whoever reads cells by the hundred thousand: the bare value, undefined for a blank cell. */
export function readValue<Kind extends ColumnKind>(
  kind: Kind,
  raw: RawCell | undefined,
): ValueByKind[Kind] | Problem | undefined {
  if (raw === null || raw === undefined || raw === "") return undefined;
  if (typeof raw === "object") return new Problem("cell-error");
  if (typeof raw === "string" && isBlankText(kind, raw)) return undefined;
  if ((kind === "datetime" || kind === "date") && isNoDay(raw)) return undefined;
  return READERS[kind](raw);
}

/** What stands in a cell that holds something, as text. */
export function cellText(raw: NonNullable<RawCell>): string {
  return typeof raw === "object" ? raw.error : plainText(raw);
}

function isBlankText(kind: ColumnKind, text: string): boolean {
  const first = text.charCodeAt(0);
  // Nearly every cell that isn't free text begins with a digit, and words that mean nothing never do.
  if (first >= 0x30 && first <= 0x39) return false;
  if ((kind === "text" || kind === "list") && beginsPlainly(text)) return false;
  if (text.length > LONGEST_BLANK) return text.trim() === "";
  const trimmed = text.replace(/\p{Cf}/gu, "").trim();
  if (trimmed === "") return true;
  switch (kind) {
    case "text":
    case "list":
      return false;
    case "boolean":
      // 无 is a no to 有无损失; 待定 is no answer.
      return !TRUTH.has(trimmed) && !TRUTH.has(plain(trimmed).toLowerCase()) && isBlankWord(trimmed);
    case "persons":
      return NOBODY.test(trimmed) || isBlankWord(trimmed);
    case "date":
    case "datetime":
      return isBlankWord(trimmed) || NOT_YET.test(trimmed);
    default:
      return isBlankWord(trimmed);
  }
}

/** A cell as text: numbers in full and as Excel shows them, to 15 digits, never with an exponent. */
function plainText(raw: string | number | boolean): string {
  if (typeof raw === "string") return raw.trim();
  if (typeof raw === "boolean") return raw ? "是" : "否";
  if (Number.isSafeInteger(raw)) return String(raw);
  if (Number.isInteger(raw)) return BigInt(raw).toString();
  const short = Number(raw.toPrecision(15));
  const text = String(short);
  return text.includes("e-")
    ? short
        .toFixed(20)
        .replace(/\.?0+$/, "")
        .replace(/^-0$/, "0")
    : text;
}

const ASCII = /^[\x20-\x7e]*$/;
const plain = (text: string): string => (ASCII.test(text) ? text : text.normalize("NFKC")).trim();

const FIRST_DAY: number = dayOf(FIRST_YEAR, 1, 1);
const AFTER_LAST_DAY: number = dayOf(LAST_YEAR + 1, 1, 1);

/**
 * The days by which other programs say that there is none: 1900-01-01 (Excel's first day, serials 0 to 2), 9999-12-31,
 * and what databases make of nothing.
 */
const NO_DAY =
  /^(?:0000|0001|1753|1899|1900)[-/.年]?(?:0?0|0?1|12)[-/.月]?(?:0?0|0?[1-2]|3[01])日?(?:\D.*)?$|^9999[-/.年]?12[-/.月]?31日?(?:\D.*)?$/u;
const LAST_DAY_OF_EXCEL = 2_958_465;

/** Whether a cell holds a day that stands for none. */
function isNoDay(raw: string | number | boolean): boolean {
  if (typeof raw === "number")
    return (Number.isInteger(raw) && raw >= 0 && raw < 3) || Math.floor(raw) === LAST_DAY_OF_EXCEL;
  return typeof raw === "string" && raw.length < LONGEST_BLANK + 4 && NO_DAY.test(plain(raw));
}

function readTime(raw: string | number | boolean): WallTime | Problem {
  if (typeof raw === "boolean") return new Problem("not-a-date");
  if (typeof raw === "number") {
    if (raw >= FIRST_DAY && raw < AFTER_LAST_DAY) return fromSerial(raw);
    // 20260331, 202603311405, 20260331140509 typed without marks: Excel takes them for numbers.
    if (!Number.isInteger(raw) || !/^(?:\d{8}|\d{12}|\d{14})$/.test(String(raw))) return new Problem("out-of-range");
    return readTime(String(raw));
  }
  const time = readDateText(raw);
  return typeof time === "string" ? new Problem(time) : time;
}

function readMoney(raw: string | number | boolean): Fen | Problem {
  if (typeof raw === "boolean") return new Problem("not-a-number");
  const amount =
    parseYuan(raw, { negative: true }) ??
    (typeof raw === "string" && raw.length <= LONGEST_NUMBER ? readCapitalNumerals(plain(raw)) : undefined);
  if (amount === undefined)
    return new Problem(parsePrice(raw, { negative: true }) === undefined ? "not-a-number" : "too-large");
  return amount < 0 ? new Problem("negative") : amount >= TOO_LARGE * 100 ? new Problem("too-large") : amount;
}

/** Sums and quantities from here on are slips of the pen: 数据有误. */
const TOO_LARGE = 1e11;

function readPrice(raw: string | number | boolean): Price | Problem {
  if (typeof raw === "boolean") return new Problem("not-a-number");
  const price = parsePrice(raw, { negative: true });
  if (price === undefined) return new Problem("not-a-number");
  const size = priceNumber(price);
  return size < 0 ? new Problem("negative") : size >= TOO_LARGE ? new Problem("too-large") : price;
}

const MEASURE_WORD =
  /\s*(?:[个件台套张把只条箱包盒瓶袋批次户人家间栋幢单份片块根支枝米吨斤克升桶卷双对本辆部组扇扎捆倍天页株棵筐篮听罐]|公斤|千克|平方米|立方米|平米|公里|户次|人次|台次|kg|km|pcs?|sets?|units?|pieces?|boxes|box|households?|m[23]|[gmt])\.?$/i;

/** No number is as long as this; a pasted page must not be searched for one. */
const LONGEST_NUMBER = 80;

/** A number that is not negative; undefined if the text is none. */
function decimalOfText(text: string): number | undefined {
  const decimal = readDecimal(text) ?? readDecimal(text.replace(MEASURE_WORD, ""));
  return decimal === undefined ? undefined : Number(decimal);
}

function readNumber(raw: string | number | boolean): number | Problem {
  if (typeof raw === "boolean") return new Problem("not-a-number");
  if (typeof raw === "number") return checkedNumber(raw);
  if (raw.length > LONGEST_NUMBER) return new Problem("not-a-number");
  const text = plain(raw);
  const signed = /^([-+−])\s*(.+)$/.exec(text);
  const value = decimalOfText(signed ? signed[2]! : text);
  if (value === undefined) return new Problem("not-a-number");
  return checkedNumber(signed && signed[1] !== "+" ? -value : value);
}

function checkedNumber(value: number): number | Problem {
  if (!Number.isFinite(value)) return new Problem("not-a-number");
  return value < 0 ? new Problem("negative") : value >= TOO_LARGE ? new Problem("too-large") : value === 0 ? 0 : value;
}

function readPercent(raw: string | number | boolean): number | Problem {
  if (typeof raw === "boolean") return new Problem("not-a-number");
  if (typeof raw === "number") return checkedPercent(Math.abs(raw) <= 1 ? raw * 100 : raw);
  if (raw.length > LONGEST_NUMBER) return new Problem("not-a-number");
  const text = plain(raw).replace(/^百分之百$/, "100%");
  const marked = /^([-−]?)\s*(?:(.+?)\s*(%|‰|成)|(百分之|千分之)(.+))$/.exec(text);
  if (!marked) {
    const number = readNumber(text);
    return number instanceof Problem ? number : readPercent(number);
  }
  const [, minus, front, mark, word, back] = marked;
  const decimal = readDecimal((front ?? back)!);
  if (decimal === undefined) return new Problem("not-a-number");
  const perMille = mark === "‰" || word === "千分之";
  const percent = perMille ? Number(decimal) / 10 : mark === "成" ? Number(decimal) * 10 : Number(decimal);
  return checkedPercent(minus === "" ? percent : -percent);
}

function checkedPercent(percent: number): number | Problem {
  // 0.07 × 100 is 7.000000000000001 in binary.
  const value = checkedNumber(Math.round(percent * 1e10) / 1e10);
  return value instanceof Problem || value <= 100 ? value : new Problem("not-a-share");
}

/** A share written as a plain number (no %, no 成), which means what the rest of its column says it means. */
export function plainShare(raw: RawCell | undefined): number | undefined {
  if (typeof raw === "number") return raw;
  if (typeof raw !== "string" || raw.length > LONGEST_NUMBER) return undefined;
  const text = plain(raw);
  return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}

const YES = "是 是的 有 对 成立 已成立 已 真 属实 涉及 造成 已造成 有价值 同意 接受 重复 暂缓 y yes true t 1 √ ✓ ✔ ☑ 🗸";
const NO =
  "否 不 不是 无 没 没有 错 不成立 未成立 未 假 不属实 不涉及 未造成 没造成 无价值 没有价值 不同意 不接受 不重复 不暂缓 n no false f 0 × ✗ ✘ ✕ ✖ x ╳";

const TRUTH: ReadonlyMap<string, boolean> = new Map([
  ...YES.split(" ").map((word) => [word, true] as const),
  ...NO.split(" ").map((word) => [word, false] as const),
]);

function readBoolean(raw: string | number | boolean): boolean | Problem {
  if (typeof raw === "boolean") return raw;
  const word = typeof raw === "number" ? String(raw) : raw;
  return (
    TRUTH.get(word) ??
    TRUTH.get(
      plain(word)
        .toLowerCase()
        .replace(/[.。!]$/, ""),
    ) ??
    new Problem("not-yes-no")
  );
}
