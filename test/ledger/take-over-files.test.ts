import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseIso } from "../../src/domain/wall-time.js";
import { examineLedger, mayWrite, type JudgeOptions } from "../../src/jobs/judge-ledger.js";
import { verifyLedger } from "../../src/jobs/verify-ledger.js";
import type { LedgerSnapshot } from "../../src/ledger/port.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";
import { excelHome, fileHome, type Home } from "./homes.js";

/**
 * A ledger whose January and February were noticed by the version before the books (its command wrote the fixture): three
 * complaints, two people, 2,300.00 and 200.00 carried on.
 */
const BEFORE = readFileSync(join(import.meta.dirname, "..", "fixtures", "noticed-before-the-books.xlsx"));
const options: JudgeOptions = {
  ...{ packs: loadAllPacks(), statutes: STATUTES, language: "zh" },
  now: parseIso("2026-03-20T18:00")!,
};

function entries({ sideTables }: LedgerSnapshot): unknown[][] {
  const { headers, rows } = sideTables.get("Postings")!;
  const at = ["月份", "种类", "姓名", "金额", "起因"].map((name) => headers.findIndex(({ header }) => header === name));
  return rows.map(({ cells }) => at.map((c) => cells[c])).filter(([, kind]) => kind !== "结转" && kind !== "备注");
}

describe.each<[string, (bytes: Uint8Array) => Home]>([
  ["the file", fileHome],
  ["Excel", excelHome],
])("a ledger noticed by the version before, through %s", (_, homeOf) => {
  it("is taken over once, as it was noticed, proves itself, and is left alone by the next run", async () => {
    const home = homeOf(BEFORE);
    const { write, ledger } = mayWrite(await examineLedger(await home.read(), options).judgement());
    expect(ledger.outcome.messages.map(({ text }) => text)).toContain("已接管旧台账：3张通知、3笔月度扣款");
    await home.write(write!);
    const after = await home.read();
    expect(entries(after).sort()).toEqual(
      [
        ["2026-01", "确定", "李四", 5000, "接管"],
        ["2026-01", "扣款", "李四", 1500, "接管"],
        ["2026-01", "确定", "王五", 700, "接管"],
        ["2026-01", "扣款", "王五", 500, "接管"],
        ["2026-02", "确定", "李四", 300, "接管"],
        ["2026-02", "扣款", "李四", 1500, "接管"],
      ].sort(),
    );
    expect(verifyLedger(after, { language: "zh", key: undefined, anchors: [] }).flaws).toEqual([]);
    expect(examineLedger(after, options).unchanged).toBe(true);
  });

  it("is refused with the differences where its own sums don't add up, and nothing is written", async () => {
    const home = homeOf(BEFORE);
    home.edit((author) => {
      const body = author.table("Deductions").area;
      author.type("扣款台账", `${"ABCDEFGHIJKLMNOP"[deducted(author)]!}${body.row + 2}`, 1);
    });
    const judgement = await examineLedger(await home.read(), options).judgement();
    expect(judgement).toMatchObject({
      kind: "refused",
      reason: expect.stringMatching(/旧台账对不上.*2026-01/) as string,
    });
  });
});

function deducted(author: Parameters<Parameters<Home["edit"]>[0]>[0]): number {
  const { row, column, columns } = author.table("Deductions").area;
  const cells = author.sheet("扣款台账").rows[row]?.values ?? [];
  return Array.from({ length: columns }, (_, i) => column + i).find((c) => cells[c] === "本月扣款")!;
}
