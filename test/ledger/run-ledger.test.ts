import ExcelJS from "exceljs";
import { describe, expect, test } from "vitest";
import { parseIso } from "../../src/domain/wall-time.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import { runLedger, type LedgerRun } from "../../src/ledger/run-ledger.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";

const packs = loadAllPacks();

async function workbook(
  headers: readonly string[],
  ...rows: (readonly (string | number | null)[])[]
): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet("台账");
  sheet.addTable({
    name: "Complaints",
    ref: "A1",
    columns: headers.map((name) => ({ name })),
    rows: rows.map((row) => [...row]),
  });
  return new Uint8Array(await book.xlsx.writeBuffer());
}

function judge(bytes: Uint8Array, now = "2026-03-31T18:00"): LedgerRun & { readonly bytes: Uint8Array } {
  const ledger = openFileLedger(bytes);
  const result = runLedger(ledger.snapshot, {
    packs,
    statutes: STATUTES,
    now: parseIso(now)!,
    language: "zh",
    programVersion: "tiaoli test",
  });
  return { ...result, bytes: result.write ? ledger.write(result.write).bytes : bytes };
}

const cell = (bytes: Uint8Array, sheet: string, address: string): Promise<unknown> =>
  new ExcelJS.Workbook().xlsx
    .load(bytes.slice().buffer)
    .then((book) => book.getWorksheet(sheet)?.getCell(address).value);

const HEADERS = ["投诉编号", "受理时间", "投诉内容"];
const ROW = ["A1", "2026-03-02 09:00", "衣服掉色"] as const;

describe("a ledger that was processed", () => {
  test("says so already: nothing is written again at the same time", async () => {
    const first = judge(await workbook(HEADERS, ROW));
    expect(first.changedRows).toEqual([2]);
    const second = judge(first.bytes);
    expect(second.write).toBeUndefined();
    expect(second.changedRows).toEqual([]);
  });

  test("changes where time changes it, and 处理日志 says what was and what is, chained to the entries before", async () => {
    const first = judge(await workbook(HEADERS, ROW), "2026-03-02T10:00");
    const second = judge(first.bytes, "2026-03-31T18:00");
    expect(second.changedRows).toEqual([2]);
    const log = openFileLedger(second.bytes).snapshot.sideTables.get("AuditLog")!;
    const column = (name: string): number => log.headers.findIndex(({ header }) => header === name);
    const rows = log.rows.map(({ cells }) => cells);
    expect(
      rows.some((cells) => (cells[column("变动内容")] as string | null)?.includes("当前状态：即将到期→已逾期")),
    ).toBe(true);
    rows.slice(1).forEach((cells, i) => {
      expect(cells[column("上条校验值")]).toBe(rows[i]![column("校验值")]);
    });
  });

  test("gives numbers to blank 投诉编号 once", async () => {
    const first = judge(await workbook(HEADERS, [null, ROW[1], ROW[2]]));
    expect(await cell(first.bytes, "台账", "A2")).toBe("20260302-001");
    expect(judge(first.bytes).outcome.rows[0]!.newId).toBeUndefined();
  });
});

describe("output columns that a person has filled in", () => {
  const bytes = workbook([...HEADERS, "责任部门", "当前状态"], [...ROW, "三车间", "跟进中"]);

  test("are left alone; the outputs go to 处理结果 and a message says so", async () => {
    const first = judge(await bytes);
    expect([await cell(first.bytes, "台账", "D2"), await cell(first.bytes, "台账", "E2")]).toEqual([
      "三车间",
      "跟进中",
    ]);
    expect(first.outcome.messages.map(({ text }) => text).join()).toContain("“责任部门、当前状态”已有人工填写的内容");
    const results = openFileLedger(first.bytes).snapshot.rows[0]!.outputs;
    expect(results.status).toBe("已逾期");
  });

  test("stay so on the next run, which has nothing to write", async () => {
    expect(judge(judge(await bytes).bytes).write).toBeUndefined();
  });

  test("are used where they are blank", async () => {
    const first = judge(await workbook([...HEADERS, "当前状态"], [...ROW, null]));
    expect(await cell(first.bytes, "台账", "D2")).toBe("已逾期");
    expect(judge(first.bytes).write).toBeUndefined();
  });
});

describe("问题汇总", () => {
  const table = (bytes: Uint8Array) => openFileLedger(bytes).snapshot.sideTables.get("Problems");

  test("has a line for each cause, with how many, column and rows; a second run writes nothing", async () => {
    const rows = [1, 2, 3].map((n) => [`A${n}`, "说不清", "衣服掉色"]);
    const first = judge(await workbook(HEADERS, ROW, ...rows));
    const lines = table(first.bytes)!.rows.map(({ cells }) => cells);
    expect(lines[0]).toEqual(["错误", expect.stringMatching(/“受理时间”列有3格不是日期/), 3, "受理时间", "3–5"]);
    expect(judge(first.bytes).write).toBeUndefined();
  });

  test("is made only where there is something to say, and emptied once it is mended", async () => {
    const closed = [...HEADERS, "首次回复时间", "结案时间", "原因分析", "纠正措施"];
    const good = [
      "A1",
      "2026-03-02 09:00",
      "衣服掉色",
      "2026-03-02 10:00",
      "2026-03-02 11:00",
      "染料",
      "张三换染料，3月5日前复检",
    ];
    const whole = judge(await workbook(closed, good));
    const said = table(whole.bytes);
    expect(whole.outcome.messages.filter(({ level, row }) => level !== "info" || row === undefined)).toEqual([]);
    expect(said).toBeUndefined();
  });

  test("says what belongs to no row as well", async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await workbook(HEADERS, ROW)).slice().buffer);
    book.addWorksheet("节假日").addRows([
      ["日期", "类型", "名称"],
      ["2026-03-02", "也许", ""],
    ]);
    const { bytes } = judge(new Uint8Array(await book.xlsx.writeBuffer()));
    expect(table(bytes)!.rows.map(({ cells }) => cells[1])).toContainEqual(expect.stringMatching(/^“节假日”第2行/));
  });
});
