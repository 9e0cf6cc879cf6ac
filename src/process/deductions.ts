import { citedClause } from "../rules/clause.js";
import type { Person } from "../domain/complaint.js";
import { fen, percentOf, yuanText, type Fen } from "../domain/money.js";
import { addMonths } from "../domain/clocks.js";
import { dayOfTime, isoDate, parseIso, type Day } from "../domain/wall-time.js";
import type { Language } from "../locales/language.js";
import type { PenaltyType, Cap } from "../rules/pack-schema.js";
import { regionRule, valueInForce, type Statutes } from "../rules/statutes.js";
import type { Deduction, Penalty } from "./outcome.js";
import { say } from "./sentences.js";

/** A cap of a pack as it was in force when the complaint came in. */
export interface PackCap {
  /** Unique over packs and values: penalties that share a key share the cap's room. */
  readonly key: string;
  readonly covers: readonly PenaltyType[];
  /** Per cent of 月绩效奖金. */
  readonly rate: number;
  /** The clause, document first. */
  readonly clause: string;
}

/** A penalty of a person with the caps of its pack. */
export interface DuePenalty {
  readonly penalty: Penalty;
  readonly caps: readonly PackCap[];
}

export interface DeductionContext {
  readonly people: ReadonlyMap<string, Person>;
  readonly minimumWage: Fen | undefined;
  readonly region: string | undefined;
  readonly statutes: Statutes;
  /** yyyy-mm of `now`: the last month that is worked out, unless a penalty falls later. */
  readonly untilMonth: string;
  readonly language: Language;
}

/** The key of a pack's cap: the same clause with another rate (before and after a change) is another cap. */
export function packCap(packId: string, cap: Cap, rate: number): PackCap {
  return {
    key: `${packId}/${cap.id}/${rate}`,
    covers: cap.covers,
    rate,
    clause: citedClause(cap.clause),
  };
}

interface Ceiling {
  readonly key: string;
  readonly amount: Fen;
  readonly basis: string;
  covers(item: Item): boolean;
}

interface Item {
  readonly due: DuePenalty;
  remaining: number;
}

/**
 * What is taken from each person month by month: the oldest penalty first, as much as every ceiling that covers it
 * leaves room for; the rest is carried to the next month until it is paid off.
 *
 * Ceilings (policies of the product, statutes.ts): the pack's own caps on what they cover; for 损失赔偿 a share of
 * 月工资 (工资支付暂行规定 art. 16); for all together 月工资 − 当地最低工资, and a region's own share of the wage. A ceiling
 * whose input is missing is not applied and a message says so. Always: carried in + added = deducted + carried out.
 * Sorted by month, then by the first appearance of the person.
 */
export function deductions(penalties: readonly DuePenalty[], context: DeductionContext): Deduction[] {
  const byPerson = new Map<string, DuePenalty[]>();
  for (const due of penalties) {
    if (due.penalty.subjectType !== "个人" || due.penalty.amount === 0) continue;
    const list = byPerson.get(due.penalty.subject);
    if (list) list.push(due);
    else byPerson.set(due.penalty.subject, [due]);
  }
  const months: Deduction[] = [];
  for (const [name, list] of byPerson) months.push(...personMonths(name, list, context));
  return months.sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0));
}

function personMonths(name: string, penalties: readonly DuePenalty[], context: DeductionContext): Deduction[] {
  const sorted = [...penalties].sort((a, b) => compare(a.penalty.month, b.penalty.month));
  const last = [context.untilMonth, ...sorted.map((due) => due.penalty.month)].reduce((a, b) => (a > b ? a : b));
  const result: Deduction[] = [];
  let pool: Item[] = [];
  let next = 0;
  for (let month = sorted[0]!.penalty.month; month <= last; month = followingMonth(month)) {
    const carriedIn = total(pool);
    const fresh: Item[] = [];
    for (; next < sorted.length && sorted[next]!.penalty.month === month; next++) {
      fresh.push({ due: sorted[next]!, remaining: sorted[next]!.penalty.amount });
    }
    pool = [...pool, ...fresh];
    if (pool.length === 0) {
      if (next === sorted.length) break;
      continue;
    }
    result.push(personMonth(name, month, carriedIn, total(fresh), pool, context));
    pool = pool.filter((item) => item.remaining > 0);
  }
  return result;
}

function personMonth(
  name: string,
  month: string,
  carriedIn: Fen,
  added: Fen,
  pool: readonly Item[],
  context: DeductionContext,
): Deduction {
  const messages: string[] = [];
  const ceilings = ceilingsOf(name, month, pool, context, messages);
  const asked = pool.map((item) => item.remaining);
  const limits = take(pool, asked, ceilings);
  const deducted = fen(limits.taken.reduce((a, b) => a + b, 0));
  // With something left over, what was taken is the ceiling. Else it is what could have been taken of these kinds.
  const carriedOut = fen(carriedIn + added - deducted);
  const open =
    carriedOut > 0
      ? limits
      : take(
          pool,
          pool.map(() => Number.MAX_SAFE_INTEGER),
          ceilings,
        );
  const bounded =
    carriedOut > 0 || open.taken.every((amount, i) => ceilings.some((c) => c.covers(pool[i]!)) || amount === 0);
  const binding = ceilings.filter(
    (c) =>
      open.room.get(c.key) === 0 &&
      (carriedOut === 0 || pool.some((item, i) => asked[i]! > limits.taken[i]! && c.covers(item))),
  );
  pool.forEach((item, i) => {
    item.remaining -= limits.taken[i]!;
  });
  const department = context.people.get(name)?.department ?? pool[0]!.due.penalty.department;
  return {
    month,
    person: name,
    department,
    carriedIn,
    added,
    ceiling: bounded ? fen(open.taken.reduce((a, b) => a + b, 0)) : undefined,
    ceilingBasis: bounded && binding.length > 0 ? binding.map((c) => c.basis).join("；") : undefined,
    deducted,
    carriedOut,
    messages,
  };
}

/** Takes from the items in their order what the ceilings leave room for. Ceilings nest, so any order takes the most. */
function take(
  pool: readonly Item[],
  asked: readonly number[],
  ceilings: readonly Ceiling[],
): { taken: number[]; room: Map<string, number> } {
  const room = new Map<string, number>(ceilings.map((c) => [c.key, c.amount]));
  const taken = pool.map((item, i) => {
    const covering = ceilings.filter((c) => c.covers(item));
    const amount = Math.max(0, Math.min(asked[i]!, ...covering.map((c) => room.get(c.key)!)));
    for (const c of covering) room.set(c.key, room.get(c.key)! - amount);
    return amount;
  });
  return { taken, room };
}

function ceilingsOf(
  name: string,
  month: string,
  pool: readonly Item[],
  context: DeductionContext,
  messages: string[],
): Ceiling[] {
  const { statutes, language } = context;
  const person = context.people.get(name);
  const day = dayOfTime(parseIso(`${month}-01`)!);
  const ceilings: Ceiling[] = [];
  const text = (key: Parameters<typeof say>[1], params: Record<string, string | number> = {}): string =>
    say(language, key, params);
  const types = new Set(pool.map((item) => item.due.penalty.type));
  if (!person) messages.push(text("deduction.unknown-person", { name }));

  const caps = new Map(
    pool.flatMap((item) =>
      item.due.caps.filter((c) => c.covers.includes(item.due.penalty.type)).map((c) => [c.key, c]),
    ),
  );
  for (const cap of caps.values()) {
    if (person?.monthlyBonus === undefined) {
      if (person) messages.push(text("deduction.bonus-missing", { name, clause: cap.clause }));
      continue;
    }
    const amount = percentOf(person.monthlyBonus, cap.rate);
    ceilings.push({
      key: cap.key,
      amount,
      basis: text("ceiling.pack", { rate: cap.rate, clause: cap.clause, amount: yuanText(amount) }),
      covers: (item) => item.due.caps.some((c) => c.key === cap.key) && cap.covers.includes(item.due.penalty.type),
    });
  }

  const region = regionRule(statutes, context.region, day);
  const wage = person?.monthlyWage;
  if (wage === undefined) {
    if (person) messages.push(text("deduction.wage-missing", { name }));
  } else {
    const loss = valueInForce(statutes.lossCompensation.values, day);
    if (loss && types.has("损失赔偿")) {
      const amount = percentOf(wage, loss.percentOfWage);
      ceilings.push({
        key: "law/loss",
        amount,
        basis: text("ceiling.loss", {
          rate: loss.percentOfWage,
          source: `${loss.source.document}${loss.source.article}`,
          amount: yuanText(amount),
        }),
        covers: (item) => item.due.penalty.type === "损失赔偿",
      });
    }
    if (region?.percentOfWage !== undefined) {
      const amount = percentOf(wage, region.percentOfWage);
      ceilings.push({
        key: "law/region",
        amount,
        basis: text("ceiling.region", {
          rate: region.percentOfWage,
          source: `${region.source.document}${region.source.article}`,
          amount: yuanText(amount),
        }),
        covers: () => true,
      });
    }
    if (context.minimumWage === undefined) {
      messages.push(text("deduction.minimum-wage-missing"));
    } else {
      const amount = fen(Math.max(0, wage - context.minimumWage));
      ceilings.push({
        key: "law/minimum-wage",
        amount,
        basis: text("ceiling.minimum-wage", {
          wage: yuanText(wage),
          minimum: yuanText(context.minimumWage),
          amount: yuanText(amount),
        }),
        covers: () => true,
      });
    }
  }
  if (types.has("罚款") && month >= statutes.fines.repealedOn.slice(0, 7))
    messages.push(statutes.fines.warning[language]);
  if (types.has("损失赔偿") && region?.noticeFirst) {
    messages.push(`${region.source.document}${region.source.article}：${region.noticeFirst[language]}`);
  }
  return ceilings;
}

/** yyyy-mm of the month after. */
function followingMonth(month: string): string {
  const day: Day = addMonths(dayOfTime(parseIso(`${month}-01`)!), 1);
  return isoDate(day).slice(0, 7);
}

function total(items: readonly Item[]): Fen {
  return fen(items.reduce((sum, item) => sum + item.remaining, 0));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
