import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Problem, readValue } from "../../../src/domain/cell-reading.js";
import type { RawCell } from "../../../src/domain/complaint.js";
import { joinGroup } from "../../../src/ledger/group/read-group.js";
import { joinedSheets } from "../../../src/ledger/joined-sheets.js";
import type { LedgerRun } from "../../../src/ledger/run-ledger.js";
import { outcomeJson } from "../../../src/process/outcome-json.js";
import { sample, type TextRow } from "../../batch/tables.js";
import { group, judge, LI, loss, snapshot, type Workbook } from "./groups.js";

/** Workbooks of a group, judged as one ledger. */

const yuan = (amount: number): number => amount * 100;
const deducted = ({ outcome }: LedgerRun, person = "李四"): unknown[] =>
  outcome.deductions
    .filter((line) => line.person === person)
    .map((line) => [line.month, line.deducted, line.carriedOut]);
const texts = ({ outcome }: LedgerRun): string => outcome.messages.map(({ text }) => text).join("\n");
const ids = ({ outcome }: LedgerRun): unknown[] => outcome.rows.map(({ id }) => id);

describe("a person's ceiling", () => {
  const shop = (amount: number): Workbook => ({ rows: [loss("李四", amount)], people: [LI] });

  it("holds over all workbooks, and what is over it is carried on", () => {
    // Half of the bonus of 3000 a month.
    expect(deducted(judge(snapshot(shop(1000))))).toEqual([["2026-03", yuan(1000), 0]]);
    const both = judge(group({ rows: [] }, { 甲店: shop(1000), 乙店: shop(900) }));
    expect(deducted(both)).toEqual([["2026-03", yuan(1500), yuan(400)]]);
  });

  it("takes nothing where two workbooks pay the person differently, and names both", () => {
    const other = { ...shop(900), people: [LI.map((cell) => (cell === 5000 ? 6000 : cell))] };
    const both = judge(group({ rows: [] }, { 甲店: shop(1000), 乙店: other }));
    expect(deducted(both)).toEqual([["2026-03", 0, yuan(1900)]]);
    expect(texts(both)).toMatch(/“李四”在“甲店”（月工资5000\.00.*“乙店”（月工资6000\.00/);
    expect(both.outcome.deductions[0]!.messages.join()).toContain("先不扣款");
  });

  it("takes nothing of two persons who bear one number", () => {
    const other: Workbook = { rows: [loss("王五", 900)], people: [["A1", "王五", ...LI.slice(2)]] };
    const both = judge(group({ rows: [] }, { 甲店: shop(1000), 乙店: other }));
    expect(both.outcome.deductions.map((line) => line.deducted)).toEqual([0]);
    expect(texts(both)).toContain("工号A1在“甲店”是“李四”，在“乙店”是“王五”");
  });

  it("is that of the group's own 人员, where that names the person", () => {
    const other = { ...shop(900), people: [LI.map((cell) => (cell === 5000 ? 6000 : cell))] };
    const both = judge(group({ rows: [], people: [LI] }, { 甲店: shop(1000), 乙店: other }));
    expect(deducted(both)).toEqual([["2026-03", yuan(1500), yuan(400)]]);
  });

  it("takes nothing of a name without a number that several workbooks charge", () => {
    const nameless = (amount: number): Workbook => ({ rows: [loss("李四", amount)] });
    const both = judge(group({ rows: [] }, { 甲店: nameless(1000), 乙店: nameless(900) }));
    expect(deducted(both)).toEqual([["2026-03", 0, yuan(1900)]]);
    expect(both.outcome.deductions[0]!.messages.join()).toContain("分不清是不是同一人");
  });

  it("takes nothing where workbooks stand in different regions and the group's says none", () => {
    const inRegion = (amount: number, region: string): Workbook => ({
      ...shop(amount),
      settings: [["扣款地区", region]],
    });
    const shops = { 甲店: inRegion(1000, "广东"), 乙店: inRegion(800, "深圳") };
    expect(deducted(judge(group({ rows: [] }, shops)))).toEqual([["2026-03", 0, yuan(1800)]]);
    const said = judge(group({ rows: [], settings: [["扣款地区", "其他"]] }, shops));
    expect(deducted(said)).toEqual([["2026-03", yuan(1500), yuan(300)]]);
  });
});

describe("numbers", () => {
  const row = (id: string | undefined): Workbook => ({
    rows: [
      { pack: "general", receivedAt: "2026-03-02 09:00", description: "机器坏了", ...(id === undefined ? {} : { id }) },
    ],
  });

  it("count within each workbook", () => {
    const judged = judge(group({ rows: [] }, { 甲店: row(undefined), 乙店: row(undefined) }));
    expect(ids(judged)).toEqual(["20260302-001", "20260302-001"]);
    expect(texts(judge(group({ rows: [] }, { 甲店: row("A"), 乙店: row("A") })))).not.toContain("重复");
  });

  it("count over all where that is set, and rows of other workbooks are named with them", () => {
    const over = (own: Workbook, more = {}): LedgerRun => judge(group(own, { 甲店: row("A"), 乙店: row("A") }, more));
    expect(texts(over({ rows: [] }, { numbersOverAll: true }))).toMatch(/\[乙店\]投诉台账!2/);
    expect(texts(over({ rows: [], settings: [["编号范围", "全集团"]] }))).toMatch(/\[甲店\]投诉台账!2/);
    expect(
      ids(judge(group({ rows: [] }, { 甲店: row(undefined), 乙店: row(undefined) }, { numbersOverAll: true }))),
    ).toEqual(["20260302-001", "20260302-002"]);
  });
});

describe("what is written", () => {
  const shop = (amount: number): Workbook => ({ rows: [loss("李四", amount)], people: [LI] });
  const judged = judge(group({ rows: [] }, { 甲店: shop(1000), 乙店: shop(900) }));
  const tables = (source: string): string[] =>
    judged.write!.members!.find((member) => member.source === source)!.write.tables.map(({ sheet }) => sheet);

  it("is the book in the group's workbook, and copies that say so in the shops'", () => {
    expect(judged.write!.tables.map(({ sheet }) => sheet)).toEqual([
      "处罚明细",
      "扣款台账",
      "分店",
      "集团人员",
      "处理日志",
    ]);
    expect(judged.write!.rows).toEqual([]);
    expect(tables("甲店")).toEqual(["处罚明细", "扣款台账", "集团归属", "处理日志"]);
    const deductions = judged.write!.members![0]!.write.tables.find(({ sheet }) => sheet === "扣款台账")!;
    expect(deductions.columns.at(-1)!.header).toBe("副本说明");
    expect(deductions.rows[0]!.at(-1)).toContain("集团汇总.xlsx");
  });

  it("is the rows of each workbook under the numbers of its own sheet", () => {
    expect(judged.write!.members!.map(({ write }) => write.rows.map(({ row }) => row))).toEqual([[2], [2]]);
  });

  it("has a line of each workbook with both rates and sums, and of those not read with the reason", () => {
    const unread = [{ source: "", file: "坏.xlsx", why: "不是 Excel 工作簿" }];
    const { write } = judge(group({ rows: [] }, { 甲店: shop(1000) }, { unread }));
    const shops = write!.tables.find(({ sheet }) => sheet === "分店")!;
    const at = (header: string): number => shops.columns.findIndex((column) => column.header === header);
    const [first, second] = shops.rows;
    expect(first![at("行数")]).toBe(1);
    expect(first![at("已结案")]).toBe(1);
    expect(first![at("已结案件按期率")]).toBe("100.0%（1/1）");
    expect(first![at("确定金额")]).toBe(1000);
    expect(second![at("读取情况")]).toBe("未读：不是 Excel 工作簿");
  });

  it("has everybody once as they count, with who lists them and where they differ", () => {
    const lines = (people: readonly (readonly RawCell[])[]): Workbook => ({ rows: [loss("李四", 100)], people });
    const two = (wage: number): readonly RawCell[] => ["A2", "王五", "营运部", null, "店员", null, 1, 1000, wage];
    const { write } = judge(
      group({ rows: [], people: [LI] }, { 甲店: lines([LI, two(4000)]), 乙店: lines([LI, two(4500)]) }),
    );
    const { columns, rows } = write!.tables.find(({ sheet }) => sheet === "集团人员")!;
    const at = (header: string): number => columns.findIndex((column) => column.header === header);
    const shown = rows.map((row) => ["工号", "姓名", "登记在"].map((header) => row[at(header)]));
    expect(shown).toEqual([
      ["A1", "李四", "集团工作簿、甲店、乙店"],
      ["A2", "王五", "甲店、乙店"],
    ]);
    const [agreed, differ] = rows.map((row) => row[at("分歧")]);
    expect(agreed).toBeUndefined();
    expect(differ).toMatch(/“王五”在“甲店”（月工资4000\.00.*“乙店”（月工资4500\.00/);
  });

  it("lets no shop issue notices: they are asked of the group's workbook", () => {
    const membership = judged.write!.members![0]!.write.tables.find(({ sheet }) => sheet === "集团归属")!;
    const { sheet, columns, rows } = membership;
    const table = {
      sheet,
      headers: columns.map(({ header }, i) => ({ header, letter: String(i) })),
      rows: rows.map((cells, i) => ({ row: i + 2, cells: cells.map((cell) => cell ?? null) })),
    };
    const alone = snapshot({ ...shop(1000), tables: new Map([["GroupMembership", table]]) });
    const refused = judge(alone, { issue: () => undefined });
    expect(refused.refusal).toContain("集团汇总.xlsx");
    const judgedAlone = judge(alone);
    expect(judgedAlone.refusal).toBeUndefined();
    expect(judgedAlone.outcome.deductions).toEqual([]);
    expect(judgedAlone.write!.tables.map((own) => own.sheet)).not.toContain("扣款台账");
  });
});

it("the group's workbook without its shops is not judged: a lock would close months over them", () => {
  const table = { sheet: "分店", headers: [{ header: "来源工作簿", letter: "A" }], rows: [] };
  const alone = judge(snapshot({ rows: [], tables: new Map([["GroupShops", table]]) }));
  expect(alone.refusal).toContain("tiaoli group");
  expect(alone.write).toBeUndefined();
});

describe("a book of the group", () => {
  const shop = (amount: number): Workbook => ({ rows: [loss("李四", amount)], people: [LI] });
  const locked = { settings: [["锁定至月份", "2026-03"]] as const, rows: [] };

  it("tells complaints of one number in two workbooks apart, by 来源工作簿", () => {
    const { run } = judge(group(locked, { 甲店: shop(1000), 乙店: shop(900) }));
    const settled = run.books.book.entries.filter(({ kind }) => kind === "确定");
    expect(settled.map(({ complaintId, source, amount }) => [complaintId, source, amount])).toEqual([
      ["L1", "乙店", yuan(900)],
      ["L1", "甲店", yuan(1000)],
    ]);
  });

  it("posts nothing of a person whose wage is not known for sure, and the rest", () => {
    const other: Workbook = {
      rows: [loss("李四", 900), loss("王五", 100, { id: "L2", customer: "乙" })],
      people: [LI.map((cell) => (cell === 5000 ? 6000 : cell)), ["A2", "王五", ...LI.slice(2)]],
    };
    const { run } = judge(group(locked, { 甲店: shop(1000), 乙店: other }));
    expect(new Set(run.books.book.entries.map(({ name }) => name))).toEqual(new Set(["王五", ""]));
  });
});

// ------------------------------------------------------------ equality

const { rows: SAMPLE, input: INPUT } = sample();
/** A date that only its neighbours explain is another thing in another workbook. */
const WHOLE = SAMPLE.filter(({ receivedAt }) => !(readValue("datetime", receivedAt) instanceof Problem));

/** Rows, penalties and deductions, but for what names rows and cells. */
function shape({ outcome }: Pick<LedgerRun, "outcome">): unknown {
  const { rows, penalties, deductions } = outcomeJson(outcome) as Record<"rows" | "penalties" | "deductions", object[]>;
  return {
    rows: rows.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([key]) => key !== "row" && key !== "messages")),
    ),
    penalties,
    deductions,
  };
}

const SIDES = ["People", "Holidays", "Settings", "MonthlyPay"] as const;

it("one ledger cut into workbooks and sheets in any way gives the same rows, penalties and deductions", async () => {
  const { openFileLedger } = await import("../../../src/ledger/file/file-ledger.js");
  const { readFileSync } = await import("node:fs");
  const whole = openFileLedger(readFileSync("templates/sample-ledger.xlsx")).snapshot;
  const tables = new Map(
    SIDES.flatMap((name) => (whole.sideTables.has(name) ? [[name, whole.sideTables.get(name)!]] : [])),
  );
  expect(INPUT.people.length).toBeGreaterThan(0);
  const cuts = fc.tuple(
    fc.shuffledSubarray(WHOLE, { minLength: 10 }),
    fc.integer({ min: 1, max: 6 }),
    fc.infiniteStream(fc.nat(5)),
  );
  fc.assert(
    fc.property(cuts, ([rows, count, at]) => {
      const shops: TextRow[][] = Array.from({ length: count }, () => []);
      for (const row of rows) shops[at.next().value! % count]!.push(row);
      const members = shops.map((own, i) => {
        // Every other shop keeps its rows on two sheets.
        const half = i % 2 === 0 ? own.length : at.next().value! % (own.length + 1);
        const sheets = [own.slice(0, half), own.slice(half)].filter((rows) => rows.length > 0);
        const read = sheets.map((rows) => snapshot({ rows }));
        return {
          ...{ source: `店${i}`, file: `店${i}.xlsx`, workbook: "集团汇总.xlsx" },
          snapshot: read.length > 1 ? joinedSheets(read) : (read[0] ?? snapshot({ rows: [] })),
        };
      });
      const cut = joinGroup(snapshot({ rows: [], tables }), { members, unread: [], numbersOverAll: true });
      expect(shape(judge(cut))).toEqual(shape(judge(snapshot({ rows: shops.flat(), tables }))));
    }),
    { numRuns: 8 },
  );
}, 120_000);
