import { describe, expect, it } from "vitest";
import { HOMES } from "./homes.js";
import { loss, Office, office, person, said } from "./office-year.js";

/** What people decide about the books by hand, in a workbook of either home. */

const ROWS = [loss("F1", "张三", 5000, "2026-01-05"), loss("F2", "李四", 400, "2026-01-06")];
const PEOPLE = [person("A01", "张三"), person("A02", "李四")];

describe.each(HOMES)("decisions about the books, in %s", (_, homeOf) => {
  async function january(): Promise<Office> {
    const shop = new Office(homeOf(await office({ rows: ROWS, people: PEOPLE })));
    await shop.notices("2026-01", "2026-01-31");
    return shop;
  }

  const fresh = async (shop: Office): Promise<unknown[][]> =>
    (await shop.postings()).slice(4).map(([month, kind, , name, amount]) => [month, kind, name, amount]);

  it("撤销 of a complaint reverses it whatever the row says, with a paper of its own, and stands until 重开", async () => {
    const shop = await january();
    const { pages } = await shop.act({ kind: "撤销", of: "F1", reason: "查明非本人" }, "2026-02-03");
    expect(pages.map(({ notice, isRefund }) => [notice.subject, notice.amount, isRefund])).toEqual([
      ["张三", -500_000, true],
    ]);
    // 3,500 were still owed, 1,500 had been taken: both are in the month that the paper shows.
    expect(pages[0]!.deduction).toMatchObject({
      carriedIn: 350_000,
      added: -500_000,
      deducted: -150_000,
      carriedOut: 0,
    });
    const reversed = [
      ["2026-02", "退还", "张三", 1500],
      ["2026-02", "冲回", "张三", 5000],
    ];
    expect(await fresh(shop)).toEqual(reversed);
    expect(await shop.lines("Notices", ["通知编号", "对象", "金额"])).toContainEqual(["TZ-202602-001", "张三", -5000]);
    const again = await shop.process("2026-02-04");
    expect(again.outcome.deductions.filter(({ month, person: who }) => month === "2026-03" && who === "张三")).toEqual(
      [],
    );
    await expect(shop.act({ kind: "撤销", of: "F1", reason: "再撤" }, "2026-02-05")).rejects.toThrow("已经撤销");
    await shop.act({ kind: "重开", of: "F1", reason: "复查属实" }, "2026-02-06");
    await shop.notices("2026-02", "2026-02-28");
    expect((await fresh(shop)).slice(2)).toEqual([
      ["2026-02", "补扣", "张三", 5000],
      ["2026-02", "扣款", "张三", 1500],
    ]);
    expect(await shop.flaws()).toEqual([]);
  });

  it("撤销 of a notice by its number reverses what went out with it, and its row asks for nothing", async () => {
    const shop = await january();
    const [[number]] = (await shop.lines("Notices", ["通知编号"])) as [[string]];
    await shop.act({ kind: "撤销", of: number, reason: "发错人" }, "2026-02-03");
    expect((await fresh(shop)).map(([, kind]) => kind)).toEqual(["退还", "冲回"]);
    expect(said(await shop.look("2026-02-04"))).not.toContain(number);
    expect(await shop.flaws()).toEqual([]);
  });

  it("a clock before the day of the last entry writes nothing, whatever is asked for; on that day everything goes on", async () => {
    const shop = await january();
    const before = await shop.postings();
    for (const ask of [
      () => shop.process("2026-01-30"),
      () => shop.notices("2026-01", "2026-01-30"),
      () => shop.act({ kind: "撤销", of: "F1", reason: "查明非本人" }, "2026-01-30"),
    ])
      await expect(ask()).rejects.toThrow(/2026-01-30.*早于.*2026-01-31/u);
    expect(await shop.postings()).toEqual(before);
    await shop.process("2026-01-31");
    await shop.act({ kind: "撤销", of: "F1", reason: "查明非本人" }, "2026-02-01");
    expect((await shop.postings()).length).toBeGreaterThan(before.length);
  });

  it("核销 gives up what somebody owes; 撤销 without a reason, or of what nobody knows, posts nothing", async () => {
    const shop = await january();
    await shop.act({ kind: "核销", of: "A01", reason: "离职，无法追偿" }, "2026-02-03");
    expect(await fresh(shop)).toEqual([["2026-02", "作废", "张三", 3500]]);
    await expect(shop.act({ kind: "核销", of: "A01", reason: "再来" }, "2026-02-03")).rejects.toThrow("没有未扣的余额");
    await expect(shop.act({ kind: "撤销", of: "F2", reason: " " }, "2026-02-03")).rejects.toThrow("原因");
    await expect(shop.act({ kind: "撤销", of: "F9", reason: "错" }, "2026-02-03")).rejects.toThrow("F9");
    expect(await shop.flaws()).toEqual([]);
  });

  it("a year is closed once its months are locked, and says what everybody stands at", async () => {
    const shop = await january();
    await expect(shop.act({ kind: "年结", year: 2026 }, "2027-01-05")).rejects.toThrow("还没有锁定");
    shop.add("Settings", ["锁定至月份", "2026-12"]);
    await shop.process("2027-01-05");
    await shop.act({ kind: "年结", year: 2026 }, "2027-01-05");
    const notes = (await shop.lines("Postings", ["起因", "姓名", "计算式"])).filter(([cause]) => cause === "年结");
    expect(notes).toEqual([
      ["年结", "张三", "应扣 0.00，已扣 5000.00，暂缓 0.00"],
      ["年结", "李四", "应扣 0.00，已扣 400.00，暂缓 0.00"],
      ["年结", null, "应扣 0.00，已扣 5400.00，暂缓 0.00"],
    ]);
    expect((await shop.look("2027-01-05")).unchanged).toBe(true);
    await expect(shop.act({ kind: "年结", year: 2026 }, "2027-01-06")).rejects.toThrow("已经年结");
    expect(await shop.flaws()).toEqual([]);
  });

  it("personal data of somebody long gone are cleared; the books still prove themselves and post nothing anew", async () => {
    const shop = await january();
    await expect(shop.clear("A02", "2026-03-01")).rejects.toThrow("没有离职日期");
    shop.type("People", 1, "离职日期", 46_053);
    await shop.clear("李四", "2026-03-01");
    const told = JSON.stringify([
      await shop.lines("Postings", ["工号", "姓名", "所据", "计算式"]),
      await shop.lines("Notices", ["对象", "工号"]),
      await shop.lines("NoticeItems", ["对象"]),
      await shop.lines("Deductions", ["姓名", "工号"]),
    ]);
    expect(told).not.toContain("李四");
    expect(told).not.toContain("A02");
    expect(told).toContain("已清除1");
    expect(await shop.flaws()).toEqual([]);
    const kinds = (await shop.postings()).map(([, kind]) => kind);
    expect(kinds).toEqual(["确定", "扣款", "确定", "扣款"]);
    await shop.notices("2026-02", "2026-03-02");
    expect((await shop.postings()).filter(([, , , name]) => name !== "张三").length).toBe(2);
    expect(await shop.flaws()).toEqual([]);
  });
});
