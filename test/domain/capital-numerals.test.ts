import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { capitalNumerals, readCapitalNumerals } from "../../src/domain/capital-numerals.js";
import { fen } from "../../src/domain/money.js";

describe("capital numerals", () => {
  it.each([
    // 支付结算办法 附一 item 3, with 整 after 角 as 会计基础工作规范 art. 52 wants it.
    [140_950, "壹仟肆佰零玖元伍角整"],
    [600_714, "陆仟零柒元壹角肆分"],
    [168_032, "壹仟陆佰捌拾元零叁角贰分"],
    [10_700_053, "壹拾万柒仟元零伍角叁分"],
    [1_640_902, "壹万陆仟肆佰零玖元零贰分"],
    [32_504, "叁佰贰拾伍元零肆分"],
  ])("writes the official example %i fen as %s", (amount, text) => {
    expect(capitalNumerals(fen(amount))).toBe(text);
  });

  it.each([
    [0, "零元整"],
    [5, "伍分"],
    [50, "伍角整"],
    [55, "伍角伍分"],
    [100, "壹元整"],
    [101, "壹元零壹分"],
    [110, "壹元壹角整"],
    [1000, "壹拾元整"],
    [1010, "壹拾元零壹角整"],
    [5000, "伍拾元整"],
    [10_500, "壹佰零伍元整"],
    [100_500, "壹仟零伍元整"],
    [1_000_000, "壹万元整"],
    [1_000_500, "壹万零伍元整"],
    [1_005_000, "壹万零伍拾元整"],
    [1_050_000, "壹万零伍佰元整"],
    [1_500_000, "壹万伍仟元整"],
    [10_000_000, "壹拾万元整"],
    [100_000_000, "壹佰万元整"],
    [100_000_100, "壹佰万零壹元整"],
    [10_000_000_000, "壹亿元整"],
    [10_000_000_001, "壹亿元零壹分"],
    [10_000_500_000, "壹亿零伍仟元整"],
    [10_000_000_500, "壹亿零伍元整"],
    [10_500_000_000, "壹亿零伍佰万元整"],
    [15_000_000_000, "壹亿伍仟万元整"],
    [99_999_999_999_999, "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"],
  ])("writes %i fen as %s", (amount, text) => {
    expect(capitalNumerals(fen(amount))).toBe(text);
  });

  it("refuses negative amounts and those from a trillion yuan on", () => {
    expect(() => capitalNumerals(fen(-1))).toThrow(RangeError);
    expect(() => capitalNumerals(fen(100_000_000_000_000))).toThrow(RangeError);
  });
});

describe("reading capital numerals", () => {
  it.each([
    ["人民币壹仟肆佰零玖元伍角", 140_950],
    ["壹仟肆佰零玖圆伍角正", 140_950],
    ["壹仟陆佰捌拾元叁角贰分", 168_032],
    ["壹拾万零柒仟元伍角叁分", 10_700_053],
    ["五十元", 5000],
    ["五元五角", 550],
    ["零元整", 0],
  ])("reads %s too, where the rules leave a choice", (text, amount) => {
    expect(readCapitalNumerals(text)).toBe(amount);
  });

  it.each([
    "",
    "整",
    "元整",
    "壹仟",
    "伍拾",
    "壹元壹拾角",
    "壹元壹拾分",
    "壹万亿元",
    "壹元贰元",
    "壹角元",
    "50元",
    "甲元整",
  ])("refuses %j", (text) => {
    expect(readCapitalNumerals(text)).toBeUndefined();
  });

  it("reads back whatever is written", () => {
    const ends = [1, 10, 100, 1000, 10_000, 1_000_000, 100_000_000, 10_000_000_000, 1_000_000_000_000];
    const amounts = fc.oneof(
      fc.integer({ min: 0, max: 99_999_999_999_999 }),
      // Many zeros: the part of the rules that goes wrong.
      fc
        .array(fc.tuple(fc.constantFrom(...ends), fc.integer({ min: 0, max: 9 })), { maxLength: 4 })
        .map((parts) => parts.reduce((sum, [unit, n]) => sum + unit * n, 0)),
    );
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(readCapitalNumerals(capitalNumerals(fen(amount)))).toBe(amount);
      }),
      { numRuns: 2000 },
    );
  });

  it("never writes two 零 in a row nor one before a unit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999_999_999 }), (amount) => {
        expect(capitalNumerals(fen(amount))).not.toMatch(/零零|零[拾佰仟万亿元角分整]|^零/);
      }),
    );
  });
});
