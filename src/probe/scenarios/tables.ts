import { textEntry } from "../../ledger/excel/cell-values.js";
import { addBlankRow, enterCells } from "../../ledger/excel/write-cells.js";
import { enterRaw, part, same, type Place, type Scenario, type Seen } from "../scenario.js";

/** What tables do when something is written into them and beside them. */

const LINES = [
  ["编号", "数量", "备注"],
  ["C1", 3, "甲"],
  ["C2", 4, "乙"],
];

/** A table in A1:C3, after a request of its own. */
async function table(place: Place, lines: readonly (readonly (string | number)[])[] = LINES): Promise<Excel.Table> {
  const { context, sheet, tableName } = place;
  const range = sheet.getRangeByIndexes(0, 0, lines.length, lines[0]!.length);
  enterRaw(range, lines);
  const made = sheet.tables.add(range, true);
  made.name = tableName;
  await context.sync();
  return made;
}

async function shapeOf({ context }: Place, made: Excel.Table): Promise<Seen> {
  const range = made.getRange().load("rowCount,columnCount");
  const header = made.getHeaderRowRange().load("values");
  await context.sync();
  return { rows: range.rowCount, columns: range.columnCount, header: (header.values as Seen[][])[0]! };
}

/** The table after something was done to it. */
const after =
  (act: (made: Excel.Table, place: Place) => void) =>
  async (place: Place): Promise<Seen> => {
    const made = await table(place);
    act(made, place);
    await place.context.sync();
    return shapeOf(place, made);
  };

export const TABLES: readonly Scenario[] = [
  {
    id: "table-made",
    zh: "建表格，改名，按名字和编号都找得到",
    en: "a table is made and named, and found by name and by id",
    run: async (place) => {
      const made = await table(place);
      made.load("id,name");
      await place.context.sync();
      const { tables } = place.context.workbook;
      const found = [tables.getItem(made.name), tables.getItem(made.id)].map((one) => one.load("name"));
      await place.context.sync();
      return found.map(({ name }) => name === made.name);
    },
    holds: same([true, true]),
  },
  {
    id: "table-grows-right",
    zh: "紧挨表格右侧写一列表头，表格自己变宽吗",
    en: "whether a table grows by what is written right beside it",
    run: after((_, { sheet }) => {
      enterCells(sheet.getRange("D1"), [[textEntry("状态")]]);
    }),
  },
  {
    id: "table-grows-down",
    zh: "紧挨表格下方写一行，表格自己变长吗",
    en: "whether a table grows by what is written right below it",
    run: after((_, { sheet }) => {
      enterRaw(sheet.getRange("A4:B4"), [["C3", 5]]);
    }),
  },
  {
    id: "resize-then-write",
    zh: "先调整表格大小再写表头，正好多一列",
    en: "resized first, a table has just the one more column",
    run: after((made, { sheet }) => {
      made.resize("A1:D3");
      enterCells(sheet.getRange("D1"), [[textEntry("状态")]]);
    }),
    holds: same({ rows: 3, columns: 4, header: ["编号", "数量", "备注", "状态"] }),
  },
  {
    id: "resize-relative",
    zh: "从表格自己的区域算出新大小，也能调整",
    en: "a table can be resized by a range counted from its own",
    run: after((made) => {
      made.resize(made.getRange().getResizedRange(2, 1));
    }),
    holds: (seen) => part(seen, "rows") === 5 && part(seen, "columns") === 4,
  },
  {
    id: "resize-smaller",
    zh: "表格可以调小",
    en: "a table can be made smaller",
    run: after((made) => {
      made.resize("A1:C2");
    }),
    holds: (seen) => part(seen, "rows") === 2,
  },
  {
    id: "one-blank-row",
    zh: "加一行空行，正好多一行",
    en: "one blank row added is one row more",
    run: after((made) => {
      addBlankRow(made, 3);
    }),
    holds: (seen) => part(seen, "rows") === 4,
  },
  {
    id: "three-blank-rows",
    zh: "一次加三行空行，多几行",
    en: "how many rows three blank ones added at once are",
    run: after((made) => {
      const blank = ["", "", ""];
      // eslint-disable-next-line no-restricted-syntax -- what the program itself never does is what is asked about
      made.rows.add(undefined, [blank, blank, blank]);
    }),
  },
  {
    id: "blank-row-above-totals",
    zh: "有汇总行时加空行，加在汇总行上面",
    en: "with a totals row, a blank row goes above it",
    run: async (place) => {
      const made = await table(place);
      made.showTotals = true;
      addBlankRow(made, 3);
      const range = made.getRange().load("rowCount");
      const body = made.getDataBodyRange().load("rowCount,values");
      await place.context.sync();
      return [range.rowCount, body.rowCount, (body.values as Seen[][])[1]![0]!];
    },
    holds: same([5, 3, "C2"]),
  },
  {
    id: "calculated-column",
    zh: "一列里写一个公式，其余各行自己填上吗；表格变长时呢",
    en: "whether one formula fills its column, and rows that the table grows by",
    run: async (place) => {
      const made = await table(place, [
        ["编号", "数量", "折算"],
        ["C1", 3, ""],
        ["C2", 4, ""],
      ]);
      enterRaw(place.sheet.getRange("C2"), [["=1+1"]]);
      await place.context.sync();
      made.resize("A1:C4");
      const cells = place.sheet.getRange("C2:C4").load("formulas");
      await place.context.sync();
      return cells.formulas as Seen[];
    },
  },
  {
    id: "empty-table",
    zh: "唯一一行是空行的表格，行数算几，数据区还在吗",
    en: "how many rows a table with one blank row says it has, and whether its body is there",
    run: async (place) => {
      const made = await table(place, [
        ["编号", "数量"],
        ["", ""],
      ]);
      made.rows.load("count");
      const body = made.getDataBodyRange().load("rowCount");
      await place.context.sync();
      return [made.rows.count, body.rowCount];
    },
    holds: (seen) => Array.isArray(seen) && seen[1] === 1,
  },
  {
    id: "number-as-header",
    zh: "数字写成表头，变成文字",
    en: "a number written as a header becomes a text",
    run: after((_, { sheet }) => {
      enterRaw(sheet.getRange("B1"), [[2026]]);
    }),
    holds: (seen) => JSON.stringify(part(seen, "header")) === JSON.stringify(["编号", "2026", "备注"]),
  },
  {
    id: "filtered-rows",
    zh: "筛选后，隐藏的行看得出来；清除筛选后又都在",
    en: "filtered rows are told as hidden, and shown again once the filter is cleared",
    run: async (place) => {
      const made = await table(place);
      made.columns.getItemAt(0).filter.applyValuesFilter(["C1"]);
      const body = made.getDataBodyRange().load("rowHidden");
      const rows = made.getDataBodyRange().getRowProperties({ rowHidden: true });
      await place.context.sync();
      made.clearFilters();
      const cleared = made.getDataBodyRange().load("rowHidden");
      await place.context.sync();
      return [body.rowHidden, rows.value.map(({ rowHidden }) => rowHidden === true), cleared.rowHidden];
    },
    holds: same([null, [false, true], false]),
  },
  {
    id: "missing-table",
    zh: "没有的表格，问了不报错",
    en: "a table that isn't there is a null object, and so is what is asked of it",
    run: async ({ context, tableName }) => {
      const missing = context.workbook.tables.getItemOrNullObject(`${tableName}_missing`);
      const range = missing.getRange().load("values");
      missing.load("name");
      await context.sync();
      return [missing.isNullObject, range.isNullObject];
    },
    holds: same([true, true]),
  },
  {
    id: "status-colours",
    zh: "给一列加条件格式",
    en: "a column takes conditional formats",
    run: async (place) => {
      const made = await table(place);
      const body = made.columns.getItemAt(2).getDataBodyRange();
      const { cellValue } = body.conditionalFormats.add("CellValue");
      cellValue.format.font.color = "#C00000";
      cellValue.rule = { formula1: '="甲"', operator: "EqualTo" };
      const formats = body.conditionalFormats.load("items/type");
      await place.context.sync();
      return formats.items.map(({ type }) => type);
    },
    holds: same(["CellValue"]),
  },
];
