import type { ValueList } from "../domain/listed-values.js";

/**
 * Columns that may decide money hold values of the pack's list. Each has a fact with the labels that a cell says as whole
 * values (`causeListed`), which rules ask with `contains`; the text itself stays for what only routes or proposes.
 */
export const LISTED_COLUMNS = [
  "cause",
  "misconduct",
  "sanction",
  "tracking",
  "remedy",
  "satisfaction",
  "closeRequestResult",
  "channel",
  "customerType",
] as const;
export type ListedColumn = (typeof LISTED_COLUMNS)[number];
export type ListedFact = `${ListedColumn}Listed`;

/** The fact that holds what a listed column says. */
export function listedFact(column: ListedColumn): ListedFact {
  return `${column}Listed`;
}

const COLUMN_OF: ReadonlyMap<string, ListedColumn> = new Map(LISTED_COLUMNS.map((id) => [listedFact(id), id]));

/** The listed column that a fact is read from; undefined for other facts. */
export function listedColumnOf(fact: string): ListedColumn | undefined {
  return COLUMN_OF.get(fact);
}

/** The lists of a pack by column: plain JSON, as it is kept beside the program. */
export type PackLists = { readonly [Column in ListedColumn]?: ValueList };
