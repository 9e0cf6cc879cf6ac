import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { countedIn, GOOD_ROWS, NOW, useFolder, writeLedger } from "./command.js";
import { tiaoliHere } from "./here.js";

const at = useFolder();

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

  it("by 分店 is refused where there are no shops: a file called 未填 would look like one", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    const args = ["report", at("in.xlsx"), "--now", NOW, "--month", "2026-03", "--split", "分店"];
    const run = await tiaoliHere([...args, "-o", at("parts")]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("没有可按分店拆开的");
    expect(existsSync(at("parts"))).toBe(false);
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
