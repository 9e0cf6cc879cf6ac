import { column, isColumnId } from "../domain/columns.js";
import type { ComplaintInputs } from "../domain/complaint.js";
import { fen, percentOf, priceOf, shareExactly, shareOut, yuanText, type Fen } from "../domain/money.js";
import { amountShared, workAmount, type Amount, type ResolvedAmount } from "../rules/events/amounts.js";
import type { FactRow } from "../rules/fact-row.js";
import type { FactName } from "../rules/facts.js";
import type { Bearer, Bearers } from "./bearers.js";
import type { SentenceKey } from "./sentences.js";

export interface AmountNote {
  readonly key: SentenceKey;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Each bearer's amount, in the order of the bearers; a bearer whose amount can't be worked out is a note. */
export interface PricedBearers {
  readonly priced: readonly { readonly bearer: Bearer; readonly amount: Fen; readonly formula: string }[];
  readonly notes: readonly AmountNote[];
}

/** Prices a penalty for everyone who bears it. Shares of one amount always add up to it (largest remainder). */
export function priceBearers(
  formula: ResolvedAmount,
  found: Bearers,
  inputs: ComplaintInputs,
  facts: FactRow,
  reason: string,
): PricedBearers {
  const { bearers } = found;
  if (bearers.length === 0) return { priced: [], notes: [] };
  const shared = amountShared(formula);
  if (shared !== undefined) {
    const whole = workAmount(formula, { inputs, facts });
    if ("missing" in whole) return { priced: [], notes: [amountNote(whole.missing, reason)] };
    return { priced: sharesOf(whole, found, shared), notes: [] };
  }
  const priced: { bearer: Bearer; amount: Fen; formula: string }[] = [];
  const notes: AmountNote[] = [];
  for (const bearer of bearers) {
    const { monthlyBonus: bonus, basePoints } = bearer.person ?? {};
    const result = workAmount(formula, { inputs, facts, bonus, basePoints });
    if ("missing" in result) notes.push(amountNote(result.missing, reason, bearer.name));
    else priced.push({ bearer, amount: result.amount, formula: result.formula });
  }
  return { priced, notes };
}

/** Everyone's share of one amount, by weight or all alike. */
function sharesOf(
  { amount, formula: working, exact = priceOf(amount) }: Exclude<Amount, { readonly missing: unknown }>,
  { bearers, weighting }: Bearers,
  shared: "by-weight" | "equally",
): PricedBearers["priced"] {
  const equal = shared === "equally" || weighting === "equal";
  const weights = bearers.map((bearer) => (equal ? 1 : bearer.weight));
  const shares = shareOut(amount, weights);
  const sum = Number(weights.reduce((a, b) => a + b, 0).toFixed(6));
  if (bearers.length === 1) return [{ bearer: bearers[0]!, amount: shares[0]!, formula: working }];
  const written = weighting === "written-shares" && !equal;
  return bearers.map((bearer, i) => {
    const weight = weights[i]!;
    const [share, shown] = [shares[i]!, shareExactly(exact, weight, written ? 100 : sum)];
    const formula = written ? `${working}×${weight}%` : `${working}÷${sum}×${weight}`;
    return { bearer, amount: share, formula: `${formula}${remainder(share - shown)}` };
  });
}

/** The fen by which a share differs from its formula, so that all of them add up; the formula stays true. */
function remainder(difference: number): string {
  if (difference === 0) return "";
  return `${difference > 0 ? "+" : "-"}${yuanText(fen(Math.abs(difference)))}（尾差）`;
}

/** What is said where an amount can't be worked out. */
export function amountNote(missing: FactName | "monthlyBonus" | "basePoints", reason: string, name = ""): AmountNote {
  if (missing === "basePoints") return { key: "amount.points-missing", params: { name, reason } };
  if (missing === "monthlyBonus") return { key: "amount.bonus-missing", params: { name, reason } };
  const header = isColumnId(missing) ? column(missing).header : missing;
  return { key: "amount.base-missing", params: { header, reason } };
}

/** 返修费用 between factory and customer: the factory's share is worked out first and the rest is the customer's, so they add up. */
export function splitCost(cost: Fen, percent: number): { readonly factory: Fen; readonly customer: Fen } {
  const factory = percentOf(cost, percent);
  return { factory, customer: fen(cost - factory) };
}

/** The most that may be posted of returned goods: 核定退货量 × (1 + tolerance). Exact for decimals a clerk writes. */
export function returnLimit(approved: number, tolerancePercent: number): number {
  return Number((approved * (1 + tolerancePercent / 100)).toPrecision(12));
}
