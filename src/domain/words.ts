import { LEXICON } from "./lexicon.generated.js";

/** The phrases of one section of a file of rules/lexicon; throws on a name that no file has, which is a fault of ours. */
export function wordsOf(file: string, section: string): readonly string[] {
  const phrases = LEXICON[file]?.sections[section];
  if (!phrases) throw new Error(`rules/lexicon/${file}.txt has no [${section}]`);
  return phrases;
}
