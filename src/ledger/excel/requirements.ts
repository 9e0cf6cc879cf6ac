/**
 * What the Excel ledger needs of its host, and why. `MINIMUM` is what the manifest asks for: Excel on the web, Microsoft
 * 365, Excel 2021 and later have it; Excel 2019 (1.8) and 2016 don't.
 */
export interface Requirement {
  readonly set: "ExcelApi";
  readonly version: string;
  readonly members: readonly string[];
  readonly reason: string;
}

export const MINIMUM = "1.13";

export const REQUIREMENTS: readonly Requirement[] = [
  {
    set: "ExcelApi",
    version: "1.2",
    members: ["Workbook.functions", "Worksheet.protection", "FormatProtection.locked", "Table.clearFilters"],
    reason:
      "DATE tells the date system (1900 or 1904), which no property does; protection and locked cells are looked at before writing",
  },
  {
    set: "ExcelApi",
    version: "1.3",
    members: ["Worksheet.pivotTables"],
    reason: "the monthly report has a PivotTable on the ledger",
  },
  {
    set: "ExcelApi",
    version: "1.4",
    members: ["getItemOrNullObject", "Range.getUsedRangeOrNullObject", "TableCollection.getItemOrNullObject"],
    reason: "sheets and tables that may be missing are asked for without an extra round trip",
  },
  {
    set: "ExcelApi",
    version: "1.5",
    members: ["Workbook.customXmlParts"],
    reason: "the user's mapping of headers is kept in a custom XML part",
  },
  {
    set: "ExcelApi",
    version: "1.6",
    members: ["Application.suspendApiCalculationUntilNextSync", "Range.conditionalFormats"],
    reason: "one calculation a request instead of one a block; status colours",
  },
  {
    set: "ExcelApi",
    version: "1.7",
    members: ["Worksheet.getRangeByIndexes", "Workbook.protection"],
    reason: "cells are addressed by position right after their keys were read",
  },
  {
    set: "ExcelApi",
    version: "1.8",
    members: ["Range.dataValidation"],
    reason: "listed columns get a drop-down that warns, unless they have a validation",
  },
  {
    set: "ExcelApi",
    version: "1.9",
    members: [
      "Range.getRowProperties",
      "Range.getSpecialCellsOrNullObject",
      "Application.suspendScreenUpdatingUntilNextSync",
    ],
    reason: "hidden rows are written one by one; formulas in output columns are found and left alone",
  },
  {
    set: "ExcelApi",
    version: "1.13",
    members: ["Table.resize", "Range.getMergedAreasOrNullObject"],
    reason: "tables grow without inserting cells; merged cells are seen before writing",
  },
];

/** Used where the host has it, done without where it hasn't. */
export const OPTIONAL: readonly Requirement[] = [
  {
    set: "ExcelApi",
    version: "1.14",
    members: ["WorksheetChangedEventArgs.triggerSource"],
    reason:
      "tells the pane's own writes from the user's; without it, a row whose inputs were just judged is left alone",
  },
  {
    set: "ExcelApi",
    version: "1.20",
    members: ["RunOptions.mergeUndoGroup"],
    reason: "a run is one step to undo; without it, each request is one",
  },
];
