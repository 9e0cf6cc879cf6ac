import type { Outcome } from "../process/outcome.js";
import type { MonthMoney } from "./messages.js";

/** What a month's penalties and deductions come to; nothing where no ledger has been judged. */
export function monthMoney(outcome: Outcome | undefined, month: string): MonthMoney {
  const { deductions, penalties } = outcome ?? { deductions: [], penalties: [] };
  return {
    month,
    deductions: deductions.filter((deduction) => deduction.month === month),
    penalties: penalties.filter((penalty) => penalty.month === month),
  };
}
