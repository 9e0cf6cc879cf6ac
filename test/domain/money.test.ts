import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fen,
  multiply,
  parsePrice,
  parseYuan,
  percentExactly,
  percentOf,
  priceNumber,
  priceOf,
  priceText,
  roundToFen,
  shareOut,
  sumOf,
  timesExactly,
  yuanNumber,
  yuanText,
  type Price,
} from "../../src/domain/money.js";

const amounts = fc.integer({ min: -1e13, max: 1e13 }).map(fen);

describe("writing amounts", () => {
  it.each([
    [0, "0.00"],
    [5, "0.05"],
    [5000, "50.00"],
    [123456, "1234.56"],
    [-5, "-0.05"],
    [-12345, "-123.45"],
  ])("writes %i fen as %s", (amount, text) => {
    expect(yuanText(fen(amount))).toBe(text);
  });

  it("gives cells and facts the double nearest to the decimal", () => {
    fc.assert(fc.property(amounts, (amount) => yuanNumber(amount) === Number(yuanText(amount))));
  });

  it("refuses what is no whole number of fen", () => {
    expect(() => fen(0.5)).toThrow(RangeError);
    expect(() => fen(NaN)).toThrow(RangeError);
    expect(() => sumOf([fen(Number.MAX_SAFE_INTEGER), fen(1)])).toThrow(RangeError);
  });

  it("has no negative zero", () => {
    expect(Object.is(fen(-0), 0)).toBe(true);
    expect(Object.is(multiply(fen(-5), 0), 0)).toBe(true);
    expect(Object.is(shareOut(fen(-1), [1, 0])[1], 0)).toBe(true);
  });
});

describe("reading amounts", () => {
  it.each([
    ["1234.5", 123450],
    ["1,234.50", 123450],
    ["１，２３４．５０", 123450],
    ["￥1,234.50", 123450],
    ["¥ 1234.5元", 123450],
    ["1234.5 元", 123450],
    ["RMB 50", 5000],
    ["rmb50.00", 5000],
    ["人民币50元整", 5000],
    ["50 CNY", 5000],
    ["50块", 5000],
    ["1.2万", 1_200_000],
    ["1.2万元", 1_200_000],
    ["3千元", 300_000],
    ["1.23456万", 1_234_560],
    ["0.5亿元", 5_000_000_000],
    ["一百二十元", 12_000],
    ["三万五", 3_500_000],
    ["0", 0],
    ["0.005", 1],
    ["0.0049", 0],
    ["  88  ", 8800],
  ])("reads %s", (text, amount) => {
    expect(parseYuan(text)).toBe(amount);
  });

  it.each([
    "",
    "abc",
    "约500",
    "500左右",
    "1,2345",
    "1.2.3",
    "12,34",
    "5 0",
    "5-10元",
    "$50",
    "1e5",
    "元",
    "¥",
    "--5",
    "1..5",
    "十元五",
  ])("refuses %j", (text) => {
    expect(parseYuan(text, { negative: true })).toBeUndefined();
  });

  it("reads negative amounts only where they are asked for", () => {
    for (const text of ["-50", "－50", "−50元", "¥-50", "-￥50", "(50.00)"]) {
      expect(parseYuan(text), text).toBeUndefined();
      expect(parseYuan(text, { negative: true }), text).toBe(-5000);
    }
    expect(parseYuan(-0.5)).toBeUndefined();
    expect(parseYuan(-0.5, { negative: true })).toBe(-50);
    expect(parseYuan("+50")).toBe(5000);
  });

  it("rounds half up the decimal that people see in the cell, not its binary shadow", () => {
    expect(parseYuan(1.005)).toBe(101);
    expect(parseYuan(0.145)).toBe(15);
    expect(parseYuan(4.35 * 0.1)).toBe(44); // 0.43499999999999994
    expect(parseYuan(0.1 + 0.2)).toBe(30);
    expect(parseYuan(1.0049)).toBe(100);
  });

  it("refuses numbers that are no amount", () => {
    for (const value of [NaN, Infinity, 1e300, 1e15]) expect(parseYuan(value), String(value)).toBeUndefined();
    expect(parseYuan("99999999999999999999")).toBeUndefined();
  });

  it("reads back what it writes, from text and from numbers", () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(parseYuan(yuanText(amount), { negative: true })).toBe(amount);
        expect(parseYuan(yuanNumber(amount), { negative: true })).toBe(amount);
      }),
    );
  });
});

describe("products and percentages", () => {
  it("rounds half up to the fen", () => {
    expect(multiply(fen(1), 0.5)).toBe(1);
    expect(multiply(fen(1), 0.49)).toBe(0);
    expect(multiply(fen(335), "0.1")).toBe(34);
    expect(multiply(fen(100), 1.005)).toBe(101);
    expect(percentOf(fen(333), 50)).toBe(167);
    expect(percentOf(fen(10_000), 3)).toBe(300);
    expect(percentOf(fen(1005), "10")).toBe(101);
  });

  it("multiplies by whole numbers exactly", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 1000 }), (amount, times) => {
        expect(multiply(fen(amount), times)).toBe(amount * times);
        expect(multiply(fen(amount), String(times))).toBe(amount * times);
      }),
    );
  });

  it("is never more than half a fen off, checked in whole numbers", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), fc.integer({ min: 0, max: 100_000 }), (amount, thousandths) => {
        const product = BigInt(amount) * BigInt(thousandths);
        const expected = (product + 500n) / 1000n;
        expect(BigInt(multiply(fen(amount), thousandths / 1000))).toBe(expected);
        expect(BigInt(percentOf(fen(amount), thousandths / 10))).toBe(expected);
      }),
    );
  });

  it("refuses factors that are no finite decimal, and products too large to be exact", () => {
    expect(() => multiply(fen(1), NaN)).toThrow(RangeError);
    expect(() => multiply(fen(1), Infinity)).toThrow(RangeError);
    expect(() => multiply(fen(1), "two")).toThrow(RangeError);
    expect(() => multiply(fen(1), "0x10")).toThrow(RangeError);
    expect(() => percentOf(fen(1), "")).toThrow(RangeError);
    expect(() => multiply(fen(9e15), 2)).toThrow(RangeError);
  });
});

describe("sharing an amount out", () => {
  it.each([
    ["by base points", 10_000, [1, 2, 2], [2000, 4000, 4000]],
    ["decimal base points", 10_000, [1.5, 1, 0.5], [5000, 3333, 1667]],
    ["ties go to the earlier", 100, [1, 1, 1], [34, 33, 33]],
    ["two left over go to the first two", 5, [1, 1, 1], [2, 2, 1]],
    ["nothing for nobody", 101, [0, 1, 0], [0, 101, 0]],
    ["one fen", 1, [1, 3], [0, 1]],
    ["nothing to share", 0, [1, 2], [0, 0]],
    ["a negative amount mirrors the positive one", -100, [1, 1, 1], [-34, -33, -33]],
    ["tenths that binary can't hold", 100, [0.1, 0.2, 0.7], [10, 20, 70]],
  ])("%s", (_name, total, weights, shares) => {
    expect(shareOut(fen(total), weights)).toEqual(shares);
  });

  it("refuses weights that share among nobody", () => {
    expect(() => shareOut(fen(100), [])).toThrow(RangeError);
    expect(() => shareOut(fen(100), [0, 0])).toThrow(RangeError);
    expect(() => shareOut(fen(100), [1, -1])).toThrow(RangeError);
    expect(() => shareOut(fen(100), [1, NaN])).toThrow(RangeError);
    expect(() => shareOut(fen(100), [Infinity])).toThrow(RangeError);
  });

  const weightLists = fc
    .array(
      fc.oneof(
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: 0, max: 100_000 }).map((w) => w / 100),
      ),
      {
        minLength: 1,
        maxLength: 12,
      },
    )
    .filter((weights) => weights.some((weight) => weight > 0));

  it("always adds up to the amount, each share within a fen of its due, equal weights within a fen of each other", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }).map(fen), weightLists, (total, weights) => {
        const shares = shareOut(total, weights);
        expect(sumOf(shares)).toBe(total);
        const units = weights.map((weight) => BigInt(Math.round(weight * 100)));
        const sum = units.reduce((a, b) => a + b, 0n);
        shares.forEach((share, i) => {
          const floor = (BigInt(total) * units[i]!) / sum;
          expect(BigInt(share) - floor === 0n || BigInt(share) - floor === 1n).toBe(true);
          if (weights[i] === 0) expect(share).toBe(0);
          const later = weights.findIndex((weight, j) => j > i && weight === weights[i]);
          if (later > 0) expect(share - shares[later]!).toBeGreaterThanOrEqual(0);
        });
      }),
    );
  });

  it("gives a greater weight no smaller share", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }).map(fen), weightLists, (total, weights) => {
        const shares = shareOut(total, weights);
        for (const [i, a] of weights.entries())
          for (const [j, b] of weights.entries()) if (a > b) expect(shares[i]).toBeGreaterThanOrEqual(shares[j]!);
      }),
    );
  });
});

describe("exact prices", () => {
  const price = (value: string | number): Price => parsePrice(value)!;

  it.each([
    [0.335, "0.335", "0.335"],
    ["￥1.2345", "1.2345", "1.2345"],
    ["12.50元", "12.5", "12.50"],
    ["1,200", "1200", "1200.00"],
    [0.1 + 0.2, "0.3", "0.30"],
    ["0.000", "0", "0.00"],
    ["１．２５", "1.25", "1.25"],
  ])("%j keeps the decimals that were written", (written, exact, shown) => {
    expect(price(written)).toBe(exact);
    expect(priceText(price(written))).toBe(shown);
    expect(priceNumber(price(written))).toBe(Number(exact));
  });

  it.each(["-1", "好几块", "", "1.2.3", NaN, Infinity])("%j is no price", (written) => {
    expect(parsePrice(written)).toBeUndefined();
  });

  it("a product is rounded once, at the end", () => {
    // 0.335 rounded first would be 0.34, and 1000 of them 340.00.
    expect(yuanText(roundToFen(timesExactly(price(0.335), 1000)))).toBe("335.00");
    expect(yuanText(roundToFen(percentExactly(timesExactly(price("0.335"), 3), 10)))).toBe("0.10");
    expect(yuanText(roundToFen(timesExactly(price("0.005"), 1)))).toBe("0.01");
  });

  it("an amount in fen is the same exact amount", () => {
    fc.assert(fc.property(amounts, (amount) => roundToFen(priceOf(amount)) === amount));
  });

  it("the order of factors and of the per cent changes nothing", () => {
    const decimal = fc.tuple(fc.nat(1_000_000), fc.nat(9999)).map(([whole, part]) => `${whole}.${part}`);
    fc.assert(
      fc.property(decimal, decimal, decimal, (a, b, c) => {
        const one = percentExactly(timesExactly(price(a), b), c);
        expect(timesExactly(percentExactly(price(b), c), a)).toBe(one);
      }),
    );
  });

  it("what is shown, calculated in whole numbers, is the product", () => {
    const places = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(fc.nat(1e7), places, fc.nat(1e6), (digits, decimals, quantity) => {
        const scale = 10n ** BigInt(decimals);
        const written = `${BigInt(digits) / scale}.${String(BigInt(digits) % scale).padStart(decimals, "0") || "0"}`;
        const fenTimes2 = (BigInt(digits) * BigInt(quantity) * 200n) / scale;
        expect(BigInt(roundToFen(timesExactly(price(written), quantity)))).toBe((fenTimes2 + 1n) / 2n);
      }),
    );
  });
});
