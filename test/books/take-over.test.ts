import { describe, expect, it } from "vitest";
import { takeOver, type OldBooks, type OldItem, type OldMonth } from "../../src/books/take-over.js";
import { closeYear, yearCloseLines } from "../../src/books/year-close.js";
import { monthsOfPersons, postLock, postMonths } from "../../src/books/post.js";
import { statementOf } from "../../src/books/statement.js";
import { spanText } from "../../src/documents/notices/statement-workbook.js";
import { verifyBook } from "../../src/books/verify.js";
import { monthViews } from "../../src/books/views.js";
import {
  BONUS_CAP,
  act,
  claim,
  company,
  draftOf,
  drafted,
  EMPTY,
  lock,
  posted,
  settled,
  told,
  yuan,
} from "./small-book.js";

const person = { name: "张三", employeeNo: undefined };

function item(complaintId: string, month: string, amount: number, notice: string): OldItem {
  return {
    ...{ complaintId, month, notice, person, amount: yuan(amount) },
    ...{ packId: "franchise-retail", type: "绩效核减" as const, reason: "客诉损失", department: "门店" },
    ...{ formula: "x", clause: "第二十一条", rule: "loss", packHash: "" },
  };
}

function month(name: string, carriedIn: number, added: number, deducted: number, carriedOut: number): OldMonth {
  return {
    ...{ month: name, person, ceilingBasis: "绩效的50%（500.00 元）" },
    ...{ carriedIn: yuan(carriedIn), added: yuan(added), deducted: yuan(deducted), carriedOut: yuan(carriedOut) },
  };
}

const old: OldBooks = {
  items: [item("A1", "2026-01", 800, "N1"), item("A2", "2026-02", 100, "N2"), item("A1", "2026-02", -200, "N2")],
  notices: [
    { number: "N1", person, month: "2026-01", amount: yuan(800) },
    { number: "N2", person, month: "2026-02", amount: yuan(-100) },
  ],
  months: [month("2026-01", 0, 800, 500, 300), month("2026-02", 300, -100, 200, 0)],
  lockedUntil: undefined,
};

describe("taking over the version before", () => {
  it("posts notices and months as they stood, and carries on from them", () => {
    const taken = takeOver(EMPTY, old, act(EMPTY, "2026-03-01"));
    if (taken.kind !== "taken-over") throw new Error(JSON.stringify(taken));
    expect([taken.notices, taken.months]).toEqual([2, 2]);
    const book = posted(taken.posting);
    expect(told(book.entries)).toEqual([
      "确定 2026-01 800",
      "扣款 2026-01 500",
      "确定 2026-02 100",
      "冲回 2026-02 200",
      "扣款 2026-02 100",
      "扣款 2026-02 100",
    ]);
    expect(book.entries.every(({ cause }) => cause === "接管")).toBe(true);
    expect(verifyBook({ book, key: undefined, anchors: [], notices: undefined })).toEqual([]);
    const rows = [settled(claim("A1", "张三", 600, "2026-01-05")), settled(claim("A2", "张三", 100, "2026-02-05"))];
    const terms = company({ people: { 张三: { bonus: yuan(1000) } }, caps: () => [BONUS_CAP(50)] });
    expect(draftOf(book, { judged: rows, terms, now: "2026-03-31" }).months).toEqual([]);
  });

  it.each<[string, OldBooks, string, string]>([
    [
      "a notice whose items add up to something else",
      { ...old, notices: [{ ...old.notices[0]!, amount: yuan(1) }] },
      "2026-01",
      "notice",
    ],
    [
      "a month that carries in what was not carried out",
      { ...old, months: [old.months[0]!, month("2026-02", 400, -100, 300, 0)] },
      "2026-02",
      "carried-in",
    ],
    [
      "a month that doesn't add up in itself",
      { ...old, months: [month("2026-01", 0, 800, 500, 400), month("2026-02", 400, -100, 300, 0)] },
      "2026-01",
      "month",
    ],
    ["a month that added something else than its penalties", { ...old, items: old.items.slice(1) }, "2026-01", "added"],
    ["a penalty without its month", { ...old, months: old.months.slice(1) }, "2026-01", "month-missing"],
  ])("is refused with the difference: %s", (_, books, inMonth, what) => {
    const taken = takeOver(EMPTY, books, act(EMPTY, "2026-03-01"));
    if (taken.kind !== "differs") throw new Error(taken.kind);
    expect(taken.differences).toContainEqual(expect.objectContaining({ person, month: inMonth, what }));
  });

  it("takes nothing over where nothing was noticed or locked", () => {
    expect(takeOver(EMPTY, { ...old, notices: [] }, act(EMPTY, "2026-03-01")).kind).toBe("nothing");
  });

  it("takes over locked months for everybody in them", () => {
    const locked = { ...old, notices: [], items: old.items.map((i) => ({ ...i, notice: "" })), lockedUntil: "2026-01" };
    const taken = takeOver(EMPTY, locked, act(EMPTY, "2026-03-01"));
    if (taken.kind !== "taken-over") throw new Error(JSON.stringify(taken));
    expect(told(posted(taken.posting).entries)).toEqual(["确定 2026-01 800", "扣款 2026-01 500"]);
  });
});

describe("the book over years", () => {
  const terms = company({ people: { 张三: { wage: yuan(8000), bonus: yuan(1000) } }, caps: () => [BONUS_CAP(50)] });
  const judged = [settled(claim("A1", "张三", 1800, "2025-11-05"))];
  const scene = { judged, terms, now: "2026-01-05" };
  const book = lock(EMPTY, "2025-12", scene);

  it("a year is closed with what everybody stands at, once it is locked; a run goes on as before", () => {
    const closed = posted(closeYear(book, "2025-12", act(book, "2026-01-05")));
    const notes = closed.entries.slice(book.entries.length).map(({ name, month: m, formula }) => [name, m, formula]);
    const balance = "应扣 800.00，已扣 1000.00，暂缓 0.00";
    expect(notes).toEqual([
      ["张三", "2025-12", balance],
      ["", "2025-12", balance],
    ]);
    const january = { ...scene, now: "2026-01-31" };
    expect(drafted(draftOf(closed, january))).toEqual(drafted(draftOf(book, january)));
    expect(verifyBook({ book: closed, key: undefined, anchors: [], notices: undefined })).toEqual([]);
    expect(yearCloseLines(book, "2026-12")).toEqual({ kind: "not-locked" });
    expect(yearCloseLines(closed, "2025-12")).toEqual({ kind: "closed-before" });
  });

  it("nothing is posted by a clock before the last entry's day, nor on a book that has moved", () => {
    const draft = draftOf(book, { ...scene, now: "2026-01-31" });
    expect(postLock(book, draft, "2025-12", act(book, "2026-01-04")).kind).toBe("nothing");
    const early = act(book, "2026-01-04T23:59:00");
    expect(
      postLock(book, { ...draft, accounts: { ...draft.accounts, lockedThrough: undefined } }, "2026-01", early),
    ).toMatchObject({
      kind: "refused",
      why: { kind: "clock-before-last-entry" },
    });
    const stale = { ...act(book, "2026-01-31"), expected: "elsewhere" };
    expect(postLock(book, draft, "2026-01", stale)).toMatchObject({ kind: "refused", why: { kind: "book-moved" } });
  });

  it("neither a lock nor a notice posts a month after that of its own clock, whatever draft it is handed", () => {
    const early = act(book, "2026-01-31");
    const draft = draftOf(book, { ...scene, now: "2026-03-31" });
    const persons = new Set(draft.months.map(({ person: key }) => key));
    const months = monthsOfPersons(draft, persons, "2026-03");
    expect(months.some(({ month }) => month > "2026-01")).toBe(true);
    const refused = { kind: "refused", why: { kind: "month-after-clock" } };
    expect(postMonths(book, draft, months, early)).toMatchObject(refused);
    expect(postLock(book, draft, "2026-02", early)).toMatchObject(refused);
  });

  it("a statement adds up from its opening to its closing balance", () => {
    const statement = statementOf(book, person, { from: "2025-12", to: "2025-12" })!;
    expect(statement.opening).toEqual({ owed: yuan(1300), taken: yuan(500), held: yuan(0) });
    expect(statement.closing).toEqual({ owed: yuan(800), taken: yuan(1000), held: yuan(0) });
    expect(statement.deducted).toBe(yuan(500));
    expect(statementOf(book, { name: "王五", employeeNo: undefined }, {})).toBeUndefined();
  });

  it("a statement names its months, also where a year was closed after later ones were posted", () => {
    const later = lock(book, "2026-01", { ...scene, now: "2026-01-31" });
    const closed = posted(closeYear(later, "2025-12", act(later, "2026-02-02")));
    expect(spanText(statementOf(closed, person, {})!, "zh")).toBe("2025-11 至 2026-01");
  });

  it("the months of 扣款台账 are a view: posted ones 已入账, others 试算, with the ceilings that bound", () => {
    const views = monthViews(book, draftOf(book, { ...scene, now: "2026-01-31" }));
    expect(views.map(({ month: m, state, deducted, carriedOut }) => [m, state, deducted, carriedOut])).toEqual([
      ["2025-11", "已入账", yuan(500), yuan(1300)],
      ["2025-12", "已入账", yuan(500), yuan(800)],
      ["2026-01", "试算", yuan(500), yuan(300)],
    ]);
    expect(views[0]!.binding[0]?.calculation).toBe("月绩效奖金1000.00×50%");
  });
});
