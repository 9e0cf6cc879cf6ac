const PLAIN_ASCII = /^[\x20-\x7e]*$/;
/** Three signs and more, each with a space before the next: 政 策 误 解 is one word set wide. */
const SET_WIDE = /[\u4e00-\u9fff](?: [\u4e00-\u9fff]){2,}(?![\u4e00-\u9fff])/gu;

/**
 * The form in which phrases are looked for in a text: NFKC (full-width letters and digits become plain) in lower case, words
 * set wide drawn together.
 */
export function matchText(text: string): string {
  if (PLAIN_ASCII.test(text)) return text.toLowerCase();
  const plain = text.normalize("NFKC").toLowerCase();
  return plain.includes(" ") ? plain.replace(SET_WIDE, (word) => word.replaceAll(" ", "")) : plain;
}
