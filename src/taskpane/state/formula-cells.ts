import { ownRow, rowOfSheet, sheetOfRow } from "../../domain/sheet-rows.js";
import { cellName } from "../../jobs/cell-name.js";
import type { LedgerSnapshot } from "../../ledger/port.js";
import type { ShownRepairs } from "../../worker/messages.js";
import type { PaneWorkbook } from "../excel/pane-workbook.js";
import { overviewOf } from "./read-overview.js";

/** Cells with formulas in the columns that would be mended: what a formula gives is the formula's to mend. */
export async function formulaCells(
  workbook: Pick<PaneWorkbook, "formulaRows">,
  snapshot: LedgerSnapshot,
  { groups }: Pick<ShownRepairs, "groups">,
): Promise<readonly string[]> {
  const ids = [...new Set(groups.map(({ column }) => column))];
  const names: string[] = [];
  for (const [index, { name, columns }] of overviewOf(snapshot).sheets.entries()) {
    const rows = snapshot.rows.filter(({ row }) => sheetOfRow(row) === index).map(({ row }) => ownRow(row));
    const [first, last] = [rows[0] ?? 1, rows.at(-1) ?? 0];
    const letters = new Map(columns.map(([id, { letter }]) => [id, letter]));
    for (const id of ids) {
      const letter = letters.get(id);
      if (letter === undefined) continue;
      for (const row of await workbook.formulaRows(name, letter, first, last - first + 1))
        names.push(cellName(rowOfSheet(index, row), id));
    }
  }
  return names;
}
