import type { LedgerSnapshot } from "../ledger/port.js";
import { shownCell } from "../ledger/shown-cell.js";
import { findPack } from "../process/choose-pack.js";
import type { Outcome, RowOutcome } from "../process/outcome.js";
import type { Pack } from "../rules/pack.js";
import { settingsOf } from "./judge-ledger.js";

/** A complaint is known by its pack and its number: regulations number on their own. */
export interface ComplaintKey {
  readonly id: string;
  /** The pack by id or title; undefined: the only one that has the number. */
  readonly pack: string | undefined;
}

export type FoundComplaint =
  | { readonly kind: "none" }
  /** Only packs other than the one asked for have the number; ids in the order of the rows. */
  | { readonly kind: "elsewhere"; readonly packs: readonly string[] }
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
  const numbered = rows.filter((row) => row.id === id);
  if (numbered.length === 0) return { kind: "none" };
  const found = numbered.filter((row) => pack === undefined || row.packId === wanted);
  const ids = [...new Set((found.length > 0 ? found : numbered).map(({ packId }) => packId ?? ""))];
  if (found.length === 0) return { kind: "elsewhere", packs: ids };
  return ids.length > 1 ? { kind: "several", packs: ids } : { kind: "found", rows: found };
}

/** A complaint where it was seen last. */
export interface PlacedComplaint {
  readonly row: number;
  readonly id: string | undefined;
  readonly packId: string | undefined;
}

/** The row that a complaint stands in now: where it was seen last, else the only one that bears its pack and number. */
export function rowOfComplaint({ rows }: Outcome, { row, id, packId }: PlacedComplaint): RowOutcome | undefined {
  const same = rows.filter((other) => other.id === id && other.packId === packId);
  const there = same.find((other) => other.row === row);
  return there ?? (id !== undefined && same.length === 1 ? same[0] : undefined);
}

/**
 * Whether the caller may say by which pack the rows of a number are judged: nothing in the ledger says it, neither 适用制度
 * nor 默认制度 of 设置, and none of them was judged by another pack before (规则版本).
 */
export function leavesPackToCaller(
  snapshot: LedgerSnapshot,
  rows: readonly RowOutcome[],
  { id, pack }: { readonly id: string; readonly pack: Pack },
): boolean {
  if (settingsOf(snapshot)?.defaultPack !== undefined) return false;
  const own = new Set(rows.filter((row) => row.id === id).map(({ row }) => row));
  return snapshot.rows
    .filter(({ row }) => own.has(row))
    .every(({ cells, outputs }) => {
      const version = shownCell(outputs.packVersion).trim();
      return shownCell(cells.pack).trim() === "" && (version === "" || version.startsWith(`${pack.header.id} `));
    });
}
