import type { RawCell } from "../../domain/complaint.js";
import { mayHoldPeople, PEOPLE_COLUMNS, PEOPLE_ROWS, peopleTable } from "../people-sheets.js";
import type { RawTable } from "../port.js";
import { rawCell, valuesOf } from "./cell-values.js";
import type { LoadedLedger } from "./ledger-reader.js";
import { areaOf } from "./ranges.js";

/** The sheets that may be 人员 under another name, in one request; none where 人员 names somebody. */
export async function readPeopleSheets(
  context: Excel.RequestContext,
  { info, place, sideTables }: LoadedLedger,
): Promise<RawTable[]> {
  if ((sideTables.get("People")?.values ?? []).some((line) => line.some((value) => value !== ""))) return [];
  const area = { row: 0, column: 0, rows: PEOPLE_ROWS, columns: PEOPLE_COLUMNS };
  const loaded = info.sheets
    .filter(({ name }) => mayHoldPeople(name, place.sheet.name))
    .map((sheet) => {
      const worksheet = context.workbook.worksheets.getItem(sheet.id);
      const range = areaOf(worksheet, area).getUsedRangeOrNullObject(true).untrack();
      return { sheet, range: range.load("values,rowIndex,columnIndex") };
    });
  if (loaded.length === 0) return [];
  await context.sync();
  return loaded.flatMap(({ sheet, range }) => {
    if (range.isNullObject) return [];
    const cells = valuesOf(range).map((line) =>
      line.map((value): RawCell | undefined => rawCell(value, undefined, info.dates)),
    );
    return peopleTable({ sheet: sheet.name, row: range.rowIndex + 1, left: range.columnIndex + 1, cells }) ?? [];
  });
}
