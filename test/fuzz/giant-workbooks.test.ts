import { beforeAll, expect, test } from "vitest";
import { GIANTS } from "../../scripts/fuzz/giant-workbooks.js";
import { newLedger } from "../../src/documents/new-ledger.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import { workbookErrorText } from "../../src/ledger/file/workbook-error-text.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { readBook } from "../../src/workbench/file/read-book.js";
import { loadAllPacks } from "../packs-folder.js";

/** Too much of something: done with or refused in one sentence, by the command and in the workbench. */

let ledger: Uint8Array;
beforeAll(async () => {
  const general = loadAllPacks().get("general")!;
  const rows = [{ receivedAt: "2026-03-16T09:00", description: "机器坏了用不了" }];
  ledger = await newLedger({ packs: [general], language: "zh", rows, people: [], settings: [] });
}, 60_000);

/** Seconds of processor time, whatever else the machine is at. */
const MOST_SECONDS = 5;

function told(open: () => unknown): string | undefined {
  const before = process.cpuUsage();
  let text: string | undefined;
  try {
    open();
  } catch (error) {
    text = workbookErrorText(error, "zh");
    if (text === undefined) throw error;
  }
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(MOST_SECONDS);
  return text;
}

/** A sentence for a clerk: no words of a library's in it beside names of parts. */
function expectSentence(text: string | undefined): void {
  if (text === undefined) return;
  expect(text.replaceAll(/“[^”]*”|（xl[^）]*）|XML|DTD|Excel|WPS|\.xlsx/g, "")).not.toMatch(/[A-Za-z]{2}|undefined|\n/);
}

test.each(GIANTS)(
  "$name",
  ({ name, make }) => {
    const bytes = make(ledger);
    const command = told(() => openFileLedger(bytes, { codec: nodeCodec }));
    expectSentence(command);
    expectSentence(told(() => readBook(bytes, "in.xlsx", nodeCodec)));
    if (/document type|no UTF-8|that overlap|gigabytes/.test(name)) expect(command).toBeDefined();
  },
  120_000,
);
