import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openExcelLedger, runIn } from "../../../src/ledger/excel/excel-ledger.js";
import { openFileLedger } from "../../../src/ledger/file/file-ledger.js";
import { shiftedFormula } from "../../../src/ooxml/formulas.js";
import { nodeCodec } from "../../../src/ooxml/node-codec.js";
import { runLedger } from "../../../src/ledger/run-ledger.js";
import { wallTime } from "../../../src/domain/wall-time.js";
import { Author } from "../../../src/workbench/host/author.js";
import { Book } from "../../../src/workbench/host/book.js";
import { readBook } from "../../../src/workbench/file/read-book.js";
import { saveBook, type SavedBook } from "../../../src/workbench/file/save-book.js";
import {
  addSheet,
  put,
  rowAt,
  valueAt,
  type CellValue,
  type SheetModel,
  type WorkbookModel,
} from "../../../src/workbench/host/workbook-model.js";
import { makeWorkbook, partText, sheetData, tableXml, unzip, zipParts } from "../../ooxml/support/ooxml.js";
import { richParts } from "../../ledger/file/support/rich-workbook.js";
import { schemaErrors, whyNoSchemas } from "../../ooxml/support/schema.js";
import { loadAllPacks, STATUTES } from "../../packs-folder.js";
import { connect } from "../../support/office-client.js";

const SAMPLE = readFileSync(new URL("../../../templates/sample-ledger.xlsx", import.meta.url));
const ITEM_ID = "{00000000-0000-4000-8000-000000000001}";

function opened(bytes: Uint8Array): { model: WorkbookModel; author: Author; save: () => SavedBook } {
  const model = readBook(bytes, "台账.xlsx", nodeCodec);
  return {
    model,
    author: new Author(new Book(model)),
    save: () => saveBook(bytes, model, { newItemId: () => ITEM_ID, codec: nodeCodec }),
  };
}

function addSheetWith(model: WorkbookModel, name: string, lines: readonly (readonly CellValue[])[]): SheetModel {
  const sheet = addSheet(model, name);
  lines.forEach((line, row) => {
    line.forEach((value, column) => {
      if (value !== "") put(rowAt(sheet, row), column, value);
    });
  });
  return sheet;
}

/** Parts that differ between two files. */
function changedParts(before: Uint8Array, after: Uint8Array): string[] {
  const old = unzip(before);
  return [...unzip(after)]
    .filter(([name, bytes]) => !old.has(name) || !Buffer.from(bytes).equals(Buffer.from(old.get(name)!)))
    .map(([name]) => name)
    .sort();
}

/** A ledger of three columns with dates, in a table, and formulas that cells share. */
function smallBook(): Uint8Array {
  const sheet = sheetData([
    ["投诉编号", "受理时间", "投诉内容"],
    ["A1", 46000.5, "裂缝"],
    ["A2", 46001, "迟到"],
  ]);
  return makeWorkbook({
    sheets: [
      {
        name: "台账",
        xml: `${sheet}<tableParts count="1"><tablePart r:id="rId1"/></tableParts>`,
        relationships: [{ id: "rId1", type: "table", target: "../tables/table1.xml" }],
      },
      {
        name: "算",
        xml:
          '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$A$1</f><v>1</v></c></row>' +
          '<row r="2"><c r="A2"><v>2</v></c><c r="B2"><f t="shared" si="0"/><v>2</v></c></row>' +
          '<row r="3"><c r="A3"><v>3</v></c><c r="B3"><f t="shared" si="0"/><v>3</v></c></row></sheetData>',
      },
    ],
    parts: {
      "xl/tables/table1.xml": tableXml({
        name: "Complaints",
        ref: "A1:C3",
        columns: ["投诉编号", "受理时间", "投诉内容"],
      }),
    },
  });
}

describe("a file on the workbench", () => {
  it("shows the sample ledger's sheets, tables and values", () => {
    const { model } = opened(SAMPLE);
    expect(model.sheets.map(({ name }) => name)).toEqual(expect.arrayContaining(["投诉台账", "人员", "设置"]));
    const ledger = model.sheets.find(({ name }) => name === "投诉台账")!;
    expect(ledger.tables.map(({ name }) => name)).toEqual(["Complaints"]);
    expect(ledger.tables[0]!.area.rows).toBeGreaterThan(120);
    expect(valueAt(ledger, 0, 0)).toBe("投诉编号");
  });

  it("is the very input if nothing changed", () => {
    const saved = opened(SAMPLE).save();
    expect(saved.bytes).toBe(SAMPLE);
    expect(saved).toMatchObject({ changedCells: 0, unsaved: [] });
  });

  it("changes one cell's part and the strings, and nothing else", () => {
    const { author, save } = opened(SAMPLE);
    author.type("人员", "B2", "新部门");
    const { bytes, changedCells } = save();
    expect(changedCells).toBe(1);
    const sheets = changedParts(SAMPLE, bytes);
    expect(sheets.filter((name) => name.startsWith("xl/worksheets/"))).toHaveLength(1);
    expect(sheets.filter((name) => !/^xl\/(worksheets\/|sharedStrings|styles|workbook\.xml)/.test(name))).toEqual([]);
    expect(valueAt(opened(bytes).author.sheet("人员"), 1, 1)).toBe("新部门");
  });

  it("keeps everything of a workbook that holds everything", () => {
    const input = zipParts(richParts());
    const { author, model, save } = opened(input);
    const sheet = model.sheets[0]!;
    delete sheet.protection;
    author.type(sheet.name, "C2", "改过的内容");
    const { bytes } = save();
    expect(changedParts(input, bytes)).toEqual(
      expect.arrayContaining(["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"]),
    );
    const touched = ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"];
    expect(changedParts(input, bytes).filter((name) => !touched.includes(name))).toEqual([]);
    expect([...unzip(bytes).keys()]).toEqual([...unzip(input).keys()]);
  });

  it("refuses on a protected sheet what Excel refuses", () => {
    const { author, model } = opened(zipParts(richParts()));
    expect(() => {
      author.type(model.sheets[0]!.name, "C2", "x");
    }).toThrow();
    author.type(model.sheets[0]!.name, "D5", 5);
  });

  it("saves rows that were inserted, sorted and deleted, with the table around them", () => {
    const { author, save } = opened(smallBook());
    author.insertTableRows("Complaints", 1, [["A3", "2026-03-01", "=不是公式", ""].slice(0, 3)]);
    author.type("台账", "C3", "'=不是公式");
    author.sort("Complaints", "投诉编号", false);
    const saved = opened(save().bytes);
    const sheet = saved.author.sheet("台账");
    expect([1, 2, 3].map((row) => valueAt(sheet, row, 0))).toEqual(["A3", "A2", "A1"]);
    expect(valueAt(sheet, 1, 2)).toBe("=不是公式");
    expect(sheet.tables[0]!.area).toEqual({ row: 0, column: 0, rows: 4, columns: 3 });
    saved.author.deleteTableRows("Complaints", 0, 2);
    const again = opened(saved.save().bytes);
    expect(again.author.table("Complaints").area.rows).toBe(2);
    expect(valueAt(again.author.sheet("台账"), 1, 0)).toBe("A1");
    expect(valueAt(again.author.sheet("台账"), 2, 0)).toBe("");
  });

  it("writes a header that was changed into the table too", () => {
    const { author, save } = opened(smallBook());
    author.type("台账", "C1", '内容 & "话"');
    const { bytes } = save();
    expect(partText(bytes, "xl/tables/table1.xml")).toContain('name="内容 &amp; &quot;话&quot;"');
  });

  it("gives cells their own formula when the one they shared goes", () => {
    const { author, model, save } = opened(smallBook());
    expect(model.sheets[1]!.rows[2]!.formulas).toEqual({ 1: "=A3*$A$1" });
    author.type("算", "B1", 7);
    const xml = partText(save().bytes, "xl/worksheets/sheet2.xml");
    expect(xml).toContain("<f>A2*$A$1</f>");
    expect(xml).toContain("<f>A3*$A$1</f>");
    expect(xml).not.toContain("shared");
  });

  it("writes formulas, truth values and errors as what they are", () => {
    const { author, save } = opened(smallBook());
    author.type("算", "C1", "=SUM(A1:A3)");
    author.type("算", "C2", true);
    author.type("算", "A2", "12");
    const saved = opened(save().bytes).author.sheet("算");
    expect(saved.rows[0]!.formulas).toMatchObject({ 2: "=SUM(A1:A3)" });
    expect(valueAt(saved, 1, 2)).toBe(true);
    expect(valueAt(saved, 1, 0)).toBe(12);
  });

  it("keeps what add-ins store in the workbook", () => {
    const { model, save } = opened(smallBook());
    model.xmlParts.push({ id: "new", xml: '<headers xmlns="urn:tiaoli:headers"/>' });
    const first = save().bytes;
    const second = opened(first);
    expect(second.model.xmlParts.map(({ xml }) => xml)).toEqual([
      expect.stringContaining('<headers xmlns="urn:tiaoli:headers"/>'),
    ]);
    second.model.xmlParts = [];
    const third = second.save().bytes;
    expect(opened(third).model.xmlParts).toEqual([]);
    expect([...unzip(third).keys()].filter((name) => name.startsWith("customXml"))).toEqual([]);
  });

  it("says what it can't save", () => {
    const { model, save } = opened(smallBook());
    model.sheets.pop();
    expect(save().unsaved).toEqual(["deletedSheets"]);
  });

  it("says that filters are not saved, and that a chart or pivot of another kind than the add-in's is not", () => {
    const { model, author, save } = opened(SAMPLE);
    author.filter("Complaints", "投诉渠道", ["电话"]);
    expect(save().unsaved).toEqual(["filters"]);
    author.clearFilters("Complaints");
    const [sheet] = model.sheets;
    const other = { ...structuredClone(sheet!), id: "new", name: "另作", tables: [], rows: [] };
    other.charts = [
      { id: "c", name: "饼图", type: "Pie", source: "另作!A1:B3", seriesBy: "Auto", settings: {}, series: [] },
    ];
    other.pivots = [
      {
        id: "p",
        name: "求和",
        source: "Complaints",
        fields: [],
        destination: { row: 0, column: 5, rows: 1, columns: 1 },
        rows: ["投诉渠道"],
        columns: ["地区"],
        filters: [],
        data: [{ field: "损失金额", name: "损失", summarizeBy: "Sum", settings: {} }],
        settings: {},
        refreshes: 0,
      },
    ];
    model.sheets.push(other);
    const { unsaved, pages } = save();
    expect(unsaved).toEqual(["charts", "pivots"]);
    expect(pages).toEqual(["另作"]);
  });

  it("writes a report's sheet with a chart and a PivotTable that the file's schemas allow", () => {
    const { model, save } = opened(SAMPLE);
    const report = addSheetWith(model, "月报", [
      ["月报", "", ""],
      ["类别", "受理", "办结"],
      ["服务", 3, 2],
      ["质量", 5, 4],
    ]);
    report.charts.push({
      id: "c",
      name: "类别",
      type: "BarClustered",
      source: "月报!A2:C4",
      seriesBy: "Columns",
      settings: { title: { text: "各类" }, position: ["E2", "K12"] },
      series: [],
    });
    report.pivots.push({
      id: "p",
      name: "条理 月报",
      source: "Complaints",
      fields: [],
      destination: { row: 3, column: 12, rows: 1, columns: 1 },
      rows: ["投诉渠道"],
      columns: ["客户类型"],
      filters: [],
      data: [{ field: "投诉编号", name: "件数", summarizeBy: "Count", settings: {} }],
      settings: {},
      refreshes: 0,
    });
    const { bytes, unsaved, pages } = save();
    expect([unsaved, pages]).toEqual([[], ["月报"]]);
    const names = [...unzip(bytes).keys()];
    const chart = partText(
      bytes,
      names.find((name) => name.includes("charts/chart"))!,
    );
    expect(chart).toContain("<c:v>质量</c:v>");
    expect(chart).toContain("'月报'!$C$3:$C$4");
    const pivot = names.find((name) => name.includes("pivotTables/pivotTable"))!;
    expect(partText(bytes, pivot)).toContain('name="Tiaoli 月报"');
    if (whyNoSchemas === undefined) expect(schemaErrors(bytes)).toEqual([]);
  });
});

describe("a ledger processed on the workbench", () => {
  it("holds after saving what the command writes into the file", { timeout: 60_000 }, async () => {
    const options = {
      packs: loadAllPacks(),
      statutes: STATUTES,
      now: wallTime(2026, 3, 31, 18, 0),
      language: "zh" as const,
      programVersion: "test",
    };
    // Numbered already: rows of several packs may get one and the same number, which the add-in refuses to give twice.
    const first = openFileLedger(SAMPLE, { codec: nodeCodec });
    const earlier = { ...options, now: wallTime(2026, 2, 28, 18, 0) };
    const numbered = first.write(runLedger(first.snapshot, earlier).write!).bytes;
    const file = openFileLedger(numbered, { codec: nodeCodec });
    const byCommand = file.write(runLedger(file.snapshot, options).write!).bytes;

    const { model, save } = opened(numbered);
    const { excel } = connect(model, { hardness: { hiddenRowsSpill: false } });
    await excel.run(async (context) => {
      const ledger = openExcelLedger(runIn(context));
      const report = await ledger.write(runLedger(await ledger.read(), options).write!);
      expect(report.skipped).toEqual([]);
    });
    const { bytes, unsaved } = save();
    expect(unsaved).toEqual([]);

    const colours = (file: Uint8Array): number =>
      partText(file, "xl/worksheets/sheet1.xml").match(/<cfRule [^>]*type="expression"/g)?.length ?? 0;
    expect(colours(bytes)).toBe(colours(byCommand));
    expect(colours(bytes)).toBeGreaterThan(0);

    const wanted = openFileLedger(byCommand, { codec: nodeCodec }).snapshot;
    const got = openFileLedger(bytes, { codec: nodeCodec }).snapshot;
    expect([...got.columns.keys()].sort()).toEqual([...wanted.columns.keys()].sort());
    expect(got.rows.map(({ cells, outputs }) => ({ cells, outputs }))).toEqual(
      wanted.rows.map(({ cells, outputs }) => ({ cells, outputs })),
    );
    expect(runLedger(got, options).changedRows).toEqual([]);
    if (whyNoSchemas === undefined) expect(schemaErrors(bytes)).toEqual([]);
  });
});

describe("colours of statuses", () => {
  it("that the add-in gave are saved once", () => {
    const { author, model, save } = opened(smallBook());
    const area = { row: 1, column: 2, rows: 2, columns: 1 };
    const settings = { custom: { rule: { formula: '=OR($C2="已逾期",$C2="逾期结案")' } } };
    model.sheets[0]!.conditionalFormats.push({ id: "1", type: "Custom", area, settings });
    author.type("台账", "C2", "已逾期");
    const first = save().bytes;
    expect(partText(first, "xl/worksheets/sheet1.xml")).toContain('sqref="C2:C1048576"');
    const again = opened(first);
    again.model.sheets[0]!.conditionalFormats.push({ id: "1", type: "Custom", area, settings });
    again.author.type("台账", "C3", "已结案");
    const sheet = partText(again.save().bytes, "xl/worksheets/sheet1.xml");
    expect(sheet.match(/<conditionalFormatting /g)).toHaveLength(1);
  });
});

describe("formulas that are shared", () => {
  it.each([
    ["A1*$A$1", 2, 1, "B3*$A$1"],
    ["SUM(A$1:B2)", 1, 1, "SUM(B$1:C3)"],
    ['"A1"&A1', 1, 0, '"A1"&A2'],
    ["'A1'!A1+LOG10(A1)", 1, 0, "'A1'!A2+LOG10(A2)"],
    ["Complaints[A1]+A1", 1, 0, "Complaints[A1]+A2"],
    ["A1", -1, 0, "#REF!"],
  ])("%s moved by %d and %d is %s", (formula, rows, columns, expected) => {
    expect(shiftedFormula(formula, rows, columns)).toBe(expected);
  });
});
