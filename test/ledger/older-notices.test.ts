import { readFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { excelRun, openExcelLedger } from "../../src/ledger/excel/excel-ledger.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import { examineNotices } from "../../src/jobs/issue-notices.js";
import { mayWrite } from "../../src/jobs/judge-ledger.js";
import type { LedgerSnapshot, LedgerWrite } from "../../src/ledger/port.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { readBook } from "../../src/workbench/file/read-book.js";
import { connect } from "../support/office-client.js";
import { optionsAt } from "./office-year.js";

/** A sheet 扣款通知 of the version before the books gets, with its new columns, their drop-downs and notes: once. */

const BEFORE = readFileSync(join(import.meta.dirname, "..", "fixtures", "noticed-before-the-books.xlsx"));

async function noticed(snapshot: LedgerSnapshot): Promise<LedgerWrite> {
  const { ledger } = examineNotices(snapshot, optionsAt("2026-03-20"), { month: "2026-03", issue: true });
  return mayWrite(await ledger.judgement()).write!;
}

describe("扣款通知 of an earlier version", () => {
  it("in a file", async () => {
    const ledger = openFileLedger(BEFORE, { codec: nodeCodec });
    const { bytes } = ledger.write(await noticed(ledger.snapshot));
    const sheets = Object.entries(unzipSync(bytes)).filter(([name]) => name.startsWith("xl/worksheets/sheet"));
    const told = sheets.map(([, content]) => strFromU8(content)).filter((xml) => xml.includes("签收,拒签,邮寄"));
    expect(told).toHaveLength(1);
    const rules = told[0]!.match(/<dataValidation /g) ?? [];
    expect(rules.length).toBeGreaterThanOrEqual(7);
    expect(told[0]).toContain('promptTitle="送达日期"');
    expect(told[0]).toContain("拟发,已发");
    // Once: the columns are there now.
    const again = openFileLedger(bytes, { codec: nodeCodec });
    const { sideTables } = again.snapshot;
    expect(sideTables.get("Notices")!.headers.map(({ header }) => header)).toContain("送达方式");
  });

  it("in Excel", async () => {
    const { host, excel } = connect(readBook(BEFORE, "excel", nodeCodec));
    const supports = (version: string): boolean => host.isSetSupported("ExcelApi", version);
    const ledger = openExcelLedger(excelRun(excel, supports), { supports });
    await ledger.write(await noticed(await ledger.read()));
    const { dataValidations } = host.book.model.sheets.find(({ name }) => name === "扣款通知")!;
    const told = JSON.stringify(dataValidations.map(({ settings }) => settings));
    expect(told).toContain("签收,拒签,邮寄");
    // 状态 stood there before.
    expect(told).toContain("拟发,已发");
    expect(dataValidations.length).toBeGreaterThanOrEqual(7);
  });

  it("in Excel, where somebody has given 状态 a validation of their own", async () => {
    const { host, excel } = connect(readBook(BEFORE, "excel", nodeCodec));
    await excel.run(async (context) => {
      const notices = context.workbook.tables.getItem("Notices");
      const own = notices.columns.getItem("状态").getDataBodyRange().dataValidation;
      own.rule = { list: { inCellDropDown: true, source: "发了,没发" } };
      await context.sync();
    });
    const supports = (version: string): boolean => host.isSetSupported("ExcelApi", version);
    const ledger = openExcelLedger(excelRun(excel, supports), { supports });
    await ledger.write(await noticed(await ledger.read()));
    const { dataValidations } = host.book.model.sheets.find(({ name }) => name === "扣款通知")!;
    const told = JSON.stringify(dataValidations.map(({ settings }) => settings));
    expect(told).toContain("发了,没发");
    expect(told).not.toContain("拟发,已发");
    expect(told).toContain("签收,拒签,邮寄");
  });
});
