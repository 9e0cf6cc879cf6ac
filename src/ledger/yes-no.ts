import { Problem, readValue } from "../domain/cell-reading.js";

const known = new Map<string, boolean>();
/** Columns of yes and no hold few words; a column of texts that is taken for one isn't kept. */
const MOST_KEPT = 1000;

/** Whether a word is read as yes or no; asked of each row, and nearly always the same few. */
export function isYesNo(word: string): boolean {
  let isOne = known.get(word);
  if (isOne === undefined) {
    isOne = !(readValue("boolean", word) instanceof Problem);
    if (known.size < MOST_KEPT) known.set(word, isOne);
  }
  return isOne;
}
