import { describe, expect, it } from "vitest";
import { accountsOf } from "../../src/books/accounts.js";
import { holdChanges } from "../../src/books/holds.js";
import { followedStates, readNotices } from "../../src/books/notice-life.js";
import {
  BONUS_CAP,
  claim,
  company,
  day,
  drafted,
  draftOf,
  EMPTY,
  issue,
  lock,
  settled,
  told,
  written,
  yuan,
} from "./small-book.js";

const law = { loss: { percent: 20, source: "工资支付暂行规定第十六条" } };
const guangdong = company({
  people: { 张三: { wage: yuan(5000) } },
  law: { ...law, noticeFirst: "广东省工资支付条例第十五条" },
});
const loss = [settled(claim("A1", "张三", 600, "2026-01-05", { type: "损失赔偿" }))];
const NUMBER = "KK2026-01-1";

describe("written notice first", () => {
  const book = issue(EMPTY, "2026-01", { judged: loss, terms: guangdong, now: "2026-01-31" });

  it("holds 损失赔偿 until a notice is delivered, and releases it into the first open month", () => {
    expect(told(book.entries)).toEqual(["确定 2026-01 600", "暂缓 2026-01 600"]);
    const scene = { judged: loss, terms: guangdong, now: "2026-02-10" };
    const sent = draftOf(book, { ...scene, notices: [written(NUMBER)] });
    expect(drafted(sent)).toEqual([]);
    expect(sent.findings).toContainEqual(expect.objectContaining({ kind: "held", amount: yuan(600), why: "law" }));
    const delivered = written(NUMBER, { state: "已送达", deliveredOn: day("2026-02-03"), method: "拒签" });
    const released = draftOf(book, { ...scene, notices: [delivered] });
    expect(drafted(released)).toEqual(["恢复 2026-02 600", "扣款 2026-02 600"]);
    // Payroll hears of both.
    const held = holdChanges(book, released, "2026-01").map(({ kind, amount, why }) => [kind, amount, why]);
    expect(held).toEqual([["暂缓", yuan(600), "先书面告知"]]);
    expect(holdChanges(book, released, "2026-02")).toMatchObject([
      { kind: "恢复", amount: yuan(600), taken: yuan(600), takenBack: yuan(0), posted: false },
    ]);
  });

  it("releases nothing because the region is no longer set, or the notice's row is gone", () => {
    const elsewhere = company({ people: { 张三: { wage: yuan(5000) } }, law });
    const scene = { judged: loss, terms: elsewhere, now: "2026-02-10" };
    expect(drafted(draftOf(book, { ...scene, notices: [written(NUMBER)] }))).toEqual([]);
    expect(drafted(draftOf(book, scene))).toEqual([]);
  });
});

describe("an objection", () => {
  const terms = company({ people: { 张三: { bonus: yuan(1000) } }, caps: () => [BONUS_CAP(50)] });
  const rows = [settled(claim("A1", "张三", 1200, "2026-01-05"))];
  const book = issue(EMPTY, "2026-01", { judged: rows, terms, now: "2026-01-31" });
  const scene = { judged: rows, terms, now: "2026-02-28" };
  const objected = written(NUMBER, { state: "异议中", objectedOn: day("2026-02-05"), deliveredOn: day("2026-02-01") });

  it("holds what is not yet taken; 维持 releases it", () => {
    expect(drafted(draftOf(book, { ...scene, notices: [objected] }))).toEqual(["暂缓 2026-02 700"]);
    const held = lock(book, "2026-02", { ...scene, notices: [objected] });
    const upheld = { ...objected, state: "维持" as const, reviewedOn: day("2026-03-02") };
    const march = { ...scene, now: "2026-03-31" };
    expect(drafted(draftOf(held, { ...march, notices: [objected] }))).toEqual([]);
    expect(drafted(draftOf(held, { ...march, notices: [upheld] }))).toEqual(["恢复 2026-03 700", "扣款 2026-03 500"]);
  });

  it("变更: the changed row is posted as 复核", () => {
    const held = lock(book, "2026-02", { ...scene, notices: [objected] });
    const changed = { ...objected, state: "变更" as const, reviewedOn: day("2026-03-02") };
    const judged = [settled(claim("A1", "张三", 400, "2026-01-05"))];
    const draft = draftOf(held, { judged, terms, now: "2026-03-31", notices: [changed] });
    expect(drafted(draft)).toEqual(["恢复 2026-03 700", "退还 2026-03 100", "冲回 2026-03 800"]);
    expect(draft.months[0]!.lines[0]!.cause).toBe("复核");
  });
});

describe("what people write into 扣款通知", () => {
  const today = day("2026-02-10");
  const followed = new Map([["K1", "异议中" as const]]);

  it.each([
    [written("K1", { state: "已送达", deliveredOn: today }), "backwards", "异议中"],
    [written("K2", { state: "已送达" }), "date-missing", "拟发"],
    [written("K2", { state: "异议中", objectedOn: day("2026-02-11") }), "date-after-now", "拟发"],
    [written("K2", { state: "撤销" }), "reason-missing", "拟发"],
  ])("counts for nothing where it can't be: %#", (record, kind, counts) => {
    const { notices, problems } = readNotices([record], followed, today);
    expect(problems).toEqual([expect.objectContaining({ kind })]);
    expect(notices.get(record.number)!.state).toBe(counts);
  });

  it("may skip states, but only forwards", () => {
    const record = written("K2", { state: "维持", reviewedOn: today });
    expect(readNotices([record], followed, today).problems).toEqual([]);
  });

  it("is compared with what the book followed", () => {
    const terms = company({ people: { 张三: {} } });
    const rows = [settled(claim("A1", "张三", 100, "2026-01-05"))];
    const book = issue(EMPTY, "2026-01", { judged: rows, terms, now: "2026-01-31" });
    expect(followedStates(accountsOf(book.entries).claims.values())).toEqual(new Map([[NUMBER, "拟发"]]));
  });
});
