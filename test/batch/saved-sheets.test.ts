import { mkdirSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { NO_ANSWERS, withAnswer } from "../../src/ledger/answers.js";
import { csvHeaders } from "../../src/batch/csv-headers.js";
import type { BatchResult } from "../../src/batch/run-batch.js";
import { asTable, inFolder, sample, type Judged } from "./tables.js";

/** Sheets that people have saved as CSV, with all that stands around the table. */

const { input: SAMPLE } = sample();
const INPUT = { ...SAMPLE, people: [], settings: { defaultPack: "auto-sales" } };
const HEADERS = "受理时间,投诉内容,责任人,结案时间";
const ROWS = ["2026-01-05 09:00,销售顾问态度恶劣,张三,2026-01-05 10:00", "不是日期,交车延误,李四,2026-01-08"];

interface Saved extends Judged {
  readonly result: BatchResult;
}

async function judge(files: string | readonly string[], language: "zh" | "en" = "zh"): Promise<Saved> {
  return inFolder(async (at) => {
    let input = at("in.csv");
    if (typeof files === "string") writeFileSync(input, files);
    else {
      mkdirSync((input = at("parts")));
      files.forEach((text, i) => {
        writeFileSync(at(`parts/${i}.csv`), text);
      });
    }
    let result: BatchResult | undefined;
    const judged = await asTable(
      input,
      { ...INPUT, language },
      {
        answers: NO_ANSWERS,
        look: (found) => Promise.resolve(void (result = found)),
      },
    );
    return { ...judged, result: result! };
  });
}

const rowsOf = ({ rows }: Judged): number[] => (rows as { row: number }[]).map(({ row }) => row);

const textsOf = ({ messages }: Judged): string[] => (messages as { text: string }[]).map(({ text }) => text);

/** Rows of messages about a date that can't be read. */
const unreadable = ({ messages }: Judged): (number | undefined)[] =>
  (messages as { row?: number; column?: string; value?: unknown }[])
    .filter(({ value }) => value === "不是日期")
    .map(({ row }) => row);

describe("headers below a title", () => {
  const plain = [HEADERS, ...ROWS].join("\n");

  test.each([
    ["in the first row", [], 2],
    ["below a title", ["2026年一季度客诉台账"], 3],
    ["below a title filled up with commas", ["2026年一季度客诉台账,,,"], 3],
    ["below blank lines", ["", ""], 4],
    ["below a title, a blank line and a note of two lines", ["客诉台账,,,", "", '"说明：\n""只记投诉""",,,'], 5],
    ["in row 30", Array.from({ length: 29 }, (_, i) => `说明 ${i + 1}`), 31],
  ])("%s are found, whatever parts the columns", async (_, above, first) => {
    for (const delimiter of [",", ";", "\t", "|"]) {
      const text = [...above, plain.replaceAll(",", delimiter)].join("\r\n");
      const lines = text.split(/\r?\n/).indexOf(HEADERS.replaceAll(",", delimiter));
      const found = await inFolder((at) => {
        writeFileSync(at("in.csv"), text);
        return csvHeaders(at("in.csv"), new Map());
      });
      expect(found).toEqual({ delimiter, row: first - 1, linesAbove: lines });
    }
  });

  test("are read from there, and messages name the rows as a spreadsheet program counts them", async () => {
    const judged = await judge(["客诉台账,,,", "", '"说明：\n只记投诉",,,', plain.replaceAll(",", ";")].join("\n"));
    expect(rowsOf(judged)).toEqual([5, 6]);
    expect(unreadable(judged)).toEqual([6]);
    expect(JSON.stringify(judged.messages)).toContain("A6");
  });

  test("are found in each part of a folder", async () => {
    const judged = await judge([`标题,,,\n${HEADERS}\n${ROWS[0]!}`, `${HEADERS}\n${ROWS[0]!.replace("张三", "李四")}`]);
    expect(judged.rows).toHaveLength(2);
    expect(JSON.stringify(judged.rows)).not.toContain("数据有误");
  });
});

describe("rows that are no complaints", () => {
  const CSV = [
    "客诉台账,,,",
    `${HEADERS},投诉编号,备注`,
    "1月,,,,,",
    `${ROWS[0]!},C-1,`,
    HEADERS + ",投诉编号,备注",
    `${ROWS[0]!.replaceAll("张三", "李四")},C-2,`,
    "合计,2,,,,",
    ",,,,C-3,",
    ",,,,C-4,",
    "制表：王五,,,审核：赵六,,2026-01-31",
  ].join("\n");

  test("are left out, and said by kind with how many and where", async () => {
    const judged = await judge(CSV);
    expect(rowsOf(judged)).toEqual([4, 6]);
    expect(judged.result.rows).toBe(2);
    expect(judged.result.leftOut.byKind).toEqual([
      { kind: "heading", count: 1, rows: "3" },
      { kind: "header", count: 1, rows: "5" },
      { kind: "total", count: 1, rows: "7" },
      { kind: "blank", count: 2, rows: "8–9" },
      { kind: "signature", count: 1, rows: "10" },
    ]);
    expect(judged.result.byStatus.get("数据有误")).toBeUndefined();
    expect(textsOf(judged)).toContain("“table”表有1行是合计，未当作投诉：第7行");
  });

  test("are named by few spans, however many there are, in the language of the run", async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `2026-01-05 09:${10 + i},交车延误,,2026-01-05 10:59\n合计,1,,`);
    const judged = await judge([HEADERS, ...rows].join("\n"), "en");
    const spans = "3、5、7、9、11、13、15、17…";
    expect(judged.result.leftOut.byKind).toEqual([{ kind: "total", count: 40, rows: spans }]);
    expect(textsOf(judged)).toContain(
      `40 rows of sheet “table” are totals and were not taken for complaints: rows ${spans}`,
    );
  });
});

test("answers hold for a table below a title", async () => {
  const answers = withAnswer(NO_ANSWERS, { kind: "map", header: "实际办结", column: "closeAt" });
  await inFolder(async (at) => {
    writeFileSync(at("in.csv"), `台账,,\n受理时间,投诉内容,实际办结\n2026-01-05 09:00,交车延误,2026-01-05 10:00`);
    const { rows } = await asTable(at("in.csv"), INPUT, { answers });
    expect(rows).toMatchObject([{ row: 3, status: "已结案" }]);
  });
});
