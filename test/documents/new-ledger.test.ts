import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it, vi } from "vitest";
import { newLedger } from "../../src/documents/new-ledger.js";
import { ledgerColumns } from "../../src/documents/new-ledger-sheets.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import type { Pack } from "../../src/rules/pack.js";
import { loadAllPacks } from "../packs-folder.js";

const packs = loadAllPacks();
const some = (...ids: string[]): Pack[] => ids.map((id) => packs.get(id)!);

describe("a new ledger", () => {
  it("has the columns its packs read, in the contract's order, and the policy column only with several packs", () => {
    const ids = (...names: string[]): string[] => ledgerColumns(some(...names)).map(({ id }) => id);
    expect(ids("property-management")).toContain("households");
    expect(ids("general")).not.toContain("households");
    expect(ids("general")).not.toContain("pack");
    expect(ids("general", "restaurant")).toContain("pack");
    expect(ids("general", "restaurant").slice(0, 3)).toEqual(["id", "pack", "receivedAt"]);
  });

  it("has a column for every cell its rows fill, read by a pack or not", () => {
    expect(ledgerColumns(some("general"), [{ partNo: "X-1" }]).map(({ id }) => id)).toContain("partNo");
  });

  it("is an empty ledger with its side tables", async () => {
    const { snapshot } = openFileLedger(await newLedger({ packs: some("general"), language: "zh" }));
    expect(snapshot).toMatchObject({ sheet: "投诉台账", table: "Complaints", headerRow: 1, rows: [] });
    expect([...snapshot.sideTables.keys()].sort()).toEqual(["Holidays", "MonthlyPay", "People", "Settings"]);
    expect(snapshot.sideTables.get("Settings")!.rows[0]!.cells.slice(0, 2)).toEqual(["默认制度", "通用客户投诉处理"]);
  });

  it("keeps numbers that are names as text: zeros in front and all digits", async () => {
    const rows = [
      { id: "0007", orderNo: "12345678901234567890", phone: "01088886666", description: "坏了", receivedAt: 46000 },
    ];
    const { snapshot } = openFileLedger(await newLedger({ packs: some("general"), language: "zh", rows }));
    expect(snapshot.rows[0]!.cells).toMatchObject(rows[0]!);
  });

  it("gives rows with long texts the height to show them", async () => {
    const rows = [{ description: "短" }, { description: "长".repeat(120) }];
    const parts = unzipSync(await newLedger({ packs: some("general"), language: "zh", rows }));
    const sheet = strFromU8(parts["xl/worksheets/sheet1.xml"]!);
    expect(/<row r="2"[^>]*>/.exec(sheet)![0]).not.toContain("ht=");
    expect(/<row r="3"[^>]* ht="75"/.test(sheet)).toBe(true);
  });

  it("shows what stands in its side tables, and prints them as wide as a page", async () => {
    const settings = [["销量或服务台次 2026-W13", 118]] as const;
    const parts = unzipSync(await newLedger({ packs: some("general"), language: "zh", settings }));
    const sheet = strFromU8(parts["xl/worksheets/sheet4.xml"]!);
    expect(Number(/<col min="1" max="1" width="([\d.]+)"/.exec(sheet)![1])).toBeGreaterThan(23);
    expect(sheet).toMatch(/<pageSetup [^>]*fitToHeight="0"/);
  });

  it("is the same to the last byte each time it is made", async () => {
    const make = (): Promise<Uint8Array> => newLedger({ packs: some("general", "restaurant"), language: "en" });
    const first = await make();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 86_400_000 });
    const nextDay = await make().finally(() => vi.useRealTimers());
    expect(Buffer.from(nextDay).equals(Buffer.from(first))).toBe(true);
  });
});
