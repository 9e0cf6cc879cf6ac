import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSampleData } from "../../scripts/sample/sample-data.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { runLedger } from "../../src/ledger/run-ledger.js";
import { parseIso, isoMonth } from "../../src/domain/wall-time.js";
import { STATUSES } from "../../src/process/status.js";
import { loadAllPacks, PACK_FOLDERS, STATUTES } from "../packs-folder.js";

/** The sample ledger shows every pack and every situation a clerk meets; a change that loses one shows here. */

const ROOT = join(import.meta.dirname, "..", "..");
const NOW = parseIso("2026-03-31T18:00")!;
const { snapshot } = openFileLedger(readFileSync(join(ROOT, "templates", "sample-ledger.xlsx")), { codec: nodeCodec });
const { outcome } = runLedger(snapshot, {
  packs: loadAllPacks(),
  statutes: STATUTES,
  now: NOW,
  language: "zh",
  programVersion: "test",
});
const { rows, penalties, deductions, summary } = outcome;

describe("the sample ledger", () => {
  it("holds exactly the stories it is made from", () => {
    const { rows: stories } = readSampleData(join(ROOT, "scripts", "sample"), new Set(PACK_FOLDERS));
    const filled = snapshot.rows.map(({ cells }) =>
      Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== null)),
    );
    expect(filled).toEqual(stories);
  });

  it("has at least 140 complaints over all packs, from January to March", () => {
    expect(rows.length).toBeGreaterThanOrEqual(140);
    expect(new Set(rows.map(({ packId }) => packId))).toEqual(new Set(PACK_FOLDERS));
    const months = snapshot.rows.map(({ cells }) => cells.receivedAt).filter((cell) => typeof cell === "number");
    expect(new Set(months.map((serial) => isoMonth(Math.round(serial * 86_400) as typeof NOW)))).toEqual(
      new Set(["2026-01", "2026-02", "2026-03"]),
    );
  });

  it("shows every status", () => {
    expect(STATUSES.filter((status) => summary.byStatus[status] === undefined)).toEqual([]);
  });

  it("has three or four faulty rows, each with a fault of its own", () => {
    expect(summary.faultyRows).toBeGreaterThanOrEqual(3);
    expect(summary.faultyRows).toBeLessThanOrEqual(4);
    const faults = outcome.messages.filter(
      ({ row, level }) => level === "error" && rows.find((r) => r.row === row)?.outputs.status === "数据有误",
    );
    expect(new Set(faults.map(({ column }) => column)).size).toBe(summary.faultyRows);
  });

  it("shows fines, performance pay, compensation of losses and sanctions", () => {
    expect(new Set(penalties.map(({ type }) => type))).toEqual(new Set(["罚款", "绩效核减", "损失赔偿", "行政处分"]));
    expect(new Set(penalties.flatMap(({ sanction }) => sanction ?? []))).toEqual(new Set(["警告", "小过", "大过"]));
  });

  it("carries deductions over three months; the packs' caps and the minimum wage each bind once, and what must be noticed first is held", () => {
    const carried = deductions.filter(({ carriedOut }) => carriedOut > 0);
    expect(new Set(carried.map(({ month }) => month))).toEqual(new Set(["2026-01", "2026-02", "2026-03"]));
    const bases = carried.map(({ ceilingBasis }) => ceilingBasis ?? "");
    for (const basis of [
      /月绩效奖金1600\.00×50%＝800\.00/,
      /月绩效奖金900\.00×100%＝900\.00/,
      /－当地最低工资2490\.00＝410\.00/,
    ])
      expect(bases.some((text) => basis.test(text))).toBe(true);
    expect(bases.some((text) => text.endsWith("＋不受此限的240.00＝640.00"))).toBe(true);
    const held = carried.filter(({ state }) => state === "暂缓");
    expect(held.length).toBeGreaterThan(0);
    for (const { deducted, messages } of held) {
      expect(deducted).toBe(0);
      expect(messages.join()).toContain("书面通知送达后才可扣除");
    }
    for (const { carriedIn, added, deducted, carriedOut } of deductions)
      expect(carriedIn + added).toBe(deducted + carriedOut);
  });

  it("shows returns posted and held back, shared costs, money to customers, overrides and follow-ups", () => {
    expect(rows.some(({ outputs }) => outputs.postedReturn === 104)).toBe(true);
    expect(rows.some(({ outputs }) => outputs.messages?.some((text) => text.includes("待请示")) === true)).toBe(true);
    expect(rows.some(({ outputs }) => outputs.factoryCost === 74074 && outputs.customerCost === 49383)).toBe(true);
    expect(summary.compensation).toBeGreaterThan(0);
    expect(rows.some(({ outputs }) => outputs.basis?.includes("人工改判") === true)).toBe(true);
    expect(rows.some(({ outputs }) => outputs.messages?.some((text) => text.includes("重复")) === true)).toBe(true);
  });

  it("names nobody real: telephone numbers are masked", () => {
    for (const { cells } of snapshot.rows)
      if (typeof cells.phone === "string") expect(cells.phone).toMatch(/^138\*{4}\d{4}$/);
  });
});
