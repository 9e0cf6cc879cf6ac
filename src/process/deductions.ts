import type { Person } from "../domain/complaint.js";
import { fen, percentOf, yuanText, type Fen } from "../domain/money.js";
import { dayOfTime, isoDate, parseIso } from "../domain/wall-time.js";
import type { Language } from "../locales/language.js";
import { regionRule, valueInForce, type Statutes } from "../rules/statutes.js";
import { followingMonth, penaltyKey, type DuePenalty } from "./due-penalty.js";
import type { Deduction, Penalty } from "./outcome.js";
import { say } from "./sentences.js";

export interface DeductionContext {
  readonly people: ReadonlyMap<string, Person>;
  readonly minimumWage: Fen | undefined;
  readonly region: string | undefined;
  readonly statutes: Statutes;
  /** yyyy-mm of `now`: the last month that is worked out, unless a penalty falls later. */
  readonly untilMonth: string;
  readonly language: Language;
  /** 扣款台账 as it stands: its rows up to this month stay as they are. */
  readonly locked?: { readonly until: string; readonly rows: readonly Deduction[] };
  /** By person, the last month of a notice: someone noticed who is in 人员 no longer has left after it. */
  readonly lastNoticed?: ReadonlyMap<string, string>;
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

/** What a month starts from. */
interface MonthStart {
  /** 工号, or the name where there is none. */
  readonly key: string;
  readonly name: string;
  readonly month: string;
  readonly carriedIn: Fen;
  readonly added: Fen;
  /** Paid back this month: reversals of what was deducted before. */
  readonly refund: number;
}

/**
 * What is taken from each person month by month: the oldest penalty first, as much as every ceiling that covers it
 * leaves room for; the rest is carried to the next month until it is paid off.
 *
 * Ceilings (policies of the product, statutes.ts): the pack's own caps on what they cover; for 损失赔偿 a share of
 * 月工资 (工资支付暂行规定 art. 16); for all together 月工资 − 当地最低工资, and a region's own share of the wage. A ceiling
 * whose input is missing is not applied and a message says so. Always: carried in + added = deducted + carried out.
 *
 * A reversal (a negative penalty) first cancels what is still open of its penalty; what had been deducted is paid back in
 * its month, so that month's deduction may be negative. In the months after a person has left nothing is deducted, and
 * the balance stays. Months that are locked stay as they stand.
 * Sorted by month, then in a locked month as it stands, else by the first appearance of the person.
 */
export function deductions(penalties: readonly DuePenalty[], context: DeductionContext): Deduction[] {
  const byPerson = new Map<string, DuePenalty[]>();
  for (const due of penalties) {
    if (due.penalty.subjectType !== "个人" || due.penalty.amount === 0) continue;
    const key = due.penalty.employeeNo ?? due.penalty.subject;
    const list = byPerson.get(key);
    if (list) list.push(due);
    else byPerson.set(key, [due]);
  }
  const months: Deduction[] = [];
  const locked = new Map<string, Map<string, Deduction>>();
  for (const row of context.locked?.rows ?? []) {
    if (row.month > context.locked!.until) continue;
    const own = locked.get(deductionKey(row)) ?? new Map<string, Deduction>();
    locked.set(deductionKey(row), own.set(row.month, row));
  }
  for (const [key, list] of byPerson) months.push(...personMonths(key, list, locked.get(key) ?? new Map(), context));
  for (const [key, own] of locked) if (!byPerson.has(key)) months.push(...own.values());
  // In a locked month the order stays as well: a row that moves looks like a row that changed.
  const standing = new Map((context.locked?.rows ?? []).map((row, i) => [rowKey(row), i]));
  return months.sort(
    (a, b) =>
      compare(a.month, b.month) || (standing.get(rowKey(a)) ?? Infinity) - (standing.get(rowKey(b)) ?? Infinity) || 0,
  );
}

function rowKey(row: Deduction): string {
  return `${row.month}\n${deductionKey(row)}`;
}

/** Whose deduction it is: 工号, or the name where there is none. */
export function deductionKey({ employeeNo, person }: Pick<Deduction, "employeeNo" | "person">): string {
  return employeeNo ?? person;
}

function personMonths(
  key: string,
  penalties: readonly DuePenalty[],
  locked: ReadonlyMap<string, Deduction>,
  context: DeductionContext,
): Deduction[] {
  const sorted = [...penalties].sort((a, b) => compare(a.penalty.month, b.penalty.month));
  const planned = [...sorted.map((due) => due.penalty.month), ...locked.keys()].sort(compare);
  const last = [context.untilMonth, planned.at(-1)!].reduce((a, b) => (a > b ? a : b));
  const result: Deduction[] = [];
  const name = sorted[0]!.penalty.subject;
  let pool: Item[] = [];
  let next = 0;
  for (let month = planned[0]!; month <= last; month = followingMonth(month)) {
    const carriedIn = total(pool);
    let added = 0;
    let refund = 0;
    let touched = pool.length > 0;
    const reversals: DuePenalty[] = [];
    for (; next < sorted.length && sorted[next]!.penalty.month === month; next++) {
      const due = sorted[next]!;
      added += due.penalty.amount;
      touched = true;
      if (due.penalty.amount < 0) reversals.push(due);
      else pool.push({ due, remaining: due.penalty.amount });
    }
    for (const reversal of reversals) refund += cancel(reversal.penalty, pool);
    const start: MonthStart = { key, name, month, carriedIn, added: fen(added), refund };
    const standing = locked.get(month);
    if (standing) {
      result.push(standing);
      takeAsItStands(standing.deducted + refund, start, pool, context);
    } else if (touched) {
      result.push(personMonth(start, pool, context));
    } else if (next === sorted.length && [...locked.keys()].every((m) => m < month)) {
      break;
    }
    pool = pool.filter((item) => item.remaining > 0);
  }
  return result;
}

/** Takes a reversal off what is open of its penalty, and gives what is to be paid back. */
function cancel(reversal: Penalty, pool: readonly Item[]): number {
  const key = penaltyKey(reversal);
  let left = Math.abs(reversal.amount);
  for (const item of pool) {
    if (left === 0) break;
    if (penaltyKey(item.due.penalty) !== key) continue;
    const part = Math.min(left, item.remaining);
    item.remaining -= part;
    left -= part;
  }
  return left;
}

/** Spreads what was deducted in a locked month over the penalties: as the ceilings would, the rest oldest first. */
function takeAsItStands(amount: number, start: MonthStart, pool: readonly Item[], context: DeductionContext): void {
  let left = Math.max(0, amount);
  const spread = (limits: readonly number[]): void => {
    pool.forEach((item, i) => {
      const part = Math.min(left, limits[i]!, item.remaining);
      item.remaining -= part;
      left -= part;
    });
  };
  const asked = pool.map((item) => item.remaining);
  spread(take(pool, asked, ceilingsOf(start, start.month, pool, context, [])).taken);
  spread(pool.map((item) => item.remaining));
}

function personMonth(start: MonthStart, pool: readonly Item[], context: DeductionContext): Deduction {
  const { key, name, month, carriedIn, added, refund } = start;
  const messages: string[] = [];
  const ceilings = ceilingsOf(start, month, pool, context, messages);
  const asked = pool.map((item) => item.remaining);
  const limits = take(pool, asked, ceilings);
  const taken = limits.taken.reduce((a, b) => a + b, 0);
  const deducted = fen(taken - refund);
  const carriedOut = fen(carriedIn + added - deducted);
  if (refund > 0) messages.unshift(say(context.language, "deduction.refund", { name, amount: yuanText(fen(refund)) }));
  const leftAfter = lastMonthOf(key, context);
  if (leftAfter !== undefined && month > leftAfter && carriedOut > 0)
    messages.unshift(say(context.language, "deduction.left", { name, month: leftAfter, amount: yuanText(carriedOut) }));
  // With something left over, what was taken is the ceiling. Else it is what could have been taken of these kinds.
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
  const person = context.people.get(key);
  const department = person?.department ?? pool[0]?.due.penalty.department;
  return {
    month,
    person: name,
    employeeNo: pool[0]?.due.penalty.employeeNo ?? person?.employeeNo,
    state: "试算",
    department,
    carriedIn,
    added,
    ceiling: bounded && pool.length > 0 ? fen(open.taken.reduce((a, b) => a + b, 0)) : undefined,
    ceilingBasis: bounded && binding.length > 0 ? binding.map((c) => c.basis).join("；") : undefined,
    deducted,
    carriedOut,
    messages,
  };
}

/** The last month in which anything may be deducted from a person who has left; undefined for everybody else. */
function lastMonthOf(key: string, { people, lastNoticed }: DeductionContext): string | undefined {
  const person = people.get(key);
  if (!person) return lastNoticed?.get(key);
  return person.leftOn === undefined ? undefined : isoDate(person.leftOn).slice(0, 7);
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
  { key, name }: Pick<MonthStart, "key" | "name">,
  month: string,
  pool: readonly Item[],
  context: DeductionContext,
  messages: string[],
): Ceiling[] {
  const { statutes, language } = context;
  const person = context.people.get(key);
  const day = dayOfTime(parseIso(`${month}-01`)!);
  const ceilings: Ceiling[] = [];
  const text = (key: Parameters<typeof say>[1], params: Record<string, string | number> = {}): string =>
    say(language, key, params);
  const types = new Set(pool.map((item) => item.due.penalty.type));
  const leftAfter = lastMonthOf(key, context);
  if (leftAfter !== undefined && month > leftAfter)
    return [{ key: "left", amount: fen(0), basis: text("ceiling.left", { month: leftAfter }), covers: () => true }];
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

function total(items: readonly Item[]): Fen {
  return fen(items.reduce((sum, item) => sum + item.remaining, 0));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
