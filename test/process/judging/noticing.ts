import { lastCheck } from "../../../src/books/chain.js";
import type { Draft } from "../../../src/books/draft.js";
import type { Book, Entry } from "../../../src/books/entry.js";
import type { NoticeRecord } from "../../../src/books/notice-life.js";
import { monthsOfPersons, postMonths } from "../../../src/books/post.js";
import { verifyBook } from "../../../src/books/verify.js";
import { addDays, isoDate, parseIso } from "../../../src/domain/wall-time.js";
import type { BooksInput } from "../../../src/process/books-input.js";
import type { Run } from "../../../src/process/process.js";
import { isFaultyRow, linesOf, type Line } from "./payer.js";
import type { Complaint, Member, World } from "./world.js";

/** Judges the ledger as it stands beside what is kept of the books. */
export type Judge = (books: BooksInput) => Run;

/**
 * Notices that go out over the years: each posts what the judged rows say, and after each it is counted again, by means of
 * its own, what everybody owes, was taken from, and was given back.
 */
export class Noticing {
  private book: Book = { id: "ZT-JUDGING", entries: [] };
  private readonly records = new Map<string, NoticeRecord>();
  posted = 0;

  /** What the workbook keeps of the books. */
  get input(): BooksInput {
    return { book: this.book, notices: this.records, archive: [] };
  }

  /** Notices of everybody, or of one person, up to the month before this one or this one. */
  issue(world: World, judge: Judge, choose: (below: number) => number): void {
    const { draft } = judge(this.input).books;
    const through = monthBack(world, choose(2));
    const everybody = new Set(draft.months.map(({ person }) => person));
    const persons = choose(3) === 0 ? new Set([...everybody].slice(0, 1)) : everybody;
    const posting = this.post(world, draft, persons, through);
    if (posting.kind === "refused") throw new Error(`a notice is refused: ${posting.why.kind}`);
    if (posting.kind === "nothing") return;
    const before = this.book;
    this.book = posting.book;
    this.posted += 1;
    this.record(posting.entries);
    this.checkPosted(world, before, posting.entries);
    // A notice taken back makes clear who is meant by a name that the book knew otherwise: that follows with the next.
    if (posting.entries.some(({ cause }) => cause === "撤销")) return;
    const { draft: again } = judge(this.input).books;
    if (this.post(world, again, persons, through).kind !== "nothing")
      throw new Error(`what was noticed through ${through} would be posted a second time`);
  }

  /** Somebody takes back a notice that went out. */
  takeBack(choose: (below: number) => number): void {
    const numbers = [...this.records.keys()];
    const number = numbers[choose(Math.max(1, numbers.length))];
    const record = number === undefined ? undefined : this.records.get(number);
    if (record) this.records.set(record.number, { ...record, state: "撤销", voidReason: "发错" });
  }

  private post(world: World, draft: Draft, persons: ReadonlySet<string>, through: string) {
    const numbers = new Map<string, string>();
    return postMonths(this.book, draft, monthsOfPersons(draft, persons, through), {
      cause: "通知",
      at: parseIso(world.now)!,
      by: "",
      expected: lastCheck(this.book),
      logCheck: "",
      seed: `${this.posted}`,
      key: undefined,
      noticeOf: (person) => {
        const number = numbers.get(person) ?? `TZ${this.posted}-${numbers.size}`;
        numbers.set(person, number);
        return number;
      },
    });
  }

  private record(entries: readonly Entry[]): void {
    const blank = { deliveredOn: undefined, method: undefined, objectedOn: undefined, reviewedOn: undefined };
    for (const { notice: number } of entries)
      if (number !== "" && !this.records.has(number))
        this.records.set(number, { number, state: "已发", ...blank, voidReason: undefined });
  }

  private checkPosted(world: World, before: Book, entries: readonly Entry[]): void {
    const all = this.book.entries;
    if (JSON.stringify(all.slice(0, before.entries.length)) !== JSON.stringify(before.entries))
      throw new Error("what was posted has changed");
    const flaws = verifyBook({ book: this.book, key: undefined, anchors: [], notices: undefined });
    if (flaws.length > 0) throw new Error(`the book does not prove itself: ${JSON.stringify(flaws[0])}`);
    checkSums(all);
    checkCeilings(world, all);
    checkClaims(world, all, entries);
  }
}

function monthBack(world: World, months: number): string {
  let day = world.today;
  for (let i = 0; i < months; i++) day = addDays(day, -Number(isoDate(day).slice(8)));
  return isoDate(day).slice(0, 7);
}

interface Sums {
  settled: number;
  reversed: number;
  deducted: number;
  lapsed: number;
  carried: number;
}

/** What each kind does to the sums of a person; carried is what is still owed, held sums included. */
const MOVES: Readonly<Record<string, Partial<Sums>>> = {
  确定: { settled: 1, carried: 1 },
  补扣: { settled: 1, carried: 1 },
  冲回: { reversed: 1, carried: -1 },
  扣款: { deducted: 1, carried: -1 },
  退还: { deducted: -1, carried: 1 },
  作废: { lapsed: 1, carried: -1 },
};

/** Σ settled = Σ deducted + Σ carried + Σ lapsed + Σ reversed for each person, none of them below nothing. */
function checkSums(entries: readonly Entry[]): void {
  const persons = new Map<string, Sums>();
  for (const { employeeNo, name, kind, amount } of entries) {
    const who = employeeNo ?? name;
    const sums = persons.get(who) ?? { settled: 0, reversed: 0, deducted: 0, lapsed: 0, carried: 0 };
    persons.set(who, sums);
    for (const [what, sign] of Object.entries(MOVES[kind] ?? {})) sums[what as keyof Sums] += sign * amount;
  }
  for (const [who, { settled, reversed, deducted, lapsed, carried }] of persons) {
    if (settled !== deducted + carried + lapsed + reversed)
      throw new Error(`${who}: ${settled} settled ≠ ${deducted} + ${carried} + ${lapsed} + ${reversed}`);
    if (deducted < 0 || carried < 0) throw new Error(`${who}: ${deducted} deducted, ${carried} carried`);
  }
}

/** A fifth of the wage of 8,000.00. */
const LOSS_CEILING = 160_000;

/** What may be taken of somebody in a month, by what it is taken for. */
const CEILINGS: readonly {
  readonly covers: (entry: Entry) => boolean;
  readonly most: (member: Member) => number;
}[] = [
  { covers: ({ type }) => type === "损失赔偿", most: () => LOSS_CEILING },
  { covers: ({ type }) => type === "绩效核减", most: ({ bonus }) => bonus },
  {
    covers: ({ packId, type }) => packId === "franchise-retail" && type === "绩效核减",
    most: ({ bonus }) => Math.round(bonus / 2),
  },
  {
    covers: ({ packId, type }) => packId === "franchise-retail" && (type === "绩效核减" || type === "行政处分"),
    most: ({ bonus }) => bonus,
  },
];

function checkCeilings(world: World, entries: readonly Entry[]): void {
  CEILINGS.forEach(({ covers, most }, i) => {
    const taken = new Map<string, number>();
    for (const entry of entries) {
      if (entry.kind !== "扣款" || !covers(entry)) continue;
      const member = world.members.find(({ no }) => no === entry.employeeNo)!;
      const key = `${member.no} ${entry.month}`;
      const sum = (taken.get(key) ?? 0) + entry.amount;
      taken.set(key, sum);
      if (sum > most(member)) throw new Error(`${key}: ${sum} taken over ceiling ${i}, ${most(member)}`);
    }
  });
}

/** A claim comes only from a row that a second opinion says is settled against this person, and says as much as it. */
function checkClaims(world: World, all: readonly Entry[], entries: readonly Entry[]): void {
  const lines = linesOf(world);
  for (const { kind, cause, packId, complaintId, employeeNo, reason } of entries) {
    if (!["确定", "补扣", "冲回"].includes(kind) || cause === "撤销") continue;
    const rows = world.complaints.filter(({ pack, id }) => pack === packId && id === complaintId);
    // Of cases that continue one another the books move what was posted from one to the next.
    if (rows.some((row) => isContinued(world, row)) || isContinuedNumber(world, packId, complaintId)) continue;
    const what = `${kind} for ${complaintId}, ${reason}, ${employeeNo}`;
    const [row] = rows;
    if (!row || rows.length > 1 || isFaultyRow(world, row) || row.closedOn === undefined)
      throw new Error(`${what}, whose row was not judged`);
    const line = lines.find((one) => one.complaint === row && one.who === employeeNo && one.reason === reason);
    if (kind !== "冲回" && line?.state !== "确定") throw new Error(`${what}, which is not settled: ${line?.state}`);
    const net = all
      .filter((one) => one.packId === packId && one.complaintId === complaintId)
      .filter((one) => one.employeeNo === employeeNo && one.reason === reason)
      .reduce((sum, one) => sum + (NET[one.kind] ?? 0) * one.amount, 0);
    if (Math.abs(net - settledSum(line)) >= 1) throw new Error(`${what}: ${net} posted, ${settledSum(line)} settled`);
  }
}

const NET: Readonly<Record<string, number>> = { 确定: 1, 补扣: 1, 冲回: -1 };

function settledSum(line: Line | undefined): number {
  return line?.state === "确定" ? line.amount : 0;
}

function isContinued(world: World, { pack, id, follows }: Complaint): boolean {
  return follows !== undefined || isContinuedNumber(world, pack, id);
}

function isContinuedNumber(world: World, packId: string, number: string): boolean {
  return world.complaints.some(({ pack, follows }) => pack === packId && follows === number);
}
