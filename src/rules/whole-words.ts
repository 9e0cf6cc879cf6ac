import type { Span } from "./negation.js";

/** A word of a text and what it adds to a score. */
export interface WeighedWord {
  readonly text: string;
  readonly at: number;
  readonly weight: number;
}

/** Fewer and weaker words explain nothing. */
const LEAST = 0.15;
const MOST_WORDS = 8;

/**
 * What overlapping stretches of a text add, told by the whole words a clerk sees: each stretch is shared out evenly over its
 * characters, and a word has what its characters have. The strongest words only, in the order of the text.
 */
export function wholeWords(text: string, shares: readonly (Span & { readonly weight: number })[]): WeighedWord[] {
  if (shares.length === 0) return [];
  const weights = new Float64Array(text.length);
  for (const { start, end, weight } of shares) for (let i = start; i < end; i++) weights[i]! += weight / (end - start);
  return wordsIn(text)
    .map(({ start, end }): WeighedWord => {
      const weight = weights.subarray(start, end).reduce((sum, one) => sum + one, 0);
      return { text: text.slice(start, end), at: start, weight: Math.round(weight * 100) / 100 };
    })
    .filter(({ weight }) => Math.abs(weight) >= LEAST)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, MOST_WORDS)
    .sort((a, b) => a.at - b.at);
}

const segmenter = new Intl.Segmenter("zh", { granularity: "word" });

function wordsIn(text: string): Span[] {
  return [...segmenter.segment(text)]
    .filter(({ isWordLike }) => isWordLike === true)
    .map(({ segment, index }) => ({ start: index, end: index + segment.length }));
}
