import { addToList } from "../../domain/grouping.js";
import { countsOf, numbersOf, type Counted, type CountedRows, type Counts } from "./counts.js";
import type { Period } from "./period.js";
import type { ReportCase } from "./report-case.js";
import { rowsOf, together, type RowsBehind } from "./rows-behind.js";

/** Cases by their labels. */

/** One line of a breakdown; `label` undefined where the cases say nothing. */
export interface Tally extends Counted {
  readonly label: string | undefined;
}

/** Received cases, rows × columns. Row sums and column sums add up to the total. */
export interface CrossTable {
  readonly rows: readonly (string | undefined)[];
  readonly columns: readonly (string | undefined)[];
  /** By row, then by column. */
  readonly counts: readonly (readonly number[])[];
  readonly rowTotals: readonly number[];
  readonly columnTotals: readonly number[];
  readonly total: number;
  /** Rows behind each count, by row, then by column. */
  readonly behind: readonly (readonly RowsBehind[])[];
}

/** A line for each label that has a case received, ended or open in the period: most received first, blank last. */
export function tallies(
  cases: readonly ReportCase[],
  period: Period,
  labelOf: (c: ReportCase) => string | undefined,
): Tally[] {
  return [...grouped(cases, labelOf)]
    .map(([label, own]) => ({ label, ...countsOf(own, period) }))
    .filter((t) => t.received + t.ended + t.openAtStart > 0)
    .sort((a, b) => Number(a.label === undefined) - Number(b.label === undefined) || b.received - a.received);
}

/** A breakdown shortened; its lines together still add up to the whole. */
export interface FoldedTallies {
  /** The first lines that have a label. */
  readonly top: readonly Tally[];
  /** The sum of the other labels. */
  readonly rest: Tally | undefined;
  /** The cases without a label. */
  readonly blank: Tally | undefined;
}

export function topTallies(list: readonly Tally[], most: number): FoldedTallies {
  const labelled = list.filter(({ label }) => label !== undefined);
  const blank = list.find(({ label }) => label === undefined);
  if (labelled.length <= most) return { top: labelled, rest: undefined, blank };
  const others = labelled.slice(most);
  const rows = (key: keyof Counts): RowsBehind => together(others.map(({ behind }) => behind[key]));
  const behind: CountedRows = {
    received: rows("received"),
    ended: rows("ended"),
    openAtStart: rows("openAtStart"),
    openAtEnd: rows("openAtEnd"),
    onTime: rows("onTime"),
    late: rows("late"),
    withoutLimit: rows("withoutLimit"),
    due: rows("due"),
    dueKept: rows("dueKept"),
  };
  return { top: labelled.slice(0, most), rest: { label: undefined, ...numbersOf(behind), behind }, blank };
}

export function crossTable(
  cases: readonly ReportCase[],
  rowOf: (c: ReportCase) => string | undefined,
  columnOf: (c: ReportCase) => string | undefined,
): CrossTable {
  const rows = bySize(grouped(cases, rowOf));
  const columns = bySize(grouped(cases, columnOf));
  const behind = rows.map(([, own]) => columns.map(([label]) => rowsOf(own.filter((c) => columnOf(c) === label))));
  return {
    rows: rows.map(([label]) => label),
    columns: columns.map(([label]) => label),
    counts: behind.map((line) => line.map((own) => own.length)),
    behind,
    rowTotals: rows.map(([, own]) => own.length),
    columnTotals: columns.map(([, own]) => own.length),
    total: cases.length,
  };
}

function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    addToList(groups, key, item);
  }
  return groups;
}

/** Largest group first; the group without a label last. */
function bySize<T>(groups: ReadonlyMap<string | undefined, T[]>): [string | undefined, T[]][] {
  return [...groups].sort(([a, x], [b, y]) => Number(a === undefined) - Number(b === undefined) || y.length - x.length);
}
