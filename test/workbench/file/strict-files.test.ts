import { strFromU8, unzipSync } from "fflate";
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { openFileLedger } from "../../../src/ledger/file/file-ledger.js";
import { nodeCodec } from "../../../src/ooxml/node-codec.js";
import { readBook } from "../../../src/workbench/file/read-book.js";
import { saveBook } from "../../../src/workbench/file/save-book.js";
import { toStrict, TRANSITIONAL } from "../../ooxml/support/dialects.js";
import { closePanes, openPaneHere } from "../../taskpane/pane-here.js";

/**
 * “Strict Open XML Spreadsheet” (ISO/IEC 29500-1): read like any other, by command and workbench, judged alike, and saved
 * as what it was. In Excel itself nothing tells it from other workbooks, and nothing has to: Excel saves its tables.
 */

const SAMPLE = new Uint8Array(readFileSync(new URL("../../../templates/sample-ledger.xlsx", import.meta.url)));
const STRICT = toStrict(SAMPLE);

afterEach(closePanes);

const snapshotOf = (bytes: Uint8Array) => openFileLedger(bytes, { codec: nodeCodec }).snapshot;

function transitionalParts(bytes: Uint8Array): string[] {
  return Object.entries(unzipSync(bytes)).flatMap(([name, content]) =>
    /\.(?:xml|rels)$/.test(name) && TRANSITIONAL.test(strFromU8(content)) ? [name] : [],
  );
}

test("the strict sample is strict, with dates as texts", () => {
  expect(transitionalParts(STRICT)).toEqual([]);
  expect(strFromU8(unzipSync(STRICT)["xl/worksheets/sheet1.xml"]!)).toContain('t="d"');
});

describe("a strict workbook", () => {
  test("reads like the same workbook saved as usual", () => {
    expect(snapshotOf(STRICT)).toEqual(snapshotOf(SAMPLE));
    expect(readBook(STRICT, "a.xlsx", nodeCodec)).toEqual(readBook(SAMPLE, "a.xlsx", nodeCodec));
  });

  test("is processed on the workbench, with a report, and saved strict: outputs, tables, new sheets and charts", async () => {
    const saved = await Promise.all([SAMPLE, STRICT].map(processed));
    const [usual, strict] = saved as [Uint8Array, Uint8Array];
    expect(transitionalParts(strict)).toEqual([]);
    expect(snapshotOf(strict)).toEqual(snapshotOf(usual));
    expect(Object.keys(unzipSync(strict)).sort()).toEqual(Object.keys(unzipSync(usual)).sort());
  });
});

/** One pane at a time: they share a client. */
let before: Promise<unknown> = Promise.resolve();

function processed(bytes: Uint8Array): Promise<Uint8Array> {
  const done = before.then(async () => {
    const here = await openPaneHere(readBook(bytes, "a.xlsx", nodeCodec));
    await here.pane.ledger.process();
    expect(here.state().problem).toBeUndefined();
    await here.pane.papers.writeReport();
    let id = 0;
    const newItemId = (): string => `{00000000-0000-0000-0000-${String((id += 1)).padStart(12, "0")}}`;
    return saveBook(bytes, here.host.model, { newItemId, codec: nodeCodec }).bytes;
  });
  before = done;
  return done;
}
