import { describe, expect, it } from "vitest";
import { readEntry, evaluateLiteral } from "../../../src/workbench/host/cell-input.js";
import { displayText } from "../../../src/workbench/host/display-text.js";
import { formulaAt, numberFormatAt, styleAt, valueAt } from "../../../src/workbench/host/workbook-model.js";
import { connect } from "../../support/office-client.js";
import { orders, valuesOf } from "./orders.js";

describe("what becomes of an entry", () => {
  const entry = (text: string, format = "General") =>
    readEntry(text, format, { evaluate: evaluateLiteral, hardness: { readsEnglish: true } });

  it.each([
    ["=1", { value: 1, formula: "=1" }],
    ["=SUM(A1:A9)", { value: 0, formula: "=SUM(A1:A9)" }],
    ["+客户来电", { formula: "=+客户来电" }],
    ["-退货", { formula: "=-退货" }],
    ["@张三", { formula: "=@张三" }],
    ["00123", { value: 123 }],
    ["1,200.5", { value: 1200.5 }],
    ["1E3", { value: 1000 }],
    ["-5", { value: -5 }],
    ["30%", { value: 0.3, numberFormat: "0%" }],
    ["¥50", { value: 50, numberFormat: "¥#,##0.00" }],
    ["2026-03-31", { value: 46112, numberFormat: "yyyy/m/d" }],
    ["2026年3月31日", { value: 46112 }],
    ["2026/3/31 18:00", { value: 46112.75, numberFormat: "yyyy/m/d h:mm" }],
    ["9:30", { numberFormat: "h:mm" }],
    ["true", { value: true }],
    ["#n/a", { value: "#N/A" }],
    ["１２", { value: 12 }],
    ["尺寸不符", { value: "尺寸不符" }],
    ["2026-02-30", { value: "2026-02-30" }],
    ["'=1", { value: "=1", quotePrefix: true }],
  ])("%s", (text, expected) => {
    expect(entry(text)).toMatchObject(expected);
  });

  it("leaves a text alone in a cell formatted as text", () => {
    expect(entry("=1", "@")).toEqual({ value: "=1" });
    expect(entry("00123", "@")).toEqual({ value: "00123" });
  });
});

describe("what a cell shows", () => {
  it.each([
    [46112.75, "yyyy-mm-dd hh:mm", "2026-03-31 18:00"],
    [46112, 'yyyy"年"m"月"d"日"', "2026年3月31日"],
    [1234.5, "#,##0.00", "1,234.50"],
    [0.3, "0%", "30%"],
    [true, "General", "TRUE"],
    [0.1 + 0.2, "General", "0.3"],
    ["x", "0.00", "x"],
  ])("%s under %s", (value, format, text) => {
    expect(displayText(value, format)).toBe(text);
  });
});

describe("writing ranges", () => {
  it("reads texts as typed, leaves cells at null and blanks them at the empty text", async () => {
    const { host, excel } = connect(orders());
    await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Data");
      sheet.getRange("A2:D2").values = [[null, "'=3", "=1+1", "2026-03-31"]];
      sheet.getRange("A3").values = [[""]];
      await context.sync();
    });
    const sheet = host.model.sheets[0]!;
    expect(valuesOf(host, "Data")[1]).toEqual(["apple", "=3", 0, 46112]);
    expect(styleAt(sheet, 1, 1)).toEqual({ quotePrefix: true });
    expect(formulaAt(sheet, 1, 2)).toBe("=1+1");
    expect(numberFormatAt(sheet, 1, 3)).toBe("yyyy/m/d");
    expect(valueAt(sheet, 2, 0)).toBe("");
  });

  it("puts one value into every cell, and formats likewise", async () => {
    const { host, excel } = connect(orders());
    await excel.run(async (context) => {
      const range = context.workbook.worksheets.getItem("Log").getRange("A1:B2");
      range.set({ format: { fill: { color: "#FF0000" }, font: { bold: true } } });
      Object.assign(range, { values: 7, numberFormat: "0.00" });
      const loaded = range.load("text,numberFormat,format/fill/color,format/font/bold");
      await context.sync();
      expect(loaded.text).toEqual([
        ["7.00", "7.00"],
        ["7.00", "7.00"],
      ]);
      expect(loaded.format.fill.color).toBe("#FF0000");
      expect(loaded.format.font.bold).toBe(true);
    });
    expect(valuesOf(host, "Log")).toEqual([
      [7, 7],
      [7, 7],
    ]);
  });

  it("keeps only the first cell of a merged area, and finds merges only by their first cell", async () => {
    const { host, excel } = connect(orders());
    await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Log");
      sheet.getRange("A1:B2").merge();
      sheet.getRange("A1:B2").values = [
        [1, 2],
        [3, 4],
      ];
      const all = sheet.getRange("A1:C9").getMergedAreasOrNullObject().load("address");
      const part = sheet.getRange("B1:C9").getMergedAreasOrNullObject().load("address");
      await context.sync();
      expect(all.address).toBe("Log!A1:B2");
      expect(part.isNullObject).toBe(true);
    });
    expect(valuesOf(host, "Log")).toEqual([[1]]);
  });

  it("spills an array's first row over shown rows when rows are hidden, unless told to be reliable", async () => {
    for (const hiddenRowsSpill of [true, false]) {
      const { host, excel } = connect(orders(), { hardness: { hiddenRowsSpill } });
      await excel.run(async (context) => {
        const sheet = context.workbook.worksheets.getItem("Log");
        sheet.getRange("2:2").rowHidden = true;
        sheet.getRange("A1:A3").values = [[1], [2], [3]];
        sheet.getRange("B2").values = [[9]];
        await context.sync();
      });
      expect(valuesOf(host, "Log")).toEqual(
        !hiddenRowsSpill
          ? [
              [1, ""],
              [2, 9],
              [3, ""],
            ]
          : [
              [1, ""],
              ["", 9],
              [1, ""],
            ],
      );
    }
  });
});
