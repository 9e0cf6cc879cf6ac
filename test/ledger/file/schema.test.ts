import ExcelJS from "exceljs";
import { beforeAll, describe, expect, it } from "vitest";
import { dayOf } from "../../../src/domain/wall-time.js";
import type { ComplaintOutputs } from "../../../src/domain/complaint.js";
import type { Fen } from "../../../src/domain/money.js";
import { NO_ANSWERS } from "../../../src/ledger/answers.js";
import { openFileLedger, writeAnswers } from "../../../src/ledger/file/file-ledger.js";
import type { OutputTable } from "../../../src/ledger/port.js";
import { makeWorkbook, sheetData, zipParts } from "../../ooxml/support/ooxml.js";
import { richParts } from "./support/rich-workbook.js";
import { schemaErrors, whyNoSchemas } from "../../ooxml/support/schema.js";
import { DUE, sameForAll } from "./support/writes.js";

const OUTPUTS: ComplaintOutputs = {
  category: "产品质量类",
  handler: ["甲", "乙"],
  closeDue: DUE,
  status: "已逾期",
  overdue: true,
  penalty: 5000 as Fen,
  basis: " =1+1\n<&>",
  archiveUntil: dayOf(2029, 1, 1),
};
const TABLES: OutputTable[] = [
  { sheet: "处罚明细", table: "Penalties", columns: [{ header: "投诉编号", kind: "text", width: 14 }, { header: "金额", kind: "money", width: 12.5 }, { header: "日期", kind: "date", width: 12 }], rows: [["A1", 50, 46000], ["=A2", undefined, undefined]], mode: "replace" },
  { sheet: "扣款台账", table: "Deductions", columns: [{ header: "月份", kind: "text", width: 10 }], rows: [], mode: "replace" },
  { sheet: "处理日志", table: "AuditLog", columns: [{ header: "时间 & <日>", kind: "datetime", width: 18 }], rows: [[46000.5]], mode: "append" },
]; // prettier-ignore

function process(input: Uint8Array): Uint8Array {
  const ledger = openFileLedger(input);
  return ledger.write(sameForAll(ledger, OUTPUTS, { tables: TABLES })).bytes;
}

describe.skipIf(whyNoSchemas !== undefined)(
  `what is written is valid against the schemas of ISO/IEC 29500${whyNoSchemas ? ` (skipped: ${whyNoSchemas})` : ""}`,
  () => {
    let exceljs: Uint8Array;
    beforeAll(async () => {
      const book = new ExcelJS.Workbook();
      const sheet = book.addWorksheet("投诉台账");
      sheet.addTable({
        name: "Complaints",
        ref: "A1",
        headerRow: true,
        columns: [{ name: "投诉编号" }, { name: "受理时间" }, { name: "投诉内容" }],
        rows: [["A1", new Date(), "甲"]],
      });
      sheet.getCell("B2").numFmt = "yyyy/m/d";
      sheet.getCell("C2").fill = { type: "pattern", pattern: "solid", fgColor: { argb: "FFFFFF00" } };
      sheet.protect("x", {}).catch(() => undefined);
      exceljs = new Uint8Array(await book.xlsx.writeBuffer());
    });

    const rows = [
      ["受理时间", "投诉内容", undefined, "注"],
      [46000, "甲"],
    ];
    const cases: Record<string, () => Uint8Array> = {
    "a workbook with everything in it": () => zipParts(richParts()),
    "a plain range with nothing but rows": () => makeWorkbook({ sheets: [{ name: "S", xml: sheetData([["受理时间", "投诉内容"], [46000, "甲"]]) }] }),
    "outputs on 处理结果": () => makeWorkbook({ sheets: [{ name: "S", xml: sheetData(rows) }], before: '<workbookPr date1904="1"/>' }),
    "blank output sheets": () => makeWorkbook({ sheets: [{ name: "S", xml: sheetData(rows) }, { name: "处罚明细", xml: "<sheetPr/><sheetData/><pageMargins left=\"1\" right=\"1\" top=\"1\" bottom=\"1\" header=\"1\" footer=\"1\"/>" }] }),
    "what exceljs made": () => exceljs,
  }; // prettier-ignore

    it.each(Object.keys(cases))("%s", (name) => {
      const first = process(cases[name]!());
      expect(schemaErrors(first)).toEqual([]);
      const second = process(first);
      expect(schemaErrors(second)).toEqual([]);
    });

    it("a header mapping", () => {
      expect(
        schemaErrors(
          writeAnswers(cases["a plain range with nothing but rows"]!(), {
            ...NO_ANSWERS,
            mapping: new Map([["何时", "receivedAt"]]),
          }),
        ),
      ).toEqual([]);
    });
  },
);
