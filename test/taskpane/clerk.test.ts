import ExcelJS from "exceljs";
import { afterEach, describe, expect, test } from "vitest";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { readBook } from "../../src/workbench/file/read-book.js";
import type { WorkbookModel } from "../../src/workbench/host/workbook-model.js";
import { closePanes, openPaneHere, sampleBook } from "./pane-here.js";

/** What a clerk does first: a new ledger, what is due, what can't be read. */

afterEach(closePanes);

async function bookOf(sheets: Readonly<Record<string, readonly (readonly unknown[])[]>>): Promise<WorkbookModel> {
  const book = new ExcelJS.Workbook();
  for (const [name, rows] of Object.entries(sheets)) book.addWorksheet(name).addRows(rows.map((row) => [...row]));
  return readBook(new Uint8Array(await book.xlsx.writeBuffer()), "book.xlsx", nodeCodec);
}

const LEDGER = [
  ["投诉编号", "受理时间", "客户名称", "投诉内容", "责任人", "损失金额"],
  ["1", "2026。3。2", "甲公司", "柜门开裂", "张\u200b三", "人民币1200元整"],
  ["2", "2026-03-03", "乙公司", "柜门开裂", null, { formula: '"约"&"1200"', result: "1200元整" }],
  ["3", "2/3/2026", "丙公司", "柜门开裂", null, "约1200"],
];

describe("a workbook without a ledger", () => {
  test("is said once and nothing goes on; a new ledger is made beside what is there, and read", async () => {
    const here = await openPaneHere(await bookOf({ 我的表: [["别动", 1]] }));
    expect(here.state()).toMatchObject({ phase: "idle", overview: undefined, problem: { code: "no-ledger" } });
    await here.pane.newLedger("furniture-north");
    expect(here.state()).toMatchObject({
      phase: "idle",
      problem: undefined,
      overview: { sheet: "投诉台账", table: "Complaints", rows: 0 },
    });
    expect(here.state().overview!.columns.map(([id]) => id)).toEqual(
      expect.arrayContaining(["id", "receivedAt", "description"]),
    );
    expect(here.state().overview!.defaultPack).toBe("北方家具公司客户意见及投诉处理");
    expect(here.host.model.sheets.map(({ name }) => name)).toEqual([
      "我的表",
      "投诉台账",
      "人员",
      "节假日",
      "设置",
      "月度绩效",
    ]);
    expect(here.values("我的表")[0]).toEqual(["别动", 1]);
  });

  test("takes what is typed into it", async () => {
    const here = await openPaneHere(await bookOf({ 我的表: [["别动", 1]] }));
    await here.pane.newLedger("general");
    here.type("受理时间", 2, "2026-03-30 09:00");
    here.type("投诉内容", 2, "柜门开裂");
    await here.pane.ledger.process();
    expect(here.state()).toMatchObject({ problem: undefined, report: { summary: { rows: 1, faultyRows: 0 } } });
  });

  test("that has 设置 already keeps it", async () => {
    const here = await openPaneHere(
      await bookOf({
        设置: [
          ["项目", "值"],
          ["单位名称", "某厂"],
        ],
      }),
    );
    await here.pane.newLedger("general");
    expect(here.values("设置")).toEqual([
      ["项目", "值"],
      ["单位名称", "某厂"],
    ]);
  });
});

describe("mending in the open workbook", () => {
  test("shows before and after, leaves formulas alone, and writes texts", async () => {
    const here = await openPaneHere(await bookOf({ 投诉台账: LEDGER }));
    const found = (await here.pane.ledger.repairs(undefined))!;
    const cells = found.groups.flatMap(({ cells: own }) => own.map(({ place, after }) => `${place} ${after}`));
    expect(cells.sort()).toEqual(["B2 2026-03-02", "E2 张三", "F2 1200"]);
    expect(found.questions).toMatchObject([{ column: "receivedAt", example: "2/3/2026" }]);
    await here.pane.ledger.mend(
      found.groups.map(({ key }) => key),
      undefined,
    );
    expect(here.state()).toMatchObject({ problem: undefined, mended: { cells: 3, skipped: [] } });
    expect(here.values("投诉台账")[1]).toEqual(["1", "2026-03-02", "甲公司", "柜门开裂", "张三", "1200"]);
    expect(here.values("投诉台账")[2]![5]).toBe("1200元整");
    expect(here.values("处理日志").map((row) => row[5])).toContainEqual(
      expect.stringContaining("受理时间：2026。3。2→2026-03-02"),
    );
  });

  test("mends only the groups that were ticked, and dates in the order that was said", async () => {
    const here = await openPaneHere(await bookOf({ 投诉台账: LEDGER }));
    const found = (await here.pane.ledger.repairs("mdy"))!;
    const ordered = found.groups.find(({ kind }) => kind === "ordered")!;
    await here.pane.ledger.mend([ordered.key], "mdy");
    expect(here.values("投诉台账").map((row) => row[1])).toEqual([
      "受理时间",
      "2026。3。2",
      "2026-03-03",
      "2026-02-03",
    ]);
  });

  test("is undone: the cells hold what they held", async () => {
    const here = await openPaneHere(await bookOf({ 投诉台账: LEDGER }));
    const before = here.values("投诉台账");
    const found = (await here.pane.ledger.repairs(undefined))!;
    await here.pane.ledger.mend(
      found.groups.map(({ key }) => key),
      undefined,
    );
    await here.pane.ledger.undo();
    expect(here.state()).toMatchObject({ problem: undefined, restored: { cells: 3 } });
    expect(here.values("投诉台账").map((row) => row.slice(0, 6))).toEqual(before);
  });
});

describe("what is due", () => {
  test("comes with the judged ledger, with files that remind of it", async () => {
    const here = await openPaneHere(sampleBook());
    await here.pane.ledger.look();
    const today = await here.pane.worker.call("today", here.pane.ledger.when());
    expect(today.counts.overdue).toBeGreaterThan(0);
    const calendar = (await here.pane.papers.makeReminders("calendar"))!;
    expect(calendar.map(({ name }) => name)).toEqual(["投诉期限-2026-03-31.ics"]);
    const drafts = (await here.pane.papers.makeReminders("drafts"))!;
    expect(drafts).toHaveLength(today.handlers.length + 1);
  });
});

describe("undoing a run", () => {
  const sheets = (here: Awaited<ReturnType<typeof openPaneHere>>): string[] =>
    here.host.model.sheets.map(({ name }) => name);
  const GOOD = LEDGER.map((row, i) => (i === 0 ? row : [row[0], "2026-03-02", "甲公司", "柜门开裂", null, null]));

  test("takes away the columns and sheets that it made; 处理日志 stays", async () => {
    const here = await openPaneHere(await bookOf({ 投诉台账: GOOD, 我的表: [["别动"]] }));
    const before = here.values("投诉台账");
    await here.pane.ledger.process();
    expect(here.values("投诉台账")[0]!.length).toBeGreaterThan(6);
    expect(sheets(here)).toEqual(expect.arrayContaining(["处罚明细", "扣款台账"]));
    await here.pane.ledger.undo();
    expect(here.state().problem).toBeUndefined();
    expect(sheets(here)).toEqual(["投诉台账", "我的表", "处理日志"]);
    expect(here.values("投诉台账").map((row) => row.filter((value) => value !== ""))).toEqual(
      before.map((row) => row.filter((value) => value !== "")),
    );
    expect(here.state().restored).toMatchObject({
      columns: expect.any(Number) as number,
      sheets: expect.arrayContaining(["处罚明细", "扣款台账"]) as string[],
    });
    expect(here.state().restored!.columns).toBeGreaterThan(5);
    await here.pane.ledger.process();
    expect(here.state()).toMatchObject({ problem: undefined, report: { summary: { rows: 3 } } });
  });

  test("of a ledger that is an Excel table leaves a table as wide as before", async () => {
    const here = await openPaneHere(sampleBook());
    const width = here.values("投诉台账")[0]!.filter((value) => value !== "").length;
    await here.pane.ledger.process();
    await here.pane.ledger.undo();
    expect(here.state().problem).toBeUndefined();
    expect(here.values("投诉台账")[0]!.filter((value) => value !== "")).toHaveLength(width);
    expect(sheets(here)).not.toContain("处罚明细");
  });

  test("leaves a column in which somebody has written since, and a sheet with notes", async () => {
    const here = await openPaneHere(await bookOf({ 投诉台账: GOOD }));
    await here.pane.ledger.process();
    here.type("提示", 2, "我的话");
    here.author.type("处罚明细", "A9", "我的话");
    await here.pane.ledger.undo();
    expect(here.state().problem).toBeUndefined();
    expect(here.values("投诉台账")[0]).toContain("提示");
    expect(sheets(here)).toContain("处罚明细");
    expect(sheets(here)).not.toContain("扣款台账");
  });
});

describe("the month", () => {
  test("that is chosen for one is the one that the other speaks of", async () => {
    const here = await openPaneHere();
    here.pane.papers.chooseMonth("2026-01");
    expect(here.state().reporting.period).toBe("2026-01");
    here.pane.papers.chooseReport("month", "2026-02");
    expect(here.state().month).toBe("2026-02");
    here.pane.papers.chooseReport("week", "2026-W09");
    expect(here.state().month).toBe("2026-02");
    await here.pane.papers.showLastNotices();
    expect(here.state().month).toBe("2026-02");
  });
});

describe("the case at a glance", () => {
  test("has the customer, the complaint and the pack's labels to choose from", async () => {
    const here = await openPaneHere();
    here.author.select("投诉台账", "A5");
    await here.pane.selected.show();
    const { selected } = here.state();
    if (selected.kind !== "judged") throw new Error(selected.kind);
    const { glance, overrides } = selected.judged;
    expect(glance.map(({ column }) => column)).toEqual(
      expect.arrayContaining(["customer", "receivedAt", "description"]),
    );
    expect(glance.find(({ column }) => column === "receivedAt")!.value).toMatch(/^2026-\d\d-\d\d \d\d:\d\d$/);
    expect(overrides.find(({ id }) => id === "categoryOverride")!.values.length).toBeGreaterThan(1);
    await here.pane.selected.setInputs({ categoryOverride: overrides[0]!.values[1]! });
    const after = here.state().selected;
    expect(after.kind === "judged" && after.judged.overrides[0]!.chosen).toBe(overrides[0]!.values[1]);
  });
});
