import { areasOf, askAreas } from "../../ledger/excel/merged-areas.js";
import { enterRaw, same, type Scenario, type Seen } from "../scenario.js";

/** Areas: merged, used, with formulas, whole rows. */

export const AREAS: readonly Scenario[] = [
  {
    id: "merged-from-the-first-column",
    zh: "从 A 列起问，合并的单元格找得到",
    en: "merged cells are found where one asks from column A on",
    run: async ({ context, sheet }) => {
      sheet.getRange("B2:C3").merge();
      const found = askAreas(sheet.getRange("2:3").getMergedAreasOrNullObject());
      await context.sync();
      return areasOf(found).map((area) => ({ ...area }));
    },
    holds: same([{ row: 1, column: 1, rows: 2, columns: 2 }]),
  },
  {
    id: "merged-by-the-first-cell",
    zh: "只碰到合并区域的一角，找得到吗",
    en: "whether a merged area is found from a part without its first cell",
    run: async ({ context, sheet }) => {
      sheet.getRange("B2:C3").merge();
      const found = askAreas(sheet.getRange("C3:D4").getMergedAreasOrNullObject());
      await context.sync();
      return areasOf(found).length;
    },
  },
  {
    id: "formulas-in-many-places",
    zh: "六十处公式，个个找得到",
    en: "formulas in sixty places are all found",
    run: async ({ context, sheet }) => {
      const lines = Array.from({ length: 120 }, (_, i) => [i % 2 === 0 ? "=1+1" : "文字"]);
      enterRaw(sheet.getRange("A1:A120"), lines);
      const found = askAreas(sheet.getRange("A1:A120").getSpecialCellsOrNullObject("Formulas"));
      await context.sync();
      return areasOf(found).reduce((sum, { rows, columns }) => sum + rows * columns, 0);
    },
    holds: same(60),
  },
  {
    id: "long-address",
    zh: "许多处合在一起的地址，有多长",
    en: "how long the address of many areas is",
    run: async ({ context, sheet }) => {
      const lines = Array.from({ length: 120 }, (_, i) => [i % 2 === 0 ? "=1+1" : "文字"]);
      enterRaw(sheet.getRange("A1:A120"), lines);
      const found = sheet.getRange("A1:A120").getSpecialCellsOrNullObject("Formulas").load("address,areaCount");
      await context.sync();
      return { areas: found.areaCount, named: found.address.split(",").length };
    },
  },
  {
    id: "no-formulas",
    zh: "没有公式时，问了不报错",
    en: "where there is no formula, asking is no error",
    run: async ({ context, sheet }) => {
      enterRaw(sheet.getRange("A1"), [["文字"]]);
      const found = askAreas(sheet.getRange("A1:B2").getSpecialCellsOrNullObject("Formulas"));
      await context.sync();
      return areasOf(found).length;
    },
    holds: same(0),
  },
  {
    id: "whole-row",
    zh: "整行的值读出来是什么",
    en: "what the values of a whole row read as",
    run: async ({ context, sheet }) => {
      const row = sheet.getRange("1:1").load("values,rowIndex");
      await context.sync();
      return (row.values as unknown) === null;
    },
  },
  {
    id: "intersection",
    zh: "取一行与数据区的交集",
    en: "a row cut out of a range",
    run: async ({ context, sheet }) => {
      enterRaw(sheet.getRange("B2:C3"), [
        ["甲", 1],
        ["乙", 2],
      ]);
      const whole = sheet.getRangeByIndexes(2, 0, 1, 16_384);
      const line = sheet.getRange("B2:C3").getIntersectionOrNullObject(whole).load("values,rowIndex");
      const beside = sheet.getRange("B2:C3").getIntersectionOrNullObject(sheet.getRange("F9")).load("values");
      await context.sync();
      return [line.values as Seen[], line.rowIndex, beside.isNullObject];
    },
    holds: same([[["乙", 2]], 2, true]),
  },
  {
    id: "blank-sheet",
    zh: "空表没有已用区域",
    en: "a blank sheet has no used range",
    run: async ({ context, sheet }) => {
      const used = sheet.getUsedRangeOrNullObject(true).load("rowIndex");
      await context.sync();
      return used.isNullObject;
    },
    holds: same(true),
  },
  {
    id: "used-range",
    zh: "已用区域不算只有格式的单元格",
    en: "the used range leaves out cells that have formats only",
    run: async ({ context, sheet }) => {
      enterRaw(sheet.getRange("B3"), [["文字"]]);
      sheet.getRange("F9").format.fill.color = "#E2EFDA";
      const used = sheet.getUsedRangeOrNullObject(true).load("rowIndex,columnIndex,rowCount,columnCount");
      await context.sync();
      return [used.rowIndex, used.columnIndex, used.rowCount, used.columnCount];
    },
    holds: same([2, 1, 1, 1]),
  },
  {
    id: "copied-formats",
    zh: "复制格式会把合并也复制过去吗",
    en: "whether copied formats bring merged cells along",
    run: async ({ context, sheet }) => {
      sheet.getRange("A1:A2").merge();
      sheet.getRange("C1:C2").copyFrom("A1:A2", "Formats");
      const found = askAreas(sheet.getRange("1:2").getMergedAreasOrNullObject());
      await context.sync();
      return areasOf(found).length;
    },
  },
  {
    id: "date-system",
    zh: "日期系统（1900 或 1904）问得出来",
    en: "the date system can be told",
    run: async ({ context }) => {
      const date = context.workbook.functions.date(1904, 1, 2).load("value");
      await context.sync();
      return date.value;
    },
    holds: (seen) => seen === 1463 || seen === 1,
  },
];
