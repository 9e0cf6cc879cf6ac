import { INPUT_COLUMNS, type InputId } from "../../domain/columns.js";
import type { LedgerRow } from "../port.js";
import { keyText, type ExcelValue } from "./cell-values.js";

/**
 * How a row is known again after other people have sorted, inserted or deleted rows: by its 投诉编号, and where rows have
 * none or share one, by 受理时间 and 投诉内容, and by as many further columns as it takes to tell the rows apart.
 */

/** Columns by which every row is told from every other, as far as its inputs differ at all. */
export function keyColumns(rows: readonly Pick<LedgerRow, "cells">[], present: ReadonlySet<InputId>): InputId[] {
  const ids = rows.map(({ cells }) => keyText(cells.id));
  const numbered = present.has("id");
  if (numbered && !ids.includes("") && new Set(ids).size === ids.length) return ["id"];
  const chosen: InputId[] = (["id", "receivedAt", "description"] as const).filter((id) => present.has(id));
  let groups = groupSizes(rows, chosen);
  const candidates = INPUT_COLUMNS.map(({ id }) => id).filter((id) => present.has(id) && !chosen.includes(id));
  const finest = groupSizes(rows, [...chosen, ...candidates]);
  for (const candidate of candidates) {
    if (groups === finest) break;
    const finer = groupSizes(rows, [...chosen, candidate]);
    if (finer === groups) continue;
    chosen.push(candidate);
    groups = finer;
  }
  return chosen;
}

/** The number of different keys. */
function groupSizes(rows: readonly Pick<LedgerRow, "cells">[], columns: readonly InputId[]): number {
  return new Set(rows.map(({ cells }) => rowKey(columns.map((id) => cells[id])))).size;
}

/** A row's key from the values of its key columns. Numbers and texts that look alike are alike; blanks are blank however spelt. */
export function rowKey(values: readonly (LedgerRow["cells"][InputId] | ExcelValue | undefined)[]): string {
  return JSON.stringify(
    values.map((value) => (typeof value === "object" && value !== null ? value.error : keyText(value))),
  );
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
    const list = places.get(key);
    if (list) list.push(at);
    else places.set(key, [at]);
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
