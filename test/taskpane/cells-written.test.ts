import { describe, expect, test } from "vitest";
import type { ReportSheet } from "../../src/documents/reports/blocks.js";
import { excelRun } from "../../src/ledger/excel/excel-ledger.js";
import { PaneWorkbook } from "../../src/taskpane/excel/pane-workbook.js";
import { fromSheets, numberFormatAt, valueAt, type WorkbookModel } from "../../src/workbench/host/workbook-model.js";
import { connect } from "../support/office-client.js";

/** What the pane writes beside the ledger stands in Excel as it was meant: texts as texts, dates as dates. */

const TRAPS = ["1-2", "00123", "3/4", "TRUE", "1e5", "2025-04", "12:30", "=x", "@x", "+86", "-3", "'引", "三月五日"];

function open(model: WorkbookModel): { readonly pane: PaneWorkbook; readonly model: WorkbookModel } {
  const { host, excel } = connect(model);
  const supports = (version: string): boolean => host.isSetSupported("ExcelApi", version);
  return { pane: new PaneWorkbook({ run: excelRun(excel, supports), supports }), model: host.model };
}

function cells(model: WorkbookModel, name: string): { values: unknown[][]; formats: string[][] } {
  const sheet = model.sheets.find((one) => one.name === name)!;
  const rows = sheet.rows.map((row) => row?.values ?? []);
  return {
    values: rows.map((row, r) => row.map((_, c) => valueAt(sheet, r, c))),
    formats: rows.map((row, r) => row.map((_, c) => numberFormatAt(sheet, r, c))),
  };
}

const SETTINGS = { table: "Settings", sheet: "设置", headers: ["项目", "值"] };
const HOLIDAYS = { table: "Holidays", sheet: "节假日", headers: ["日期", "类型", "名称"] };
const DAY = 46_146;

describe("lines of a table that is made", () => {
  test("keep every text a text", async () => {
    const { pane, model } = open(fromSheets([{ name: "S", values: [[]] }]));
    await pane.putLines(
      SETTINGS,
      TRAPS.map((text, i) => [`项${i}`, text]),
    );
    expect(cells(model, "设置").values).toEqual([["项目", "值"], ...TRAPS.map((text, i) => [`项${i}`, text])]);
  });

  test("show 锁定至月份 as a month and a holiday as a day", async () => {
    const { pane, model } = open(fromSheets([{ name: "S", values: [[]] }]));
    await pane.putLines(SETTINGS, [["锁定至月份", "2026-03"]]);
    await pane.putLines(HOLIDAYS, [[DAY, "休", "厂庆"]]);
    expect(cells(model, "设置").values[1]).toEqual(["锁定至月份", "2026-03"]);
    expect(cells(model, "设置").formats[1]![1]).toBe("@");
    expect(cells(model, "节假日").values[1]![0]).toBe(DAY);
    expect(cells(model, "节假日").formats[1]![0]).toBe("yyyy-mm-dd");
  });
});

describe.each([
  [
    "an Excel table",
    [
      {
        name: "节假日",
        tables: [
          {
            name: "Holidays",
            row: 0,
            values: [
              ["日期", "类型"],
              [46_000, "休"],
            ],
          },
        ],
      },
    ],
  ],
  [
    "a sheet without a table",
    [
      {
        name: "节假日",
        values: [
          ["日期", "类型"],
          [46_000, "休"],
        ],
      },
    ],
  ],
])("a line added to %s", (_, sheets) => {
  test("has a day that shows as one, and further headers are added", async () => {
    const { pane, model } = open(fromSheets(sheets));
    await pane.putLines(HOLIDAYS, [[DAY, "班", "1-2"]]);
    const { values, formats } = cells(model, "节假日");
    expect(values[0]).toEqual(["日期", "类型", "名称"]);
    expect(values[2]).toEqual([DAY, "班", "1-2"]);
    expect(formats[2]![0]).toBe("yyyy-mm-dd");
  });

  test("of a workbook that counts from 1904 is the same day, and is known again", async () => {
    const workbook = fromSheets(sheets);
    workbook.uses1904Dates = true;
    const { pane, model } = open(workbook);
    await pane.putLines(HOLIDAYS, [[DAY, "班", "甲"]]);
    await pane.putLines(HOLIDAYS, [[DAY, "休", "乙"]]);
    expect(cells(model, "节假日").values.slice(2)).toEqual([[DAY - 1462, "休", "乙"]]);
  });
});

test("cells that are set from the pane stay texts", async () => {
  const { pane, model } = open(fromSheets([{ name: "S", values: [TRAPS.map(() => "")] }]));
  await pane.setCells(
    "S",
    TRAPS.map((value, i) => ({ address: `${String.fromCharCode(65 + i)}1`, value })),
  );
  expect(cells(model, "S").values[0]).toEqual(TRAPS);
});

describe("a report", () => {
  const report: ReportSheet = {
    key: "k",
    name: "月报 2026-03",
    organisation: "1-2",
    title: "3/4",
    meta: ["2025-04", "b"],
    footer: "",
    blocks: [
      {
        kind: "table",
        title: "12:30",
        columns: [
          { header: "2025-04", format: "text", weight: 1 },
          { header: "时间", format: "datetime", weight: 1 },
        ],
        rows: TRAPS.map((text) => [text, 46_000.5]),
        empty: "无",
      },
      { kind: "figures", title: "数字", figures: [{ label: "2025-04", value: "+3", format: "figure" }] },
    ],
  };

  test.each([false, true])("says what it says, in a workbook that counts from 1904: %s", async (uses1904) => {
    const workbook = fromSheets([{ name: "S", values: [[]] }]);
    workbook.uses1904Dates = uses1904;
    const { pane, model } = open(workbook);
    const { values, formats } = cells(model, (await pane.writeReport(report, undefined)).sheet);
    expect(values.map(([first]) => first).filter((text) => text !== "")).toEqual([
      "3/4",
      "1-2",
      "2025-04   b",
      "12:30",
      "2025-04",
      ...TRAPS,
      "数字",
      "2025-04",
    ]);
    const times = values.map((line) => line[1]).filter((value) => typeof value === "number");
    expect(times).toEqual(TRAPS.map(() => 46_000.5 - (uses1904 ? 1462 : 0)));
    expect(formats.flat()).toContain("yyyy-mm-dd hh:mm");
  });
});
