import ExcelJS from "exceljs";
import { describe, expect, it } from "vitest";
import { GOOD_ROWS, NOW, useFolder, writeLedger } from "./command.js";
import { tiaoliHere } from "./here.js";

const at = useFolder();

async function textsOf(path: string): Promise<string> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  const texts: string[] = [];
  book.eachSheet((sheet) => {
    sheet.eachRow((row) => {
      row.eachCell(({ value }) => texts.push(typeof value === "string" ? value : ""));
    });
  });
  return texts.join("\n");
}

describe("--mask", () => {
  it("hides persons, customers and numbers in report and page of a case, and leaves the ledger alone", async () => {
    const named = { ...GOOD_ROWS[0], customer: "海棠商贸有限公司", person: "张三", phone: "13812345678" };
    await writeLedger(at("in.xlsx"), [{ ...named, id: "T1", description: "张三服务态度恶劣，请回电13812345678" }]);
    const args = [at("in.xlsx"), "--now", NOW, "--mask"];
    const report = await tiaoliHere(["report", ...args, "--month", "2026-03", "-o", at("report.xlsx")]);
    expect(report).toMatchObject({ code: 0, stderr: "" });
    const run = await tiaoliHere(["explain", ...args, "--id", "T1", "-o", at("page.xlsx")]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    for (const text of [run.stdout, await textsOf(at("report.xlsx")), await textsOf(at("page.xlsx"))]) {
      expect(text).not.toMatch(/张三|海棠商贸|13812345678/);
    }
    const page = await textsOf(at("page.xlsx"));
    expect(page).toContain("投诉判定说明");
    expect(page).toContain("海棠****");
    expect(page).toContain("138****5678");
    expect(page).toContain("当事人签字（意见）、日期");
    expect(await textsOf(at("in.xlsx"))).toContain("海棠商贸有限公司");
  });

  it("wants a file of its own for a report", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    const run = await tiaoliHere(["report", at("in.xlsx"), "--month", "2026-03", "--now", NOW, "--mask"]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("请用 -o");
  });
});
