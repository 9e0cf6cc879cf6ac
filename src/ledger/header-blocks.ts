import { matchHeaders, type HeaderMatch, type HeaderMeaning } from "../domain/match-key.js";
import type { ColumnId } from "../domain/columns.js";

/**
 * What of a row of headers is the ledger's. Another table may stand beside it, over the same rows: a second ledger, a
 * legend of levels, a count by month. A blank column with nothing in it parts them, unless what stands beyond runs down
 * with the ledger's own rows and is nothing the ledger has already.
 */

/** Columns by position in the headers, both included. */
export interface Block {
  readonly left: number;
  readonly right: number;
}

export interface HeaderRowTexts {
  readonly headers: readonly string[];
  /** Texts below the headers near the top, by position in the headers; blank ones absent. */
  readonly below: readonly (readonly (string | undefined)[])[];
}

/** What the ledger needs; with both of them a block is a ledger of its own. */
type Needed = readonly ColumnId[];

/** Of the ledger's filled rows near the top, so many are filled beyond a blank column that is the ledger's. */
const RUNS_ALONG = 0.6;

/** The run of headers around the needed ones, or around everything if they are missing. */
export function ledgerBlock(
  texts: HeaderRowTexts,
  match: HeaderMatch,
  needed: Needed,
  mapping: ReadonlyMap<string, HeaderMeaning>,
): Block {
  const { headers } = texts;
  const found = needed.flatMap((id) => match.columns.get(id) ?? []);
  const filled = headers.flatMap((text, i) => (text === "" ? [] : [i]));
  const start = found.length === needed.length ? found : filled;
  let block: Block = { left: Math.min(...start), right: Math.max(...start) };
  const recognised = new Set(match.columns.values());
  const isFilled = (at: number): boolean => (headers[at] ?? "") !== "";
  const reach = (edge: number, step: 1 | -1): number => {
    if (isFilled(edge + step)) return step;
    if (!isFilled(edge + 2 * step) || !recognised.has(edge + 2 * step)) return 0;
    if (!isBlankBelow(texts, edge + step)) return 2 * step;
    return isPart(texts, block, blockAt(headers, edge + 2 * step), mapping) ? 2 * step : 0;
  };
  for (let step = reach(block.left, -1); step !== 0; step = reach(block.left, -1))
    block = { ...block, left: block.left + step };
  for (let step = reach(block.right, 1); step !== 0; step = reach(block.right, 1))
    block = { ...block, right: block.right + step };
  return beforeSecond(block, headers, needed, mapping);
}

/** Other blocks of the same row with something below them. */
export function blocksBeside(texts: HeaderRowTexts, ledger: Block): Block[] {
  const { headers } = texts;
  const blocks: Block[] = [];
  for (let at = 0; at < headers.length; at++) {
    if (at === ledger.left) at = ledger.right;
    else if (headers[at] !== "") {
      const block = blockAt(headers, at);
      const right = at < ledger.left ? Math.min(block.right, ledger.left - 1) : block.right;
      const hasRows = filledRows(texts, { left: at, right }).length > 0;
      if (right > at && hasRows) blocks.push({ left: at, right });
      at = right;
    }
  }
  return blocks;
}

function blockAt(headers: readonly string[], at: number): Block {
  let [left, right] = [at, at];
  while (left > 0 && headers[left - 1] !== "") left--;
  while (right + 1 < headers.length && headers[right + 1] !== "") right++;
  return { left, right };
}

function isBlankBelow({ below }: HeaderRowTexts, at: number): boolean {
  return below.every((line) => (line[at] ?? "") === "");
}

function filledRows({ below }: HeaderRowTexts, { left, right }: Block): number[] {
  return below.flatMap((line, row) => (line.slice(left, right + 1).some((text) => (text ?? "") !== "") ? [row] : []));
}

/** Whether a block beyond a blank column is the ledger's: somebody has said so, or its rows run along and nothing comes twice. */
function isPart(
  texts: HeaderRowTexts,
  ledger: Block,
  block: Block,
  mapping: ReadonlyMap<string, HeaderMeaning>,
): boolean {
  const matched = (of: Block): HeaderMatch => matchHeaders(texts.headers.slice(of.left, of.right + 1), mapping);
  const [own, other] = [matched(ledger), matched(block)];
  if (other.chosen.size > 0) return true;
  if ([...other.columns.keys()].some((id) => own.columns.has(id))) return false;
  const rows = filledRows(texts, ledger);
  const along = new Set(filledRows(texts, block));
  return rows.filter((row) => along.has(row)).length >= rows.length * RUNS_ALONG && along.size <= rows.length;
}

/** A block in which all that is needed comes twice over is two ledgers without a gap: the first of them. */
function beforeSecond(
  block: Block,
  headers: readonly string[],
  needed: Needed,
  mapping: ReadonlyMap<string, HeaderMeaning>,
): Block {
  const { columns, duplicates } = matchHeaders(headers.slice(block.left, block.right + 1), mapping);
  const first = Math.max(...needed.map((id) => columns.get(id) ?? Infinity));
  const second = needed.map((id) => duplicates.find(({ column, index }) => column === id && index > first)?.index);
  if (first === Infinity || second.some((index) => index === undefined)) return block;
  // The second begins where the first of its headers stands that the first has as well.
  const again = duplicates.filter(({ index }) => index > first).map(({ index }) => index);
  return { left: block.left, right: block.left + Math.min(...again) - 1 };
}
