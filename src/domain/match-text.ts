const PLAIN_ASCII = /^[\x20-\x7e]*$/;

/** The form in which phrases are looked for in a text: NFKC (full-width letters and digits become plain) in lower case. */
export function matchText(text: string): string {
  return PLAIN_ASCII.test(text) ? text.toLowerCase() : text.normalize("NFKC").toLowerCase();
}
