import { fen, type Fen } from "../domain/money.js";
import { once } from "../domain/once.js";
import type { Anchor } from "./anchors.js";
import { imbalances, RunningSums, type Imbalance } from "./balance-check.js";
import { checkValue, personalDigest, type ChainKey } from "./chain.js";
import { clearedRefs } from "./clear-person.js";
import { balanceText } from "./draft-lines.js";
import { entryRef, parseVoucher, personKey, type Book, type Entry } from "./entry.js";
import { restsOf, roomOf } from "./rests.js";
import { balanceNotes } from "./year-close.js";

/** Proof that the book is what was posted: it names the first entry that was changed, removed, added or moved. */

/** A notice as 扣款通知 holds it. */
export interface NoticeSum {
  readonly number: string;
  readonly person: string;
  /** Σ of what it charged or took back. */
  readonly amount: Fen;
}

export interface VerifyInput {
  readonly book: Book;
  readonly key: ChainKey;
  readonly anchors: readonly Anchor[];
  /** Notices of persons; undefined where the workbook has no 扣款通知. */
  readonly notices: readonly NoticeSum[] | undefined;
}

export type Flaw =
  | {
      readonly kind: "changed" | "removed-before" | "added" | "moved" | "personal-changed";
      readonly ref: string;
      readonly index: number;
    }
  | { readonly kind: "voucher-gap" | "line-gap"; readonly ref: string; readonly index: number }
  | { readonly kind: "cut" | "redone"; readonly anchor: Anchor; readonly index: number }
  | { readonly kind: "balance"; readonly imbalance: Imbalance; readonly index: number }
  | { readonly kind: "carry" | "over-ceiling"; readonly ref: string; readonly index: number }
  | {
      readonly kind: "notice-missing" | "notice-without-entries" | "notice-sum";
      readonly notice: string;
      readonly index: number;
    };

/** All flaws, the first entry's first. Empty: the book is whole. */
export function verifyBook(input: VerifyInput): Flaw[] {
  const { book, anchors } = input;
  return [
    ...chainFlaws(input),
    ...numberFlaws(book.entries),
    ...anchors.flatMap((anchor) => anchorFlaw(book, anchor)),
    ...imbalances(book.entries).map((imbalance): Flaw => ({ kind: "balance", imbalance, index: imbalance.index })),
    ...carryFlaws(book.entries),
    ...yearFlaws(book.entries),
    ...ceilingFlaws(book.entries),
    ...noticeFlaws(input),
  ].sort((a, b) => a.index - b.index);
}

/** Each entry's own check value, and the one before it: from both follows what happened. */
function chainFlaws({ book, key }: VerifyInput): Flaw[] {
  const { entries } = book;
  const places = once(() => new Map(entries.map(({ check }, i) => [check, i])));
  const cleared = clearedRefs(entries);
  const flaws: Flaw[] = [];
  const note = (kind: "changed" | "personal-changed" | ReturnType<typeof brokenLink>, index: number): void =>
    void flaws.push({ kind, ref: entryRef(entries[index]!), index });
  entries.forEach((entry, index) => {
    const before = entries[index - 1]?.check ?? book.id;
    if (checkValue(entry, key) !== entry.check) note("changed", index);
    else if (entry.previous !== before) note(brokenLink(entry, index, places(), book.id), index);
    const emptied = entry.salt === "" && cleared.has(entryRef(entry));
    if (!emptied && personalDigest(entry, key) !== entry.digest) note("personal-changed", index);
  });
  return flaws;
}

/** An entry that is itself whole but does not follow the one that stands before it. */
function brokenLink(
  entry: Entry,
  index: number,
  places: ReadonlyMap<string, number>,
  id: string,
): "removed-before" | "added" | "moved" {
  const place = entry.previous === id ? -1 : places.get(entry.previous);
  if (place === undefined) return "removed-before";
  // Its predecessor stands further up: something was put between; or further down: it was moved.
  return place < index ? "added" : "moved";
}

function numberFlaws(entries: readonly Entry[]): Flaw[] {
  const flaws: Flaw[] = [];
  entries.forEach((entry, index) => {
    const before = entries[index - 1];
    const same = before?.voucher === entry.voucher;
    if (entry.line !== (same ? before.line + 1 : 1)) flaws.push({ kind: "line-gap", ref: entryRef(entry), index });
    if (same) return;
    const number = parseVoucher(entry.voucher);
    const last = before && parseVoucher(before.voucher);
    const expected = last && last.month === number?.month ? last.n + 1 : 1;
    if (number?.n !== expected || (last && number.month < last.month))
      flaws.push({ kind: "voucher-gap", ref: entryRef(entry), index });
  });
  return flaws;
}

function anchorFlaw({ id, entries }: Book, anchor: Anchor): Flaw[] {
  if (anchor.count > entries.length) return [{ kind: "cut", anchor, index: entries.length }];
  const check = entries[anchor.count - 1]?.check ?? id;
  const voucher = entries[anchor.count - 1]?.voucher ?? "";
  if (check.startsWith(anchor.digits) && voucher === anchor.voucher) return [];
  return [{ kind: "redone", anchor, index: Math.max(0, anchor.count - 1) }];
}

/** 结转 says what the person's balances came to when the month was posted. */
function carryFlaws(entries: readonly Entry[]): Flaw[] {
  const running = new RunningSums();
  const flaws: Flaw[] = [];
  entries.forEach((entry, index) => {
    const { sums: own } = running.add(entry);
    const checked = entry.kind === "结转" && entry.name !== "" && entry.salt !== "";
    if (checked && balanceText([own]) !== entry.formula) flaws.push({ kind: "carry", ref: entryRef(entry), index });
  });
  return flaws;
}

/** 年结 says what everybody stood at when the year ended. */
function yearFlaws(entries: readonly Entry[]): Flaw[] {
  const flaws: Flaw[] = [];
  for (const [index, { cause, voucher, line, month }] of entries.entries()) {
    if (cause !== "年结" || line !== 1) continue;
    const expected = balanceNotes(entries.slice(0, index), month).map(({ entry }) => entry);
    const found = entries.slice(index).filter((entry) => entry.voucher === voucher);
    const wrong = found.findIndex(({ formula, salt }, i) => salt !== "" && formula !== expected[i]?.formula);
    if (wrong >= 0 || found.length !== expected.length)
      flaws.push({ kind: "carry", ref: entryRef(found[Math.max(0, wrong)]!), index: index + Math.max(0, wrong) });
  }
  return flaws;
}

/** No 扣款 above a ceiling of its own 所据, and what each says was used before is what was used. */
function ceilingFlaws(entries: readonly Entry[]): Flaw[] {
  const used = new Map<string, number>();
  const flaws: Flaw[] = [];
  entries.forEach((entry, index) => {
    if (entry.kind !== "扣款" || entry.salt === "") return;
    const met = restsOf(entry).ceilings ?? [];
    const month = `${entry.month}${personKey(entry)}\u001f`;
    let wrong = false;
    for (const ceiling of met) {
      const key = month + ceiling.id;
      wrong ||= (used.get(key) ?? 0) !== ceiling.used || entry.amount > roomOf(ceiling);
      used.set(key, ceiling.used + entry.amount);
    }
    if (wrong) flaws.push({ kind: "over-ceiling", ref: entryRef(entry), index });
  });
  return flaws;
}

const CHARGES: Readonly<Record<string, 1 | -1>> = { 确定: 1, 补扣: 1, 冲回: -1 };

/** What entries that went out with a notice add up to: charges less what was taken back. */
export function noticeSums(
  entries: readonly Entry[],
): Map<string, { readonly person: string; readonly amount: Fen; readonly index: number }> {
  const sums = new Map<string, { person: string; amount: Fen; index: number }>();
  entries.forEach((entry, index) => {
    // A 撤销 of a person may go out without a paper.
    if (entry.notice === "") return;
    const own = sums.get(entry.notice) ?? { person: personKey(entry), amount: fen(0), index };
    sums.set(entry.notice, { ...own, amount: fen(own.amount + (CHARGES[entry.kind] ?? 0) * entry.amount) });
  });
  return sums;
}

function noticeFlaws({ book, notices }: VerifyInput): Flaw[] {
  if (!notices) return [];
  const sums = noticeSums(book.entries);
  const known = new Map(notices.map((notice) => [notice.number, notice]));
  const flaws: Flaw[] = [];
  for (const [notice, { person, amount, index }] of sums) {
    const written = known.get(notice);
    if (!written) flaws.push({ kind: "notice-missing", notice, index });
    else if (written.amount !== amount || written.person !== person) flaws.push({ kind: "notice-sum", notice, index });
  }
  for (const { number } of notices)
    if (!sums.has(number)) flaws.push({ kind: "notice-without-entries", notice: number, index: book.entries.length });
  return flaws;
}
