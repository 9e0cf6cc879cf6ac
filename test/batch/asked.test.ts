import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { NO_ANSWERS, withAnswer, type Answer } from "../../src/ledger/answers.js";
import { answersTo } from "../../src/ledger/questions.js";
import type { BatchResult } from "../../src/batch/run-batch.js";
import { asTable, inFolder, sample, type Judged } from "./tables.js";

/** What a workbook asks before it judges, a table of any size asks too. */

const { input: SAMPLE } = sample();
const INPUT = { ...SAMPLE, people: [], settings: { defaultPack: "auto-sales" } };

interface Table extends Judged {
  readonly result: BatchResult;
  readonly statuses: readonly (string | undefined)[];
}

async function judge(csv: string, given: readonly Answer[] = []): Promise<Table> {
  return inFolder(async (at) => {
    writeFileSync(at("in.csv"), csv);
    let result: BatchResult | undefined;
    const answers = given.reduce(withAnswer, NO_ANSWERS);
    const judged = await asTable(at("in.csv"), INPUT, {
      answers,
      look: (found) => {
        result = found;
        return Promise.resolve();
      },
    });
    const statuses = (judged.rows as { status?: string }[]).map(({ status }) => status);
    return { ...judged, statuses, result: result! };
  });
}

const kinds = ({ result }: Table): string[] => result.check.questions.map(({ kind }) => kind);

describe("a table without 结案时间", () => {
  const CSV = [
    "受理时间,投诉内容,责任人,实际办结,渠道,门店",
    "2026-01-05 09:00,销售顾问态度恶劣,张三,2026-01-06,电话,一店",
    "2026-01-07 09:00,交车延误,李四,2026-01-08,电话,二店",
  ].join("\n");

  test("with a column that may be it, and one by one answers, is asked about as a workbook is", async () => {
    const first = await judge(CSV);
    expect(first.statuses).toEqual(["待确认", "待确认"]);
    expect(first.penalties).toEqual([]);
    expect(kinds(first)).toContain("closing");
    const [question] = first.result.check.questions;
    const after = await judge(CSV, answersTo(question!).slice(0, 1));
    expect(after.statuses).toEqual(["已结案", "已结案"]);
    expect(after.result.unread).not.toContain("实际办结");
  });
});

describe("a status", () => {
  const csv = (word: string): string =>
    ["受理时间,投诉内容,结案状态,结案时间", `2026-01-05 09:00,销售顾问态度恶劣,${word},`].join("\n");

  test("that says closed is neither open nor overdue, and costs nobody anything", async () => {
    for (const word of ["已闭环", "Closed", "已办结"]) {
      const { statuses, penalties } = await judge(csv(word));
      expect([word, ...statuses]).toEqual([word, "待确认"]);
      expect(penalties).toEqual([]);
    }
  });

  test("that nobody knows is asked about, with how many rows have it, and then means what was answered", async () => {
    const first = await judge(csv("挂起"));
    expect(first.statuses).toEqual(["待确认"]);
    expect(first.result.check.questions).toMatchObject([{ kind: "value", word: "挂起", rows: [2] }]);
    const open = await judge(csv("挂起"), [{ kind: "value", column: "caseStatus", word: "挂起", means: "未结" }]);
    expect(open.statuses).toEqual(["已逾期"]);
    expect(kinds(open)).toEqual([]);
  });
});

describe("a column under another name", () => {
  const CSV = ["受理时间,投诉内容,状态,结案时间", "2026-01-05 09:00,销售顾问态度恶劣,已闭环,"].join("\n");

  test("that would say which cases are open is asked about, and nothing is overdue before", async () => {
    const first = await judge(CSV);
    expect(first.statuses).toEqual(["待确认"]);
    expect(first.penalties).toEqual([]);
    expect(first.result.check.questions).toMatchObject([{ kind: "column", column: "caseStatus" }]);
    const [yes, no] = answersTo(first.result.check.questions[0]!);
    expect((await judge(CSV, [yes!])).statuses).toEqual(["待确认"]);
    const ignored = await judge(CSV, [no!]);
    expect(ignored.statuses).toEqual(["已逾期"]);
    expect(kinds(ignored)).toEqual([]);
  });
});

describe("kinds of entries", () => {
  test("praise and enquiries are left out and counted; the others are judged", async () => {
    const { rows, result } = await judge(
      [
        "受理时间,投诉内容,事项类型,结案时间",
        "2026-01-05 09:00,销售顾问态度恶劣,投诉,2026-01-06 09:00",
        "2026-01-05 10:00,感谢销售顾问,表扬,",
        "2026-01-05 11:00,问营业时间,咨询,",
      ].join("\n"),
    );
    expect(rows).toHaveLength(1);
    expect(result.leftOut.byKind).toEqual([{ kind: "other-kind", count: 2, rows: "3–4" }]);
    expect(result.rows).toBe(1);
  });
});
