import type { NamedPerson } from "./complaint.js";
import { latinLetters, nearForm, oneForm } from "./look-alikes.js";
import { matchText } from "./match-key.js";

/**
 * Reading 责任人: `张三:60%;李四:40%`, `张三60%、李四40%`, `张三（60%）`, `张三、李四`, `张三和李四`, and with what tells
 * namesakes apart: `张三（质检部）`, `张三（一组）`, `张三（A01）`, `A01`. Who is meant, and whether it is a person at all,
 * is found out by whoever knows 人员.
 */

export type PersonsProblem =
  | "not-a-name" // a share without a name, or marks where a name should be
  | "named-twice"
  | "share-missing" // some have a share and some have none
  | "shares-do-not-add-up"; // to 100 ± 0.01

const SEPARATORS = /[;；、,，/／|｜\r\n]+/;
const BRACKETED = /[(（][^()（）]*[)）]/gu;
const AFTER_SHARE = /[%％]\s*[)）]?/g;
/** A share at the end: after a colon, in brackets, or just behind the name; without a per cent sign only after a colon. */
const SHARE =
  /^(.*?)\s*(?:[:：=]\s*([\d０-９.．]+)\s*([%％]?)|[(（]\s*([\d０-９.．]+)\s*[%％]\s*[)）]|([\d０-９.．]+)\s*[%％])$/u;
/** The usual cell: one Chinese name. */
const PLAIN_NAME = /^[\u4e00-\u9fff]{2,4}$/;
const HAN_NAME = /^\p{Script=Han}{2,4}$/u;
const HAN = /^\p{Script=Han}+$/u;
const JOINED = /^(\p{Script=Han}{2,4})[和与及](\p{Script=Han}{2,4})$/u;
const QUALIFIED = /^(.+?)\s*[(（]\s*([^()（）]+?)\s*[)）]$/u;
/** 张三 A01 and A01 张三: a name with its 工号. */
const NUMBERED = /^(\p{Script=Han}{2,4})[\s-]*([a-z]{0,4}\d[\w-]*)$/iu;
const NUMBERED_BEFORE = /^([a-z]{0,4}\d[\w-]*)[\s-]*(\p{Script=Han}{2,4})$/iu;
/** What can't be seen, and what only chooses how a character is drawn. */
const INVISIBLE = /[\p{Cf}\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
const TOLERANCE = 0.0100001; // 33.33 × 3 misses 100 by a hundredth and a rounding error

/**
 * A name as it is shown and compared: compatibility forms made plain (NFKC), without invisible characters, without the
 * spaces that stretch a Chinese name (张 三), in Latin letters where others only look like them. Two ways of writing one name never make two persons.
 */
export function plainName(text: string): string {
  if (PLAIN_NAME.test(text)) return text;
  const plain = text.replace(INVISIBLE, "").normalize("NFKC").replace(INVISIBLE, "").replace(/\s+/g, " ").trim();
  const joined = plain.replaceAll(" ", "");
  return HAN.test(joined) ? joined : latinLetters(plain);
}

/** By what names, 工号, departments and crews are compared: as `plainName`, in lower case, each character in one form. */
export function nameKey(text: string): string {
  let key = keys.get(text);
  if (key === undefined) {
    key = oneForm(matchText(plainName(text)));
    if (keys.size >= KEPT) keys.clear();
    keys.set(text, key);
  }
  return key;
}

/** The same few names stand in rows and entries a hundred thousand times. */
const keys = new Map<string, string>();
const KEPT = 10_000;

/** One for all names that one person may bear: as `nameKey`, traditional characters as the simplified ones. For asking only. */
export function nearKey(text: string): string {
  return nearForm(nameKey(text));
}

/** The persons named and their shares in per cent (on all of them or on none), or why the text can't be read. */
export function readPersons(text: string): readonly NamedPerson[] | PersonsProblem {
  if (PLAIN_NAME.test(text)) return [{ name: text }];
  const persons: NamedPerson[] = [];
  let bareShares = 0;
  for (const piece of piecesOf(text.replace(INVISIBLE, ""))) {
    const match = SHARE.exec(piece);
    const named = splitNames(match ? match[1]! : piece);
    if (!named) return "not-a-name";
    const percent = match ? Number((match[2] ?? match[4] ?? match[5])!.normalize("NFKC")) : undefined;
    if (percent !== undefined && !Number.isFinite(percent)) return "not-a-name";
    if (match?.[2] !== undefined && match[3] === "") bareShares += 1;
    named.forEach((person, index) => {
      persons.push(percent !== undefined && index === named.length - 1 ? { ...person, percent } : person);
    });
  }
  if (persons.length === 0) return "not-a-name";
  const keys = persons.map(({ name, qualifier = "" }) => `${nameKey(name)}\n${nameKey(qualifier)}`);
  if (new Set(keys).size < persons.length) return "named-twice";
  return withShares(persons, bareShares);
}

/** Shares stand on all or on none, and make 100 % (or 1, where all are plain fractions: 张三:0.6;李四:0.4). */
function withShares(persons: readonly NamedPerson[], bareShares: number): readonly NamedPerson[] | PersonsProblem {
  const shares = persons.flatMap(({ percent }) => (percent === undefined ? [] : [percent]));
  if (shares.length === 0) return persons;
  if (shares.length < persons.length) return "share-missing";
  const sum = shares.reduce((a, b) => a + b, 0);
  if (Math.abs(sum - 100) <= TOLERANCE) return persons;
  if (bareShares < persons.length || Math.abs(sum - 1) > TOLERANCE / 100) return "shares-do-not-add-up";
  return persons.map((person) => ({ ...person, percent: Math.round(person.percent! * 1e10) / 1e8 }));
}

/** The pieces between separators; a separator in brackets (张三（一组、白班）) parts nothing. */
function piecesOf(text: string): string[] {
  const brackets: string[] = [];
  const hidden = text.replace(BRACKETED, (bracket) => {
    if (!SEPARATORS.test(bracket)) return bracket;
    brackets.push(bracket);
    return `（\ue000${brackets.length - 1}\ue000）`;
  });
  return hidden
    .replace(AFTER_SHARE, "$&;")
    .split(SEPARATORS)
    .map((piece) => piece.replace(/（\ue000(\d+)\ue000）/gu, (_, index: string) => brackets[Number(index)]!))
    .map((piece) => piece.replace(/\s+/g, " ").trim())
    .filter((piece) => piece !== "");
}

/** The names in a piece without separators; undefined if there is none or it isn't clear where one ends. */
function splitNames(piece: string): NamedPerson[] | undefined {
  const text = piece.trim();
  if (text === "" || /[:：=%％]/.test(text) || !/[\p{L}\p{N}]/u.test(text)) return undefined;
  const qualified = QUALIFIED.exec(text);
  if (qualified) return [{ name: plainName(qualified[1]!), qualifier: plainName(qualified[2]!) }];
  const numbered = NUMBERED.exec(text);
  if (numbered) return [{ name: plainName(numbered[1]!), qualifier: plainName(numbered[2]!) }];
  const before = NUMBERED_BEFORE.exec(text);
  if (before && !/^[人名位]$/u.test(before[2]!))
    return [{ name: plainName(before[2]!), qualifier: plainName(before[1]!) }];
  const joined = JOINED.exec(text);
  // 张三和李四 are two; 张和平 is one, since 张 and 平 alone are no names.
  if (joined) return [{ name: joined[1]! }, { name: joined[2]! }];
  const english = text.split(/\s+and\s+|\s*&\s*/i);
  if (english.length > 1)
    return english.some((part) => part === "") ? undefined : english.map((part) => ({ name: plainName(part) }));
  const parts = text.split(/\s+/);
  if (parts.length === 1) return [{ name: plainName(text) }];
  if (parts.every((part) => HAN_NAME.test(part))) return parts.map((part) => ({ name: plainName(part) }));
  if (parts.every((part) => HAN.test(part))) {
    // 张 三: a name of two characters spaced out to the width of three.
    const whole = parts.join("");
    return whole.length <= (parts.length === 2 ? 4 : 3) ? [{ name: plainName(whole) }] : undefined;
  }
  return [{ name: plainName(parts.join(" ")) }];
}
