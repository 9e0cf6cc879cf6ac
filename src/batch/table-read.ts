import type { InputId } from "../domain/columns.js";
import type { ColumnPlaces } from "./lines.js";
import type { DatesRead } from "./partial-dates.js";

/** What was read how, and what is missing: what a workbook's first press asks, told where there is nobody to ask. */
export interface TableRead {
  /** Headers with the column each is. */
  readonly columns: readonly { readonly header: string; readonly column: InputId }[];
  /** Columns without which much stays open: nobody is closed, named, or charged. */
  readonly missing: readonly InputId[];
  /** No 人员 was given. */
  readonly noPeople: boolean;
  /** Cells that name their time zone, by column, read as the time in Beijing. */
  readonly zoned: ReadonlyMap<InputId, number>;
  /** Dates written in part in a table too large for the rows around to explain them. */
  readonly alone: ReadonlyMap<InputId, number>;
}

/** What a workbook is asked about where it lacks them. */
const ASKED_FOR: readonly InputId[] = ["closeAt", "person", "loss"];

export function tableRead(
  headers: readonly string[],
  places: ColumnPlaces,
  { dates, people }: { readonly dates: DatesRead; readonly people: number },
): TableRead {
  return {
    columns: [...places].map(([column, at]) => ({ header: headers[at]!, column })),
    missing: ASKED_FOR.filter((id) => !places.has(id)),
    noPeople: people === 0,
    zoned: dates.zoned,
    alone: dates.alone,
  };
}
