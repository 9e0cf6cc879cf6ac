import { describe, expect, it } from "vitest";
import { HostProblem } from "../../../src/ledger/excel/excel-ledger.js";
import { PENALTIES_HEADERS } from "../../../src/ledger/output-tables.js";
import type { LedgerWrite, OutputTable } from "../../../src/ledger/port.js";
import type { WorkbookHost } from "../../../src/workbench/host/host.js";
import { ledgerModel, lines, open, records, writeOf } from "./fixture.js";

/** Values of every sheet, whatever formats were left behind. */
function values(host: WorkbookHost): unknown {
  return host.model.sheets.map(({ name, rows }) => [
    name,
    rows.map((row) => row?.values.filter((v) => v !== "") ?? []),
  ]);
}

const penalty = (amount: number): OutputTable => ({
  sheet: "处罚明细",
  table: "Penalties",
  columns: PENALTIES_HEADERS,
  rows: [PENALTIES_HEADERS.map(({ kind }, k) => (kind === "money" ? amount : `=${k}`))],
  mode: "replace",
});

function changed(write: LedgerWrite): LedgerWrite {
  const rows = write.rows.map((row) => {
    const kept = Object.entries(row.outputs).filter(([id]) => id !== "closeDue");
    return { ...row, outputs: { ...Object.fromEntries(kept), status: "已结案" } };
  });
  return { ...write, rows };
}

describe("what a write overwrote", () => {
  it("can be put back: outputs, numbers, own tables", async () => {
    const { ledger, host } = open(ledgerModel({ lines: lines(3) }));
    await ledger.write({ ...writeOf(await ledger.read()), tables: [penalty(50)] });
    const before = values(host);
    const { backup } = await ledger.write({
      ...changed(writeOf(await ledger.read())),
      tables: [penalty(70), penalty(70)].slice(1),
    });
    expect(values(host)).not.toEqual(before);
    const report = await ledger.restore(JSON.parse(JSON.stringify(backup)) as typeof backup);
    expect(values(host)).toEqual(before);
    expect(report).toMatchObject({ restoredCells: 7, skippedCells: 0 });
  });

  it("is found again after rows moved, and a number given by mistake goes again", async () => {
    const { ledger, host, author } = open(
      ledgerModel({ lines: lines(6).map((line, i) => (i === 2 ? ["", ...line.slice(1)] : line)) }),
    );
    await ledger.write(writeOf(await ledger.read()));
    const { backup } = await ledger.write(changed(writeOf(await ledger.read(), ({ row }) => `N${row}`)));
    expect(records(host)[2]!.投诉编号).toBe("N4");
    author.sort("Complaints", "客户名称", false);
    author.deleteTableRows("Complaints", 0);
    const report = await ledger.restore(backup);
    expect(report).toMatchObject({ restoredCells: 11, skippedCells: 2 });
    expect(
      records(host)
        .filter((record) => record.投诉内容 !== "")
        .map(({ 当前状态 }) => 当前状态),
    ).toEqual(Array(5).fill("已逾期"));
    expect(records(host).find(({ 投诉内容 }) => String(投诉内容).startsWith("第3号"))!.投诉编号).toBe("");
  });

  it("leaves alone what people have changed since", async () => {
    const { ledger, host, author } = open(ledgerModel({ lines: lines(2) }));
    await ledger.write(writeOf(await ledger.read()));
    const { backup } = await ledger.write(changed(writeOf(await ledger.read())));
    author.type("投诉台账", "H2", "人工判定");
    expect(await ledger.restore(backup)).toMatchObject({ restoredCells: 3, skippedCells: 1 });
    expect(records(host).map(({ 当前状态 }) => 当前状态)).toEqual(["人工判定", "已逾期"]);
  });

  it("comes with the problem if the host stops half-way", async () => {
    const { ledger, host } = open(ledgerModel({ lines: lines(2000) }));
    const write = writeOf(await ledger.read());
    const long = "长".repeat(1500);
    const rows = write.rows.map((row) => ({ ...row, outputs: { ...row.outputs, messages: [long] } }));
    // The first request reads keys, the second writes the first part, the third would write more.
    host.beforeRequest(3, () => {
      host.failNextRequest("ServiceNotAvailable");
    });
    const failure: unknown = await ledger.write({ ...write, rows }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "HostProblem", code: "busy" });
    const { written } = failure as HostProblem;
    const filled = records(host).filter(({ 提示 }) => 提示 !== "").length;
    expect(filled).toBeGreaterThan(100);
    expect(filled).toBeLessThan(2000);
    expect(written!.rows).toHaveLength(filled);
    expect(await ledger.restore(written!)).toMatchObject({ restoredCells: filled * 7, skippedCells: 0 });
    expect(records(host).every(({ 提示 }) => 提示 === "")).toBe(true);
  });
});
