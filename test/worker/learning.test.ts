import { describe, expect, it } from "vitest";
import { allSentences } from "../../scripts/accuracy/sentences.js";
import { wallTime } from "../../src/domain/wall-time.js";
import type { LedgerRow, LedgerSnapshot } from "../../src/ledger/port.js";
import type { LearnReport } from "../../src/worker/messages.js";
import { RulesSession } from "../../src/worker/session.js";
import { sampleLedger, source } from "./session-source.js";

const when = { now: wallTime(2026, 3, 31, 18), language: "zh" } as const;
const COUPONS = [
  ...["优惠券核销不了", "领的券用不上", "券过期没提醒", "满减券说不适用", "店里不认我的券", "券码扫不出来"],
  ...["两张券只能用一张", "券领完就消失", "核销失败券没退", "新人券没到账", "生日券没有", "换购券不给换"],
];

/** The sample ledger with rows in place of its own: texts, and what people chose in 改判类别. */
function ledgerOf(rows: readonly { readonly text: string; readonly chosen?: string }[]): LedgerSnapshot {
  const sample = sampleLedger();
  const [first] = sample.rows;
  return {
    ...sample,
    rows: rows.map(({ text, chosen }, i): LedgerRow => {
      const cells = { id: `T${i}`, description: text, ...(chosen !== undefined && { categoryOverride: chosen }) };
      return { ...first!, row: i + 2, cells, outputs: {} };
    }),
  };
}

function labelled(count: number): { readonly text: string; readonly chosen: string }[] {
  return ["服务态度", "配送延迟", "账单错误"].flatMap((chosen) =>
    allSentences()
      .filter((one) => one.pack === "general" && one.label === chosen && /[一-龥]/.test(one.text))
      .slice(0, count)
      .map(({ text }) => ({ text, chosen })),
  );
}

async function learn(snapshot: LedgerSnapshot): Promise<LearnReport> {
  const session = new RulesSession(source);
  const { rows, ...head } = snapshot;
  const quiet = (): void => undefined;
  await session.run("ledger", { ...head, rowCount: rows.length }, quiet);
  await session.run("rows", rows, quiet);
  return session.run("learn", { ...when, id: "general" }, quiet);
}

describe("learning in the pane", () => {
  it("learns from what people chose, and shows what would change on the open ledger, saving nothing", async () => {
    const taught = COUPONS.map((text) => ({ text, chosen: "优惠券" }));
    const report = await learn(ledgerOf([...labelled(20), ...taught, { text: "我的券核销不了" }]));
    if (report.kind !== "learned") throw new Error(report.kind);
    expect(report.outputs).toMatchObject([{ output: "category", rows: 72 }]);
    expect(report.changes.at(-1)).toMatchObject({ text: "我的券核销不了", output: "category", after: "优惠券" });
    // The pack has no 优惠券, so all twelve were judged otherwise.
    expect(report.rejudged.labels).toBe(72);
    expect(report.rejudged.misjudged).toBeGreaterThanOrEqual(COUPONS.length);
    expect(report.rejudged.mended).toBeGreaterThanOrEqual(COUPONS.length);
    expect(report.files["learned.json"]).toContain("优惠券");
  });

  it("tells the words each label rests on and the rows it would judge wrong", async () => {
    const odd = "优惠券核销不了，券码也扫不出来";
    const taught = COUPONS.map((text) => ({ text, chosen: "优惠券" }));
    const snapshot = ledgerOf([...labelled(20), ...taught, { text: odd, chosen: "配送延迟" }]);
    const report = await learn(snapshot);
    if (report.kind !== "learned") throw new Error(report.kind);
    const [category] = report.outputs;
    const coupon = category?.labels.find(({ label }) => label === "优惠券");
    expect(coupon).toMatchObject({ rows: COUPONS.length, isNew: true });
    expect(coupon?.words.length).toBeGreaterThan(0);
    for (const word of coupon?.words ?? [])
      expect(
        COUPONS.some((text) => text.includes(word)),
        word,
      ).toBe(true);
    expect(category?.wrong).toHaveLength((category?.rows ?? 0) - (category?.expected ?? 0));
    expect(category?.wrong.at(-1)).toEqual({
      ...{ row: snapshot.rows.length + 1, id: `T${snapshot.rows.length - 1}`, text: odd },
      ...{ wanted: "配送延迟", given: "优惠券" },
    });
  });

  it("names labels of too few rows, which it leaves out", async () => {
    const report = await learn(ledgerOf([...labelled(20), { text: "招牌太亮", chosen: "招牌" }]));
    expect(report).toMatchObject({ outputs: [{ rare: [{ label: "招牌", rows: 1 }] }] });
  });

  it("says how many labelled rows there are where they are too few", async () => {
    expect(await learn(ledgerOf(labelled(5)))).toEqual({ kind: "too-few", labelled: 15, least: 50 });
  });
});
