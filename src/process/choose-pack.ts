import { readCell } from "../domain/cell-reading.js";
import type { RawRow } from "../domain/complaint.js";
import { matchText } from "../domain/match-key.js";
import type { PackHeader } from "../rules/pack-schema.js";

/** The pack for rows that name none, where neither the caller nor 设置 says otherwise. */
const FALLBACK_PACK = "general";

/** As much of a pack as is needed to know it by name. */
interface Named {
  readonly header: Pick<PackHeader, "id" | "title">;
}

/** A pack by its id or its title in either language. */
export function findPack<T extends Named>(name: string, packs: ReadonlyMap<string, T>): T | undefined {
  const key = matchText(name.trim());
  const direct = packs.get(key);
  if (direct) return direct;
  return [...packs.values()].find(({ header: { id, title } }) =>
    [id, title.zh, title.en].some((text) => matchText(text) === key),
  );
}

/** The pack for rows that name none: what 设置 or the caller says, else the only one there is, else the general one. */
export function defaultPackName(chosen: string | undefined, packs: ReadonlyMap<string, unknown>): string {
  return chosen ?? (packs.size === 1 ? [...packs.keys()][0]! : FALLBACK_PACK);
}

/** What the rows of a ledger call their packs in 适用制度; undefined if any row leaves the choice to the default. */
export function packNames(rows: readonly RawRow[]): ReadonlySet<string | undefined> {
  const names = new Set<string | undefined>();
  for (const { cells } of rows) {
    const reading = readCell("text", cells.pack ?? null);
    names.add(reading.ok && !reading.blank ? reading.value : undefined);
  }
  return names;
}
