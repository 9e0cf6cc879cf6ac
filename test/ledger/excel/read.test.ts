import { CELL_ERRORS } from "../../../src/domain/cell-errors.js";
import { describe, expect, it } from "vitest";
import { fromSheets, rowAt } from "../../../src/workbench/host/workbook-model.js";
import { headers, ledgerModel, line, lines, open } from "./fixture.js";

describe("reading the ledger", () => {
  it("finds the table Complaints and reads its rows in sheet order", async () => {
    const { ledger, host } = open(ledgerModel({ lines: lines(3) }));
    const snapshot = await ledger.read();
    expect(snapshot).toMatchObject({ sheet: "投诉台账", table: "Complaints", headerRow: 1 });
    expect(snapshot.columns.get("description")).toEqual({ header: "投诉内容", letter: "D" });
    expect(snapshot.rows.map(({ row, cells }) => [row, cells.id, cells.receivedAt])).toEqual([
      [2, "C00001", 46_000.1],
      [3, "C00002", 46_000.2],
      [4, "C00003", 46_000.3],
    ]);
    expect(host.requests).toHaveLength(2);
    expect(host.liveReferences).toBe(0);
  });

  it("finds a table under another name, standing anywhere, with headers of its own", async () => {
    const model = fromSheets([
      { name: "说明", values: [["本表由客服填写"]] },
      {
        name: "2026 客诉",
        tables: [
          {
            name: "表1",
            row: 3,
            column: 2,
            values: [
              ["客诉单号", "备注", "反馈日期", "问题描述"],
              [17, "内部", 46_000, "门板开裂"],
            ],
          },
        ],
      },
    ]);
    const { ledger } = open(model);
    const snapshot = await ledger.read();
    expect(snapshot).toMatchObject({ sheet: "2026 客诉", table: "表1", headerRow: 4 });
    expect(snapshot.unrecognised).toEqual([{ header: "备注", letter: "D" }]);
    expect(snapshot.rows).toEqual([
      { row: 5, cells: { id: 17, receivedAt: 46_000, description: "门板开裂" }, outputs: {} },
    ]);
  });

  it("finds a plain range under a title and headers over two rows", async () => {
    const model = fromSheets([
      {
        name: "台账",
        values: [
          ["客户投诉台账", "", "", "", ""],
          ["投诉编号", "受理时间", "投诉内容", "处理", ""],
          ["", "", "", "结案时间", "回访时间"],
          ["C1", 46_000, "门板开裂", 46_010, ""],
          ["C2", 46_001, "缺少螺丝", "", ""],
        ],
      },
    ]);
    const sheet = model.sheets[0]!;
    sheet.merges.push({ row: 0, column: 0, rows: 1, columns: 5 }, { row: 1, column: 3, rows: 1, columns: 2 });
    for (const column of [0, 1, 2]) sheet.merges.push({ row: 1, column, rows: 2, columns: 1 });
    const { ledger, host } = open(model);
    const snapshot = await ledger.read();
    expect(snapshot).toMatchObject({ table: undefined, headerRow: 3 });
    expect([...snapshot.columns.keys()]).toEqual(["id", "receivedAt", "description", "closeAt", "revisitAt"]);
    expect(snapshot.rows.map(({ row, cells }) => [row, cells.id, cells.closeAt])).toEqual([
      [4, "C1", 46_010],
      [5, "C2", undefined],
    ]);
    // One of them asks for merged areas, which is done once: it may empty the user's undo list.
    expect(host.requests).toHaveLength(4);
    await ledger.read();
    expect(host.requests).toHaveLength(7);
  });

  it("asks for cells merged over rows once, and again only when those rows read differently", async () => {
    const model = fromSheets([
      {
        name: "台账",
        values: [
          ["投诉编号", "受理时间", "投诉内容", "责任人"],
          ["C1", 46_000, "门板开裂", "张三"],
          ["", "", "", "李四"],
        ],
      },
    ]);
    for (const column of [0, 1, 2]) model.sheets[0]!.merges.push({ row: 1, column, rows: 2, columns: 1 });
    const { ledger, host, author } = open(model);
    const read = async (): Promise<{ requests: number; persons: unknown }> => {
      const before = host.requests.length;
      const { rows } = await ledger.read();
      return { requests: host.requests.length - before, persons: rows.map(({ cells }) => cells.person) };
    };
    const first = await read();
    expect(first.persons).toEqual(["张三、李四"]);
    const second = await read();
    expect(second.persons).toEqual(["张三、李四"]);
    expect(second.requests).toBeLessThan(first.requests - 1);
    author.type("台账", "D3", "王五");
    const third = await read();
    expect(third.persons).toEqual(["张三、王五"]);
    expect(third.requests).toBeGreaterThan(second.requests);
  });

  it("uses the mapping of headers kept in the workbook", async () => {
    const model = fromSheets([
      {
        name: "台账",
        tables: [
          {
            name: "T",
            values: [
              ["日子", "说了啥"],
              [46_000, "门板开裂"],
            ],
          },
        ],
      },
    ]);
    model.xmlParts.push({
      id: "{1}",
      xml: '<headers xmlns="urn:tiaoli:headers"><map header="日子" column="receivedAt"/><map header="说了啥" column="description"/></headers>',
    });
    const { ledger } = open(model);
    expect((await ledger.read()).rows[0]!.cells).toEqual({ receivedAt: 46_000, description: "门板开裂" });
  });

  it("says what is missing, or which two it can't choose between", async () => {
    const none = open(
      fromSheets([
        {
          name: "台账",
          values: [
            ["投诉编号", "受理时间"],
            ["C1", 46_000],
          ],
        },
      ]),
    );
    await expect(none.ledger.read()).rejects.toMatchObject({ code: "no-ledger", params: { missing: "投诉内容" } });
    const table = (name: string) => ({ name, tables: [{ name, values: [headers(), line(1)] }] });
    const two = open(fromSheets([table("一月"), table("二月")]));
    await expect(two.ledger.read()).rejects.toMatchObject({
      code: "several-ledgers",
      params: { names: "“一月”、“二月”" },
    });
    const hidden = fromSheets([table("一月"), table("二月")]);
    hidden.sheets[0]!.visibility = "Hidden";
    expect((await open(hidden).ledger.read()).table).toBe("二月");
  });

  it("reads hidden and filtered rows, leaves out blank ones and keeps errors as errors", async () => {
    const model = ledgerModel({ lines: [line(1), ["", "", "", "", ""], line(3), ["C9", "#N/A", "", "x", true]] });
    rowAt(model.sheets[0]!, 1).hidden = true;
    const { ledger, author } = open(model);
    author.filter("Complaints", "投诉编号", ["C9"]);
    const { rows } = await ledger.read();
    expect(rows.map(({ row }) => row)).toEqual([2, 4, 5]);
    expect(rows[2]!.cells).toEqual({ id: "C9", receivedAt: { error: "#N/A" }, description: "x", closeAt: true });
  });

  it.each(CELL_ERRORS)("takes %s for what it is: a cell that can't be read, named by its row", async (error) => {
    const model = ledgerModel({ lines: [line(1), ["C2", error, "客户", "门板开裂", ""]] });
    const { rows } = await open(model).ledger.read();
    expect(rows[1]!.cells.receivedAt).toEqual({ error });
  });

  it("converts dates of the 1904 system, and only those", async () => {
    const model = ledgerModel({ lines: [["C1", 44_538, "甲", "乙", 44_540.5]] });
    model.uses1904Dates = true;
    const { ledger } = open(model);
    expect((await ledger.read()).rows[0]!.cells).toMatchObject({ receivedAt: 46_000, closeAt: 46_002.5 });
  });

  it("reads side tables by table or sheet name, and outputs from 处理结果", async () => {
    const model = ledgerModel({
      lines: lines(2),
      others: [
        {
          name: "人员",
          values: [
            ["姓名", "部门"],
            ["张三", "生产部"],
          ],
        },
        {
          name: "假日",
          tables: [
            {
              name: "Holidays",
              values: [
                ["日期", "类型"],
                [46_050, "休"],
              ],
            },
          ],
        },
        {
          name: "处理结果",
          tables: [
            {
              name: "Results",
              values: [
                ["投诉编号", "当前状态", "下一步"],
                ["C00002", "处理中", "回复客户"],
              ],
            },
          ],
        },
      ],
    });
    const { ledger } = open(model);
    const snapshot = await ledger.read();
    expect(snapshot.sideTables.get("People")).toEqual({
      sheet: "人员",
      headers: [
        { header: "姓名", letter: "A" },
        { header: "部门", letter: "B" },
      ],
      rows: [{ row: 2, cells: ["张三", "生产部"] }],
    });
    expect(snapshot.sideTables.get("Holidays")!.rows).toEqual([{ row: 2, cells: [46_050, "休"] }]);
    expect(snapshot.rows.map(({ outputs }) => outputs.status)).toEqual([undefined, "处理中"]);
  });

  it("reads only the end of a long log", async () => {
    const log = Array.from({ length: 5000 }, (_, i) => [i, `entry ${i}`]);
    const model = ledgerModel({
      lines: lines(1),
      others: [{ name: "处理日志", tables: [{ name: "AuditLog", values: [["变动行数", "校验值"], ...log] }] }],
    });
    const { ledger } = open(model);
    const { rows } = (await ledger.read()).sideTables.get("AuditLog")!;
    expect(rows).toHaveLength(20);
    expect(rows.at(-1)).toEqual({ row: 5001, cells: [4999, "entry 4999"] });
  });

  it("starts anew if rows are added or sorted while it reads, so that no row is missed or read twice", async () => {
    for (const act of ["insert", "sort"] as const) {
      const { ledger, host, author } = open(ledgerModel({ lines: lines(3000) }), { payloadLimit: 150_000 });
      // The sixth request brings the first block, the seventh the rest.
      host.beforeRequest(7, () => {
        if (act === "insert") author.insertTableRows("Complaints", 0, [line(9999)]);
        else author.sort("Complaints", "投诉编号", false);
      });
      const { rows } = await ledger.read();
      const ids = rows.map(({ cells }) => cells.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toHaveLength(act === "insert" ? 3001 : 3000);
    }
  });
});
