import { readdirSync } from "node:fs";
import ExcelJS from "exceljs";
import { describe, expect, it } from "vitest";
import { GOOD_ROWS, NOW, useFolder, writeLedger } from "./command.js";
import { tiaoliHere } from "./here.js";

const at = useFolder();

/** Numbers of the complaints a report's workbook counts. */
async function countedIn(path: string): Promise<string[]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  const ids: string[] = [];
  book.worksheets
    .at(-1)!
    .getColumn(1)
    .eachCell(({ value }, row) => {
      if (row > 1 && typeof value === "string") ids.push(value);
    });
  return ids;
}

describe("a report taken apart", () => {
  it("is a workbook for each department, each case in one of them", async () => {
    const rows = ["质检部", "销售部", "质检部", undefined, "销/售部"].map((departmentOverride, i) => ({
      ...GOOD_ROWS[0],
      id: `T${i}`,
      ...(departmentOverride === undefined ? {} : { departmentOverride }),
    }));
    await writeLedger(at("in.xlsx"), rows);
    const args = ["report", at("in.xlsx"), "--now", NOW, "--month", "2026-03"];
    const run = await tiaoliHere([...args, "--split", "责任部门", "-o", at("parts")]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    const files = readdirSync(at("parts")).sort();
    expect(files).toContain("月报 2026-03 质检部.xlsx");
    const counted = await Promise.all(files.map((name) => countedIn(at(`parts/${name}`))));
    expect(counted.flat().sort()).toEqual(["T0", "T1", "T2", "T3", "T4"]);
    expect(await countedIn(at("parts/月报 2026-03 质检部.xlsx"))).toEqual(["T0", "T2"]);
  });

  it("wants a folder, and a column by which reports count", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    const args = ["report", at("in.xlsx"), "--now", NOW, "--month", "2026-03", "--split"];
    expect((await tiaoliHere([...args, "责任部门"])).stderr).toContain("请用 -o");
    const unknown = await tiaoliHere([...args, "天气", "-o", at("parts")]);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain("不能按“天气”拆开");
  });
});
