import type { LedgerSnapshot } from "../port.js";
import { COLOURED, STATUS_COLOURS } from "../status-colours.js";
import type { Placement } from "../placement.js";
import type { Place } from "./place.js";
import type { Step } from "./request-queue.js";

/** Colours of 当前状态: conditional formats, so they follow the value and never paint over the user's own formats. */

/** Requests for the formats take about this many bytes. */
export const COLOUR_BYTES = 10_000;

/** Adds the formats to a status column. They compare values, so it doesn't matter where the column stands or moves to. */
export function addStatusColours(range: Excel.Range): void {
  for (const { values, font, fill } of STATUS_COLOURS) {
    for (const status of values) {
      const { cellValue } = range.conditionalFormats.add("CellValue");
      cellValue.format.font.color = `#${font}`;
      cellValue.format.fill.color = `#${fill}`;
      cellValue.rule = { formula1: `="${status}"`, operator: "EqualTo" };
    }
  }
}

/** Conditional formats of the status column, asked for only if no status stands in it yet: colours are given once. */
export function askStatusFormats(
  { workbook }: Excel.RequestContext,
  { columns, rows }: LedgerSnapshot,
  place: Place,
): Excel.ConditionalFormatCollection | undefined {
  const header = columns.get(COLOURED)?.header;
  const filled = rows.some(({ outputs }) => outputs[COLOURED] !== undefined);
  if (header === undefined || filled || place.kind !== "table") return undefined;
  const status = workbook.tables.getItemOrNullObject(place.table.id).columns.getItemOrNullObject(header);
  return status.getDataBodyRange().untrack().conditionalFormats.load("items/id");
}

/** Colours a status column that is added, or that stands there without any conditional format. */
export function statusColourSteps(
  { workbook }: Excel.RequestContext,
  placeNow: () => Place,
  placement: Placement,
  formats: Excel.ConditionalFormatCollection | undefined,
): Step[] {
  const target = placement.targets.find(({ id }) => id === COLOURED);
  const isNew = placement.added.some(({ id }) => id === COLOURED);
  const isBare = formats !== undefined && !formats.isNullObject && formats.items.length === 0;
  if (!target || !(isNew || isBare)) return [];
  const prepare = (): void => {
    const place = placeNow();
    const { header } = target;
    if (place.kind === "table") {
      addStatusColours(workbook.tables.getItem(place.table.id).columns.getItem(header).getDataBodyRange().untrack());
      return;
    }
    const sheet = workbook.worksheets.getItem(place.sheet.id);
    const added = placement.added.findIndex(({ id }) => id === COLOURED);
    const at = place.left + (added >= 0 ? place.headers.length + added : place.headers.indexOf(header));
    const rows = Math.max(1, place.lastRow - place.headerRow);
    addStatusColours(sheet.getRangeByIndexes(place.headerRow + 1, at, rows, 1).untrack());
  };
  return [{ requestBytes: COLOUR_BYTES, responseBytes: 1500, prepare }];
}
