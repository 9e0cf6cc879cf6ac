import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isBlankWord, NOTHING_LISTED, readListed, type ValueList } from "../../src/domain/listed-values.js";

const SANCTIONS: ValueList = {
  values: [
    { label: "警告", synonyms: ["警告处分", "Warning"] },
    { label: "小过", synonyms: ["记小过"] },
    { label: "大过", synonyms: ["记大过"] },
  ],
};
const DEPARTMENTS: ValueList = {
  values: [{ label: "供应商/外部", synonyms: ["供应商"] }, { label: "制造部" }],
  blanks: ["否", "√", "0"],
};

describe("a whole value decides", () => {
  it.each([
    ["警告", ["警告"]],
    [" 警告 ", ["警告"]],
    ["警告。", ["警告"]],
    ["警\u200b告", ["警告"]],
    ["警 告", ["警告"]],
    ["警告处分", ["警告"]],
    ["ＷＡＲＮＩＮＧ", ["警告"]],
    ["警告、记小过", ["警告", "小过"]],
    ["警告，警告处分", ["警告"]],
    ["警告；小过;大过", ["警告", "小过", "大过"]],
    ["警告、/", ["警告"]],
  ])("%s", (cell, labels) => {
    expect(readListed(SANCTIONS, cell)).toEqual({ ...NOTHING_LISTED, labels });
  });

  it("of a label that holds a separator itself", () => {
    expect(readListed(DEPARTMENTS, "供应商/外部").labels).toEqual(["供应商/外部"]);
  });

  it("also beside a value that the list does not hold, which is named", () => {
    expect(readListed(SANCTIONS, "警告、迟到")).toEqual({ ...NOTHING_LISTED, labels: ["警告"], unknown: ["迟到"] });
  });
});

it.each(["免予警告", "建议警告", "口头警告", "由大过改为警告", "警告（已撤销）", "不予警告", "警告 小过", "严重警告"])(
  "a listed word within %s decides nothing and is named",
  (cell) => {
    const { labels, within, unknown } = readListed(SANCTIONS, cell);
    expect({ labels, unknown }).toEqual({ labels: [], unknown: [] });
    expect(within).toHaveLength(1);
    expect(within[0]!.value).toBe(cell);
    expect(cell).toContain(within[0]!.word);
  },
);

it.each([
  ["大过，改为警告", ["大过"]],
  ["警告，已撤销", ["警告"]],
  ["警告；未执行", ["警告"]],
  ["警告、建议小过", ["警告"]],
])("%s: a value beside it may take it back, so nothing is decided", (cell, held) => {
  const reading = readListed(SANCTIONS, cell);
  expect(reading.labels).toEqual([]);
  expect(reading.held).toEqual(held);
  expect(reading.within.length + reading.unknown.length).toBe(1);
});

it.each([
  undefined,
  null,
  "",
  "  ",
  "\u200b",
  "无",
  "/",
  "—",
  "——",
  "-",
  "N/A",
  "n/a",
  "NA",
  "待定",
  "暂无",
  "无。",
  "未定",
])("%j is blank", (cell) => {
  expect(readListed(SANCTIONS, cell)).toEqual(NOTHING_LISTED);
});

it("a list may have blanks of its own", () => {
  for (const cell of ["否", "√", "0", 0]) {
    expect(readListed(DEPARTMENTS, cell)).toEqual(NOTHING_LISTED);
    expect(readListed(SANCTIONS, cell).unknown).toEqual([String(cell)]);
  }
});

it("a formula error is no value of the list", () => {
  expect(readListed(SANCTIONS, { error: "#N/A" }).unknown).toEqual(["#N/A"]);
});

it("isBlankWord: strokes and words alone, never a value that begins with one", () => {
  expect(["／", "无", " 待定 "].every(isBlankWord)).toBe(true);
  expect(["无故拖延", "待定岗", "-5"].some(isBlankWord)).toBe(false);
});

describe("whatever stands in a cell", () => {
  const word = fc.constantFrom("警告", "警告处分", "小过", "记大过");
  const other = fc.stringMatching(/^[一-龥a-z]{1,6}$/);
  const separator = fc.constantFrom("、", "，", ",", "；", ";", " 、 ");

  it("labels come out only of values that equal a word of the list", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(word, other), { minLength: 1, maxLength: 4 }), separator, (values, by) => {
        const { labels } = readListed(SANCTIONS, values.join(by));
        const whole = new Set(
          SANCTIONS.values
            .filter((v) => [v.label, ...(v.synonyms ?? [])].some((w) => values.includes(w)))
            .map((v) => v.label),
        );
        expect(labels.every((label) => whole.has(label))).toBe(true);
      }),
    );
  });

  it("a listed word with anything before or behind it decides nothing", () => {
    fc.assert(
      fc.property(word, other, fc.boolean(), (listed, more, before) => {
        const value = before ? more + listed : listed + more;
        const known = SANCTIONS.values.some((v) => [v.label, ...(v.synonyms ?? [])].includes(value));
        fc.pre(!known);
        expect(readListed(SANCTIONS, value).labels).toEqual([]);
        expect(readListed(SANCTIONS, value).within).toHaveLength(1);
      }),
    );
  });

  it("the order of the values changes only the order of the labels", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(word, other), { minLength: 1, maxLength: 4 }), (values) => {
        const one = readListed(SANCTIONS, values.join("、"));
        const two = readListed(SANCTIONS, values.toReversed().join("、"));
        expect(two.labels.toSorted()).toEqual(one.labels.toSorted());
        expect(two.held.toSorted()).toEqual(one.held.toSorted());
      }),
    );
  });
});

describe("a counted list", () => {
  const MISCONDUCT: ValueList = { values: [{ label: "瞒报" }, { label: "未经审批发文" }], counted: true };

  it.each([
    ["瞒报2次", "瞒报", 2],
    ["瞒报 3 次", "瞒报", 3],
    ["未经审批发文（两次）", "未经审批发文", 2],
    ["未经审批发文×4", "未经审批发文", 4],
    ["瞒报十二回", "瞒报", 12],
    ["瞒报1次", "瞒报", 1],
  ])("reads how many times it happened: %s", (cell, label, times) => {
    expect(readListed(MISCONDUCT, cell)).toEqual({ ...NOTHING_LISTED, labels: [label], times });
  });

  it.each(["瞒报0次", "瞒报2人次", "第2次瞒报", "建议瞒报2次", "瞒报2次、未经审批发文", "瞒报多次"])(
    "%s decides nothing",
    (cell) => {
      expect(readListed(MISCONDUCT, cell).labels).toEqual([]);
    },
  );

  it("a list that is not counted takes no number", () => {
    expect(readListed(SANCTIONS, "警告2次").labels).toEqual([]);
  });
});
