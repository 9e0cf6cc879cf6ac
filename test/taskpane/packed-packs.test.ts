import fc from "fast-check";
import { zlibSync } from "fflate";
import { describe, expect, test } from "vitest";
import { formatPackPart, PACK_NAMESPACE, packParts, type WorkbookPack } from "../../src/jobs/workbook-packs.js";
import { unpackFiles } from "../../src/jobs/packed-files.js";
import { PACK_FOLDERS, packFiles } from "../packs-folder.js";

/** Packs kept in a workbook: large ones are packed, since custom XML above 1 MB was reported to keep workbooks shut. */

const readBack = (xml: string): WorkbookPack | "unreadable" => packParts([{ name: "{1}", xml }])[0]!.found;
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

describe("a pack in a workbook", () => {
  test.each(PACK_FOLDERS)("%s comes back to the byte, in far less than 1 MB", (id) => {
    const pack = { id, files: Object.fromEntries(packFiles(id)) };
    const xml = formatPackPart(pack);
    expect(readBack(xml)).toEqual(pack);
    expect(Buffer.byteLength(xml)).toBeLessThan(700_000);
  });

  test("of many megabytes is packed, and of few is readable by eye", () => {
    const clause = (n: number): string => JSON.stringify({ id: `rule-${n}`, note: "客户投诉处理办法第二十一条" });
    const rules = Array.from({ length: 60_000 }, (_, n) => clause(n)).join("\n");
    const large = { id: "large", files: { "pack.json": "{}", "penalties.json": rules } };
    expect(Buffer.byteLength(rules)).toBeGreaterThan(4_000_000);
    const xml = formatPackPart(large);
    expect(Buffer.byteLength(xml)).toBeLessThan(1_000_000);
    expect(readBack(xml)).toEqual(large);
    expect(formatPackPart({ id: "small", files: { "pack.json": "{}" } })).toContain("<file path=");
  });

  test("as earlier versions kept it, plain whatever its size, is read on", () => {
    const text = "甲".repeat(1_500_000);
    const xml = `<pack xmlns="${PACK_NAMESPACE}" id="old"><file path="pack.json">${text}</file></pack>`;
    expect(readBack(xml)).toEqual({ id: "old", files: { "pack.json": text } });
  });

  test.each([
    ["is no base64", "%%%"],
    ["is cut off", base64(zlibSync(Buffer.from('{"pack.json":"{}"}'))).slice(0, 12)],
    ["holds no files", base64(zlibSync(Buffer.from('{"pack.json":1}')))],
    ["unpacks to gigabytes", base64(zlibSync(new Uint8Array(60_000_000)))],
  ])("that %s is unreadable, and nothing else happens", (_, packed) => {
    expect(readBack(`<pack xmlns="${PACK_NAMESPACE}" id="x"><packed>${packed}</packed></pack>`)).toBe("unreadable");
  });

  test("is never read from anything else", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(unpackFiles(text)).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });
});
