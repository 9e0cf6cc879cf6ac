import { fen, percentOf, type Fen } from "../../src/domain/money.js";
import { addDays, dayOf, startOfDay, type Day } from "../../src/domain/wall-time.js";
import type { ClaimType, PersonRef } from "../../src/books/entry.js";
import type { JudgedClaim, JudgedComplaint, LawTerms, PersonTerms, Terms } from "../../src/books/judged.js";
import { monthOfDay } from "../../src/books/months.js";
import type { NoticeRecord } from "../../src/books/notice-life.js";
import type { CapTerm } from "../../src/books/rests.js";
import type { Act } from "../../src/books/post.js";

/** A small company for histories of the book: people, complaints, packs, settings and a clock, all of which may change. */

export interface WorldPerson {
  readonly no: string | undefined;
  readonly name: string;
  readonly joinedOn: Day;
  wage: Fen | undefined;
  bonus: Fen | undefined;
  lastMonth: string | undefined;
  listed: boolean;
}

export interface WorldCharge {
  person: number;
  type: ClaimType;
  reason: string;
  amount: Fen;
  readonly ownMonthOnly: boolean;
}

export interface WorldRow {
  id: string;
  readonly packId: string;
  readonly origin: string;
  charges: WorldCharge[];
  settledOn: Day | undefined;
  upheld: boolean;
  readable: boolean;
  present: boolean;
  archived: boolean;
  doubled: boolean;
  readonly follows: WorldRow | undefined;
}

export const PACKS = ["alpha", "beta", "gamma"] as const;

export class World {
  day: Day = dayOf(2024, 1, 2);
  readonly people: WorldPerson[] = [];
  readonly rows: WorldRow[] = [];
  readonly notices = new Map<string, NoticeRecord & { readonly person: string; readonly month: string }>();
  readonly packsGone = new Set<string>();
  /** By pack, cap rates with their first day; alpha's starts at 50 %. */
  readonly rates = new Map<string, { from: Day; rate: number }[]>([
    ["alpha", [{ from: 0 as Day, rate: 50 }]],
    ["beta", []],
    ["gamma", [{ from: 0 as Day, rate: 100 }]],
  ]);
  minimumWage: Fen | undefined = fen(200_000);
  region: "none" | "shenzhen" | "guangdong" = "none";
  hasPeople = true;
  private acts = 0;

  person(i: number): WorldPerson {
    return this.people[i % this.people.length]!;
  }

  /** Whom a row's text names: a 工号 only its person, a bare name the only one who bears it; or why nobody. */
  private refOf({ no, name }: WorldPerson): PersonRef | "faulty" | "person-unknown" {
    if (!this.hasPeople) return { employeeNo: undefined, name };
    const same = this.people.filter((p) => p.listed && (no === undefined ? p.name === name : p.no === no));
    if (same.length !== 1) return same.length === 0 ? "person-unknown" : "faulty";
    return { employeeNo: same[0]!.no, name };
  }

  caps(packId: string, day: Day): readonly CapTerm[] {
    const rate = (this.rates.get(packId) ?? []).findLast(({ from }) => from <= day)?.rate;
    if (rate === undefined) return [];
    const covers: ClaimType[] = packId === "gamma" ? ["绩效核减", "行政处分"] : ["绩效核减"];
    return [{ clause: "第二十一条", covers, percentOfBonus: rate }];
  }

  law(): LawTerms {
    return {
      loss: { percent: 20, source: "工资支付暂行规定第十六条" },
      ...(this.region === "shenzhen" ? { region: { percent: 30, source: "深圳条例第十六条" } } : {}),
      ...(this.region === "guangdong" ? { noticeFirst: "广东省工资支付条例第十五条" } : {}),
      ...(this.minimumWage === undefined ? {} : { minimumWage: this.minimumWage }),
    };
  }

  personTerms({ employeeNo, name }: PersonRef): PersonTerms | "unlisted" | "no-sheet" {
    if (!this.hasPeople) return "no-sheet";
    const found = this.people.find(
      (p) => p.listed && (employeeNo === undefined ? p.name === name : p.no === employeeNo),
    );
    if (!found) return "unlisted";
    return {
      ...(found.wage === undefined ? {} : { wage: found.wage }),
      ...(found.bonus === undefined ? {} : { bonus: found.bonus }),
      ...(found.lastMonth === undefined ? {} : { lastMonth: found.lastMonth }),
    };
  }

  terms(): Terms {
    return {
      caps: (packId, day) => (this.packsGone.has(packId) ? undefined : this.caps(packId, day)),
      law: () => this.law(),
      person: (ref) => this.personTerms(ref),
      employeeNoOf: (name, day) => {
        if (!this.hasPeople) return undefined;
        const same = this.people.filter((p) => p.listed && p.name === name);
        return same.length === 1 && same[0]!.joinedOn <= day ? same[0]!.no : undefined;
      },
    };
  }

  judged(): JudgedComplaint[] {
    const rows = this.rows.filter(({ present, archived }) => present && !archived);
    return rows.flatMap((row) => {
      const judged = this.judge(row);
      return row.doubled ? [judged, judged] : [judged];
    });
  }

  private judge(row: WorldRow): JudgedComplaint {
    const { packId, id, origin, follows } = row;
    return {
      packId,
      complaintId: id,
      origin,
      ...(follows ? { follows: { packId: follows.packId, complaintId: follows.id } } : {}),
      state: this.stateOf(row),
    };
  }

  private stateOf(row: WorldRow): JudgedComplaint["state"] {
    if (this.packsGone.has(row.packId)) return { kind: "silent", why: "pack-missing" };
    if (!row.readable) return { kind: "silent", why: "unreadable" };
    if (row.settledOn === undefined || row.settledOn > this.day) return { kind: "silent", why: "open" };
    if (!row.upheld) return { kind: "settled", claims: [] };
    const refs = row.charges.map(({ person }) => this.refOf(this.person(person)));
    const unclear = refs.find((ref) => typeof ref === "string");
    if (unclear !== undefined) return { kind: "silent", why: unclear };
    return { kind: "settled", claims: row.charges.map((charge, i) => this.claimOf(row, charge, refs[i] as PersonRef)) };
  }

  private claimOf({ packId, id, settledOn }: WorldRow, charge: WorldCharge, person: PersonRef): JudgedClaim {
    const { type, reason, amount, ownMonthOnly } = charge;
    return {
      packId,
      complaintId: id,
      person,
      ...{ type, reason, amount, ownMonthOnly },
      settledOn: settledOn!,
      department: "制造部",
      formula: `${amount / 100}`,
      clause: "第三条",
      rule: "r1",
      packHash: "0000",
      remarks: [],
    };
  }

  act(expected: string, over: Partial<Act> = {}): Act {
    this.acts += 1;
    return {
      cause: "通知",
      at: startOfDay(this.day),
      by: "王会计",
      expected,
      logCheck: `log${this.acts}`,
      seed: `seed${this.acts}`,
      key: undefined,
      ...over,
    };
  }

  get month(): string {
    return monthOfDay(this.day);
  }

  advance(days: number): void {
    this.day = addDays(this.day, days);
  }
}

/** The ceilings of the world written down a second time, by who is covered and what value counts on a day. */
export interface WorldCeiling {
  readonly name: string;
  covers(packId: string, type: string): boolean;
  value(day: Day): Fen | undefined;
}

export function ceilingsOfWorld(world: World, person: PersonTerms): WorldCeiling[] {
  const { wage, bonus } = person;
  const law = world.law();
  const wageShare = (percent: number): Fen | undefined => (wage === undefined ? undefined : percentOf(wage, percent));
  return [
    ...PACKS.map((pack): WorldCeiling => ({
      name: pack,
      covers: (packId, type) => packId === pack && (type === "绩效核减" || (pack === "gamma" && type === "行政处分")),
      value: (day) => {
        const rate = (world.rates.get(pack) ?? []).findLast(({ from }) => from <= day)?.rate;
        return rate === undefined || bonus === undefined ? undefined : percentOf(bonus, rate);
      },
    })),
    { name: "bonus", covers: (_pack, type) => type === "绩效核减", value: () => bonus },
    { name: "loss", covers: (_pack, type) => type === "损失赔偿", value: () => wageShare(20) },
    { name: "region", covers: () => true, value: () => (law.region ? wageShare(30) : undefined) },
    {
      name: "minimum wage",
      covers: () => true,
      value: () =>
        wage === undefined || law.minimumWage === undefined ? undefined : fen(Math.max(0, wage - law.minimumWage)),
    },
  ];
}
