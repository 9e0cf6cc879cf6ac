import { wordsOf } from "../domain/words.js";

/** Words in 地区 that mean outside the mainland, for packs that give none of their own. */
export const ABROAD_WORDS: readonly string[] = wordsOf("abroad", "words");
