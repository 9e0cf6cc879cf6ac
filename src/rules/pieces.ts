/**
 * Pieces of a text that weights are learned for: runs of one to four Han characters, and English words and pairs of words.
 * Works on texts as `matchText` sees them.
 */
const HAN_RUN = /[\u3400-\u9fff]+/g;
const LATIN_RUN = /[a-z][a-z'’]*(?: [a-z][a-z'’]*)*/g;
const LONGEST = 4;
const SHORTEST_WORD = 2;

/** All pieces of a text, each once. */
export function piecesOf(text: string): Set<string> {
  const pieces = new Set<string>();
  for (const [run] of text.matchAll(HAN_RUN))
    for (let length = 1; length <= LONGEST; length++)
      for (let at = 0; at + length <= run.length; at++) pieces.add(run.slice(at, at + length));
  for (const [run] of text.matchAll(LATIN_RUN)) {
    const words = run.split(" ");
    words.forEach((word, i) => {
      if (word.length >= SHORTEST_WORD) pieces.add(word);
      const next = words[i + 1];
      if (next !== undefined) pieces.add(`${word} ${next}`);
    });
  }
  return pieces;
}
