import ExcelJS from "exceljs";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { packWorkbook } from "../../src/documents/pack-workbook.js";
import { CHOICES_SHEET, type SheetTable } from "../../src/rules-sheets/table.js";

const LONG = Array.from({ length: 60 }, (_, i) => `第${i + 1}种取值`);
const text = { zh: "说明", en: "note" };
const table: SheetTable = {
  name: "参数",
  about: text,
  columns: [
    { header: "短", note: text, width: 10, format: "text", choices: ["是", "否"] },
    { header: "长", note: text, width: 10, format: "text", choices: LONG },
  ],
  rows: [["是", LONG[3]!]],
};

describe("drop-downs of a pack's sheets", () => {
  it("hold short lists themselves and take long ones from a hidden sheet", async () => {
    const bytes = await packWorkbook([table], "zh");
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(Buffer.from(bytes) as unknown as ExcelJS.Buffer);
    const sheet = book.getWorksheet("参数")!;
    expect(sheet.getCell("A2").dataValidation.formulae).toEqual(['"是,否"']);
    expect(sheet.getCell("B2").dataValidation.formulae).toEqual([`'${CHOICES_SHEET}'!$A$1:$A$60`]);
    const lists = book.getWorksheet(CHOICES_SHEET)!;
    expect(lists.state).toBe("veryHidden");
    expect(LONG.map((_, i) => lists.getCell(i + 1, 1).value)).toEqual(LONG);
  });

  it("stand in a sheet whose parts are in the order Excel asks for", async () => {
    const parts = unzipSync(await packWorkbook([table], "zh"));
    const sheet = strFromU8(parts["xl/worksheets/sheet1.xml"]!);
    expect(sheet.indexOf("<legacyDrawing")).toBeGreaterThan(0);
    expect(sheet.indexOf("<legacyDrawing")).toBeLessThan(sheet.indexOf("<tableParts"));
  });
});
