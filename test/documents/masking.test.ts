import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Masker } from "../../src/documents/masking/masker.js";

describe("what leaves the house", () => {
  const masker = new Masker(["张三", "张四", "欧阳明日", "王平", "王平安", "红星家具有限公司", "Anna Berg", "李"]);

  test.each([
    ["责任人张三，复核王平安", "责任人张*，复核王**"],
    ["张四与张三不是一个人", "张*2与张*不是一个人"],
    ["欧阳明日经办", "欧阳**经办"],
    ["红星家具有限公司退货", "红星****退货"],
    ["Anna Berg called", "A*** B*** called"],
    ["来电13812345678，另留021-55667788", "来电138****5678，另留021-****7788"],
    ["订单26031001，数量1200，2026-03-31 18:00", "订单26031001，数量1200，2026-03-31 18:00"],
    ["李子坏了", "李子坏了"],
  ])("%s", (text, hidden) => {
    expect(masker.text(text)).toBe(hidden);
  });

  test("is hidden as deep as it lies; figures stay figures", () => {
    const given = { rows: [{ name: "张三", sum: 120, days: new Map([["王平", ["13812345678"]]]) }] };
    expect(masker.all(given)).toEqual({ rows: [{ name: "张*", sum: 120, days: new Map([["王*", ["138****5678"]]]) }] });
  });

  test("names nobody, and no two people alike", () => {
    const name = fc.tuple(fc.constantFrom("张", "王", "李", "欧阳"), fc.constantFrom("一", "二", "三", "小明", "建国"));
    fc.assert(
      fc.property(
        fc.uniqueArray(
          name.map((parts) => parts.join("")),
          { minLength: 2, maxLength: 12 },
        ),
        (names) => {
          const one = new Masker(names);
          const hidden = names.map((text) => one.text(text));
          expect(new Set(hidden).size).toBe(names.length);
          const whole = one.text(names.map((text) => `「${text}」`).join(""));
          for (const text of names) expect(whole).not.toContain(text);
        },
      ),
      { numRuns: 100 },
    );
  });
});
