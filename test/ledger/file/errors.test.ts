import { describe, expect, it } from "vitest";
import {
  LedgerError,
  openFileLedger,
  WorkbookError,
  type WorkbookErrorCode,
} from "../../../src/ledger/file/file-ledger.js";
import {
  makeWorkbook,
  relationshipsXml,
  sheetData,
  tableXml,
  workbookParts,
  zipParts,
  type Parts,
} from "../../ooxml/support/ooxml.js";
import { workbookErrorText } from "../../../src/ledger/file/workbook-error-text.js";
import { assertMayBeSaved } from "../../../src/workbench/file/save-book.js";
import { sameForAll } from "./support/writes.js";

const ROWS: (string | number | undefined)[][] = [
  ["受理时间", "投诉内容"],
  [46000, "甲"],
];
const PARTS = workbookParts({ sheets: [{ name: "S", xml: sheetData(ROWS) }], sharedStrings: ["x"] });

function codeOf(bytes: Uint8Array): { code: string; params: WorkbookError["params"] } {
  try {
    openFileLedger(bytes);
  } catch (error) {
    if (error instanceof WorkbookError || error instanceof LedgerError)
      return { code: error.code, params: error.params };
    throw error;
  }
  throw new Error("no error");
}

function without(part: string): Parts {
  return Object.fromEntries(Object.entries(PARTS).filter(([name]) => name !== part));
}

function ole(stream: string): Uint8Array {
  const bytes = new Uint8Array(2048);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  Array.from(stream).forEach((c, i) => (bytes[1024 + 2 * i] = c.charCodeAt(0)));
  return bytes;
}

describe("files that are no workbook", () => {
  it.each<[string, Uint8Array, WorkbookErrorCode]>([
    ["an empty file", new Uint8Array(0), "not-a-workbook"],
    ["a CSV file", new TextEncoder().encode("投诉编号,受理时间\r\n"), "not-a-workbook"],
    ["a zip of something else", zipParts({ "readme.txt": "x" }), "not-a-workbook"],
    ["an encrypted workbook", ole("EncryptedPackage"), "password-protected"],
    ["an old workbook", ole("Workbook"), "old-xls"],
    ["some other OLE file", ole("WordDocument"), "not-a-workbook"],
    [
      "an OpenDocument sheet",
      zipParts({ mimetype: "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>" }),
      "open-document",
    ],
    [
      "a binary workbook",
      zipParts({
        ...PARTS,
        "_rels/.rels": relationshipsXml([{ id: "a", type: "officeDocument", target: "xl/workbook.bin" }]),
        "xl/workbook.bin": "x",
      }),
      "binary-xlsb",
    ],
    ["a file cut off on the way", zipParts(PARTS).subarray(0, 900), "damaged-zip"],
  ])("%s", (_, bytes, code) => {
    expect(codeOf(bytes).code).toBe(code);
  });
});

describe("damaged workbooks", () => {
  it("name the part that is missing", () => {
    expect(codeOf(zipParts(without("xl/worksheets/sheet1.xml")))).toEqual({
      code: "missing-part",
      params: { part: "xl/worksheets/sheet1.xml" },
    });
    expect(codeOf(zipParts(without("xl/workbook.xml"))).params).toEqual({ part: "xl/workbook.xml" });
  });

  it("name the part whose bytes don't match their checksum", () => {
    const bytes = zipParts(PARTS);
    const name = new TextEncoder().encode("xl/worksheets/sheet1.xml");
    const at = bytes.findIndex((_, i) => name.every((byte, k) => bytes[i + k] === byte));
    bytes[at + name.length + 10]! ^= 0xff;
    expect(codeOf(bytes)).toEqual({ code: "damaged-zip", params: { part: "xl/worksheets/sheet1.xml" } });
  });

  it("that claim to hold more than they can are refused before memory is set aside", () => {
    const bytes = zipParts(PARTS);
    const name = new TextEncoder().encode("xl/worksheets/sheet1.xml");
    const at = bytes.findLastIndex((_, i) => name.every((byte, k) => bytes[i + k] === byte));
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(at - 46 + 24, 0xf0000000, true);
    expect(codeOf(bytes)).toEqual({ code: "damaged-zip", params: { part: "xl/worksheets/sheet1.xml" } });
  });

  it.each([
    ["not closed", "<sheetData><row r='1'><c r='A1'>"],
    ["out of order by row", '<sheetData><row r="2"/><row r="1"/></sheetData>'],
    ["out of order by cell", '<sheetData><row r="1"><c r="B1"/><c r="A1"/></row></sheetData>'],
    ["with a cell of another row", '<sheetData><row r="1"><c r="A2"/></row></sheetData>'],
    ["without quotes", "<sheetData><row r=1/></sheetData>"],
    ["closing what isn't open", "<sheetData><row r='1'></c></row></sheetData>"],
    ["of an unknown kind", '<sheetData><row r="1"><c r="A1" t="zz"><v>1</v></c></row></sheetData>'],
    ["pointing to a string that isn't there", '<sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData>'],
    ["without sheet data", "<sheetFormatPr/>"],
  ])("with sheet data %s are refused", (_, xml) => {
    expect(codeOf(makeWorkbook({ sheets: [{ name: "S", xml }] }))).toMatchObject({
      code: "malformed-xml",
      params: { part: "xl/worksheets/sheet1.xml" },
    });
  });

  it.each([
    ["a document type declaration", '<!DOCTYPE workbook [<!ENTITY a "x">]><workbook/>'],
    ["a tag that isn't closed", "<workbook><sheets></workbook>"],
    ["a second root", "<workbook/><workbook/>"],
    ["an attribute given twice", '<workbook a="1" a="2"/>'],
    ["text outside", "x<workbook/>"],
    ["nothing", ""],
    ["very deep nesting", `${"<a>".repeat(5000)}${"</a>".repeat(5000)}`],
  ])("with %s in the workbook part are refused", (_, xml) => {
    expect(codeOf(zipParts({ ...PARTS, "xl/workbook.xml": xml }))).toMatchObject({
      code: "malformed-xml",
      params: { part: "xl/workbook.xml" },
    });
  });

  it("in an encoding that nobody knows are refused", () => {
    expect(
      codeOf(zipParts({ ...PARTS, "xl/workbook.xml": '<?xml version="1.0" encoding="x-martian"?><workbook/>' })).code,
    ).toBe("malformed-xml");
  });
});

describe("workbooks without one clear ledger", () => {
  it("say which of the needed headers are missing, and where the other was found", () => {
    expect(codeOf(makeWorkbook({ sheets: [{ name: "S", xml: sheetData([["姓名", "部门"]]) }] }))).toEqual({
      code: "no-ledger",
      params: { missing: "受理时间、投诉内容", sheet: "" },
    });
    expect(codeOf(makeWorkbook({ sheets: [{ name: "一月", xml: sheetData([["投诉日期", "客户"]]) }] }))).toEqual({
      code: "no-ledger",
      params: { missing: "投诉内容", sheet: "一月" },
    });
  });

  it("say so if the table Complaints lacks a needed header", () => {
    const bytes = makeWorkbook({
      sheets: [
        {
          name: "S",
          xml: sheetData([["受理时间"], [46000]]) + '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>',
          relationships: [{ id: "rId1", type: "table", target: "../tables/table1.xml" }],
        },
      ],
      parts: { "xl/tables/table1.xml": tableXml({ name: "Complaints", ref: "A1:A2", columns: ["受理时间"] }) },
    });
    expect(codeOf(bytes)).toEqual({ code: "no-ledger", params: { missing: "投诉内容", sheet: "S" } });
  });

  it("name both candidates if there are two", () => {
    expect(
      codeOf(
        makeWorkbook({
          sheets: [
            { name: "甲", xml: sheetData(ROWS) },
            { name: "乙", xml: sheetData(ROWS) },
          ],
        }),
      ),
    ).toEqual({
      code: "several-ledgers",
      params: { names: "“甲”、“乙”" },
    });
  });
});

describe("a signed workbook", () => {
  const signed = zipParts({
    ...PARTS,
    "_rels/.rels": relationshipsXml([
      { id: "rId1", type: "officeDocument", target: "xl/workbook.xml" },
      {
        id: "rId2",
        type: "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin",
        target: "_xmlsignatures/origin.sigs",
      },
    ]),
    "_xmlsignatures/origin.sigs": "",
  });

  it("is read, but not written to", () => {
    const ledger = openFileLedger(signed);
    expect(ledger.snapshot.rows).toHaveLength(1);
    expect(() => ledger.write(sameForAll(ledger, { status: "处理中" }))).toThrow(new WorkbookError("signed"));
  });

  it("comes back as it is if there is nothing to write", () => {
    const ledger = openFileLedger(signed);
    expect(ledger.write(sameForAll(ledger, {})).bytes).toBe(signed);
  });
});

describe("a legacy shared workbook, which takes no tables", () => {
  const shared = makeWorkbook({
    sheets: [{ name: "甲", xml: sheetData(ROWS) }],
    workbookRelationships: [{ id: "rIdR", type: "revisionHeaders", target: "revisions/revisionHeaders.xml" }],
    parts: { "xl/revisions/revisionHeaders.xml": "<headers/>" },
  });

  it("is read, but not written to, by command and workbench alike", () => {
    const ledger = openFileLedger(shared);
    expect(ledger.snapshot.rows).toHaveLength(1);
    expect(() => ledger.write(sameForAll(ledger, { status: "处理中" }))).toThrow(new WorkbookError("shared"));
    expect(() => {
      assertMayBeSaved(shared);
    }).toThrow(new WorkbookError("shared"));
    expect(workbookErrorText(new WorkbookError("shared"), "zh")).toContain("取消共享");
  });
});
