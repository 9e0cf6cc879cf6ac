/**
 * The turn of a complaint: 质量很好，但是送晚了. What the complaint is about stands after it; what stands before is granted,
 * told by the way, or said not to be the point. Works on texts as `matchText` sees them.
 */
import { wordsOf } from "../domain/words.js";

/** What stands before the turn counts this much. */
export const BEFORE_TURN = 0.4;

const HAN = wordsOf("turn", "han");
const ENGLISH = wordsOf("turn", "english");

/** A text without any of these takes no turn. */
export const TURN_WORDS: readonly string[] = [...HAN, ...ENGLISH];

/** Most words turn a sentence only at the beginning of a clause, where 就是 or 可 cannot be part of another word. */
const TURN = new RegExp(`([,;。.!?:\\s…])(?:${HAN.join("|")})|但是|([,.; ])(?:${ENGLISH.join("|")})\\b`, "g");

/** Where the last turn of a text begins, in UTF-16 units; 0 where it takes none. */
export function turnOf(text: string): number {
  let last = 0;
  // Not `matchAll`, which makes an iterator and a copy of the expression for every text.
  TURN.lastIndex = 0;
  for (let match = TURN.exec(text); match; match = TURN.exec(text)) {
    const { index, 1: han = "", 2: english = "" } = match;
    last = index + han.length + english.length;
  }
  return last;
}
