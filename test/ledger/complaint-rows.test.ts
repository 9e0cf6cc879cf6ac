import { describe, expect, it } from "vitest";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { makeWorkbook, sheetData, tableXml } from "../ooxml/support/ooxml.js";

/** Rows that people keep between and below complaints. */

const HEADERS = ["序号", "投诉编号", "受理时间", "投诉内容", "责任人", "损失金额", "投诉渠道"];
type Row = readonly (string | number | undefined)[];
const GOOD: readonly Row[] = [
  [1, "A1", 46_083, "椅子面料破损", "张三", 100, "电话"],
  [2, "A2", 46_084, "态度差", "李四", 50, "电话"],
];

function read(rows: readonly Row[]) {
  const bytes = makeWorkbook({ sheets: [{ name: "台账", xml: sheetData([HEADERS, ...rows].map((row) => [...row])) }] });
  const { rows: found, leftOut } = openFileLedger(bytes, { codec: nodeCodec }).snapshot;
  return { rows: found.map(({ row }) => row), leftOut };
}

describe("rows that are no complaints are left out, and said by what they are", () => {
  it.each<[string, string, readonly Row[]]>([
    ["a total", "total", [["合计", undefined, undefined, undefined, undefined, 150]]],
    ["a total in the number's column", "total", [[undefined, "合  计", undefined, undefined, undefined, 150]]],
    ["a total in the date column", "total", [[undefined, undefined, "合计", undefined, undefined, 150]]],
    ["a total beside a number in the date column", "total", [["总计", undefined, 2, undefined, undefined, 150]]],
    ["the month's total", "total", [["3月小计：", undefined, undefined, undefined, undefined, 150]]],
    ["a total in English", "total", [["Grand total", undefined, undefined, undefined, undefined, 150]]],
    ["signatures", "signature", [[undefined, undefined, "审核人：李四", "制表日期：2026年3月31日"]]],
    ["a signature at the left", "signature", [["制表：王芳", undefined, undefined, undefined, "审核："]]],
    ["a month heading", "heading", [[undefined, "2026年4月"]]],
    ["a month in characters", "heading", [[undefined, "四月份"]]],
    ["a quarter", "heading", [[undefined, undefined, undefined, "第二季度"]]],
    ["the headers once more", "header", [HEADERS]],
    ["a number made ready", "blank", [[3, "A3"]]],
    ["formulas that give nought", "blank", [[3, "A3", undefined, undefined, undefined, 0]]],
    [
      "drop-downs made ready",
      "blank",
      [3, 4, 5].map((n) => [n, undefined, undefined, undefined, undefined, undefined, "电话"]),
    ],
  ])("%s", (_, kind, rows) => {
    const found = read([...GOOD, ...rows]);
    expect(found.rows).toEqual([2, 3]);
    expect(found.leftOut).toEqual([{ kind, rows: rows.map((_row, i) => 4 + i) }]);
  });

  it.each<[string, Row]>([
    ["without a day", [3, "A3", undefined, "柜门脱落"]],
    ["without a content", [3, "A3", 46_085]],
    ["with a day that can't be read", [3, "A3", "待定", "柜门脱落"]],
    ["of which only a person is known", [3, "A3", undefined, undefined, "王五"]],
    ["of which only a sum is known", [3, "A3", undefined, undefined, undefined, 80]],
    ["whose content speaks of a total", [3, "A3", 46_085, "合计金额算错，多收50元"]],
    ["whose content begins like a signature", [3, "A3", 46_085, "日期：送货晚了三天"]],
    ["whose content names a month", [3, "A3", undefined, "3月送来的沙发开裂"]],
  ])("a complaint %s stays one", (_, row) => {
    expect(read([...GOOD, row]).rows).toEqual([2, 3, 4]);
  });
});

it("complaints typed below a table are pointed out", () => {
  const bytes = makeWorkbook({
    sheets: [
      {
        name: "台账",
        xml: `${sheetData([
          ["投诉编号", "受理时间", "投诉内容"],
          ["A1", 46_083, "甲"],
          ["A2", 46_084, "乙"],
          ["合计", undefined, undefined],
        ])}<tableParts count="1"><tablePart r:id="rId1"/></tableParts>`,
        relationships: [{ id: "rId1", type: "table", target: "../tables/table1.xml" }],
      },
    ],
    parts: {
      "xl/tables/table1.xml": tableXml({ name: "T", ref: "A1:C2", columns: ["投诉编号", "受理时间", "投诉内容"] }),
    },
  });
  const { rows, leftOut } = openFileLedger(bytes, { codec: nodeCodec }).snapshot;
  expect(rows.map(({ row }) => row)).toEqual([2]);
  expect(leftOut).toEqual([{ kind: "below-table", rows: [3] }]);
});

it("of two columns of one name the value is taken where there is one, and both are named", () => {
  const bytes = makeWorkbook({
    sheets: [
      {
        name: "台账",
        xml: sheetData([
          ["投诉编号", "受理时间", "受理时间", "投诉内容", "投诉内容"],
          ["A1", undefined, 46_083, undefined, "甲"],
          ["A2", 46_084, undefined, "乙", undefined],
          ["A3", 46_085, 46_086, "丙", "丁"],
        ]),
      },
    ],
  });
  const { rows, secondColumns } = openFileLedger(bytes, { codec: nodeCodec }).snapshot;
  expect(rows.map(({ cells }) => [cells.receivedAt, cells.description])).toEqual([
    [46_083, "甲"],
    [46_084, "乙"],
    [46_085, "丙"],
  ]);
  expect(secondColumns?.map(({ id, kept, other }) => [id, kept.letter, other.letter])).toEqual([
    ["receivedAt", "B", "C"],
    ["description", "D", "E"],
  ]);
});
