import { describe, expect, it } from "vitest";
import type { JudgedComplaint } from "../../src/books/judged.js";
import { decide, type Decision } from "../../src/books/voids.js";
import { accountsOf } from "../../src/books/accounts.js";
import {
  BONUS_CAP,
  act,
  claim,
  company,
  drafted,
  draftOf,
  EMPTY,
  issue,
  lock,
  posted,
  settled,
  told,
  yuan,
} from "./small-book.js";

const terms = company({ people: { 张三: { wage: yuan(8000), bonus: yuan(1000) } }, caps: () => [BONUS_CAP(50)] });
const first = [settled(claim("A1", "张三", 800, "2026-01-05"))];
const january = issue(EMPTY, "2026-01", { judged: first, terms, now: "2026-01-31" });

function now(judged: readonly JudgedComplaint[], over: object = {}) {
  return draftOf(january, { judged, terms, now: "2026-02-28", ...over });
}

describe("corrections", () => {
  it("come from a row that was judged: more is 补扣, less is 冲回, first of what is owed, then paid back", () => {
    expect(drafted(now([settled(claim("A1", "张三", 900, "2026-01-05"))]))).toEqual([
      "补扣 2026-02 100",
      "扣款 2026-02 400",
    ]);
    expect(drafted(now([settled(claim("A1", "张三", 600, "2026-01-05"))]))).toEqual([
      "冲回 2026-02 200",
      "扣款 2026-02 100",
    ]);
    expect(drafted(now([settled(claim("A1", "张三", 200, "2026-01-05"))]))).toEqual([
      "退还 2026-02 300",
      "冲回 2026-02 600",
    ]);
    const notUpheld: JudgedComplaint = { ...first[0]!, state: { kind: "settled", claims: [] } };
    expect(drafted(now([notUpheld]))).toEqual(["退还 2026-02 500", "冲回 2026-02 800"]);
  });

  it.each([
    ["missing", []],
    ["unreadable", [{ ...first[0]!, state: { kind: "silent", why: "unreadable" } }]],
    ["faulty", [{ ...first[0]!, state: { kind: "silent", why: "faulty" } }]],
    ["pack-missing", [{ ...first[0]!, state: { kind: "silent", why: "pack-missing" } }]],
    ["open", [{ ...first[0]!, state: { kind: "silent", why: "open" } }]],
    ["duplicated", [first[0]!, first[0]!]],
  ] as [string, JudgedComplaint[]][])(
    "a row that is %s refunds nothing; what is posted goes on being taken",
    (why, rows) => {
      const draft = now(rows);
      expect(drafted(draft)).toEqual(["扣款 2026-02 300"]);
      expect(draft.findings).toContainEqual({ kind: "not-compared", why, complaints: ["A1"] });
    },
  );

  it("a renumbered row is no new complaint", () => {
    const renumbered = { ...settled(claim("B7", "张三", 800, "2026-01-05")), origin: "o-A1" };
    const draft = now([renumbered]);
    expect(drafted(draft)).toEqual(["扣款 2026-02 300"]);
    expect(draft.findings).toContainEqual({ kind: "not-compared", why: "renumbered", complaints: ["B7"] });
  });

  it("a row under another name of the same 工号-less person is asked about, not moved", () => {
    const numbered = claim("A1", "张三", 800, "2026-01-05", { person: { employeeNo: "1002", name: "张三" } });
    const draft = now([settled(numbered)]);
    expect(drafted(draft)).toEqual(["扣款 2026-02 300"]);
    expect(draft.findings).toContainEqual({ kind: "not-compared", why: "person-unclear", complaints: ["A1"] });
  });

  it("the name is recognised as a 工号 once 人员 gives it, with a note", () => {
    const known = company({
      people: { 张三: { bonus: yuan(1000) } },
      caps: () => [BONUS_CAP(50)],
      numbers: { 张三: "1001" },
    });
    const row = settled(claim("A1", "张三", 800, "2026-01-05", { person: { employeeNo: "1001", name: "张三" } }));
    const scene = { judged: [row], terms: known, now: "2026-02-28" };
    expect(drafted(draftOf(january, scene))).toEqual(["备注 2026-02 0", "扣款 2026-02 300"]);
    const book = lock(january, "2026-02", scene);
    expect(draftOf(book, { ...scene, now: "2026-03-31" }).months).toEqual([]);
    expect(accountsOf(book.entries).byPerson.size).toBe(1);
  });

  it("the name is no 工号's where the book knows a namesake by one already, whoever has left 人员 since", () => {
    const numbers = { employeeNo: "1002", name: "张三" };
    const both = company({ people: { 张三: { bonus: yuan(1000) } }, caps: () => [BONUS_CAP(50)] });
    const other = settled(claim("A2", "张三", 100, "2026-02-05", { person: numbers }));
    const first = settled(claim("A1", "张三", 800, "2026-01-05"));
    const book = lock(january, "2026-02", { judged: [first, other], terms: both, now: "2026-02-28" });
    const alone = company({
      people: { 张三: { bonus: yuan(1000) } },
      caps: () => [BONUS_CAP(50)],
      numbers: { 张三: "1002" },
    });
    const draft = draftOf(book, { judged: [first, other], terms: alone, now: "2026-03-31" });
    expect(drafted(draft).join()).not.toContain("备注");
    expect(draft.accounts.byPerson.size).toBe(2);
  });

  it("archived rows get one note, and the message ends", () => {
    const archive = [{ packId: "franchise-retail", complaintId: "A1" }];
    const scene = { judged: [], terms, now: "2026-02-28", archive };
    expect(draftOf(january, scene).notes).toHaveLength(1);
    const book = lock(january, "2026-02", scene);
    const later = draftOf(book, { ...scene, now: "2026-03-31" });
    expect(later.notes).toEqual([]);
    expect(later.findings).toEqual([]);
  });

  it("a follow-up posts only the difference, and refunds nothing that merely moves", () => {
    const follows = { packId: "franchise-retail", complaintId: "A1" };
    const open: JudgedComplaint = {
      packId: "franchise-retail",
      complaintId: "A2",
      origin: "o2",
      follows,
      state: { kind: "silent", why: "open" },
    };
    const waiting = now([...first, open]);
    expect(drafted(waiting)).toEqual(["扣款 2026-02 300"]);
    const more = { ...settled(claim("A2", "张三", 1000, "2026-02-10", { reason: "客诉损失（复）" })), follows };
    expect(drafted(now([...first, more]))).toEqual(["确定 2026-02 200", "扣款 2026-02 300", "扣款 2026-02 200"]);
    const less = { ...settled(claim("A2", "张三", 700, "2026-02-10")), follows };
    expect(drafted(now([...first, less]))).toEqual(["冲回 2026-02 100", "扣款 2026-02 200"]);
  });
});

describe("撤销", () => {
  const [key] = [...accountsOf(january.entries).claims.keys()] as [string];
  const decision: Decision = { kind: "撤销", claims: [key], reason: "查明非本人" };

  it("takes back whatever the row says, and closes the claim until a person reopens it", () => {
    const book = posted(decide(january, decision, act(january, "2026-02-03")));
    expect(told(book.entries.slice(january.entries.length))).toEqual(["退还 2026-02 500", "冲回 2026-02 800"]);
    const scene = { judged: first, terms, now: "2026-02-28" };
    expect(drafted(draftOf(book, scene))).toEqual([]);
    const reopened = posted(decide(book, { kind: "重开", claims: [key], reason: "复查属实" }, act(book, "2026-02-20")));
    expect(drafted(draftOf(reopened, scene))).toEqual(["补扣 2026-02 800", "扣款 2026-02 500"]);
  });

  it("of a month that is posted already stands in the clock's own month, never after it", () => {
    const book = posted(decide(january, decision, act(january, "2026-01-31")));
    expect(new Set(book.entries.map(({ month }) => month))).toEqual(new Set(["2026-01"]));
  });

  it("twice does nothing more", () => {
    const book = posted(decide(january, decision, act(january, "2026-02-03")));
    expect(decide(book, decision, act(book, "2026-02-04")).kind).toBe("nothing");
  });
});
