import { addToList } from "../../domain/grouping.js";
import { INPUT_COLUMNS, type InputId } from "../../domain/columns.js";
import type { LedgerRow } from "../port.js";
import { type ExcelValue } from "./cell-values.js";
import { keyText } from "../output-cells.js";
import { eachInPortions } from "./give-way.js";

/**
 * How a row is known again after other people have sorted, inserted or deleted rows: by its 投诉编号, and where rows have
 * none or share one, by 受理时间 and 投诉内容, and by as many further columns as it takes to tell the rows apart.
 */

/**
 * Columns by which every row is told from every other, as far as its inputs differ at all, and from the blank rows that
 * may stand between them.
 */
export async function keyColumns(
  filled: readonly Pick<LedgerRow, "cells">[],
  present: ReadonlySet<InputId>,
): Promise<InputId[]> {
  const ids = filled.map(({ cells }) => keyText(cells.id));
  const numbered = present.has("id");
  if (numbered && !ids.includes("") && new Set(ids).size === ids.length) return ["id"];
  const rows = [...filled, { cells: {} }];
  const chosen: InputId[] = (["id", "receivedAt", "description"] as const).filter((id) => present.has(id));
  let alike = [rows.map((_, index) => index)];
  for (const id of chosen) alike = await split(rows, alike, [id]);
  const candidates = INPUT_COLUMNS.map(({ id }) => id).filter((id) => present.has(id) && !chosen.includes(id));
  const least = surplus(await split(rows, alike, candidates));
  for (const candidate of candidates) {
    if (surplus(alike) === least) break;
    const finer = await split(rows, alike, [candidate]);
    if (surplus(finer) === surplus(alike)) continue;
    chosen.push(candidate);
    alike = finer;
  }
  return chosen;
}

/** Splits groups of rows (indexes) by more columns; rows that are told apart already are in no group. */
async function split(
  rows: readonly Pick<LedgerRow, "cells">[],
  groups: readonly number[][],
  columns: readonly InputId[],
): Promise<number[][]> {
  const finer: number[][] = [];
  for (const group of groups) {
    const parts = new Map<string, number[]>();
    await eachInPortions(group, (index) => {
      const { cells } = rows[index]!;
      const text = columns.length === 1 ? cellKey(cells[columns[0]!]) : rowKey(columns.map((id) => cells[id]));
      addToList(parts, text, index);
    });
    for (const part of parts.values()) if (part.length > 1) finer.push(part);
  }
  return finer;
}

/** How many rows more there are than can be told apart. */
function surplus(groups: readonly number[][]): number {
  return groups.reduce((sum, group) => sum + group.length - 1, 0);
}

function cellKey(value: LedgerRow["cells"][InputId] | ExcelValue | undefined): string {
  return typeof value === "object" && value !== null ? value.error : keyText(value);
}

/** A row's key from the values of its key columns. Numbers and texts that look alike are alike; blanks are blank however spelt. */
export function rowKey(values: readonly (LedgerRow["cells"][InputId] | ExcelValue | undefined)[]): string {
  return JSON.stringify(values.map(cellKey));
}

/** Where a wanted row is now, or why it can't be said. */
export type Whereabouts =
  | { readonly kind: "found"; readonly at: number }
  | { readonly kind: "vanished" }
  /** More rows have its key than were read: a copy was made, and it can't be said which one is the row. */
  | { readonly kind: "ambiguous" };

/**
 * Finds rows by their keys among the keys that stand in the sheet now (`present[at]`). Rows of one key are alike in every
 * input, so they are taken in turn. `wanted` must hold every row that was read with these keys, written or not.
 */
export function findRows(wanted: readonly string[], present: readonly string[]): Whereabouts[] {
  const places = new Map<string, number[]>();
  present.forEach((key, at) => {
    addToList(places, key, at);
  });
  const readTimes = new Map<string, number>();
  for (const key of wanted) readTimes.set(key, (readTimes.get(key) ?? 0) + 1);
  const taken = new Map<string, number>();
  return wanted.map((key): Whereabouts => {
    const found = places.get(key) ?? [];
    if (found.length > readTimes.get(key)!) return { kind: "ambiguous" };
    const turn = taken.get(key) ?? 0;
    taken.set(key, turn + 1);
    const at = found[turn];
    return at === undefined ? { kind: "vanished" } : { kind: "found", at };
  });
}
