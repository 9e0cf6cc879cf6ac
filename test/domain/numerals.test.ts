import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readChineseWhole, readDecimal } from "../../src/domain/numerals.js";

/** An independent writer: everyday numerals below 100 million, with 零 for any gap. */
function everyday(n: number): string {
  const digits = "零一二三四五六七八九";
  const section = (value: number): string => {
    let text = "";
    let gap = false;
    for (const [unit, name] of [
      [1000, "千"],
      [100, "百"],
      [10, "十"],
      [1, ""],
    ] as const) {
      const digit = Math.floor(value / unit) % 10;
      if (digit === 0) gap = text !== "";
      else {
        text += `${gap ? "零" : ""}${digits.charAt(digit)}${name}`;
        gap = false;
      }
    }
    return text;
  };
  const wan = Math.floor(n / 10_000);
  const ones = n % 10_000;
  if (wan === 0) return section(ones);
  return `${section(wan)}万${ones === 0 ? "" : `${ones < 1000 ? "零" : ""}${section(ones)}`}`;
}

describe("Chinese numerals", () => {
  it.each([
    ["零", 0],
    ["十", 10],
    ["十五", 15],
    ["二十", 20],
    ["廿一", 21],
    ["卅", 30],
    ["一百二十", 120],
    ["一百零五", 105],
    ["一百一", 110],
    ["两千零五", 2005],
    ["三万五", 35_000],
    ["三万零五", 30_005],
    ["壹拾万柒仟", 107_000],
    ["十二万三千四百五十六", 123_456],
    ["一亿零三十万", 100_300_000],
    ["二〇二六", 2026],
    ["一二〇", 120],
    ["一二三四五六七八九〇一二三四五", 123_456_789_012_345],
  ])("reads %s", (text, value) => {
    expect(readChineseWhole(text)).toBe(value);
  });

  it.each([
    "",
    "百",
    "一一十",
    "二百三百",
    "一十百",
    "万",
    "一万万二",
    "五甲",
    "百二",
    "十十",
    "一千零百",
    "一百零",
    "零十",
  ])("refuses %j", (text) => {
    expect(readChineseWhole(text)).toBeUndefined();
  });

  it("reads every number that is written in full", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), (n) => {
        expect(readChineseWhole(everyday(n))).toBe(n);
      }),
    );
  });
});

describe("decimal literals", () => {
  it.each([
    ["12", "12"],
    ["1,200", "1200"],
    ["1,234,567.80", "1234567.80"],
    ["1.2万", "12000"],
    ["1.23456万", "12345.6"],
    ["1.234567 万", "12345.67"],
    ["3百", "300"],
    ["2亿", "200000000"],
    ["5十万", "500000"],
    ["一点五", "1.5"],
    ["零点零五", "0.05"],
    ["一百二十", "120"],
  ])("reads %s as %s", (text, literal) => {
    expect(readDecimal(text)).toBe(literal);
  });

  it.each(["", "1,20", "1.", ".5", "1 2", "12台", "-5", "一点", "点五", "一点五点六", "1万2"])("refuses %j", (text) => {
    expect(readDecimal(text)).toBeUndefined();
  });
});
