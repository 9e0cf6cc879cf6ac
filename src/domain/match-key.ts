import { COLUMNS, type ColumnId, type ColumnSpec } from "./columns.js";
import { HEADER_NAMES } from "./columns/header-names.js";
import { isDueHeader, wordsKey } from "./columns/header-words.js";
import { matchText } from "./match-text.js";

export { matchText };

/** Keys by which texts are compared. NFKC is for keys only: what a user wrote is never rewritten. */

const BRACKETED = /\([^()]*\)|\[[^[\]]*\]|\{[^{}]*\}|<[^<>]*>|【[^【】]*】|〔[^〔〕]*〕|《[^《》]*》|「[^「」]*」/g;
/** White space, zero-width characters and whatever else decorates a header without changing what it names. */
const DECORATION = /[\s\p{Cf}\p{P}\p{S}]/gu;

/**
 * The form in which headers are compared: NFKC, lower case, without what stands in brackets (units, hints), white space,
 * line breaks and marks: `* 损失金额\n（元）：` → `损失金额`, `国内 / 国外` → `国内国外`. A header all in brackets keeps its words.
 */
export function headerKey(text: string): string {
  const plain = matchText(text);
  return plain.replace(BRACKETED, "").replace(DECORATION, "") || plain.replace(DECORATION, "");
}

/** How a header came to its column, best first. */
const RANKS = ["mapping", "text", "header", "alias", "synonym", "beside"] as const;
type Rank = (typeof RANKS)[number];

interface Claim {
  readonly id: ColumnId;
  readonly rank: Rank;
}

/** Times at which something was done: a header of a day by which it should be never names one. */
const DONE_TIMES: ReadonlySet<ColumnId> = new Set<ColumnId>([
  "reportAt",
  "handoverAt",
  "firstReplyAt",
  "disciplineAt",
  "investigateAt",
  "approveAt",
  "answeredAt",
  "closeRequestedAt",
  "closeAt",
  "revisitAt",
  "feedbackAt",
]);

/** Other names of a column, those of its specification and those of other people's ledgers. */
export function synonymsOf({ id, synonyms = [] }: ColumnSpec): readonly string[] {
  const more = (HEADER_NAMES as Readonly<Record<string, string>>)[id] ?? "";
  return [
    ...synonyms,
    ...more
      .split(/[|\n]/u)
      .map((name) => name.trim())
      .filter((name) => name !== ""),
  ];
}

const CLAIMS: ReadonlyMap<string, Claim> = claims();
/** The same by words. */
const BY_WORDS: ReadonlyMap<string, Claim> = claimsByWords();

function claimsByWords(): Map<string, Claim> {
  const byWords = new Map<string, Claim>();
  const unclear = new Set<string>();
  const columns: readonly (ColumnSpec & { readonly id: ColumnId })[] = COLUMNS;
  for (const spec of columns) {
    // An output is known by its own name alone: whatever else a ledger has is its keeper's.
    const names = spec.role === "output" ? [] : [spec.header, spec.alias, ...synonymsOf(spec)];
    for (const name of names) {
      const key = wordsKey(name);
      if (key === "") continue;
      // 反馈日期 and 反馈时间 are two columns: by words alone nobody can tell which is meant.
      if ((byWords.get(key)?.id ?? spec.id) === spec.id) byWords.set(key, { id: spec.id, rank: "synonym" });
      else unclear.add(key);
    }
  }
  for (const key of unclear) byWords.delete(key);
  return byWords;
}

function claims(): Map<string, Claim> {
  const byKey = new Map<string, Claim>();
  const columns: readonly (ColumnSpec & { readonly id: ColumnId })[] = COLUMNS;
  const claim = (name: string, id: ColumnId, rank: Rank): void => {
    const key = headerKey(name);
    if (!byKey.has(key)) byKey.set(key, { id, rank });
  };
  for (const { header, id } of columns) claim(header, id, "header");
  for (const { alias, id } of columns) claim(alias, id, "alias");
  for (const { id } of columns) claim(id, id, "alias");
  for (const spec of columns) for (const synonym of synonymsOf(spec)) claim(synonym, spec.id, "synonym");
  return byKey;
}

const HEADERS: ReadonlyMap<string, ColumnId> = new Map(COLUMNS.map(({ header, id }) => [header, id]));

/** A header that stands in the row before as well, as a person tells it from the first: 投诉日期#2. */
export function headerAgain(header: string, time: number): string {
  return `${header.trim()}#${time}`;
}

/** What a person said a header means: a column, or none of them. */
export type HeaderMeaning = ColumnId | "none";

export interface HeaderMatch {
  /** Index into the headers, by column. */
  readonly columns: ReadonlyMap<ColumnId, number>;
  /** Columns whose header a person chose. */
  readonly chosen: ReadonlySet<ColumnId>;
  /** Headers that name a column another header already stands for. */
  readonly duplicates: readonly {
    readonly index: number;
    readonly column: ColumnId;
    readonly kept: number;
    /** A person chose this one as well. */
    readonly chosen: boolean;
  }[];
  /** Indexes of non-blank headers that no column claims. */
  readonly unrecognised: readonly number[];
}

/**
 * Finds the ledger's columns among headers. A header may be the column's own, its English alias, its id or a synonym;
 * where several name one column, the closest counts (own header before alias before synonym), then the first.
 * `mapping` is what the user chose for this workbook, by header key, and goes before everything else.
 */
export function matchHeaders(headers: readonly string[], mapping?: ReadonlyMap<string, HeaderMeaning>): HeaderMatch {
  const best = new Map<ColumnId, { readonly index: number; readonly rank: number }>();
  const claimed: { readonly index: number; readonly column: ColumnId; readonly chosen: boolean }[] = [];
  const unrecognised: number[] = [];
  const times = new Map<string, number>();
  headers.forEach((header, index) => {
    const key = headerKey(header);
    if (key === "") return;
    const time = (times.get(key) ?? 0) + 1;
    times.set(key, time);
    const again = time > 1 ? mapping?.get(headerKey(headerAgain(key, time))) : undefined;
    const claim =
      claimOf(header, again ?? mapping?.get(key)) ??
      timeBeside(header, claimed.at(-1), index, mapping?.has(key) === true);
    if (!claim) {
      unrecognised.push(index);
      return;
    }
    claimed.push({ index, column: claim.id, chosen: claim.rank === "mapping" });
    const rank = RANKS.indexOf(claim.rank);
    const found = best.get(claim.id);
    if (!found || rank < found.rank) best.set(claim.id, { index, rank });
  });
  const columns = new Map<ColumnId, number>();
  for (const { id } of COLUMNS) {
    const found = best.get(id);
    if (found) columns.set(id, found.index);
  }
  const duplicates = claimed
    .map(({ index, column, chosen: also }) => ({ index, column, kept: columns.get(column)!, chosen: also }))
    .filter(({ index, kept }) => index !== kept);
  const chosen = new Set([...best].flatMap(([id, { rank }]) => (RANKS[rank] === "mapping" ? [id] : [])));
  return { columns, chosen, duplicates, unrecognised };
}

function claimOf(header: string, mapped: HeaderMeaning | undefined): Claim | undefined {
  if (mapped === "none") return undefined;
  if (mapped !== undefined) return { id: mapped, rank: "mapping" };
  const exact = HEADERS.get(header.trim());
  const claim =
    exact === undefined
      ? (CLAIMS.get(headerKey(header)) ?? BY_WORDS.get(wordsKey(header)))
      : { id: exact, rank: "text" as const };
  return claim && DONE_TIMES.has(claim.id) && isDueHeader(header) ? undefined : claim;
}

/** 时间 right beside a day (投诉日期, 时间): the time of that day. */
function timeBeside(
  header: string,
  left: { readonly index: number; readonly column: ColumnId } | undefined,
  index: number,
  answered: boolean,
): Claim | undefined {
  if (answered || left?.index !== index - 1 || !JUST_A_TIME.test(header.trim())) return undefined;
  const spec: ColumnSpec = COLUMNS.find(({ id }) => id === left.column)!;
  return spec.kind === "datetime" && spec.role === "input" ? { id: left.column, rank: "beside" } : undefined;
}

const JUST_A_TIME = /^(?:具体)?(?:时间|时刻|时分|几点|time|time of day|hour)$/iu;

/** Whether a header is the column's own, in either language, and no synonym and no choice of a person's. */
export function isOwnHeader(header: string, id: ColumnId): boolean {
  const claim = CLAIMS.get(headerKey(header));
  return claim?.id === id && (claim.rank === "header" || claim.rank === "alias");
}

export interface MappingSuggestion {
  readonly column: ColumnId;
  /** 0 to 1: how alike the header and one of the column's names are. */
  readonly score: number;
}

const WORTH_SHOWING = 0.4;
const MOST_SUGGESTIONS = 3;

/**
 * Columns that an unrecognised header may stand for, likeliest first, at most three: for a person to choose from, never
 * to be applied unasked. Columns in `taken` already have a header and are left out.
 */
export function possibleMapping(header: string, taken: ReadonlySet<ColumnId> = new Set()): MappingSuggestion[] {
  const key = headerKey(header);
  const isDue = isDueHeader(header);
  const scores = new Map<ColumnId, number>();
  for (const [name, { id }] of CLAIMS) {
    if (taken.has(id) || (isDue && DONE_TIMES.has(id))) continue;
    scores.set(id, Math.max(scores.get(id) ?? 0, likeness(key, name)));
  }
  return [...scores]
    .map(([column, score]) => ({ column, score: Math.round(score * 100) / 100 }))
    .filter(({ score }) => score >= WORTH_SHOWING)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_SUGGESTIONS);
}

/** Dice's coefficient over pairs of neighbouring characters; a name that holds the other whole counts at least 0.6. */
function likeness(a: string, b: string): number {
  if (a === b) return 1;
  const pairsA = pairs(a);
  const pairsB = pairs(b);
  if (pairsA.length === 0 || pairsB.length === 0) return 0;
  const left = [...pairsB];
  let shared = 0;
  for (const pair of pairsA) {
    const at = left.indexOf(pair);
    if (at < 0) continue;
    left.splice(at, 1);
    shared += 1;
  }
  const dice = (2 * shared) / (pairsA.length + pairsB.length);
  return a.includes(b) || b.includes(a) ? Math.max(dice, 0.6) : dice;
}

function pairs(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2));
}
