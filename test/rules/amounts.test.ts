import { describe, expect, test } from "vitest";
import { fen, yuanText } from "../../src/domain/money.js";
import { workAmount, type AmountRow, type ResolvedAmount } from "../../src/rules/events/amounts.js";
import { FactRow } from "../../src/rules/fact-row.js";
import type { FactName, FactValue } from "../../src/rules/facts.js";

function row(facts: Partial<Record<FactName, FactValue>>, rest: Partial<AmountRow> = {}): AmountRow {
  const filled = new FactRow();
  for (const [name, value] of Object.entries(facts)) filled.set(name as FactName, value);
  return { inputs: {}, facts: filled, ...rest };
}

const worked = (formula: ResolvedAmount, of: AmountRow): string => {
  const result = workAmount(formula, of);
  return "missing" in result ? `missing ${result.missing}` : `${yuanText(result.amount)} = ${result.formula}`;
};

const loss = (sum: number): AmountRow => row({}, { inputs: { loss: fen(Math.round(sum * 100)) } });

describe("amounts that people need for their own regulations", () => {
  const percent: ResolvedAmount = { formula: "percent-of-base", base: "loss", rate: 10, least: 50, most: 500 };
  test.each([
    [499.9, "50.00 = 50.00（499.90×10%，按最低）"],
    [500, "50.00 = 500.00×10%"],
    [5000, "500.00 = 5000.00×10%"],
    [5000.1, "500.00 = 500.00（5000.10×10%，按最高）"],
  ])("ten per cent of a loss of %d, at least 50 and at most 500: %s", (sum, expected) => {
    expect(worked(percent, loss(sum))).toBe(expected);
  });
  test("without a loss nothing is worked out", () => {
    expect(worked(percent, row({}))).toBe("missing loss");
  });

  const tiers = [{ upTo: 3, value: 100 }, { upTo: 10, value: 300 }, { value: 1000 }];
  test.each([
    [3, "100.00"],
    [4, "300.00"],
    [10, "300.00"],
    [11, "1000.00"],
  ])("%d days late by the table: %s", (days, expected) => {
    expect(worked({ formula: "tiered-amount", by: "daysPastClose", tiers }, row({ daysPastClose: days }))).toBe(
      `${expected} = ${expected}`,
    );
  });

  test.each([
    [0, "0.00 = 20.00×0"],
    [5, "100.00 = 20.00×5"],
    [6, "100.00 = 100.00（20.00×6，按最高）"],
    [-2, "0.00 = 20.00×0"],
  ])("20 yuan a day, at most 100, for %d days: %s", (days, expected) => {
    const formula: ResolvedAmount = { formula: "per-count", amount: 20, count: "deliveryDelayDays", most: 100 };
    expect(worked(formula, row({ deliveryDelayDays: days }))).toBe(expected);
  });

  test("so much a base point of whoever bears it; without base points it is asked for", () => {
    const formula: ResolvedAmount = { formula: "amount-per-point", amount: 2.5 };
    expect(worked(formula, row({}, { basePoints: 12 }))).toBe("30.00 = 2.50×12");
    expect(worked(formula, row({}))).toBe("missing basePoints");
  });
});
