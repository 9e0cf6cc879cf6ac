import { describe, expect, it } from "vitest";
import { HOST_PROBLEM_CODES, HostProblem } from "../../../src/ledger/excel/excel-ledger.js";
import { MISSING_KINDS, OFFICE_CODES, problemOf } from "../../../src/ledger/excel/host-problem.js";
import en from "../../../src/locales/host-problems.en-US.json";
import { hostProblemText, skippedRowText } from "../../../src/ledger/excel/host-problem-text.js";
import zh from "../../../src/locales/host-problems.zh-CN.json";

const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();

describe("sentences for problems of the host", () => {
  it("exist in both languages for every code, with the same placeholders", () => {
    const other = ["partly-written", "skipped.vanished", "skipped.ambiguous", "skipped.number-taken"];
    const missing = MISSING_KINDS.map((kind) => `missing.${kind}`);
    expect(Object.keys(zh).sort()).toEqual([...HOST_PROBLEM_CODES, ...missing, ...other].sort());
    expect(Object.keys(en)).toEqual(Object.keys(zh));
    for (const key of Object.keys(zh) as (keyof typeof zh)[])
      expect(placeholders(en[key])).toEqual(placeholders(zh[key]));
  });

  it.each(OFFICE_CODES)("%s of Excel fills every gap of its sentence", (code) => {
    const problem = problemOf({ code, message: "Something is wrong." });
    if (!(problem instanceof HostProblem)) throw new Error("no problem of the host");
    for (const language of ["zh", "en"] as const) expect(hostProblemText(problem, language)).not.toMatch(/[{}]/);
  });

  it.each([...OFFICE_CODES, "GeneralException"])("%s: where in the object model it happened reaches nobody", (code) => {
    for (const place of ["WorksheetCollection.getItem", "Table.getRange", "Range.values", "Workbook.names"]) {
      const problem = problemOf({ code, message: "Something is wrong.", debugInfo: { errorLocation: place } });
      for (const language of ["zh", "en"] as const) {
        expect(hostProblemText(problem as HostProblem, language)).not.toContain(place);
        expect(hostProblemText(problem as HostProblem, language)).not.toMatch(/[{}]|undefined/);
      }
      expect((problem as HostProblem).message).toContain(place);
    }
  });

  it("say what Excel said without a second full stop", () => {
    const problem = new HostProblem("host-error", { detail: "GeneralException: 处理请求时出现内部错误。" });
    expect(hostProblemText(problem, "zh")).toBe(
      "Excel 报告错误：GeneralException: 处理请求时出现内部错误。请重试；如仍出错，请把这句话告诉管理员",
    );
    const english = new HostProblem("host-error", { detail: "An internal error. " });
    expect(hostProblemText(english, "en")).toMatch(/^Excel reported an error: An internal error\. Try again/);
  });

  it("name sheet, cell and remedy, and what can be put back", () => {
    const merged = new HostProblem("merged-cells", { sheet: "投诉台账", address: "H3:H4" });
    expect(hostProblemText(merged, "zh")).toBe("工作表“投诉台账”的H3:H4是合并单元格，挡住了输出，请取消合并后重新处理");
    const row = { key: "", cells: [] };
    const stopped = new HostProblem("busy", {}, { keys: [], rows: [row, row], tables: [] });
    expect(hostProblemText(stopped, "en")).toBe(
      "Excel is busy. Wait a moment, then try again. The 2 rows already written can be put back: choose Undo this run.",
    );
    expect(skippedRowText({ row: 7, id: "", reason: "vanished" }, "zh")).toMatch(/^原第7行：/);
  });
});
