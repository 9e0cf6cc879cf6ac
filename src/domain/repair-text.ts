import { readCell } from "./cell-reading.js";
import type { ColumnKind } from "./columns.js";
import type { ValueByKind } from "./complaint.js";
import { readDateText } from "./date-text.js";
import { listedKey, type ValueList } from "./listed-values.js";
import { yuanText, type Fen } from "./money.js";
import { atTime, dayIn, readPartialDate, type DateOrder } from "./partial-date.js";
import { plainName } from "./persons-text.js";
import { dayOfTime, hasNoTime, isoDate, isoTime, type WallTime } from "./wall-time.js";

/**
 * What a text in a cell would be if it were written plainly. A repair is proposed only where the text can mean one thing:
 * slips of the keyboard (marks, spaces, characters that can't be seen) and other ways of writing the same. Whatever
 * doubts (?, 左右, 约), adds or leaves open has no repair; a person has to say what is meant.
 */

/** What can't be seen, and what only chooses how a character is drawn; the joiner of emoji is none of it. */
const INVISIBLE = /(?!\u200d)[\p{Cf}\ufe00-\ufe0f]/gu;
/** Marks around a value that say nothing. */
const AROUND = /^[\s"'“”‘’「」『』【】[\]（）(),，。.、;；:：]+|[\s"'“”‘’「」『』【】，。.、;；:：]+$/gu;
const LABEL = /^(?:(?:受理|投诉|接诉|登记|来电|结案|完成|回复|上报|移交|回访)?(?:时间|日期)|date|time)\s*[:：]\s*/iu;
const YEAR_FIRST =
  /^(\d{4})\s*[-/.,、·_\\|年。 ]{1,2}\s*(\d{1,2})\s*[-/.,、·_\\|月。 ]{1,2}\s*(\d{1,2})(?!\d)\s*[日号]?/u;
const HOUR_MINUTE = /(\d{1,2})\s*[;；。.'’,，]\s*(\d{2})(?!\d)/u;
/** What people write around an amount. */
const AROUND_AMOUNT =
  /^(?:人民币|rmb|cny|合计|共计|共|总计|计|金额|损失|费用)\s*[:：]?\s*|\s*(?:元人民币|人民币|块钱|元整|圆整|圆|块|rmb|cny|整)$/giu;
const YES_WORDS = /^(?:有|已|是|确|属|确实)(?:有|造成|发生|成立|涉及|认|认为|属实)?(?:损失|影响)?(?:的|了)?$/u;
const NO_WORDS = /^(?:没有?|无|未|不|否)(?:造成|发生|成立|涉及|属实|认可)?(?:任何)?(?:损失|影响)?(?:的)?$/u;

/** The plain form of a text in a column of a kind; undefined if it is plain already, or says no one thing for certain. */
export function repairedText(kind: ColumnKind, text: string): string | undefined {
  const repaired = plainForm(kind, text);
  return repaired === text ? undefined : repaired;
}

function plainForm(kind: ColumnKind, text: string): string | undefined {
  switch (kind) {
    case "datetime":
    case "date":
      return dateForm(kind, text);
    case "money":
    case "price":
    case "number":
    case "integer":
    case "percent":
      return numberForm(kind, text);
    case "boolean":
      return truthForm(text);
    case "persons":
      return nameForm(text);
    default:
      return undefined;
  }
}

// ------------------------------------------------------------ dates

/** A date is plain as Excel itself takes it when typed: 2026/3/2, 2026-03-02 9:30. */
const PLAIN_DATE = /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?$/;

const PART_OF_DAY = /[上下中]午|[凌清早]晨|早上|晚|夜|傍/u;

function dateForm(kind: "date" | "datetime", text: string): string | undefined {
  const time = readDay(text);
  if (time === undefined) return undefined;
  if (PLAIN_DATE.test(text)) return text;
  // 2026年3月2日上午 says more than its day.
  return hasNoTime(time) && PART_OF_DAY.test(text) ? text : shownTime(kind, time);
}

function readDay(text: string): WallTime | undefined {
  const clean = cleaned(text);
  for (const form of [text, clean, separated(clean)]) {
    const read = readDateText(form);
    if (typeof read === "number") return read;
  }
  return undefined;
}

/** One mark between the parts of a date that begins with its year, and a colon between hour and minute. */
function separated(text: string): string {
  const date = YEAR_FIRST.exec(text);
  if (!date) return text;
  const [all, year, month, day] = date;
  const rest = text.slice(all.length).trim().replace(HOUR_MINUTE, "$1:$2");
  return `${year!}-${month!}-${day!}${rest === "" ? "" : ` ${rest}`}`;
}

/** A date with its year whose order somebody has said; undefined if the text is none, or no such day exists. */
export function orderedDate(kind: "date" | "datetime", text: string, order: DateOrder): string | undefined {
  const date = readPartialDate(text);
  const meant = date?.candidates.find((candidate) => candidate.order === order && candidate.year !== undefined);
  const day = meant && dayIn(meant, meant.year!);
  return date && day !== undefined ? shownTime(kind, atTime(day, date)) : undefined;
}

/** A time that was read otherwise, as from the rest of its column, as a plain text. */
export function shownTime(kind: "date" | "datetime", time: WallTime): string {
  if (kind === "date" || hasNoTime(time)) return isoDate(dayOfTime(time));
  const iso = isoTime(time).replace("T", " ");
  return iso.endsWith(":00") ? iso.slice(0, 16) : iso;
}

// ------------------------------------------------------------ numbers

const THOUSANDS = /^\d{1,3}(?:\s\d{3})+(?:\.\d+)?$/;
const PLAIN_NUMBER = /^\d+(?:\.\d+)?%?$/;

function numberForm(kind: "money" | "price" | "number" | "integer" | "percent", text: string): string | undefined {
  if (PLAIN_NUMBER.test(text)) return text;
  const clean = cleaned(text);
  const bare = clean.replace(AROUND_AMOUNT, "").replace(AROUND_AMOUNT, "");
  // A space may stand for a point as well as for nothing; only groups of three are thousands.
  const joined = THOUSANDS.test(bare) ? bare.replace(/\s/g, "") : bare;
  for (const form of [text, clean, bare, joined]) {
    const read = readCell(kind, form);
    if (read.ok && !read.blank) return shownNumber(kind, read.value);
  }
  return undefined;
}

function shownNumber<Kind extends "money" | "price" | "number" | "integer" | "percent">(
  kind: Kind,
  value: ValueByKind[Kind],
): string | undefined {
  // A price keeps its decimals as they were written; its text is not made anew.
  if (kind === "price") return undefined;
  if (kind === "money") return yuanText(value as Fen).replace(/\.00$/, "");
  return kind === "percent" ? `${value as number}%` : String(value);
}

// ------------------------------------------------------------ yes and no, names, listed values

/** Only what can't be read as yes or no needs another word. */
function truthForm(text: string): string | undefined {
  const read = readCell("boolean", text);
  if (read.ok) return text;
  const word = cleaned(text);
  const again = readCell("boolean", word);
  if (again.ok && !again.blank) return again.value ? "是" : "否";
  if (NO_WORDS.test(word)) return "否";
  return YES_WORDS.test(word) ? "是" : undefined;
}

/** A cell of names without what can't be seen; marks between names stay as they are. */
function nameForm(text: string): string {
  const visible = visibleText(text).trim();
  return /^[\p{Script=Han}\s]+$/u.test(visible) && /\s/u.test(visible) ? spacedName(visible) : visible;
}

/** 张 三 is 张三; 张三 李四 are two, which a space parts. */
function spacedName(text: string): string {
  return text.split(/\s+/u).every((part) => Array.from(part).length === 1) ? plainName(text) : text;
}

/** A text with a mark for each character that can't be seen, so that before and after look different. */
export function markedText(text: string): string {
  return text.replace(INVISIBLE, (char) => `[U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}]`);
}

/** A text without characters that can't be seen. */
export function visibleText(text: string): string {
  return text.replace(INVISIBLE, "");
}

/** The label of a list that a text is but for spaces, width and marks; a synonym is its own plain form. */
export function listedText(list: ValueList, text: string): string | undefined {
  const key = listedKey(cleaned(text));
  for (const { label, synonyms = [] } of list.values) {
    const same = [label, ...synonyms].find((word) => listedKey(word) === key);
    if (same !== undefined) return same === text ? undefined : same;
  }
  return undefined;
}

function cleaned(text: string): string {
  const plain = visibleText(text).normalize("NFKC").replace(/\s+/gu, " ").replace(AROUND, "");
  return plain.replace(LABEL, "").trim();
}
