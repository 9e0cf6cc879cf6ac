import { describe, expect, it } from "vitest";
import type { ColumnId } from "../../src/domain/columns.js";
import { openFileLedger, readAnswers, readHeaderRows, writeAnswers } from "../../src/ledger/file/file-ledger.js";
import { NO_ANSWERS } from "../../src/ledger/answers.js";
import { makeWorkbook, partText, sheetData, unzip, zipParts } from "../ooxml/support/ooxml.js";
import { read } from "./file/support/read.js";
import { richParts } from "./file/support/rich-workbook.js";

const writeHeaderMapping = (bytes: Uint8Array, mapping: ReadonlyMap<string, ColumnId>): Uint8Array =>
  writeAnswers(bytes, { ...NO_ANSWERS, mapping });
const readHeaderMapping = (bytes: Uint8Array): ReadonlyMap<string, ColumnId> => readAnswers(bytes).mapping;

const BYTES = makeWorkbook({
  sheets: [
    {
      name: "S",
      xml: sheetData([
        ["何时", "何事 &amp; &lt;何人&gt;", "备注"],
        [46000, "甲", "乙"],
      ]),
    },
  ],
});
const MAPPING = new Map<string, ColumnId>([
  ["何时", "receivedAt"],
  ["何事 & <何人>", "description"],
]);

describe("a header mapping", () => {
  it("given by the caller makes a ledger of headers nobody knows", () => {
    expect(() => openFileLedger(BYTES)).toThrow("no-ledger");
    const snapshot = read(BYTES, { headerMapping: MAPPING });
    expect(snapshot.rows[0]!.cells).toEqual({ receivedAt: 46000, description: "甲" });
  });

  it("is kept in the workbook and used from then on", () => {
    const bytes = writeHeaderMapping(BYTES, MAPPING);
    expect(readHeaderMapping(bytes)).toEqual(MAPPING);
    const ledger = openFileLedger(bytes);
    expect(ledger.headerMapping).toEqual(MAPPING);
    expect(ledger.snapshot.rows[0]!.cells).toEqual({ receivedAt: 46000, description: "甲" });
    expect(unzip(bytes).get("xl/worksheets/sheet1.xml")).toEqual(unzip(BYTES).get("xl/worksheets/sheet1.xml"));
  });

  it("is replaced in place, and not written if it is there already", () => {
    const first = writeHeaderMapping(BYTES, MAPPING);
    expect(writeHeaderMapping(first, new Map(MAPPING))).toBe(first);
    const second = writeHeaderMapping(first, new Map([...MAPPING, ["备注", "cause"]]));
    expect([...unzip(second).keys()]).toEqual([...unzip(first).keys()]);
    expect(read(second).rows[0]!.cells.cause).toBe("乙");
  });

  it("stands beside other custom XML, however odd, without touching it", () => {
    const parts = { ...richParts(), "customXml/item1.xml": "<not <xml" };
    const bytes = writeHeaderMapping(zipParts(parts), MAPPING);
    expect(partText(bytes, "customXml/item1.xml")).toBe("<not <xml");
    expect(partText(bytes, "customXml/item2.xml")).toContain('xmlns="urn:tiaoli:headers"');
    expect(readHeaderMapping(bytes)).toEqual(MAPPING);
  });

  it("is offered the likely header rows even if there is no ledger", () => {
    expect(readHeaderRows(BYTES)).toEqual([
      {
        sheet: "S",
        table: undefined,
        headerRow: 1,
        headers: [
          { header: "何时", letter: "A" },
          { header: "何事 & <何人>", letter: "B" },
          { header: "备注", letter: "C" },
        ],
        columns: new Map(),
        names: ["何时", "何事 & <何人>", "备注"],
      },
    ]);
    expect(readHeaderRows(BYTES, { headerMapping: MAPPING })[0]!.columns).toEqual(
      new Map([
        ["receivedAt", 0],
        ["description", 1],
      ]),
    );
  });
});
