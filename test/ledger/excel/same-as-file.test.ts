import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wallTime, type WallTime } from "../../../src/domain/wall-time.js";
import type { RunOptions } from "../../../src/ledger/run-ledger.js";
import { PROGRAM_VERSION } from "../../../src/program/version.js";
import { loadAllPacks, STATUTES } from "../../packs-folder.js";
import { columnLetters } from "../../../src/ledger/excel/ranges.js";
import { differences, throughExcel, throughFile, type Between } from "./both-ways.js";
import {
  allHeadersMerged,
  amongOthers,
  besideOthers,
  beyondOldExcel,
  days1904,
  farColumns,
  headingsOver,
  mergedHeaders,
  ownName,
  typedBelow,
  unnumbered,
} from "./odd-ledgers.js";
import { messyLedger, messyShape, ONCE_DIFFERENT } from "./messy-ledger.js";

/** One ledger, two ways: what the command writes into the file and what the add-in writes into Excel is the same. */

const ROOT = join(import.meta.dirname, "..", "..", "..");
const packs = loadAllPacks();

function runAt(now: WallTime): RunOptions {
  return { packs, statutes: STATUTES, now, language: "zh", programVersion: PROGRAM_VERSION };
}

/** The second run finds the first one's outputs, and later states: rows change, tables grow and shrink. */
const RUNS = [runAt(wallTime(2026, 3, 31, 18)), runAt(wallTime(2026, 5, 20, 9)), runAt(wallTime(2026, 5, 20, 9))];

async function compare(bytes: Uint8Array, between?: Between): Promise<void> {
  const file = throughFile(bytes, RUNS, between);
  const excel = await throughExcel(bytes, RUNS, between);
  for (const [i, viaFile] of file.entries()) {
    const viaExcel = excel[i]!;
    expect(viaExcel.places).toEqual(viaFile.places);
    expect(viaExcel.outcome).toEqual(viaFile.outcome);
    expect(differences(viaFile.book, viaExcel.book)).toEqual([]);
    expect(viaExcel.skipped).toEqual([]);
    expect(viaExcel.report).toEqual(viaFile.report);
  }
}

describe("a ledger processed through the file and through Excel", () => {
  it.each(["templates/sample-ledger.xlsx", "test/fixtures/from-the-sources.xlsx"])(
    "is the same, cell by cell: %s",
    async (file) => {
      await compare(readFileSync(join(ROOT, file)));
    },
  );

  it.each([
    ["headers over two rows, some under a heading merged across", mergedHeaders(), 3, "B"],
    ["every header merged over two rows", allHeadersMerged(), 3, "B"],
    ["a day and its time under one heading", headingsOver(), 3, "B", "受理日期"],
    ["a ledger that begins at column KN", farColumns(), 5, "KO"],
    ["a ledger that begins at column IW", beyondOldExcel(), 2, "IX"],
  ])("is the same, and found where it is: %s", async (_, bytes, headerRow, received, header = "受理时间") => {
    await compare(bytes);
    const { places } = throughFile(bytes, RUNS.slice(0, 1))[0]!;
    expect(places).toMatchObject({ headerRow });
    expect((places as { columns: unknown[] }).columns).toContainEqual(["receivedAt", { header, letter: received }]);
  });

  it.each([
    ["no numbers, and room for them only", unnumbered(2)],
    ["no numbers, and room for all", unnumbered(40)],
    ["complaints among totals, signatures and rows made ready", amongOthers()],
    ["a legend and a count beside the ledger", besideOthers()],
    ["complaints typed below a table, and two columns of one name", typedBelow()],
    ["a user's own table Results", ownName("Results")],
    ["a user's own table Penalties", ownName("Penalties")],
    ["a user's own table AuditLog", ownName("AuditLog")],
    ["days counted from 1904, in tables", days1904({ formatted: true, tables: true })],
    ["days counted from 1904, in tables without formats of dates", days1904({ formatted: false, tables: true })],
    ["days counted from 1904, in plain ranges", days1904({ formatted: true, tables: false })],
    ["days counted from 1904, in plain ranges without formats of dates", days1904({ formatted: false, tables: false })],
  ])("is the same: %s", async (_, bytes) => {
    await compare(bytes);
  });

  it("writes nothing at all where there is no room for numbers", async () => {
    const bytes = unnumbered(1);
    expect(() => throughFile(bytes, RUNS)).toThrow("no-room-for-numbers");
    await expect(throughExcel(bytes, RUNS)).rejects.toThrow("no-room-for-numbers");
  });

  it.each([
    [true, true],
    [false, true],
    [true, false],
    [false, false],
  ])("counts days from 1904 in every sheet alike (formatted %s, tables %s)", (formatted, tables) => {
    const [ran] = throughFile(days1904({ formatted, tables }), RUNS.slice(0, 1));
    const { sideTables } = ran!.places as { sideTables: { name: string; lines: { cells: unknown[] }[] }[] };
    const cells = (name: string): unknown[][] => sideTables.find((t) => t.name === name)!.lines.map((l) => l.cells);
    expect(cells("People")[0]!.at(-1)).toBe(46_101);
    expect(cells("Holidays")[0]![0]).toBe(46_083);
    expect(cells("Settings").map((line) => line[1])).toEqual([46_023, 0.75, 2690]);
  });

  it("is the same after people sorted, edited, added and deleted complaints between the runs", async () => {
    const edit: Between = (author, run) => {
      if (run === 0) return;
      const sheet = author.sheet("投诉台账");
      const headers = sheet.rows[0]!.values.map(String);
      const cell = (header: string, row: number): string => `${columnLetters(headers.indexOf(header))}${row}`;
      author.sort("Complaints", run === 1 ? "客户名称" : "受理时间", run === 1);
      author.type("投诉台账", cell("结案时间", 5), 46_120.5);
      author.type("投诉台账", cell("投诉内容", 9), "'=安装人员辱骂客户");
      author.type("投诉台账", cell("受理时间", 14), "待定");
      author.type("投诉台账", cell("责任人", 20), "");
      author.type("投诉台账", cell("当前状态", 21), "人工改过");
      const line = headers.map((header) =>
        header === "受理时间" ? "'2026-03-19 06:00" : header === "投诉内容" ? `门板开裂，要求退货 ${run}` : "",
      );
      author.insertTableRows("Complaints", 3, [line]);
      author.deleteTableRows("Complaints", 30);
    };
    await compare(readFileSync(join(ROOT, "templates/sample-ledger.xlsx")), edit);
  });

  it("is the same whatever stands in it: bad cells, formulas, hidden and filtered rows, merged titles", async () => {
    await fc.assert(
      fc.asyncProperty(messyShape, async (shape) => {
        await compare(messyLedger(shape));
      }),
      { numRuns: 80, examples: ONCE_DIFFERENT.map((shape) => [shape]) },
    );
  });
});
