import { describe, expect, it } from "vitest";
import { fen } from "../../src/domain/money.js";
import { anchorOf, anchorText, parseAnchor } from "../../src/books/anchors.js";
import { checkValue, seal } from "../../src/books/chain.js";
import { clearPerson } from "../../src/books/clear-person.js";
import type { Book, Entry } from "../../src/books/entry.js";
import { noticeSums, verifyBook, type Flaw, type NoticeSum, type VerifyInput } from "../../src/books/verify.js";
import { closeYear } from "../../src/books/year-close.js";
import { BONUS_CAP, act, claim, company, day, EMPTY, issue, lock, posted, settled, yuan } from "./small-book.js";

const people = { 张三: { wage: yuan(8000), bonus: yuan(1000) }, 李四: { wage: yuan(6000), bonus: yuan(400) } };
const terms = company({ people, caps: () => [BONUS_CAP(50)] });
const rows = [
  settled(claim("A1", "张三", 800, "2026-01-05")),
  settled(claim("A2", "李四", 300, "2026-01-06"), claim("A2", "张三", 50, "2026-01-06", { reason: "延误" })),
  settled(claim("A3", "李四", 120, "2026-02-06")),
];

function history(key: Uint8Array | undefined): Book {
  const scene = { judged: rows, terms, now: "2026-01-31" };
  let book = issueWith(EMPTY, "2026-01", scene, key);
  book = issueWith(book, "2026-02", { ...scene, now: "2026-02-28" }, key);
  return book;
}

function issueWith(book: Book, through: string, scene: Parameters<typeof issue>[2], key: Uint8Array | undefined): Book {
  const made = issue(book, through, scene);
  if (key === undefined) return made;
  // With a key the same entries are sealed anew.
  let previous = book.entries.at(-1)?.check ?? book.id;
  const added = made.entries.slice(book.entries.length).map((entry) => {
    const sealed = seal(entry, previous, key);
    previous = sealed.check;
    return sealed;
  });
  return { ...made, entries: [...book.entries, ...added] };
}

const whole = history(undefined);
const anchors = [anchorOf(whole)];
const notices: NoticeSum[] = [...noticeSums(whole.entries)].map(([number, { person, amount }]) => ({
  number,
  person,
  amount,
}));

function flaws(entries: readonly Entry[], over: Partial<VerifyInput> = {}): Flaw[] {
  return verifyBook({ book: { ...whole, entries }, key: undefined, anchors, notices, ...over });
}

function changed(index: number, change: Partial<Entry>): Entry[] {
  return whole.entries.map((entry, i) => (i === index ? { ...entry, ...change } : entry));
}

/** Somebody who knows how the chain is made and closes it again from an entry on. */
function redone(entries: readonly Entry[], from = 0): Entry[] {
  const result: Entry[] = entries.slice(0, from);
  for (const entry of entries.slice(from)) result.push(seal(entry, result.at(-1)?.check ?? whole.id, undefined));
  return result;
}

const at = (kind: Entry["kind"], nth = 0): number =>
  whole.entries.flatMap((entry, i) => (entry.kind === kind ? [i] : []))[nth]!;
const ref = (index: number): string => `${whole.entries[index]!.voucher}-${whole.entries[index]!.line}`;

function swap(i: number, j: number): Entry[] {
  const entries = [...whole.entries];
  [entries[i], entries[j]] = [entries[j]!, entries[i]!];
  return entries;
}

function without(...gone: number[]): Entry[] {
  return whole.entries.filter((_, i) => !gone.includes(i));
}

function renumbered(entries: readonly Entry[]): Entry[] {
  let line = 0;
  return entries.map((entry, i) => {
    line = entry.voucher === entries[i - 1]?.voucher ? line + 1 : 1;
    return { ...entry, line };
  });
}

function doctored(change: (entry: Entry) => Partial<Entry> | undefined): Entry[] {
  return redone(whole.entries.map((entry) => ({ ...entry, ...change(entry) })));
}

describe("verify", () => {
  it("finds nothing in a book that is whole", () => {
    expect(flaws(whole.entries)).toEqual([]);
    expect(whole.entries.length).toBeGreaterThan(12);
  });

  const take = at("扣款");
  const middle = at("确定", 2);
  const last = whole.entries.length - 1;

  // Name, entries, the first flaw and the entry it names.
  const tampering: [string, Entry[], Flaw["kind"], string?][] = [
    ["the sum of an entry", changed(take, { amount: yuan(1) }), "changed", ref(take)],
    ["the person of an entry", changed(middle, { name: "王五" }), "personal-changed", ref(middle)],
    ["the 工号 of an entry", changed(middle, { employeeNo: "1009" }), "personal-changed", ref(middle)],
    ["the month of an entry", changed(take, { month: "2026-02" }), "changed", ref(take)],
    ["the kind of an entry", changed(take, { kind: "作废" }), "changed", ref(take)],
    ["the clause of an entry", changed(middle, { clause: "第九条" }), "changed", ref(middle)],
    ["what an entry rested on", changed(take, { rests: "" }), "personal-changed", ref(take)],
    ["the calculation of an entry", changed(middle, { formula: "1" }), "personal-changed", ref(middle)],
    ["the notice an entry went out with", changed(middle, { notice: "KK0" }), "changed", ref(middle)],
    ["the day of settlement", changed(middle, { settledOn: day("2026-01-01") }), "changed", ref(middle)],
    ["who posted it", changed(middle, { by: "别人" }), "changed", ref(middle)],
    ["the check value itself", changed(middle, { check: "0".repeat(32) }), "changed", ref(middle)],
    ["an entry removed from the middle", without(middle), "removed-before", ref(middle + 1)],
    ["the first entry removed", without(0), "removed-before", ref(1)],
    ["the tail cut off", whole.entries.slice(0, -3), "cut"],
    [
      "a whole voucher cut off the tail",
      whole.entries.filter(({ voucher }) => voucher !== whole.entries[last]!.voucher),
      "cut",
    ],
    ["two lines swapped", swap(middle, middle + 1), "moved", ref(middle + 1)],
    ["a copy put in", [...whole.entries.slice(0, 4), whole.entries[1]!, ...whole.entries.slice(4)], "added"],
    [
      "an entry added at the end",
      [
        ...whole.entries,
        seal({ ...whole.entries[last]!, line: whole.entries[last]!.line + 1 }, whole.entries[2]!.check, undefined),
      ],
      "added",
    ],
    [
      "a cleared name that nobody cleared",
      changed(middle, { name: "已清除1", salt: "" }),
      "personal-changed",
      ref(middle),
    ],
    [
      "a sum changed and the chain made anew",
      doctored((e) => (e === whole.entries[middle] ? { amount: fen(e.amount + 100) } : undefined)),
      "carry",
    ],
    [
      "a 扣款 above its ceiling and the chain made anew",
      doctored((e) => (e === whole.entries[take] ? { amount: fen(e.amount + 100) } : undefined)),
      "over-ceiling",
    ],
    [
      "an item and its take removed, lines and chain made anew",
      redone(renumbered(without(at("确定", 1), at("扣款", 1)))),
      "carry",
    ],
    [
      "a text changed and the chain made anew",
      doctored((e) => (e === whole.entries[middle] ? { clause: "第九条" } : undefined)),
      "redone",
    ],
    [
      "a voucher number changed and the chain made anew",
      doctored((e) => (e.voucher === whole.entries[last]!.voucher ? { voucher: "PZ202602-0002" } : undefined)),
      "voucher-gap",
    ],
  ];

  it.each(tampering)("names %s", (_, entries, kind, named) => {
    const [flaw] = flaws(entries);
    const found = flaws(entries);
    expect(found.map((f) => f.kind)).toContain(kind);
    if (named !== undefined) expect(flaw).toMatchObject({ ref: named });
  });

  it("covers twenty kinds of tampering and more", () => {
    expect(tampering.length).toBeGreaterThanOrEqual(20);
  });

  it("holds notices and entries against each other, both ways", () => {
    const [first, ...rest] = notices as [NoticeSum, ...NoticeSum[]];
    const kinds = (changedNotices: NoticeSum[]): string[] =>
      flaws(whole.entries, { notices: changedNotices }).map(({ kind }) => kind);
    expect(kinds([{ ...first, amount: yuan(1) }, ...rest])).toEqual(["notice-sum"]);
    expect(kinds([{ ...first, person: "@王五" }, ...rest])).toEqual(["notice-sum"]);
    expect(kinds(rest)).toEqual(["notice-missing"]);
    expect(kinds([...notices, { number: "KK-9", person: "@张三", amount: yuan(5) }])).toEqual([
      "notice-without-entries",
    ]);
  });

  it("a redone chain shows without a key only by anchors, with a key by itself", () => {
    const key = new TextEncoder().encode("钥匙");
    const keyed = history(key);
    expect(verifyBook({ book: keyed, key, anchors: [], notices })).toEqual([]);
    const forged = {
      ...keyed,
      entries: redone(keyed.entries.map((e, i) => (i === 0 ? { ...e, clause: "第九条" } : e))),
    };
    expect(verifyBook({ book: forged, key, anchors: [], notices })[0]).toMatchObject({ kind: "changed", index: 0 });
  });

  it("an anchor can be copied from paper", () => {
    const anchor = anchorOf(whole);
    expect(parseAnchor(anchorText(anchor))).toEqual(anchor);
    expect(parseAnchor(`${anchor.count} ${anchor.voucher} ${anchor.digits.toUpperCase()}`)).toEqual(anchor);
    expect(parseAnchor("PZ")).toBeUndefined();
  });

  it("every field of an entry is part of its proof", () => {
    const entry = whole.entries[middle]!;
    const other = {
      line: 99,
      at: 1,
      rule: "x",
      packHash: "x",
      against: "x",
      reason: "x",
      origin: "x",
      logCheck: "x",
      previous: "x",
    };
    for (const [field, value] of Object.entries(other))
      expect(checkValue({ ...entry, [field]: value }, undefined), field).not.toBe(entry.check);
  });
});

describe("clearing personal data", () => {
  const scene = { judged: rows, terms, now: "2026-03-31" };
  const settledUp = lock(whole, "2026-03", scene);

  it("leaves the chain whole and no name behind", () => {
    const clearing = clearPerson(settledUp, { name: "张三", employeeNo: undefined }, act(settledUp, "2026-04-01"));
    if (clearing.kind !== "cleared") throw new Error(clearing.kind);
    expect(JSON.stringify(clearing.book)).not.toContain("张三");
    expect(verifyBook({ book: clearing.book, key: undefined, anchors, notices: undefined })).toEqual([]);
  });

  it("is refused while something is owed", () => {
    const clearing = clearPerson(whole, { name: "李四", employeeNo: undefined }, act(whole, "2026-03-01"));
    expect(clearing).toEqual({ kind: "refused", why: { kind: "balance" } });
  });
});

describe("sums of a chain that somebody closed again", () => {
  it("that give a person less than nothing are named with the person", () => {
    const settlement = at("确定");
    const lowered = doctored((entry) => (entry === whole.entries[settlement] ? { amount: fen(100) } : undefined));
    const found = flaws(lowered, { anchors: [], notices: undefined }).filter(({ kind }) => kind === "balance");
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toMatchObject({ imbalance: { kind: "negative" } });
    expect(JSON.stringify(found[0])).toContain(whole.entries[settlement]!.name);
  });
});

describe("a year that was closed", () => {
  const locked = lock(whole, "2026-12", { judged: rows, terms, now: "2026-12-31" });
  const closed = posted(closeYear(locked, "2026-12", act(locked, "2027-01-02", { cause: "年结" })));
  const notes = closed.entries.flatMap(({ cause }, i) => (cause === "年结" ? [i] : []));
  const proof = (entries: readonly Entry[]): string[] =>
    verifyBook({ book: { ...closed, entries }, key: undefined, anchors: [], notices: undefined }).map(
      ({ kind, index }) => `${kind} ${index}`,
    );

  it("is whole", () => {
    expect(notes).toHaveLength(3);
    expect(proof(closed.entries)).toEqual([]);
  });

  it("names the note that says other sums than the year's entries come to", () => {
    for (const index of notes) {
      const entries = closed.entries.map((entry, i) =>
        i === index ? { ...entry, formula: entry.formula.replace(/\d/, "9") } : entry,
      );
      expect(proof(redone(entries))).toEqual([`carry ${index}`]);
    }
  });

  it("shows that a person's note was taken out", () => {
    const [first] = notes;
    const entries = renumbered(closed.entries.filter((_, i) => i !== first));
    expect(proof(redone(entries))).toEqual([`carry ${first!}`]);
  });
});
