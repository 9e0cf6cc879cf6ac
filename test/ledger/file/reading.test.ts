import ExcelJS from "exceljs";
import { describe, expect, it } from "vitest";
import { toSerial, wallTime } from "../../../src/domain/wall-time.js";
import { nodeCodec } from "../../../src/ooxml/node-codec.js";
import { makeWorkbook, MAIN, sheetData, STRICT_MAIN, tableXml, type WorkbookSpec } from "../../ooxml/support/ooxml.js";
import { read } from "./support/read.js";

const PLAIN: (string | number | undefined)[][] = [
  ["投诉编号", "受理时间", "投诉内容", "备注"],
  ["A1", 46000.5, "床垫有污渍", "x"],
  ["A2", 46001, "少发一件", undefined],
];

function open(spec: WorkbookSpec) {
  return read(makeWorkbook(spec));
}

describe("finding the ledger", () => {
  it("takes the table Complaints wherever it stands, though another range has the headers too", () => {
    const snapshot = open({
      sheets: [
        { name: "抄本", xml: sheetData(PLAIN) },
        {
          name: "我的台账",
          xml:
            sheetData([
              ["说明"],
              [],
              [undefined, "受理时间", "投诉内容"],
              [undefined, 46000, "甲"],
              [undefined, 46001, "乙"],
            ]) + '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>',
          relationships: [{ id: "rId1", type: "table", target: "../tables/table1.xml" }],
        },
      ],
      parts: {
        "xl/tables/table1.xml": tableXml({ name: "Complaints", ref: "B3:C5", columns: ["受理时间", "投诉内容"] }),
      },
    });
    expect(snapshot.sheet).toBe("我的台账");
    expect(snapshot.table).toBe("Complaints");
    expect(snapshot.headerRow).toBe(3);
    expect(snapshot.columns.get("description")).toEqual({ header: "投诉内容", letter: "C" });
    expect(snapshot.rows.map(({ row, cells }) => [row, cells.description])).toEqual([
      [4, "甲"],
      [5, "乙"],
    ]);
  });

  it("takes another table by its headers' synonyms before a plain range", () => {
    const snapshot = open({
      sheets: [
        {
          name: "S",
          xml:
            sheetData([
              ["客诉日期", "问题描述"],
              [46000, "甲"],
            ]) + '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>',
          relationships: [{ id: "rId1", type: "table", target: "/xl/tables/table1.xml" }],
        },
        { name: "T", xml: sheetData(PLAIN) },
      ],
      parts: { "xl/tables/table1.xml": tableXml({ name: "表1", ref: "A1:B2", columns: ["客诉日期", "问题描述"] }) },
    });
    expect(snapshot.table).toBe("表1");
    expect(snapshot.rows[0]!.cells).toEqual({ receivedAt: 46000, description: "甲" });
  });

  it("finds a plain range below titles and notes", () => {
    const rows: (string | number | undefined)[][] = [
      ["2026 年客户投诉台账"],
      ["填表：客服部"],
      [],
      [undefined, "编号", "投诉日期", "客诉内容"],
      [undefined, "A1", 46000, "甲"],
    ];
    const snapshot = open({ sheets: [{ name: "一季度", xml: sheetData(rows) }] });
    expect(snapshot).toMatchObject({ sheet: "一季度", table: undefined, headerRow: 4 });
    expect([...snapshot.columns].map(([id, { letter }]) => [id, letter])).toEqual([
      ["id", "B"],
      ["receivedAt", "C"],
      ["description", "D"],
    ]);
    expect(snapshot.rows).toEqual([{ row: 5, cells: { id: "A1", receivedAt: 46000, description: "甲" }, outputs: {} }]);
  });

  it("reads headers over two rows, with cells merged downwards and across", () => {
    const rows: (string | number | undefined)[][] = [
      ["受理时间", "投诉内容", "客户", undefined],
      [undefined, undefined, "客户名称", "联系电话"],
      [46000, "甲", "王", "138"],
    ];
    const merges =
      '<mergeCells count="3"><mergeCell ref="A1:A2"/><mergeCell ref="B1:B2"/><mergeCell ref="C1:D1"/></mergeCells>';
    const snapshot = open({ sheets: [{ name: "S", xml: sheetData(rows) + merges }] });
    expect(snapshot.headerRow).toBe(2);
    expect(snapshot.rows).toEqual([
      { row: 3, cells: { receivedAt: 46000, description: "甲", customer: "王", phone: "138" }, outputs: {} },
    ]);
  });

  it("leaves a small list two columns to the right alone", () => {
    const rows = [
      ["受理时间", "投诉内容", undefined, undefined, "客户", "电话"],
      [46000, "甲", undefined, undefined, "王", "138"],
      [undefined, undefined, undefined, undefined, "李", "139"],
    ];
    const snapshot = open({ sheets: [{ name: "S", xml: sheetData(rows) }] });
    expect([...snapshot.columns.keys()]).toEqual(["receivedAt", "description"]);
    expect(snapshot.rows.map(({ row }) => row)).toEqual([2]);
  });

  it("prefers a visible sheet to a hidden copy", () => {
    const snapshot = open({
      sheets: [
        { name: "备份", xml: sheetData(PLAIN), state: "veryHidden" },
        { name: "台账", xml: sheetData(PLAIN) },
      ],
    });
    expect(snapshot.sheet).toBe("台账");
  });

  it("stops a plain range above a table that stands below it", () => {
    const snapshot = open({
      sheets: [
        {
          name: "S",
          xml:
            sheetData([...PLAIN, [], ["姓名", "部门"], ["张三", "生产部"]]) +
            '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>',
          relationships: [{ id: "rId1", type: "table", target: "../tables/table1.xml" }],
        },
      ],
      parts: { "xl/tables/table1.xml": tableXml({ name: "People", ref: "A5:B6", columns: ["姓名", "部门"] }) },
    });
    expect(snapshot.rows.map(({ row }) => row)).toEqual([2, 3]);
    expect(snapshot.sideTables.get("People")).toEqual({
      sheet: "S",
      headers: [
        { header: "姓名", letter: "A" },
        { header: "部门", letter: "B" },
      ],
      rows: [{ row: 6, cells: ["张三", "生产部"] }],
    });
  });

  it("lists headers that no column claims", () => {
    expect(open({ sheets: [{ name: "S", xml: sheetData(PLAIN) }] }).unrecognised).toEqual([
      { header: "备注", letter: "D" },
    ]);
  });
});

describe("reading cells", () => {
  it("reads every kind of cell as a person sees it", () => {
    const strings = [
      "受理时间", "投诉内容", "原因", "客户要求", "是否成立", "损失金额", "地区", "客户名称",
      "<r><rPr><b/></rPr><t>破</t></r><r><t xml:space=\"preserve\"> 损</t></r><rPh sb=\"0\" eb=\"1\"><t>po</t></rPh>",
      "<t xml:space=\"preserve\"> 两端 </t>",
      "a &lt;b&gt; &amp;amp; &#x4e2d;&#10;_x000D_ _x005F_x0041_",
      "<t/>",
    ]; // prettier-ignore
    const s = (ref: string, i: number): string => `<c r="${ref}" t="s"><v>${i}</v></c>`;
    const header = `<row r="1">${[0, 1, 2, 3, 4, 5, 6, 7].map((i) => s(`${"ABCDEFGH"[i]}1`, i)).join("")}</row>`;
    const row = `<row r="2"><c r="A2"><v>46023.006944444445</v></c>${s("B2", 8)}${s("C2", 10)}${s("D2", 9)}<c r="E2" t="b"><v>1</v></c><c r="F2" t="e"><v>#N/A</v></c><c r="G2" t="str"><f>IF(A2,"x","")</f><v>广东 &amp; 广西</v></c><c r="H2" t="inlineStr"><is><r><t>王</t></r><r><t>五</t></r></is></c></row>`;
    const blank = `<row r="3"><c r="A3" s="0"/>${s("B3", 11)}<c r="C3" t="str"><f>""</f><v></v></c></row><row r="4"><c r="B4" t="inlineStr"><is><t> </t></is></c></row>`;
    const snapshot = open({
      sheets: [{ name: "S", xml: `<sheetData>${header}${row}${blank}</sheetData>` }],
      sharedStrings: strings,
    });
    expect(snapshot.rows).toEqual([
      {
        row: 2,
        cells: {
          receivedAt: 46023.006944444445,
          description: "破 损",
          cause: "a <b> &amp; 中\n\r _x0041_",
          demand: " 两端 ",
          upheld: true,
          loss: { error: "#N/A" },
          region: "广东 & 广西",
          customer: "王五",
        },
        outputs: {},
      },
    ]);
  });

  it("reads any number as the double that its digits say", () => {
    const numbers = [
      "0.1",
      "-12.5",
      "1E3",
      "1.5E-7",
      "46023.99998842593",
      "123456789012345678",
      "0.30000000000000004",
      "9007199254740993",
      "12345678901234.567",
      ".5",
      "5.",
    ];
    const xml = `<sheetData><row r="1">${cellText("A1", "受理时间")}${cellText("B1", "投诉内容")}${cellText("C1", "损失金额")}</row>${numbers
      .map((n, i) => `<row r="${i + 2}"><c r="C${i + 2}"><v>${n}</v></c></row>`)
      .join("")}</sheetData>`;
    expect(open({ sheets: [{ name: "S", xml }] }).rows.map(({ cells }) => cells.loss)).toEqual(numbers.map(Number));
  });

  it("reads rows and cells that carry no references", () => {
    const t = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
    const xml = `<sheetData><row>${t("受理时间")}${t("投诉内容")}${t("原因")}</row><row><c><v>46000</v></c>${t("甲")}</row><row r="5"><c><v>46001</v></c>${t("乙")}<c/></row><row><c><v>46002</v></c><c r="C6" t="inlineStr"><is><t>丙</t></is></c></row></sheetData>`;
    expect(open({ sheets: [{ name: "S", xml }] }).rows).toEqual([
      { row: 2, cells: { receivedAt: 46000, description: "甲" }, outputs: {} },
      { row: 5, cells: { receivedAt: 46001, description: "乙" }, outputs: {} },
      { row: 6, cells: { receivedAt: 46002, cause: "丙" }, outputs: {} },
    ]);
  });

  it("reads prefixed elements, single quotes, comments, CDATA, line breaks and a byte order mark", () => {
    const xml =
      `\ufeff<?xml version='1.0' encoding='UTF-8'?>\r\n<!-- <sheetData> --><x:worksheet xmlns:x='${MAIN}' xmlns:q='urn:q'>\r\n` +
      `<x:dimension ref='A1:B2' q:note='a > b'/>\r\n<x:sheetData>\r\n<x:row r = '1' ><x:c r='A1' t='inlineStr'><x:is><x:t>受理时间</x:t></x:is></x:c><x:c r='B1' t='inlineStr'><x:is><x:t>投诉内容</x:t></x:is></x:c></x:row>\r\n` +
      `<!-- </x:row> --><?pi <x:row?><x:row r='2' q:hint='>'><x:c t='str' r='A2'><x:f><![CDATA[1<2]]></x:f><x:v><![CDATA[2026-3-1 <上午>]]></x:v></x:c><q:ext><q:c/></q:ext><x:c r="B2" t="inlineStr"><x:is><x:t>甲</x:t></x:is><x:extLst><x:ext uri='u'/></x:extLst></x:c></x:row></x:sheetData></x:worksheet>`;
    expect(open({ sheets: [{ name: "S", xml }] }).rows).toEqual([
      { row: 2, cells: { receivedAt: "2026-3-1 <上午>", description: "甲" }, outputs: {} },
    ]);
  });

  it("reads any line end as a line feed", () => {
    const head =
      cellText("A1", "受理时间") + cellText("B1", "投诉内容") + cellText("C1", "原因") + cellText("D1", "客户要求");
    const xml = `<sheetData><row r="1">${head}</row><row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2" t="str"><v>a\r\nb</v></c><c r="D2" t="inlineStr"><is><t>a\rb&#13;</t></is></c></row></sheetData>`;
    const { rows } = open({ sheets: [{ name: "S", xml }], sharedStrings: ["a\r\nb"] });
    expect(rows[0]!.cells).toEqual({ description: "a\nb", cause: "a\nb", demand: "a\nb\r" });
  });

  it("reads a part in UTF-16", () => {
    const text = `<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="${MAIN}">${sheetData(PLAIN)}</worksheet>`;
    const utf16 = new Uint8Array(2 + text.length * 2);
    utf16.set([0xff, 0xfe]);
    new Uint16Array(utf16.buffer).set(
      Array.from(text, (c) => c.charCodeAt(0)),
      1,
    );
    const bytes = makeWorkbook({
      sheets: [{ name: "S", xml: sheetData([]) }],
      parts: { "xl/worksheets/sheet1.xml": utf16 },
    });
    expect(read(bytes).rows).toHaveLength(2);
  });

  it("reads a strict workbook, ISO dates included", () => {
    const xml = sheetData([["受理时间", "投诉内容"]]).replace(
      "</sheetData>",
      '<row r="2"><c r="A2" t="d"><v>2026-03-31T18:00:00</v></c><c r="B2" t="inlineStr"><is><t>甲</t></is></c></row></sheetData>',
    );
    const snapshot = open({ sheets: [{ name: "S", xml }], main: STRICT_MAIN });
    expect(snapshot.rows).toEqual([
      { row: 2, cells: { receivedAt: toSerial(wallTime(2026, 3, 31, 18)), description: "甲" }, outputs: {} },
    ]);
  });

  it("turns serials of a 1904 workbook into those of the 1900 system, but no number that is no date", () => {
    const snapshot = open({
      before: '<workbookPr date1904="1"/>',
      sheets: [
        {
          name: "S",
          xml: sheetData([
            ["受理时间", "投诉内容", "损失金额", "结案时间"],
            [44538.75, "甲", 100, 20260331],
          ]),
        },
      ],
    });
    expect(snapshot.rows[0]!.cells).toEqual({ receivedAt: 46000.75, description: "甲", loss: 100, closeAt: 20260331 });
  });

  it("leaves out totals rows and reads hidden, filtered and outlined ones", () => {
    const snapshot = open({
      sheets: [
        {
          name: "S",
          xml:
            sheetData([
              ["受理时间", "投诉内容"],
              [46000, "甲"],
              [46001, "乙"],
              ["汇总", "2"],
            ]).replace('<row r="3">', '<row r="3" hidden="1" outlineLevel="1">') +
            '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>',
          relationships: [{ id: "rId1", type: "table", target: "../tables/table1.xml" }],
        },
      ],
      parts: {
        "xl/tables/table1.xml": tableXml({
          name: "Complaints",
          ref: "A1:B4",
          columns: ["受理时间", "投诉内容"],
          attributes: ' totalsRowCount="1"',
        }),
      },
    });
    expect(snapshot.rows.map(({ row }) => row)).toEqual([2, 3]);
  });

  it("reads what exceljs writes, with both codecs", async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet("台账 '甲'&<乙>");
    sheet.addRow(["投诉编号", "受理时间", "投诉内容", "是否成立", "损失金额"]);
    sheet.addRow([
      "A1",
      new Date(Date.UTC(2026, 2, 31, 12)),
      { richText: [{ text: "破" }, { text: "损", font: { bold: true } }] },
      true,
      { formula: "1+1.5", result: 2.5 },
    ]);
    sheet.mergeCells("A5:A6");
    sheet.getCell("A5").value = "A2";
    const bytes = new Uint8Array(await book.xlsx.writeBuffer());
    for (const options of [{}, { codec: nodeCodec }]) {
      const snapshot = read(bytes, options);
      expect(snapshot.sheet).toBe("台账 '甲'&<乙>");
      expect(snapshot.rows).toEqual([
        {
          row: 2,
          cells: {
            id: "A1",
            receivedAt: toSerial(wallTime(2026, 3, 31, 12)),
            description: "破损",
            upheld: true,
            loss: 2.5,
          },
          outputs: {},
        },
      ]);
      // A number alone is no complaint.
      expect(snapshot.leftOut).toEqual([{ kind: "blank", rows: [5] }]);
    }
  });
});

describe("reading side tables", () => {
  it("finds them by table name, else by sheet name under the first row that isn't blank", () => {
    const snapshot = open({
      sheets: [
        { name: "台账", xml: sheetData(PLAIN) },
        {
          name: "设置",
          xml: sheetData([
            [],
            [undefined, "项目", undefined, "值"],
            [undefined, "下班时间", "x", "17:30"],
            [],
            [undefined, "单位名称"],
          ]),
        },
        {
          name: "员工",
          xml:
            sheetData([["姓名"], ["张三"], [undefined], ["李四"]]) +
            '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>',
          relationships: [{ id: "rId1", type: "table", target: "../tables/table1.xml" }],
        },
        { name: "人员", xml: sheetData([["别的"]]) },
      ],
      parts: { "xl/tables/table1.xml": tableXml({ name: "people", ref: "A1:A4", columns: ["姓名"] }) },
    });
    expect(snapshot.sideTables.get("Settings")).toEqual({
      sheet: "设置",
      headers: [
        { header: "项目", letter: "B" },
        { header: "值", letter: "D" },
      ],
      rows: [
        { row: 3, cells: ["下班时间", "17:30"] },
        { row: 5, cells: ["单位名称", null] },
      ],
    });
    expect(snapshot.sideTables.get("People")).toMatchObject({ sheet: "员工", rows: [{ row: 2 }, { row: 4 }] });
    expect(snapshot.sideTables.has("Holidays")).toBe(false);
  });

  it("converts 1904 serials only in cells shown as dates", () => {
    const styles = `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="170" formatCode="[$-804]yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>`;
    const snapshot = open({
      before: '<workbookPr date1904="true"/>',
      styles,
      sheets: [
        { name: "台账", xml: sheetData(PLAIN) },
        {
          name: "节假日",
          xml: '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>日期</t></is></c><c r="B1" t="inlineStr"><is><t>数</t></is></c></row><row r="2"><c r="A2" s="1"><v>100</v></c><c r="B2"><v>100</v></c></row></sheetData>',
        },
      ],
    });
    expect(snapshot.sideTables.get("Holidays")!.rows[0]!.cells).toEqual([1562, 100]);
  });
});

function cellText(reference: string, text: string): string {
  return `<c r="${reference}" t="inlineStr"><is><t>${text}</t></is></c>`;
}
