import { describe, expect, it } from "vitest";
import { INPUT_COLUMNS, OUTPUT_COLUMNS, type OutputId } from "../../../src/domain/columns.js";
import type { ComplaintOutputs } from "../../../src/domain/complaint.js";
import { keyText } from "../../../src/ledger/output-cells.js";
import { fen } from "../../../src/domain/money.js";
import { addSeconds, wallTime } from "../../../src/domain/wall-time.js";
import { auditEntries } from "../../../src/ledger/audit-log.js";
import { PENALTIES_HEADERS } from "../../../src/ledger/output-tables.js";
import type { LedgerRow, LedgerWrite, OutputTable } from "../../../src/ledger/port.js";
import { formatArea } from "../../../src/workbench/host/address.js";
import { EXCEL_ON_THE_WEB_LIMIT, type WorkbookHost } from "../../../src/workbench/host/host.js";
import type { CellValue, WorkbookModel } from "../../../src/workbench/host/workbook-model.js";
import { ledgerModel, open, records } from "./fixture.js";

/** Requests are counted at the host, those that free references included. */

const IDS = INPUT_COLUMNS.map(({ id }) => id);
const OUTPUTS: readonly OutputId[] = OUTPUT_COLUMNS.map(({ id }) => id);
const DUES: ReadonlySet<string> = new Set(OUTPUTS.filter((id) => id.endsWith("Due") || id === "archiveUntil"));

/** A full row: every column of the contract, a complaint of some eighty characters, a number or none. */
function fullLine(n: number, numbered: boolean): CellValue[] {
  return IDS.map((id): CellValue => {
    if (id === "id") return numbered ? `2603${String(n).padStart(6, "0")}` : "";
    if (id === "receivedAt") return 46_000 + n / 24;
    if (id === "description") {
      return `第${n}号投诉：客户反映沙发到货后三日内面料起球、右侧扶手松动，安装人员未按约定时间上门，要求更换整件并说明原因，另请书面答复。`;
    }
    if (id === "customer") return `客户${n}`;
    if (id === "closeAt") return n % 3 === 0 ? 46_010 + n / 24 : "";
    if (id === "loss" || id === "claim") return (n % 90) * 100;
    return n % 4 === 0 ? `${id}-${n % 50}` : "";
  });
}

function fullOutputs({ row, cells }: LedgerRow, late: boolean): ComplaintOutputs {
  const due = wallTime(2026, 4, 1, 18);
  const name = keyText(cells.description).split("：")[0]!;
  const outputs = OUTPUTS.map((id, i): [OutputId, unknown] => {
    if (DUES.has(id)) return [id, addSeconds(due, row * 60 + i)];
    switch (id) {
      case "category":
        return [id, `类别-${name}`];
      case "status":
        return [id, late ? "已逾期" : "处理中"];
      case "overdue":
        return [id, late];
      case "penalty":
      case "compensation":
      case "factoryCost":
      case "customerCost":
        return [id, fen(row * 100)];
      case "postedReturn":
        return [id, row];
      case "handler":
      case "forms":
        return [id, ["客户投诉登记及跟踪处理记录表", "客户投诉转交处理联系单"]];
      case "messages":
        return [
          id,
          ["样例参数，请按本单位制度修改：closeDays", "“纠正措施”只有空泛用语，请写明具体做法、责任人和完成时间"],
        ];
      case "basis":
        return [id, "客户投诉处理办法第二十一条、第二十六条；结案期限自受理之日起七日，逢休息日顺延"];
      case "packVersion":
        return [id, "franchise-retail@1.0.0+3f2a9c51"];
      default:
        return [id, `${id}：生产部经理`];
    }
  });
  return Object.fromEntries(outputs);
}

function fullModel(rows: number, numbered: boolean): WorkbookModel {
  return ledgerModel({
    ids: IDS,
    lines: Array.from({ length: rows }, (_, i) => fullLine(i + 1, numbered)),
    others: [{ name: "人员", tables: [{ name: "People", values: [["姓名", "部门"], ...people()] }] }],
  });
}

const people = (): CellValue[][] => Array.from({ length: 200 }, (_, i) => [`员工${i}`, "生产部"]);

function penalties(rows: readonly LedgerRow[]): OutputTable {
  const lines = rows.filter(({ row }) => row % 5 === 0);
  return {
    sheet: "处罚明细",
    table: "Penalties",
    columns: PENALTIES_HEADERS,
    rows: lines.map(({ row }) => PENALTIES_HEADERS.map(({ kind }, k) => (kind === "money" ? row : `栏${k}-${row}`))),
    mode: "replace",
  };
}

function fullWrite(rows: readonly LedgerRow[], late: (row: LedgerRow) => boolean): LedgerWrite {
  return {
    outputColumns: OUTPUTS,
    rows: rows.map((row) => ({
      row: row.row,
      outputs: fullOutputs(row, late(row)),
      ...(row.cells.id === undefined ? { newId: `N${String(row.row).padStart(6, "0")}` } : {}),
    })),
    tables: [
      penalties(rows),
      auditEntries(
        {
          at: wallTime(2026, 4, 1),
          programVersion: "1",
          operator: undefined,
          packVersions: [],
          changedRows: 1,
          summary: "x",
          details: [],
        },
        "zh",
        undefined,
      ),
    ],
  };
}

function summary(host: WorkbookHost, from = 0): { requests: number; largest: number; total: number } {
  const made = host.requests.slice(from);
  const sizes = made.flatMap(({ bytes, responseBytes }) => [bytes, responseBytes]);
  return { requests: made.length, largest: Math.max(...sizes), total: sizes.reduce((sum, size) => sum + size, 0) };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

function show(what: string, { requests, largest, total }: ReturnType<typeof summary>): void {
  const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(2);
  console.log(`${what}: ${requests} requests, largest ${megabytes(largest)} MB, together ${megabytes(total)} MB`);
}

/** Other complaints' outputs in a row, unsorted or not. */
function wrongRows(host: WorkbookHost): number {
  return records(host).filter((record) => {
    const name = String(record.投诉内容).split("：")[0]!;
    return record.投诉类别 !== `类别-${name}`;
  }).length;
}

describe("requests", () => {
  it.each([
    ["1,000 numbered rows", 1_000, true],
    ["1,000 rows without numbers", 1_000, false],
    ["10,000 numbered rows", 10_000, true],
    ["10,000 rows without numbers", 10_000, false],
  ])("%s are read and written in at most twelve, each under 5 MB", async (what, count, numbered) => {
    const { ledger, host } = open(fullModel(count, numbered));
    const snapshot = await ledger.read();
    const reading = host.requests.length;
    const report = await ledger.write(fullWrite(snapshot.rows, () => false));
    await settled();
    const first = summary(host);
    show(`${what}, first run (${reading} to read)`, first);
    expect(report).toMatchObject({ placement: "table", skipped: [] });
    expect(wrongRows(host)).toBe(0);
    expect(first.requests).toBeLessThanOrEqual(12);
    expect(first.largest).toBeLessThan(EXCEL_ON_THE_WEB_LIMIT);

    const before = host.requests.length;
    const again = await ledger.read();
    expect(again.rows).toHaveLength(count);
    await ledger.write(fullWrite(again.rows, ({ row }) => row % 3 === 0));
    await settled();
    const second = summary(host, before);
    show(`${what}, a third of the statuses changed`, second);
    expect(second.requests).toBeLessThanOrEqual(12);
    expect(second.largest).toBeLessThan(EXCEL_ON_THE_WEB_LIMIT);
    expect(wrongRows(host)).toBe(0);
  });

  it("10,000 rows of which nine in ten are filtered away stay within twelve as well", async () => {
    const { ledger, host, author } = open(fullModel(10_000, true));
    const shown = Array.from({ length: 1_000 }, (_, i) => `客户${i * 10}`);
    author.filter("Complaints", "客户名称", shown);
    const snapshot = await ledger.read();
    await ledger.write(fullWrite(snapshot.rows, () => false));
    await settled();
    const made = summary(host);
    show("10,000 rows, 9,000 of them filtered away", made);
    expect(wrongRows(host)).toBe(0);
    expect(made.requests).toBeLessThanOrEqual(12);
    expect(made.largest).toBeLessThan(EXCEL_ON_THE_WEB_LIMIT);
  });

  it("one edited row among 10,000 is judged in at most three, the ledger known or not", async () => {
    const { ledger, host, author } = open(fullModel(10_000, true));
    // Columns are added by a whole run; here one stands already.
    const [table] = host.model.sheets[0]!.tables;
    table!.area = { ...table!.area, columns: IDS.length + 1 };
    author.type("投诉台账", formatArea({ row: 0, column: IDS.length, rows: 1, columns: 1 }), "投诉类别");
    for (const known of [false, true]) {
      if (known) await ledger.read();
      const before = host.requests.length;
      const read = await ledger.readRow(5_001);
      expect(read?.others).toHaveLength(9_999);
      expect(read?.snapshot.sideTables.get("People")?.rows).toHaveLength(200);
      const [row] = read!.snapshot.rows;
      const report = await ledger.writeRow({ row: 5_001, outputs: { category: "类别-第5000号投诉" } });
      await settled();
      show(`one row, ledger ${known ? "known" : "unknown"}`, summary(host, before));
      expect(host.requests.length - before).toBeLessThanOrEqual(3);
      expect(row!.cells.customer).toBe("客户5000");
      expect(report.changedCells).toBe(known ? 0 : 1);
      expect(records(host)[4_999]!.投诉类别).toBe("类别-第5000号投诉");
    }
  });
});
