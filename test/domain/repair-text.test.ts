import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCell } from "../../src/domain/cell-reading.js";
import type { ColumnKind } from "../../src/domain/columns.js";
import { listedText, orderedDate, repairedText } from "../../src/domain/repair-text.js";

describe("a text that can mean one thing only is written plainly", () => {
  test.each<[ColumnKind, string, string]>([
    ["datetime", "2026/3/2 9点半", "2026-03-02 09:30"],
    ["datetime", "2026。3。2", "2026-03-02"],
    ["datetime", "2026，3，2 9;30", "2026-03-02 09:30"],
    ["datetime", "２０２６－０３－０２", "2026-03-02"],
    ["datetime", "受理时间：2026年3月2日下午3点", "2026-03-02 15:00"],
    ["datetime", "\u200b2026-03-02", "2026-03-02"],
    ["date", "2026\\3\\2", "2026-03-02"],
    ["money", "1,200元", "1200"],
    ["money", "一千二", "1200"],
    ["money", "人民币1200元整", "1200"],
    ["money", "1 200", "1200"],
    ["integer", "12 台", "12"],
    ["percent", "百分之三十", "30%"],
    ["boolean", "有损失", "是"],
    ["boolean", "未造成损失", "否"],
    ["persons", "张\u200b三", "张三"],
    ["persons", "张 三", "张三"],
  ])("%s %j", (kind, text, plain) => {
    expect(repairedText(kind, text)).toBe(plain);
  });
});

describe("nothing is proposed", () => {
  test.each<[string, ColumnKind, string]>([
    ["for a day that does not exist", "datetime", "2026.13.5"],
    ["for a time that does not exist", "datetime", "2026-03-02 25:00"],
    ["for a doubt", "datetime", "2026-3-2?"],
    ["for about", "datetime", "2026-3-2 9点左右"],
    ["for two days", "datetime", "2026-3-2、2026-3-5"],
    ["without a year", "datetime", "3月5日"],
    ["where part of the day would be lost", "datetime", "2026年3月2号上午"],
    ["for an amount that is about", "money", "约1200"],
    ["for a note beside the amount", "money", "1200元（含运费）"],
    ["for a space that may be a point", "money", "12 5"],
    ["for a maybe", "boolean", "可能"],
    ["for two names", "persons", "张三 李四"],
    ["for what is plain", "datetime", "2026/3/2 9:30"],
    ["for what is plain", "money", "1200.5"],
    ["for what is plain", "boolean", "Y"],
    ["for a text of the case", "text", "2026。3。2 来电"],
  ])("%s", (_, kind, text) => {
    expect(repairedText(kind, text)).toBeUndefined();
  });
});

test("a date is read in the order that was said", () => {
  expect(orderedDate("datetime", "3/5/2026 9:30", "mdy")).toBe("2026-03-05 09:30");
  expect(orderedDate("date", "3/5/2026", "dmy")).toBe("2026-05-03");
  expect(orderedDate("date", "26.3.5", "ymd")).toBe("2026-03-05");
  expect(orderedDate("date", "13/4/2026", "mdy")).toBeUndefined();
  expect(orderedDate("date", "3/5", "mdy")).toBeUndefined();
});

test("a listed value is written as the list has it, a synonym as itself", () => {
  const list = { values: [{ label: "大过", synonyms: ["记大过"] }, { label: "警告" }] };
  expect(listedText(list, " 大 过。")).toBe("大过");
  expect(listedText(list, "记大过 ")).toBe("记大过");
  expect(listedText(list, "大过")).toBeUndefined();
  expect(listedText(list, "建议大过")).toBeUndefined();
});

test("what was read means the same once it is written plainly, and is plain then", () => {
  const kinds: readonly ColumnKind[] = [
    "datetime",
    "date",
    "money",
    "number",
    "integer",
    "percent",
    "boolean",
    "persons",
  ];
  const piece = fc.constantFrom(
    "2026",
    "3",
    "12",
    "-",
    "/",
    "年",
    "月",
    "日",
    " ",
    "9",
    "点半",
    ":",
    "30",
    "元",
    ",",
    ".",
    "万",
    "%",
    "是",
    "无",
    "张三",
    "、",
    "\u200b",
    "１",
  );
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.array(piece, { maxLength: 9 }), (kind, pieces) => {
      const text = pieces.join("");
      const before = readCell(kind, text);
      const plain = repairedText(kind, text);
      if (plain === undefined) return;
      const after = readCell(kind, plain);
      if (before.ok && !before.blank) expect(after).toEqual(before);
      expect(repairedText(kind, plain)).toBeUndefined();
    }),
    { numRuns: 2000 },
  );
});
