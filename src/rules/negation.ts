/**
 * Negation near a phrase: 不是质量问题, 没有发现破损, "not a quality problem". Works on texts and words as `matchText` sees
 * them (full-width marks are plain, everything is lower case).
 */
import { wordsOf } from "../domain/words.js";

/** Words that turn a phrase shortly after them round, for packs that give none of their own. */
export const COMMON_NEGATIONS: readonly string[] = wordsOf("negation", "words");

/** Words in which a negation character negates nothing that follows. */
export const HARMLESS_WORDS: readonly string[] = wordsOf("negation", "none");

/** A negation works on a phrase at most this far behind it, within one clause. */
const REACH = { han: 4, words: 3 };
/** Two negations this near each other cancel out (不是没有 …). */
const PAIR_REACH = { han: 2, words: 1 };

const CLAUSE_MARK = /[,;。.!?:\n\r…]/;
const TURNS = ["但", "却", "而是"];
const TURN_WORDS: ReadonlySet<string> = new Set(["but", "however", "yet", "although", "though", "rather"]);
const HAN = /[\u3400-\u9fff\uf900-\ufaff]/g;
const WORD = /[^\s\u3000-\u303f\u3400-\u9fff\uf900-\ufaff!-/:-@[-`{-~]+/g;

/** A stretch of a text; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function within(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

/**
 * Which of the negation words found in a text can negate anything: whole words only (`no` in `now` is none), and none
 * inside a harmless word. In the order `isNegated` takes them: by start, then by end.
 */
export function realNegations(text: string, found: readonly Span[], harmless: readonly Span[]): Span[] {
  return found
    .filter((span) => standsAlone(text, span) && !isNumberSign(text, span))
    .filter((span) => !harmless.some((word) => within(span, word)))
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Whether a letter of a word stands there (a–z, À–ɏ): by its code, since this is asked of every hit in every text. */
function isLatinAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code >= 0x61 && code <= 0x7a) || (code >= 0xc0 && code <= 0x24f);
}

export function hasLatin(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (isLatinAt(text, at)) return true;
  return false;
}

/** A word of Latin letters has to begin and end where a word does; Chinese has no such borders. */
function standsAlone(text: string, { start, end }: Span): boolean {
  if (isLatinAt(text, start) && isLatinAt(text, start - 1)) return false;
  return !(isLatinAt(text, end - 1) && isLatinAt(text, end));
}

/** `no. 5`, `no 5` is a number, not a negation. */
function isNumberSign(text: string, { start, end }: Span): boolean {
  return text.slice(start, end) === "no" && /^[.:#]?\s*\d/.test(text.slice(end, end + 4));
}

/**
 * Whether a phrase at `start` stands negated: an odd number of negations before it, the nearest within four Han characters
 * or three words and each further one close to the next, none behind a clause mark or a 但/but. Of negations that overlap
 * (没 in 没有, 不是 in 并不是) one counts.
 */
export function isNegated(text: string, start: number, negations: readonly Span[]): boolean {
  let count = 0;
  let from = start;
  for (let i = negations.length - 1; i >= 0; i--) {
    const negation = negations[i]!;
    if (negation.end > from) continue;
    if (!reaches(text.slice(negation.end, from), count === 0 ? REACH : PAIR_REACH)) break;
    count += 1;
    from = negation.start;
  }
  return count % 2 === 1;
}

/** No gap within reach is longer than this, in UTF-16 units; it spares looking at the words between. */
const LONGEST_GAP = 80;

/** Whether a negation stands before a phrase at all, and not hopelessly far. Those it was taken from may be left out. */
export function mayReach(negation: Span, start: number): boolean {
  return negation.end <= start && start - negation.end <= LONGEST_GAP;
}

function reaches(gap: string, reach: { readonly han: number; readonly words: number }): boolean {
  if (gap === "") return true;
  if (CLAUSE_MARK.test(gap) || TURNS.some((turn) => gap.includes(turn))) return false;
  const words = gap.match(WORD) ?? [];
  if (words.length > reach.words || words.some((word) => TURN_WORDS.has(word))) return false;
  return (gap.match(HAN)?.length ?? 0) <= reach.han;
}

/** Endings by which an English phrase may go on: delay → delayed, delays; defect → defective. */
const INFLECTIONS: ReadonlySet<string> = new Set(["s", "es", "d", "ed", "r", "er", "ing", "ly", "y", "ive"]);

function isDigitAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}

/**
 * Whether a phrase that was found stands there as a word: `late` is not in `plate`, nor `car` in `careless`, but `delay` is
 * in `delayed`. Figures stand whole: 12345 is not in a telephone number. Chinese phrases always do.
 */
export function isWord(text: string, { start, end }: Span): boolean {
  if (isDigitAt(text, start) && isDigitAt(text, start - 1)) return false;
  if (isDigitAt(text, end - 1) && isDigitAt(text, end)) return false;
  if (isLatinAt(text, start) && isLatinAt(text, start - 1)) return false;
  if (!isLatinAt(text, end - 1) || !isLatinAt(text, end)) return true;
  let rest = end;
  while (rest < text.length && isLatinAt(text, rest)) rest += 1;
  return INFLECTIONS.has(text.slice(end, rest));
}
