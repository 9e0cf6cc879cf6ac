/** Words of a command line, to be copied into a shell. */

/** What any shell takes as it stands. */
const PLAIN = /^[\p{L}\p{N}_./:=+,@%-]+$/u;
/** What a shell works upon within double quotes; a line's end would cut the line in two on paper. */
const WORKED_UPON = /["$`\\!\r\n]/;

/** A word in quotes: the usual ones, which every shell knows, where nothing in it speaks against them. */
export function quoted(word: string): string {
  return WORKED_UPON.test(word) ? `'${word.replaceAll("'", String.raw`'\''`)}'` : `"${word}"`;
}

/** A word, in quotes where it needs them. */
export function shellWord(word: string): string {
  return PLAIN.test(word) && !word.startsWith("-") ? word : quoted(word);
}
