import { sumOf, type Fen } from "../domain/money.js";
import type { Deduction, Penalty } from "./outcome.js";

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
 * What every ledger must satisfy before it is written: for each person Σ penalties, reversals counted as negative,
 * = Σ deducted + what the last month carries out; each month carried in + added = deducted + carried out, and carries in
 * what the month before carried out.
 */
export function imbalances(penalties: readonly Penalty[], deductions: readonly Deduction[]): Imbalance[] {
  const owed = new Map<string, Fen>();
  for (const { subjectType, subject, amount } of penalties)
    if (subjectType === "个人") owed.set(subject, sumOf([owed.get(subject) ?? (0 as Fen), amount]));
  const months = new Map<string, Deduction[]>();
  for (const deduction of deductions) {
    const list = months.get(deduction.person);
    if (list) list.push(deduction);
    else months.set(deduction.person, [deduction]);
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
