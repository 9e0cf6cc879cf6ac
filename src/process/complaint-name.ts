import type { Language } from "../locales/language.js";
import type { PackHeader } from "../rules/pack-schema.js";
import type { RowOutcome } from "./outcome.js";

/** A complaint is known by its pack and its number: regulations number on their own, so one number may stand in several. */

type Numbered = Pick<RowOutcome, "id" | "packId">;

/** A complaint's number as people read it. */
export type ComplaintName = (complaint: { readonly id: string; readonly packId: string | undefined }) => string;

/** Numbers that stand in rows of more than one pack. */
export function numbersTwice(rows: readonly Numbered[]): ReadonlySet<string> {
  const packs = new Map<string, string>();
  const twice = new Set<string>();
  for (const { id, packId } of rows) {
    if (id === undefined || packId === undefined) continue;
    if ((packs.get(id) ?? packId) !== packId) twice.add(id);
    packs.set(id, packId);
  }
  return twice;
}

/** The number, and the pack's title behind it: `N1（餐饮食堂顾客投诉处理）`. */
export function titledNumber(id: string, title: string, language: Language): string {
  return language === "zh" ? `${id}（${title}）` : `${id} (${title})`;
}

/** Names the rows of a ledger; undefined for one that has no number. */
export function rowNames(
  rows: readonly (Numbered & Pick<RowOutcome, "row">)[],
  packs: ReadonlyMap<string, { readonly header: Pick<PackHeader, "title"> }>,
  language: Language,
): (row: number) => string | undefined {
  const nameOf = complaintNames(rows, packs, language);
  const names = new Map(
    rows.flatMap(({ row, id, packId }) => (id === undefined ? [] : [[row, nameOf({ id, packId })] as const])),
  );
  return (row) => names.get(row);
}

/** Names the complaints of a ledger: by the number, and the pack's title as well where the number stands in several. */
export function complaintNames(
  rows: readonly Numbered[],
  packs: ReadonlyMap<string, { readonly header: Pick<PackHeader, "title"> }>,
  language: Language,
): ComplaintName {
  const twice = numbersTwice(rows);
  return ({ id, packId }) => {
    if (packId === undefined || !twice.has(id)) return id;
    return titledNumber(id, packs.get(packId)?.header.title[language] ?? packId, language);
  };
}
