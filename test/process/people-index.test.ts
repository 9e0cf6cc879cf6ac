import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Person } from "../../src/domain/complaint.js";
import { dayOf } from "../../src/domain/wall-time.js";
import { employedOn, indexPeople, personKey, type Who } from "../../src/process/people-index.js";

const PEOPLE: readonly Person[] = [
  { employeeNo: "A01", name: "张三", department: "制造部", crew: "一组" },
  { employeeNo: "A02", name: "张三", department: "质检部", crew: "一组" },
  { employeeNo: "A03", name: "李四", department: "制造部", crew: "二组" },
  { name: "王小明", department: "业务部" },
];
const people = indexPeople(PEOPLE);
const nobody = indexPeople([]);
const found = (who: Who): string =>
  who.kind === "person" ? (who.person.employeeNo ?? who.person.name) : who.kind === "as-written" ? who.name : who.kind;

describe("who is meant", () => {
  it.each([
    ["李四", undefined, "A03"],
    ["A03", undefined, "A03"],
    ["ａ03", undefined, "A03"],
    // Cyrillic А, and with something invisible in it.
    ["\u041003", undefined, "A03"],
    ["A\u200b03", undefined, "A03"],
    ["王小\u200d明", undefined, "王小明"],
    ["张三", undefined, "several"],
    ["张三", "制造部", "A01"],
    ["张三", "质检部", "A02"],
    ["张三", "A02", "A02"],
    ["张三", "一组", "several"],
    ["李四", "二组", "A03"],
    ["李四", "质检部", "unknown"],
    ["李四", "A01", "unknown"],
    ["李四", "主责", "remark"],
    ["李思", undefined, "unknown"],
    ["赵六", undefined, "unknown"],
    ["供应商", undefined, "no-person"],
    ["制造部", undefined, "no-person"],
    ["同上", undefined, "no-person"],
    ["张三等3人", undefined, "no-person"],
  ])("%s（%s）: %s", (name, qualifier, expected) => {
    expect(found(people.find(qualifier === undefined ? { name } : { name, qualifier }))).toBe(expected);
  });

  it("two forms of one name are namesakes that somebody has to tell apart, never a choice", () => {
    const both = indexPeople([{ name: "曾伟" }, { name: "曽伟" }]);
    expect(found(both.find({ name: "曾伟" }))).toBe("several");
    expect(found(indexPeople([{ name: "曽伟", employeeNo: "B1" }]).find({ name: "曾伟" }))).toBe("B1");
  });

  it("names the near ones, and both namesakes", () => {
    const near = people.find({ name: "王晓明" });
    expect(near.kind === "unknown" && near.near.map(({ name }) => name)).toEqual(["王小明"]);
    const both = people.find({ name: "张三" });
    expect(both.kind === "several" && both.people.map(({ employeeNo }) => employeeNo)).toEqual(["A01", "A02"]);
  });

  it("a name that 人员 holds is a person, whatever it looks like", () => {
    const odd = indexPeople([{ name: "全部" }, { name: "王芳（大）" }, { name: "王芳" }]);
    expect(found(odd.find({ name: "全部" }))).toBe("全部");
    expect(found(odd.find({ name: "王芳", qualifier: "大" }))).toBe("王芳（大）");
  });

  it("without 人员 a name counts as written, with its department; what is no person stays none", () => {
    expect(nobody.find({ name: "冯某", qualifier: "制造部" })).toEqual({
      kind: "as-written",
      name: "冯某",
      department: "制造部",
    });
    expect(found(nobody.find({ name: "冯某" }))).toBe("冯某");
    expect(found(nobody.find({ name: "外部承运商" }))).toBe("no-person");
    expect(found(nobody.find({ name: "冯某", qualifier: "主责" }))).toBe("remark");
  });
});

describe("crews", () => {
  it("are looked for within the responsible department", () => {
    const crew = people.crew("一组", "质检部");
    expect(crew.kind === "crew" && crew.people.map(({ employeeNo }) => employeeNo)).toEqual(["A02"]);
    expect(people.crew("一组", undefined).kind).toBe("several");
    expect(people.crew("二组", "质检部").kind).toBe("elsewhere");
    expect(people.crew("九组", "制造部").kind).toBe("unknown");
  });

  it("a department that 人员 does not know says nothing about a crew, unless somebody decided on it", () => {
    expect(people.crew("二组", "加工单位").kind).toBe("crew");
    expect(people.crew("二组", "加工单位", true).kind).toBe("elsewhere");
  });
});

it("the first and the last day in the company count", () => {
  const person = { name: "张三", joinedOn: dayOf(2026, 3, 2), leftOn: dayOf(2026, 3, 20) };
  expect([1, 2, 20, 21].map((day) => employedOn(person, dayOf(2026, 3, day)))).toEqual([false, true, true, false]);
});

it("no two persons have one key, whatever is written", () => {
  const person = fc.record(
    {
      employeeNo: fc.constantFrom("1", "2"),
      name: fc.constantFrom("张三", "李四"),
      department: fc.constantFrom("甲", "乙"),
    },
    { requiredKeys: ["name"] },
  );
  fc.assert(
    fc.property(person, person, (a, b) => {
      if (a.employeeNo !== undefined && b.employeeNo !== undefined) {
        expect(personKey(a) === personKey(b)).toBe(a.employeeNo === b.employeeNo);
      } else if (a.employeeNo === undefined && b.employeeNo === undefined) {
        expect(personKey(a) === personKey(b)).toBe(a.name === b.name && a.department === b.department);
      } else expect(personKey(a)).not.toBe(personKey(b));
    }),
  );
});
