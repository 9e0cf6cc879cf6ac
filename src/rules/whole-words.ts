import { isEmptyPhrase, readsAsWord } from "./analysis/empty-phrase.js";
import { hasLatin, type Span } from "./negation.js";
import type { Share } from "./learned-layer.js";

/** A word of a text and what it adds to a score. */
export interface WeighedWord {
  readonly text: string;
  readonly at: number;
  readonly weight: number;
}

/** Weaker words explain nothing, and nobody reads more of them. */
const LEAST = 0.25;
const MOST_WORDS = 8;

const LATIN = /[a-z'’]/;

/** A stretch of an English word (dent in dented) with the rest of its letters; Chinese as it stands. */
function wholeSpan(text: string, { start, end }: Span): Span {
  if (!LATIN.test(text.charAt(end - 1))) return { start, end };
  let [from, to] = [start, end];
  while (LATIN.test(text.charAt(from - 1))) from--;
  while (LATIN.test(text.charAt(to))) to++;
  return { start: from, end: to };
}

/**
 * What overlapping stretches of a text add, told by words a clerk sees: each stretch is shared out evenly over its
 * characters, and a word has what its characters have. Words are phrases of the lexicon first, since people wrote those,
 * then the strongest pieces of two and more characters that read as words and overlap no word so far. (Browsers and Node cut Chinese words
 * differently, or not at all.)
 */
export function wholeWords(text: string, shares: readonly Share[]): WeighedWord[] {
  const weights = new Float64Array(text.length);
  for (const { start, end, weight } of shares) for (let i = start; i < end; i++) weights[i]! += weight / (end - start);
  const candidates = shares
    .map(({ concept, ...span }) => ({ concept, ...wholeSpan(text, span) }))
    .filter(({ start, end, concept }) => {
      const word = text.slice(start, end);
      return word.length > 1 && (concept ? !isEmptyPhrase(word) : readsAsWord(word));
    })
    .map(({ start, end, concept }) => {
      const weight = weights.subarray(start, end).reduce((sum, one) => sum + one, 0);
      // Longer pieces gather more, so strength is by length; English words are as long as they are.
      const length = hasLatin(text.slice(start, end)) ? 2 : end - start;
      return { start, end, concept, weight, strength: Math.abs(weight) / length };
    })
    .sort((a, b) => Number(b.concept) - Number(a.concept) || b.strength - a.strength || a.start - b.start);
  const words: (typeof candidates)[number][] = [];
  for (const one of candidates)
    if (!words.some(({ start, end }) => start < one.end && one.start < end)) words.push(one);
  return words
    .filter(({ weight }) => Math.abs(weight) >= LEAST)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, MOST_WORDS)
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, weight }) => ({
      text: text.slice(start, end),
      at: start,
      weight: Math.round(weight * 100) / 100,
    }));
}
