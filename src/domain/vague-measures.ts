import { isBlankWord } from "./listed-values.js";
import { matchText } from "./match-key.js";
import { wordsOf } from "./words.js";

/**
 * Tells corrective measures that say nothing (加强检查, 加强培训, 提高意识 …) from those that do.
 * Source: S3 fourth text, item 五.4: no adjectives in place of measures.
 *
 * A text is vague if it can be put together from the words of rules/lexicon/vague-measures.txt alone and at least one of them is an empty measure. Any
 * other word, who, when, how often, a device, a document, a figure, makes it concrete; so does a word we don't know, since
 * reproaching a good measure is worse than passing a bad one.
 */

const listed = (section: string): ReadonlySet<string> => new Set(wordsOf("vague-measures", section));
const MEASURES = listed("empty");
/** Empty together with an object. */
const VERBS = listed("verb");
const OBJECTS = listed("object");
/** Words that add nothing: who in general, how much, and joints. */
const FILL = listed("filler");
/** Whom an empty phrase is about: 加强对技师的培训 says no more than 加强培训. */
const WHOM = listed("whom");
const LONGEST = Math.max(
  ...[MEASURES, VERBS, OBJECTS, FILL, WHOM].flatMap((list) => [...list]).map((word) => word.length),
);
const ENGLISH_EMPTY_WORDS = listed("english-empty");
const ENGLISH_FILLER_WORDS = listed("english-filler");

/** Numbering of points is no figure: ① ⑴ ㈠, (1), （一）, and 1. 1、 一、 at the start of a clause. */
const ENCLOSED_NUMBER = /[①-⒛㈠-㈩]|[(（](?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）]/g;
const POINT = /(^|[\s;；。,，])(?:\d{1,2}\s?[.、)](?!\d)|[一二三四五六七八九十]{1,2}[、.)])/g;
const SPACED_OUT = /(\p{Script=Han})\s+(?=\p{Script=Han})/gu;

/** Longer texts say something, whatever it is; the bound keeps the search short on pasted documents. */
const LONGEST_TEXT = 400;

/** Whether a text of 纠正措施 or 原因分析 says nothing: blank, a stroke, 无, 同上, 已整改, or empty words only. */
export function saysNothing(text: string | undefined): boolean {
  return text === undefined || isBlankWord(text) || isVagueMeasure(text);
}

/** True if the text of 纠正措施 consists of empty words only. A blank text is not vague but missing: false. */
export function isVagueMeasure(text: string): boolean {
  if (text.length > LONGEST_TEXT) return false;
  const plain = matchText(text.replace(ENCLOSED_NUMBER, " ")).replace(POINT, "$1 ").replace(SPACED_OUT, "$1");
  const runs = plain.match(/[a-z']+|[^\sa-z'\p{P}\p{S}]+/gu) ?? [];
  let empty = false;
  for (const run of runs) {
    const found = /^[a-z']/.test(run) ? englishWord(run) : chineseRun(run);
    if (found === "concrete") return false;
    if (found === "empty") empty = true;
  }
  return empty;
}

type Finding = "empty" | "filler" | "concrete";

function englishWord(word: string): Finding {
  if (ENGLISH_EMPTY_WORDS.has(word)) return "empty";
  return ENGLISH_FILLER_WORDS.has(word) ? "filler" : "concrete";
}

/** How far a split of the run has come towards an empty measure; a verb and an object may have fillers between them. */
const NOTHING = 1;
const VERB = 2;
const OBJECT = 4;
const EMPTY = 8;

/** Tries every way to cut the run into known words: `states[i]` holds what the first i characters can amount to. */
function chineseRun(run: string): Finding {
  const states = new Array<number>(run.length + 1).fill(0);
  states[0] = NOTHING;
  for (let from = 0; from < run.length; from++) {
    const before = states[from]!;
    if (before === 0) continue;
    for (let to = from + 1; to <= Math.min(run.length, from + LONGEST); to++) {
      const word = run.slice(from, to);
      let after = 0;
      if (FILL.has(word)) after |= before;
      // Only as the object of a verb: 质检员加强检查 says who.
      if (WHOM.has(word)) after |= before & (VERB | EMPTY);
      if (MEASURES.has(word)) after |= EMPTY;
      if (VERBS.has(word)) after |= before & (OBJECT | EMPTY) ? EMPTY : VERB;
      if (OBJECTS.has(word)) after |= before & (VERB | EMPTY) ? EMPTY : OBJECT;
      states[to]! |= after;
    }
  }
  const end = states[run.length]!;
  if (end === 0) return "concrete";
  return end & EMPTY ? "empty" : "filler";
}
