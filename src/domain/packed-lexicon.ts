import type { LexiconFile } from "./read-lexicon.js";

/** The lexicon as the generated module holds it: the phrases of a section in one string, a line each. */
export type PackedLexicon = Readonly<
  Record<string, { readonly head: LexiconFile["head"]; readonly sections: Readonly<Record<string, string>> }>
>;

/** The lexicon by file name below rules/lexicon, without its ending. */
export function unpack(packed: PackedLexicon): Readonly<Record<string, LexiconFile | undefined>> {
  return Object.fromEntries(
    Object.entries(packed).map(([name, { head, sections }]) => [
      name,
      { head, sections: Object.fromEntries(Object.entries(sections).map(([key, text]) => [key, text.split("\n")])) },
    ]),
  );
}
