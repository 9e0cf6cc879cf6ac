import { textEntry } from "../../ledger/excel/cell-values.js";
import { DATE_FORMAT, enterCells, formatCells, formatRange, TEXT_FORMAT } from "../../ledger/excel/write-cells.js";
import { enterRaw, part, same, type Place, type Scenario, type Seen } from "../scenario.js";

/** What becomes of what is entered into a cell. */

async function enteredAs({ context, sheet }: Place, enter: (cell: Excel.Range) => void): Promise<Seen> {
  const cell = sheet.getRange("B2");
  enter(cell);
  cell.load("values,formulas,numberFormat,valueTypes");
  await context.sync();
  return {
    value: (cell.values as Seen[][])[0]![0]!,
    formula: (cell.formulas as Seen[][])[0]![0]!,
    format: (cell.numberFormat as Seen[][])[0]![0]!,
    type: (cell.valueTypes as Seen[][])[0]![0]!,
  };
}

/** A text as the program enters it must be that text. */
const asText = (id: string, zh: string, en: string, text: string): Scenario => ({
  id: `text-${id}`,
  zh: `写入文字 ${text}，仍是这段文字（${zh}）`,
  en: `the text ${text} stays that text (${en})`,
  run: (place) =>
    enteredAs(place, (cell) => {
      enterCells(cell, [[textEntry(text)]]);
    }),
  holds: (seen) => part(seen, "value") === text && part(seen, "type") === "String",
});

/** A text as it is: noted, since it says how this Excel reads. */
const asIs = (id: string, text: string): Scenario => ({
  id: `read-${id}`,
  zh: `直接写入 ${text}，Excel 读成什么`,
  en: `what ${text} is read as where nothing keeps it a text`,
  run: (place) =>
    enteredAs(place, (cell) => {
      enterRaw(cell, [[text]]);
    }),
});

export const ENTERING: readonly Scenario[] = [
  asText("formula", "等号开头", "begins like a formula", "=1+1"),
  asText("minus", "减号开头", "begins with a minus", "-退货"),
  asText("month", "年月", "a month", "2025-04"),
  asText("digits", "前面有 0", "leading noughts", "00123"),
  asText("chinese", "汉字", "Chinese", "产品质量类"),
  asText("chinese-time", "上午九点", "a time in Chinese", "上午9:00"),
  asIs("month", "2025-04"),
  asIs("american", "3/4/2026"),
  asIs("short", "1-2"),
  asIs("twelve-hours", "12:30 PM"),
  asIs("chinese-number", "三月"),
  {
    id: "text-format-first",
    zh: "先设成文本格式再写 2025-04，仍是文字",
    en: "a cell formatted as text first keeps 2025-04",
    run: (place) =>
      enteredAs(place, (cell) => {
        formatRange(cell, TEXT_FORMAT);
        enterRaw(cell, [["2025-04"]]);
      }),
    holds: (seen) => part(seen, "value") === "2025-04",
  },
  {
    id: "date-with-format",
    zh: "日期写成序列号并带格式，仍是这个数",
    en: "a date entered as a serial number with a format stays that number",
    run: (place) =>
      enteredAs(place, (cell) => {
        formatRange(cell, DATE_FORMAT);
        enterRaw(cell, [[46_112]]);
      }),
    holds: (seen) => part(seen, "value") === 46_112 && part(seen, "format") === DATE_FORMAT,
  },
  {
    id: "null-leaves-a-cell",
    zh: "数组里的 null 不动原来的单元格，空文字清空",
    en: "null in an array leaves a cell as it is, the empty text blanks one",
    run: async ({ context, sheet }) => {
      const range = sheet.getRange("A1:C1");
      enterRaw(range, [["甲", "乙", "丙"]]);
      enterRaw(range, [[null, "", "丁"]]);
      range.load("values");
      await context.sync();
      return range.values as Seen[];
    },
    holds: same([["甲", "", "丁"]]),
  },
  {
    id: "null-leaves-a-format",
    zh: "格式数组里的 null 不动原来的格式",
    en: "null in an array of formats leaves a format as it is",
    run: async ({ context, sheet }) => {
      const range = sheet.getRange("A1:B1");
      formatRange(range, "0.00");
      formatCells(range, [[null, DATE_FORMAT]]);
      range.load("numberFormat");
      await context.sync();
      return range.numberFormat as Seen[];
    },
    holds: same([["0.00", DATE_FORMAT]]),
  },
  {
    id: "error-value",
    zh: "错误值读出来是它的名字",
    en: "an error value reads as its name",
    run: (place) =>
      enteredAs(place, (cell) => {
        enterRaw(cell, [["#N/A"]]);
      }),
    holds: (seen) => part(seen, "value") === "#N/A" && part(seen, "type") === "Error",
  },
  {
    id: "long-text",
    zh: "一个单元格里 20,000 字，不丢",
    en: "20,000 characters in a cell are kept",
    run: async ({ context, sheet }) => {
      const cell = sheet.getRange("A1");
      enterCells(cell, [[textEntry("沙发".repeat(10_000))]]);
      cell.load("values");
      await context.sync();
      const [[text = null] = []] = cell.values as Seen[][];
      return typeof text === "string" ? text.length : text;
    },
    holds: same(20_000),
  },
  {
    id: "across-hidden-rows",
    zh: "数组写过隐藏行，各行得到什么",
    en: "what rows get when an array is written across a hidden one",
    run: async ({ context, sheet }) => {
      sheet.getRange("2:2").rowHidden = true;
      const range = sheet.getRange("A1:A3");
      enterRaw(range, [["一行"], ["二行"], ["三行"]]);
      range.load("values,rowHidden");
      await context.sync();
      return { values: range.values as Seen[], hidden: range.rowHidden as boolean | null };
    },
  },
  {
    id: "into-a-hidden-row",
    zh: "单独写一个隐藏行，写到它自己上",
    en: "a hidden row written alone gets what is its own",
    run: async ({ context, sheet }) => {
      enterRaw(sheet.getRange("A1:A3"), [["一行"], ["二行"], ["三行"]]);
      sheet.getRange("2:2").rowHidden = true;
      enterRaw(sheet.getRange("A2"), [["新的"]]);
      const range = sheet.getRange("A1:A3").load("values,rowHidden");
      await context.sync();
      return { values: range.values as Seen[], hidden: range.rowHidden as boolean | null };
    },
    holds: same({ values: [["一行"], ["新的"], ["三行"]], hidden: null }),
  },
  {
    id: "read-before-write",
    zh: "同一请求里先读后写，读到的是旧值",
    en: "what is loaded before it is written, in one request, is the old value",
    run: async ({ context, sheet }) => {
      enterRaw(sheet.getRange("A1"), [["旧的"]]);
      await context.sync();
      const before = sheet.getRange("A1").load("values");
      enterRaw(sheet.getRange("A1"), [["新的"]]);
      const after = sheet.getRange("A1").load("values");
      await context.sync();
      return [before.values as Seen[], after.values as Seen[]];
    },
    holds: same([[["旧的"]], [["新的"]]]),
  },
];
