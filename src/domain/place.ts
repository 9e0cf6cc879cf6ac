import { matchText } from "./match-key.js";
import { wordsOf } from "./words.js";

/**
 * Where a place named in 地区 lies. Hong Kong, Macao and Taiwan are 境外, with the limits of 国外 and never that word
 * (sensitive; stated in our policy for all regulations). A place on no list is nobody's guess: it is asked about.
 */
export const PLACES = ["国内", "国外", "境外"] as const;
export type Place = (typeof PLACES)[number];

/** How a list's name is found in a text: a Latin name stands as a word of its own, 英国 also inside 英国伦敦. */
interface Name {
  readonly text: string;
  readonly place: Place;
}

const key = (text: string): string => matchText(text).replaceAll(/\s+/gu, " ").trim();
const names = (place: Place, words: readonly string[]): Name[] => words.map((text) => ({ text: key(text), place }));
const longestFirst = (list: readonly Name[]): Name[] => [...list].sort((a, b) => b.text.length - a.text.length);

/** Streets and houses named after such a place: 香港路 lies in Qingdao. */
const NAMED_AFTER = wordsOf("outside", "none").map(key);
const SPECIFIC = longestFirst([
  ...NAMED_AFTER.map((text): Name => ({ text, place: "国内" })),
  ...names("境外", wordsOf("outside", "words")),
  ...names("国外", wordsOf("abroad", "words")),
  ...names("国内", wordsOf("home", "words")),
  ...names("国内", wordsOf("home", "english")),
]);
const GENERAL = longestFirst([
  ...names("境外", wordsOf("outside", "general")),
  ...names("国外", wordsOf("abroad", "general")),
  ...names("国内", wordsOf("home", "general")),
]);
const GENERAL_BY_TEXT: ReadonlyMap<string, Place> = new Map(GENERAL.map(({ text, place }) => [text, place]));
const HOME_ENDINGS = wordsOf("home", "endings").map(key);
const LATIN = /^[a-z.' -]+$/;

/** 建议国外, 由国内改为国外, 不是国外: words about a place that decide nothing. */
const UNDECIDED = /建议|拟|疑似|可能|不是|并非|未必|改[为成判国境]|(?:^|[^东西南北中])非(?=[国境])|原为|待/u;
const PARTS = /[、，,；;/／|或]+/u;

/** Where the place lies; undefined if no list knows it, or it names places of different kinds. */
export function placeOf(region: string): Place | undefined {
  const text = key(region);
  if (text === "" || UNDECIDED.test(text)) return undefined;
  // 国内、国外 chooses nothing, whatever each of them is.
  const kinds = new Set(text.split(PARTS).flatMap((part) => GENERAL_BY_TEXT.get(part.trim()) ?? []));
  if (kinds.size > 1) return undefined;
  const specific = found(text, SPECIFIC);
  if (specific.size === 1) return [...specific][0];
  if (specific.size > 1) return undefined;
  const general = found(text, GENERAL);
  // 国内出口企业 is a home customer; 国外/国内 as a list to choose from never holds both.
  if (general.has("国内")) return "国内";
  if (general.size > 0) return [...general][0];
  return HOME_ENDINGS.some((ending) => text.length > ending.length && text.endsWith(ending)) ? "国内" : undefined;
}

/** The kinds of the names in a text; a name inside a longer one (蒙古 in 内蒙古) is none. */
function found(text: string, list: readonly Name[]): Set<Place> {
  const places = new Set<Place>();
  let rest = text;
  for (const { text: name, place } of list) {
    if (!holds(rest, name)) continue;
    places.add(place);
    rest = rest.replaceAll(name, " ");
  }
  return places;
}

function holds(text: string, name: string): boolean {
  const at = text.indexOf(name);
  if (at < 0 || !LATIN.test(name)) return at >= 0;
  const before = text[at - 1] ?? " ";
  const after = text[at + name.length] ?? " ";
  return !/[a-z]/.test(before) && !/[a-z]/.test(after);
}
