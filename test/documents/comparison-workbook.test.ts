import ExcelJS from "exceljs";
import { describe, expect, it } from "vitest";
import { comparisonWorkbook } from "../../src/documents/comparison-workbook.js";
import { fen } from "../../src/domain/money.js";
import type { Comparison } from "../../src/process/compare.js";

const comparison: Comparison = {
  rows: 3,
  versions: [{ before: "p 1.0.0 aaaaaaaa", after: "p 1.1.0 bbbbbbbb", rows: 3 }],
  changedRows: 1,
  outputs: [
    {
      row: 7,
      id: "260101001",
      output: "closeDue",
      header: "结案期限",
      before: "2026-03-09T23:59:59",
      rulesBefore: ["close"],
      rulesAfter: [],
    },
  ],
  subjects: [{ subject: "张三", before: fen(5000), after: fen(8050) }],
  rules: [
    {
      rule: "close",
      title: { zh: "结案", en: "Closing" },
      clause: "D 1",
      outputs: 1,
      penaltiesBefore: fen(0),
      penaltiesAfter: fen(3050),
    },
  ],
  totals: {
    penalties: { before: fen(5000), after: fen(8050) },
    deducted: { before: fen(0), after: fen(0) },
    carriedOut: { before: fen(0), after: fen(0) },
    compensation: { before: fen(0), after: fen(0) },
  },
};

const nameOf = (): string => "260101001";

async function rowsOf(language: "zh" | "en", sheet: string): Promise<unknown[][]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await comparisonWorkbook(comparison, language, nameOf)).buffer as ArrayBuffer);
  return book
    .getWorksheet(sheet)!
    .getSheetValues()
    .slice(1)
    .map((row) => (row as unknown[]).slice(1));
}

describe("the workbook of a comparison", () => {
  it("has every changed output with what it was and is, and the rules on both sides", async () => {
    const [header, row] = await rowsOf("zh", "变动明细");
    expect(header).toContain("现行规则");
    expect(row).toEqual(["260101001", 7, "结案期限", "2026-03-09 23:59:59", "", "结案", ""]);
  });

  it("has rules by title and clause, and sums in yuan with their difference", async () => {
    expect((await rowsOf("zh", "按规则"))[1]).toEqual(["结案", "D 1", 1, 0, 30.5, 30.5, "close"]);
    expect((await rowsOf("en", "By rule"))[1]?.[0]).toBe("Closing");
    expect((await rowsOf("zh", "按对象"))[1]).toEqual(["张三", 50, 80.5, 30.5]);
    expect((await rowsOf("zh", "合计"))[1]).toEqual(["处罚合计", 50, 80.5, 30.5]);
  });

  it("names the versions compared", async () => {
    expect((await rowsOf("zh", "规则版本"))[1]).toEqual(["p 1.0.0 aaaaaaaa", "p 1.1.0 bbbbbbbb", 3]);
  });

  it("has the same bytes for the same comparison", async () => {
    const bytes = await comparisonWorkbook(comparison, "zh", nameOf);
    expect(await comparisonWorkbook(comparison, "zh", nameOf)).toEqual(bytes);
  });
});
