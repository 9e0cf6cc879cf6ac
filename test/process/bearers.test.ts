import { describe, expect, it } from "vitest";
import type { ComplaintInputs, Person } from "../../src/domain/complaint.js";
import { readPersons } from "../../src/domain/persons-text.js";
import { dayOf, wallTime } from "../../src/domain/wall-time.js";
import { findBearers } from "../../src/process/bearers.js";
import { indexPeople } from "../../src/process/people-index.js";
import type { PenaltySubject } from "../../src/rules/events/subjects.js";

const PEOPLE: readonly Person[] = [
  { employeeNo: "A01", name: "张三", department: "制造部", crew: "一组", basePoints: 2, superior: "赵六" },
  { employeeNo: "A02", name: "张三", department: "质检部", crew: "一组", basePoints: 1 },
  { employeeNo: "A03", name: "李四", department: "制造部", crew: "二组", basePoints: 1, superior: "赵六" },
  { employeeNo: "A04", name: "赵六", department: "制造部", basePoints: 3 },
];
const UNIT: PenaltySubject = { who: "unit" };
const RECEIVED = wallTime(2026, 3, 10, 9);

function bear(
  subject: PenaltySubject,
  inputs: Omit<ComplaintInputs, "person"> & { person?: string },
  people: readonly Person[] = PEOPLE,
  department = "制造部",
): { who: string[]; weights: number[]; notes: string[] } {
  const { person, ...rest } = inputs;
  const persons = person === undefined ? undefined : readPersons(person);
  if (typeof persons === "string") throw new Error(persons);
  const complaint: ComplaintInputs = { receivedAt: RECEIVED, ...rest, ...(persons ? { person: persons } : {}) };
  const found = findBearers(subject, complaint, inputs.departmentOverride ?? department, indexPeople(people), "事由");
  return {
    who: found.bearers.map((b) => `${b.employeeNo ?? b.name}${b.known ? "" : "?"}`),
    weights: found.bearers.map(({ weight }) => weight),
    notes: found.notes.map(({ key }) => key),
  };
}

describe("a unit", () => {
  it("is the persons named, by their shares or their base points", () => {
    expect(bear(UNIT, { person: "张三（制造部）:60%;李四:40%" })).toEqual({
      who: ["A01", "A03"],
      weights: [60, 40],
      notes: [],
    });
    expect(bear(UNIT, { person: "A01、李四", crew: "二组" })).toEqual({
      who: ["A01", "A03"],
      weights: [2, 1],
      notes: [],
    });
    expect(bear(UNIT, { person: "李四" }).who).toEqual(["A03"]);
  });

  it("is else the crew, within the responsible department", () => {
    expect(bear(UNIT, { crew: "一组" }).who).toEqual(["A01"]);
    expect(bear(UNIT, { crew: "一组", departmentOverride: "质检部" }).who).toEqual(["A02"]);
    expect(bear(UNIT, { crew: "二组", departmentOverride: "质检部" })).toEqual({
      who: [],
      weights: [],
      notes: ["crew.elsewhere"],
    });
    expect(bear(UNIT, { crew: "九组" })).toEqual({ who: [], weights: [], notes: ["crew.unknown"] });
  });

  it("is else the whole department", () => {
    expect(bear(UNIT, {}).who).toEqual(["A01", "A03", "A04"]);
    expect(bear(UNIT, {}, PEOPLE, "行政部").notes).toEqual(["unit.empty"]);
  });

  it("has no members who had left before 受理时间 or joined after it; the day itself counts", () => {
    const dated = (dates: Partial<Person>): string[] =>
      bear(UNIT, {}, [
        { name: "李四", department: "制造部", basePoints: 1 },
        { name: "周七", department: "制造部", basePoints: 1, ...dates },
      ]).who;
    expect(dated({ leftOn: dayOf(2026, 3, 9) })).toEqual(["李四"]);
    expect(dated({ leftOn: dayOf(2026, 3, 10) })).toEqual(["李四", "周七"]);
    expect(dated({ joinedOn: dayOf(2026, 3, 11) })).toEqual(["李四"]);
    expect(dated({ joinedOn: dayOf(2026, 3, 10) })).toEqual(["李四", "周七"]);
    expect(dated({ datesUnreadable: true })).toEqual([]);
  });

  it("shares nothing while the base points of anybody are missing", () => {
    const people: readonly Person[] = [...PEOPLE, { name: "周七", department: "制造部" }];
    expect(bear(UNIT, {}, people)).toEqual({ who: [], weights: [], notes: ["unit.no-points"] });
    expect(bear(UNIT, { person: "李四、周七" }, people).notes).toEqual(["unit.no-points"]);
    expect(bear(UNIT, { person: "李四:50%;周七:50%" }, people).who).toEqual(["A03", "周七"]);
  });

  it("who has no base points by decision (0) bears nothing", () => {
    const people: readonly Person[] = [...PEOPLE, { name: "周七", department: "制造部", basePoints: 0 }];
    expect(bear(UNIT, {}, people).who).toEqual(["A01", "A03", "A04"]);
  });
});

describe.each<PenaltySubject>([UNIT, { who: "person" }])(
  "$who: nobody is charged under a name that can't be his",
  (subject) => {
    it.each([
      ["张三", "person.namesakes"],
      ["供应商", "person.not-outside"],
      ["制造部", "person.not-department"],
      ["同上", "person.not-elsewhere"],
      ["13800138000", "person.not-phone"],
      ["李四等3人", "person.not-several"],
      ["李四（主责）", "person.remark"],
      ["李四、同上", "person.not-elsewhere"],
      ["A03、李四", "person.same-twice"],
    ])("%s", (person, note) => {
      expect(bear(subject, { person, crew: "一组" })).toEqual({ who: [], weights: [], notes: [note] });
      expect(bear({ who: "superior" }, { person }).who).toEqual([]);
    });

    it("an unknown name keeps its line, marked as unknown, and names the near ones", () => {
      expect(bear(subject, { person: "李思" })).toEqual({
        who: ["李思?"],
        weights: [1],
        notes: ["person.unknown-near"],
      });
      expect(bear(subject, { person: "孙八" }).notes).toEqual(["person.unknown"]);
    });

    it("an outside party in 改判责任部门 means nobody of ours", () => {
      for (const departmentOverride of ["供应商/外部", "承运商", "宏达物流"])
        expect(bear(subject, { person: "李四", departmentOverride })).toEqual({
          who: [],
          weights: [],
          notes: ["bearers.outside-party"],
        });
    });

    it("a person of another department than 改判责任部门 pays", () => {
      expect(bear(subject, { person: "李四", departmentOverride: "质检部" }).who).toEqual(["A03"]);
    });

    it("without 人员 a name counts as written, and that is said", () => {
      expect(bear(subject, { person: "冯某（制造部）" }, [])).toEqual({
        who: ["冯某"],
        weights: [1],
        notes: ["person.no-people"],
      });
      expect(bear(subject, { person: "供应商" }, []).who).toEqual([]);
    });
  },
);

describe("superiors", () => {
  it("bear once, and not again where they are responsible themselves", () => {
    expect(bear({ who: "superior" }, { person: "A01、李四" }).who).toEqual(["A04"]);
    expect(bear({ who: "superior" }, { person: "李四、赵六" }).who).toEqual([]);
    expect(bear({ who: "receiver-and-superior" }, { receiver: "李四" }).who).toEqual(["A03", "A04"]);
  });

  it("a superior whom nobody can tell is asked about", () => {
    const people: readonly Person[] = [{ name: "李四", superior: "张三" }, ...PEOPLE.slice(0, 2)];
    expect(bear({ who: "superior" }, { person: "李四" }, people).notes).toEqual(["person.superior-unclear"]);
  });
});

it("a share of 0 % of a fixed fine is none", () => {
  expect(bear({ who: "person" }, { person: "李四:0%;赵六:100%" }).who).toEqual(["A04"]);
});
