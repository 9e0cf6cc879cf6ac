import fc from "fast-check";
import type { TextEntry } from "../../../src/ledger/excel/cell-values.js";
import { describe, expect, it } from "vitest";
import { planBlocks } from "../../../src/ledger/excel/blocks.js";
import { enteredValue, entryOf, rawCell, reentryOf, textEntry } from "../../../src/ledger/excel/cell-values.js";
import { gridBytes } from "../../../src/ledger/excel/payload.js";
import { parseAreas } from "../../../src/ledger/excel/ranges.js";
import { MINIMUM, REQUIREMENTS } from "../../../src/ledger/excel/requirements.js";
import { findRows, keyColumns, rowKey } from "../../../src/ledger/excel/row-identity.js";
import { hasMember } from "../../../src/workbench/host/api-level.js";
import { evaluateLiteral, readEntry } from "../../../src/workbench/host/cell-input.js";

/** Any text as an entry: these tests look at places only. */
const entry = (text: string): TextEntry => text as TextEntry;

describe("texts as entries", () => {
  it("stay the texts they are, whatever they look like", () => {
    const looks = fc.constantFrom(
      "=1+1",
      "+86 13800000000",
      "-退货",
      "@张三",
      "00123",
      "2026-03-31",
      "2025-04",
      "3/4/2026",
      "1-2",
      "12:30 PM",
      "Apr-25",
      "3月5日",
      "1E5",
      "TRUE",
      "30%",
      "¥50",
      "(5)",
      "1/2",
      "#N/A",
      "上午9:00",
      "三月",
      "一",
      "'x",
      "１２",
      " 5 ",
      "张三:60%",
    );
    fc.assert(
      fc.property(fc.oneof(looks, fc.string(), fc.string({ unit: "grapheme" })), (text) => {
        const cell = readEntry(textEntry(text), "General", {
          evaluate: evaluateLiteral,
          hardness: { readsEnglish: true },
        });
        expect([cell.value, cell.formula]).toEqual([text, undefined]);
        expect(enteredValue(textEntry(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it("carry an apostrophe only where one is needed", () => {
    expect(["已逾期", "客服主任；生产部经理", "质量问题 2 处"].map(textEntry)).toEqual([
      "已逾期",
      "客服主任；生产部经理",
      "质量问题 2 处",
    ]);
    expect(["=x", "2026", "C1", "一", "上午好"].map(textEntry)).toEqual(["'=x", "'2026", "'C1", "'一", "'上午好"]);
  });

  it("are cut where a cell can't hold them", () => {
    expect(textEntry("长".repeat(40_000))).toHaveLength(32_767);
  });
});

describe("values", () => {
  it("convert dates of the 1904 system both ways, and nothing else", () => {
    const dates = { uses1904: true };
    expect(rawCell(44_538, "date", dates)).toBe(46_000);
    expect(entryOf(46_000, "datetime", dates)).toBe(44_538);
    expect(rawCell(44_538, "money", dates)).toBe(44_538);
    expect(entryOf(5, "money", dates)).toBe(5);
  });

  it("are put back as they were", () => {
    expect([5, true, "", "#N/A", "=x", "已逾期"].map(reentryOf)).toEqual([5, true, "", "#N/A", "'=x", "已逾期"]);
  });
});

describe("rectangles", () => {
  const changed = fc
    .uniqueArray(fc.record({ row: fc.nat(200), columns: fc.uniqueArray(fc.nat(12), { minLength: 1 }) }), {
      selector: ({ row }) => row,
      minLength: 1,
      maxLength: 60,
    })
    .map((rows) => rows.sort((a, b) => a.row - b.row));

  it("cover every changed cell once and no other, hidden rows alone, however few there may be", async () => {
    const most = fc.integer({ min: 1, max: 40 });
    await fc.assert(
      fc.asyncProperty(changed, most, fc.uniqueArray(fc.nat(200)), async (rows, maxBlocks, hidden) => {
        const isHidden = new Set(hidden);
        const wanted = rows.map(({ row, columns }) => ({
          row,
          cells: new Map(columns.map((c) => [c, entry(`${row},${c}`)])),
        }));
        const blocks = await planBlocks(wanted, { maxBlocks, hidden: (row) => isHidden.has(row) });
        const written = blocks.flatMap(({ row, parts }) =>
          parts.flatMap(({ column, values }) =>
            values.flatMap((line, i) =>
              line.flatMap((value, j) => (value === null ? [] : [[`${row + i},${column + j}`, value]])),
            ),
          ),
        );
        expect(written.every(([place, value]) => place === value)).toBe(true);
        expect(new Set(written.map(([place]) => place)).size).toBe(written.length);
        expect(written).toHaveLength(rows.reduce((sum, { columns }) => sum + columns.length, 0));
        for (const { row, rows: count, parts } of blocks) {
          for (const { values } of parts) expect(values).toHaveLength(count);
          const covered = Array.from({ length: count }, (_, i) => row + i);
          if (count > 1) expect(covered.some((one) => isHidden.has(one))).toBe(false);
        }
        if (hidden.length === 0) expect(blocks.length).toBeLessThanOrEqual(Math.max(1, maxBlocks));
      }),
    );
  });

  it("leave out the columns between changed ones that lie far apart", async () => {
    const rows = [1, 2].map((row) => ({
      row,
      cells: new Map([
        [0, entry("a")],
        [3, entry("b")],
        [60, entry("c")],
      ]),
    }));
    const [block, ...others] = await planBlocks(rows, { maxBlocks: 1 });
    expect(others).toEqual([]);
    expect(block!.parts).toEqual([
      { column: 0, values: Array(2).fill(["a", null, null, "b"]) },
      { column: 60, values: [["c"], ["c"]] },
    ]);
  });

  it("are estimated at no less than they take", () => {
    const cell = fc.oneof(fc.string({ unit: "grapheme" }), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null));
    fc.assert(
      fc.property(fc.array(fc.array(cell)), (grid) => {
        expect(gridBytes(grid)).toBeGreaterThanOrEqual(
          new TextEncoder().encode(JSON.stringify(JSON.stringify(grid))).length - 4,
        );
      }),
    );
  });
});

describe("rows known again", () => {
  const row = (id: string, description: string, customer = "甲") => ({
    row: 2,
    cells: { ...(id === "" ? {} : { id }), receivedAt: 46_000, description, customer },
    outputs: {},
  });
  const all = new Set(["id", "receivedAt", "description", "customer"] as const);

  it("go by their numbers if all have one of their own", async () => {
    expect(await keyColumns([row("C1", "x"), row("C2", "x")], all)).toEqual(["id"]);
  });

  it("go by their contents otherwise, and by as many columns as it takes", async () => {
    expect(await keyColumns([row("C1", "x"), row("", "y")], all)).toEqual(["id", "receivedAt", "description"]);
    expect(await keyColumns([row("", "x", "甲"), row("", "x", "乙")], all)).toEqual([
      "id",
      "receivedAt",
      "description",
      "customer",
    ]);
    expect(await keyColumns([row("", "x"), row("", "x")], all)).toEqual(["id", "receivedAt", "description"]);
  });

  it("are told from the blank rows that may stand between them", async () => {
    const bare = { row: 3, cells: { customer: "甲" }, outputs: {} };
    expect(await keyColumns([row("", "x"), bare], all)).toEqual(["id", "receivedAt", "description", "customer"]);
  });

  it("take a number for the same whether it is a text or a number", () => {
    expect(rowKey([17])).toBe(rowKey([" 17 "]));
    expect(rowKey([{ error: "#N/A" }])).not.toBe(rowKey([undefined]));
  });

  it("are found, gone, or ambiguous once copied", () => {
    expect(findRows(["a", "b", "b", "c", "d"], ["b", "a", "b", "d", "d"])).toEqual([
      { kind: "found", at: 1 },
      { kind: "found", at: 0 },
      { kind: "found", at: 2 },
      { kind: "vanished" },
      { kind: "ambiguous" },
    ]);
  });
});

describe("addresses", () => {
  it("of several areas are taken apart, commas in sheet names or not", () => {
    expect(parseAreas("'a,b'!$B$2:$C$4,Sheet1!AA10")).toEqual([
      { row: 1, column: 1, rows: 3, columns: 2 },
      { row: 9, column: 26, rows: 1, columns: 1 },
    ]);
  });
});

describe("requirements", () => {
  it("are members that the minimum has, and the version before lacks", () => {
    for (const { version, members } of REQUIREMENTS) {
      for (const member of members) {
        const [type, name] = member.split(".") as [string, string | undefined];
        if (name === undefined) continue;
        expect([member, hasMember({ ExcelApi: MINIMUM }, type, name)]).toEqual([member, true]);
        const [major, minor] = version.split(".").map(Number) as [number, number];
        expect([member, hasMember({ ExcelApi: `${major}.${minor - 1}` }, type, name)]).toEqual([member, false]);
      }
    }
  });
});
