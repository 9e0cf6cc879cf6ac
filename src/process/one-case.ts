import { addToList } from "../domain/grouping.js";

/** A row as part of a chain of complaints that continue one another (原投诉编号). */
export interface ChainRow {
  readonly index: number;
  /** Pack and number, and those of the row it continues; undefined if it continues none. */
  readonly key: string;
  readonly follows: string | undefined;
  /** 不成立: nobody is charged by it. */
  readonly rejected: boolean;
}

/**
 * Rows that continue one case side by side, by case: the loss of a case is borne once, so nobody can tell which of them
 * says who bears it. Rows that go on under a further number, or were not upheld, don't count.
 */
export function sideBySide(rows: readonly ChainRow[]): number[][] {
  const cases = new Map<string, string>();
  const caseOf = (key: string): string => {
    let root = key;
    for (let next = cases.get(root); next !== undefined; next = cases.get(root)) root = next;
    return root;
  };
  const followed = new Set<string>();
  for (const { key, follows } of rows) {
    if (follows === undefined) continue;
    followed.add(follows);
    const [a, b] = [caseOf(key), caseOf(follows)];
    if (a !== b) cases.set(a, b);
  }
  const ends = new Map<string, number[]>();
  for (const { index, key, follows, rejected } of rows) {
    // A row that continues nothing is either continued itself, or only bears the number of one that does.
    if (rejected || follows === undefined || followed.has(key)) continue;
    const root = caseOf(key);
    addToList(ends, root, index);
  }
  return [...ends.values()].filter((indexes) => indexes.length > 1);
}
