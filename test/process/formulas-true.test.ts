import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ComplaintInputs, Person } from "../../src/domain/complaint.js";
import { fen, parsePrice, yuanText } from "../../src/domain/money.js";
import { priceBearers } from "../../src/process/amounts.js";
import type { Bearer, Bearers } from "../../src/process/bearers.js";
import { AMOUNTS, type FormulaName, type ResolvedAmount } from "../../src/rules/events/amounts.js";
import { FactRow } from "../../src/rules/fact-row.js";

/**
 * The printed formula, calculated exactly and rounded once, is the printed sum: for every kind of formula, whatever the
 * amounts, rates, prices, points and shares are.
 */

const Exact = Decimal.clone({ precision: 120, rounding: Decimal.ROUND_HALF_UP });

/** A formula as it is printed, worked out from left to right: × and ÷ first, then a remainder of a fen. */
function calculated(formula: string): string {
  // What a bound stands for, and words, say nothing of the sum.
  const plain = formula
    .replace(/（[^）]*）/gu, "")
    .replace("月绩效奖金", "")
    .replace("个月", "");
  const [, product, rest = ""] = /^(.*?)([+-]\d+\.\d\d)?$/u.exec(plain)!;
  const parts = product!.split(/(?=[×÷])/u);
  let value = new Exact(1);
  for (const part of parts) {
    const number = part.replace(/^[×÷]/u, "");
    const factor = number.endsWith("%") ? new Exact(number.slice(0, -1)).div(100) : new Exact(number);
    value = part.startsWith("÷") ? value.div(factor) : value.times(factor);
  }
  return value
    .toDecimalPlaces(2)
    .plus(rest === "" ? 0 : new Exact(rest))
    .toFixed(2);
}

const amount = fc.integer({ min: 0, max: 100_000_000 }).map(fen);
const yuan = fc.integer({ min: 0, max: 1_000_000 }).map((n) => n / 100);
const rate = fc.oneof(
  fc.integer({ min: 0, max: 100 }),
  fc.integer({ min: 0, max: 100_000 }).map((n) => n / 1000),
);
const price = fc.integer({ min: 0, max: 10_000_000 }).map((n) => parsePrice(`${n / 10_000}`)!);
const whole = fc.integer({ min: 0, max: 400 });
const tiers = fc
  .tuple(yuan, yuan, yuan)
  .map(([a, b, c]) => [{ upTo: 10, value: a }, { upTo: 100, value: b }, { value: c }]);
const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(one, { nil: undefined });

/** Random formulas of each kind. A new kind has to be added here, or this does not compile. */
const FORMULAS: { readonly [Name in FormulaName]: fc.Arbitrary<ResolvedAmount> } = {
  fixed: fc.record({
    formula: fc.constant("fixed" as const),
    amount: yuan,
    times: maybe(fc.constantFrom(1, 2, 0.5, 1.333)),
    count: maybe(fc.constant("misconductTimes" as const)),
  }),
  "share-by-base-points": fc.record({
    formula: fc.constant("share-by-base-points" as const),
    base: fc.constantFrom("loss" as const, "unitPrice" as const),
    rate: maybe(rate),
  }),
  "equal-shares": fc.record({
    formula: fc.constant("equal-shares" as const),
    base: fc.constantFrom("loss" as const, "claim" as const),
    rate: maybe(rate),
  }),
  "percent-of-bonus": fc.record({ formula: fc.constant("percent-of-bonus" as const), rate }),
  "tiered-percent-of-bonus": fc.record({
    formula: fc.constant("tiered-percent-of-bonus" as const),
    by: fc.constant("households" as const),
    tiers: fc.tuple(rate, rate).map(([a, b]) => [{ upTo: 10, value: a }, { value: b }]),
  }),
  "fixed-per-month": fc.record({
    formula: fc.constant("fixed-per-month" as const),
    amount: yuan,
    months: fc.constant("monthsPastClose" as const),
    times: maybe(fc.constantFrom(2, 1.5)),
  }),
  "percent-of-price": fc.record({ formula: fc.constant("percent-of-price" as const), rate }),
  "percent-of-base": fc.record({
    formula: fc.constant("percent-of-base" as const),
    base: fc.constantFrom("loss" as const, "claim" as const),
    rate,
    least: maybe(yuan),
    most: maybe(yuan),
  }),
  "tiered-amount": fc.record({
    formula: fc.constant("tiered-amount" as const),
    by: fc.constant("households" as const),
    tiers,
  }),
  "per-count": fc.record({
    formula: fc.constant("per-count" as const),
    amount: yuan,
    count: fc.constant("households" as const),
    most: maybe(yuan),
  }),
  "amount-per-point": fc.record({ formula: fc.constant("amount-per-point" as const), amount: yuan }),
  "price-times": fc.record({ formula: fc.constant("price-times" as const), times: fc.constantFrom(2, 2.5, 5) }),
};

const inputs: fc.Arbitrary<ComplaintInputs> = fc.record({
  receivedAt: fc.constant(0 as never),
  loss: amount,
  claim: amount,
  unitPrice: price,
  quantity: whole,
  compensationTimes: fc.constantFrom(2, 3.25),
});

const points = fc.oneof(
  fc.integer({ min: 1, max: 100 }),
  fc.integer({ min: 1, max: 100_000 }).map((n) => n / 1000),
);

/** Per cent of several persons that add up to a hundred. */
const written = fc
  .array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 4 })
  .map((parts) => [...parts, 20_000 - parts.reduce((a, b) => a + b, 0)].map((n) => n / 200));

const bearers: fc.Arbitrary<Bearers> = fc.oneof(
  fc.array(points, { minLength: 1, maxLength: 7 }).map((weights) => made(weights, "base-points")),
  written.map((weights) => made(weights, "written-shares")),
  fc.integer({ min: 1, max: 7 }).map((n) =>
    made(
      Array.from({ length: n }, () => 1),
      "equal",
    ),
  ),
);

function made(weights: readonly number[], weighting: Bearers["weighting"]): Bearers {
  const one = (weight: number, i: number): Bearer => {
    const person: Person = { name: `P${i}`, basePoints: weight, monthlyBonus: fen(123_457 + i * 101) };
    return {
      subjectType: "个人",
      name: person.name,
      employeeNo: undefined,
      department: undefined,
      weight,
      person,
      known: true,
    };
  };
  return { bearers: weights.map(one), weighting, notes: [] };
}

describe("the printed formula gives the printed sum", () => {
  test.each(Object.keys(AMOUNTS) as FormulaName[])("%s", (name) => {
    fc.assert(
      fc.property(FORMULAS[name], inputs, bearers, whole, (formula, cells, found, n) => {
        const facts = new FactRow();
        facts.set("households", n);
        facts.set("monthsPastClose", n % 13);
        facts.set("misconductTimes", (n % 4) + 1);
        const { priced } = priceBearers(formula, found, cells, facts, "x");
        expect(priced.length).toBe(found.bearers.length);
        let total = 0;
        for (const share of priced) {
          expect(calculated(share.formula), share.formula).toBe(yuanText(share.amount));
          total += share.amount;
        }
        const whole_ = AMOUNTS[name].work(formula as never, { inputs: cells, facts });
        if (AMOUNTS[name].shared && "amount" in whole_) expect(yuanText(fen(total))).toBe(yuanText(whole_.amount));
      }),
      { numRuns: 150 },
    );
  });

  test("a share that takes the fen left over says so", () => {
    const { priced } = priceBearers(
      { formula: "equal-shares", base: "loss" },
      made([1, 1, 1], "equal"),
      { loss: fen(10_000) },
      new FactRow(),
      "x",
    );
    expect(priced.map((share) => `${yuanText(share.amount)} = ${share.formula}`)).toEqual([
      "33.34 = 100.00÷3×1+0.01（尾差）",
      "33.33 = 100.00÷3×1",
      "33.33 = 100.00÷3×1",
    ]);
  });
});
