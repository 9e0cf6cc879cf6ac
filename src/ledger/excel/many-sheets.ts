import type { WorkbookInfo } from "./discovery.js";
import { bodyRows, loadLedger, type LoadedBeside, type LoadedLedger, type OnRows } from "./ledger-reader.js";
import type { Place } from "./place.js";

/** Several sheets of an open workbook that are judged as one ledger: reading them. */

/** Reads each of the sheets; what stands beside the ledger is read once. */
export async function loadSheets(
  context: Excel.RequestContext,
  info: WorkbookInfo,
  places: readonly Place[],
  onRows: OnRows | undefined,
): Promise<LoadedLedger[]> {
  const loaded: LoadedLedger[] = [];
  const counts = places.map(bodyRows);
  for (const [sheet, place] of places.entries()) {
    const beside: LoadedBeside | undefined = loaded[0];
    loaded.push(await loadLedger(context, info, place, partOf(onRows, counts, sheet), beside));
  }
  return loaded;
}

/** Progress of one of several parts, told as that of all. */
export function partOf(onRows: OnRows | undefined, counts: readonly number[], part: number): OnRows | undefined {
  if (onRows === undefined) return undefined;
  const before = counts.slice(0, part).reduce((sum, count) => sum + count, 0);
  const all = counts.reduce((sum, count) => sum + count, 0);
  return (done) => {
    onRows(Math.min(all, before + done), all);
  };
}
