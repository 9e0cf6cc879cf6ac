import { describe, expect, it } from "vitest";
import type { StoryCells } from "../../scripts/sample/story-cells.js";
import { HOMES } from "./homes.js";
import { loss, Office, office, person, said } from "./office-year.js";

/** Ceilings of single months: a bonus that differs, a demerit that is of its own month, sums that are none. */

function demerit(id: string, who: string, day: string): StoryCells {
  return { ...loss(id, who, 0, day), loss: "", sanction: "大过" };
}

describe.each(HOMES)("a month's ceiling, in %s", (_, homeOf) => {
  it("follows the bonus of 月度绩效 in that month, and 人员 in the others", async () => {
    const bytes = await office({ rows: [loss("F1", "A01", 5000, "2026-01-05")], people: [person("A01", "张三")] });
    const shop = new Office(homeOf(bytes));
    shop.add("MonthlyPay", ["2026-01", "A01", "张三", 1000, 6000]);
    await shop.notices("2026-01", "2026-01-31");
    await shop.notices("2026-02", "2026-02-28");
    expect(await shop.postings()).toEqual([
      ["2026-01", "确定", "A01", "张三", 5000],
      ["2026-01", "扣款", "A01", "张三", 500],
      ["2026-02", "扣款", "A01", "张三", 1500],
    ]);
    expect(await shop.flaws()).toEqual([]);
  });

  it("takes demerits from their own month alone, before what may wait; what that month can't bear lapses", async () => {
    const rows = [
      loss("F1", "A01", 2000, "2026-01-05"),
      demerit("F2", "A01", "2026-01-06"),
      demerit("F3", "A01", "2026-01-07"),
    ];
    const shop = new Office(homeOf(await office({ rows, people: [person("A01", "张三")] })));
    for (const day of ["2026-01-31", "2026-02-28", "2026-03-31"]) await shop.notices(day.slice(0, 7), day);
    const lines = await shop.lines("Postings", ["月份", "种类", "投诉编号", "金额"]);
    const sumOf = (kind: string, month: string): number =>
      lines.reduce((sum, [at, which, , amount]) => sum + (which === kind && at === month ? Number(amount) : 0), 0);
    expect(sumOf("确定", "2026-01")).toBe(2000 + 3000 + 3000);
    expect(sumOf("扣款", "2026-01")).toBe(3000);
    expect(sumOf("作废", "2026-01")).toBe(3000);
    expect(lines.filter(([month, kind]) => kind === "扣款" && month !== "2026-01").map(([, , id]) => id)).toEqual([
      "F1",
      "F1",
    ]);
    expect(sumOf("扣款", "2026-02") + sumOf("扣款", "2026-03")).toBe(2000);
    expect(await shop.flaws()).toEqual([]);
  });

  it("is never asked of a barcode: the row is 数据有误 with cell and value, and nothing is posted of it", async () => {
    const rows = [loss("F1", "A01", 6_901_234_567_892, "2026-01-05"), loss("F2", "A01", 100, "2026-01-06")];
    const shop = new Office(homeOf(await office({ rows, people: [person("A01", "张三")] })));
    const looked = await shop.notices("2026-01", "2026-01-31");
    expect(looked.outcome.rows.map(({ outputs }) => outputs.status)).toEqual(["数据有误", "已结案"]);
    expect(said(looked)).toContain("6901234567892");
    expect((await shop.postings()).map(([, kind, , , amount]) => [kind, amount])).toEqual([
      ["确定", 100],
      ["扣款", 100],
    ]);
  });
});
