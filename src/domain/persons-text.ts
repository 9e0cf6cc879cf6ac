import type { NamedPerson } from "./complaint.js";

/** Reading 责任人: `张三:60%;李四:40%`, `张三60%、李四40%`, `张三（60%）`, `张三、李四`, `张三和李四`. */

export type PersonsProblem =
  | "not-a-name" // a share without a name, or marks where a name should be
  | "named-twice"
  | "share-missing" // some have a share and some have none
  | "shares-do-not-add-up"; // to 100 ± 0.01

const SEPARATORS = /[;；、,，/／|｜\r\n]+/;
const AFTER_SHARE = /[%％]\s*[)）]?/g;
/** A share at the end: after a colon, in brackets, or just behind the name; without a per cent sign only after a colon. */
const SHARE =
  /^(.*?)\s*(?:[:：=]\s*([\d０-９.．]+)\s*[%％]?|[(（]\s*([\d０-９.．]+)\s*[%％]\s*[)）]|([\d０-９.．]+)\s*[%％])$/u;
/** The usual cell: one Chinese name. */
const PLAIN_NAME = /^[\u4e00-\u9fff]{2,4}$/;
const HAN_NAME = /^\p{Script=Han}{2,4}$/u;
const HAN = /^\p{Script=Han}+$/u;
const JOINED = /^(\p{Script=Han}{2,4})[和与及](\p{Script=Han}{2,4})$/u;
const NO_NAME = /^(?:待定|待查|待核实|不详|未知|不明|unknown|tbd)$/i;
const TOLERANCE = 0.0100001; // 33.33 × 3 misses 100 by a hundredth and a rounding error

/** The persons named and their shares in per cent (on all of them or on none), or why the text can't be read. */
export function readPersons(text: string): readonly NamedPerson[] | PersonsProblem {
  if (PLAIN_NAME.test(text)) return NO_NAME.test(text) ? "not-a-name" : [{ name: text }];
  const persons: { name: string; percent?: number }[] = [];
  for (const piece of text.replace(AFTER_SHARE, "$&;").split(SEPARATORS)) {
    const trimmed = piece.replace(/\s+/g, " ").trim();
    if (trimmed === "") continue;
    const match = SHARE.exec(trimmed);
    const names = splitNames(match ? match[1]! : trimmed);
    if (!names) return "not-a-name";
    const percent = match ? Number((match[2] ?? match[3] ?? match[4])!.normalize("NFKC")) : undefined;
    if (percent !== undefined && !Number.isFinite(percent)) return "not-a-name";
    names.forEach((name, index) => {
      persons.push(percent !== undefined && index === names.length - 1 ? { name, percent } : { name });
    });
  }
  if (persons.length === 0) return "not-a-name";
  if (new Set(persons.map(({ name }) => name)).size < persons.length) return "named-twice";

  const shares = persons.flatMap(({ percent }) => (percent === undefined ? [] : [percent]));
  if (shares.length === 0) return persons;
  if (shares.length < persons.length) return "share-missing";
  const sum = shares.reduce((a, b) => a + b, 0);
  return Math.abs(sum - 100) <= TOLERANCE ? persons : "shares-do-not-add-up";
}

/** The names in a piece without separators; undefined if there is none or it isn't clear where one ends. */
function splitNames(piece: string): string[] | undefined {
  const name = piece.trim();
  if (name === "" || /[:：=%％]/.test(name) || NO_NAME.test(name) || !/[\p{L}\p{N}]/u.test(name)) return undefined;
  const joined = JOINED.exec(name);
  // 张三和李四 are two; 张和平 is one, since 张 and 平 alone are no names.
  if (joined) return [joined[1]!, joined[2]!];
  const english = name.split(/\s+and\s+|\s*&\s*/i);
  if (english.length > 1) return english.some((part) => part === "") ? undefined : english;
  const parts = name.split(/\s+/);
  if (parts.length === 1) return [name];
  if (parts.every((part) => HAN_NAME.test(part))) return parts;
  if (parts.every((part) => HAN.test(part))) {
    // 张 三: a name of two characters spaced out to the width of three.
    const whole = parts.join("");
    return whole.length <= (parts.length === 2 ? 4 : 3) ? [whole] : undefined;
  }
  return [parts.join(" ")];
}
