import { CHOICE_ALERT, choiceList, type ColumnChoices } from "../choices.js";
import type { LedgerSnapshot } from "../port.js";
import type { Place } from "./place.js";
import type { Step } from "./request-queue.js";

/** Drop-downs of listed columns: they warn and forbid nothing, and never take the place of a validation that is there. */

interface Asked {
  readonly header: string;
  readonly list: string;
  readonly validation: Excel.DataValidation;
}

/** Bytes of a request that makes one, beside its list. */
const ONE_BYTES = 600;

/** Asks what validations the columns have, with the next request. */
export function askValidations(
  context: Excel.RequestContext,
  { columns }: LedgerSnapshot,
  place: Place,
  choices: readonly ColumnChoices[],
): readonly Asked[] {
  return choices.flatMap(({ id, values }) => {
    const header = columns.get(id)?.header;
    const list = choiceList(values);
    if (header === undefined || list === undefined) return [];
    const range = cellsOf(context, place, header);
    return range ? [{ header, list, validation: range.dataValidation.load("type") }] : [];
  });
}

/** Adds the drop-downs to columns without any validation. */
export function dropDownSteps(context: Excel.RequestContext, placeNow: () => Place, asked: readonly Asked[]): Step[] {
  const bare = asked.filter(({ validation }) => validation.type === "None");
  if (bare.length === 0) return [];
  const prepare = (): void => {
    for (const { header, list } of bare) {
      const validation = cellsOf(context, placeNow(), header)?.dataValidation;
      if (!validation) continue;
      validation.rule = { list: { inCellDropDown: true, source: list } };
      validation.ignoreBlanks = true;
      validation.errorAlert = { ...CHOICE_ALERT, showAlert: true, style: "Warning" };
    }
  };
  const requestBytes = bare.reduce((sum, { list }) => sum + ONE_BYTES + list.length * 3, 0);
  return [{ requestBytes, responseBytes: 500, prepare }];
}

/** The cells under a header; in a table Excel takes the validation on to rows that are added. */
function cellsOf({ workbook }: Excel.RequestContext, place: Place, header: string): Excel.Range | undefined {
  if (place.kind === "table")
    return workbook.tables.getItem(place.table.id).columns.getItem(header).getDataBodyRange().untrack();
  const at = place.headers.indexOf(header);
  if (at < 0) return undefined;
  const rows = Math.max(1, place.lastRow - place.headerRow);
  const sheet = workbook.worksheets.getItem(place.sheet.id);
  return sheet.getRangeByIndexes(place.headerRow + 1, place.left + at, rows, 1).untrack();
}
