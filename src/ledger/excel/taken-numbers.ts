/**
 * Numbers that somebody gave while a run was under way. 投诉编号 is one of its pack only, so a number taken in another
 * pack is no conflict, and neither is one that was there when the run read the ledger: it was taken into account.
 */

/** A row's 投诉编号 and what stands in its 适用制度; blank texts where it has none. */
export interface NumberedRow {
  readonly id: string;
  readonly pack: string;
}

/** Tells whether a number has newly appeared in a pack. `pack` is the text in the row's 适用制度. */
export type IsTaken = (id: string, pack: string) => boolean;

/**
 * Compares the numbers as they were read with those that stand there now. `packOf`: the packs behind the texts of
 * 适用制度, as the run took them; a text it never met may mean any pack, so a number beside it counts as taken.
 */
export function takenNumbers(
  read: readonly NumberedRow[],
  now: readonly NumberedRow[],
  packOf: ReadonlyMap<string, string>,
): IsTaken {
  const known = new Map<string, number>();
  for (const row of read) known.set(keyOf(row), (known.get(keyOf(row)) ?? 0) + 1);
  const appeared = new Map<string, Set<string>>();
  for (const row of now) {
    if (row.id === "") continue;
    const left = known.get(keyOf(row)) ?? 0;
    known.set(keyOf(row), left - 1);
    if (left > 0) continue;
    const packs = appeared.get(row.id);
    if (packs) packs.add(row.pack);
    else appeared.set(row.id, new Set([row.pack]));
  }
  const samePack = (a: string, b: string): boolean => {
    const [packA, packB] = [packOf.get(a), packOf.get(b)];
    return a === b || packA === undefined || packB === undefined || packA === packB;
  };
  return (id, pack) => [...(appeared.get(id) ?? [])].some((other) => samePack(pack, other));
}

function keyOf({ id, pack }: NumberedRow): string {
  return JSON.stringify([id, pack]);
}
