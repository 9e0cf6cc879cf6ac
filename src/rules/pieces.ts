/**
 * Pieces of a text that weights are learned for: runs of one to four Han characters, and English words and pairs of words.
 * Works on texts as `matchText` sees them.
 */
const HAN_RUN = /[\u3400-\u9fff]+/g;
const LATIN_RUN = /[a-z][a-z'’]*(?: [a-z][a-z'’]*)*/g;
const LONGEST = 4;
const SHORTEST_WORD = 2;
/** No word or pair of words that says anything is longer; a rule file with more is none that was learned. */
export const LONGEST_PIECE = 100;

/** All pieces of a text, each once. */
export function piecesOf(text: string): Set<string> {
  const pieces = new Set<string>();
  for (const [run] of text.matchAll(HAN_RUN))
    for (let length = 1; length <= LONGEST; length++)
      for (let at = 0; at + length <= run.length; at++) pieces.add(run.slice(at, at + length));
  for (const [run] of text.matchAll(LATIN_RUN)) {
    const words = run.split(" ");
    words.forEach((word, i) => {
      if (word.length >= SHORTEST_WORD && word.length <= LONGEST_PIECE) pieces.add(word);
      const next = words[i + 1];
      const pair = `${word} ${next ?? ""}`;
      if (next !== undefined && pair.length <= LONGEST_PIECE) pieces.add(pair);
    });
  }
  return pieces;
}

/** 不是 and a few words of its clause, but not 是不是, 不是…就是…, nor a question. */
const DENIED = /(?:不是|并非|不属于)[\u3400-\u9fff]{1,8}(?![^,;。!?]*(?:就是|而是|吗|[?]))/g;

/** What a text says it is not about (不是外包装破损): nothing in there speaks for anything. */
export function deniedIn(text: string): { readonly start: number; readonly end: number }[] {
  if (!text.includes("不是") && !text.includes("并非") && !text.includes("不属于")) return [];
  const denied: { readonly start: number; readonly end: number }[] = [];
  DENIED.lastIndex = 0;
  for (let match = DENIED.exec(text); match; match = DENIED.exec(text)) {
    const { 0: found, index } = match;
    // Looked back by hand: web views before Safari 16.4 know no lookbehind.
    if (text[index - 1] === "是") DENIED.lastIndex = index + 1;
    else denied.push({ start: index, end: index + found.length });
  }
  return denied;
}
