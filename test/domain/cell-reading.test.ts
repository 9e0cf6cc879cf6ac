import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCell, type CellReading } from "../../src/domain/cell-reading.js";
import { COLUMNS, type ColumnKind } from "../../src/domain/columns.js";
import type { RawCell } from "../../src/domain/complaint.js";
import { dayOf, isoDate, isoTime, toSerial, wallTime, type Day, type WallTime } from "../../src/domain/wall-time.js";

const KINDS: readonly ColumnKind[] = [...new Set(COLUMNS.map(({ kind }) => kind))];

/** The value, "blank", or the problem's code behind an exclamation mark. */
function read(kind: ColumnKind, raw: RawCell): unknown {
  const reading: CellReading<ColumnKind> = readCell(kind, raw);
  if (!reading.ok) return `!${reading.reason.code}`;
  if (reading.blank) return "blank";
  return reading.value;
}

describe("blank cells", () => {
  it.each(KINDS)("hold nothing in a %s column", (kind) => {
    for (const raw of [null, "", " ", "\u3000", "\n\t ", "\u00a0", "\u200b", "                 "])
      expect(read(kind, raw)).toBe("blank");
    expect(readCell(kind, undefined)).toEqual({ ok: true, blank: true });
  });

  it("are also those struck out, except in columns of text", () => {
    for (const raw of ["/", "-", "——", "／", "－", " — "]) {
      for (const kind of ["date", "datetime", "money", "number", "integer", "percent", "boolean", "persons"] as const)
        expect(read(kind, raw), `${kind} ${raw}`).toBe("blank");
      expect(read("text", raw)).toBe(raw.trim());
    }
  });
});

describe("words that say nothing", () => {
  const KINDS_OF_VALUES = ["date", "datetime", "money", "price", "number", "integer", "percent", "persons"] as const;

  it.each(["无", "N/A", "n/a", "待定", "TBD", "暂无", "未定"])(
    "%s leaves a value blank, and a text as it is",
    (word) => {
      for (const kind of KINDS_OF_VALUES) expect(read(kind, word), kind).toBe("blank");
      expect(read("text", word)).toBe(word);
    },
  );

  it.each(["未结案", "尚未结案", "处理中", "待回访", "未", "Pending", "in progress"])("%s: no time yet", (word) => {
    expect(read("datetime", word)).toBe("blank");
    expect(read("date", word)).toBe("blank");
  });

  it.each([
    "1900-01-01",
    "1900/1/1",
    "1900-01-01 00:00:00",
    "9999-12-31",
    "9999/12/31 23:59:59",
    "0001-01-01",
    0,
    1,
    2,
    2_958_465,
  ])("%j is another program's way to say that there is no time", (raw) => {
    expect(read("datetime", raw)).toBe("blank");
    expect(read("date", raw)).toBe("blank");
  });

  it("待定 is no answer to yes or no, 无 is one", () => {
    expect(read("boolean", "待定")).toBe("blank");
    expect(read("boolean", "N/A")).toBe("blank");
    expect(read("boolean", "无")).toBe(false);
  });
});

it("a day with a part of it has no time: 2026年3月2日上午", () => {
  for (const text of ["2026年3月2日上午", "2026-03-02 下午", "2026/3/2 PM"])
    expect(read("datetime", text)).toBe(wallTime(2026, 3, 2));
});

it("nothing is as large as 10^11", () => {
  for (const kind of ["money", "price", "number", "integer"] as const) {
    expect(read(kind, 99_999_999_999)).not.toBe("!too-large");
    for (const raw of [1e11, "100,000,000,000", "一千亿", 2e15])
      expect(read(kind, raw), `${kind} ${raw}`).toBe("!too-large");
  }
});

it("a price keeps the decimals that were written", () => {
  expect(read("price", "￥0.335元")).toBe("0.335");
  expect(read("price", 0.335)).toBe("0.335");
  expect(read("price", -1)).toBe("!negative");
  expect(read("money", 0.335)).toBe(34);
});

it.each(KINDS)("an error cell is unreadable in a %s column", (kind) => {
  expect(readCell(kind, { error: "#N/A" })).toEqual({ ok: false, reason: { code: "cell-error", value: "#N/A" } });
});

it("what can't be read is named as it stands in the cell", () => {
  expect(readCell("datetime", " 昨天 ")).toEqual({ ok: false, reason: { code: "not-a-date", value: "昨天" } });
  expect(readCell("money", -0.5)).toEqual({ ok: false, reason: { code: "negative", value: "-0.5" } });
  expect(readCell("date", true)).toEqual({ ok: false, reason: { code: "not-a-date", value: "是" } });
});

describe("dates and times", () => {
  const time = (raw: RawCell): unknown => {
    const value = read("datetime", raw);
    return typeof value === "number" ? isoTime(value as WallTime) : value;
  };
  const date = (raw: RawCell): unknown => {
    const value = read("date", raw);
    return typeof value === "number" ? isoDate(value as Day) : value;
  };

  it.each([
    [46_112, "2026-03-31T00:00:00"],
    [46_112.5, "2026-03-31T12:00:00"],
    [46_112.586_805_555_6, "2026-03-31T14:05:00"],
    [46_112.999_999_999, "2026-04-01T00:00:00"],
    [20_260_331, "2026-03-31T00:00:00"],
    [202_603_311_405, "2026-03-31T14:05:00"],
    [20_260_331_140_509, "2026-03-31T14:05:09"],
    ["2026年3月31日 下午2:05", "2026-03-31T14:05:00"],
    ["2026-03-31", "2026-03-31T00:00:00"],
    [toSerial(wallTime(1990, 1, 1)), "1990-01-01T00:00:00"],
    [toSerial(wallTime(2100, 12, 31, 23, 59, 59)), "2100-12-31T23:59:59"],
    [0.5, "!out-of-range"],
    [20_000, "!out-of-range"],
    [-46_112, "!out-of-range"],
    [toSerial(wallTime(1990, 1, 1)) - 1, "!out-of-range"],
    [toSerial(wallTime(2101, 1, 1)), "!out-of-range"],
    [1e300, "!out-of-range"],
    [NaN, "!out-of-range"],
    [20_260_230, "!no-such-date"],
    [13_800_138_000, "!out-of-range"],
    [true, "!not-a-date"],
    ["3/31", "!year-missing"],
  ])("%j in a time column: %s", (raw, expected) => {
    expect(time(raw)).toBe(expected);
  });

  it("a date column drops the time", () => {
    expect(date(46_112.99)).toBe("2026-03-31");
    expect(date("2026-03-31 24:00")).toBe("2026-03-31");
    expect(date("2026-03-31 14:05")).toBe("2026-03-31");
    expect(date("2026-03-31 25:05")).toBe("!no-such-time");
  });

  it("reads every serial back to the second", () => {
    const times = fc.integer({ min: wallTime(1990, 1, 1), max: wallTime(2100, 12, 31, 23, 59, 59) });
    fc.assert(
      fc.property(times, (seconds) => {
        expect(read("datetime", toSerial(seconds as WallTime))).toBe(seconds);
      }),
    );
  });

  it("knows days by Excel's own count", () => {
    expect(dayOf(2026, 3, 31)).toBe(46_112);
  });
});

describe("numbers", () => {
  it.each([
    [12, 12],
    [1.5, 1.5],
    [0, 0],
    [-0, 0],
    ["12", 12],
    ["1,200", 1200],
    ["１，２００", 1200],
    ["12 台", 12],
    ["12件", 12],
    ["3.5 kg", 3.5],
    ["120 pcs", 120],
    ["3倍", 3],
    ["1.2万", 12_000],
    ["1.2万件", 12_000],
    ["一百二十", 120],
    ["一百二十台", 120],
    ["十户", 10],
    ["+5", 5],
    ["约12", "!not-a-number"],
    ["12左右", "!not-a-number"],
    ["12-13", "!not-a-number"],
    ["12台 3件", "!not-a-number"],
    ["abc", "!not-a-number"],
    ["台", "!not-a-number"],
    ["1e5", "!not-a-number"],
    ["0x10", "!not-a-number"],
    ["Infinity", "!not-a-number"],
    [Infinity, "!not-a-number"],
    [true, "!not-a-number"],
    [-1, "!negative"],
    ["-1", "!negative"],
    ["－３台", "!negative"],
  ])("%j", (raw, expected) => {
    expect(read("number", raw)).toBe(expected);
  });

  it("whole numbers refuse fractions", () => {
    expect(read("integer", 3)).toBe(3);
    expect(read("integer", "三户")).toBe(3);
    expect(read("integer", 1.5)).toBe("!not-whole");
    expect(read("integer", "1.5")).toBe("!not-whole");
    expect(read("integer", "3.0")).toBe(3);
    expect(read("integer", "x")).toBe("!not-a-number");
  });
});

describe("money", () => {
  it.each([
    [1234.5, 123_450],
    ["￥1,234.50元", 123_450],
    ["1.2万元", 1_200_000],
    ["壹仟肆佰零玖元伍角整", 140_950],
    ["五百元", 50_000],
    ["五元五角", 550],
    [0, 0],
    ["-5", "!negative"],
    [-5, "!negative"],
    ["(5.00)", "!negative"],
    ["若干", "!not-a-number"],
    [false, "!not-a-number"],
  ])("%j", (raw, expected) => {
    expect(read("money", raw)).toBe(expected);
  });
});

describe("percentages", () => {
  it.each([
    [30, 30],
    [0.3, 30],
    [0.07, 7],
    [1, 100],
    [0, 0],
    [1.5, 1.5],
    [100, 100],
    [0.333, 33.3],
    ["30%", 30],
    ["30 ％", 30],
    ["３０％", 30],
    ["0.5%", 0.5],
    ["1%", 1],
    ["5‰", 0.5],
    ["百分之三十", 30],
    ["百分之30", 30],
    ["百分之百", 100],
    ["千分之五", 0.5],
    ["三成", 30],
    ["30", 30],
    ["0.3", 30],
    ["100%", 100],
    [101, "!not-a-share"],
    ["120%", "!not-a-share"],
    [-0.3, "!negative"],
    ["-30%", "!negative"],
    ["一半", "!not-a-number"],
    ["%", "!not-a-number"],
    [true, "!not-a-number"],
  ])("%j", (raw, expected) => {
    expect(read("percent", raw)).toBe(expected);
  });
});

describe("yes and no", () => {
  it.each([
    "是",
    "有",
    "Y",
    "y",
    "Yes",
    "TRUE",
    "1",
    1,
    true,
    "√",
    "✓",
    "✔",
    "对",
    "成立",
    "已",
    "Ｙ",
    " 是 ",
    "是。",
    "属实",
  ])("%j is yes", (raw) => {
    expect(read("boolean", raw)).toBe(true);
  });
  it.each(["否", "无", "N", "no", "false", "0", 0, false, "×", "✗", "x", "错", "不成立", "未", "没有", "不是", "Ｎ"])(
    "%j is no",
    (raw) => {
      expect(read("boolean", raw)).toBe(false);
    },
  );
  it.each(["是否", "是/否", "也许", 2, -1, 0.5, "是的吧", "?", "yes no"])("%j is neither", (raw) => {
    expect(read("boolean", raw)).toBe("!not-yes-no");
  });
});

describe("text", () => {
  it.each([
    ["  床垫开线  ", "床垫开线"],
    ["第一行\n第二行", "第一行\n第二行"],
    ["ＡＢＣ", "ＡＢＣ"], // what a user wrote is not rewritten
    [13_800_138_000, "13800138000"],
    [123_456_789_012_345, "123456789012345"],
    [1e21, "1000000000000000000000"],
    [0.1 + 0.2, "0.3"],
    [0.000_000_1, "0.0000001"],
    [-12.5, "-12.5"],
    [true, "是"],
    [false, "否"],
    ["=1+1", "=1+1"],
    ["无", "无"],
  ])("%j", (raw, expected) => {
    expect(read("text", raw)).toBe(expected);
  });

  it("numbers never get an exponent", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e200, max: 1e200 }), (n) => {
        expect(read("text", n)).toMatch(/^-?\d+(\.\d+)?$/);
      }),
    );
  });
});

it("lists are split at ； and line breaks", () => {
  expect(read("list", "客服主任；销售副总经理; 生产部经理\n")).toEqual(["客服主任", "销售副总经理", "生产部经理"]);
  expect(read("list", 5)).toEqual(["5"]);
});

it("persons", () => {
  expect(read("persons", "张三:60%;李四:40%")).toEqual([
    { name: "张三", percent: 60 },
    { name: "李四", percent: 40 },
  ]);
  expect(read("persons", "张三、李四")).toEqual([{ name: "张三" }, { name: "李四" }]);
  expect(read("persons", 10_023)).toEqual([{ name: "10023" }]);
  expect(read("persons", "无")).toBe("blank");
  expect(read("persons", "张三:60%;李四:30%")).toBe("!shares-do-not-add-up");
  expect(read("persons", true)).toBe("!not-a-name");
});

it("never throws, whatever stands in the cell", () => {
  const cells = fc.oneof(fc.string({ unit: "binary" }), fc.string(), fc.double(), fc.boolean(), fc.constant(null));
  fc.assert(
    fc.property(fc.constantFrom(...KINDS), cells, (kind, cell) => {
      readCell(kind, cell);
    }),
    { numRuns: 3000 },
  );
});
