import { describe, expect, it } from "vitest";
import { formatArea } from "../../../src/workbench/host/address.js";
import { formulaAt, numberFormatAt } from "../../../src/workbench/host/workbook-model.js";
import type { OutputCell, OutputTable } from "../../../src/ledger/port.js";
import { ledgerModel, lines, open, records } from "./fixture.js";

const COLUMNS = [
  { header: "投诉编号", kind: "text", width: 14 },
  { header: "对象类型", kind: "text", width: 9 },
  { header: "对象", kind: "text", width: 12 },
  { header: "类型", kind: "text", width: 10 },
  { header: "事由", kind: "text", width: 18 },
  { header: "金额", kind: "money", width: 11 },
  { header: "日期", kind: "date", width: 11 },
] as const satisfies OutputTable["columns"];

const row = (id: string, amount: number): OutputCell[] => [id, "个人", "张三", "罚款", "=迟复", amount, 46_112];
const penalties = (rows: readonly OutputCell[][], mode: OutputTable["mode"] = "replace"): OutputTable => ({
  sheet: "处罚明细",
  table: "Penalties",
  columns: COLUMNS,
  rows,
  mode,
});
const log = (...texts: string[]): OutputTable => ({
  sheet: "处理日志",
  table: "AuditLog",
  columns: [
    { header: "变动内容", kind: "text", width: 70 },
    { header: "校验值", kind: "text", width: 20 },
  ],
  rows: texts.map((text) => [text, `#${text}`]),
  mode: "append",
});

async function write(opened: ReturnType<typeof open>, ...tables: OutputTable[]) {
  await opened.ledger.read();
  return opened.ledger.write({ outputColumns: [], rows: [], tables });
}

const sheetOf = ({ host }: ReturnType<typeof open>, name: string) => host.model.sheets.find((s) => s.name === name)!;

describe("tables the program owns", () => {
  it("are made on sheets of their own, with formats, widths and a frozen header", async () => {
    const opened = open(ledgerModel({ lines: lines(1) }));
    const report = await write(opened, penalties([row("C1", 50), row("C2", 100)]), log("一"));
    expect(report.changedCells).toBe(3 * 7 + 2 * 2);
    const sheet = sheetOf(opened, "处罚明细");
    expect(records(opened.host, "处罚明细")).toEqual([
      { 投诉编号: "C1", 对象类型: "个人", 对象: "张三", 类型: "罚款", 事由: "=迟复", 金额: 50, 日期: 46_112 },
      { 投诉编号: "C2", 对象类型: "个人", 对象: "张三", 类型: "罚款", 事由: "=迟复", 金额: 100, 日期: 46_112 },
    ]);
    expect(sheet.tables.map(({ name, area }) => [name, formatArea(area)])).toEqual([["Penalties", "A1:G3"]]);
    expect([5, 6].map((column) => numberFormatAt(sheet, 2, column))).toEqual(["#,##0.00", "yyyy-mm-dd"]);
    expect(sheet.frozen.rows).toBe(1);
    expect(sheet.columns[4]!.width).toBeGreaterThan(sheet.columns[1]!.width!);
    expect(sheetOf(opened, "处理日志").tables[0]!.name).toBe("AuditLog");
  });

  it("grow, shrink to one blank row and stay as they are when nothing changes", async () => {
    const opened = open(ledgerModel({ lines: lines(1) }));
    await write(opened, penalties([row("C1", 50)]));
    await write(opened, penalties([row("C1", 50), row("C2", 60), row("C3", 70)]));
    expect(records(opened.host, "处罚明细").map(({ 金额 }) => 金额)).toEqual([50, 60, 70]);
    const before = JSON.stringify(opened.host.model);
    expect(await write(opened, penalties([row("C1", 50), row("C2", 60), row("C3", 70)]))).toMatchObject({
      changedCells: 0,
    });
    expect(JSON.stringify(opened.host.model)).toBe(before);
    await write(opened, penalties([]));
    const sheet = sheetOf(opened, "处罚明细");
    expect(formatArea(sheet.tables[0]!.area)).toBe("A1:G2");
    expect(
      records(opened.host, "处罚明细").every((record) => Object.values(record).every((value) => value === "")),
    ).toBe(true);
    await write(opened, penalties([row("C9", 90)]));
    expect(records(opened.host, "处罚明细")[0]!.投诉编号).toBe("C9");
  });

  it("are appended to below what stands there, blank rows filled first, also by others meanwhile", async () => {
    const opened = open(ledgerModel({ lines: lines(1) }));
    await write(opened, log("一", "二"));
    await write(opened, log("三"));
    expect(records(opened.host, "处理日志").map(({ 变动内容 }) => 变动内容)).toEqual(["一", "二", "三"]);
    await opened.ledger.read();
    opened.author.insertTableRows("AuditLog", 3, [["别人", "#别人"]]);
    await opened.ledger.write({ outputColumns: [], rows: [], tables: [log("四")] });
    expect(records(opened.host, "处理日志").map(({ 变动内容 }) => 变动内容)).toEqual(["一", "二", "三", "别人", "四"]);
  });

  it("keep columns of the user's own beside the rows they belong to", async () => {
    const opened = open(ledgerModel({ lines: lines(1) }));
    await write(opened, penalties([row("C1", 50), row("C2", 60)]));
    const sheet = sheetOf(opened, "处罚明细");
    opened.author.type("处罚明细", "H1", "已签字");
    sheet.tables[0]!.area = { ...sheet.tables[0]!.area, columns: 8 };
    opened.author.type("处罚明细", "H3", "是");
    await write(opened, penalties([row("C0", 10), row("C1", 50), row("C2", 65)]));
    expect(records(opened.host, "处罚明细").map((record) => [record.投诉编号, record.金额, record.已签字])).toEqual([
      ["C0", 10, ""],
      ["C1", 50, ""],
      ["C2", 65, "是"],
    ]);
  });

  it("are written row by row where the user has hidden some by hand, and a user's formula column goes on", async () => {
    const opened = open(ledgerModel({ lines: lines(1) }));
    const before = Array.from({ length: 6 }, (_, i) => row(`C${i}`, i));
    await write(opened, penalties(before));
    const sheet = sheetOf(opened, "处罚明细");
    const [table] = sheet.tables;
    table!.area = { ...table!.area, columns: 8 };
    opened.author.type("处罚明细", "H1", "折算");
    for (let at = 2; at <= 7; at += 1) opened.author.type("处罚明细", `H${at}`, "=1+1");
    sheet.rows[3]!.hidden = true;
    const after = Array.from({ length: 9 }, (_, i) => row(`C${i}`, 100 + i));
    await write(opened, penalties(after));
    expect(records(opened.host, "处罚明细").map(({ 投诉编号: id, 金额: sum }) => [id, sum])).toEqual(
      after.map((line) => [line[0], line[5]]),
    );
    expect(Array.from({ length: 9 }, (_, i) => formulaAt(sheet, i + 1, 7))).toEqual(new Array(9).fill("=1+1"));
  });

  it("take up an empty table where it stands", async () => {
    const opened = open(ledgerModel({ lines: lines(1) }));
    await write(opened, penalties([row("C1", 1)]));
    await write(opened, penalties([]));
    await write(opened, penalties([row("C2", 2)]));
    expect(records(opened.host, "处罚明细").map(({ 投诉编号: id }) => id)).toEqual(["C2"]);
  });

  it("are written although the user has filtered them", async () => {
    const opened = open(ledgerModel({ lines: lines(1) }));
    await write(opened, penalties([row("C1", 50), row("C2", 60), row("C3", 70)]));
    opened.author.filter("Penalties", "投诉编号", ["C2"]);
    await write(opened, penalties([row("C1", 51), row("C2", 61), row("C3", 71)]));
    expect(records(opened.host, "处罚明细").map(({ 金额 }) => 金额)).toEqual([51, 61, 71]);
  });

  it("don't write over what stands below them", async () => {
    const opened = open(ledgerModel({ lines: lines(1) }));
    await write(opened, penalties([row("C1", 50)]));
    opened.author.type("处罚明细", "A4", "以上为准");
    await expect(write(opened, penalties([row("C1", 50), row("C2", 60), row("C3", 70)]))).rejects.toMatchObject({
      code: "table-blocked",
      params: { table: "Penalties", sheet: "处罚明细", address: "A4" },
    });
    expect(records(opened.host, "处罚明细").map(({ 投诉编号 }) => 投诉编号)).toEqual(["C1", "", "以上为准"]);
  });

  it("take over values under their headers that are no Excel table, and leave a sheet with other things alone", async () => {
    const opened = open(
      ledgerModel({
        lines: lines(1),
        others: [
          { name: "处罚明细", values: [COLUMNS.map(({ header }) => header), row("C1", 50).map((cell) => cell ?? "")] },
          { name: "处理日志", values: [["本表停用"]] },
        ],
      }),
    );
    await write(opened, penalties([row("C1", 55), row("C2", 60)]), log("一"));
    expect(sheetOf(opened, "处罚明细").tables.map(({ name, area }) => [name, formatArea(area)])).toEqual([
      ["Penalties", "A1:G3"],
    ]);
    expect(records(opened.host, "处罚明细").map(({ 金额 }) => 金额)).toEqual([55, 60]);
    expect(sheetOf(opened, "处理日志").rows[0]!.values).toEqual(["本表停用"]);
    expect(sheetOf(opened, "处理日志 2").tables[0]!.name).toBe("AuditLog");
  });

  it("can't be made while the workbook's structure is protected, nor written on a protected sheet", async () => {
    const opened = open(ledgerModel({ lines: lines(1) }));
    opened.host.model.protection = { options: {} };
    await expect(write(opened, log("一"))).rejects.toMatchObject({ code: "protected-workbook" });
    delete opened.host.model.protection;
    await write(opened, log("一"));
    opened.author.protect("处理日志");
    await expect(write(opened, log("二"))).rejects.toMatchObject({
      code: "protected-sheet",
      params: { sheet: "处理日志" },
    });
  });
});
