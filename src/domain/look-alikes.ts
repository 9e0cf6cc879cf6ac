/** Characters that look like others, as far as names and 工号 are concerned. */

/** Cyrillic and Greek letters, and the Latin ones nobody can tell them from. */
const LETTERS: Readonly<Record<string, string>> = {
  ...pairs("АВЕЅЗІЈКМНОРСТУХаеѕіјорсухһԁ", "ABES3IJKMHOPCTYXaesijopcyxhd"),
  ...pairs("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαορν", "ABEZHIKMNOPTYXaopv"),
};
const FOREIGN = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;
const EVERY_FOREIGN = /[\p{Script=Cyrillic}\p{Script=Greek}]/gu;

/**
 * A text whose Cyrillic and Greek letters all look like Latin ones, in these; any other as it is: `А01` with a Cyrillic А is
 * meant as A01, Иван is meant as it stands.
 */
export function latinLetters(text: string): string {
  if (!FOREIGN.test(text)) return text;
  const foreign = text.match(EVERY_FOREIGN)!;
  return foreign.every((letter) => letter in LETTERS)
    ? text.replace(EVERY_FOREIGN, (letter) => LETTERS[letter]!)
    : text;
}

/** Forms of one character that typefaces and input methods of other countries give; traditional characters are others. */
const FORMS = pairs(
  "曽黃呂吳呉戶戸內髙徳恵眞靜靑淸溫強產産悅峯羣黒冨寛﨑",
  "曾黄吕吴吴户户内高德惠真静青清温强产产悦峰群黑富宽崎",
);
const ANY_FORM = new RegExp(`[${Object.keys(FORMS).join("")}]`, "gu");

/** By one form of each character; for comparing only: whose name has another form is shown by it. */
export function oneForm(text: string): string {
  return text.replace(ANY_FORM, (character) => FORMS[character]!);
}

function pairs(from: string, to: string): Record<string, string> {
  const targets = Array.from(to);
  return Object.fromEntries(Array.from(from).map((character, i) => [character, targets[i]!]));
}
