import { expect, it } from "vitest";
import { ledgerModel, lines, open, writeOf } from "./fixture.js";

/** How far reading and writing have come, as somebody who waits is told. */

const ROWS = 3000;

it("rows read and written are told after each request, and all of them in the end", async () => {
  const { ledger } = open(ledgerModel({ lines: lines(ROWS) }));
  const read: number[] = [];
  const snapshot = await ledger.read((done, total) => {
    expect(total).toBe(ROWS);
    read.push(done);
  });
  expect(read.at(-1)).toBe(ROWS);
  const write = writeOf(snapshot);
  const long = "长".repeat(600);
  const rows = write.rows.map((row) => ({ ...row, outputs: { ...row.outputs, messages: [long] } }));
  const written: number[] = [];
  await ledger.write({ ...write, rows }, (done, total) => {
    expect(total).toBe(ROWS);
    written.push(done);
  });
  expect(written.at(-1)).toBe(ROWS);
  expect(new Set(written).size).toBeGreaterThan(2);
  for (const told of [read, written]) expect(told).toEqual([...told].sort((a, b) => a - b));
});

it("a second write of the same has no rows to tell of", async () => {
  const { ledger } = open(ledgerModel({ lines: lines(20) }));
  const write = writeOf(await ledger.read());
  await ledger.write(write);
  const again = writeOf(await ledger.read());
  const told: number[] = [];
  await ledger.write(again, (_, total) => told.push(total));
  expect(told.every((total) => total === 0)).toBe(true);
});
