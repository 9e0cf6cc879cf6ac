import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COLUMNS, type ColumnId, type ColumnSpec } from "../../src/domain/columns.js";
import { headerKey, matchHeaders, matchText, possibleMapping } from "../../src/domain/match-key.js";

const found = (headers: string[], mapping?: ReadonlyMap<string, ColumnId>): Record<string, number> =>
  Object.fromEntries(matchHeaders(headers, mapping).columns);

describe("headers of other ledgers that decide a status or money", () => {
  it.each([
    ["实际完成日期", "closeAt"],
    ["完成日期", "closeAt"],
    ["闭环时间", "closeAt"],
    ["Date completed", "closeAt"],
    ["创建时间", "receivedAt"],
    ["Date opened", "receivedAt"],
    ["过错人", "person"],
    ["经济损失", "loss"],
  ] as const)("%s is read as %s", (header, id) => {
    expect(matchHeaders([header]).columns.get(id)).toBe(0);
  });

  it.each(["应结案日期", "应完成日期", "要求完成日期", "计划完成时间", "报事人", "Last Modified", "Due date"])(
    "%s is none of them",
    (header) => {
      expect([...matchHeaders([header]).columns.keys()]).toEqual([]);
    },
  );
});

describe("keys", () => {
  it.each([
    ["损失金额", "损失金额"],
    ["损失金额（元）", "损失金额"],
    ["损失金额(元)", "损失金额"],
    ["* 损失金额：", "损失金额"],
    ["损失\n金额", "损失金额"],
    ["损 失 金 额", "损失金额"],
    ["【必填】损失金额", "损失金额"],
    ["【损失金额】", "损失金额"],
    ["Ｌｏｓｓ", "loss"],
    ["Loss Amount [CNY]", "lossamount"],
    ["received_at", "receivedat"],
    ["国内 / 国外", "国内国外"],
    ["工厂责任比例%", "工厂责任比例"],
    ["", ""],
    ["***", ""],
  ])("%j has the key %j", (header, key) => {
    expect(headerKey(header)).toBe(key);
  });

  it("phrases are looked for in NFKC and lower case, with everything else left in place", () => {
    expect(matchText("Ａ类（急）WiFi　断网！")).toBe("a类(急)wifi 断网!");
    expect(matchText("Plain Text")).toBe("plain text");
  });

  it("keys are the same however often they are taken", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(headerKey(headerKey(text))).toBe(headerKey(text));
      }),
    );
  });
});

describe("the columns' names", () => {
  const columns: readonly ColumnSpec[] = COLUMNS;
  const names = columns.flatMap(({ id, header, alias, synonyms }) =>
    [header, alias, id, ...(synonyms ?? [])].map((name) => [name, id] as const),
  );

  it.each(names)("%s is %s", (name, id) => {
    expect(found([name])).toEqual({ [id]: 0 });
    expect(found([`*${name}：`])).toEqual({ [id]: 0 });
  });

  it("no name stands for two columns", () => {
    const owners = new Map<string, string>();
    for (const [name, id] of names) {
      const key = headerKey(name);
      expect(owners.get(key) ?? id, name).toBe(id);
      owners.set(key, id);
    }
  });
});

describe("matching headers", () => {
  it("finds columns under other names, in any order", () => {
    expect(found(["客户姓名", "问题描述", "投诉日期", "备注"])).toEqual({ customer: 0, description: 1, receivedAt: 2 });
    expect(matchHeaders(["客户姓名", "备注", "", "问题描述"]).unrecognised).toEqual([1]);
  });

  it("the column's own header beats a synonym, wherever it stands", () => {
    const match = matchHeaders(["投诉日期", "受理时间"]);
    expect(match.columns.get("receivedAt")).toBe(1);
    expect(match.duplicates).toMatchObject([{ index: 0, column: "receivedAt", kept: 1 }]);
    expect(found(["来源", "Channel", "投诉渠道"]).channel).toBe(2);
    expect(found(["来源", "Channel"]).channel).toBe(1);
  });

  it("the plain header beats the same header with a remark in brackets", () => {
    expect(found(["损失金额（预估）", "损失金额"]).loss).toBe(1);
  });

  it("of equals the first counts and the rest are reported", () => {
    const match = matchHeaders(["投诉内容", "投诉内容", "投诉内容"]);
    expect(match.columns.get("description")).toBe(0);
    expect(match.duplicates.map(({ index, kept }) => [index, kept])).toEqual([
      [1, 0],
      [2, 0],
    ]);
    expect(match.unrecognised).toEqual([]);
  });

  it("what the user chose goes before everything", () => {
    const mapping = new Map<string, ColumnId>([[headerKey("情况（简述）"), "description"]]);
    expect(found(["情况（简述）"], mapping)).toEqual({ description: 0 });
    const match = matchHeaders(["投诉内容", "情况（简述）"], mapping);
    expect(match.columns.get("description")).toBe(1);
    expect(match.duplicates).toMatchObject([{ index: 0, column: "description", kept: 1 }]);
  });

  it("every header is a column, a duplicate, unrecognised or blank, and nothing twice", () => {
    const header = fc.oneof(
      fc.constantFrom(...COLUMNS.map((column) => column.header)),
      fc.constantFrom("投诉日期", "备注", "", " ", "金额(元)"),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(header, { maxLength: 30 }), (headers) => {
        const match = matchHeaders(headers);
        const seen = [...match.columns.values(), ...match.duplicates.map(({ index }) => index), ...match.unrecognised];
        expect(new Set(seen).size).toBe(seen.length);
        headers.forEach((text, index) => {
          expect(seen.includes(index)).toBe(headerKey(text) !== "");
        });
      }),
    );
  });
});

describe("suggestions for headers nobody knows", () => {
  it.each([
    ["客户的反馈意见内容", "description"],
    ["投诉受理的大概日期", "receivedAt"],
    ["预估损失金额", "loss"],
    ["责任人姓名及工号", "person"],
    ["产品型号名称", "product"],
    ["complaint received date", "receivedAt"],
  ])("%s may be %s", (header, column) => {
    expect(matchHeaders([header]).unrecognised).toEqual([0]);
    expect(possibleMapping(header).map((suggestion) => suggestion.column)).toContain(column);
  });

  it("score by the pairs of characters they share", () => {
    // 受理 and 时间, of 受理, 理的, 的时, 时间 and 受理, 理时, 时间: 2 × 2 ÷ (4 + 3).
    expect(possibleMapping("受理的时间")[0]).toEqual({ column: "receivedAt", score: 0.57 });
    expect(possibleMapping("投诉内容概述")[0]).toEqual({ column: "description", score: 0.75 });
    expect(possibleMapping("本季度客户投诉的渠道分析")[0]!.score).toBe(0.6); // holds 渠道 whole
  });

  it("are few, in order, and leave out the columns that are taken", () => {
    const all = possibleMapping("投诉受理日期");
    expect(all.length).toBeLessThanOrEqual(3);
    expect(all.map(({ score }) => score)).toEqual(all.map(({ score }) => score).toSorted((a, b) => b - a));
    const rest = possibleMapping("投诉受理日期", new Set<ColumnId>(["receivedAt"]));
    expect(rest.map(({ column }) => column)).not.toContain("receivedAt");
  });

  it("are none for a header that is like nothing", () => {
    expect(possibleMapping("天气")).toEqual([]);
    expect(possibleMapping("")).toEqual([]);
    expect(possibleMapping("x")).toEqual([]);
  });
});
