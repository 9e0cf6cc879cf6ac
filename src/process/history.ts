import { Problem, readValue } from "../domain/cell-reading.js";
import { INPUT_COLUMNS } from "../domain/columns.js";
import type { RawRow } from "../domain/complaint.js";
import type { WallTime } from "../domain/wall-time.js";
import type { Pack } from "../rules/pack.js";
import { textIn } from "./cell-texts.js";
import { ColumnSense } from "./column-sense.js";
import type { ProcessInput } from "./input.js";

/**
 * Sheets of the same workbook that are not judged with this ledger, as those of closed years: nothing of them is judged or
 * written, but their numbers are taken, and what came in before may come in again.
 */

export interface EarlierComplaint {
  readonly cells: RawRow["cells"];
  readonly pack: Pack | undefined;
  readonly receivedAt: WallTime | undefined;
  /** Its number; where it has none, the sheet and row it stands on. */
  readonly id: string | undefined;
  readonly place: { readonly sheet: string; readonly row: number };
  /** 来源工作簿 of one in a workbook of a group. */
  readonly source: string | undefined;
}

export function earlierComplaints(
  input: ProcessInput,
  packNamed: (name: string | undefined) => Pack | undefined,
): readonly EarlierComplaint[] {
  const { now, language, history = [] } = input;
  const dates = INPUT_COLUMNS.filter(({ id }) => id === "receivedAt" || id === "closeAt");
  return history.flatMap(({ rows, place, source }) => {
    const sense = new ColumnSense(dates, { rows, place, now, language });
    return rows.map(({ row, cells }): EarlierComplaint => {
      const id = readValue("text", cells.id);
      const read = readValue("datetime", cells.receivedAt);
      return {
        cells,
        pack: packNamed(textIn(cells.pack)),
        receivedAt: read instanceof Problem ? sense.date("receivedAt", row) : read,
        id: id instanceof Problem ? undefined : id,
        place: { sheet: place.sheet, row },
        source,
      };
    });
  });
}
