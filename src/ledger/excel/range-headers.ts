import type { ColumnId } from "../../domain/columns.js";
import { matchHeaders, type HeaderMatch } from "../../domain/match-key.js";
import { headerText, type ExcelValue } from "./cell-values.js";
import type { Area } from "./ranges.js";

/** The row of headers of a ledger that is no Excel table. */
export interface RangeHeaders {
  /** Sheet row, from 0. */
  readonly row: number;
  /** First column, from 0. */
  readonly column: number;
  /** Header texts, blank ones empty; under a cell merged downwards, that cell's text. */
  readonly headers: readonly string[];
  /** What stands in the cells of the row itself. */
  readonly cells: readonly string[];
  readonly match: HeaderMatch;
}

/** Without these two there is nothing to judge. */
export const NEEDED: readonly ColumnId[] = ["receivedAt", "description"];

/** The top of a sheet, as loaded. */
export interface SheetTop {
  readonly area: Area;
  readonly values: readonly (readonly ExcelValue[])[];
  readonly merges: readonly Area[];
}

/**
 * The likeliest row of headers in the top of a sheet: the one that names most columns, then the fullest. Headers over
 * two rows, tied by cells merged downwards, count as the lower row. Undefined if the top is blank.
 */
export function findRangeHeaders(
  { area, values, merges }: SheetTop,
  mapping: ReadonlyMap<string, ColumnId>,
): RangeHeaders | undefined {
  let best: { index: number; named: number; filled: number } | undefined;
  const lines = values.map((_, index) => headerTexts(index));
  lines.forEach((headers, index) => {
    const named = matchHeaders(headers, mapping).columns.size;
    const filled = headers.filter((text) => text !== "").length;
    if (filled === 0) return;
    const better = !best || named > best.named || (named === best.named && filled > best.filled);
    const continues =
      best !== undefined &&
      named >= best.named &&
      merges.some((merge) => covers(merge, best!.index) && covers(merge, index));
    if (better || continues) best = { index, named, filled };
  });
  if (!best) return undefined;
  const all = lines[best.index]!;
  const { left, right } = run(all, matchHeaders(all, mapping));
  const headers = all.slice(left, right + 1);
  const cells = values[best.index]!.slice(left, right + 1).map(headerText);
  return {
    row: area.row + best.index,
    column: area.column + left,
    headers,
    cells,
    match: matchHeaders(headers, mapping),
  };

  function covers(merge: Area, index: number): boolean {
    return merge.row <= area.row + index && merge.row + merge.rows > area.row + index;
  }

  /** Under a cell merged downwards, its text counts for the rows it covers. */
  function headerTexts(index: number): string[] {
    return values[index]!.map((value, j) => {
      if (value !== "") return headerText(value);
      const merge = merges.find(
        (candidate) =>
          candidate.column === area.column + j && candidate.row < area.row + index && covers(candidate, index),
      );
      return merge ? headerText(values[merge.row - area.row]?.[j] ?? "") : "";
    });
  }
}

/**
 * The run of headers around the two needed ones, or around everything if they are missing. One blank header is stepped
 * over if a recognised column follows, for headers merged across; two blank ones end the ledger.
 */
function run(headers: readonly string[], match: HeaderMatch): { left: number; right: number } {
  const needed = NEEDED.flatMap((id) => match.columns.get(id) ?? []);
  const filled = headers.flatMap((text, i) => (text === "" ? [] : [i]));
  const start = needed.length === NEEDED.length ? needed : filled;
  let left = Math.min(...start);
  let right = Math.max(...start);
  const recognised = new Set(match.columns.values());
  const isFilled = (at: number): boolean => (headers[at] ?? "") !== "";
  const reach = (at: number, step: number): number => {
    if (isFilled(at + step)) return step;
    return isFilled(at + 2 * step) && recognised.has(at + 2 * step) ? 2 * step : 0;
  };
  for (let step = reach(left, -1); step !== 0; step = reach(left, -1)) left += step;
  for (let step = reach(right, 1); step !== 0; step = reach(right, 1)) right += step;
  return { left, right };
}
