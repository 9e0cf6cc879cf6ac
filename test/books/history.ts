import fc from "fast-check";
import { fen } from "../../src/domain/money.js";
import { isoDate, startOfDay, type Day } from "../../src/domain/wall-time.js";
import { accountsOf } from "../../src/books/accounts.js";
import { anchorOf, type Anchor } from "../../src/books/anchors.js";
import { lastCheck } from "../../src/books/chain.js";
import { clearPerson } from "../../src/books/clear-person.js";
import { draftBook, type Draft } from "../../src/books/draft.js";
import type { Book, ClaimType } from "../../src/books/entry.js";
import { firstDay, lastDay } from "../../src/books/months.js";
import { followedStates, readNotices, type NoticeRecord, type NoticeState } from "../../src/books/notice-life.js";
import { monthsOfPersons, postLock, postMonths, type Act, type Posting } from "../../src/books/post.js";
import { claimsOfNotice, decide } from "../../src/books/voids.js";
import { closeYear } from "../../src/books/year-close.js";
import { checkDraft, checkPosting, checkWhole } from "./invariants.js";
import { PACKS, World, type WorldRow } from "./world.js";

/** Random histories of a book: what happens in a company over two years and more, step by step, with every promise checked. */

export const ACTIONS = [
  "complaint",
  "close-late",
  "reopen",
  "change-amount",
  "change-person",
  "not-upheld",
  "delete",
  "restore",
  "unreadable",
  "double",
  "archive",
  "renumber",
  "follow-up",
  "wage",
  "bonus",
  "join",
  "leave",
  "unlist",
  "number",
  "no-people",
  "people-back",
  "minimum-wage",
  "region",
  "rate",
  "pack-gone",
  "pack-back",
  "notices",
  "deliver",
  "object",
  "decide",
  "delete-notice",
  "void-notice",
  "void-claim",
  "reopen-claim",
  "write-off",
  "lock",
  "clock-back",
  "stale-book",
  "close-year",
  "clear",
] as const;
export type ActionName = (typeof ACTIONS)[number];

const EVERYDAY = ["complaint", "complaint", "complaint", "notices", "lock", "deliver", "change-amount"] as const;

export interface Action {
  readonly name: ActionName;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

export interface History {
  readonly people: number;
  /** What happens in each month, in its order. */
  readonly months: readonly (readonly Action[])[];
}

const action: fc.Arbitrary<Action> = fc.record({
  // Half of what happens is everyday: complaints, notices, locks; without them the rest finds nothing to act on.
  name: fc.oneof(fc.constantFrom(...EVERYDAY), fc.constantFrom(...ACTIONS)),
  a: fc.nat({ max: 9999 }),
  b: fc.nat({ max: 9999 }),
  c: fc.nat({ max: 9999 }),
});

/** Histories of at least 24 months. */
export const histories: fc.Arbitrary<History> = fc.record({
  people: fc.integer({ min: 1, max: 5 }),
  months: fc.array(fc.array(action, { minLength: 1, maxLength: 6, size: "max" }), { minLength: 24, maxLength: 30 }),
});

const NAMES = ["张三", "李四", "王五", "张三", "赵六", "李四", "孙七"];
const TYPES: readonly ClaimType[] = ["绩效核减", "损失赔偿", "罚款", "行政处分"];

export interface Played {
  readonly book: Book;
  readonly acts: number;
}

/** Plays a history; throws where a promise is broken. */
export function play(history: History): Played {
  const player = new Player(history);
  for (const month of history.months) player.month(month);
  return player.finish();
}

class Player {
  private readonly world = new World();
  private book: Book = { id: "ZT-0001", entries: [] };
  private readonly anchors: Anchor[] = [];
  private acts = 0;
  private numbers = 0;

  constructor({ people }: History) {
    for (let i = 0; i < people; i++) this.join(i * 7 + 3);
  }

  month(actions: readonly Action[]): void {
    const start = firstDay(this.world.month);
    actions.forEach((one, i) => {
      const day = start + 1 + Math.floor((26 * (i + 1)) / (actions.length + 1));
      if (day > this.world.day) this.world.day = day as Day;
      this.steps[one.name](one);
      checkDraft(this.world, (rows) => this.draft(rows));
    });
    this.world.day = (lastDay(this.world.month) + 1) as Day;
  }

  finish(): Played {
    this.lock(this.world.month);
    this.acts += 1;
    checkWhole(this.book, this.anchors);
    return { book: this.book, acts: this.acts };
  }

  // ------------------------------------------------------------ acts on the book

  private notices(): ReadonlyMap<string, NoticeRecord> {
    const accounts = accountsOf(this.book.entries);
    const written = [...this.world.notices.values()];
    return readNotices(written, followedStates(accounts.claims.values()), this.world.day).notices;
  }

  private draft(rows = this.world.judged()): Draft {
    const { world } = this;
    return draftBook({
      book: this.book,
      judged: rows,
      terms: world.terms(),
      today: world.day,
      notices: this.notices(),
      archive: world.rows.filter(({ archived }) => archived).map(({ packId, id }) => ({ packId, complaintId: id })),
    });
  }

  private act(over: Partial<Act> = {}): Act {
    return this.world.act(lastCheck(this.book), over);
  }

  private post(posting: Posting, draft: Draft | undefined): void {
    if (posting.kind === "refused") throw new Error(`refused: ${JSON.stringify(posting.why)}`);
    if (posting.kind === "nothing") return;
    checkPosting(this.world, this.book, posting, draft);
    this.book = posting.book;
    this.acts += 1;
    this.anchors.push(anchorOf(this.book));
  }

  private lock(month: string): void {
    const draft = this.draft();
    this.post(postLock(this.book, draft, month, this.act({ cause: "锁定" })), draft);
    const again = postLock(this.book, this.draft(), month, this.act({ cause: "锁定" }));
    if (again.kind !== "nothing") throw new Error(`locking ${month} twice posted something`);
  }

  private issue(through: string, some: (i: number) => boolean): void {
    const draft = this.draft();
    const persons = [...new Set(draft.months.filter(({ month }) => month <= through).map(({ person }) => person))];
    const chosen = new Set(persons.filter((_, i) => some(i)));
    const numbers = new Map([...chosen].map((person) => [person, `KK${through}-${(this.numbers += 1)}`]));
    const months = monthsOfPersons(draft, chosen, through);
    if (months.length === 0) return;
    this.post(postMonths(this.book, draft, months, this.act({ noticeOf: (person) => numbers.get(person) })), draft);
    for (const [person, number] of numbers)
      this.world.notices.set(number, { ...newNotice(number), person, month: through });
    const left = monthsOfPersons(this.draft(), chosen, through);
    if (left.length > 0) throw new Error(`noticed months of ${left[0]!.person} are drafted again: ${left[0]!.month}`);
  }

  // ------------------------------------------------------------ what may happen

  private row(i: number): WorldRow | undefined {
    return this.world.rows[i % Math.max(1, this.world.rows.length)];
  }

  private join(i: number): void {
    const name = NAMES[i % NAMES.length]!;
    const no = i % 3 === 0 ? undefined : String(1001 + this.world.people.length);
    this.world.people.push({
      ...{ no, name, lastMonth: undefined, listed: true, joinedOn: this.world.day },
      wage: i % 11 === 0 ? undefined : fen(210_000 + (i % 40) * 20_000),
      bonus: i % 13 === 0 ? undefined : fen((i % 30) * 10_000),
    });
  }

  private complaint({ a, b, c }: Action, follows: WorldRow | undefined): void {
    const id = `C${String(this.world.rows.length + 1).padStart(4, "0")}`;
    const charges = Array.from({ length: 1 + (c % 3) }, (_, i) => {
      const type = TYPES[(b + i) % TYPES.length]!;
      return {
        ...{ person: a + i, type, reason: `事由${i}`, amount: fen(1 + ((a * 37 + b * 11 + i * 101) % 60_000) * 10) },
        ownMonthOnly: type === "行政处分" && b % 2 === 0,
      };
    });
    this.world.rows.push({
      ...{ id, packId: follows?.packId ?? PACKS[b % PACKS.length]!, origin: `o${id}`, charges, follows },
      settledOn: c % 4 === 0 ? undefined : ((this.world.day - (c % 5 === 0 ? c % 40 : 0)) as Day),
      ...{ upheld: true, readable: true, present: true, archived: false, doubled: false },
    });
  }

  private readonly steps: Record<ActionName, (action: Action) => void> = {
    complaint: (action) => {
      this.complaint(action, undefined);
    },
    "close-late": ({ a }) => {
      const row = this.row(a);
      if (row) row.settledOn ??= this.world.day;
    },
    reopen: ({ a }) => {
      const row = this.row(a);
      if (row) row.settledOn = undefined;
    },
    "change-amount": ({ a, b }) => {
      const charge = this.row(a)?.charges[0];
      if (charge) charge.amount = fen((b % 900) * 700);
    },
    "change-person": ({ a, b }) => {
      const charge = this.row(a)?.charges[0];
      if (charge) charge.person = b;
    },
    "not-upheld": ({ a }) => {
      const row = this.row(a);
      if (row) row.upheld = !row.upheld;
    },
    delete: ({ a }) => {
      const row = this.row(a);
      if (row) row.present = false;
    },
    restore: ({ a }) => {
      const row = this.row(a);
      if (row) Object.assign(row, { present: true, readable: true, doubled: false });
    },
    unreadable: ({ a }) => {
      const row = this.row(a);
      if (row) row.readable = false;
    },
    double: ({ a }) => {
      const row = this.row(a);
      if (row) row.doubled = !row.doubled;
    },
    archive: ({ a }) => {
      const row = this.row(a);
      if (row) row.archived = true;
    },
    renumber: ({ a }) => {
      const row = this.row(a);
      if (row) row.id = `${row.id}x`;
    },
    "follow-up": (action) => {
      this.complaint(action, this.row(action.a));
    },
    wage: ({ a, b }) => {
      this.world.person(a).wage = b % 9 === 0 ? undefined : fen(150_000 + b * 100);
    },
    bonus: ({ a, b }) => {
      this.world.person(a).bonus = b % 9 === 0 ? undefined : fen(b * 50);
    },
    join: ({ a }) => {
      this.join(a);
    },
    leave: ({ a, b }) => {
      this.world.person(a).lastMonth = b % 5 === 0 ? undefined : this.world.month;
    },
    unlist: ({ a }) => {
      const person = this.world.person(a);
      person.listed = !person.listed;
    },
    number: ({ a }) => {
      const i = a % this.world.people.length;
      const person = this.world.people[i]!;
      // 人员 gets its 工号 later.
      if (person.no === undefined) this.world.people[i] = { ...person, no: String(2001 + i) };
    },
    "no-people": () => {
      this.world.hasPeople = false;
    },
    "people-back": () => {
      this.world.hasPeople = true;
    },
    "minimum-wage": ({ a }) => {
      this.world.minimumWage = a % 7 === 0 ? undefined : fen(180_000 + (a % 100) * 1000);
    },
    region: ({ a }) => {
      this.world.region = (["none", "guangdong", "shenzhen"] as const)[a % 3]!;
    },
    rate: ({ a, b }) => {
      const pack = PACKS[a % PACKS.length]!;
      const from = Math.max(this.world.day - (b % 20), (this.world.rates.get(pack)!.at(-1)?.from ?? 0) + 1) as Day;
      this.world.rates.get(pack)!.push({ from, rate: 10 + (b % 10) * 10 });
    },
    "pack-gone": ({ a }) => {
      this.world.packsGone.add(PACKS[a % PACKS.length]!);
    },
    "pack-back": () => {
      this.world.packsGone.clear();
    },
    notices: ({ a, b }) => {
      const before = previousMonth(this.world.month);
      this.issue(a % 3 === 0 ? this.world.month : before, (i) => b % 4 === 0 || (b + i) % 2 === 0);
    },
    deliver: ({ a, b }) => {
      this.write(
        a,
        b % 6 === 0 ? { state: "已送达" } : { state: "已送达", deliveredOn: this.world.day, method: "签收" },
      );
    },
    object: ({ a }) => {
      this.write(a, { state: "异议中", objectedOn: this.world.day });
    },
    decide: ({ a, b }) => {
      const state = (["维持", "变更", "拟发"] as const)[b % 3]!;
      this.write(a, { state, reviewedOn: this.world.day });
    },
    "delete-notice": ({ a }) => {
      const number = [...this.world.notices.keys()][a % Math.max(1, this.world.notices.size)];
      if (number !== undefined && a % 4 === 0) this.world.notices.delete(number);
    },
    "void-notice": ({ a }) => {
      const number = [...this.world.notices.keys()][a % Math.max(1, this.world.notices.size)];
      if (number === undefined) return;
      const claims = claimsOfNotice(accountsOf(this.book.entries), number);
      this.post(decide(this.book, { kind: "撤销", claims, reason: "发错" }, this.act()), undefined);
      this.write(a, { state: "撤销", voidReason: "发错" });
    },
    "void-claim": ({ a }) => {
      this.post(decide(this.book, { kind: "撤销", claims: this.claim(a), reason: "复核" }, this.act()), undefined);
    },
    "reopen-claim": ({ a }) => {
      this.post(decide(this.book, { kind: "重开", claims: this.claim(a), reason: "重查" }, this.act()), undefined);
    },
    "write-off": ({ a }) => {
      if (a % 3 === 0)
        this.post(
          decide(this.book, { kind: "核销", claims: this.claim(a), reason: "离职核销" }, this.act()),
          undefined,
        );
    },
    lock: ({ a }) => {
      this.lock(a % 3 === 0 ? this.world.month : previousMonth(this.world.month));
    },
    "clock-back": () => {
      const last = this.book.entries.at(-1);
      if (!last) return;
      const act = this.act({ at: startOfDay((Math.floor(last.at / 86_400) - 1) as Day) });
      const through = previousMonth(previousMonth(this.world.month));
      const posting = postLock(this.book, this.draft(), through, act);
      if (posting.kind === "posted") throw new Error("posted with a clock before the last entry");
    },
    "stale-book": () => {
      const act = { ...this.act(), expected: "somebody else's" };
      const posting = postLock(this.book, this.draft(), this.world.month, act);
      if (posting.kind === "posted") throw new Error("posted on a book that had moved");
    },
    "close-year": () => {
      const through = previousMonth(this.world.month);
      this.lock(through);
      const before = JSON.stringify(stable(this.draft()));
      this.post(closeYear(this.book, through, this.act()), undefined);
      const afterwards = JSON.stringify(stable(this.draft()));
      if (before !== afterwards) throw new Error(`a closed year changes drafts:\n${before}\n${afterwards}`);
    },
    clear: ({ a }) => {
      if (a % 4 !== 0) return;
      const person = this.world.person(a);
      const ref = { employeeNo: person.no, name: person.name };
      const clearing = clearPerson(this.book, ref, this.act());
      if (clearing.kind === "refused") return;
      // The person is long gone: their rows name nobody any more.
      const at = this.world.people.indexOf(person);
      person.listed = false;
      for (const row of this.world.rows)
        if (row.charges.some((charge) => charge.person % this.world.people.length === at)) row.archived = true;
      this.anchors.push(anchorOf(clearing.book));
      this.book = clearing.book;
    },
  };

  private claim(i: number): string[] {
    const keys = [...accountsOf(this.book.entries).claims.keys()];
    return keys.length === 0 ? [] : [keys[i % keys.length]!];
  }

  private write(i: number, change: Partial<NoticeRecord> & { state: NoticeState }): void {
    const numbers = [...this.world.notices.keys()];
    const number = numbers[i % Math.max(1, numbers.length)];
    if (number === undefined) return;
    this.world.notices.set(number, { ...this.world.notices.get(number)!, ...change });
  }
}

/** What of a draft a closed year must not change: references to entries that moved away may. */
function stable(draft: Draft): unknown {
  return draft.months.map(({ person, month, lines }) => [
    person,
    month,
    lines.map(({ entry }) => [entry.kind, entry.complaintId, entry.amount, entry.kind === "结转" ? "" : entry.rests]),
  ]);
}

function newNotice(number: string): NoticeRecord {
  return {
    ...{ number, state: "已发" as const, deliveredOn: undefined, method: undefined },
    ...{ objectedOn: undefined, reviewedOn: undefined, voidReason: undefined },
  };
}

function previousMonth(month: string): string {
  return isoDate((firstDay(month) - 1) as Day).slice(0, 7);
}
