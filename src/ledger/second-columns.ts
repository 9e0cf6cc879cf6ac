import { column, type InputId } from "../domain/columns.js";
import type { RawCell } from "../domain/complaint.js";
import type { HeaderMatch } from "../domain/match-key.js";
import type { LedgerColumn, LedgerRow, SecondColumn } from "./port.js";

/** Headers that name an input another header already stands for; what a person has chosen leaves no question. */
export function secondColumns(match: HeaderMatch, columnAt: (index: number) => LedgerColumn): SecondColumn[] {
  return match.duplicates.flatMap(({ index, column: id, kept }) =>
    column(id).role === "input" && !match.chosen.has(id) ? [{ id, kept: columnAt(kept), other: columnAt(index) }] : [],
  );
}

/** A row with what its further columns hold: the first value that isn't blank stands in `cells`. */
export function withSeconds(row: LedgerRow, seconds: LedgerRow["cells"]): LedgerRow {
  const cells: { [Id in InputId]?: RawCell } = { ...row.cells };
  const second: { [Id in InputId]?: { kept: RawCell; other: RawCell } } = {};
  for (const [name, other] of Object.entries(seconds)) {
    const id = name as InputId;
    const kept = cells[id] ?? null;
    if (isBlank(other) || kept === other) continue;
    second[id] = { kept, other };
    if (isBlank(kept)) cells[id] = other;
  }
  return Object.keys(second).length === 0 ? row : { ...row, cells, second };
}

function isBlank(cell: RawCell | undefined): boolean {
  return cell === null || cell === undefined || (typeof cell === "string" && cell.trim() === "");
}
