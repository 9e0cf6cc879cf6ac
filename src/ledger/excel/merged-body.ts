import type { Area } from "../../ooxml/references.js";
import { areasOf, askAreas } from "./merged-areas.js";
import { bodyRange, type LoadedLedger } from "./ledger-reader.js";

/**
 * Merged cells in the body of a plain range. Asking for them was reported to empty the user's undo list, so it is done only
 * where a row lacks its day or its complaint and holds something else: without merged cells such a row is a fault.
 */
export async function readMerges(context: Excel.RequestContext, { place, body }: LoadedLedger): Promise<Area[]> {
  if (place.kind === "table") return [];
  const needed = (["receivedAt", "description"] as const).flatMap((id) => place.match.columns.get(id) ?? []);
  const lacks = body.values.some(
    (line) => needed.some((at) => line[at] === "") && line.some((value, at) => value !== "" && !needed.includes(at)),
  );
  if (!lacks) return [];
  const range = bodyRange(place)(context).getEntireRow().untrack().getMergedAreasOrNullObject();
  const areas = askAreas(range);
  await context.sync();
  return areasOf(areas).map(({ row, column, rows, columns }) => ({
    top: row + 1,
    left: column + 1,
    bottom: row + rows,
    right: column + columns,
  }));
}
