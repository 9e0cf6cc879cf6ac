/**
 * Reading numbers out of text: Arabic digits with or without thousands separators, 1.2万, and Chinese numerals in their
 * everyday (一百二十) and capital form (壹佰贰拾). Everything returned is a plain decimal literal or a whole number; text
 * that is no number as a whole is undefined, never the number in front of it.
 */

const DIGITS: ReadonlyMap<string, number> = new Map(
  ["〇零○", "一壹弌", "二贰貳两", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"].flatMap((forms, value) =>
    Array.from(forms, (form) => [form, value] as const),
  ),
);

const DIGIT = `[${[...DIGITS.keys()].join("")}]`;
const POSITIONAL = new RegExp(`^${DIGIT}+$`);
const NONZERO = DIGIT.replace("〇零○", "");
/** Up to four places, with 零 for a gap: 三千零五, 一百二十, 十五, 廿一. */
const SECTION = new RegExp(
  `^(?:零?(${NONZERO})[千仟])?(?:零?(${NONZERO})[百佰])?(?:零?(?:(${NONZERO})?[十拾]|([廿卅])))?(?:零?(${NONZERO}))?$`,
);
const SPOKEN_TAIL = new RegExp(`^(.*)([百佰千仟万萬亿億])(${DIGIT})$`);
const UNIT: Readonly<Record<string, number>> = {
  百: 100,
  佰: 100,
  千: 1000,
  仟: 1000,
  万: 10_000,
  萬: 10_000,
  亿: 100_000_000,
  億: 100_000_000,
};

/** A whole number in Chinese numerals: 一百二十 → 120, 三万五 → 35000, 二〇二六 → 2026, 壹拾万柒仟 → 107000. */
export function readChineseWhole(text: string): number | undefined {
  if (text === "") return undefined;
  if (POSITIONAL.test(text)) {
    const digits = Array.from(text, (character) => DIGITS.get(character)).join("");
    return digits.length <= 15 ? Number(digits) : undefined;
  }
  // 三万五 is 35000: a last digit right after a unit counts in tenths of that unit; with 零 before it, it is itself.
  const spoken = SPOKEN_TAIL.exec(text);
  if (spoken && spoken[3] !== "零") {
    const front = readChineseWhole(spoken[1]! + spoken[2]!);
    return front === undefined ? undefined : front + (DIGITS.get(spoken[3]!)! * UNIT[spoken[2]!]!) / 10;
  }
  return text.startsWith("零") ? undefined : readLevels(text);
}

function readLevels(text: string): number | undefined {
  const [yi, afterYi] = splitAt(text, /[亿億]/);
  const [wan, ones] = splitAt(afterYi, /[万萬]/);
  let sum = 0;
  for (const [part, unit] of [
    [yi, 100_000_000],
    [wan, 10_000],
  ] as const) {
    if (part === undefined) continue;
    const section = readSection(part);
    if (section === undefined || section === 0) return undefined;
    sum += section * unit;
  }
  if (ones === "") return sum;
  const last = readSection(ones);
  return last === undefined ? undefined : sum + last;
}

function splitAt(text: string, unit: RegExp): [string | undefined, string] {
  const at = text.search(unit);
  return at < 0 ? [undefined, text] : [text.slice(0, at), text.slice(at + 1)];
}

function readSection(text: string): number | undefined {
  const match = text === "" ? null : SECTION.exec(text);
  if (!match) return undefined;
  const [, thousands, hundreds, tens, twenties, ones] = match;
  const tensDigit = twenties !== undefined ? (twenties === "廿" ? 2 : 3) : /[十拾]/.test(text) ? digit(tens, 1) : 0;
  return digit(thousands, 0) * 1000 + digit(hundreds, 0) * 100 + tensDigit * 10 + digit(ones, 0);
}

function digit(character: string | undefined, otherwise: number): number {
  return character === undefined ? otherwise : DIGITS.get(character)!;
}

const ARABIC = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?\s*([百千万亿]|十万|百万|千万)?$/;
const SHIFT: Readonly<Record<string, number>> = { 百: 2, 千: 3, 万: 4, 十万: 5, 百万: 6, 千万: 7, 亿: 8 };

/**
 * A number that is not negative, as a plain decimal literal: `1,200` → `1200`, `1.2万` → `12000`, `一点五` → `1.5`.
 * The text must be in NFKC form and trimmed.
 */
export function readDecimal(text: string): string | undefined {
  const arabic = ARABIC.exec(text);
  if (arabic) {
    const whole = arabic[1]!.replaceAll(",", "");
    const fraction = arabic[2] ?? "";
    const shift = arabic[3] === undefined ? 0 : SHIFT[arabic[3]]!;
    if (shift === 0) return fraction === "" ? whole : `${whole}.${fraction}`;
    const moved = fraction.padEnd(shift, "0");
    return `${whole}${moved.slice(0, shift)}${moved.length > shift ? `.${moved.slice(shift)}` : ""}`;
  }
  const [whole, fraction] = text.split("点", 2) as [string, string?];
  const value = readChineseWhole(whole);
  if (value === undefined) return undefined;
  if (fraction === undefined) return String(value);
  if (!POSITIONAL.test(fraction) || text.split("点").length > 2) return undefined;
  return `${value}.${Array.from(fraction, (character) => DIGITS.get(character)).join("")}`;
}
