import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Person } from "../../src/domain/complaint.js";
import { fen, sumOf, yuanText, type Fen } from "../../src/domain/money.js";
import { dayOf, isoDate } from "../../src/domain/wall-time.js";
import { imbalances } from "../../src/process/balance-check.js";
import { deductions } from "../../src/process/deductions.js";
import type { DuePenalty, PackCap } from "../../src/process/due-penalty.js";
import type { Deduction, Penalty } from "../../src/process/outcome.js";
import { penaltyKey, type NoticedPenalty } from "../../src/process/due-penalty.js";
import { settle, type Settled } from "../../src/process/settled.js";
import { STATUTES } from "../packs-folder.js";

const CAP: PackCap = { key: "p/half/50", covers: ["绩效核减"], rate: 50, clause: "甲 第一条" };
const yuan = (amount: number): Fen => fen(Math.round(amount * 100));

function penalty(over: Partial<Penalty> = {}): Penalty {
  return {
    row: 2,
    complaintId: "1",
    packId: "p",
    month: "2026-03",
    state: "确定",
    settledOn: undefined,
    employeeNo: undefined,
    ownMonthOnly: false,
    subjectType: "个人",
    subject: "张三",
    department: "生产部",
    type: "绩效核减",
    reason: "客诉损失",
    formula: "",
    amount: yuan(100),
    sanction: undefined,
    basis: "甲 第二条",
    rule: "r",
    packVersion: "p 1.0.0 00000000",
    ...over,
  };
}

interface Books {
  readonly settled: Settled;
  readonly people?: readonly Person[];
  readonly until?: string;
}

const ZHANG: Person = { name: "张三", department: "生产部", monthlyBonus: yuan(2000), monthlyWage: yuan(8000) };
const NOTHING: Settled = { lockedUntil: undefined, noticed: [], penalties: [], deductions: [] };

/** Settles and deducts as a run does. */
function run(due: readonly Penalty[], { settled, people = [ZHANG], until = "2026-03" }: Books) {
  const rows = [...new Set(due.map(({ complaintId }) => complaintId))];
  const result = settle(
    due.map((one): DuePenalty => ({ penalty: one, caps: [CAP] })),
    settled,
    {
      language: "zh",
      capsOf: () => [CAP],
      placeOf(_, id) {
        const index = rows.indexOf(id);
        return index < 0 ? undefined : { index, row: index + 2 };
      },
    },
  );
  const last = new Map<string, string>();
  for (const { subject, month } of settled.noticed) if (month > (last.get(subject) ?? "")) last.set(subject, month);
  const months = deductions(result.due, {
    people: new Map(people.map((person) => [person.name, person])),
    minimumWage: yuan(2000),
    region: undefined,
    statutes: STATUTES,
    untilMonth: until,
    language: "zh",
    lastNoticed: last,
    ...(settled.lockedUntil === undefined ? {} : { locked: { until: settled.lockedUntil, rows: settled.deductions } }),
  });
  return { penalties: result.due.map((one) => one.penalty), deductions: months, adjustments: result.adjustments };
}

const noticed = (one: Penalty, notice = "TZ-202603-001"): NoticedPenalty => ({ ...one, notice });
const shown = (list: readonly Penalty[]): string[] =>
  list.map(({ complaintId, month, reason, amount }) => `${complaintId} ${month} ${reason} ${yuanText(amount)}`);
const figures = (list: readonly Deduction[]): string[] =>
  list.map((d) =>
    [d.month, d.carriedIn, d.added, d.deducted, d.carriedOut]
      .map((x) => (typeof x === "number" ? x / 100 : x))
      .join(" "),
  );

describe("a penalty that a notice has told of", () => {
  const told = { ...NOTHING, noticed: [noticed(penalty())] };

  test("stays as it was while the complaint says the same", () => {
    const { penalties, adjustments } = run([penalty()], { settled: told });
    expect(shown(penalties)).toEqual(["1 2026-03 客诉损失 100.00"]);
    expect(adjustments).toEqual([]);
  });

  test("keeps its month when the case, then open, is closed later: nothing is deducted twice", () => {
    const { penalties, deductions: months } = run([penalty({ month: "2026-05" })], { settled: told, until: "2026-05" });
    expect(shown(penalties)).toEqual(["1 2026-03 客诉损失 100.00"]);
    expect(figures(months)).toEqual(["2026-03 0 100 100 0"]);
  });

  test("a withdrawn complaint is reversed in the first open month, and what was deducted is paid back", () => {
    const { penalties, deductions: months, adjustments } = run([], { settled: told, until: "2026-04" });
    expect(shown(penalties)).toEqual(["1 2026-03 客诉损失 100.00", "1 2026-04 冲回：客诉损失 -100.00"]);
    expect(figures(months)).toEqual(["2026-03 0 100 100 0", "2026-04 0 -100 -100 0"]);
    expect(penalties[1]!.formula).toContain("TZ-202603-001");
    expect(months[1]!.messages.join()).toContain("应退还本人");
    expect(adjustments[0]!.text).toContain("差额-100.00元计入2026-04");
  });

  test("a corrected amount is reversed in part; a raised one adds the difference", () => {
    expect(shown(run([penalty({ amount: yuan(30) })], { settled: told }).penalties)[1]).toBe(
      "1 2026-04 冲回：客诉损失 -70.00",
    );
    expect(shown(run([penalty({ amount: yuan(130) })], { settled: told }).penalties)[1]).toBe(
      "1 2026-04 补扣：客诉损失 30.00",
    );
  });

  test("once the reversal is noticed as well, everything stands still; brought back, it counts again", () => {
    const reversal = run([], { settled: told }).penalties[1]!;
    const both = { ...NOTHING, noticed: [...told.noticed, noticed(reversal, "TZ-202604-001")] };
    expect(run([], { settled: both }).adjustments).toEqual([]);
    expect(shown(run([penalty()], { settled: both }).penalties)[2]).toBe("1 2026-05 补扣：客诉损失 100.00");
  });

  test("a reversal first cancels what is still carried on", () => {
    const big = penalty({ amount: yuan(1500) });
    const { deductions: months } = run([], { settled: { ...NOTHING, noticed: [noticed(big)] }, until: "2026-04" });
    expect(figures(months)).toEqual(["2026-03 0 1500 1000 500", "2026-04 500 -1500 -1000 0"]);
  });
});

describe("a locked month", () => {
  const before = run([penalty({ amount: yuan(1500) })], { settled: NOTHING });
  const locked: Settled = {
    lockedUntil: "2026-03",
    noticed: [],
    penalties: before.penalties,
    deductions: before.deductions,
  };

  test("stays as it stands though wage and complaint change", () => {
    const poor = { ...ZHANG, monthlyBonus: yuan(100) };
    const { deductions: months } = run([], { settled: locked, people: [poor], until: "2026-04" });
    expect(months[0]).toEqual(before.deductions[0]);
    expect(figures(months)).toEqual(["2026-03 0 1500 1000 500", "2026-04 500 -1500 -1000 0"]);
  });

  test("a penalty found later for it falls into the first open month", () => {
    const { penalties } = run([penalty({ amount: yuan(1500) }), penalty({ complaintId: "2" })], { settled: locked });
    expect(shown(penalties)).toEqual(["1 2026-03 客诉损失 1500.00", "2 2026-04 客诉损失 100.00"]);
  });

  test("a figure changed by hand in it does not go unnoticed", () => {
    const [first] = before.deductions;
    const altered = { ...locked, deductions: [{ ...first!, deducted: yuan(900) }] };
    const result = run([penalty({ amount: yuan(1500) })], { settled: altered });
    expect(imbalances(result.penalties, result.deductions)).toMatchObject([{ person: "张三", month: "2026-03" }]);
  });
});

describe("a person who has left", () => {
  test("nothing more is deducted after the month of leaving, and the balance stays in view", () => {
    const gone = { ...ZHANG, leftOn: dayOf(2026, 3, 20) };
    const { deductions: months } = run([penalty({ amount: yuan(1500) })], {
      settled: NOTHING,
      people: [gone],
      until: "2026-05",
    });
    expect(figures(months)).toEqual(["2026-03 0 1500 1000 500", "2026-04 500 0 0 500", "2026-05 500 0 0 500"]);
    expect(months[1]!.messages.join()).toContain("余额500.00元不再从工资中扣除");
    expect(months[1]!.ceilingBasis).toContain("已离职");
  });

  test("so too for somebody who was noticed and is not in 人员 any more", () => {
    const big = penalty({ amount: yuan(1500) });
    const { deductions: months } = run([big], {
      settled: { ...NOTHING, noticed: [noticed(big)] },
      people: [],
      until: "2026-04",
    });
    expect(months.at(-1)!.month).toBe("2026-03");
    const later = run([big, penalty({ complaintId: "2", month: "2026-04" })], {
      settled: { ...NOTHING, noticed: [noticed(big)] },
      people: [],
      until: "2026-04",
    });
    expect(figures(later.deductions).at(-1)).toBe("2026-04 0 100 0 100");
  });
});

describe("over random years with notices, locks and corrections", () => {
  const NAMES = ["张三", "李四", "王五"];
  const month = (n: number): string => `2026-${String(n).padStart(2, "0")}`;
  /** One thing that happens: a complaint comes in, is corrected or withdrawn, a notice goes out, a month is locked. */
  const event = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant("penalty" as const),
        who: fc.nat(2),
        amount: fc.integer({ min: 1, max: 400_000 }),
        type: fc.constantFrom("绩效核减" as const, "损失赔偿" as const),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("correct" as const),
        which: fc.nat(30),
        amount: fc.integer({ min: 1, max: 400_000 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("withdraw" as const), which: fc.nat(30) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("notice" as const), who: fc.nat(2) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("lock" as const) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("month" as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("wage" as const),
        who: fc.nat(2),
        bonus: fc.integer({ min: 0, max: 300_000 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("leave" as const), who: fc.nat(2) }) },
  );

  test("Σ penalties, reversals among them, = Σ deducted + carried; locked and noticed stay; a second run changes nothing", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40, size: "max" }), (events) => {
        let now = 1;
        let people: Person[] = NAMES.map((name) => ({ name, monthlyBonus: yuan(1500), monthlyWage: yuan(6000) }));
        let due: Penalty[] = [];
        let books: Settled = NOTHING;
        let standing = run(due, { settled: books, people, until: month(now) });
        for (const [n, happening] of events.entries()) {
          switch (happening.kind) {
            case "penalty":
              due = [
                ...due,
                penalty({
                  complaintId: String(n),
                  subject: NAMES[happening.who]!,
                  amount: fen(happening.amount),
                  type: happening.type,
                  month: month(now),
                }),
              ];
              break;
            case "correct":
              due = due.map((one, i) => (i === happening.which ? { ...one, amount: fen(happening.amount) } : one));
              break;
            case "withdraw":
              due = due.filter((_, i) => i !== happening.which);
              break;
            case "notice": {
              const told = new Set(books.noticed.map((one) => `${penaltyKey(one)}${one.month}${one.amount}`));
              const fresh = standing.penalties.filter(
                (one) =>
                  one.month === month(now) &&
                  one.subject === NAMES[happening.who] &&
                  !told.has(`${penaltyKey(one)}${one.month}${one.amount}`),
              );
              books = { ...books, noticed: [...books.noticed, ...fresh.map((one) => noticed(one, `TZ-${n}`))] };
              break;
            }
            case "lock":
              if (now > 1) books = { ...books, lockedUntil: month(now - 1) };
              break;
            case "month":
              now = Math.min(12, now + 1);
              break;
            case "wage":
              people = people.map((person) =>
                person.name === NAMES[happening.who] ? { ...person, monthlyBonus: fen(happening.bonus) } : person,
              );
              break;
            case "leave":
              people = people.map((person) =>
                person.name === NAMES[happening.who] ? { ...person, leftOn: dayOf(2026, now, 10) } : person,
              );
          }
          // What the workbook holds when the next run reads it.
          books = { ...books, penalties: standing.penalties, deductions: standing.deductions };
          const result = run(due, { settled: books, people, until: month(now) });
          expect(imbalances(result.penalties, result.deductions)).toEqual([]);

          const { lockedUntil } = books;
          if (lockedUntil !== undefined) {
            const past = (list: readonly Deduction[]): Deduction[] => list.filter((d) => d.month <= lockedUntil);
            expect(past(result.deductions)).toEqual(past(standing.deductions));
            for (const { penalty: made } of result.adjustments) expect(made.month > lockedUntil).toBe(true);
          }
          for (const one of books.noticed)
            expect(
              result.penalties.filter(
                (p) => penaltyKey(p) === penaltyKey(one) && p.month === one.month && p.amount === one.amount,
              ).length,
            ).toBeGreaterThan(0);
          const total = (list: readonly Penalty[]): number => sumOf(list.map(({ amount }) => amount));
          for (const person of people) {
            const of = (list: readonly Penalty[]): Penalty[] => list.filter(({ subject }) => subject === person.name);
            const own = of(result.penalties);
            expect(total(own)).toBe(total(of(due)));
            // Added up here once more, month by month, without the check that a run makes of itself.
            let [carried, deducted] = [0, 0];
            for (const d of result.deductions.filter((one) => one.person === person.name)) {
              expect(d.carriedIn).toBe(carried);
              expect(d.carriedOut).toBe(d.carriedIn + d.added - d.deducted);
              expect(d.carriedOut).toBeGreaterThanOrEqual(0);
              if (lockedUntil === undefined || d.month > lockedUntil)
                expect(d.added).toBe(total(own.filter((one) => one.month === d.month)));
              const left = person.leftOn !== undefined && d.month > isoDate(person.leftOn).slice(0, 7);
              const stands = lockedUntil !== undefined && d.month <= lockedUntil;
              if (left && !stands) expect(d.deducted).toBeLessThanOrEqual(0);
              carried = d.carriedOut;
              deducted += d.deducted;
            }
            const reversals = total(own.filter(({ amount }) => amount < 0));
            expect(total(own.filter(({ amount }) => amount > 0))).toBe(deducted + carried - reversals);
          }
          const again = run(due, {
            settled: { ...books, penalties: result.penalties, deductions: result.deductions },
            people,
            until: month(now),
          });
          expect(again.penalties).toEqual(result.penalties);
          expect(again.deductions).toEqual(result.deductions);
          standing = result;
        }
      }),
      { numRuns: 1000 },
    );
  }, 120_000);
});
