import { describe, expect, it } from "vitest";
import { judgeStream, type Step } from "../../src/batch/judge-stream.js";
import { asLedger, headersOf, sample, type TextRow } from "./tables.js";

/** The unit that a cluster calls: a line in, an answer out, each from itself alone. */

const { rows: SAMPLE, input: INPUT } = sample();

interface Answered {
  readonly answers: readonly Record<string, unknown>[];
  readonly faulty: number;
}

async function ask(
  lines: readonly (object | string)[],
  step: Step = "judge",
  headers: readonly string[] = [],
): Promise<Answered> {
  async function* given(): AsyncGenerator<string> {
    for (const line of lines) yield await Promise.resolve(typeof line === "string" ? line : JSON.stringify(line));
  }
  const answers: Record<string, unknown>[] = [];
  let faulty = 0;
  const options = { surroundings: INPUT, step, headers, wholePercents: [] };
  for await (const { text, faulty: isFaulty } of judgeStream(given(), options)) {
    answers.push(JSON.parse(text) as Record<string, unknown>);
    if (isFaulty) faulty += 1;
  }
  return { answers, faulty };
}

const ROW: TextRow = { id: "A-1", pack: "general", receivedAt: "2026-03-02 09:00", description: "柜门开裂" };

it("says first by what it judges", async () => {
  const { answers } = await ask([]);
  expect(answers).toHaveLength(1);
  expect(answers[0]).toMatchObject({ step: "judge", now: "2026-03-31T18:00:00" });
  expect(answers[0]!.packs).toContainEqual(expect.stringMatching(/^general \S+ [0-9a-f]{8}$/));
});

it("answers in order what can't be taken, and goes on", async () => {
  const good = { row: 2, cells: ROW };
  const { answers, faulty } = await ask([
    "nonsense",
    good,
    { row: 0, cells: {} },
    { row: 4, cells: { 受理时间: "不知道" } },
  ]);
  expect(answers[1]).toMatchObject({ line: 1, error: expect.stringContaining("第 1 行") as string });
  expect(answers[2]).toMatchObject({ row: 2, id: "A-1", category: "产品质量" });
  expect(answers[3]).toMatchObject({ line: 3, error: expect.stringContaining("第 3 行") as string });
  expect(answers[4]).toMatchObject({ row: 4, status: "数据有误" });
  expect(faulty).toBe(3);
});

it("says of a row that is no complaint that it is left out, and gives nothing of it", async () => {
  const { answers, faulty } = await ask([{ row: 2, cells: { ...ROW, caseKind: "表扬" } }]);
  expect(answers.slice(1)).toEqual([{ row: 2, leftOut: "other-kind" }]);
  expect(faulty).toBe(0);
});

it("knows a column by any of its names", async () => {
  const { answers } = await ask([
    { row: 2, cells: { 投诉编号: "A-1", 受理时间: "2026-03-02 09:00", 投诉内容: "柜门开裂" } },
    { row: 2, cells: { No: "A-1", Received: "2026-03-02 09:00", Complaint: "柜门开裂" } },
  ]);
  expect(answers[1]).toEqual(answers[2]);
});

function without<T extends object>(value: T, ...keys: readonly string[]): T {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key))) as T;
}

describe("the three steps over the sample ledger", () => {
  // Rows that have nothing to do with each other, and dates that say their year.
  const alone = SAMPLE.filter(({ receivedAt }) => /^\d{4}-/.test(receivedAt ?? "")).map((row, i): TextRow => ({
    ...without(row, "customer", "followsId"),
    id: `T-${i}`,
  }));

  it("judge gives the rows of process, fold its deductions", async () => {
    const expected = asLedger(alone, INPUT);
    const lines = alone.map((cells, i) => ({ row: i + 2, cells }));
    const judged = (await ask(lines, "judge", headersOf(alone))).answers.slice(1);
    const rows = judged.map((answer) => without(answer, "said", "penalties", "claims", "content"));
    expect(rows).toEqual(expected.rows);
    expect(judged.flatMap(({ penalties }) => penalties)).toEqual(expected.penalties);

    const byPerson = new Map<string, unknown[]>();
    for (const { claims } of judged)
      for (const { person, claim } of (claims ?? []) as { person: string; claim: unknown }[])
        byPerson.set(person, [...(byPerson.get(person) ?? []), claim]);
    const folded = await ask(
      [...byPerson].map(([person, claims]) => ({ person, claims })),
      "fold",
    );
    const deductions = folded.answers.slice(1).flatMap(({ deductions: own }) => own as { month: string }[]);
    const sorted = (list: readonly object[]): string[] => list.map((one) => JSON.stringify(one)).sort();
    expect(sorted(deductions)).toEqual(sorted(expected.deductions));
  });

  it("read gives what surveying needs", async () => {
    const { answers } = await ask(
      [
        { row: 2, cells: ROW },
        { row: 3, cells: { ...ROW, id: "260301" } },
      ],
      "read",
    );
    expect(answers[1]).toMatchObject({ row: 2, pack: "general", id: "A-1", unnumbered: false });
    expect(answers[2]!.receivedAt).toBeTypeOf("number");
  });
});
