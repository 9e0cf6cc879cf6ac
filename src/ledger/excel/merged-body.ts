import type { Area } from "../../ooxml/references.js";
import { areasOf, askAreas } from "./merged-areas.js";
import { bodyRange, type LoadedLedger } from "./ledger-reader.js";

/**
 * Merged cells in the body of a plain range. Asking for them was reported to empty the user's undo list, so it is done only
 * where a row lacks its day or its complaint and holds something else (without merged cells such a row is a fault), and
 * again only when such rows read differently.
 */
export async function readMerges(
  context: Excel.RequestContext,
  { place, body, info: { merged } }: LoadedLedger,
): Promise<Area[]> {
  if (place.kind === "table") return [];
  const needed = (["receivedAt", "description"] as const).flatMap((id) => place.match.columns.get(id) ?? []);
  const lacking = body.values.flatMap((line, i) =>
    needed.some((at) => line[at] === "") && line.some((value, at) => value !== "" && !needed.includes(at))
      ? [[body.row + i, ...line]]
      : [],
  );
  if (lacking.length === 0) return [];
  const texts = JSON.stringify(lacking);
  const known = merged.inBody(place.sheet.id, texts);
  if (known) return known.map(fromOne);
  const range = bodyRange(place)(context).getEntireRow().untrack().getMergedAreasOrNullObject();
  const areas = askAreas(range);
  await context.sync();
  const found = areasOf(areas);
  merged.keepBody(place.sheet.id, texts, found);
  return found.map(fromOne);
}

function fromOne({ row, column, rows, columns }: ReturnType<typeof areasOf>[number]): Area {
  return { top: row + 1, left: column + 1, bottom: row + rows, right: column + columns };
}
