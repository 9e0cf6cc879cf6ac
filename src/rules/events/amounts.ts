import type { z } from "zod";
import type { ComplaintInputs } from "../../domain/complaint.js";
import {
  parsePrice,
  percentExactly,
  percentOf,
  priceOf,
  priceText,
  roundToFen,
  timesExactly,
  yuanText,
  type Fen,
  type Price,
} from "../../domain/money.js";
import type { FactRow } from "../fact-row.js";
import type { FactName } from "../facts.js";
import type { JsonPath } from "../json-source.js";
import type { Tier } from "../schema-parts.js";
import type { EventChecks, Resolved, SchemaParts, Written } from "./event-kind.js";

/** Amounts: a closed set of named formulas, each with its shape, what it reads, and how it is worked out. */

/** What an amount is worked out from. `bonus` is the 月绩效奖金 of whoever bears it. */
export interface AmountRow {
  readonly inputs: ComplaintInputs;
  readonly facts: FactRow;
  readonly bonus?: Fen | undefined;
  /** 基点数 of whoever bears it. */
  readonly basePoints?: number | undefined;
}

/**
 * An amount with the working shown, or what is missing. Amounts are half up to the fen; `exact` is what the working of a
 * shared one comes to before that.
 */
export type Amount =
  | { readonly amount: Fen; readonly formula: string; readonly exact?: Price }
  | { readonly missing: FactName | "monthlyBonus" | "basePoints" };

interface AmountKind<Shape extends z.ZodType> {
  readonly about?: string;
  readonly shape: (parts: SchemaParts) => Shape;
  /** The amount is borne together: by base points or written shares, or by all alike. Left out: each bears it. */
  readonly shared?: "by-weight" | "equally";
  /** Columns and facts of the row that it is worked out from. */
  reads(formula: Written<z.infer<Shape>>): readonly FactName[];
  check?(formula: z.infer<Shape>, checks: EventChecks, at: JsonPath): void;
  work(formula: Resolved<z.infer<Shape>>, row: AmountRow): Amount;
}

/** So that each formula's functions are held to its own shape. */
function amount<Shape extends z.ZodType>(kind: AmountKind<Shape>): AmountKind<Shape> {
  return kind;
}

const PRICE: readonly FactName[] = ["unitPrice", "quantity"];

export const AMOUNTS = {
  fixed: amount({
    shape: ({ z, numberRef, factName }) =>
      z.strictObject({
        formula: z.literal("fixed"),
        amount: numberRef.describe("yuan"),
        times: numberRef.optional().describe("1 if not given"),
        count: factName
          .optional()
          .describe("How many times it is due by the row: misconductTimes; once if it does not say"),
      }),
    reads: ({ count }) => (count === undefined ? [] : [count]),
    check({ count }, checks, at) {
      if (count !== undefined) checks.numberFact(count, [...at, "count"]);
    },
    work({ amount, times, count }, { facts }) {
      const one = yuan(amount);
      const counted = count === undefined ? undefined : facts.get(count);
      const factors = [times, typeof counted === "number" && counted !== 1 ? counted : undefined].filter(
        (factor) => factor !== undefined,
      );
      return {
        amount: roundToFen(timesExactly(priceOf(one), ...factors)),
        formula: [yuanText(one), ...factors].join("×"),
      };
    },
  }),
  "share-by-base-points": amount({
    about: "base × rate ÷ Σ base points of the unit × the person's base points; the shares add up",
    shape: ({ z, baseColumn, numberRef }) =>
      z.strictObject({
        formula: z.literal("share-by-base-points"),
        base: baseColumn,
        rate: numberRef.describe("per cent of the base that is shared").optional(),
      }),
    shared: "by-weight",
    reads: ({ base }) => [base],
    work: (formula, row) => shareOfBase(formula, row),
  }),
  "equal-shares": amount({
    about: "base × rate in equal shares that add up",
    shape: ({ z, baseColumn, numberRef }) =>
      z.strictObject({ formula: z.literal("equal-shares"), base: baseColumn, rate: numberRef.optional() }),
    shared: "equally",
    reads: ({ base }) => [base],
    work: (formula, row) => shareOfBase(formula, row),
  }),
  "percent-of-bonus": amount({
    shape: ({ z, numberRef }) =>
      z.strictObject({ formula: z.literal("percent-of-bonus"), rate: numberRef.describe("per cent of 月绩效奖金") }),
    reads: () => [],
    work: ({ rate }, { bonus }) => percentOfBonus(bonus, rate),
  }),
  "tiered-percent-of-bonus": amount({
    shape: ({ z, factName, parameterRef }) =>
      z.strictObject({
        formula: z.literal("tiered-percent-of-bonus"),
        by: factName,
        tiers: parameterRef.describe("A tier table whose values are per cent of 月绩效奖金"),
      }),
    reads: ({ by }) => [by],
    check({ by, tiers }, checks, at) {
      checks.numberFact(by, [...at, "by"]);
      checks.tierValues(tiers.parameter, "number", [...at, "tiers"]);
    },
    work({ by, tiers }, { facts, bonus }) {
      const value = facts.get(by);
      if (typeof value !== "number") return { missing: by };
      return percentOfBonus(bonus, Number(tierOf(tiers, value)));
    },
  }),
  "fixed-per-month": amount({
    shape: ({ z, factName, numberRef }) =>
      z.strictObject({
        formula: z.literal("fixed-per-month"),
        amount: numberRef,
        months: factName.describe("How many months"),
        times: numberRef.optional(),
      }),
    reads: ({ months }) => [months],
    check({ months }, checks, at) {
      checks.numberFact(months, [...at, "months"]);
    },
    work({ amount, months, times }, { facts }) {
      const count = Number(facts.get(months) ?? 0);
      const each = price(amount);
      const shown = `${priceText(each)}${times === undefined ? "" : `×${times}`}`;
      return { amount: roundToFen(timesExactly(each, times ?? 1, count)), formula: `${shown}×${count}个月` };
    },
  }),
  "percent-of-price": amount({
    about: "单价 × 数量 × rate (数量 blank: 1)",
    shape: ({ z, numberRef }) => z.strictObject({ formula: z.literal("percent-of-price"), rate: numberRef }),
    reads: () => PRICE,
    work({ rate }, { inputs: { unitPrice, quantity = 1 } }) {
      if (unitPrice === undefined) return { missing: "unitPrice" };
      return {
        amount: roundToFen(percentExactly(timesExactly(unitPrice, quantity), rate)),
        formula: `${priceText(unitPrice)}×${quantity}×${rate}%`,
      };
    },
  }),
  "percent-of-base": amount({
    about: "base × rate, at least and at most so much",
    shape: ({ z, baseColumn, numberRef }) =>
      z.strictObject({
        formula: z.literal("percent-of-base"),
        base: baseColumn,
        rate: numberRef.describe("per cent of the base"),
        least: numberRef.optional().describe("yuan"),
        most: numberRef.optional().describe("yuan"),
      }),
    reads: ({ base }) => [base],
    work({ base, rate, least, most }, row) {
      const part = shareOfBase({ base, rate }, row);
      return "missing" in part ? part : within(part, { least, most });
    },
  }),
  "tiered-amount": amount({
    about: "yuan by a table: of a sum, of days late, of a number of times",
    shape: ({ z, factName, parameterRef }) =>
      z.strictObject({
        formula: z.literal("tiered-amount"),
        by: factName,
        tiers: parameterRef.describe("A tier table whose values are yuan"),
      }),
    reads: ({ by }) => [by],
    check({ by, tiers }, checks, at) {
      checks.numberFact(by, [...at, "by"]);
      checks.tierValues(tiers.parameter, "number", [...at, "tiers"]);
    },
    work({ by, tiers }, { facts }) {
      const value = facts.get(by);
      if (typeof value !== "number") return { missing: by };
      const sum = yuan(Number(tierOf(tiers, value)));
      return { amount: sum, formula: yuanText(sum) };
    },
  }),
  "per-count": amount({
    about: "yuan for each day late, each time, each household … up to a most",
    shape: ({ z, factName, numberRef }) =>
      z.strictObject({
        formula: z.literal("per-count"),
        amount: numberRef.describe("yuan for each"),
        count: factName.describe("How many: daysPastClose, deliveryDelayDays, households …"),
        most: numberRef.optional().describe("yuan at most"),
      }),
    reads: ({ count }) => [count],
    check({ count }, checks, at) {
      checks.numberFact(count, [...at, "count"]);
    },
    work({ amount, count, most }, { facts }) {
      const value = facts.get(count);
      if (typeof value !== "number") return { missing: count };
      const times = Math.max(0, value);
      const each = price(amount);
      return within(
        { amount: roundToFen(timesExactly(each, times)), formula: `${priceText(each)}×${times}` },
        { most },
      );
    },
  }),
  "amount-per-point": amount({
    about: "基点数 of whoever bears it × yuan a point",
    shape: ({ z, numberRef }) =>
      z.strictObject({ formula: z.literal("amount-per-point"), amount: numberRef.describe("yuan a point") }),
    reads: () => [],
    work({ amount }, { basePoints }) {
      if (basePoints === undefined) return { missing: "basePoints" };
      const each = price(amount);
      return { amount: roundToFen(timesExactly(each, basePoints)), formula: `${priceText(each)}×${basePoints}` };
    },
  }),
  "price-times": amount({
    about: "单价 × 数量 × 补偿倍数 (数量 blank: 1)",
    shape: ({ z, numberRef }) =>
      z.strictObject({ formula: z.literal("price-times"), times: numberRef.describe("used when 补偿倍数 is blank") }),
    reads: () => [...PRICE, "compensationTimes"],
    work({ times }, { inputs: { unitPrice, quantity = 1, compensationTimes = times } }) {
      if (unitPrice === undefined) return { missing: "unitPrice" };
      return {
        amount: roundToFen(timesExactly(unitPrice, quantity, compensationTimes)),
        formula: `${priceText(unitPrice)}×${quantity}×${compensationTimes}`,
      };
    },
  }),
};

type Kinds = typeof AMOUNTS;
export type FormulaName = keyof Kinds;
export type AmountFormula = { [Name in FormulaName]: z.infer<ReturnType<Kinds[Name]["shape"]>> }[FormulaName];
/** A named formula with the values it has on the day. */
export type ResolvedAmount = Resolved<AmountFormula>;

/** The object of a formula. The name and the rest of a formula belong together by the schema, which types can't follow. */
function kindOf({ formula }: { readonly formula: FormulaName }): AmountKind<z.ZodType<AmountFormula>> {
  return AMOUNTS[formula];
}

/** Columns and facts of the row that an amount is worked out from. */
export function amountReads(formula: Written<AmountFormula>): readonly FactName[] {
  return kindOf(formula).reads(formula);
}

export function checkAmount(formula: AmountFormula, checks: EventChecks, at: JsonPath): void {
  kindOf(formula).check?.(formula, checks, at);
}

/** How an amount is borne together; undefined where each bears it. */
export function amountShared(formula: ResolvedAmount): "by-weight" | "equally" | undefined {
  return kindOf(formula).shared;
}

/** One amount by its formula; of a shared one, what is shared. */
export function workAmount(formula: ResolvedAmount, row: AmountRow): Amount {
  return kindOf(formula).work(formula, row);
}

function shareOfBase(
  {
    base,
    rate = 100,
  }: {
    readonly base: "loss" | "claim" | "repairCost" | "unitPrice" | "receivable";
    readonly rate?: number | undefined;
  },
  { inputs }: AmountRow,
): Amount {
  const value = inputs[base];
  if (value === undefined) return { missing: base };
  const written = typeof value === "number" ? priceOf(value) : value;
  const exact = percentExactly(written, rate);
  return {
    amount: roundToFen(exact),
    formula: `${priceText(written)}${rate === 100 ? "" : `×${rate}%`}`,
    exact,
  };
}

/** Held within bounds; the formula then shows the bound, and beside it what it stands for. */
function within(
  { amount, formula }: { readonly amount: Fen; readonly formula: string },
  { least, most }: { readonly least?: number | undefined; readonly most?: number | undefined },
): Amount {
  if (most !== undefined && amount > yuan(most)) return { amount: yuan(most), formula: bound(most, formula, "最高") };
  if (least !== undefined && amount < yuan(least))
    return { amount: yuan(least), formula: bound(least, formula, "最低") };
  return { amount, formula };
}

function bound(limit: number, formula: string, word: string): string {
  return `${yuanText(yuan(limit))}（${formula}，按${word}）`;
}

function percentOfBonus(bonus: Fen | undefined, rate: number): Amount {
  if (bonus === undefined) return { missing: "monthlyBonus" };
  return { amount: percentOf(bonus, rate), formula: `月绩效奖金${yuanText(bonus)}×${rate}%` };
}

/** The value of the first tier whose upper bound is not exceeded. The loader has seen to it that the last is open. */
export function tierOf(tiers: readonly Tier[], by: number): string | number {
  const found = tiers.find((tier) => tier.upTo === undefined || by <= tier.upTo);
  if (!found) throw new RangeError(`no tier for ${by}`);
  return found.value;
}

/** An amount that stands in a rule file as yuan. */
function yuan(amount: number): Fen {
  return roundToFen(price(amount));
}

/** The same with every decimal that the file has. */
function price(amount: number): Price {
  const exact = parsePrice(amount, { negative: true });
  if (exact === undefined) throw new RangeError(`no amount: ${amount}`);
  return exact;
}
