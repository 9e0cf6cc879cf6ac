import { describe, expect, test } from "vitest";
import { asSeen, type MergedCell } from "../../src/ledger/merged-rows.js";
import type { LedgerRow } from "../../src/ledger/port.js";

const row = (number: number, cells: LedgerRow["cells"]): LedgerRow => ({ row: number, cells, outputs: {} });
const over = (id: MergedCell["id"], top: number, bottom: number): MergedCell => ({ id, top, bottom });

describe("cells merged downwards", () => {
  test("make several rows one complaint where the complaint itself is merged: all its persons and amounts", () => {
    const rows = [
      row(2, { id: "A1", receivedAt: 46083, description: "破损", person: "张三", loss: 100 }),
      row(3, { person: "李四", loss: 50 }),
      row(4, { person: "张三", loss: "50元" }),
      row(5, { id: "A2", receivedAt: 46084, description: "态度差", person: "赵六", loss: 10 }),
    ];
    const { rows: seen, continued } = asSeen(rows, [
      over("id", 2, 4),
      over("receivedAt", 2, 4),
      over("description", 2, 4),
    ]);
    expect(seen.map(({ row: number }) => number)).toEqual([2, 5]);
    expect(continued).toEqual([3, 4]);
    expect(seen[0]!.cells).toMatchObject({ person: "张三、李四", loss: 200, receivedAt: 46083 });
    expect(seen[1]!.cells).toEqual(rows[3]!.cells);
  });

  test("give a merged day and customer to every complaint under them", () => {
    const rows = [
      row(2, { receivedAt: 46083, customer: "甲", description: "破损" }),
      row(3, { description: "态度差" }),
    ];
    const { rows: seen, continued } = asSeen(rows, [over("receivedAt", 2, 3), over("customer", 2, 3)]);
    expect(continued).toEqual([]);
    expect(seen[1]!.cells).toEqual({ receivedAt: 46083, customer: "甲", description: "态度差" });
  });

  test("an amount merged over two complaints is nobody's for certain", () => {
    const rows = [row(2, { description: "破损", loss: 100 }), row(3, { description: "态度差" })];
    const { rows: seen } = asSeen(rows, [over("loss", 2, 3)]);
    expect(seen.map(({ doubts }) => doubts?.map(({ column }) => column))).toEqual([["loss"], ["loss"]]);
    expect(seen[1]!.cells.loss).toBeUndefined();
  });
});
