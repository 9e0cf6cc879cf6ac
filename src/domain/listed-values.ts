import type { RawCell } from "./complaint.js";
import { matchText } from "./match-key.js";
import { readChineseWhole } from "./numerals.js";

/**
 * Listed values: columns that decide money hold values of the pack's list, never sentences. What counts is a whole value
 * (a cell may hold several, parted by 、，,；;) that equals a label of the list or one of its synonyms. A listed word
 * within another value (建议警告, 由大过改为警告) decides nothing: it is asked about.
 */

/** A value that a list holds. */
export interface ListedLabel {
  readonly label: string;
  /** Other ways of writing the same value. */
  readonly synonyms?: readonly string[];
}

/** A pack's list for one column. */
export interface ValueList {
  readonly values: readonly ListedLabel[];
  /** Values of this column that mean nothing is said, beside the usual ones: √ and 0 where a label is wanted. */
  readonly blanks?: readonly string[];
  /** A value alone in its cell may be followed by how many times it happened: 未经审批发文2次, 未经审批发文（两次）. */
  readonly counted?: boolean;
  /**
   * What becomes of other values: they decide nothing and are asked about (`ask`, as if not given); rules find words in
   * them, and the value is asked for (`read`); the list is only offered (`free`).
   */
  readonly others?: "ask" | "read" | "free";
}

/** What a cell of a listed column says. All three are empty for a blank cell. */
export interface ListedReading {
  /** Labels that decide, once each, in the order written. Empty while anything in the cell puts them in doubt. */
  readonly labels: readonly string[];
  /** Values that hold a listed word among others: they decide nothing. */
  readonly within: readonly ListedWithin[];
  /** Values that have nothing to do with the list. */
  readonly unknown: readonly string[];
  /** Labels written whole that nevertheless decide nothing, since another value of the cell may take them back. */
  readonly held: readonly string[];
  /** How many times the one label happened, where the cell says so and the list allows it. */
  readonly times?: number;
}

export interface ListedWithin {
  readonly value: string;
  /** The listed word as it stands in the value. */
  readonly word: string;
  readonly label: string;
}

export const NOTHING_LISTED: ListedReading = { labels: [], within: [], unknown: [], held: [] };

/** Words by which people leave open what belongs into a cell; without a message they are blank. */
const BLANK_WORDS = [
  ..."无 没有 暂无 空 未填 待定 未定 待查 待核实 待确认 不详 未知 不适用 无此项".split(" "),
  ..."none nil null na n/a n.a. tbd tba unknown pending".split(" "),
];
const STROKES = /^[-/\\—–－／_·.。…~]+$/u;
/** NFKC makes plain what looks like a stroke or a letter; format characters are never part of a value. */
const INVISIBLE = /[\p{Cf}\ufe00-\ufe0f]/gu;
const SPACES = /\s+/gu;
const LAST_STOP = /[.。!！]+$/u;

/** The form in which values are compared: NFKC, lower case, without invisible characters, spaces and a last full stop. */
export function listedKey(text: string): string {
  return matchText(text.replace(INVISIBLE, "")).replace(INVISIBLE, "").replace(SPACES, "").replace(LAST_STOP, "");
}

const BLANK_KEYS: ReadonlySet<string> = new Set(BLANK_WORDS.map(listedKey));

const BLANK_BEGINNINGS: ReadonlySet<number> = new Set([...BLANK_KEYS].map((key) => key.charCodeAt(0)));

/** Whether a text begins with a sign that stays what it is in every form of the text: a Han character, a Latin letter or a digit. */
export function beginsPlainly(text: string): boolean {
  const first = text.charCodeAt(0);
  return (
    (first >= 0x4e00 && first <= 0x9fff) ||
    (first >= 0x61 && first <= 0x7a) ||
    (first >= 0x41 && first <= 0x5a) ||
    (first >= 0x30 && first <= 0x39)
  );
}

/** Whether a text is one of the ways of saying nothing: 无, /, —, N/A, 待定 … */
export function isBlankWord(text: string): boolean {
  // Nearly every text begins otherwise than all of them, and need not be looked at.
  if (beginsPlainly(text) && !BLANK_BEGINNINGS.has(text.charCodeAt(0) | (text.charCodeAt(0) < 0x80 ? 0x20 : 0)))
    return false;
  const key = matchText(text.replace(INVISIBLE, "")).replace(SPACES, "");
  return key === "" || STROKES.test(key) || BLANK_KEYS.has(key.replace(LAST_STOP, ""));
}

/** What parts the values of a cell. */
export const SEPARATORS = /[、，,；;\r\n]+/u;
/** A value with one of these takes back, doubts or only proposes what stands beside it. */
const DOUBT =
  /撤|取消|免|未|不|没|否|待|拟|建议|提议|改|疑|可能|或|暂缓|缓期|申诉|异议|复议|作废|无效|cancel|revok|withdr|propos|suggest|not|appeal/iu;

/** Whether a text takes back, doubts or only proposes what it names: 建议改判业务部, 不是供应商. */
export function isDoubtful(text: string): boolean {
  return DOUBT.test(text);
}

interface ListIndex {
  readonly byKey: ReadonlyMap<string, string>;
  /** Longest first, so that 严重警告 is named before 警告. */
  readonly words: readonly { readonly key: string; readonly word: string; readonly label: string }[];
  readonly blanks: ReadonlySet<string>;
}

const indexes = new WeakMap<ValueList, ListIndex>();

function indexOf(list: ValueList): ListIndex {
  let index = indexes.get(list);
  if (!index) {
    const words = list.values.flatMap(({ label, synonyms = [] }) =>
      [label, ...synonyms].map((word) => ({ key: listedKey(word), word, label })),
    );
    index = {
      byKey: new Map(words.toReversed().map(({ key, label }) => [key, label])),
      words: words.filter(({ key }) => key !== "").toSorted((a, b) => b.key.length - a.key.length),
      blanks: new Set(list.blanks?.map(listedKey)),
    };
    indexes.set(list, index);
  }
  return index;
}

/** Reads a cell by a list. Pure; a formula error or a number is read as the text it shows. */
export function readListed(list: ValueList, cell: RawCell | undefined): ListedReading {
  const text = textOf(cell);
  if (text === undefined || isBlankWord(text)) return NOTHING_LISTED;
  const { byKey, words, blanks } = indexOf(list);
  // A value that holds a separator itself stands on the list as a whole.
  const whole = byKey.get(listedKey(text));
  if (whole !== undefined) return { ...NOTHING_LISTED, labels: [whole] };
  if (list.counted === true) {
    const counted = readCounted(text, byKey);
    if (counted) return { ...NOTHING_LISTED, ...counted };
  }
  const labels: string[] = [];
  const within: ListedWithin[] = [];
  const unknown: string[] = [];
  for (const part of text.split(SEPARATORS)) {
    const value = part.replace(INVISIBLE, "").trim();
    const key = listedKey(value);
    if (isBlankWord(value) || blanks.has(key)) continue;
    const label = byKey.get(key);
    if (label !== undefined) {
      if (!labels.includes(label)) labels.push(label);
      continue;
    }
    const found = words.find((word) => key.includes(word.key));
    if (found) within.push({ value, word: found.word, label: found.label });
    else unknown.push(value);
  }
  const doubtful = within.length > 0 || unknown.some(isDoubtful);
  return { labels: doubtful ? [] : labels, within, unknown, held: doubtful ? labels : [] };
}

/** 2次, （两次）, ×3, x 3 at the end. 人次 counts persons and times together, which no one value can say. */
const COUNT =
  /^(?<value>.*?)\s*[（(]?\s*(?:[×xX*]\s*(?<factor>\d{1,3})|(?<times>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*[次回])\s*[）)]?$/u;

/** A listed value with the number of times it happened; undefined where the text is anything else. */
function readCounted(
  text: string,
  byKey: ReadonlyMap<string, string>,
): { readonly labels: readonly string[]; readonly times: number } | undefined {
  const groups = COUNT.exec(text.normalize("NFKC").replace(INVISIBLE, "").trim())?.groups;
  const label = byKey.get(listedKey(groups?.["value"] ?? ""));
  const written = groups?.["factor"] ?? groups?.["times"];
  if (label === undefined || written === undefined) return undefined;
  const times = /\d/.test(written) ? Number(written) : readChineseWhole(written.replaceAll("两", "二"));
  return times === undefined || times < 1 ? undefined : { labels: [label], times };
}

function textOf(cell: RawCell | undefined): string | undefined {
  if (cell === undefined || cell === null) return undefined;
  if (typeof cell === "object") return cell.error;
  return typeof cell === "boolean" ? (cell ? "是" : "否") : String(cell);
}
