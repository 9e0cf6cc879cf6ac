import { fen, type Fen } from "../../src/domain/money.js";
import { dayOfTime, parseIso, type Day, type WallTime } from "../../src/domain/wall-time.js";
import { lastCheck } from "../../src/books/chain.js";
import { draftBook, type Draft, type DraftInput } from "../../src/books/draft.js";
import type { Book, Entry } from "../../src/books/entry.js";
import type { JudgedClaim, JudgedComplaint, LawTerms, PersonTerms, Terms } from "../../src/books/judged.js";
import type { NoticeRecord } from "../../src/books/notice-life.js";
import { monthsOfPersons, postLock, postMonths, type Act, type Posting } from "../../src/books/post.js";
import type { CapTerm } from "../../src/books/rests.js";

/** A book of one page, for tests that say what they mean in yuan and dates. */

export const EMPTY: Book = { id: "ZT-TEST", entries: [] };

export function at(text: string): WallTime {
  const time = parseIso(text);
  if (time === undefined) throw new Error(`not a time: ${text}`);
  return time;
}

export function day(text: string): Day {
  return dayOfTime(at(text));
}

export function yuan(amount: number): Fen {
  return fen(Math.round(amount * 100));
}

export interface CompanyParts {
  readonly people?: Readonly<Record<string, PersonTerms>>;
  readonly law?: LawTerms;
  readonly caps?: (packId: string, day: Day) => readonly CapTerm[] | undefined;
  readonly noSheet?: boolean;
  readonly numbers?: Readonly<Record<string, string>>;
}

export const BONUS_CAP = (percentOfBonus: number): CapTerm => ({
  clause: "第二十一条第3款",
  covers: ["绩效核减"],
  percentOfBonus,
});

export function company({ people = {}, law = {}, caps, noSheet, numbers = {} }: CompanyParts): Terms {
  return {
    caps: caps ?? (() => []),
    law: () => law,
    person: ({ name }) => (noSheet === true ? "no-sheet" : (people[name] ?? "unlisted")),
    employeeNoOf: (name) => numbers[name],
  };
}

export function claim(
  id: string,
  name: string,
  amount: number,
  settledOn: string,
  over: Partial<JudgedClaim> = {},
): JudgedClaim {
  return {
    packId: "franchise-retail",
    complaintId: id,
    person: { employeeNo: undefined, name },
    type: "绩效核减",
    reason: "客诉损失",
    amount: yuan(amount),
    settledOn: day(settledOn),
    department: "门店",
    formula: `${amount}`,
    clause: "第二十一条",
    rule: "loss",
    packHash: "abcd",
    ownMonthOnly: false,
    remarks: [],
    ...over,
  };
}

export function settled(...claims: readonly JudgedClaim[]): JudgedComplaint {
  const [{ packId, complaintId }] = claims as [JudgedClaim];
  return { packId, complaintId, origin: `o-${complaintId}`, state: { kind: "settled", claims } };
}

export function act(book: Book, when: string, over: Partial<Act> = {}): Act {
  return {
    cause: "通知",
    at: at(when),
    by: "王会计",
    expected: lastCheck(book),
    logCheck: "log",
    seed: `seed ${when} ${book.entries.length}`,
    key: undefined,
    ...over,
  };
}

export interface Scene {
  readonly judged: readonly JudgedComplaint[];
  readonly terms: Terms;
  readonly now: string;
  readonly notices?: readonly NoticeRecord[];
  readonly archive?: DraftInput["archive"];
}

export function draftOf(book: Book, { judged, terms, now, notices = [], archive = [] }: Scene): Draft {
  const records = new Map(notices.map((notice) => [notice.number, notice]));
  return draftBook({ book, judged, terms, today: day(now), notices: records, archive });
}

export function posted(posting: Posting): Book {
  if (posting.kind !== "posted") throw new Error(`not posted: ${JSON.stringify(posting)}`);
  return posting.book;
}

export function lock(book: Book, through: string, scene: Scene): Book {
  const draft = draftOf(book, scene);
  return posted(postLock(book, draft, through, act(book, scene.now, { cause: "锁定" })));
}

/** A notice to everybody of the draft, numbered by person in their order. */
export function issue(book: Book, through: string, scene: Scene): Book {
  const draft = draftOf(book, scene);
  const persons = [...new Set(draft.months.map(({ person }) => person))].sort();
  const months = monthsOfPersons(draft, new Set(persons), through);
  const noticeOf = (person: string): string => `KK${through}-${persons.indexOf(person) + 1}`;
  return posted(postMonths(book, draft, months, act(book, scene.now, { noticeOf })));
}

export function written(number: string, over: Partial<NoticeRecord> = {}): NoticeRecord {
  return {
    ...{ number, state: "已发" as const, deliveredOn: undefined, method: undefined },
    ...{ objectedOn: undefined, reviewedOn: undefined, voidReason: undefined },
    ...over,
  };
}

/** Entries as `kind month amount`, without 结转. */
export function told(entries: readonly Pick<Entry, "kind" | "month" | "amount">[]): string[] {
  return entries
    .filter(({ kind }) => kind !== "结转")
    .map(({ kind, month, amount }) => `${kind} ${month} ${amount / 100}`);
}

export function drafted(draft: Draft): string[] {
  return told(draft.months.flatMap(({ lines }) => lines.map(({ entry }) => entry)));
}
