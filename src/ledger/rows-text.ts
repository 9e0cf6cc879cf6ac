import type { ColumnId } from "../domain/columns.js";
import { addToList } from "../domain/grouping.js";
import { ownRow, sheetOfRow } from "../domain/sheet-rows.js";
import type { LedgerSnapshot } from "./port.js";

/** Sheets of a ledger that stands on several. */
type Sheets = readonly { readonly sheet: string }[] | undefined;

/** More spans of rows would only be scrolled past. */
const SPANS = 8;

/** Rows as people name them: 4–41、43; with their sheets where the ledger stands on several: 1月 4–41、2月 43. */
export function rowsText(rows: readonly number[], sheets: Sheets, most = SPANS): string {
  const spans: { sheet: number; first: number; last: number }[] = [];
  // A table of any size has rows beyond the numbers that a sheet has.
  const several = sheets !== undefined && sheets.length > 1;
  for (const row of rows.toSorted((a, b) => a - b)) {
    const [sheet, own] = several ? [sheetOfRow(row), ownRow(row)] : [0, row];
    const open = spans.at(-1);
    if (open?.sheet === sheet && open.last === own - 1) open.last = own;
    else spans.push({ sheet, first: own, last: own });
  }
  const shown = new Map<number, string[]>();
  for (const { sheet, first, last } of spans.slice(0, most))
    addToList(shown, sheet, first === last ? String(first) : `${first}–${last}`);
  const bySheet = [...shown].map(([sheet, texts]) => {
    const name = several ? sheets[sheet]?.sheet : undefined;
    return name === undefined ? texts.join("、") : `${name} ${texts.join("、")}`;
  });
  return bySheet.join("、") + (spans.length > most ? "…" : "");
}

/** More names are told by the first and the last of them. */
const NAMES = 4;

/** The ledger's sheet as people name it, or its sheets: 1月、2月, 1月…12月. */
export function sheetText({ sheet, sheets }: Pick<LedgerSnapshot, "sheet" | "sheets">): string {
  if (sheets === undefined || sheets.length <= 1) return sheet;
  const names = sheets.map((one) => one.sheet);
  return names.length <= NAMES ? names.join("、") : `${names[0]}…${names.at(-1)}`;
}

/** A cell as people name it: D5, with its sheet where the ledger stands on several: 2月!D5. */
export function cellText(
  { columns, sheets }: Pick<LedgerSnapshot, "columns" | "sheets">,
  row: number,
  id: ColumnId,
): string {
  const several = sheets && sheets.length > 1 ? sheets[sheetOfRow(row)] : undefined;
  const letter = (several?.columns ?? columns).get(id)?.letter ?? "";
  return `${several ? `${several.sheet}!` : ""}${letter}${ownRow(row)}`;
}
