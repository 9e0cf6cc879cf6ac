import { describe, expect, it } from "vitest";
import { HOMES } from "./homes.js";
import { loss, Office, office, person, said, type OfficeParts } from "./office-year.js";

/** One person under several names and numbers over the months: nothing is posted twice, and nobody else pays. */

const JANUARY = loss("F1", "张三", 5000, "2026-01-05");
const FIRST: readonly unknown[][] = [
  ["2026-01", "确定", null, "张三", 5000],
  ["2026-01", "扣款", null, "张三", 1500],
];

describe.each(HOMES)("who is meant over the months, in %s", (_, homeOf) => {
  async function noticed(over: Partial<OfficeParts> = {}): Promise<Office> {
    const bytes = await office({ rows: [JANUARY], people: [person(null, "张三")], ...over });
    const shop = new Office(homeOf(bytes));
    await shop.notices("2026-01", "2026-01-31");
    return shop;
  }

  it("two spellings of a name are one person", async () => {
    const shop = await noticed();
    expect(await shop.postings()).toEqual(FIRST);
    shop.type("People", 0, "姓名", "张　三");
    shop.type("Complaints", 0, "责任人", "张 三");
    await shop.notices("2026-02", "2026-02-28");
    expect(await shop.postings()).toEqual([...FIRST, ["2026-02", "扣款", null, "张三", 1500]]);
    expect(await shop.flaws()).toEqual([]);
  });

  it("a 工号 in two cases of its letters is one person", async () => {
    const shop = await noticed({ people: [person("a01", "Zhang San")], rows: [loss("F1", "a01", 5000, "2026-01-05")] });
    shop.type("People", 0, "工号", "A01");
    shop.type("People", 0, "姓名", "ZHANG SAN");
    await shop.notices("2026-02", "2026-02-28");
    const posted = (await shop.postings()).map(([month, kind, , , amount]) => [month, kind, amount]);
    expect(posted).toEqual([
      ["2026-01", "确定", 5000],
      ["2026-01", "扣款", 1500],
      ["2026-02", "扣款", 1500],
    ]);
  });

  it("a 工号 added later is recognised by 入职日期; until then nothing is taken, and it is said", async () => {
    const shop = await noticed();
    shop.type("People", 0, "工号", "A01");
    const looked = await shop.look("2026-02-20");
    await shop.notices("2026-02", "2026-02-20");
    expect(await shop.postings()).toEqual(FIRST);
    expect(looked.outcome.deductions.find(({ month }) => month === "2026-02")?.messages.join()).toContain("没有工号");
    expect(said(looked)).toContain("责任人与账册里的对不上");
    shop.type("People", 0, "入职日期", 45_000);
    await shop.notices("2026-03", "2026-03-31");
    expect((await shop.postings()).slice(FIRST.length)).toEqual([["2026-03", "扣款", "A01", "张三", 1500]]);
    expect(await shop.flaws()).toEqual([]);
  });

  it("a person renamed without 工号 is asked about: nobody is refunded, nobody charged", async () => {
    const shop = await noticed();
    shop.type("People", 0, "姓名", "张山");
    shop.type("Complaints", 0, "责任人", "张山");
    const looked = await shop.process("2026-02-20");
    expect(said(looked)).toContain("责任人与账册里的对不上");
    await shop.notices("2026-02", "2026-02-28");
    expect((await shop.postings()).some(([, kind]) => kind === "冲回" || kind === "退还")).toBe(false);
    expect((await shop.postings()).some(([, , , name]) => name === "张山")).toBe(false);
  });

  it("with 工号, 曾用名 and 入职日期 the renamed person is the one the books know", async () => {
    const shop = await noticed();
    shop.home.edit((author) => {
      author.type("人员", "E1", "曾用名");
    });
    shop.type("People", 0, "姓名", "张山");
    shop.type("People", 0, "工号", "A01");
    shop.type("People", 0, "入职日期", 45_000);
    shop.type("People", 0, "曾用名", "张三");
    const looked = await shop.notices("2026-02", "2026-02-28");
    // The row may say 张三 still.
    expect(said(looked)).not.toContain("对不上");
    expect(
      (await shop.postings()).slice(FIRST.length).map(([month, kind, no, , sum]) => [month, kind, no, sum]),
    ).toEqual([["2026-02", "扣款", "A01", 1500]]);
    expect(await shop.flaws()).toEqual([]);
  });

  it("who was renamed and has a 工号 stays one person", async () => {
    const shop = await noticed({ people: [person("A01", "张三")] });
    shop.type("People", 0, "姓名", "张山");
    shop.type("Complaints", 0, "责任人", "张山");
    await shop.notices("2026-02", "2026-02-28");
    expect((await shop.postings()).map(([month, kind, no, , sum]) => [month, kind, no, sum])).toEqual([
      ["2026-01", "确定", "A01", 5000],
      ["2026-01", "扣款", "A01", 1500],
      ["2026-02", "扣款", "A01", 1500],
    ]);
  });

  it("张三 and A01 are one person: one account, one ceiling", async () => {
    const rows = [JANUARY, loss("F2", "A01", 2000, "2026-01-06")];
    const shop = await noticed({ rows, people: [person("A01", "张三")] });
    const taken = (await shop.postings()).filter(([, kind]) => kind === "扣款");
    expect(taken.reduce((sum, [, , , , amount]) => sum + Number(amount), 0)).toBe(1500);
    expect(new Set(taken.map(([, , no]) => no))).toEqual(new Set(["A01"]));
  });

  it("A01 written while there was no 人员 is 张三 once 人员 says whose number it is", async () => {
    const rows = [loss("F1", "A01", 5000, "2026-01-05")];
    const shop = await noticed({ rows, people: [] });
    expect(await shop.postings()).toEqual([
      ["2026-01", "确定", null, "A01", 5000],
      ["2026-01", "扣款", null, "A01", 5000],
    ]);
    shop.add("People", person("A01", "张三"));
    await shop.notices("2026-02", "2026-02-28");
    expect((await shop.postings()).length).toBe(2);
    expect(await shop.flaws()).toEqual([]);
  });

  it.each([
    ["had left before", person("A01", "张三", { left: "2025-12-31" }), "早于受理时间"],
    ["joined after", person("A01", "张三", { joined: "2026-01-20" }), "晚于受理时间"],
  ])("somebody named who %s 受理时间 is charged nothing, and it is said", async (_case, line, text) => {
    const shop = new Office(homeOf(await office({ rows: [JANUARY], people: [line] })));
    const { outcome } = await shop.notices("2026-01", "2026-01-31");
    expect(outcome.penalties.map(({ state }) => state)).toEqual(["拟定"]);
    expect(outcome.rows[0]!.outputs.messages!.join()).toContain(text);
    expect(await shop.postings()).toEqual([]);
  });

  it("who leaves later owes what was posted, and no row takes it back", async () => {
    const shop = await noticed({ people: [person("A01", "张三")] });
    shop.type("People", 0, "离职日期", 46_052);
    expect(said(await shop.look("2026-02-28"))).toContain("已离职");
    await shop.notices("2026-02", "2026-02-28");
    expect((await shop.postings()).length).toBe(2);
  });
});
