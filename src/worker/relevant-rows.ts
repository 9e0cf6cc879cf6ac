import type { LedgerRow } from "../ledger/port.js";

/**
 * The other rows of a ledger for judging one row: their numbers, as they are now, and the whole of those that have
 * something to do with it (same customer, or one follows the other) as they were read last. The rest would only be
 * judged for nothing.
 */
export function relevantOthers(
  row: LedgerRow,
  others: readonly LedgerRow[],
  lastRead: readonly LedgerRow[],
): LedgerRow[] {
  const byNumber = new Map(lastRead.map((other) => [numberOf(other), other]));
  const [customer, follows, id] = [text(row.cells.customer), text(row.cells.followsId), text(row.cells.id)];
  const related = (other: LedgerRow): boolean =>
    (customer !== "" && text(other.cells.customer) === customer) ||
    (follows !== "" && text(other.cells.id) === follows) ||
    (id !== "" && text(other.cells.followsId) === id);
  return others.map((other) => {
    const known = text(other.cells.id) === "" ? undefined : byNumber.get(numberOf(other));
    return known && related(known) ? { ...known, row: other.row } : other;
  });
}

/** A number is one of its pack only. */
function numberOf({ cells }: LedgerRow): string {
  return JSON.stringify([text(cells.id), text(cells.pack)]);
}

function text(cell: LedgerRow["cells"]["id"]): string {
  return typeof cell === "string" || typeof cell === "number" ? String(cell).trim() : "";
}
