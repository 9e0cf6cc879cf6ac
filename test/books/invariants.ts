import { isoDate } from "../../src/domain/wall-time.js";
import type { Anchor } from "../../src/books/anchors.js";
import type { Draft } from "../../src/books/draft.js";
import { personKey, type Book, type Entry } from "../../src/books/entry.js";
import { lastDay, monthOfDay } from "../../src/books/months.js";
import type { JudgedComplaint } from "../../src/books/judged.js";
import type { Posting } from "../../src/books/post.js";
import { verifyBook } from "../../src/books/verify.js";
import { monthViews, type MonthView } from "../../src/books/views.js";
import { ceilingsOfWorld, type World } from "./world.js";

/** The promises of the book, each checked by means of its own. */

type Posted = Extract<Posting, { kind: "posted" }>;

/** A draft lies within the clock, and neither asking twice nor the order of rows changes it. */
export function checkDraft(world: World, draft: (rows?: JudgedComplaint[]) => Draft): void {
  const first = draft();
  const late = first.months.find(({ month }) => month > world.month);
  if (late) throw new Error(`drafted after the clock: ${late.month}`);
  const turned = draft(world.judged().reverse());
  if (JSON.stringify([turned.months, turned.notes]) !== JSON.stringify([first.months, first.notes]))
    throw new Error("drafting again with the rows in another order gives another draft");
}

export function checkPosting(world: World, before: Book, posting: Posted, draft: Draft | undefined): void {
  const { book, entries } = posting;
  const kept = book.entries.slice(0, before.entries.length);
  if (JSON.stringify(kept) !== JSON.stringify(before.entries)) throw new Error("posted entries changed");
  checkBalances(book.entries);
  checkCeilings(world, before, entries);
  checkOnlyJudged(world, entries);
  const late = entries.find(({ month }) => month > world.month);
  if (late) throw new Error(`posted after the clock: ${late.month}`);
  // By a decision of a person entries may come into the clock's own month; months of an act only ever grow.
  if (draft) checkPostedMonths(before, book);
}

/** What each kind does to claim, 应扣, 已扣, 暂缓: written down a second time. */
const MOVES: Readonly<Record<string, readonly [number, number, number, number]>> = {
  确定: [1, 1, 0, 0],
  补扣: [1, 1, 0, 0],
  冲回: [-1, -1, 0, 0],
  作废: [-1, -1, 0, 0],
  扣款: [0, -1, 1, 0],
  退还: [0, 1, -1, 0],
  暂缓: [0, -1, 0, 1],
  恢复: [0, 1, 0, -1],
};

/** Σ确定 + Σ补扣 − Σ冲回 − Σ作废 = 已扣 + 应扣 + 暂缓 for each person and claim, none below nothing, after every entry's voucher. */
function checkBalances(entries: readonly Entry[]): void {
  const sums = new Map<string, { claim: number; o: number; d: number; h: number }>();
  const carried = new Set<string>();
  const numbers = numbersByName(entries);
  const personKey = ({ employeeNo, name }: Entry): string => employeeNo ?? numbers.get(name) ?? name;
  entries.forEach((entry, i) => {
    const keys = [
      personKey(entry),
      `${personKey(entry)}|${entry.packId}|${entry.complaintId}|${entry.type}|${entry.reason}`,
    ];
    // Of a closed year only the notes stand here, so that balances begin with them.
    if (entry.cause === "年结") for (const key of keys) carried.add(key);
    for (const key of keys) {
      const s = sums.get(key) ?? { claim: 0, o: 0, d: 0, h: 0 };
      sums.set(key, s);
      const n = entry.amount;
      if (n < 0) throw new Error(`a negative sum in ${entry.voucher}-${entry.line}`);
      const [claim, o, d, h] = MOVES[entry.kind] ?? [0, 0, 0, 0];
      s.claim += claim * n;
      s.o += o * n;
      s.d += d * n;
      s.h += h * n;
      const voucherEnds = entries[i + 1]?.voucher !== entry.voucher;
      if (!voucherEnds || carried.has(key)) continue;
      if (s.claim !== s.o + s.d + s.h) throw new Error(`identity broken after ${entry.voucher} for ${key}`);
      if (s.o < 0 || s.d < 0 || s.h < 0) throw new Error(`a balance below nothing after ${entry.voucher} for ${key}`);
    }
  });
}

/** What is taken in a person's month, claim after claim, stays within every ceiling of the day it meets. */
function checkCeilings(world: World, before: Book, entries: readonly Entry[]): void {
  const settled = new Map<string, Entry>();
  const id = (e: Entry): string => [e.packId, e.complaintId, e.name, e.type, e.reason].join("|");
  for (const entry of [...before.entries, ...entries]) if (entry.settledOn !== undefined) settled.set(id(entry), entry);
  const taken: Entry[] = [];
  for (const entry of entries) {
    if (entry.kind !== "扣款" || entry.cause === "接管") continue;
    taken.push(entry);
    const person = world.personTerms(entry);
    if (typeof person === "string") continue;
    if (person.lastMonth !== undefined && entry.month > person.lastMonth)
      throw new Error(`taken from somebody who has left: ${entry.name} ${entry.month}`);
    const settledOn = settled.get(id(entry))!.settledOn!;
    const day = monthOfDay(settledOn) === entry.month ? settledOn : lastDay(entry.month);
    const same = taken.filter((e) => e.month === entry.month && personKey(e) === personKey(entry));
    for (const ceiling of ceilingsOfWorld(world, person)) {
      const { name } = ceiling;
      if (!ceiling.covers(entry.packId, entry.type) || world.packsGone.has(name)) continue;
      const most = ceiling.value(day);
      const sum = same.filter((e) => ceiling.covers(e.packId, e.type)).reduce((total, { amount }) => total + amount, 0);
      if (most !== undefined && sum > most)
        throw new Error(`${sum} taken in ${entry.month} over the ceiling ${name} of ${isoDate(day)}: ${most}`);
    }
  }
}

/** Corrections come from rows that were judged and are closed, and from people; from nothing else. */
function checkOnlyJudged(world: World, entries: readonly Entry[]): void {
  const judged = new Map(world.judged().map((row): [string, typeof row] => [`${row.packId}|${row.complaintId}`, row]));
  const continuedBy = new Map<string, JudgedComplaint>();
  for (const row of judged.values())
    if (row.follows) continuedBy.set(`${row.follows.packId}|${row.follows.complaintId}`, row);
  for (const { kind, cause, packId, complaintId } of entries) {
    if (kind !== "确定" && kind !== "补扣" && kind !== "冲回") continue;
    if (cause === "撤销") continue;
    const key = `${packId}|${complaintId}`;
    const rows = [judged.get(key), continuedBy.get(key)];
    if (!rows.some((row) => row?.state.kind === "settled") && !continuedBy.has(key))
      throw new Error(`${kind} for ${complaintId}, whose row was not judged`);
  }
}

/** A month that was posted says what it said, also where a name was recognised as that of a 工号 since. */
function checkPostedMonths(before: Book, after: Book): void {
  const numbers = numbersByName(after.entries);
  const keyOf = ({ person: { employeeNo, name }, month }: MonthView): string =>
    `${employeeNo ?? numbers.get(name) ?? name}|${month}`;
  const seen = new Map(monthViews(after, undefined).map((view) => [keyOf(view), view]));
  for (const view of monthViews(before, undefined)) {
    const now = seen.get(keyOf(view));
    if (!now) throw new Error(`a posted month is gone: ${view.person.name} ${view.month}`);
    if (!isOpen(before, view) && now.deducted !== view.deducted)
      throw new Error(`posted month changed: ${view.person.name} ${view.month}`);
  }
}

/** 工号 by the names that the book recognised. */
function numbersByName(entries: readonly Entry[]): Map<string, string | undefined> {
  return new Map(entries.flatMap((e) => (e.cause === "认定" ? [[e.name, e.employeeNo] as const] : [])));
}

function isOpen({ entries }: Book, view: Pick<MonthView, "person" | "month">): boolean {
  return !entries.some((e) => e.kind === "结转" && personKey(e) === personKey(view.person) && e.month >= view.month);
}

/** The whole book proves itself, with every anchor that was ever given out. */
export function checkWhole(book: Book, anchors: readonly Anchor[]): void {
  const flaws = verifyBook({ book, key: undefined, anchors, notices: undefined });
  if (flaws.length > 0) throw new Error(`the book does not prove itself: ${JSON.stringify(flaws.slice(0, 3))}`);
}
