/**
 * Comma-separated text, as every list of ours is written that a spreadsheet program may open: such a program takes a text
 * that begins like a formula for one, whoever typed it.
 */

/** So that Excel reads the Chinese in it: without the mark it takes the system's code page. */
export const CSV_MARK = "\uFEFF";

/**
 * How a text begins that a spreadsheet program takes for a formula or a command: = + - @ in whatever width, also behind
 * blanks and what can't be seen, and a tab or a line's end. Written so that JavaScript and RE2 read it alike.
 */
export const FORMULA_START =
  "^(?:[\\t\\r\\n]|[ \u00a0\u3000\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]*[=+@＝＋－＠﹦﹢﹣﹫-])";

const LOOKS_LIKE_FORMULA = new RegExp(FORMULA_START, "u");
const NEEDS_QUOTES = /[",\r\n]/;

/** A text as it may stand in such a file: one that would be taken for a formula gets an apostrophe before it. */
export function csvText(text: string): string {
  return LOOKS_LIKE_FORMULA.test(text) ? `'${text}` : text;
}

/** A file of lines. Texts are guarded, numbers are given as they are to stand there. */
export function csvFile(lines: readonly (readonly CsvField[])[]): Uint8Array {
  const text = lines.map((line) => `${line.map(fieldText).join(",")}\r\n`).join("");
  return new TextEncoder().encode(`${CSV_MARK}${text}`);
}

/** A text, or a figure that has been written out and is no text of anybody's. */
export type CsvField = string | { readonly figure: string };

function fieldText(field: CsvField): string {
  const text = typeof field === "string" ? csvText(field) : field.figure;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
