import { newContent, UNCHANGED, type Target } from "../placement.js";
import type { CellContent } from "../output-cells.js";
import type { LedgerRow, RowWrite } from "../port.js";

/** A cell of a row that is to change. */
export interface CellChange {
  readonly target: Target;
  readonly content: CellContent;
  /** Whether the cell held a number when it was read: then it has a fitting number format. */
  readonly wasNumber: boolean;
}

/** The cells of a row whose content is to change, by what stood there when it was read. */
export function changesOf(row: LedgerRow, wanted: RowWrite, targets: readonly Target[]): CellChange[] {
  return targets.flatMap((target): CellChange[] => {
    const content = newContent(row, wanted, target);
    if (content === UNCHANGED) return [];
    return [{ target, content, wasNumber: target.id !== "id" && typeof row.outputs[target.id] === "number" }];
  });
}

/** Column widths of Office.js are in points; a character of the standard font takes about five and a half. */
export function pointsOf(characters: number): number {
  return Math.round(characters * 5.6 + 4);
}
