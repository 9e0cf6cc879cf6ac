import { isInputId } from "../../domain/columns.js";
import { newContent, UNCHANGED, type Target } from "../placement.js";
import type { CellContent } from "../output-cells.js";
import type { LedgerRow, RowWrite } from "../port.js";

/** A cell of a row that is to change. */
export interface CellChange {
  readonly target: Target;
  readonly content: CellContent;
  /** The cell held a number when it was read, so it has a fitting number format; or it is the user's own. */
  readonly keepsFormat: boolean;
}

/** The cells of a row whose content is to change, by what stood there when it was read. */
export function changesOf(row: LedgerRow, wanted: RowWrite, targets: readonly Target[]): CellChange[] {
  return targets.flatMap((target): CellChange[] => {
    const content = newContent(row, wanted, target);
    if (content === UNCHANGED) return [];
    const { id } = target;
    const keepsFormat = isInputId(id) ? id !== "id" : typeof row.outputs[id] === "number";
    return [{ target, content, keepsFormat }];
  });
}

/** Column widths of Office.js are in points; a character of the standard font takes about five and a half. */
export function pointsOf(characters: number): number {
  return Math.round(characters * 5.6 + 4);
}
