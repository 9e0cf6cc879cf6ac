import { describe, expect, it, test } from "vitest";
import type { ColumnId } from "../../../src/domain/columns.js";
import { keyText } from "../../../src/ledger/output-cells.js";
import type { LedgerSnapshot, LedgerWrite } from "../../../src/ledger/port.js";
import { formatArea } from "../../../src/workbench/host/address.js";
import {
  formulaAt,
  fromSheets,
  numberFormatAt,
  styleAt,
  valueAt,
  type WorkbookModel,
} from "../../../src/workbench/host/workbook-model.js";
import { setNumberFormat, setStyle } from "../../../src/workbench/host/grid.js";
import {
  CLOSE_DUE,
  headers,
  INPUTS,
  ledgerModel,
  line,
  lines,
  open,
  OUTPUTS,
  records,
  strangers,
  writeOf,
  type Line,
} from "./fixture.js";

const HEADERS = [...headers(), "投诉类别", "结案期限", "当前状态", "处罚合计", "承办岗位", "逾期", "提示"];
const sheetOf = (model: WorkbookModel) => model.sheets[0]!;

describe("writing outputs", () => {
  it("adds the output columns to the table, texts as texts, dates as serials with a format, colours on the status", async () => {
    const { ledger, host } = open(ledgerModel({ lines: lines(3) }));
    const report = await ledger.write(writeOf(await ledger.read()));
    expect(report).toMatchObject({
      placement: "table",
      changedCells: 3 * 7 + 7,
      keptFormulas: 0,
      movedRows: 0,
      skipped: [],
    });
    const [first] = records(host);
    expect(Object.keys(first!)).toEqual(HEADERS);
    expect(first).toMatchObject({
      投诉编号: "C00001",
      投诉类别: "类别-第1号投诉",
      结案期限: CLOSE_DUE,
      当前状态: "已逾期",
      处罚合计: 50,
      承办岗位: "客服主任；生产部经理",
      逾期: "是",
      提示: "=第1号投诉；-请确认",
    });
    const sheet = sheetOf(host.model);
    expect(formatArea(sheet.tables[0]!.area)).toBe("A1:L4");
    expect([6, 8].map((column) => numberFormatAt(sheet, 2, column))).toEqual(["yyyy-mm-dd hh:mm", "#,##0.00"]);
    expect(formulaAt(sheet, 1, 11)).toBeUndefined();
    expect(sheet.conditionalFormats.map(({ area }) => formatArea(area))).toEqual(Array(11).fill("H2:H4"));
    expect(sheet.conditionalFormats[0]!.settings).toMatchObject({
      cellValue: { rule: { formula1: '="已逾期"', operator: "EqualTo" }, format: { font: { color: "#9C0006" } } },
    });
  });

  it("changes nothing when the same outputs are written again, colours and columns included", async () => {
    const { ledger, host } = open(ledgerModel({ lines: lines(3) }));
    await ledger.write(writeOf(await ledger.read()));
    const before = JSON.stringify(host.model);
    const report = await ledger.write(writeOf(await ledger.read()));
    expect(report).toMatchObject({ changedCells: 0, placement: "table" });
    expect(JSON.stringify(host.model)).toBe(before);
  });

  it("writes only cells that change", async () => {
    const { ledger, host } = open(ledgerModel({ lines: lines(50) }));
    await ledger.write(writeOf(await ledger.read()));
    const snapshot = await ledger.read();
    const write = writeOf(snapshot);
    const rows = write.rows.map((row, i) =>
      i % 20 === 7 ? { ...row, outputs: { ...row.outputs, status: "已结案", closeDue: undefined } } : row,
    );
    const report = await ledger.write({ ...write, rows: rows as typeof write.rows });
    expect(report.changedCells).toBe(6);
    expect(
      records(host)
        .map((record) => record.结案期限)
        .filter((due) => due === ""),
    ).toHaveLength(3);
  });

  it("never touches an input, except a blank number without a formula", async () => {
    const body = [line(1), line(2, ""), line(3, ""), line(4)];
    const { ledger, host } = open(ledgerModel({ lines: body }));
    const sheet = sheetOf(host.model);
    sheet.rows[3]!.formulas = { 0: '=IF(D4="","","")' };
    sheet.rows[1]!.formulas = { 2: "=客户" };
    await ledger.write(writeOf(await ledger.read(), ({ row }) => `26033${row}001`));
    const after = records(host);
    expect(after.map(({ 投诉编号 }) => 投诉编号)).toEqual(["C00001", "260333001", "", "C00004"]);
    expect(styleAt(sheet, 2, 0)).toEqual({ quotePrefix: true });
    expect([formulaAt(sheet, 3, 0), formulaAt(sheet, 1, 2)]).toEqual(['=IF(D4="","","")', "=客户"]);
    expect(after.map((record) => INPUTS.slice(1).map((_, i) => record[headers()[i + 1]!]))).toEqual(
      body.map((cells) => cells.slice(1)),
    );
  });

  it("adds 投诉编号 where the ledger has no such column, so that numbers stay", async () => {
    const ids = ["receivedAt", "description"] as const;
    const { ledger, host } = open(
      ledgerModel({
        ids,
        lines: [
          [46_000, "第1号投诉：甲"],
          [46_001, "第2号投诉：乙"],
        ],
      }),
    );
    await ledger.write(writeOf(await ledger.read(), ({ row }) => `N-${row}`));
    expect(records(host).map(({ 投诉编号 }) => 投诉编号)).toEqual(["N-2", "N-3"]);
    const again = await ledger.read();
    expect(again.rows.map(({ cells }) => cells.id)).toEqual(["N-2", "N-3"]);
  });

  it("leaves formulas in output columns alone and says how many", async () => {
    const { ledger, host } = open(ledgerModel({ lines: lines(4) }));
    await ledger.write(writeOf(await ledger.read()));
    const sheet = sheetOf(host.model);
    sheet.rows[2]!.formulas = { 7: '=IF(TRUE,"人工","")' };
    sheet.rows[2]!.values[7] = "人工";
    const report = await ledger.write(writeOf(await ledger.read()));
    expect(report).toMatchObject({ keptFormulas: 1, changedCells: 0 });
    expect(formulaAt(sheet, 2, 7)).toBe('=IF(TRUE,"人工","")');
  });

  it("puts dates and amounts into cells formatted as text as numbers, in the workbook's own date system", async () => {
    const model = ledgerModel({
      lines: lines(2).map((cells) => [...cells, "", ""]),
      ids: [...INPUTS, "closeDue", "penalty"],
    });
    const sheet = sheetOf(model);
    for (const row of [1, 2]) for (const column of [5, 6]) setNumberFormat(sheet, row, column, "@");
    model.uses1904Dates = true;
    const { ledger, host } = open(model);
    await ledger.write(writeOf(await ledger.read()));
    expect(records(host).map(({ 结案期限, 处罚合计 }) => [结案期限, 处罚合计])).toEqual(
      Array(2).fill([CLOSE_DUE - 1462, 50]),
    );
    expect(numberFormatAt(sheet, 1, 5)).toBe("yyyy-mm-dd hh:mm");
    expect(await ledger.write(writeOf(await ledger.read()))).toMatchObject({ changedCells: 0 });
  });

  it("appends to a plain range with the look of its headers", async () => {
    const model = ledgerModel({ lines: lines(3), table: null, row: 2 });
    setStyle(sheetOf(model), 2, 4, { font: { bold: true } });
    const { ledger, host } = open(model);
    const report = await ledger.write(writeOf(await ledger.read()));
    expect(report.placement).toBe("range");
    expect(Object.keys(records(host, "投诉台账", 2)[0]!)).toEqual(HEADERS);
    expect(strangers(host, "投诉台账", 2)).toEqual([]);
    expect(styleAt(sheetOf(host.model), 2, 7)).toMatchObject({ font: { bold: true } });
  });
});

describe("headers that aren't plain", () => {
  it("are known again with their blanks and line breaks", async () => {
    const model = ledgerModel({ lines: lines(3) });
    const sheet = sheetOf(model);
    sheet.rows[0]!.values[0] = " 投诉编号 ";
    sheet.rows[0]!.values[3] = "投诉内容\n（必填）";
    const { ledger, host } = open(model);
    const report = await ledger.write(writeOf(await ledger.read()));
    expect(report.skipped).toEqual([]);
    expect(records(host)[2]).toMatchObject({
      "投诉内容\n（必填）": "第3号投诉：沙发面料起球，要求更换",
      投诉类别: "类别-第3号投诉",
    });
  });

  it("may go over two rows of a plain range", async () => {
    const body = lines(3).map(([id, at, , what]) => [id!, at!, what!, "", ""]);
    const values = [["投诉编号", "受理时间", "投诉内容", "处理", ""], ["", "", "", "结案时间", "回访时间"], ...body];
    const model = fromSheets([{ name: "投诉台账", values }]);
    const sheet = sheetOf(model);
    for (const column of [0, 1, 2]) sheet.merges.push({ row: 0, column, rows: 2, columns: 1 });
    sheet.merges.push({ row: 0, column: 3, rows: 1, columns: 2 });
    const { ledger, host, author } = open(model);
    const snapshot = await ledger.read();
    author.insertSheetRows("投诉台账", 0, 1);
    const report = await ledger.write(writeOf(snapshot));
    expect(report).toMatchObject({ placement: "range", skipped: [] });
    const after = sheetOf(host.model).rows;
    expect(after[2]!.values.slice(5, 7)).toEqual(["投诉类别", "结案期限"]);
    expect(after.slice(3).map((row) => row!.values[5])).toEqual([1, 2, 3].map((n) => `类别-第${n}号投诉`));
  });
});

describe("a workbook that could not keep what is written", () => {
  it.each(["投诉.xls", "export.CSV", "台账.ods"])("is read, but not written: %s", async (name) => {
    const model = ledgerModel({ lines: lines(2) });
    model.name = name;
    const { ledger, host } = open(model);
    const snapshot = await ledger.read();
    expect(snapshot.rows).toHaveLength(2);
    await expect(ledger.write(writeOf(snapshot))).rejects.toMatchObject({ code: "old-format", params: { name } });
    expect(host.book.cellsWritten).toBe(0);
  });

  it.each(["台账.xlsx", "台账.xlsm", "Book1", ""])("is told by its name only: %s is written", async (name) => {
    const model = ledgerModel({ lines: lines(2) });
    model.name = name;
    const { ledger } = open(model);
    expect((await ledger.write(writeOf(await ledger.read()))).changedCells).toBeGreaterThan(0);
  });
});

describe("merged cells", () => {
  it("are asked for with the first write into a plain range, and no more: it may empty the user's undo list", async () => {
    const { ledger, host } = open(ledgerModel({ lines: lines(3), table: null }));
    let bodies = "";
    const answer = host.answer.bind(host);
    host.answer = (body, flags) => {
      bodies += body;
      return answer(body, flags);
    };
    const asked = (): number => bodies.split('"GetMergedAreasOrNullObject"').length - 1;
    await ledger.write(writeOf(await ledger.read()));
    const first = asked();
    expect(first).toBeGreaterThan(0);
    const late = (await ledger.read()).rows.map(({ row }) => ({ row, outputs: { status: "处理中" } }));
    await ledger.write({ outputColumns: ["status"], rows: late, tables: [] });
    // The headers read differently since columns were added, so that those above them are looked at once more.
    await ledger.read();
    const second = asked();
    const other = (await ledger.read()).rows.map(({ row }) => ({ row, outputs: { status: "已逾期" } }));
    expect((await ledger.write({ outputColumns: ["status"], rows: other, tables: [] })).changedCells).toBe(3);
    expect(asked()).toBe(second);
  });

  it("of the headers stay the headers' own: a header added beside them is none", async () => {
    const values = [["登记"], ["投诉编号", "受理时间", "投诉内容"], ["", "", ""], ["C1", 46_000, "门板开裂"]];
    const model = fromSheets([{ name: "投诉台账", values }]);
    const sheet = sheetOf(model);
    for (const column of [0, 1, 2]) sheet.merges.push({ row: 1, column, rows: 2, columns: 1 });
    const { ledger, host } = open(model);
    await ledger.write(writeOf(await ledger.read()));
    expect(sheetOf(host.model).merges).toHaveLength(3);
    expect(valueAt(sheetOf(host.model), 2, 3)).toBe("投诉类别");
  });
});

test("formulas in very many places are all found and left alone", async () => {
  const ids = [...INPUTS, "category"] as const;
  const body = lines(400).map((cells) => [...cells, ""]);
  const { ledger, host, author } = open(ledgerModel({ ids, lines: body }));
  for (let at = 2; at <= 401; at += 2) author.type("投诉台账", `F${at}`, "=1+1");
  const report = await ledger.write(writeOf(await ledger.read()));
  expect(report.keptFormulas).toBe(200);
  const sheet = sheetOf(host.model);
  const formulas = Array.from({ length: 400 }, (_, i) => formulaAt(sheet, i + 1, 5) !== undefined);
  expect(formulas.filter(Boolean)).toHaveLength(200);
});

describe("处理结果", () => {
  it("takes the outputs where output columns hold somebody's own work, and is read from then on", async () => {
    const ids = [...INPUTS, "status"] as const;
    const { ledger, host } = open(ledgerModel({ ids, lines: lines(2).map((cells) => [...cells, "老王在跟"]) }));
    const write = { ...writeOf(await ledger.read()), foreign: ["status"] as const };
    const outputColumns = [...OUTPUTS, "packVersion"] as const;
    const rows = write.rows.map((row) => ({ ...row, outputs: { ...row.outputs, packVersion: "p@1" } }));
    expect(await ledger.write({ ...write, rows, outputColumns })).toMatchObject({ placement: "results" });
    expect(records(host).map(({ 当前状态 }) => 当前状态)).toEqual(["老王在跟", "老王在跟"]);
    const again = await ledger.read();
    expect(again.rows.map(({ outputs }) => outputs.status)).toEqual(["已逾期", "已逾期"]);
    expect(await ledger.write({ ...write, rows, outputColumns })).toMatchObject({ changedCells: 0 });
  });

  const crowded = () => {
    const model = ledgerModel({ lines: lines(3) });
    sheetOf(model).rows[1]!.values[8] = "不要动";
    return model;
  };

  it("takes the outputs if the cells right of the ledger are not free", async () => {
    const { ledger, host } = open(crowded());
    const report = await ledger.write(writeOf(await ledger.read()));
    expect(report.placement).toBe("results");
    expect(Object.keys(records(host)[0]!)).toEqual(headers());
    expect(host.model.sheets[0]!.rows[1]!.values[8]).toBe("不要动");
    expect(records(host, "处理结果").map((record) => [record.投诉编号, record.投诉类别])).toEqual([
      ["C00001", "类别-第1号投诉"],
      ["C00002", "类别-第2号投诉"],
      ["C00003", "类别-第3号投诉"],
    ]);
    const results = host.model.sheets[1]!;
    expect([results.tables[0]!.name, results.frozen.rows, results.conditionalFormats.length]).toEqual([
      "Results",
      1,
      11,
    ]);
    expect(numberFormatAt(results, 1, 2)).toBe("yyyy-mm-dd hh:mm");
  });

  it("changes nothing the second time, follows the ledger, and keeps notes beside its rows", async () => {
    const { ledger, host, author } = open(crowded());
    await ledger.write(writeOf(await ledger.read()));
    expect(await ledger.write(writeOf(await ledger.read()))).toMatchObject({ changedCells: 0 });
    const results = host.model.sheets[1]!;
    author.type("处理结果", "I1", "备注");
    results.tables[0]!.area = { ...results.tables[0]!.area, columns: 9 };
    author.type("处理结果", "I4", "第三件的备注");
    author.deleteTableRows("Complaints", 0);
    author.insertTableRows("Complaints", 0, [line(9)]);
    await ledger.write(writeOf(await ledger.read()));
    expect(records(host, "处理结果").map((record) => [record.投诉编号, record.投诉类别, record.备注])).toEqual([
      ["C00002", "类别-第2号投诉", ""],
      ["C00003", "类别-第3号投诉", "第三件的备注"],
      ["C00009", "类别-第9号投诉", ""],
    ]);
  });
});

describe("a ledger that people are working in", () => {
  it("gets its outputs right although rows are filtered away or hidden by hand", async () => {
    const { ledger, host, author } = open(ledgerModel({ lines: lines(60) }));
    author.filter("Complaints", "客户名称", ["客户1", "客户2", "客户5"]);
    sheetOf(host.model).rows[30]!.hidden = true;
    await ledger.write(writeOf(await ledger.read()));
    expect(strangers(host)).toEqual([]);
    expect(records(host).every((record) => record.当前状态 === "已逾期")).toBe(true);
    expect(records(host).every((record) => record.提示 !== "")).toBe(true);
    expect(sheetOf(host.model).tables[0]!.filters).not.toEqual({});
  });

  it("follows rows that were sorted, inserted and deleted since it was read", async () => {
    const { ledger, host, author } = open(ledgerModel({ lines: lines(20) }));
    const snapshot = await ledger.read();
    host.beforeRequest(1, () => {
      author.sort("Complaints", "客户名称", false);
      author.deleteTableRows("Complaints", 3);
      author.insertTableRows("Complaints", 0, [line(77), line(78)]);
    });
    const report = await ledger.write(writeOf(snapshot));
    expect(strangers(host)).toEqual([]);
    expect(records(host).filter((record) => record.投诉类别 !== "")).toHaveLength(19);
    expect(report.skipped).toEqual([
      { row: expect.any(Number) as number, id: expect.any(String) as string, reason: "vanished" },
    ]);
    expect(report.movedRows).toBeGreaterThan(10);
  });

  it("puts right what hit a wrong row because rows moved in the very last moment", async () => {
    const { ledger, host, author } = open(ledgerModel({ lines: lines(30) }));
    await ledger.write(writeOf(await ledger.read()));
    author.type("投诉台账", "H5", "人工改过");
    const snapshot = await ledger.read();
    const write = writeOf(snapshot);
    const rows = write.rows.map((row, i) =>
      i < 10 ? { ...row, outputs: { ...row.outputs, category: "新类别" } } : row,
    );
    // The first request reads the keys, the second writes.
    host.beforeRequest(2, () => {
      author.sort("Complaints", "投诉编号", false);
    });
    const report = await ledger.write({ ...write, rows });
    const after = records(host);
    expect(after.filter(({ 投诉类别 }) => 投诉类别 === "新类别").map(({ 投诉编号 }) => 投诉编号)).toEqual(
      Array.from({ length: 10 }, (_, i) => `C${String(10 - i).padStart(5, "0")}`),
    );
    expect(after.filter(({ 投诉类别 }) => 投诉类别 === "类别-第30号投诉")).toHaveLength(1);
    expect(report.skipped).toEqual([]);
  });

  it("puts everything back where columns moved in the very last moment, and tries again", async () => {
    const { ledger, host, author } = open(ledgerModel({ lines: lines(5) }));
    await ledger.write(writeOf(await ledger.read()));
    const write = writeOf(await ledger.read());
    const rows = write.rows.map((row) => ({ ...row, outputs: { ...row.outputs, category: "新类别" } }));
    host.beforeRequest(2, () => {
      author.insertSheetColumns("投诉台账", 0, 1);
    });
    await ledger.write({ ...write, rows });
    const after = records(host);
    expect(after.map(({ 投诉类别 }) => 投诉类别)).toEqual(Array(5).fill("新类别"));
    expect(after.map(({ 客户名称 }) => 客户名称)).toEqual(lines(5).map(([, , customer]) => customer));
    expect(after.map(({ 结案时间 }) => 结案时间)).toEqual(Array(5).fill(""));
  });

  it("knows rows without numbers by what they say, and tells rows alike apart by their other cells", async () => {
    const body = [line(1, ""), line(2, ""), line(1, ""), line(1, "")];
    body[2] = [...body[2]!.slice(0, 4), 46_020];
    const { ledger, host, author } = open(ledgerModel({ lines: body }));
    const snapshot = await ledger.read();
    host.beforeRequest(1, () => {
      author.reorder("Complaints", [2, 1, 3, 0]);
    });
    const write = writeOf(snapshot, ({ row }) => `N${row}`);
    const rows = write.rows.map((row) =>
      row.row === 4 ? { ...row, outputs: { ...row.outputs, status: "已结案" } } : row,
    );
    const report = await ledger.write({ ...write, rows });
    expect(report.skipped).toEqual([]);
    const after = records(host);
    expect(after.map(({ 结案时间, 当前状态 }) => [结案时间, 当前状态])).toEqual([
      [46_020, "已结案"],
      ["", "已逾期"],
      ["", "已逾期"],
      ["", "已逾期"],
    ]);
    expect(new Set(after.map(({ 投诉编号 }) => 投诉编号)).size).toBe(4);
    expect(after[0]!.投诉编号).toBe("N4");
  });

  it("doesn't write where it can't tell which of two copies was read, nor a number that somebody else has given", async () => {
    const { ledger, host, author } = open(ledgerModel({ lines: [line(1), line(2, ""), line(3, "")] }));
    const snapshot = await ledger.read();
    host.beforeRequest(1, () => {
      author.insertTableRows("Complaints", 0, [line(1), line(8, "N3")]);
    });
    const report = await ledger.write(writeOf(snapshot, ({ row }) => `N${row}`));
    expect(report.skipped).toEqual([
      { row: 2, id: "C00001", reason: "ambiguous" },
      { row: 3, id: "", reason: "number-taken" },
    ]);
    expect(records(host).map(({ 投诉编号, 投诉类别 }) => [投诉编号, 投诉类别])).toEqual([
      ["C00001", ""],
      ["N3", ""],
      ["C00001", ""],
      ["", ""],
      ["N4", "类别-第3号投诉"],
    ]);
  });

  describe("a number that stands in the ledger already", () => {
    const ids: ColumnId[] = ["id", "pack", ...INPUTS.slice(1)];
    const packed = (n: number, id: string, pack: string): Line => {
      const [, ...rest] = line(n);
      return [id, pack, ...rest];
    };
    const versions = new Map([
      ["甲", "alpha@1"],
      ["alpha", "alpha@1"],
      ["乙", "beta@1"],
    ]);
    const number = (snapshot: LedgerSnapshot, newId: string): LedgerWrite => {
      const write = writeOf(snapshot, ({ cells }) => (cells.id === undefined ? newId : undefined));
      const rows = write.rows.map((row, i) => {
        const packVersion = versions.get(keyText(snapshot.rows[i]!.cells.pack));
        return { ...row, outputs: { ...row.outputs, ...(packVersion === undefined ? {} : { packVersion }) } };
      });
      return { ...write, rows };
    };

    it("of another pack is no conflict: numbers are unique only within a pack", async () => {
      const { ledger, host } = open(ledgerModel({ ids, lines: [packed(1, "N1", "乙"), packed(2, "", "甲")] }));
      expect((await ledger.write(number(await ledger.read(), "N1"))).skipped).toEqual([]);
      expect(records(host).map(({ 投诉编号 }) => 投诉编号)).toEqual(["N1", "N1"]);
    });

    it("of no known pack is no conflict: the run has taken it into account", async () => {
      const { ledger, host } = open(ledgerModel({ ids, lines: [packed(1, "N1", "丙"), packed(2, "", "甲")] }));
      expect((await ledger.write(number(await ledger.read(), "N1"))).skipped).toEqual([]);
      expect(records(host).map(({ 投诉编号 }) => 投诉编号)).toEqual(["N1", "N1"]);
    });

    it.each([
      ["of another pack", "乙", true],
      ["of the same pack", "甲", false],
      ["of the same pack under its other name", "alpha", false],
      ["of a pack the run never met", "丙", false],
    ])("that came while the run was under way, %s", async (_, pack, isGiven) => {
      const body = [packed(1, "C1", "乙"), packed(2, "", "甲"), packed(3, "C3", "alpha")];
      const { ledger, host, author } = open(ledgerModel({ ids, lines: body }));
      const write = number(await ledger.read(), "N1");
      // One goes, one comes: the number of rows says nothing.
      host.beforeRequest(1, () => {
        author.deleteTableRows("Complaints", 0);
        author.insertTableRows("Complaints", 0, [packed(8, "N1", pack)]);
      });
      const { skipped } = await ledger.write(write);
      expect(skipped.filter(({ reason }) => reason === "number-taken")).toHaveLength(isGiven ? 0 : 1);
      expect(records(host)[1]!.投诉编号).toBe(isGiven ? "N1" : "");
    });

    it("and is given to another pack's row by somebody, while its own row went, is a conflict", async () => {
      const body = [packed(1, "N1", "乙"), packed(2, "", "甲")];
      const { ledger, host, author } = open(ledgerModel({ ids, lines: body }));
      const write = number(await ledger.read(), "N1");
      host.beforeRequest(1, () => {
        author.type("投诉台账", "B2", "甲");
      });
      expect((await ledger.write(write)).skipped).toContainEqual({ row: 3, id: "", reason: "number-taken" });
    });
  });

  it("follows a table that was renamed and a sheet that was renamed and moved", async () => {
    const { ledger, host, author } = open(ledgerModel({ lines: lines(3) }));
    const snapshot = await ledger.read();
    author.renameTable("Complaints", "客诉");
    author.renameSheet("投诉台账", "2026年台账");
    author.insertSheetRows("2026年台账", 0, 4);
    author.insertSheetColumns("2026年台账", 0, 2);
    const report = await ledger.write(writeOf(snapshot));
    expect(report).toMatchObject({ changedCells: 28, skipped: [] });
    expect(strangers(host, "2026年台账", 4)).toEqual([]);
  });

  it("finds a plain range again after rows were inserted above it", async () => {
    const { ledger, host, author } = open(ledgerModel({ lines: lines(3), table: null }));
    const snapshot = await ledger.read();
    author.insertSheetRows("投诉台账", 0, 3);
    await ledger.write(writeOf(snapshot));
    expect(strangers(host, "投诉台账", 3)).toEqual([]);
    expect(records(host, "投诉台账", 3).map(({ 当前状态 }) => 当前状态)).toEqual(Array(3).fill("已逾期"));
  });

  it("waits while a cell is being edited", async () => {
    const { ledger, host } = open(ledgerModel({ lines: lines(3) }));
    const snapshot = await ledger.read();
    host.beginCellEdit();
    const writing = ledger.write(writeOf(snapshot));
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(Object.keys(records(host)[0]!)).toHaveLength(5);
    host.endCellEdit();
    expect(await writing).toMatchObject({ changedCells: 28 });
  });
});

describe("a ledger that can't be written", () => {
  const written = async (opened: ReturnType<typeof open>, spoil: () => void) => {
    const snapshot = await opened.ledger.read();
    spoil();
    const before = JSON.stringify(opened.host.model);
    const failure: unknown = await opened.ledger.write(writeOf(snapshot)).catch((error: unknown) => error);
    expect(JSON.stringify(opened.host.model)).toBe(before);
    return failure;
  };

  it("because its sheet is protected", async () => {
    const opened = open(ledgerModel({ lines: lines(3) }));
    expect(
      await written(opened, () => {
        opened.author.protect("投诉台账");
      }),
    ).toMatchObject({
      name: "HostProblem",
      code: "protected-sheet",
      params: { sheet: "投诉台账" },
    });
  });

  it("but is written where a protected sheet leaves the output columns open", async () => {
    const { ledger, host, author } = open(ledgerModel({ lines: lines(3) }));
    await ledger.write(writeOf(await ledger.read()));
    const sheet = sheetOf(host.model);
    for (let row = 1; row <= 3; row += 1) {
      for (let column = 5; column <= 11; column += 1) setStyle(sheet, row, column, { protection: { locked: false } });
    }
    author.protect("投诉台账");
    const write = writeOf(await ledger.read());
    const rows = write.rows.map((row) => ({ ...row, outputs: { ...row.outputs, status: "已结案" } }));
    expect(await ledger.write({ ...write, rows })).toMatchObject({ changedCells: 3 });
  });

  it.each(["before it was read", "after it was read"])(
    "and keeps a formula in an output column of a sheet that was protected %s",
    async (when) => {
      const { ledger, host, author } = open(ledgerModel({ lines: lines(3) }));
      await ledger.write(writeOf(await ledger.read()));
      const sheet = sheetOf(host.model);
      const status = sheet.rows[0]!.values.indexOf("当前状态");
      for (let row = 1; row <= 3; row += 1) {
        for (let column = 5; column <= 11; column += 1) setStyle(sheet, row, column, { protection: { locked: false } });
      }
      sheet.rows[2]!.formulas = { [status]: '=IF(TRUE,"人工","")' };
      sheet.rows[2]!.values[status] = "人工";
      if (when === "before it was read") author.protect("投诉台账");
      const write = writeOf(await ledger.read());
      if (when === "after it was read") author.protect("投诉台账");
      const rows = write.rows.map((row) => ({ ...row, outputs: { ...row.outputs, status: "已结案" } }));
      expect(await ledger.write({ ...write, rows })).toMatchObject({ changedCells: 2, keptFormulas: 1 });
      expect(formulaAt(sheet, 2, status)).toBe('=IF(TRUE,"人工","")');
    },
  );

  it("because merged cells lie where outputs go", async () => {
    const ids = [...INPUTS, ...OUTPUTS];
    const opened = open(
      ledgerModel({ ids, lines: lines(5).map((cells) => [...cells, ...OUTPUTS.map(() => "")]), table: null }),
    );
    expect(
      await written(opened, () => {
        opened.author.merge("投诉台账", "H3:H4");
      }),
    ).toMatchObject({
      code: "merged-cells",
      params: { sheet: "投诉台账", address: "H3:H4" },
    });
  });

  it("because its table, its sheet or a header is gone", async () => {
    const table = open(ledgerModel({ lines: lines(3) }));
    expect(
      await written(table, () => {
        table.author.convertToRange("Complaints");
      }),
    ).toMatchObject({
      code: "ledger-gone",
      params: { item: "Complaints" },
    });
    const sheet = open(ledgerModel({ lines: lines(3), others: [{ name: "x" }] }));
    expect(
      await written(sheet, () => {
        sheet.author.deleteSheet("投诉台账");
      }),
    ).toMatchObject({ code: "ledger-gone" });
    const header = open(ledgerModel({ lines: lines(3) }));
    expect(
      await written(header, () => {
        header.author.type("投诉台账", "A1", "序列");
      }),
    ).toMatchObject({
      code: "header-gone",
      params: { header: "投诉编号" },
    });
  });

  it("because the host is too old, busy, away or has a dialog open", async () => {
    const old = open(ledgerModel({ lines: lines(3) }), { apiSets: { ExcelApi: "1.9" } });
    await expect(old.ledger.read()).rejects.toMatchObject({
      code: "not-supported",
      params: { needed: "ExcelApi 1.13" },
    });
    for (const [code, ours] of [
      ["ServiceNotAvailable", "busy"],
      ["ConnectionFailure", "network"],
      ["InvalidOrTimedOutSession", "session-ended"],
      ["WriteNotSupportedWhenModalDialogOpen", "dialog-open"],
      ["SomethingNew", "host-error"],
    ] as const) {
      const opened = open(ledgerModel({ lines: lines(3) }));
      expect(
        await written(opened, () => {
          opened.host.failNextRequest(code);
        }),
      ).toMatchObject({ code: ours });
    }
  });

  it("because rows never stop moving", async () => {
    const { ledger, host, author } = open(ledgerModel({ lines: lines(10) }));
    const snapshot = await ledger.read();
    for (let n = 2; n < 20; n += 1) {
      host.beforeRequest(n, () => {
        author.sort("Complaints", "投诉编号", n % 4 < 2);
      });
    }
    await expect(ledger.write(writeOf(snapshot))).rejects.toMatchObject({ code: "changed-meanwhile" });
  });
});
