import { listRule, renewedRule, type ChoicesPlace, type ListRule } from "../choices.js";
import type { LedgerSnapshot, ColumnChoices } from "../port.js";
import type { Place } from "./place.js";
import type { Step } from "./request-queue.js";

/** Drop-downs of listed columns: they warn, forbid nothing, and take the place of none but our own as we left it. */

interface Asked {
  readonly header: string;
  readonly choices: ColumnChoices;
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
  return choices.flatMap((one) => {
    const header = columns.get(one.id)?.header;
    const range = header === undefined ? undefined : cellsOf(context, place, header);
    if (header === undefined || !range) return [];
    return [{ header, choices: one, validation: range.dataValidation.load("type,rule,errorAlert") }];
  });
}

/** Adds the drop-downs to columns without any validation, and renews those of ours whose choices have changed. */
export function dropDownSteps(
  context: Excel.RequestContext,
  placeNow: () => Place,
  asked: readonly Asked[],
  table: ChoicesPlace | undefined,
): Step[] {
  const due = asked.flatMap(({ header, choices, validation }) => {
    const rule = dueRule(validation, choices, table);
    return rule ? [{ header, rule }] : [];
  });
  if (due.length === 0) return [];
  const prepare = (): void => {
    for (const { header, rule } of due) {
      const validation = cellsOf(context, placeNow(), header)?.dataValidation;
      if (!validation) continue;
      const { source, title, message } = rule;
      validation.rule = { list: { inCellDropDown: true, source } };
      validation.ignoreBlanks = true;
      validation.errorAlert = { title, message, showAlert: true, style: "Warning" };
    }
  };
  const requestBytes = due.reduce((sum, { rule }) => sum + ONE_BYTES + rule.source.length * 3, 0);
  return [{ requestBytes, responseBytes: 500, prepare }];
}

/** The drop-down that a column without any is to get, or that one of ours is to become. */
function dueRule(
  { type, rule, errorAlert }: Excel.DataValidation,
  choices: ColumnChoices,
  table: ChoicesPlace | undefined,
): ListRule | undefined {
  if (type === "None") return listRule(choices, table);
  const source = rule.list?.source;
  if (type !== "List" || typeof source !== "string") return undefined;
  return renewedRule({ source, title: errorAlert.title, message: errorAlert.message }, choices, table);
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
