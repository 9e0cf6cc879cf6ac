import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { openFileLedger } from "../../../src/ledger/file/file-ledger.js";
import { nodeCodec } from "../../../src/ooxml/node-codec.js";
import { TextPatch } from "../../../src/ooxml/xml/patch.js";
import { parseXml } from "../../../src/ooxml/xml/tree.js";
import { readZip } from "../../../src/ooxml/zip.js";
import { makeWorkbook, partText, sheetData, unzip, zipParts } from "../../ooxml/support/ooxml.js";
import { read, written } from "./support/read.js";
import { richParts } from "./support/rich-workbook.js";
import { DUE, sameForAll } from "./support/writes.js";

/** What a first run over the rich workbook may touch. */
const TOUCHED = [
  "xl/worksheets/sheet1.xml",
  "xl/tables/table1.xml",
  "xl/styles.xml",
  "xl/sharedStrings.xml",
  "xl/workbook.xml",
];

function processed(input: Uint8Array) {
  const ledger = openFileLedger(input);
  return ledger.write(sameForAll(ledger, { category: "产品质量类", closeDue: DUE, status: "处理中" })).bytes;
}

describe("a workbook with everything in it", () => {
  const parts = richParts();
  const input = zipParts(parts);
  const output = processed(input);

  it("keeps every other part byte for byte, its compressed bytes as well, in the same order", () => {
    const before = readZip(input);
    const after = readZip(output);
    expect(after.map(({ name }) => name)).toEqual(before.map(({ name }) => name));
    before.forEach((entry, i) => {
      if (!TOUCHED.includes(entry.name))
        expect(after[i]).toMatchObject({ chunks: entry.chunks, crc: entry.crc, modified: entry.modified });
    });
    const changed = [...unzip(output)].filter(
      ([name, bytes]) => !Buffer.from(bytes).equals(Buffer.from(unzip(input).get(name)!)),
    );
    expect(changed.map(([name]) => name).sort()).toEqual([...TOUCHED].sort());
  });

  it("keeps the ledger sheet as it was apart from the new cells, widths and colours", () => {
    const before = partText(input, "xl/worksheets/sheet1.xml");
    let after = partText(output, "xl/worksheets/sheet1.xml");
    after = after
      .replace(/<c r="[EFG]\d+"[^>]*><v>\d[^<]*<\/v><\/c>/g, "")
      .replace(/<conditionalFormatting sqref="G2.*?<\/conditionalFormatting>/, "")
      .replace('<row r="4"></row>', '<row r="4" spans="1:4"/>')
      .replace('ref="A1:G5"', 'ref="A1:D5"')
      .replace(
        '<col min="5" max="5" width="14" customWidth="1" style="2"/><col min="6" max="6" width="17" customWidth="1" style="2"/><col min="7" max="7" width="10" customWidth="1" style="2"/><col min="8" max="16384" width="9" hidden="1" style="2"/>',
        '<col min="5" max="16384" width="9" hidden="1" style="2"/>',
      );
    const withoutSpans = (text: string): string => text.replace(/ spans=["']1:4["']/g, "");
    expect(withoutSpans(after)).toBe(withoutSpans(before));
  });

  it("keeps the table's filter and calculated columns, and ids unique", () => {
    const text = partText(output, "xl/tables/table1.xml");
    expect(text).toContain('<filterColumn colId="2"><filters><filter val="床垫有污渍"/></filters></filterColumn>');
    expect(text).toContain(
      '<tableColumn id="9" name="损失金额" dataDxfId="0"><calculatedColumnFormula>SUM(1,2)</calculatedColumnFormula></tableColumn><tableColumn id="10" name="投诉类别"/>',
    );
  });

  it("lets Excel calculate its formulas anew, since they may rest on changed cells", () => {
    const before = partText(input, "xl/workbook.xml");
    expect(partText(output, "xl/workbook.xml")).toBe(
      before.replace("<calcPr calcId", '<calcPr fullCalcOnLoad="1" calcId'),
    );
  });

  it("reads back the same inputs", () => {
    const inputs = (bytes: Uint8Array) => read(bytes).rows.map((one) => ({ row: one.row, cells: written(one) }));
    expect(inputs(output)).toEqual(inputs(input));
    expect(inputs(input)).toEqual([
      { row: 2, cells: { id: "A1", receivedAt: 46000.5, description: "床垫有污渍", loss: 3 } },
      { row: 3, cells: { receivedAt: 46001, description: "少发" } },
      { row: 5, cells: { id: "A1", receivedAt: 46002, description: "床垫有污渍" } },
    ]);
  });
});

describe("a workbook without formulas", () => {
  it("is not made to calculate", () => {
    const input = makeWorkbook({
      sheets: [
        {
          name: "S",
          xml: sheetData([
            ["受理时间", "投诉内容"],
            [46000, "f"],
          ]),
        },
      ],
      after: '<calcPr calcId="1"/>',
    });
    expect(partText(processed(input), "xl/workbook.xml")).not.toContain("fullCalcOnLoad");
  });
});

describe("archives of other producers", () => {
  const parts = richParts();
  const plain = Object.fromEntries(
    Object.entries(parts).map(([name, c]) => [name, typeof c === "string" ? new TextEncoder().encode(c) : c]),
  );

  it("with stored entries, extra fields and comments are read and kept", () => {
    const input = zipSync(plain, {
      level: 0,
      comment: "x",
      extra: { 0x6969: new Uint8Array([1, 2, 3]) },
      mtime: new Date(2020, 1, 1),
    });
    expect(read(processed(input)).rows[0]!.outputs.category).toBe("产品质量类");
  });

  it("with sizes in data descriptors or zip64 fields, or bytes before the archive, are read and kept", () => {
    for (const variant of [streamedZip(plain, false), streamedZip(plain, true), prefixed(zipSync(plain))]) {
      const output = processed(variant);
      expect(read(output).rows[0]!.outputs.category).toBe("产品质量类");
      expect([...unzip(output).keys()]).toEqual(Object.keys(plain));
    }
  });

  it("with back slashes, leading slashes and other case in names are read and kept", () => {
    const input = zipSync(
      Object.fromEntries(
        Object.entries(plain).map(([name, bytes]) => [
          name === "xl/workbook.xml" ? "XL\\Workbook.xml" : name === "xl/styles.xml" ? "/xl/styles.xml" : name,
          bytes,
        ]),
      ),
    );
    const output = processed(input);
    expect(read(output).rows[0]!.outputs.category).toBe("产品质量类");
    expect(readZip(output).map(({ name }) => name)).toContain("XL\\Workbook.xml");
  });

  it("come out the same whichever codec reads them, and equal input gives equal bytes", () => {
    const input = zipSync(plain);
    const write = (codec?: typeof nodeCodec) => {
      const ledger = openFileLedger(input, codec ? { codec } : {});
      return ledger.write(sameForAll(ledger, { status: "处理中" })).bytes;
    };
    expect(write()).toEqual(write());
    expect(write(nodeCodec)).toEqual(write(nodeCodec));
    expect(Object.fromEntries(unzip(write(nodeCodec)))).toEqual(Object.fromEntries(unzip(write())));
  });
});

describe("patching text", () => {
  it("refuses edits that overlap", () => {
    const text = "<a><b/></a>";
    const patch = new TextPatch(text);
    const [b] = parseXml(text, "t").root.children;
    patch.remove(b!);
    patch.replace(b!.start + 1, b!.end, "");
    expect(() => patch.apply()).toThrow("overlapping");
  });
});

/** An archive as streaming writers make it: sizes only after the data and in the central directory, there in zip64 fields if asked for. */
function streamedZip(parts: Record<string, Uint8Array>, zip64: boolean): Uint8Array {
  const entries = readZip(zipSync(parts));
  const chunks: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  const push = (list: Uint8Array[], length: number, fill: (view: DataView) => void, ...more: Uint8Array[]): number => {
    const head = new Uint8Array(length);
    fill(new DataView(head.buffer));
    list.push(head, ...more);
    return length + more.reduce((sum, m) => sum + m.length, 0);
  };
  for (const entry of entries) {
    const data = entry.chunks[0]!;
    const start = offset;
    offset += push(chunks, 30, (v) => {
      v.setUint32(0, 0x04034b50, true);
      v.setUint16(4, 20, true);
      v.setUint16(6, 8, true);
      v.setUint16(8, entry.method, true);
      v.setUint16(26, entry.nameBytes.length, true);
    }, entry.nameBytes, data); // prettier-ignore
    offset += push(chunks, 16, (v) => {
      v.setUint32(0, 0x08074b50, true);
      v.setUint32(4, entry.crc, true);
      v.setUint32(8, data.length, true);
      v.setUint32(12, entry.size, true);
    });
    const extra = new Uint8Array(zip64 ? 28 : 0);
    if (zip64) {
      const v = new DataView(extra.buffer);
      v.setUint16(0, 1, true);
      v.setUint16(2, 24, true);
      v.setBigUint64(4, BigInt(entry.size), true);
      v.setBigUint64(12, BigInt(data.length), true);
      v.setBigUint64(20, BigInt(start), true);
    }
    push(central, 46, (v) => {
      v.setUint32(0, 0x02014b50, true);
      v.setUint16(8, 8, true);
      v.setUint16(10, entry.method, true);
      v.setUint32(16, entry.crc, true);
      v.setUint32(20, zip64 ? 0xffffffff : data.length, true);
      v.setUint32(24, zip64 ? 0xffffffff : entry.size, true);
      v.setUint16(28, entry.nameBytes.length, true);
      v.setUint16(30, extra.length, true);
      v.setUint32(42, zip64 ? 0xffffffff : start, true);
    }, entry.nameBytes, extra); // prettier-ignore
  }
  const size = central.reduce((sum, c) => sum + c.length, 0);
  const end: Uint8Array[] = [];
  if (zip64) {
    push(end, 56, (v) => {
      v.setUint32(0, 0x06064b50, true);
      v.setBigUint64(4, 44n, true);
      v.setBigUint64(24, BigInt(entries.length), true);
      v.setBigUint64(32, BigInt(entries.length), true);
      v.setBigUint64(40, BigInt(size), true);
      v.setBigUint64(48, BigInt(offset), true);
    });
    push(end, 20, (v) => {
      v.setUint32(0, 0x07064b50, true);
      v.setBigUint64(8, BigInt(offset + size), true);
      v.setUint32(16, 1, true);
    });
  }
  push(end, 22, (v) => {
    v.setUint32(0, 0x06054b50, true);
    v.setUint16(10, zip64 ? 0xffff : entries.length, true);
    v.setUint32(12, zip64 ? 0xffffffff : size, true);
    v.setUint32(16, zip64 ? 0xffffffff : offset, true);
  });
  return new Uint8Array(Buffer.concat([...chunks, ...central, ...end]));
}

function prefixed(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat([Buffer.from("some mail gateway's banner\r\n"), bytes]));
}
