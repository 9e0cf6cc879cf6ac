import ExcelJS from "exceljs";
import { describe, expect, it } from "vitest";
import { dayOf, toSerial, wallTime } from "../../../src/domain/wall-time.js";
import type { ComplaintOutputs } from "../../../src/domain/complaint.js";
import type { Fen } from "../../../src/domain/money.js";
import { openFileLedger } from "../../../src/ledger/file/file-ledger.js";
import { nodeCodec } from "../../../src/ooxml/node-codec.js";
import { attribute, childrenNamed, parseXml } from "../../../src/ooxml/xml/tree.js";
import {
  makeWorkbook,
  MAIN,
  partText,
  sheetData,
  STRICT_MAIN,
  tableXml,
  unzip,
  zipParts,
  type SheetSpec,
  type WorkbookSpec,
} from "../../ooxml/support/ooxml.js";
import { read, written } from "./support/read.js";
import { richParts } from "./support/rich-workbook.js";
import { DUE, sameForAll } from "./support/writes.js";

const OUTPUTS: ComplaintOutputs = {
  category: "产品质量类",
  handler: ["生产部经理", "客服主任"],
  closeDue: DUE,
  status: "已逾期",
  overdue: true,
  penalty: 123456789 as Fen,
  archiveUntil: dayOf(2029, 3, 31),
  factoryCost: 5010 as Fen,
};
const CONTENTS = {
  category: "产品质量类",
  handler: "生产部经理；客服主任",
  closeDue: toSerial(DUE),
  status: "已逾期",
  overdue: "是",
  penalty: 1234567.89,
  archiveUntil: dayOf(2029, 3, 31),
  factoryCost: 50.1,
};
const HEADERS = ["投诉编号", "受理时间", "投诉内容"];
const ROWS: (string | number | undefined)[][] = [HEADERS, ["A1", 46000, "甲"], ["A2", 46001, "乙"]];
const SHEET = "xl/worksheets/sheet1.xml";

function plain(more: Partial<SheetSpec> = {}, spec: Partial<WorkbookSpec> = {}): Uint8Array {
  return makeWorkbook({ sheets: [{ name: "台账", xml: sheetData(ROWS), ...more }], ...spec });
}

function table(
  rows = ROWS,
  ref = "A1:C3",
  after = "",
  options: { attributes?: string; parts?: Record<string, string> } = {},
): Uint8Array {
  return makeWorkbook({
    sheets: [
      {
        name: "台账",
        xml: `${sheetData(rows)}${after}<tableParts count="1"><tablePart r:id="rId1"/></tableParts>`,
        relationships: [{ id: "rId1", type: "table", target: "../tables/table1.xml" }],
      },
    ],
    parts: {
      "xl/tables/table1.xml": tableXml({
        name: "Complaints",
        ref,
        columns: rows[0]!.map(String),
        ...(options.attributes ? { attributes: options.attributes } : {}),
      }),
      ...options.parts,
    },
  });
}

function run(bytes: Uint8Array, outputs: ComplaintOutputs = OUTPUTS) {
  const ledger = openFileLedger(bytes, { codec: nodeCodec });
  return ledger.write(sameForAll(ledger, outputs));
}

describe("outputs in the ledger", () => {
  it("are added to the table after its columns, in the order asked for, and read back as written", () => {
    const input = table();
    const { bytes, report } = run(input);
    expect(report).toEqual({ placement: "table", changedCells: 8 * 3, keptFormulas: 0 });
    const snapshot = read(bytes);
    expect([...snapshot.columns].slice(3).map(([id, { header, letter }]) => [id, header, letter])).toEqual([
      ["category", "投诉类别", "D"],
      ["handler", "承办岗位", "E"],
      ["closeDue", "结案期限", "F"],
      ["status", "当前状态", "G"],
      ["overdue", "逾期", "H"],
      ["penalty", "处罚合计", "I"],
      ["archiveUntil", "归档到期", "J"],
      ["factoryCost", "工厂承担", "K"],
    ]);
    for (const row of snapshot.rows) expect(row.outputs).toEqual(CONTENTS);
    expect(snapshot.rows.map(written)).toEqual(read(input).rows.map(written));
    const { root } = parseXml(partText(bytes, "xl/tables/table1.xml"), "table");
    expect(attribute(root, "ref")).toBe("A1:K3");
    expect(attribute(root.children[0]!, "ref")).toBe("A1:K3");
    const columns = childrenNamed(root.children[1], "tableColumn");
    expect(new Set(columns.map((c) => attribute(c, "id"))).size).toBe(11);
    expect(attribute(root.children[1]!, "count")).toBe("11");
  });

  it("go right of a plain range", () => {
    const { bytes, report } = run(plain());
    expect(report.placement).toBe("range");
    expect(read(bytes).rows[1]!.outputs).toEqual(CONTENTS);
  });

  it("written twice change nothing: the second run returns the very bytes it was given", () => {
    for (const input of [
      table(),
      plain(),
      plain({}, { before: '<workbookPr date1904="1"/>' }),
      zipParts(richParts()),
    ]) {
      const { bytes } = run(input);
      const again = run(bytes);
      expect(again.report.changedCells).toBe(0);
      expect(again.bytes).toBe(bytes);
    }
  });

  it("that change touch their own cell only; the rest of the sheet stays as text", () => {
    const first = run(table()).bytes;
    const ledger = openFileLedger(first);
    const { bytes, report } = ledger.write({
      outputColumns: ["status", "penalty"],
      rows: [{ row: 3, outputs: { status: "已结案", penalty: 123456789 as Fen } }],
      tables: [],
    });
    expect(report.changedCells).toBe(1);
    const before = partText(first, SHEET);
    const after = partText(bytes, SHEET);
    const cell = /<c r="G3"[^>]*><v>\d+<\/v><\/c>/;
    expect(after.replace(cell, "")).toBe(before.replace(cell, ""));
    expect(read(bytes).rows.map(({ outputs }) => outputs.status)).toEqual(["已逾期", "已结案"]);
  });

  it("are used where the user moved their columns to, and blanked when they have no value any more", () => {
    const rows = [
      ["当前状态", "投诉内容", "核决人", "受理时间"],
      ["处理中", "甲", "总经理", 46000],
      ["处理中", "乙", undefined, 46001],
    ];
    const ledger = openFileLedger(plain({ xml: sheetData(rows) }));
    const { bytes, report } = ledger.write({
      outputColumns: ["status", "approver"],
      rows: [
        { row: 2, outputs: { status: "已结案" } },
        { row: 3, outputs: { status: "处理中" } },
      ],
      tables: [],
    });
    expect(report).toEqual({ placement: "range", changedCells: 2, keptFormulas: 0 });
    const snapshot = read(bytes);
    expect(snapshot.rows.map(({ outputs }) => outputs)).toEqual([{ status: "已结案" }, { status: "处理中" }]);
    expect(snapshot.columns.get("status")!.letter).toBe("A");
    expect(partText(bytes, SHEET)).toContain('<c r="C2"/>');
  });

  it("never replace a formula of the user's in an output column", () => {
    const xml = sheetData([
      ["受理时间", "投诉内容", "逾期"],
      [46000, "甲"],
    ]).replace("</row></sheetData>", '<c r="C2" t="str"><f>IF(1,"否")</f><v>否</v></c></row></sheetData>');
    const { bytes, report } = run(plain({ xml }), { overdue: true });
    expect(report).toEqual({ placement: "range", changedCells: 0, keptFormulas: 1 });
    expect(partText(bytes, SHEET)).toContain('<f>IF(1,"否")</f><v>否</v>');
  });

  it("give a blank 投诉编号 its number and touch no other input", () => {
    const rows = [HEADERS, [undefined, 46000, "甲"], ["  ", 46001, "乙"], ["A3", 46002, "丙"]];
    const ledger = openFileLedger(plain({ xml: sheetData(rows) }));
    const { bytes, report } = ledger.write({
      outputColumns: [],
      rows: [2, 3, 4].map((row) => ({ row, newId: `N${row}`, outputs: {} })),
      tables: [],
    });
    expect(report.changedCells).toBe(2);
    expect(read(bytes).rows.map(({ cells }) => cells)).toEqual([
      { id: "N2", receivedAt: 46000, description: "甲" },
      { id: "N3", receivedAt: 46001, description: "乙" },
      { id: "A3", receivedAt: 46002, description: "丙" },
    ]);
    expect(partText(bytes, SHEET)).toMatch(/<row r="2"><c r="A2" t="s"><v>\d+<\/v><\/c><c r="B2">/);
  });

  it("come with a column of numbers if the ledger has none", () => {
    const ledger = openFileLedger(
      plain({
        xml: sheetData([
          ["受理时间", "投诉内容"],
          [46000, "甲"],
        ]),
      }),
    );
    const { bytes } = ledger.write({
      outputColumns: ["status"],
      rows: [{ row: 2, newId: "20260101-001", outputs: { status: "处理中" } }],
      tables: [],
    });
    const snapshot = read(bytes);
    expect(snapshot.columns.get("id")).toEqual({ header: "投诉编号", letter: "C" });
    const [first] = snapshot.rows;
    expect(written(first!)).toEqual({ receivedAt: 46000, description: "甲", id: "20260101-001" });
    expect(first!.outputs).toEqual({ status: "处理中" });
  });

  it("take the hint of a row's span away where it no longer holds, and only there", () => {
    const rows = [
      ["当前状态", "受理时间", "投诉内容"],
      ["旧", 46000, "甲"],
      [undefined, 46001, "乙"],
      ["旧", 46002, "丙"],
    ];
    const xml = sheetData(rows).replace(/<row r="(\d)">/g, "<row r='$1' spans='1:3' ht='20'>");
    const inPlace = partText(run(plain({ xml }), { status: "新" }).bytes, SHEET);
    expect(inPlace).toContain("<row r='2' spans='1:3' ht='20'><c r=\"A2\"");
    expect(inPlace).toContain("<row r='3' ht='20'><c r=\"A3\"");
    const added = partText(run(plain({ xml }), { status: "新", category: "类" }).bytes, SHEET);
    for (const row of [1, 2, 3, 4]) expect(added).toContain(`<row r='${row}' ht='20'>`);
  });

  it("are refused for a row that was never read", () => {
    const ledger = openFileLedger(plain());
    expect(() => ledger.write({ outputColumns: ["status"], rows: [{ row: 9, outputs: {} }], tables: [] })).toThrow(
      "row 9",
    );
  });
});

describe("text", () => {
  const texts = [
    "=1+1",
    "+86",
    "-3",
    "@A1",
    " 前后 ",
    "a\nb\tc",
    "a\r\nb",
    "<&>\"'",
    "_x0041_",
    "\u0001\u000b\ufffe",
    "😀\ud800",
    "'引号",
    "x".repeat(40_000),
  ];

  it("stays text, whatever it begins with or holds", () => {
    const rows = [["受理时间", "投诉内容"], ...texts.map((_, i) => [46000 + i, "甲"])];
    const ledger = openFileLedger(plain({ xml: sheetData(rows) }));
    const { bytes } = ledger.write({
      outputColumns: ["basis"],
      rows: texts.map((basis, i) => ({ row: i + 2, outputs: { basis } })),
      tables: [],
    });
    expect(partText(bytes, SHEET)).not.toContain("<f");
    const basis = read(bytes).rows.map(({ outputs }) => outputs.basis);
    expect(basis).toEqual([...texts.slice(0, -1), `${"x".repeat(32_766)}…`]);
    parseXml(partText(bytes, "xl/sharedStrings.xml"), "strings");
  });

  it("that looks like a formula gets a quote prefix, so that editing the cell doesn't make it one", () => {
    const { bytes } = run(plain(), { basis: "=HYPERLINK(1)" });
    const style = Number(/<c r="D2" s="(\d+)" t="s">/.exec(partText(bytes, SHEET))![1]);
    const formats = childrenNamed(
      parseXml(partText(bytes, "xl/styles.xml"), "styles").root.children.find((c) => c.local === "cellXfs"),
      "xf",
    );
    expect(attribute(formats[style]!, "quotePrefix")).toBe("1");
  });

  it("is shared with what the table of strings holds already, but not with rich text", () => {
    const spec = {
      sheets: [{ name: "S", xml: sheetData([[...HEADERS, "投诉类别"], ...ROWS.slice(1)]) }],
      sharedStrings: ["甲类", "<r><t>乙</t></r><r><t>类</t></r>"],
    };
    const ledger = openFileLedger(makeWorkbook(spec));
    const { bytes } = ledger.write({
      outputColumns: ["category"],
      rows: [
        { row: 2, outputs: { category: "甲类" } },
        { row: 3, outputs: { category: "乙类" } },
      ],
      tables: [],
    });
    expect(partText(bytes, "xl/sharedStrings.xml")).toMatch(
      / count="4" uniqueCount="3">.*<\/r><\/si><si><t>乙类<\/t><\/si><\/sst>$/,
    );
  });
});

describe("formats", () => {
  function formatsOf(bytes: Uint8Array) {
    const { root } = parseXml(partText(bytes, "xl/styles.xml"), "styles");
    const list = (name: string) => root.children.find((c) => c.local === name);
    const codes = new Map(
      childrenNamed(list("numFmts"), "numFmt").map((e) => [attribute(e, "numFmtId"), attribute(e, "formatCode")]),
    );
    const formats = childrenNamed(list("cellXfs"), "xf");
    return (reference: string) => {
      const style = Number(new RegExp(`<c r="${reference}" s="(\\d+)"`).exec(partText(bytes, SHEET))?.[1] ?? 0);
      const format = formats[style]!;
      const id = attribute(format, "numFmtId");
      return {
        code: codes.get(id) ?? id,
        font: attribute(format, "fontId"),
        border: attribute(format, "borderId"),
        children: format.children.map((c) => c.local),
      };
    };
  }

  it("fit the value and carry on the neighbouring cell's font, fill, border and protection", () => {
    const { bytes } = run(zipParts(richParts()));
    const format = formatsOf(bytes);
    const like = { font: "1", border: "1", children: ["alignment", "protection"] };
    expect(format("E1")).toEqual({ code: "0", ...like });
    expect(format("E2")).toEqual({ code: "0", ...like });
    expect(format("G2")).toEqual({ code: "yyyy-mm-dd hh:mm", ...like });
    expect(format("J2")).toEqual({ code: "4", ...like });
    expect(format("K2")).toEqual({ code: "yyyy-mm-dd", ...like });
  });

  it("of the user's own stay if they can show the value", () => {
    const styles = `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="m/d"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`;
    const xml = sheetData([
      ["受理时间", "投诉内容", "结案期限"],
      [46000, "甲"],
      [46000, "乙"],
    ])
      .replace('</row><row r="3">', '<c r="C2" s="1"/></row><row r="3">')
      .replace("</row></sheetData>", '<c r="C3"/></row></sheetData>');
    const { bytes } = run(plain({ xml }, { styles }), { closeDue: DUE });
    expect(formatsOf(bytes)("C2").code).toBe("m/d");
    expect(formatsOf(bytes)("C3").code).toBe("yyyy-mm-dd hh:mm");
  });

  it("don't carry a quote prefix on, nor keep it for a value that needs none", () => {
    const styles = `<styleSheet xmlns="${MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="0" quotePrefix="1"/></cellXfs></styleSheet>`;
    const rows = [
      ["受理时间", "下一步", "投诉内容"],
      [46000, "=旧", "甲"],
    ];
    const xml = sheetData(rows).replace(/<c r="([BC])2"/g, '<c r="$12" s="1"');
    const { bytes } = run(plain({ xml }, { styles }), { nextStep: "新", penalty: 100 as Fen });
    const formats = partText(bytes, "xl/styles.xml").match(/<xf [^>]*>/g)!;
    for (const reference of ["B2", "D2"]) {
      const style = Number(new RegExp(`<c r="${reference}" s="(\\d+)"`).exec(partText(bytes, SHEET))?.[1] ?? 0);
      expect(formats[style]).not.toContain("quotePrefix");
    }
  });

  it("are made from nothing if the workbook has no styles", () => {
    const { bytes } = run(plain());
    expect(formatsOf(bytes)("F2").code).toBe("yyyy-mm-dd hh:mm");
  });
});

describe("status colours", () => {
  const rules = (bytes: Uint8Array): number => partText(bytes, SHEET).split("<cfRule").length - 1;

  it("are conditional formats on the status column, added once, wherever the column is moved to", () => {
    const first = run(plain()).bytes;
    expect(rules(first)).toBe(5);
    expect(partText(first, SHEET)).toContain(
      '<conditionalFormatting sqref="G2:G1048576"><cfRule type="expression" dxfId="0" priority="1"><formula>OR($G2="已逾期",$G2="逾期结案",$G2="回访逾期")</formula>',
    );
    const second = run(first, { status: "已结案" });
    expect(second.report.changedCells).toBe(2);
    expect(rules(second.bytes)).toBe(5);
  });

  it("stand where the schema wants them, below the user's own", () => {
    const text = partText(run(zipParts(richParts())).bytes, SHEET);
    expect(text).toMatch(
      /<\/conditionalFormatting><conditionalFormatting sqref="H2:H1048576"><cfRule type="expression" dxfId="1" priority="2">.*<\/conditionalFormatting><dataValidations/,
    );
  });
});

describe("cells right of the ledger that are not free", () => {
  const blocked: [string, Uint8Array][] = [
    ["a note", plain({ xml: sheetData([HEADERS, ["A1", 46000, "甲", undefined, undefined, "注"], ["A2", 46001, "乙"]]) })],
    ["a formula without value", plain({ xml: sheetData(ROWS).replace('</row><row r="3">', '<c r="E2"><f>A1</f></c></row><row r="3">') })],
    ["a merged area", plain({ xml: `${sheetData(ROWS)}<mergeCells count="1"><mergeCell ref="D3:E9"/></mergeCells>` })],
    ["another table", makeWorkbook({
      sheets: [{
        name: "台账",
        xml: sheetData(ROWS) + '<tableParts count="2"><tablePart r:id="rId1"/><tablePart r:id="rId2"/></tableParts>',
        relationships: [{ id: "rId1", type: "table", target: "../tables/table1.xml" }, { id: "rId2", type: "table", target: "../tables/table2.xml" }],
      }],
      parts: {
        "xl/tables/table1.xml": tableXml({ name: "Complaints", ref: "A1:C3", columns: HEADERS }),
        "xl/tables/table2.xml": tableXml({ id: 2, name: "邻居", ref: "F1:G2", columns: ["a", "b"] }),
      },
    })],
    ["the source of a query table", table(ROWS, "A1:C3", "", { attributes: ' tableType="queryTable"' })],
  ]; // prettier-ignore

  it.each(blocked)("(%s) send everything to 处理结果, keyed by number, and it is read from there", (_, input) => {
    const { bytes, report } = run(input);
    expect(report).toMatchObject({ placement: "results", changedCells: 9 * 3 });
    const before = unzip(input).get(SHEET);
    expect(unzip(bytes).get(SHEET)).toEqual(before);
    const snapshot = read(bytes);
    expect(snapshot.columns.has("status")).toBe(false);
    expect(snapshot.rows.map(({ outputs }) => outputs)).toEqual([CONTENTS, CONTENTS]);
    const again = run(bytes);
    expect(again.bytes).toBe(bytes);
  });

  it("are none in a table whose header row is switched off, since new headers would have no place", () => {
    const input = makeWorkbook({
      sheets: [
        {
          name: "台账",
          xml: `${sheetData(ROWS.slice(1))}<tableParts count="1"><tablePart r:id="rId1"/></tableParts>`,
          relationships: [{ id: "rId1", type: "table", target: "../tables/table1.xml" }],
        },
      ],
      parts: {
        "xl/tables/table1.xml": tableXml({
          name: "Complaints",
          ref: "A1:C2",
          columns: HEADERS,
          attributes: ' headerRowCount="0"',
          inside: "",
        }),
      },
    });
    const { bytes, report } = run(input);
    expect(report.placement).toBe("results");
    expect(unzip(bytes).get(SHEET)).toEqual(unzip(input).get(SHEET));
    expect(read(bytes).rows.map(({ outputs }) => outputs)).toEqual([CONTENTS, CONTENTS]);
  });

  it("leave columns of 处理结果 without any value as known columns, so that nobody misses them", () => {
    const input = plain({ xml: sheetData([[...HEADERS, undefined, "注"], ...ROWS.slice(1)]) });
    const ledger = openFileLedger(input);
    const { bytes } = ledger.write({
      outputColumns: ["status", "approver"],
      rows: [2, 3].map((row) => ({ row, outputs: { status: "处理中" } })),
      tables: [],
    });
    expect(openFileLedger(bytes).snapshot.rows[0]!.outputs).toEqual({ status: "处理中", approver: null });
  });

  it("don't matter above and below a plain range, nor when they are only formatted", () => {
    const rows = [
      ["标题", undefined, undefined, undefined, "注"],
      ...ROWS,
      [],
      [undefined, undefined, undefined, "注"],
    ];
    const xml = sheetData(rows).replace('</row><row r="4">', '<c r="D3" s="0"/></row><row r="4">');
    const { bytes, report } = run(plain({ xml }));
    expect(report.placement).toBe("range");
    expect(partText(bytes, SHEET)).toContain("注");
    expect(read(bytes).rows[0]!.outputs).toEqual(CONTENTS);
  });

  it("keep the results sheet in use, its rows in the user's order, duplicates in turn, lost complaints dropped", () => {
    const input = plain({
      xml: sheetData([
        [...HEADERS, undefined, "x"],
        ["A1", 46000, "甲", undefined, "注"],
        ["A2", 46001, "乙"],
        ["A1", 46002, "丙"],
      ]),
    });
    const ledger = openFileLedger(input);
    const first = ledger.write({
      outputColumns: ["category", "status"],
      rows: [2, 3, 4].map((row) => ({ row, outputs: { category: `类${row}`, status: "处理中" } })),
      tables: [],
    }).bytes;
    // The user sorts 处理结果 by hand (A2 first) and deletes nothing; then A2 leaves the ledger.
    const parts = Object.fromEntries(unzip(first));
    expect(read(first).rows.map(({ outputs }) => outputs.category)).toEqual(["类2", "类3", "类4"]);
    parts[SHEET] = new TextEncoder().encode(partText(first, SHEET).replace(/<row r="3">.*?<\/row>/, ""));
    const later = openFileLedger(zipParts(parts));
    expect(later.snapshot.rows.map(({ outputs }) => outputs.category)).toEqual(["类2", "类4"]);
    const second = later.write({
      outputColumns: ["category", "status"],
      rows: [2, 4].map((row) => ({ row, outputs: { category: `类${row}`, status: "处理中" } })),
      tables: [],
    });
    expect(second.report.placement).toBe("results");
    expect(openFileLedger(second.bytes).snapshot.rows.map(({ outputs }) => outputs.category)).toEqual(["类2", "类4"]);
    expect(partText(second.bytes, "xl/tables/table1.xml")).toContain('ref="A1:C3"');
  });
});

describe("odd but legal parts", () => {
  it("with prefixed elements get prefixed cells", () => {
    const q = (xml: string): string => xml.replaceAll(/<(\/?)(?=\w)/g, "<$1x:");
    const xml = `<x:worksheet xmlns:x="${MAIN}">${q(sheetData(ROWS))}</x:worksheet>`;
    const { bytes } = run(plain({ xml }));
    const text = partText(bytes, SHEET);
    expect(text).not.toMatch(/<\/?(?!x:|\?)\w/);
    expect(read(bytes).rows[1]!.outputs).toEqual(CONTENTS);
  });

  it("without references get cells with references, and nothing shifts", () => {
    const c = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
    const xml = `<sheetData><row>${c("受理时间")}${c("投诉内容")}${c("当前状态")}</row><row><c><v>46000</v></c>${c("甲")}${c("旧")}</row><row><c><v>46001</v></c>${c("乙")}</row></sheetData>`;
    const { bytes } = run(plain({ xml }), { status: "处理中", category: "类" });
    expect(read(bytes).rows.map((one) => ({ ...one, cells: written(one) }))).toEqual([
      { row: 2, cells: { receivedAt: 46000, description: "甲" }, outputs: { status: "处理中", category: "类" } },
      { row: 3, cells: { receivedAt: 46001, description: "乙" }, outputs: { status: "处理中", category: "类" } },
    ]);
  });

  it("with an empty table of strings, or its extensions, keep them in order", () => {
    for (const [sst, expected] of [
      [`<sst xmlns="${MAIN}"/>`, /<sst xmlns="[^"]*"><si>.*<\/si><\/sst>$/],
      [
        `<sst xmlns="${MAIN}" uniqueCount="1"><si><t>a</t></si><extLst><ext/></extLst></sst>`,
        /uniqueCount="13"><si><t>a<\/t><\/si><si>.*<\/si><extLst><ext\/><\/extLst><\/sst>$/,
      ],
    ] as const) {
      const { bytes } = run(plain({}, { sharedStrings: [], parts: { "xl/sharedStrings.xml": sst } }));
      expect(partText(bytes, "xl/sharedStrings.xml")).toMatch(expected);
      expect(read(bytes).rows[0]!.outputs).toEqual(CONTENTS);
    }
  });

  it("of the 1904 system get 1904 serials", () => {
    const rows = [
      ["受理时间", "投诉内容"],
      [46000 - 1462, "甲"],
    ];
    const { bytes } = run(plain({ xml: sheetData(rows) }, { before: "<workbookPr date1904='true'/>" }), {
      archiveUntil: dayOf(2026, 3, 31),
    });
    expect(partText(bytes, SHEET)).toContain(`<v>${dayOf(2026, 3, 31) - 1462}</v>`);
    expect(read(bytes).rows[0]!.outputs.archiveUntil).toBe(dayOf(2026, 3, 31));
  });

  it("of the strict dialect stay strict", () => {
    const { bytes } = run(plain({}, { main: STRICT_MAIN }));
    expect(partText(bytes, "xl/sharedStrings.xml")).toContain(STRICT_MAIN);
    expect(read(bytes).rows[0]!.outputs).toEqual(CONTENTS);
  });

  it("with a totals row keep it below the new columns", () => {
    const rows = [...ROWS, ["汇总", undefined, "2"]];
    const { bytes } = run(table(rows, "A1:C4", "", { attributes: ' totalsRowCount="1"' }));
    const text = partText(bytes, "xl/tables/table1.xml");
    expect(text).toContain('ref="A1:K4"');
    expect(text).toContain('<autoFilter ref="A1:K3"/>');
    expect(read(bytes).rows).toHaveLength(2);
  });
});

describe("times", () => {
  it("within the same second count as equal, so that a file another program saved is not written again", () => {
    const due = wallTime(2026, 3, 31, 18, 0, 1);
    const first = run(plain(), { closeDue: due }).bytes;
    const parts = Object.fromEntries(unzip(first));
    const serial = String(toSerial(due));
    const rounded = toSerial(due).toFixed(9);
    expect(serial).not.toBe(rounded);
    parts[SHEET] = new TextEncoder().encode(partText(first, SHEET).replaceAll(serial, rounded));
    expect(run(zipParts(parts), { closeDue: due }).report.changedCells).toBe(0);
  });
});

describe("what was written", () => {
  it("is read by exceljs as well: values, formats, tables", async () => {
    const ledger = openFileLedger(table());
    const { bytes } = ledger.write(
      sameForAll(ledger, OUTPUTS, {
        tables: [
          {
            sheet: "处罚明细",
            table: "Penalties",
            columns: [{ header: "金额", kind: "money", width: 12 }],
            rows: [[50.5]],
            mode: "replace",
          },
        ],
      }),
    );
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(bytes as unknown as ExcelJS.Buffer);
    const sheet = book.getWorksheet("台账")!;
    expect(sheet.getCell("D2").value).toBe("产品质量类");
    expect(sheet.getCell("F2")).toMatchObject({ numFmt: "yyyy-mm-dd hh:mm" });
    expect((sheet.getCell("F2").value as Date).toISOString().slice(0, 19)).toBe("2026-03-31T23:59:59");
    const penalties = book.getWorksheet("处罚明细")!;
    expect(penalties.getCell("A2")).toMatchObject({ value: 50.5, numFmt: "#,##0.00" });
    expect(penalties.getTable("Penalties")).toBeDefined();
  });
});
