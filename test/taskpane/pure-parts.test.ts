import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ReportSheet } from "../../src/documents/reports/blocks.js";
import { wallTime } from "../../src/domain/wall-time.js";
import { proposalsAt } from "../../src/taskpane/editor/schema-completion.js";
import { textEntry } from "../../src/ledger/excel/cell-values.js";
import { planReport } from "../../src/taskpane/excel/report-sheet.js";
import { formatPackFile, parsePackFile } from "../../src/jobs/pack-file.js";
import { formatPackPart, packParts } from "../../src/jobs/workbook-packs.js";
import { JudgedInputs, liveEdit, MOST_LIVE_ROWS } from "../../src/taskpane/state/live-mode.js";
import { DEFAULT_PREFERENCES, languageOf, readPreferences } from "../../src/taskpane/state/preferences.js";
import { sayIn } from "../../src/taskpane/texts.js";
import { leftText, standing, usedShare } from "../../src/taskpane/ui/time-left.js";

describe("a limit's standing", () => {
  const now = wallTime(2026, 3, 31, 18);
  const say = sayIn("zh");
  test.each([
    ["2026-04-03T22:00:00", undefined, "running", "还剩 3 天 4 小时"],
    ["2026-03-31T18:30:00", undefined, "soon", "还剩 30 分钟"],
    ["2026-03-31T17:00:00", undefined, "passed", "已超期 1 小时"],
    ["2026-03-31T17:00:00", "2026-03-31T17:00:00", "in-time", "按时办结"],
    ["2026-03-30T17:00:00", "2026-03-31T17:00:00", "late", "办结，超期 1 天"],
  ] as const)("due %s, done %s: %s", (due, done, state, text) => {
    expect(standing(due, done, now)).toBe(state);
    expect(leftText(due, done, now, say)).toBe(text);
  });
  test("the share used up stays between 0 and 1", () => {
    expect(usedShare("2026-03-30T18:00:00", "2026-04-01T18:00:00", undefined, now)).toBe(0.5);
    expect(usedShare("2026-03-01T18:00:00", "2026-03-02T18:00:00", undefined, now)).toBe(1);
  });
});

describe("live mode", () => {
  const ledger = { columns: [0, 1, 2], rows: 9, headerRow: 1 };
  const edit = { sheetId: "1", address: "B5", changeType: "RangeEdited", foreign: false, mayBeOwn: false };
  test("judges the rows whose inputs were edited", () => {
    expect(liveEdit({ ...edit, address: "B5:C6,A9" }, ledger)).toEqual({ rows: [5, 6, 9] });
  });
  test("leaves own and others' writes, output columns and headers alone", () => {
    expect(liveEdit({ ...edit, foreign: true }, ledger)).toBe("nothing");
    expect(liveEdit({ ...edit, address: "D5" }, ledger)).toBe("nothing");
    expect(liveEdit({ ...edit, address: "B1" }, ledger)).toBe("nothing");
  });
  test("asks for a whole run when rows come, go or are many", () => {
    expect(liveEdit({ ...edit, changeType: "RowInserted" }, ledger)).toBe("too-much");
    expect(liveEdit({ ...edit, address: `B2:B${MOST_LIVE_ROWS + 2}` }, ledger)).toBe("too-much");
  });
});

describe("the inputs a row was judged by last", () => {
  const row = { row: 5, cells: { customer: "甲", description: "门板开裂" }, outputs: {} };
  test("are the same when only the run's own number has come, and others after an edit", () => {
    const judged = new JudgedInputs();
    expect(judged.has(row)).toBe(false);
    judged.takeAll([row], new Map([[5, "2603001"]]));
    const numbered = { ...row, cells: { id: "2603001", ...row.cells } };
    expect(judged.has(numbered)).toBe(true);
    expect(judged.has({ ...numbered, cells: { ...numbered.cells, description: "" } })).toBe(false);
    expect(judged.has({ ...numbered, cells: { ...numbered.cells, id: "7" } })).toBe(false);
    expect(judged.has({ ...numbered, row: 6 })).toBe(false);
  });
  test("are those of the last single judgement, not of the run before it", () => {
    const judged = new JudgedInputs();
    const edited = { ...row, cells: { ...row.cells, customer: "乙" } };
    judged.takeAll([row], new Map());
    judged.takeOne(edited, undefined);
    expect([judged.has(row), judged.has(edited)]).toEqual([false, true]);
    judged.takeAll([row], new Map());
    expect([judged.has(row), judged.has(edited)]).toEqual([true, false]);
  });
  test("blank cells are none", () => {
    const judged = new JudgedInputs();
    judged.takeAll([{ ...row, cells: { ...row.cells, id: "" } }], new Map());
    expect(judged.has(row)).toBe(true);
  });
});

describe("a pack outside the program", () => {
  const pack = fc.record({
    id: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
    files: fc.dictionary(fc.stringMatching(/^(cases\/)?[a-z]{1,10}\.json$/), fc.string({ unit: "grapheme" })),
  });
  // What XML can't hold stands in no JSON file, and line ends are one in both.
  // eslint-disable-next-line no-control-regex -- what XML can't hold is the point
  const plain = (text: string): boolean => !/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udfff]/.test(text);
  test("survives being kept in a workbook", () => {
    fc.assert(
      fc.property(pack, (given) => {
        fc.pre(Object.values(given.files).every(plain));
        const [part] = packParts([{ name: "{1}", xml: formatPackPart(given) }]);
        expect(part!.found).toEqual({ ...given, files: { ...given.files } });
      }),
    );
  });
  test("survives being exported and imported", () => {
    fc.assert(
      fc.property(pack, (given) => {
        expect(parsePackFile(formatPackFile(given))).toEqual({ ...given, files: { ...given.files } });
      }),
    );
  });
  test.each(["", "[]", "{}", '{"tiaoliPack":1,"id":"../x","files":{}}', '{"tiaoliPack":1,"id":"x","files":{"a":1}}'])(
    "%s is none",
    (text) => {
      expect(parsePackFile(text)).toBeUndefined();
    },
  );
  test("other programs' XML is none", () => {
    const texts = ["<a/>", "<broken"].map((xml) => ({ name: "{1}", xml }));
    expect(packParts(texts)).toEqual([]);
  });
});

describe("proposals of the editor", () => {
  const schema = {
    type: "object",
    properties: {
      unit: { enum: ["days", "hours"] },
      list: { type: "array", items: { $ref: "#/definitions/item" } },
    },
    definitions: { item: { anyOf: [{ properties: { name: { type: "string" }, on: { type: "boolean" } } }] } },
  };
  const at = (text: string): string[] | undefined =>
    proposalsAt(text.replace("|", ""), text.indexOf("|"), schema)?.list.map(({ insert }) => insert);
  test.each([
    ['{ "|" }', ['"unit"', '"list"']],
    ['{ "unit": "|" }', ['"days"', '"hours"']],
    ['{ "list": [{ "|" }] }', ['"name"', '"on"']],
    ['{ "list": [{ "on": | }] }', ["true", "false"]],
    ['{ "list": [{ "name": "|" }] }', undefined],
  ])("%s", (text, expected) => {
    expect(at(text)).toEqual(expected);
  });
});

describe("a report as a sheet", () => {
  test("places tables under their titles and keeps texts from becoming formulas", () => {
    const sheet: ReportSheet = {
      key: "k",
      name: "月报 2026-03",
      organisation: "=1+1",
      title: "月报",
      meta: ["a", "b"],
      footer: "",
      blocks: [
        {
          kind: "table",
          title: "类别",
          columns: [
            { header: "类别", format: "text", weight: 1 },
            { header: "件数", format: "integer", weight: 1 },
          ],
          rows: [["-质量", 3]],
          total: ["合计", 3],
          behind: [
            [undefined, [4, 6, 9]],
            [undefined, []],
          ],
          empty: "无",
        },
      ],
    };
    const plan = planReport(sheet);
    expect(plan.lines).toEqual([
      ["月报"],
      ["'=1+1"],
      ["'a   b"],
      [],
      ["类别"],
      ["类别", "件数"],
      ["'-质量", 3],
      ["合计", 3],
      [],
    ]);
    expect(plan.headings).toEqual([4]);
    expect(plan.figures).toEqual([{ row: 7, column: 2, name: "类别 · -质量 · 件数", rows: [4, 6, 9] }]);
    expect(plan.tables).toMatchObject([{ row: 5, columns: 2, rows: 2 }]);
  });
  test.each([
    "=1",
    "+1",
    "-x",
    "@a",
    "'a",
    "1-2",
    "00123",
    "3/4",
    "TRUE",
    "1e5",
    "2025-04",
    "12:30",
    "上午9:00",
    "三月五日",
  ])("%s is written as text", (text) => {
    expect(textEntry(text)).toBe(`'${text}`);
  });
});

describe("preferences", () => {
  test("fall back to Excel's own where storage is closed or holds nonsense", () => {
    expect(
      readPreferences(() => {
        throw new Error("SecurityError");
      }),
    ).toEqual(DEFAULT_PREFERENCES);
    const storage = { getItem: () => '{"language":"fr","theme":"dark"}', setItem: () => undefined };
    expect(readPreferences(() => storage)).toEqual({ language: "auto", theme: "dark" });
    expect(languageOf(DEFAULT_PREFERENCES, "zh-TW")).toBe("zh");
    expect(languageOf(DEFAULT_PREFERENCES, "de-DE")).toBe("en");
  });
});
