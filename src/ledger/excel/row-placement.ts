import { addToList } from "../../domain/grouping.js";
import { eachInPortions, giveWayIfDue } from "./give-way.js";
import { HostProblem } from "./host-problem.js";
import type { LedgerNow } from "./locate-rows.js";
import type { NewColumns } from "./new-columns.js";
import { overlap } from "./ranges.js";
import type { CellEdit, ReadRow, RowEdit } from "./row-edits.js";
import { findRows } from "./row-identity.js";

/** Bringing edits to the rows and columns where they belong now. */

/** A sheet row with the edits that belong there now. */
export interface PlacedRow {
  readonly row: number;
  readonly edits: readonly RowEdit[];
  /** By position in the sheet. */
  readonly cells: ReadonlyMap<number, CellEdit>;
}

export interface Placed {
  /** In ascending order. */
  readonly rows: readonly PlacedRow[];
  readonly moved: readonly number[];
  readonly vanished: readonly number[];
  readonly ambiguous: readonly number[];
  readonly keptFormulas: number;
}

/** Places edits. `rows` are the rows as they were read, `keys` the keys they have by now. */
export async function placeEdits(
  rows: readonly ReadRow[],
  keys: readonly string[],
  edits: readonly RowEdit[],
  now: LedgerNow,
  columnOf: ColumnFinder,
): Promise<Placed> {
  await giveWayIfDue();
  const whereabouts = findRows(keys, now.keys);
  await giveWayIfDue();
  const places = placesByKey(now.keys);
  const lost = { vanished: [] as number[], ambiguous: [] as number[] };
  const moved: number[] = [];
  const byRow = new Map<number, RowEdit[]>();
  const columns = new Map<string, number>();
  await eachInPortions(edits, (edit) => {
    for (const { header } of edit.cells) if (!columns.has(header)) columns.set(header, columnOf(header));
    const { source } = edit;
    const found = source === undefined ? undefined : whereabouts[source]!;
    if (source !== undefined && found && found.kind !== "found") lost[found.kind].push(source);
    const at =
      found?.kind === "found" ? found.at : source === undefined ? nearest(places.get(edit.key), edit, now) : undefined;
    if (at === undefined) return;
    const row = now.bodyRow + at;
    if (source !== undefined && row !== rows[source]!.row) moved.push(source);
    addToList(byRow, row, edit);
  });
  const reach = [...columns.values()];
  const formulas = now.formulas.filter((area) =>
    reach.some((at) => at >= area.column && at < area.column + area.columns),
  );
  let keptFormulas = 0;
  const placed: PlacedRow[] = [];
  const ascending = [...byRow].sort(([a], [b]) => a - b);
  await eachInPortions(ascending, ([row, editsOfRow]) => {
    const cells = new Map<number, CellEdit>();
    for (const edit of editsOfRow) {
      for (const cell of edit.cells) {
        const at = columns.get(cell.header)!;
        if (formulas.some((area) => overlap(area, { row, column: at, rows: 1, columns: 1 }))) keptFormulas += 1;
        else cells.set(at, cell);
      }
    }
    if (cells.size > 0) placed.push({ row, edits: editsOfRow, cells });
  });
  return { rows: placed, moved, ...lost, keptFormulas };
}

function placesByKey(keys: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  keys.forEach((key, at) => {
    addToList(places, key, at);
  });
  return places;
}

/** Of several places, the one nearest to where the row was last seen. */
function nearest(places: readonly number[] | undefined, { near = 0 }: RowEdit, now: LedgerNow): number | undefined {
  const distance = (at: number): number => Math.abs(now.bodyRow + at - near);
  return places?.reduce((best, at) => (distance(at) < distance(best) ? at : best));
}

/** Position in the sheet of the column with a header. Throws `HostProblem` header-gone. */
export type ColumnFinder = (header: string) => number;

export function columnFinder(now: LedgerNow, { positions }: NewColumns): ColumnFinder {
  return (header) => {
    const index = now.headers.indexOf(header);
    const at = index >= 0 ? now.left + index : positions.get(header);
    if (at === undefined) throw new HostProblem("header-gone", { header, sheet: now.sheetName });
    return at;
  };
}
