import { findPack } from "../process/choose-pack.js";
import type { Outcome, RowOutcome } from "../process/outcome.js";
import type { Pack } from "../rules/pack.js";

/** A complaint is known by its pack and its number: regulations number on their own. */
export interface ComplaintKey {
  readonly id: string;
  /** The pack by id or title; undefined: the only one that has the number. */
  readonly pack: string | undefined;
}

export type FoundComplaint =
  | { readonly kind: "none" }
  /** Several packs have the number; ids in the order of the rows. */
  | { readonly kind: "several"; readonly packs: readonly string[] }
  /** Several rows only where one pack has the number twice. */
  | { readonly kind: "found"; readonly rows: readonly RowOutcome[] };

/** The rows of a complaint. */
export function findComplaint(
  { rows }: Outcome,
  packs: ReadonlyMap<string, Pack>,
  { id, pack }: ComplaintKey,
): FoundComplaint {
  const wanted = pack === undefined ? undefined : findPack(pack, packs)?.header.id;
  const found = rows.filter((row) => row.id === id && (pack === undefined || row.packId === wanted));
  if (found.length === 0) return { kind: "none" };
  const ids = [...new Set(found.map(({ packId }) => packId ?? ""))];
  return ids.length > 1 ? { kind: "several", packs: ids } : { kind: "found", rows: found };
}
