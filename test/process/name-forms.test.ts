import { describe, expect, it } from "vitest";
import { nearForm } from "../../src/domain/look-alikes.js";
import type { Person, RawRow } from "../../src/domain/complaint.js";
import { run, type Run } from "../../src/process/process.js";
import { inputOf } from "./process-rows.js";

/** A row that fines a person 500 yuan, settled in February or in March. */
const fined = (person: string, month: 2 | 3, more: RawRow["cells"] = {}): RawRow["cells"] => ({
  ...{ id: `26030900${month}`, pack: "furniture-north", receivedAt: `2026-0${month}-09T09:00`, person, upheld: "是" },
  ...{ description: "抱怨不知道促销政策变了", cause: "市场政策误解", closeAt: `2026-0${month}-09T09:25`, ...more },
});

const judge = (rows: readonly RawRow["cells"][], people: readonly Person[] = []): Run["outcome"] =>
  run(inputOf(rows, { people })).outcome;
const asked = ({ messages }: Run["outcome"]): string[] =>
  messages.filter(({ text }) => text.includes("只有字形不同")).map(({ text }) => text);
const taken = ({ deductions }: Run["outcome"]): [string, boolean][] =>
  deductions.map(({ person, deducted }) => [person, deducted > 0]);

describe("names that differ only in the form of a character, without 人员", () => {
  it.each([
    ["曽伟", "曾伟"],
    ["髙明", "高明"],
    ["張偉", "张伟"],
    ["锺楚红", "钟楚红"],
  ])("%s and %s: both are named, nothing is taken from either before somebody says", (one, other) => {
    const outcome = judge([fined(one, 2), fined(other, 3)]);
    expect(asked(outcome).length).toBeGreaterThan(0);
    for (const text of asked(outcome)) expect([text.includes(one), text.includes(other)]).toEqual([true, true]);
    expect(outcome.deductions.length).toBeGreaterThan(0);
    for (const { deducted } of outcome.deductions) expect(deducted).toBe(0);
  });

  it("one form alone, and names that are two by any reading, are taken from as written", () => {
    for (const [one, other] of [
      ["曽伟", "曽伟"],
      ["于敏", "於敏"],
      ["张伟", "张卫"],
      ["John", "john"],
    ] as const) {
      const outcome = judge([fined(one, 2), fined(other, 3)]);
      expect(asked(outcome)).toEqual([]);
      expect(taken(outcome).every(([, isTaken]) => isTaken)).toBe(true);
    }
  });

  it("whom 人员 holds is clear: one form there is the person, whichever is written", () => {
    const people: Person[] = [{ name: "曾伟", department: "销售部", basePoints: 1 }];
    const outcome = judge([fined("曽伟", 2), fined("曾伟", 3)], people);
    expect(asked(outcome)).toEqual([]);
    expect(new Set(taken(outcome).map(([person]) => person))).toEqual(new Set(["曾伟"]));
  });

  it("a complaint entered twice with a name in two forms charges neither", () => {
    const outcome = judge([fined("曽伟", 3), fined("曾伟", 3, { customer: "另一家" })]);
    expect(outcome.rows.map(({ outputs }) => outputs.status)).toEqual(["数据有误", "数据有误"]);
    expect(outcome.deductions).toEqual([]);
  });
});

it("a name that 人员 holds in simplified characters is offered for the traditional one", () => {
  const people: Person[] = [{ name: "张伟", department: "销售部", basePoints: 1 }];
  const outcome = judge([fined("張偉", 3)], people);
  expect(outcome.messages.some(({ text }) => text.includes("張偉") && text.includes("是否为张伟"))).toBe(true);
  expect(outcome.deductions).toEqual([]);
});

it("no form is another's form: asking goes in one step", () => {
  for (const name of ["張偉", "鍾麗華", "锺", "豔陽", "劉寶慶"]) expect(nearForm(nearForm(name))).toBe(nearForm(name));
});
