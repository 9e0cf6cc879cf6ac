import { sumOf, type Fen } from "../domain/money.js";
import { deductionKey } from "./deductions.js";
import type { Deduction, Penalty } from "./outcome.js";
import { settledOnly } from "./penalty-state.js";

/** A person whose penalties and deductions don't add up. */
export interface Imbalance {
  readonly person: string;
  /** Net of reversals. */
  readonly penalties: Fen;
  readonly deducted: Fen;
  readonly carried: Fen;
  /** The month whose own figures don't fit, where it is one month. */
  readonly month?: string;
}

/**
 * What every ledger must satisfy before it is written: for each person Σ settled penalties, reversals counted as negative,
 * = Σ deducted + what the last month carries out; each month carried in + added = deducted + carried out, and carries in
 * what the month before carried out.
 */
export function imbalances(penalties: readonly Penalty[], deductions: readonly Deduction[]): Imbalance[] {
  const owed = new Map<string, Fen>();
  for (const { subjectType, subject, employeeNo, amount } of settledOnly(penalties)) {
    if (subjectType !== "个人") continue;
    const key = employeeNo ?? subject;
    owed.set(key, sumOf([owed.get(key) ?? (0 as Fen), amount]));
  }
  const months = new Map<string, Deduction[]>();
  for (const deduction of deductions) {
    const key = deductionKey(deduction);
    const list = months.get(key);
    if (list) list.push(deduction);
    else months.set(key, [deduction]);
  }
  const found: Imbalance[] = [];
  for (const person of new Set([...owed.keys(), ...months.keys()])) {
    const list = months.get(person) ?? [];
    const sums = {
      person,
      penalties: owed.get(person) ?? (0 as Fen),
      deducted: sumOf(list.map(({ deducted }) => deducted)),
      carried: list.at(-1)?.carriedOut ?? (0 as Fen),
    };
    const broken = list.find(
      (month, i) =>
        month.carriedIn + month.added !== month.deducted + month.carriedOut ||
        month.carriedIn !== (list[i - 1]?.carriedOut ?? 0),
    );
    if (broken) found.push({ ...sums, month: broken.month });
    else if (sums.penalties !== sums.deducted + sums.carried) found.push(sums);
  }
  return found;
}
