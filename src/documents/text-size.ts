import stringWidth from "string-width";

/** Lines a text takes in a column this many characters wide (a Chinese character is as wide as two). At least one. */
export function linesIn(text: string, width: number): number {
  const usable = Math.max(2, width - 1);
  return text
    .split("\n")
    .map((part) => Math.max(1, Math.ceil(stringWidth(part) / usable)))
    .reduce((a, b) => a + b, 0);
}

/** The first characters of a text, none of them cut in two. */
export function beginning(text: string, length: number): string {
  return Array.from(text).slice(0, length).join("");
}
