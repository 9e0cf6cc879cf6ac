import { column, type InputId } from "../../domain/columns.js";
import type { RawCell } from "../../domain/complaint.js";
import type { LedgerRow, LedgerSnapshot } from "../port.js";
import { rawCell } from "./cell-values.js";
import { mapInPortions } from "./give-way.js";
import type { LoadedLedger } from "./ledger-reader.js";

/** A row with the cells by which it is known. */
export type KeyedRow = Pick<LedgerRow, "row" | "cells">;

/**
 * The rows with their cells as they stand in the sheet, which is how they are found again: what was read may be a day with
 * the time beside it, or what a cell merged downwards says.
 */
export async function asTheyStand({
  loaded,
  snapshot,
}: {
  readonly loaded: LoadedLedger;
  readonly snapshot: LedgerSnapshot;
}): Promise<readonly KeyedRow[]> {
  const { place, body, info } = loaded;
  if (place.kind === "table" && (snapshot.secondColumns ?? []).length === 0) return snapshot.rows;
  const columns = [...place.match.columns].flatMap(([id, index]) => {
    const { kind, role } = column(id);
    return role === "input" ? [{ id: id as InputId, index, kind }] : [];
  });
  return mapInPortions(snapshot.rows, ({ row }): KeyedRow => {
    const line = body.values[row - 1 - body.row] ?? [];
    const cells: { [Id in InputId]?: RawCell } = {};
    for (const { id, index, kind } of columns) {
      const cell = rawCell(line[index], kind, info.dates);
      if (cell !== undefined) cells[id] = cell;
    }
    return { row, cells };
  });
}
