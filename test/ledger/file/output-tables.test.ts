import { describe, expect, it } from "vitest";
import { openFileLedger } from "../../../src/ledger/file/file-ledger.js";
import type { OutputCell, OutputTable, RawTable } from "../../../src/ledger/port.js";
import { attribute, parseXml } from "../../../src/ooxml/xml/tree.js";
import {
  makeWorkbook,
  MAIN,
  partText,
  sheetData,
  tableXml,
  unzip,
  zipParts,
  type Parts,
  type SheetSpec,
} from "../../ooxml/support/ooxml.js";
import { richParts } from "./support/rich-workbook.js";

const LEDGER: SheetSpec = {
  name: "投诉台账",
  xml: sheetData([
    ["受理时间", "投诉内容"],
    [46000, "甲"],
  ]),
};
const COLUMNS: OutputTable["columns"] = [
  { header: "投诉编号", kind: "text", width: 14 },
  { header: "对象类型", kind: "text", width: 10 },
  { header: "对象", kind: "text", width: 10 },
  { header: "类型", kind: "text", width: 10 },
  { header: "事由", kind: "text", width: 20 },
  { header: "金额", kind: "money", width: 12 },
  { header: "日期", kind: "date", width: 12 },
];

function row(id: string, subject: string, amount: number): OutputCell[] {
  return [id, "个人", subject, "罚款", "逾期", amount, 46000];
}

function penalties(rows: readonly (readonly OutputCell[])[], more: Partial<OutputTable> = {}): OutputTable {
  return { sheet: "处罚明细", table: "Penalties", columns: COLUMNS, rows, mode: "replace", ...more };
}

function write(bytes: Uint8Array, ...tables: OutputTable[]) {
  return openFileLedger(bytes).write({ outputColumns: [], rows: [], tables });
}

function read(bytes: Uint8Array, table: "Penalties" | "AuditLog" = "Penalties"): RawTable {
  return openFileLedger(bytes).snapshot.sideTables.get(table)!;
}

function amounts(bytes: Uint8Array): unknown[][] {
  const table = read(bytes);
  return table.rows.map(({ cells }) => [cells[0], ...cells.slice(5)]);
}

const EMPTY = makeWorkbook({ sheets: [LEDGER] });
const THREE = [row("A1", "张三", 50), row("A1", "李四", 60), row("A2", "张三", 70)];

describe("an output table that is not there yet", () => {
  const { bytes, report } = write(
    EMPTY,
    penalties(THREE),
    penalties([["2026-01-01"]], {
      sheet: "处理日志",
      table: "AuditLog",
      columns: [{ header: "时间", kind: "text", width: 20 }],
      mode: "append",
    }),
  );

  it("gets its own sheet with a real table, frozen header, widths and formats", () => {
    expect(report.changedCells).toBe(7 + 21 + 2);
    const sheet = partText(bytes, "xl/worksheets/sheet2.xml");
    expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(sheet).toContain('<col min="5" max="5" width="20" customWidth="1"/>');
    expect(attribute(parseXml(partText(bytes, "xl/tables/table1.xml"), "t").root, "ref")).toBe("A1:G4");
    expect(partText(bytes, "xl/workbook.xml")).toContain('<sheet name="处罚明细" sheetId="2" r:id=');
    expect(read(bytes)).toMatchObject({
      sheet: "处罚明细",
      rows: [
        { row: 2, cells: THREE[0] },
        { row: 3, cells: THREE[1] },
        { row: 4, cells: THREE[2] },
      ],
    });
    expect(read(bytes, "AuditLog").rows).toEqual([{ row: 2, cells: ["2026-01-01"] }]);
  });

  it("stands beside the ledger sheet, which is not touched", () => {
    expect(unzip(bytes).get("xl/worksheets/sheet1.xml")).toEqual(unzip(EMPTY).get("xl/worksheets/sheet1.xml"));
  });

  it("is written again without any change", () => {
    const again = write(bytes, penalties(THREE));
    expect(again.report.changedCells).toBe(0);
    expect(again.bytes).toBe(bytes);
  });

  it("has one blank row if there is nothing to say, since Excel wants one", () => {
    const { bytes: empty } = write(EMPTY, penalties([]));
    expect(attribute(parseXml(partText(empty, "xl/tables/table1.xml"), "t").root, "ref")).toBe("A1:G2");
    expect(read(empty).rows).toEqual([]);
    expect(write(empty, penalties([])).report.changedCells).toBe(0);
  });

  it("gets a sheet of another name if that name is taken by something else, and is found there again", () => {
    const input = makeWorkbook({ sheets: [LEDGER, { name: "处罚明细", xml: sheetData([["我的笔记"]]) }] });
    const { bytes: out } = write(input, penalties(THREE));
    expect(read(out).sheet).toBe("处罚明细 (2)");
    expect(partText(out, "xl/worksheets/sheet2.xml")).toContain("我的笔记");
    expect(write(out, penalties(THREE)).bytes).toBe(out);
  });

  it("is put on a blank sheet of its name, and over its headers where they stand without a table", () => {
    for (const xml of [
      "<sheetData/>",
      '<sheetData><row r="3"><c r="B3" s="0"/></row></sheetData>',
      sheetData([COLUMNS.map(({ header }) => header), row("A0", "x", 1) as string[]]),
    ]) {
      const { bytes: out } = write(makeWorkbook({ sheets: [LEDGER, { name: "处罚明细", xml }] }), penalties(THREE));
      expect(read(out)).toMatchObject({ sheet: "处罚明细" });
      expect(amounts(out)).toEqual([
        ["A1", 50, 46000],
        ["A1", 60, 46000],
        ["A2", 70, 46000],
      ]);
      expect(attribute(parseXml(partText(out, "xl/tables/table1.xml"), "t").root, "ref")).toBe("A1:G4");
      expect(partText(out, "xl/worksheets/sheet2.xml")).toContain("<tablePart ");
      expect(write(out, penalties(THREE)).bytes).toBe(out);
    }
  });

  it("is not put over merged cells or a filter, which Excel wouldn't open", () => {
    const headers = COLUMNS.map(({ header }) => header);
    for (const after of ['<autoFilter ref="A1:G2"/>', '<mergeCells count="1"><mergeCell ref="A2:B2"/></mergeCells>']) {
      const input = makeWorkbook({ sheets: [LEDGER, { name: "处罚明细", xml: sheetData([headers]) + after }] });
      const { bytes: out } = write(input, penalties(THREE));
      expect(read(out).sheet).toBe("处罚明细 (2)");
    }
  });

  it("gets another table name if a defined name has taken it", () => {
    const input = makeWorkbook({
      sheets: [LEDGER],
      after: '<definedNames><definedName name="penalties">1</definedName></definedNames>',
    });
    const { bytes: out } = write(input, penalties(THREE));
    expect(partText(out, "xl/tables/table1.xml")).toContain('displayName="Penalties_"');
    expect(write(out, penalties(THREE)).bytes).toBe(out);
  });
});

describe("replacing a table", () => {
  const three = write(EMPTY, penalties(THREE)).bytes;

  it("writes only the cells that differ", () => {
    const { bytes, report } = write(three, penalties([THREE[0]!, row("A1", "李四", 65), THREE[2]!]));
    expect(report.changedCells).toBe(1);
    expect(amounts(bytes)[1]).toEqual(["A1", 65, 46000]);
  });

  it("grows and shrinks it", () => {
    const more = [...THREE, row("A3", "王五", 80), row("A4", "王五", 90)];
    const grown = write(three, penalties(more)).bytes;
    expect(read(grown).rows.map(({ cells }) => cells)).toEqual(more);
    expect(partText(grown, "xl/tables/table1.xml")).toContain('ref="A1:G6"');
    const style = (reference: string): string | undefined =>
      new RegExp(`<c r="${reference}" s="(\\d+)"`).exec(partText(grown, "xl/worksheets/sheet2.xml"))?.[1];
    expect(style("F6")).toBe(style("F2"));
    const shrunk = write(grown, penalties([THREE[0]!])).bytes;
    expect(read(shrunk).rows.map(({ cells }) => cells)).toEqual([THREE[0]]);
    expect(partText(shrunk, "xl/tables/table1.xml")).toContain('<autoFilter ref="A1:G2"/>');
    const none = write(shrunk, penalties([])).bytes;
    expect(read(none).rows).toEqual([]);
    expect(partText(none, "xl/tables/table1.xml")).toContain('ref="A1:G2"');
  });

  it("follows columns that the user moved, and adds one that was deleted", () => {
    const input = withTable(
      ["金额", "对象", "投诉编号", "对象类型", "类型", "事由"],
      [[50, "张三", "A1", "个人", "罚款", "逾期"]],
    );
    const { bytes, report } = write(input, penalties([row("A1", "张三", 51)]));
    expect(report.changedCells).toBe(3);
    expect(read(bytes)).toMatchObject({ rows: [{ cells: [51, "张三", "A1", "个人", "罚款", "逾期", 46000] }] });
    expect(
      read(bytes)
        .headers.map(({ header }) => header)
        .at(-1),
    ).toBe("日期");
  });

  it("refuses to grow over something, and names the cell", () => {
    const xml = sheetData([
      COLUMNS.map(({ header }) => header),
      row("A1", "张三", 50) as string[],
      [],
      [undefined, "制表人：王"],
    ]);
    const input = tableOn(xml, "A1:G2");
    expect(() => write(input, penalties(THREE))).toThrow(
      expect.objectContaining({
        code: "table-blocked",
        params: { table: "Penalties", sheet: "处罚明细", cell: "A4" },
      }) as Error,
    );
    expect(write(input, penalties(THREE.slice(0, 2))).report.changedCells).toBeGreaterThan(0);
  });
});

describe("columns of the user's own in an output table", () => {
  const headers = [...COLUMNS.map(({ header }) => header), "已扣", "两倍"];
  const formula = (r: number): string => `<c r="I${r}"><f>F${r}*2</f><v>0</v></c>`;
  const xml = sheetData([
    headers,
    [...row("A1", "张三", 50), "现金"],
    [...row("A1", "李四", 60), "转账"],
    row("A2", "张三", 70),
  ] as string[][])
    .replace('</row><row r="3">', `${formula(2)}</row><row r="3">`)
    .replace('</row><row r="4">', `${formula(3)}</row><row r="4">`);
  const input = tableOn(xml, "A1:I4", headers);
  const notes = (bytes: Uint8Array): unknown[][] =>
    read(bytes).rows.map(({ cells }) => [cells[0], cells[2], cells[5], cells[7]]);

  it("follow their row when rows come before it, change their amount, or go", () => {
    const { bytes } = write(
      input,
      penalties([row("A0", "赵六", 10), row("A1", "李四", 66), row("A1", "张三", 50), row("A2", "张三", 70)]),
    );
    expect(notes(bytes)).toEqual([
      ["A0", "赵六", 10, null],
      ["A1", "李四", 66, "转账"],
      ["A1", "张三", 50, "现金"],
      ["A2", "张三", 70, null],
    ]);
  });

  it("are kept at the end when their row is gone, never put beside another", () => {
    const gone = write(input, penalties([row("A2", "张三", 70)])).bytes;
    expect(notes(gone)).toEqual([
      ["A2", "张三", 70, null],
      [null, null, null, "现金"],
      [null, null, null, "转账"],
    ]);
    const again = write(gone, penalties([row("A2", "张三", 70)]));
    expect(again.bytes).toBe(gone);
  });

  it("keep formulas where they stand; the calculation chain goes when a formula does", () => {
    const same = partText(
      write(input, penalties([row("A9", "孙", 1), row("A8", "钱", 2)])).bytes,
      "xl/worksheets/sheet2.xml",
    );
    expect(same).toContain(formula(2));
    expect(same).toContain(formula(3));
  });

  it("survive in Results and AuditLog too, where rows are appended below as they stand", () => {
    const log = {
      sheet: "处理日志",
      table: "AuditLog",
      mode: "append" as const,
      columns: [
        { header: "时间", kind: "datetime" as const, width: 18 },
        { header: "内容", kind: "text" as const, width: 40 },
      ],
    };
    const first = write(EMPTY, penalties([[46000.5, "第一次"]], log)).bytes;
    const parts = Object.fromEntries(unzip(first)) as Parts;
    const odd = partText(first, "xl/worksheets/sheet2.xml").replace(
      '<row r="2">',
      '<row r="2" ht="30" customHeight="1">',
    );
    parts["xl/worksheets/sheet2.xml"] = odd;
    const second = write(
      zipParts(parts),
      penalties(
        [
          [46001.5, "第二次"],
          [46001.5, "第三次"],
        ],
        log,
      ),
    );
    expect(second.report.changedCells).toBe(4);
    expect(read(second.bytes, "AuditLog").rows).toEqual([
      { row: 2, cells: [46000.5, "第一次"] },
      { row: 3, cells: [46001.5, "第二次"] },
      { row: 4, cells: [46001.5, "第三次"] },
    ]);
    const kept = /<row r="2".*?<\/row>/.exec(odd)![0];
    expect(partText(second.bytes, "xl/worksheets/sheet2.xml")).toContain(kept);
  });

  it("fill the blank row of an empty log first", () => {
    const log = {
      sheet: "处理日志",
      table: "AuditLog",
      columns: [{ header: "内容", kind: "text" as const, width: 40 }],
    };
    const empty = write(EMPTY, penalties([], log)).bytes;
    const { bytes } = write(empty, penalties([["甲"]], { ...log, mode: "append" }));
    expect(read(bytes, "AuditLog").rows).toEqual([{ row: 2, cells: ["甲"] }]);
    expect(write(bytes, penalties([], { ...log, mode: "append" })).bytes).toBe(bytes);
  });
});

describe("a totals row under an output table", () => {
  const headers = COLUMNS.map(({ header }) => header);
  const totals =
    '<row r="4"><c r="A4" t="inlineStr"><is><t>汇总</t></is></c><c r="F4" s="0"><f>SUBTOTAL(109,Penalties[金额])</f><v>110</v></c></row></sheetData>';
  const input = tableOn(
    sheetData([headers, row("A1", "张三", 50), row("A1", "李四", 60)] as string[][]).replace("</sheetData>", totals),
    "A1:G4",
    headers,
    ' totalsRowCount="1"',
    {
      "xl/calcChain.xml": `<calcChain xmlns="${MAIN}"><c r="F4" i="2"/></calcChain>`,
    },
  );

  it("moves down and up with the end of the data, and the calculation chain is left to Excel", () => {
    const grown = write(input, penalties([...THREE, row("A3", "王五", 80)])).bytes;
    const sheet = partText(grown, "xl/worksheets/sheet2.xml");
    expect(sheet).toContain(
      '<row r="6"><c r="A6" t="inlineStr"><is><t>汇总</t></is></c><c r="F6" s="0"><f>SUBTOTAL(109,Penalties[金额])</f><v>110</v></c></row>',
    );
    expect(sheet.split("SUBTOTAL")).toHaveLength(2);
    expect(partText(grown, "xl/tables/table1.xml")).toContain('<autoFilter ref="A1:G5"/>');
    expect(read(grown).rows).toHaveLength(4);
    expect(unzip(grown).has("xl/calcChain.xml")).toBe(false);
    expect(partText(grown, "[Content_Types].xml")).not.toContain("calcChain");
    expect(partText(grown, "xl/_rels/workbook.xml.rels")).not.toContain("calcChain");
    const shrunk = write(grown, penalties([THREE[0]!])).bytes;
    expect(read(shrunk).rows).toHaveLength(1);
    expect(partText(shrunk, "xl/worksheets/sheet2.xml")).toContain(
      '<c r="F3" s="0"><f>SUBTOTAL(109,Penalties[金额])</f>',
    );
    expect(partText(shrunk, "xl/worksheets/sheet2.xml").split("SUBTOTAL")).toHaveLength(2);
  });
});

describe("output tables in a workbook full of other things", () => {
  it("add parts at the end and leave the others alone", () => {
    const input = zipParts(richParts());
    const { bytes } = write(input, penalties(THREE));
    const before = [...unzip(input).keys()];
    expect([...unzip(bytes).keys()].slice(0, before.length)).toEqual(before);
    expect([...unzip(bytes).keys()].slice(before.length)).toEqual([
      "xl/worksheets/sheet3.xml",
      "xl/tables/table2.xml",
      "xl/worksheets/_rels/sheet3.xml.rels",
    ]);
    expect(partText(bytes, "xl/tables/table2.xml")).toContain(' id="2" name="Penalties"');
    expect(unzip(bytes).get("xl/worksheets/sheet1.xml")).toEqual(unzip(input).get("xl/worksheets/sheet1.xml"));
  });
});

function tableOn(
  xml: string,
  ref: string,
  columns = COLUMNS.map(({ header }) => header),
  attributes = "",
  parts: Parts = {},
): Uint8Array {
  return makeWorkbook({
    sheets: [
      LEDGER,
      {
        name: "处罚明细",
        xml: `${xml}<tableParts count="1"><tablePart r:id="rId1"/></tableParts>`,
        relationships: [{ id: "rId1", type: "table", target: "../tables/table1.xml" }],
      },
    ],
    parts: { "xl/tables/table1.xml": tableXml({ name: "Penalties", ref, columns, attributes }), ...parts },
    ...(parts["xl/calcChain.xml"]
      ? {
          workbookRelationships: [{ id: "rIdC", type: "calcChain", target: "calcChain.xml" }],
          types: { "/xl/calcChain.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml" },
        }
      : {}),
  });
}

function withTable(headers: string[], rows: (string | number)[][]): Uint8Array {
  return tableOn(
    sheetData([headers, ...rows]),
    `A1:${String.fromCharCode(64 + headers.length)}${rows.length + 1}`,
    headers,
  );
}
