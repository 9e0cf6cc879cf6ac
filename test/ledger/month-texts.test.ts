import { describe, expect, test } from "vitest";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import type { LedgerSnapshot, LedgerWrite, OutputTable } from "../../src/ledger/port.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { readBook } from "../../src/workbench/file/read-book.js";
import { numberFormatAt, valueAt, type WorkbookModel } from "../../src/workbench/host/workbook-model.js";
import { makeWorkbook, sheetData } from "../ooxml/support/ooxml.js";
import { headers, ledgerModel, lines, open } from "./excel/fixture.js";

/** Texts that an Excel reads as days, times and numbers stand as the texts they are, and days as days, in both homes. */

const TRAPS = ["2025-04", "1-2", "3/4/2026", "12:30 PM", "Apr-25", "00123", "1E5", "=x", "2026H1", "2026-W13"];
const DAY = 46_146;

const table: OutputTable = {
  sheet: "样表",
  table: "Sample",
  columns: [
    { header: "月份", kind: "text", width: 12 },
    { header: "日期", kind: "date", width: 12 },
    { header: "锁定至月份", kind: "text", width: 12 },
  ],
  rows: TRAPS.map((text) => [text, DAY, "2026-03"]),
  mode: "replace",
};

const writeOf = ({ rows }: LedgerSnapshot): LedgerWrite => ({
  outputColumns: ["category"],
  rows: rows.map(({ row }, i) => ({ row, outputs: { category: TRAPS[i] ?? "x" } })),
  tables: [table],
});

async function inExcel(): Promise<WorkbookModel> {
  const { ledger, host } = open(ledgerModel({ lines: lines(TRAPS.length) }));
  await ledger.write(writeOf(await ledger.read()));
  return host.model;
}

function inFile(): Promise<WorkbookModel> {
  const xml = sheetData([headers(), ...lines(TRAPS.length).map((line) => line.map((value) => value as string))]);
  const ledger = openFileLedger(makeWorkbook({ sheets: [{ name: "投诉台账", xml }] }), { codec: nodeCodec });
  return Promise.resolve(readBook(ledger.write(writeOf(ledger.snapshot)).bytes, "a.xlsx", nodeCodec));
}

describe.each([
  ["in Excel", inExcel],
  ["in a file", inFile],
] as const)("what looks like a day, a time or a number, %s", (_, written) => {
  test("stays a text; a day is shown as one", async () => {
    const { sheets } = await written();
    const sample = sheets.find(({ name }) => name === table.sheet)!;
    const cells = TRAPS.map((__, i) => [0, 1, 2].map((column) => valueAt(sample, i + 1, column)));
    expect(cells).toEqual(TRAPS.map((text) => [text, DAY, "2026-03"]));
    expect(numberFormatAt(sample, 1, 1)).toMatch(/^yyyy/);
    const ledger = sheets.find(({ name }) => name === "投诉台账")!;
    const width = headers().length;
    expect(TRAPS.map((__, i) => valueAt(ledger, i + 1, width))).toEqual(TRAPS);
  });
});
