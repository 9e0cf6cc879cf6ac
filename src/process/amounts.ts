import { column } from "../domain/columns.js";
import type { ComplaintInputs } from "../domain/complaint.js";
import { fen, multiply, parseYuan, percentOf, shareOut, yuanText, type Fen } from "../domain/money.js";
import type { FactRow } from "../rules/fact-row.js";
import type { ResolvedEvent } from "../rules/in-force.js";
import type { Tier } from "../rules/pack-schema.js";
import type { Bearer, Bearers } from "./bearers.js";
import type { PeopleIndex } from "./people-index.js";
import type { SentenceKey } from "./sentences.js";

/** A named formula with the values it has on the day. */
export type ResolvedAmount = Extract<ResolvedEvent, { type: "penalty" }>["params"]["amount"];

export interface AmountNote {
  readonly key: SentenceKey;
  readonly params: Readonly<Record<string, string | number>>;
}

/** An amount with the working shown, or what is missing. */
export type Amount = { readonly amount: Fen; readonly formula: string } | { readonly missing: AmountNote };

/** Each bearer's amount, in the order of the bearers; a bearer whose amount can't be worked out is a note. */
export interface PricedBearers {
  readonly priced: readonly { readonly bearer: Bearer; readonly amount: Fen; readonly formula: string }[];
  readonly notes: readonly AmountNote[];
}

/** Prices a penalty for everyone who bears it. Shares of one amount always add up to it (largest remainder). */
export function priceBearers(
  formula: ResolvedAmount,
  { bearers, weighting }: Bearers,
  inputs: ComplaintInputs,
  facts: FactRow,
  people: PeopleIndex,
  reason: string,
): PricedBearers {
  if (bearers.length === 0) return { priced: [], notes: [] };
  if (formula.formula === "share-by-base-points" || formula.formula === "equal-shares") {
    const base = inputs[formula.base];
    if (base === undefined) return { priced: [], notes: [baseMissing(formula.base, reason)] };
    const rate = formula.rate ?? 100;
    const total = percentOf(base, rate);
    const equal = formula.formula === "equal-shares" || weighting === "equal";
    const weights = bearers.map((bearer) => (equal ? 1 : bearer.weight));
    const shares = shareOut(total, weights);
    const sum = Number(weights.reduce((a, b) => a + b, 0).toFixed(6));
    const working = `${yuanText(base)}${rate === 100 ? "" : `×${rate}%`}`;
    return {
      priced: bearers.map((bearer, i) => ({
        bearer,
        amount: shares[i]!,
        formula:
          bearers.length === 1
            ? working
            : weighting === "written-shares" && !equal
              ? `${working}×${weights[i]!}%`
              : `${working}÷${sum}×${weights[i]!}`,
      })),
      notes: [],
    };
  }
  const priced: { bearer: Bearer; amount: Fen; formula: string }[] = [];
  const notes: AmountNote[] = [];
  for (const bearer of bearers) {
    const result = singleAmount(
      formula,
      inputs,
      facts,
      reason,
      people.byName.get(bearer.name)?.monthlyBonus,
      bearer.name,
    );
    if ("missing" in result) notes.push(result.missing);
    else priced.push({ bearer, ...result });
  }
  return { priced, notes };
}

/**
 * One amount by a formula that is not shared. `bonus` is the 月绩效奖金 of `name`, for formulas that ask for it.
 * Amounts are half up to the fen.
 */
export function singleAmount(
  formula: ResolvedAmount,
  inputs: ComplaintInputs,
  facts: FactRow,
  reason: string,
  bonus?: Fen,
  name = "",
): Amount {
  const percentOfBonus = (rate: number): Amount =>
    bonus === undefined
      ? { missing: { key: "amount.bonus-missing", params: { name, reason } } }
      : { amount: percentOf(bonus, rate), formula: `月绩效奖金${yuanText(bonus)}×${rate}%` };
  switch (formula.formula) {
    case "fixed": {
      const amount = yuan(formula.amount);
      return { amount, formula: yuanText(amount) };
    }
    case "fixed-per-month": {
      const months = Number(facts.get(formula.months) ?? 0);
      const each = multiply(yuan(formula.amount), formula.times ?? 1);
      const times = formula.times === undefined ? "" : `×${formula.times}`;
      return { amount: multiply(each, months), formula: `${yuanText(yuan(formula.amount))}${times}×${months}个月` };
    }
    case "percent-of-bonus":
      return percentOfBonus(formula.rate);
    case "tiered-percent-of-bonus": {
      const by = facts.get(formula.by);
      if (typeof by !== "number")
        return { missing: { key: "amount.base-missing", params: { header: formula.by, reason } } };
      return percentOfBonus(Number(tierOf(formula.tiers, by)));
    }
    case "percent-of-price":
    case "price-times": {
      const { unitPrice, quantity = 1 } = inputs;
      if (unitPrice === undefined) return { missing: baseMissing("unitPrice", reason) };
      const price = `${yuanText(unitPrice)}×${quantity}`;
      if (formula.formula === "percent-of-price") {
        return { amount: percentOf(multiply(unitPrice, quantity), formula.rate), formula: `${price}×${formula.rate}%` };
      }
      const times = inputs.compensationTimes ?? formula.times;
      return { amount: multiply(multiply(unitPrice, quantity), times), formula: `${price}×${times}` };
    }
    case "share-by-base-points":
    case "equal-shares": {
      const base = inputs[formula.base];
      if (base === undefined) return { missing: baseMissing(formula.base, reason) };
      const rate = formula.rate ?? 100;
      return { amount: percentOf(base, rate), formula: `${yuanText(base)}${rate === 100 ? "" : `×${rate}%`}` };
    }
  }
}

/** The value of the first tier whose upper bound is not exceeded. The loader has seen to it that the last is open. */
export function tierOf(tiers: readonly Tier[], by: number): string | number {
  const found = tiers.find((tier) => tier.upTo === undefined || by <= tier.upTo);
  if (!found) throw new RangeError(`no tier for ${by}`);
  return found.value;
}

/** An amount that stands in a rule file as yuan. */
export function yuan(amount: number): Fen {
  return parseYuan(amount) ?? fen(Math.round(amount * 100));
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

function baseMissing(base: "loss" | "claim" | "repairCost" | "unitPrice" | "receivable", reason: string): AmountNote {
  return { key: "amount.base-missing", params: { header: column(base).header, reason } };
}
