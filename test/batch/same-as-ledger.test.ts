import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { copyAsUtf8, encodingOf } from "../../src/batch/encoding.js";
import { INPUT_COLUMNS } from "../../src/domain/columns.js";
import { LineJudge } from "../../src/jobs/judge-lines.js";
import {
  asCsv,
  asLedger,
  asTable,
  csvOf,
  inFolder,
  jsonLinesOf,
  parquetFrom,
  sample,
  type Judged,
  type TextRow,
} from "./tables.js";

/** One ledger through `process` and through `batch`: the same rows, penalties and deductions, byte for byte. */

const { rows: SAMPLE, input: INPUT } = sample();

const withoutMessages = ({ rows, penalties, deductions }: Awaited<ReturnType<typeof asCsv>>): object => ({
  rows,
  penalties,
  deductions,
});

describe("the sample ledger as a table", () => {
  const expected = asLedger(SAMPLE, INPUT);

  it("gives as CSV what it gives as a ledger, messages of rows included", async () => {
    const judged = await asCsv(SAMPLE, INPUT);
    expect(judged.rows).toEqual(expected.rows);
    expect(judged.penalties).toEqual(expected.penalties);
    expect(judged.deductions).toEqual(expected.deductions);
    const ofRows = (messages: readonly object[]): readonly object[] => messages.filter((one) => "row" in one);
    expect(ofRows(judged.messages)).toEqual(ofRows(expected.messages));
  });

  it("is the same as JSON lines and as Parquet", async () => {
    await inFolder(async (at) => {
      writeFileSync(at("in.jsonl"), jsonLinesOf(SAMPLE));
      writeFileSync(at("in.csv"), csvOf(SAMPLE));
      await parquetFrom(at("in.csv"), at("in.parquet"));
      expect(withoutMessages(await asTable(at("in.jsonl"), INPUT))).toEqual(withoutMessages(expected as never));
      expect(withoutMessages(await asTable(at("in.parquet"), INPUT))).toEqual(withoutMessages(expected as never));
    });
  });
});

/** Rows of one firm on which everything that rows have to do with each other happens often. */
const ODD_ROWS: fc.Arbitrary<readonly TextRow[]> = fc
  .array(
    fc.record({
      from: fc.nat(SAMPLE.length - 1),
      id: fc.constantFrom("own", "own", "blank", "A-1", "A-2", "260301"),
      customer: fc.constantFrom("甲公司", "乙公司", "own"),
      follows: fc.constantFrom("", "", "A-1", "A-2", "没有的号"),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((rows) =>
    rows.map(({ from, id, customer, follows }): TextRow => {
      const { id: number, ...own } = SAMPLE[from]!;
      return {
        ...own,
        ...(id === "own" ? (number === undefined ? {} : { id: number }) : id === "blank" ? {} : { id }),
        ...(customer === "own" ? {} : { customer }),
        ...(follows === "" ? {} : { followsId: follows }),
      };
    }),
  );

it("ledgers of rows that repeat, follow and fine twice give the same as tables, whatever the threads", async () => {
  await fc.assert(
    fc.asyncProperty(ODD_ROWS, fc.constantFrom(1, 2, 3), async (rows, threads) => {
      const expected = asLedger(rows, INPUT);
      expect(withoutMessages(await asCsv(rows, INPUT, threads))).toEqual(withoutMessages(expected as never));
    }),
    { numRuns: 3 },
  );
}, 180_000);

it("a table cut into parts in any way, its rows in any order, gives what the ledger gives", async () => {
  const cuts = fc.tuple(
    fc.shuffledSubarray([...SAMPLE], { minLength: 20, maxLength: 60 }),
    fc.uniqueArray(fc.integer({ min: 1, max: 19 }), { maxLength: 3 }),
    fc.constantFrom(1, 2, 3),
  );
  const unplaced = ({ rows, penalties, deductions }: Pick<Judged, "rows" | "penalties" | "deductions">): object => ({
    ...{ penalties, deductions },
    rows: rows.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([key]) => key !== "row" && key !== "messages")),
    ),
  });
  await fc.assert(
    fc.asyncProperty(cuts, async ([rows, at, threads]) => {
      const ends = [0, ...at.toSorted((a, b) => a - b), rows.length];
      const parts = ends.slice(1).map((end, i) => rows.slice(ends[i], end));
      await inFolder(async (path) => {
        mkdirSync(path("parts"));
        parts.forEach((part, i) => {
          writeFileSync(path(`parts/${i}.csv`), csvOf(part));
        });
        expect(unplaced(await asTable(path("parts"), INPUT, { threads }))).toEqual(unplaced(asLedger(rows, INPUT)));
      });
    }),
    { numRuns: 3 },
  );
}, 180_000);

it("a complaint entered twice that would punish several persons names them in the order of the ledger", async () => {
  const own = SAMPLE.find(({ pack, crew }) => pack === "factory-claims" && crew !== undefined)!;
  const rows = [own, own];
  const expected = asLedger(rows, INPUT);
  expect(JSON.stringify(expected.rows).match(/会被处罚两次/g)?.length).toBeGreaterThan(2);
  expect(withoutMessages(await asCsv(rows, INPUT))).toEqual(withoutMessages(expected as never));
}, 60_000);

it("a name in two forms is asked about in a table as in a ledger, and punished once", async () => {
  const row = (id: string, person: string, month: string): TextRow => ({
    ...{ id, pack: "furniture-north", receivedAt: `2026-${month}-09 09:00`, closeAt: `2026-${month}-09 09:25`, person },
    ...{ description: "抱怨不知道促销政策变了", cause: "市场政策误解", upheld: "是" },
  });
  const rows = [
    row("A-1", "曽伟", "02"),
    row("A-2", "曾伟", "03"),
    row("A-3", "張偉", "02"),
    row("A-4", "张伟", "03"),
    row("A-5", "呂某", "03"),
    row("A-5", "吕某", "03"),
    row("A-6", "王小明", "03"),
  ];
  const input = { ...INPUT, people: [] };
  const judged = await asCsv(rows, input);
  const expected = asLedger(rows, input);
  expect(withoutMessages(judged)).toEqual(withoutMessages(expected as never));
  const unclear = (messages: readonly object[]): string[] =>
    [...new Set(messages.map((one) => JSON.stringify(one)))].filter((one) => one.includes("只有字形不同")).sort();
  expect(unclear(judged.messages)).toEqual(unclear(expected.messages));
  expect(unclear(judged.messages)).toHaveLength(2);
}, 60_000);

it("earlier complaints of a customer are those that came in before, whatever the order of the rows", async () => {
  const received = ["2026-03-04 09:00", "2026-03-02 09:00", "2026-03-03 09:00", "2026-03-03 09:00"];
  const rows = received.map((receivedAt, i): TextRow => ({
    ...{
      id: `H${i}`,
      pack: "health-centre",
      claim: "100",
      customer: "甲公司",
      description: `体检报告第${i}份一直没有出来`,
      receivedAt,
    },
  }));
  const expected = asLedger(rows, INPUT);
  const earlier = expected.rows.map((row) => /此前有(\d+)条/.exec(JSON.stringify(row))?.[1] ?? "0");
  expect(earlier).toEqual(["3", "0", "1", "1"]);
  expect(withoutMessages(await asCsv(rows, INPUT))).toEqual(withoutMessages(expected as never));
}, 60_000);

it("a table in the encoding of Chinese spreadsheets is read as it is meant", async () => {
  await inFolder(async (at) => {
    // 投诉 in GB18030.
    writeFileSync(at("gb.csv"), Buffer.from([0xcd, 0xb6, 0xcb, 0xdf, 0x0a]));
    expect(await encodingOf(at("gb.csv"))).toBe("gb18030");
    await copyAsUtf8(at("gb.csv"), "gb18030", createWriteStream(at("utf8.csv")));
    expect(readFileSync(at("utf8.csv"), "utf8")).toBe("投诉\n");
    writeFileSync(at("none.csv"), Buffer.from([0xff, 0xff, 0x0a]));
    expect(await encodingOf(at("none.csv"))).toBeUndefined();
  });
});

it("times with their zone are read in a table of any size, and the table is told of", async () => {
  const rows = ["2026-03-02T09:00:00Z", "2026-03-03 09:00 UTC+8", "2026-03-04 09:00"].map((receivedAt, i): TextRow => ({
    ...{ id: `Z${i}`, pack: "general", customer: `客户${i}`, description: "机器坏了用不了", receivedAt },
  }));
  const expected = asLedger(rows, INPUT);
  expect(withoutMessages(await asCsv(rows, INPUT))).toEqual(withoutMessages(expected as never));
  // One line alone, as a cluster judges it.
  const judge = new LineJudge({ ...INPUT, place: { sheet: "台账", columns: new Map() } }, INPUT_COLUMNS, new Set());
  const line = { row: 2, cells: rows[0]! };
  expect(judge.read(line).period).toBe(
    judge.read({ row: 2, cells: { ...rows[0]!, receivedAt: "2026-03-02 17:00" } }).period,
  );
  expect(judge.judge(line)!.outputs.closeDue).toBe(
    judge.judge({ row: 2, cells: { ...rows[0]!, receivedAt: "2026-03-02 17:00" } })!.outputs.closeDue,
  );
  await inFolder(async (at) => {
    writeFileSync(at("in.csv"), csvOf(rows));
    await asTable(
      at("in.csv"),
      { ...INPUT, people: [] },
      {
        look({ understood }) {
          expect([...understood.zoned]).toEqual([["receivedAt", 2]]);
          expect(understood.missing).toEqual(["closeAt", "person", "loss"]);
          expect(understood.noPeople).toBe(true);
          return Promise.resolve();
        },
      },
    );
  });
}, 60_000);
