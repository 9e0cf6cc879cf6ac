import { findPhoneNumbersInText } from "libphonenumber-js/min";
import { AhoCorasick, Occurrences } from "../../rules/aho-corasick.js";

/**
 * Names and telephone numbers hidden in what leaves the house. A name is hidden wherever it stands, in a cell of its own or
 * within a text; two persons never become one, so that counts by person stay what they are.
 */
export class Masker {
  private readonly names: readonly string[];
  private readonly hidden: readonly string[];
  private readonly finder: AhoCorasick;
  private readonly found = new Occurrences();

  /** `names`: of whoever the ledger knows, as they are written there. */
  constructor(names: Iterable<string>) {
    this.names = [...new Set([...names].map((name) => name.trim()))]
      .filter((name) => Array.from(name).length > 1)
      .sort();
    this.hidden = differing(this.names.map(hiddenName));
    this.finder = new AhoCorasick(this.names);
  }

  text(text: string): string {
    return withoutNumbers(this.withoutNames(text));
  }

  /** The same of whatever holds texts: lists, maps and plain objects, as deep as they go. */
  all<T>(value: T): T {
    return this.inside(value) as T;
  }

  private inside(value: unknown): unknown {
    if (typeof value === "string") return this.text(value);
    if (Array.isArray(value)) return value.map((item) => this.inside(item));
    if (value instanceof Map)
      return new Map([...value].map(([key, item]) => [this.inside(key), this.inside(item)] as const));
    if (typeof value !== "object" || value === null || !isPlain(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.inside(item)]));
  }

  /** Of names that overlap the first counts, of those that begin together the longest: 王平安 is not 王平. */
  private withoutNames(text: string): string {
    this.found.clear();
    this.finder.scan(text, this.found);
    const { count, starts, ends, patterns } = this.found;
    const hits = Array.from({ length: count }, (_, i) => ({
      start: starts[i]!,
      end: ends[i]!,
      hidden: this.hidden[patterns[i]!]!,
    })).sort((a, b) => a.start - b.start || b.end - a.end);
    let result = "";
    let done = 0;
    for (const { start, end, hidden } of hits) {
      if (start < done) continue;
      result += text.slice(done, start) + hidden;
      done = end;
    }
    return result + text.slice(done);
  }
}

const MARK = "*";
/** Two-character surnames still in use; of others one character is the surname. */
const LONG_SURNAMES =
  /^(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|长孙|宇文|端木|南宫|独孤|轩辕|百里|申屠)./u;
const COMPANY = /公司|厂|店|集团|中心|医院|学校|酒店|宾馆|商行|事务所|物业|\b(?:ltd|inc|gmbh|co|llc|corp|as)\b/iu;

/** 张三 → 张*, 欧阳明日 → 欧阳**, 红星家具有限公司 → 红星****, Anna Berg → A*** B***. */
function hiddenName(name: string): string {
  if (/^[\p{Script=Latin}\s.'’-]+$/u.test(name)) return name.replace(/\p{Script=Latin}+/gu, ([first]) => `${first}***`);
  const characters = Array.from(name);
  if (COMPANY.test(name) || characters.length > 5) return `${characters.slice(0, 2).join("")}${MARK.repeat(4)}`;
  const kept = LONG_SURNAMES.test(name) ? 2 : 1;
  return characters.slice(0, kept).join("") + MARK.repeat(characters.length - kept);
}

/** 张三 and 张四 are both 张*: the second is 张*2. */
function differing(hidden: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return hidden.map((text) => {
    const before = seen.get(text) ?? 0;
    seen.set(text, before + 1);
    return before === 0 ? text : `${text}${before + 1}`;
  });
}

/** A number without its area code could as well be an order's: it stays. */
const LEAST_DIGITS = 10;
const AT_FRONT = 3;
const AT_END = 4;

/** 13812345678 → 138****5678; what parts the digits stays. */
function withoutNumbers(text: string): string {
  if (!/\d/.test(text)) return text;
  let result = "";
  let done = 0;
  for (const { startsAt, endsAt } of findPhoneNumbersInText(text, { defaultCountry: "CN" })) {
    const number = text.slice(startsAt, endsAt);
    const digits = number.replace(/\D/g, "").length;
    if (digits < LEAST_DIGITS) continue;
    let at = 0;
    const hidden = number.replace(/\d/g, (digit) => {
      at += 1;
      return at <= AT_FRONT || at > digits - AT_END ? digit : MARK;
    });
    result += text.slice(done, startsAt) + hidden;
    done = endsAt;
  }
  return result + text.slice(done);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
