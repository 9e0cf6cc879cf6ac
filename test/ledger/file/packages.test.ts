import { readdirSync, readFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openFileLedger, WorkbookError } from "../../../src/ledger/file/file-ledger.js";
import { patchCells } from "../../../src/ooxml/patch-cells.js";
import { addContentType } from "../../../src/ooxml/relationships.js";
import { Package, PackageDraft } from "../../../src/ooxml/package.js";
import { nodeCodec } from "../../../src/ooxml/node-codec.js";
import {
  makeWorkbook,
  MAIN,
  partText,
  relationshipsXml,
  sheetData,
  tableXml,
  unzip,
  workbookParts,
  zipParts,
  type Parts,
} from "../../ooxml/support/ooxml.js";
import { lintPackage, newProblems } from "../../ooxml/support/package-lint.js";
import { allHeadersMerged, beyondOldExcel, days1904, farColumns, mergedHeaders } from "../excel/odd-ledgers.js";
import { AUDIT_LOG_HEADERS, DEDUCTIONS_HEADERS, PENALTIES_HEADERS } from "../../../src/ledger/output-tables.js";
import { richParts } from "./support/rich-workbook.js";
import { DUE, sameForAll } from "./support/writes.js";

/** Packages as programs other than Excel write them: what we add must be whole in every one of them. */

const ROWS: (string | number | undefined)[][] = [
  ["投诉编号", "受理时间", "投诉内容"],
  ["A1", 46_000, "甲"],
  ["A2", 46_001, "乙"],
];
const PLAIN = workbookParts({ sheets: [{ name: "台账", xml: sheetData(ROWS) }] });

function writeTo(input: Uint8Array): Uint8Array {
  const ledger = openFileLedger(input, { codec: nodeCodec });
  const write = sameForAll(ledger, { category: "产品质量类", closeDue: DUE, status: "处理中" });
  const tables = [
    {
      sheet: "处罚明细",
      table: "Penalties",
      columns: [
        { header: "投诉编号", kind: "text" as const, width: 14 },
        { header: "对象类型", kind: "text" as const, width: 9 },
        { header: "事由", kind: "text" as const, width: 18 },
        { header: "金额", kind: "money" as const, width: 11 },
      ],
      rows: [["A1", "个人", "延误", 50]],
      mode: "replace" as const,
    },
  ];
  return ledger.write({ ...write, tables }).bytes;
}

const changed = (parts: Parts, name: string, change: (text: string) => string): Parts => ({
  ...parts,
  [name]: change(String(parts[name])),
});

/** Kinds of packages that once came out damaged. */
const ODD: readonly (readonly [string, Uint8Array])[] = [
  [
    "every part named by itself, and no default for relations",
    zipParts(
      changed(PLAIN, "[Content_Types].xml", (text) =>
        text
          .replace(/<Default Extension="(?:rels|xml)"[^>]*\/>/g, "")
          .replace(
            "</Types>",
            ["/_rels/.rels", "/xl/_rels/workbook.xml.rels"]
              .map(
                (name) =>
                  `<Override PartName="${name}" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`,
              )
              .join("") + "</Types>",
          ),
      ),
    ),
  ],
  [
    "shared strings that nothing refers to",
    zipParts({
      ...PLAIN,
      "xl/sharedStrings.xml": `<sst xmlns="${MAIN}" count="1" uniqueCount="1"><si><t>x</t></si></sst>`,
    }),
  ],
  [
    "shared strings that nothing refers to, empty",
    zipParts({ ...PLAIN, "xl/sharedStrings.xml": `<sst xmlns="${MAIN}"/>` }),
  ],
  [
    "formats that nothing refers to",
    zipParts({ ...PLAIN, "xl/styles.xml": `<styleSheet xmlns="${MAIN}"><cellXfs count="9"></cellXfs></styleSheet>` }),
  ],
  [
    "relations left over from a sheet that is gone",
    zipParts({
      ...PLAIN,
      "xl/worksheets/_rels/sheet2.xml.rels": relationshipsXml([
        { id: "rId1", type: "table", target: "../tables/table9.xml" },
        { id: "rId2", type: "drawing", target: "../drawings/drawing9.xml" },
      ]),
    }),
  ],
  [
    "a content type left over from a part that is gone",
    zipParts(
      changed(PLAIN, "[Content_Types].xml", (text) =>
        text.replace(
          "</Types>",
          '<Override PartName="/xl/worksheets/Sheet2.xml" ContentType="application/xml"/><Override PartName="/xl/tables/table1.xml" ContentType="application/xml"/></Types>',
        ),
      ),
    ),
  ],
  [
    "a table named as ours, over something else",
    makeWorkbook({
      sheets: [
        { name: "台账", xml: sheetData(ROWS) },
        {
          name: "Scores",
          xml: `${sheetData([
            ["Team", "Score"],
            ["Red", 3],
          ])}<tableParts count="1"><tablePart r:id="rId1"/></tableParts>`,
          relationships: [{ id: "rId1", type: "table", target: "../tables/table1.xml" }],
        },
      ],
      parts: { "xl/tables/table1.xml": tableXml({ name: "Penalties", ref: "A1:B2", columns: ["Team", "Score"] }) },
    }),
  ],
  ["everything a workbook can hold", zipParts(richParts())],
  ["headers over two rows", mergedHeaders()],
  ["all headers merged", allHeadersMerged()],
  ["far columns", farColumns()],
  ["columns beyond old Excel", beyondOldExcel()],
  ["days from 1904 in tables", days1904({ formatted: true, tables: true })],
  ["days from 1904 in ranges", days1904({ formatted: false, tables: false })],
];

describe("a package that is written to twice", () => {
  it.each(ODD)("is whole: %s", (_, input) => {
    const once = writeTo(input);
    expect(newProblems(input, once)).toEqual([]);
    const twice = writeTo(once);
    expect(newProblems(input, twice)).toEqual([]);
    expect(twice).toEqual(once);
    const { snapshot } = openFileLedger(twice, { codec: nodeCodec });
    expect(snapshot.rows.map(({ outputs }) => outputs.status)).toEqual(snapshot.rows.map(() => "处理中"));
  });

  it.each(["templates/sample-ledger.xlsx", "test/fixtures/from-the-sources.xlsx"])("is whole: %s", (file) => {
    const input = readFileSync(join(import.meta.dirname, "..", "..", "..", file));
    expect(lintPackage(input)).toEqual([]);
    expect(newProblems(input, writeTo(input))).toEqual([]);
  });
});

describe("a user's own table of a name of ours", () => {
  const own = (name: string, outputs: boolean): Uint8Array =>
    makeWorkbook({
      sheets: [
        // A note in the way: outputs go to 处理结果, so that table is wanted as well.
        {
          name: "台账",
          xml: sheetData(ROWS.map((row, i) => (outputs && i === 1 ? [...row, undefined, "备注"] : row))),
        },
        {
          name: "Scores",
          xml: `${sheetData([
            ["Team", "投诉编号"],
            ["Red", 3],
          ])}<tableParts count="1"><tablePart r:id="rId1"/></tableParts>`,
          relationships: [{ id: "rId1", type: "table", target: "../tables/table1.xml" }],
        },
      ],
      parts: { "xl/tables/table1.xml": tableXml({ name, ref: "A1:B2", columns: ["Team", "投诉编号"] }) },
    });

  it.each([
    ["Penalties", false],
    ["Results", true],
    ["AuditLog", false],
    ["Deductions", false],
  ])("%s stays as it is, and ours takes another name", (name, outputs) => {
    const input = own(name, outputs);
    const write = (bytes: Uint8Array): Uint8Array => {
      const ledger = openFileLedger(bytes, { codec: nodeCodec });
      const columns = [...PENALTIES_HEADERS, ...DEDUCTIONS_HEADERS, ...AUDIT_LOG_HEADERS].filter(
        ({ header }, i, all) => all.findIndex((one) => one.header === header) === i,
      );
      const table = {
        table: name,
        sheet: "我们的",
        columns,
        rows: [columns.map(() => undefined)],
        mode: "replace",
      } as const;
      const tables = name === "Results" ? [] : [table];
      return ledger.write({ ...sameForAll(ledger, { category: "质量", status: "处理中" }), tables }).bytes;
    };
    const once = write(input);
    expect(unzip(once).get("xl/tables/table1.xml")).toEqual(unzip(input).get("xl/tables/table1.xml"));
    expect(unzip(once).get("xl/worksheets/sheet2.xml")).toEqual(unzip(input).get("xl/worksheets/sheet2.xml"));
    expect(partText(once, "xl/tables/table2.xml")).toContain(`displayName="${name}_"`);
    expect(newProblems(input, once)).toEqual([]);
    expect(write(once)).toEqual(once);
    const { snapshot } = openFileLedger(once, { codec: nodeCodec });
    expect(snapshot.rows.map((row) => row.outputs.status)).toEqual(["处理中", "处理中"]);
  });
});

it("headers whose cells were renamed, the table's names not, are read as they are shown", () => {
  const input = makeWorkbook({
    sheets: [
      {
        name: "台账",
        xml: `${sheetData(ROWS)}<tableParts count="1"><tablePart r:id="rId1"/></tableParts>`,
        relationships: [{ id: "rId1", type: "table", target: "../tables/table1.xml" }],
      },
    ],
    parts: { "xl/tables/table1.xml": tableXml({ name: "T1", ref: "A1:C3", columns: ["No", "Column2", "Column3"] }) },
  });
  const output = writeTo(input);
  expect(openFileLedger(output).snapshot.rows).toHaveLength(2);
  // Excel repairs a table whose names are not those of its cells.
  expect(partText(output, "xl/tables/table1.xml")).toContain('name="受理时间"');
  expect(newProblems(input, output)).toEqual([]);
});

it("numbers that stand in 处理结果 alone are not guessed at", () => {
  const results = ["投诉编号", "投诉类别", "当前状态"];
  const input = makeWorkbook({
    sheets: [
      {
        name: "台账",
        xml: sheetData([
          ["受理时间", "投诉内容"],
          [46_000, "甲"],
        ]),
      },
      {
        name: "处理结果",
        xml: `${sheetData([results, ["260302001", "质量", "处理中"]])}<tableParts count="1"><tablePart r:id="rId1"/></tableParts>`,
        relationships: [{ id: "rId1", type: "table", target: "../tables/table1.xml" }],
      },
    ],
    parts: { "xl/tables/table1.xml": tableXml({ name: "Results", ref: "A1:C2", columns: results }) },
  });
  expect(openFileLedger(input).snapshot.numbersLost).toBe(true);
});

describe("the linter of packages", () => {
  const whole = zipParts(PLAIN);
  it.each<[string, Parts]>([
    ["a part without a content type", { ...PLAIN, "xl/x.zzz": "x" }],
    ["an override twice", changed(PLAIN, "[Content_Types].xml", (t) => t.replace(/(<Override[^>]*\/>)/, "$1$1"))],
    ["a relation to nowhere", changed(PLAIN, "xl/_rels/workbook.xml.rels", (t) => t.replace("sheet1", "sheet7"))],
    ["relations of no part", { ...PLAIN, "xl/_rels/gone.xml.rels": relationshipsXml([]) }],
    [
      "a format that is not there",
      changed(PLAIN, "xl/worksheets/sheet1.xml", (t) => t.replace('<c r="A1"', '<c r="A1" s="5"')),
    ],
    [
      "a text that is not there",
      changed(PLAIN, "xl/worksheets/sheet1.xml", (t) => t.replace(/<c r="A1".*?<\/c>/, '<c r="A1" t="s"><v>4</v></c>')),
    ],
  ])("sees %s", (_, parts) => {
    expect(lintPackage(whole)).toEqual([]);
    expect(lintPackage(zipParts(parts))).not.toEqual([]);
  });
});

describe("a document type declaration", () => {
  const DOCTYPE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>';
  const parts: Parts = {
    ...workbookParts({
      sheets: [{ name: "台账", xml: sheetData(ROWS) }],
      sharedStrings: ["x"],
      styles: `<styleSheet xmlns="${MAIN}"/>`,
      workbookRelationships: [{ id: "rIdT", type: "theme", target: "theme/theme1.xml" }],
    }),
    "xl/theme/theme1.xml": "<a/>",
    "docProps/app.xml": "<a/>",
    "customXml/item1.xml": "<a/>",
  };
  it.each(Object.keys(parts).filter((name) => /\.(?:xml|rels)$/.test(name)))("is refused in %s", (name) => {
    const input = zipParts(changed(parts, name, (text) => DOCTYPE + text.replace(/^<\?xml[^>]*>\s*/, "")));
    expect(() => openFileLedger(input)).toThrow(WorkbookError);
    expect(() => openFileLedger(input)).toThrow(/malformed-xml/);
  });
});

it("tens of thousands of cell formats cost neither a tree nor a gigabyte", () => {
  const xf =
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" applyNumberFormat="0" applyAlignment="0"><alignment vertical="center"/></xf>';
  const list = (name: string, item: string): string => `<${name} count="64000">${item.repeat(64_000)}</${name}>`;
  const styles = `<styleSheet xmlns="${MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>${list("cellStyleXfs", xf)}${list("cellXfs", xf)}${list("cellStyles", '<cellStyle name="x" xfId="0"/>')}</styleSheet>`;
  const input = makeWorkbook({ sheets: [{ name: "台账", xml: sheetData(ROWS) }], styles });
  const before = process.cpuUsage();
  const output = writeTo(input);
  const { user, system } = process.cpuUsage(before);
  // A tree of these parts took 27 seconds and 1.3 GB.
  expect((user + system) / 1e6).toBeLessThan(6);
  expect(partText(output, "xl/styles.xml")).toContain('<cellXfs count="6400');
  expect(unzip(output).size).toBeGreaterThan(unzip(input).size);
});

it("a cell patched into a package of any kind leaves it whole", () => {
  for (const [name, input] of ODD) {
    const output = patchCells(
      input,
      {
        sheets: [
          {
            sheet: "新表",
            cells: [{ row: 1, column: 1, value: "1-2", format: "text" }],
            tables: [{ name: "New", area: { top: 1, left: 1, bottom: 2, right: 1 }, headers: ["1-2"] }],
            widths: new Map([[1, 12]]),
          },
        ],
        replacedXml: new Map(),
        addedXml: [{ xml: "<a xmlns='urn:a'/>", namespace: "urn:a", itemId: "{0}" }],
      },
      nodeCodec,
    );
    expect([name, ...newProblems(input, output)]).toEqual([name]);
  }
});

it("a content type is given once", () => {
  const draft = new PackageDraft(new Package(zipParts(PLAIN), nodeCodec));
  addContentType(draft, "xl/worksheets/sheet1.xml", "a/b");
  addContentType(draft, "XL/worksheets/sheet1.xml", "a/c");
  expect(draft.text("[Content_Types].xml").match(/sheet1\.xml/g)).toHaveLength(1);
});

/** Workbooks that people handed in, where they are at hand (`TIAOLI_WORKBOOKS`). */
const handed = process.env.TIAOLI_WORKBOOKS;
describe.runIf(handed !== undefined && existsSync(handed))("workbooks at hand", () => {
  it.each(handed === undefined ? [] : readdirSync(handed).filter((name) => /\.xls[xm]$/.test(name)))(
    "%s stays whole",
    (name) => {
      const input = readFileSync(join(handed!, name));
      let output: Uint8Array;
      try {
        output = writeTo(input);
      } catch (error) {
        if (error instanceof Error && /Error$/.test(error.name)) return;
        throw error;
      }
      expect(newProblems(input, output)).toEqual([]);
    },
  );
});
