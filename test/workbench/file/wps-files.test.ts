import { describe, expect, it } from "vitest";
import { openFileLedger } from "../../../src/ledger/file/file-ledger.js";
import { nodeCodec } from "../../../src/ooxml/node-codec.js";
import { readBook } from "../../../src/workbench/file/read-book.js";
import { saveBook } from "../../../src/workbench/file/save-book.js";
import { Author } from "../../../src/workbench/host/author.js";
import { Book } from "../../../src/workbench/host/book.js";
import { formulaAt } from "../../../src/workbench/host/workbook-model.js";
import { cell, makeWorkbook, partText, unzip } from "../../ooxml/support/ooxml.js";

/**
 * Files as WPS writes them, after what public readers of its format say: parts and attributes of namespaces of its own,
 * pictures in cells by a function of its own, its build in the custom properties. Made by hand: nobody here has a WPS.
 */

const ETC = "http://www.wps.cn/officeDocument/2017/etCustomData";
const PICTURES = "http://www.wps.cn/officeDocument/2020/cellImage";

const PARTS = {
  "docProps/app.xml":
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>WPS 表格</Application></Properties>',
  "docProps/custom.xml":
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer"><vt:lpwstr>2052-12.1.0.16929</vt:lpwstr></property></Properties>',
  "xl/cellimages.xml": `<etc:cellImages xmlns:etc="${ETC}"/>`,
};

function wpsFile(): Uint8Array {
  const header = ["投诉编号", "受理时间", "投诉内容", "图片"];
  const rows = [
    `<row r="1">${header.map((text, i) => cell(`${"ABCD"[i]!}1`, text)).join("")}</row>`,
    `<row r="2">${cell("A2", "C1")}${cell("B2", 46_027)}${cell("C2", "门板开裂")}` +
      '<c r="D2" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c></row>',
  ].join("");
  return makeWorkbook({
    sheets: [
      {
        name: "投诉台账",
        xml:
          '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
          '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ' +
          'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ' +
          `xmlns:etc="${ETC}" mc:Ignorable="etc"><sheetData>${rows}</sheetData></worksheet>`,
      },
    ],
    before: '<fileVersion appName="xl" lastEdited="3" lowestEdited="5" rupBuild="9302"/>',
    workbookRelationships: [{ id: "rIdW", type: PICTURES, target: "cellimages.xml" }],
    parts: PARTS,
    types: { "/xl/cellimages.xml": "application/vnd.wps-officedocument.cellimage+xml" },
  });
}

describe("a file of WPS on the workbench", () => {
  const bytes = wpsFile();

  it("opens, with the picture in its cell as the formula it is", () => {
    const model = readBook(bytes, "台账.xlsx", nodeCodec);
    expect(formulaAt(model.sheets[0]!, 1, 3)).toContain("DISPIMG");
  });

  it("is saved with what was typed, and every part that only WPS knows as it was", () => {
    const model = readBook(bytes, "台账.xlsx", nodeCodec);
    new Author(new Book(model)).type("投诉台账", "C2", "门板开裂，要求更换");
    const saved = saveBook(bytes, model, { newItemId: () => "{1}", codec: nodeCodec });
    expect(saved.changedCells).toBe(1);
    const [before, after] = [unzip(bytes), unzip(saved.bytes)];
    for (const name of Object.keys(PARTS)) expect(after.get(name), name).toEqual(before.get(name));
    expect(partText(saved.bytes, "xl/_rels/workbook.xml.rels")).toContain(PICTURES);
    const sheet = partText(saved.bytes, "xl/worksheets/sheet1.xml");
    expect(sheet).toContain(`xmlns:etc="${ETC}" mc:Ignorable="etc"`);
    expect(sheet).toContain('<f>_xlfn.DISPIMG("ID_1",1)</f>');
    expect(openFileLedger(saved.bytes, { codec: nodeCodec }).snapshot.rows[0]!.cells.description).toBe(
      "门板开裂，要求更换",
    );
  });
});
