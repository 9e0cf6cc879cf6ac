/**
 * The turn of a complaint: 质量很好，但是送晚了. What the complaint is about stands after it; what stands before is granted,
 * told by the way, or said not to be the point. Works on texts as `matchText` sees them.
 */

/** What stands before the turn counts this much. */
export const BEFORE_TURN = 0.4;

const HAN = "但 可是 可惜 可 就是 只是 不过 却 然而 偏偏 唯独 关键 问题是 而是 其实".split(" ");
const ENGLISH = ["but", "however", "yet"];

/** A text without any of these takes no turn. */
export const TURN_WORDS: readonly string[] = [...HAN, ...ENGLISH];

/** Most words turn a sentence only at the beginning of a clause, where 就是 or 可 cannot be part of another word. */
const TURN = new RegExp(`(?<=[,;。.!?:\\s…])(?:${HAN.join("|")})|但是|(?<=[,.; ])(?:${ENGLISH.join("|")})\\b`, "g");

/** Where the last turn of a text begins, in UTF-16 units; 0 where it takes none. */
export function turnOf(text: string): number {
  let last = 0;
  for (const { index } of text.matchAll(TURN)) last = index;
  return last;
}
