import { describe, expect, test } from "vitest";
import type { Person } from "../../src/domain/complaint.js";
import { fen } from "../../src/domain/money.js";
import { compareRuns } from "../../src/process/compare.js";
import { run } from "../../src/process/process.js";
import { subjectText } from "../../src/process/subject-text.js";
import { inputOf } from "./process-rows.js";

const namesake = (employeeNo: string, department: string): Person => ({
  name: "张三",
  employeeNo,
  department,
  basePoints: 1,
  monthlyBonus: fen(100_000),
});
const people = [namesake("A01", "制造部"), namesake("B02", "业务部")];

describe("who is meant", () => {
  test("a person is shown with 工号, a department and somebody without one by the name alone", () => {
    expect(subjectText({ subject: "张三", employeeNo: "A01" })).toBe("张三（A01）");
    expect(subjectText({ subject: "制造部" })).toBe("制造部");
  });

  test("namesakes stand apart where packs are compared", () => {
    const rows = ["A01", "B02"].map((person) => ({
      pack: "factory-claims",
      description: "轴套内径超差",
      lossCaused: "是",
      loss: 100,
      person,
    }));
    const before = run(inputOf(rows, { people }));
    const after = run(inputOf([rows[0]!, { ...rows[1]!, loss: 300 }], { people }));
    expect(compareRuns(before, after).subjects).toEqual([
      { subject: "张三（B02）", before: fen(10_000), after: fen(30_000) },
    ]);
  });
});
