import {
  fromSheets,
  usedArea,
  valueAt,
  type CellValue,
  type WorkbookModel,
} from "../../../src/workbench/host/workbook-model.js";
import { WHOLE_SHEET } from "../../../src/workbench/host/address.js";
import type { WorkbookHost } from "../../../src/workbench/host/host.js";

/** A small workbook for the host's own tests: a table on Data, an empty sheet Log. */
export function orders(): WorkbookModel {
  return fromSheets([
    {
      name: "Data",
      values: [
        ["Item", "Qty", "Price", "Total"],
        ["apple", 3, 1.5, ""],
        ["fig", 4, 2, ""],
      ],
      tables: [{ name: "Orders" }],
    },
    { name: "Log" },
  ]);
}

/** All values of a sheet, from A1 on. */
export function valuesOf(host: WorkbookHost, name: string): CellValue[][] {
  const sheet = host.model.sheets.find((candidate) => candidate.name === name)!;
  const used = usedArea(sheet, WHOLE_SHEET);
  if (!used) return [];
  return Array.from({ length: used.row + used.rows }, (_, row) =>
    Array.from({ length: used.column + used.columns }, (_, column) => valueAt(sheet, row, column)),
  );
}
