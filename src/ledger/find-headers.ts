import { column, type ColumnId } from "../domain/columns.js";
import { matchHeaders, type HeaderMatch, type HeaderMeaning } from "../domain/match-key.js";
import type { Area } from "../ooxml/references.js";
import { blocksBeside, ledgerBlock, type Block, type HeaderRowTexts } from "./header-blocks.js";

/** Which row of which sheet is the ledger's row of headers: decided here for files and for Excel alike. */

/** Without these two there is nothing to judge. */
export const NEEDED: readonly ColumnId[] = ["receivedAt", "description"];

/** How far down the headers of a plain range are looked for. */
export const HEADER_ROWS = 30;

/** The top of a sheet. Rows and columns count from 1, as in the sheet. */
export interface SheetTop {
  /** Texts by row, then by column; absent where a cell is blank or holds no text or number, or belongs to a table. */
  readonly texts: readonly (readonly (string | undefined)[] | undefined)[];
  /** Merged areas; asked for only if the sheet has the needed headers somewhere. */
  readonly merges: () => readonly Area[];
}

/** The row of headers of a ledger that is no Excel table. */
export interface FoundHeaders {
  readonly row: number;
  readonly left: number;
  readonly right: number;
  /** Header texts from `left` to `right`, blank ones empty; under a cell merged downwards, that cell's text. */
  readonly headers: readonly string[];
  /** What stands in the cells of the row itself. */
  readonly cells: readonly string[];
  readonly match: HeaderMatch;
  /** What stands above the headers; blank if nothing does. */
  readonly title: string;
  /** Further ledgers beside it, over the same rows. */
  readonly ledgersBeside: readonly FoundHeaders[];
  /** Other tables beside it. */
  readonly tablesBeside: readonly BesideTable[];
}

/** A table beside the ledger that is none of it. Columns count from 1. */
export interface BesideTable {
  readonly left: number;
  readonly headers: readonly string[];
}

/**
 * The likeliest row of headers in the top of a sheet: the one that names most columns, then the fullest. Headers over
 * two rows, tied by cells merged downwards, count as the lower row. Undefined if the top is blank.
 */
export function findHeaders(top: SheetTop, mapping: ReadonlyMap<string, HeaderMeaning>): FoundHeaders | undefined {
  const { texts } = top;
  const any = new Set(texts.flatMap((line) => (line ?? []).filter((text) => text !== undefined)));
  if (any.size === 0) return undefined;
  // Merged areas may be costly to get at, and most sheets are no ledger.
  const merges = mayHaveNeeded(any, mapping) ? top.merges() : [];
  let best: { row: number; headers: string[]; named: number; filled: number } | undefined;
  for (let row = 1; row < texts.length && row <= HEADER_ROWS; row++) {
    const headers = headerTexts(texts, row, merges, mapping);
    const filled = headers.filter((text) => text !== "").length;
    // It names at most as many columns as it has texts; rows of data need not be compared with all headers.
    if (filled === 0 || (best && filled < best.named)) continue;
    const named = matchHeaders(headers, mapping).columns.size;
    const better = !best || named > best.named || (named === best.named && filled > best.filled);
    const above = best?.row;
    const continues =
      best !== undefined && named >= best.named && merges.some((m) => m.top <= above! && m.bottom >= row);
    if (better || continues) best = { row, headers, named, filled };
  }
  if (!best) return undefined;
  return foundIn(top, best, mapping);
}

/** The ledger of a row of headers, and what stands beside it. */
function foundIn(
  { texts }: SheetTop,
  { row, headers }: { readonly row: number; readonly headers: readonly string[] },
  mapping: ReadonlyMap<string, HeaderMeaning>,
): FoundHeaders {
  const line = texts[row] ?? [];
  const rowTexts: HeaderRowTexts = {
    headers,
    below: Array.from({ length: Math.max(0, texts.length - row - 1) }, (_, i) => (texts[row + 1 + i] ?? []).slice(1)),
  };
  const made = ({ left, right }: Block): FoundHeaders => {
    const own = headers.slice(left, right + 1);
    return {
      ...{ row, left: left + 1, right: right + 1, headers: own },
      cells: own.map((_, i) => line[left + 1 + i] ?? ""),
      match: matchHeaders(own, mapping),
      title: titleAbove(texts, row),
      ...{ ledgersBeside: [], tablesBeside: [] },
    };
  };
  const ledger = ledgerBlock(rowTexts, matchHeaders(headers, mapping), NEEDED, mapping);
  const beside = blocksBeside(rowTexts, ledger).map(made);
  return {
    ...made(ledger),
    ledgersBeside: beside.filter(({ match }) => hasNeeded(match)),
    tablesBeside: beside
      .filter(({ match }) => !hasNeeded(match))
      .map(({ left, headers: own }) => ({ left, headers: own })),
  };
}

function titleAbove(texts: SheetTop["texts"], row: number): string {
  const above = texts.slice(0, row).flatMap((line) => (line ?? []).filter((text) => text !== undefined));
  return above.join(" ").slice(0, LONGEST_TITLE);
}

const LONGEST_TITLE = 200;

/** All that is needed, or 投诉内容 with a 日期 that may stand under 受理. */
function mayHaveNeeded(any: ReadonlySet<string | undefined>, mapping: ReadonlyMap<string, HeaderMeaning>): boolean {
  const texts = [...any].filter((text) => text !== undefined);
  const { columns } = matchHeaders(texts, mapping);
  if (NEEDED.every((id) => columns.has(id))) return true;
  return columns.has("description") && texts.some((text) => isGeneric(text));
}

/** Headers that say what they are of only with the heading above them: 受理 over 日期 and 时间, 业主 over 姓名 and 电话. */
const GENERIC =
  /^(?:日期|时间|姓名|名称|电话|手机|内容|类型|类别|人员|人|金额|情况|状态|结果|部门|编号|date|time|name|phone|amount|status|no\.?|number)$/iu;

function isGeneric(text: string): boolean {
  return GENERIC.test(text.replace(/\s+/gu, ""));
}

/** The header under a heading merged across: with the heading, where it says too little alone and both together are known. */
function underHeading(
  text: string,
  heading: string | undefined,
  left: string | undefined,
  mapping: ReadonlyMap<string, HeaderMeaning>,
): string {
  if (heading === undefined) return text;
  // 时间 beside 日期 under one heading is the time of that day.
  if (/^(?:时间|time)$/iu.test(text.trim()) && /^(?:日期|date)$/iu.test(left?.trim() ?? "")) return text;
  const isKnown = (header: string): boolean => matchHeaders([header], mapping).columns.size > 0;
  if (isKnown(text) && !isGeneric(text)) return text;
  const separator = /\p{Script=Han}$/u.test(heading.trim()) ? "" : " ";
  const whole = `${heading.trim()}${separator}${text.trim()}`;
  return isKnown(whole) ? whole : text;
}

/**
 * Texts of a row from column 1 on; under a cell merged downwards, its text counts for the rows it covers, and under one
 * merged across it is read with it where it says too little alone.
 */
function headerTexts(
  texts: SheetTop["texts"],
  row: number,
  merges: readonly Area[],
  mapping: ReadonlyMap<string, HeaderMeaning>,
): string[] {
  const headers: string[] = [];
  const width = texts.reduce((widest, line) => Math.max(widest, line?.length ?? 0), 0);
  const above = merges.filter((merge) => merge.top < row && merge.bottom >= row);
  // A title over the whole sheet is no heading of single columns.
  const headings = merges.filter(
    ({ bottom, left, right }) => bottom === row - 1 && right > left && right - left < Math.max(4, width / 2),
  );
  for (let col = 1; col < width; col++) {
    const text = texts[row]?.[col];
    const merge = text === undefined ? above.find(({ left }) => left === col) : undefined;
    if (text === undefined) {
      headers.push((merge ? texts[merge.top]?.[col] : undefined) ?? "");
      continue;
    }
    const over = headings.find(({ left, right }) => left <= col && col <= right);
    headers.push(underHeading(text, over && texts[over.top]?.[over.left], texts[row]?.[col - 1], mapping));
  }
  return headers;
}

export function hasNeeded({ columns }: HeaderMatch): boolean {
  return NEEDED.every((id) => columns.has(id));
}

/** A row of headers that may be the ledger's. */
export interface Candidate {
  /** The table's name, or the sheet's. */
  readonly name: string;
  readonly sheet: string;
  readonly hidden: boolean;
  readonly match: HeaderMatch;
}

/** Names of candidates in a sentence: all of them, as a person has to choose. */
export function namesText(names: readonly string[]): string {
  return names.map((name) => `“${name}”`).join("、");
}

/** What candidates come to. */
export type Choice<Of> =
  | { readonly kind: "found"; readonly candidate: Of }
  | { readonly kind: "several"; readonly names: readonly string[] }
  | { readonly kind: "none" };

/** The one candidate that has both needed headers; visible ones go before hidden ones. */
export function chooseLedger<Of extends Candidate>(candidates: readonly Of[]): Choice<Of> {
  const ledgers = candidates.filter(({ match }) => hasNeeded(match));
  const visible = ledgers.filter(({ hidden }) => !hidden);
  const open = visible.length > 0 ? visible : ledgers;
  const [first, second] = open;
  if (!first) return { kind: "none" };
  if (second) return { kind: "several", names: open.map(({ name }) => name) };
  return { kind: "found", candidate: first };
}

/** What is missing where no candidate will do, and on which sheet the likeliest of them stands; blank if none comes near. */
export function whatIsMissing(candidates: readonly Candidate[]): { readonly missing: string; readonly sheet: string } {
  const best = [...candidates]
    .sort((a, b) => b.match.columns.size - a.match.columns.size)
    .find(({ match }) => NEEDED.some((id) => match.columns.has(id)));
  const missing = NEEDED.filter((id) => !best?.match.columns.has(id)).map((id) => column(id).header);
  return { missing: missing.join("、"), sheet: best?.sheet ?? "" };
}
