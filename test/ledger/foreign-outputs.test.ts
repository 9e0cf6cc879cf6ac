import { describe, expect, test } from "vitest";
import type { ColumnId } from "../../src/domain/columns.js";
import { wallTime } from "../../src/domain/wall-time.js";
import { earlierOutputs } from "../../src/ledger/foreign-outputs.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import type { LedgerRow } from "../../src/ledger/port.js";
import { runLedger } from "../../src/ledger/run-ledger.js";
import { valueAt } from "../../src/workbench/host/workbook-model.js";
import { readBook } from "../../src/workbench/file/read-book.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";
import { makeWorkbook, sheetData, tableXml } from "../ooxml/support/ooxml.js";

const columns = (...ids: ColumnId[]): ReadonlyMap<ColumnId, unknown> => new Map(ids.map((id) => [id, id]));
const row = (n: number, outputs: LedgerRow["outputs"]): LedgerRow => ({ row: n, cells: { id: `C${n}` }, outputs });

describe("output columns that hold something", () => {
  test("are ours where 规则版本 stands beside them, somebody's own where it doesn't, nobody's while blank", () => {
    const rows = [row(2, { status: "处理中", department: " " })];
    expect(earlierOutputs(columns("status", "department", "packVersion"), rows).foreign).toEqual([]);
    expect(earlierOutputs(columns("status", "department"), rows).foreign).toEqual(["status"]);
  });

  test("are ours beside 处理结果 if they say what it says, row for row", () => {
    const said = [{ status: "处理中", closeDue: 46_000.75, packVersion: "a@1" }, undefined];
    const results = { lines: said, hasVersion: true };
    const alike = [row(2, { status: "处理中", closeDue: 46_000.750001 }), row(3, {})];
    expect(earlierOutputs(columns("status", "closeDue"), alike, results).foreign).toEqual([]);
    const edited = [row(2, { status: "已结案", closeDue: 46_000.75 }), row(3, {})];
    expect(earlierOutputs(columns("status", "closeDue"), edited, results).foreign).toEqual(["status"]);
    const added = [row(2, { status: "处理中" }), row(3, { status: "处理中" })];
    expect(earlierOutputs(columns("status"), added, results).foreign).toEqual(["status"]);
    const beside = [row(2, { department: "生产部" }), row(3, {})];
    expect(earlierOutputs(columns("department"), beside, results).foreign).toEqual(["department"]);
  });

  test("are no earlier outcome if they are somebody's own: what 处理结果 says is", () => {
    const results = { lines: [{ status: "处理中", packVersion: "a@1" }], hasVersion: true };
    const { rows } = earlierOutputs(
      columns("status", "department"),
      [row(2, { status: "?", department: "?" })],
      results,
    );
    expect(rows[0]!.outputs).toEqual({ status: "处理中", packVersion: "a@1" });
  });
});

test("what somebody wrote by hand stands after every run, whatever the runs have to say", () => {
  const headers = ["投诉编号", "受理时间", "投诉内容", "责任部门", "当前状态"];
  const lines = [
    ["A1", 46_090, "沙发面料起球，要求更换", "张工负责", undefined],
    ["A2", 46_091, "安装人员态度恶劣，辱骂客户", undefined, "已和解"],
    ["A3", "不详", "说不清", "待查", undefined],
  ];
  let bytes: Uint8Array = makeWorkbook({
    sheets: [
      {
        name: "台账",
        xml: `${sheetData([headers, ...lines])}<tableParts count="1"><tablePart r:id="rId1"/></tableParts>`,
        relationships: [{ id: "rId1", type: "table", target: "../tables/table1.xml" }],
      },
    ],
    parts: { "xl/tables/table1.xml": tableXml({ name: "Complaints", ref: "A1:E4", columns: headers }) },
  });
  const packs = loadAllPacks();
  for (const now of [wallTime(2026, 3, 10), wallTime(2026, 3, 25), wallTime(2026, 6, 1)]) {
    const ledger = openFileLedger(bytes, { codec: nodeCodec });
    const { write } = runLedger(ledger.snapshot, {
      packs,
      statutes: STATUTES,
      now,
      language: "zh",
      programVersion: "t",
    });
    expect(ledger.snapshot.foreign).toEqual(["department", "status"]);
    if (write) bytes = ledger.write(write).bytes;
    const [sheet] = readBook(bytes, "x", nodeCodec).sheets;
    const cells = [1, 2, 3].map((r) => [valueAt(sheet!, r, 3), valueAt(sheet!, r, 4)]);
    expect(cells).toEqual([
      ["张工负责", ""],
      ["", "已和解"],
      ["待查", ""],
    ]);
  }
});

test("an output whose header was mapped to another column goes to 处理结果; the table keeps one column of that name", () => {
  const headers = ["投诉编号", "受理时间", "投诉内容", "投诉类别"];
  let bytes: Uint8Array = makeWorkbook({
    sheets: [
      {
        name: "台账",
        xml: `${sheetData([headers, ["A1", 46_090, "沙发面料起球，要求更换", "面料"]])}<tableParts count="1"><tablePart r:id="rId1"/></tableParts>`,
        relationships: [{ id: "rId1", type: "table", target: "../tables/table1.xml" }],
      },
    ],
    parts: { "xl/tables/table1.xml": tableXml({ name: "Complaints", ref: "A1:D2", columns: headers }) },
  });
  const mapping = new Map<string, ColumnId>([["投诉类别", "cause"]]);
  const packs = loadAllPacks();
  const columnsOfRun: string[][] = [];
  for (let run = 0; run < 3; run++) {
    const ledger = openFileLedger(bytes, { codec: nodeCodec, headerMapping: mapping });
    expect(ledger.snapshot.foreign).toEqual(["category"]);
    const { write } = runLedger(ledger.snapshot, {
      packs,
      statutes: STATUTES,
      language: "zh",
      now: wallTime(2026, 3, 31),
      defaultPack: "general",
      programVersion: "test",
    });
    if (write) bytes = ledger.write(write).bytes;
    const table = openFileLedger(bytes, { codec: nodeCodec, headerMapping: mapping }).snapshot;
    columnsOfRun.push([...table.columns.values(), ...table.unrecognised].map(({ header }) => header));
    expect(table.rows[0]!.outputs.category, "said in 处理结果").toBeDefined();
  }
  for (const names of columnsOfRun) expect(new Set(names).size).toBe(names.length);
  expect(columnsOfRun[2]).toEqual(columnsOfRun[0]);
});
