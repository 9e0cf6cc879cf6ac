import { addToList } from "../../domain/grouping.js";
import { personKey, type PersonRef } from "../../books/entry.js";
import type { Person } from "../../domain/complaint.js";
import { yuanNumber } from "../../domain/money.js";
import { startOfDay, toSerial } from "../../domain/wall-time.js";
import type { Language } from "../../locales/language.js";
import { say } from "../../process/sentences.js";
import type { OutputTable } from "../port.js";
import type { NamedSides } from "./group-sides.js";

/**
 * 集团人员: everybody whom 人员 of any workbook of a group lists, once, as they count; who lists them, and where they differ. A
 * view: what counts is changed in 人员, of the group's workbook first.
 */

const HEADERS = [
  { header: "工号", kind: "text", width: 10 },
  { header: "姓名", kind: "text", width: 12 },
  { header: "部门", kind: "text", width: 14 },
  { header: "班组", kind: "text", width: 12 },
  { header: "岗位", kind: "text", width: 12 },
  { header: "月绩效奖金", kind: "money", width: 12 },
  { header: "月工资", kind: "money", width: 12 },
  { header: "离职日期", kind: "date", width: 12 },
  { header: "登记在", kind: "text", width: 30 },
  { header: "分歧", kind: "text", width: 80 },
] as const satisfies OutputTable["columns"];

export interface GroupRoster {
  /** Each once, as they count. */
  readonly people: readonly Person[];
  readonly own: readonly Person[];
  readonly members: readonly NamedSides[];
  readonly unclear: (person: PersonRef) => string | undefined;
}

export function peopleTable({ people, own, members, unclear }: GroupRoster, language: Language): OutputTable {
  const listedIn = new Map<string, string[]>();
  const list = (persons: readonly Person[], name: string): void => {
    for (const key of new Set(persons.map(personKeyOf))) {
      addToList(listedIn, key, name);
    }
  };
  list(own, say(language, "group.itself"));
  for (const { source, sides } of members) list(sides.people, source);
  return {
    sheet: "集团人员",
    table: "GroupPeople",
    columns: HEADERS,
    rows: people.map((person) => [
      ...[person.employeeNo, person.name, person.department, person.crew, person.post],
      person.monthlyBonus === undefined ? undefined : yuanNumber(person.monthlyBonus),
      person.monthlyWage === undefined ? undefined : yuanNumber(person.monthlyWage),
      person.leftOn === undefined ? undefined : toSerial(startOfDay(person.leftOn)),
      (listedIn.get(personKeyOf(person)) ?? []).join("、"),
      unclear({ employeeNo: person.employeeNo, name: person.name }),
    ]),
    mode: "replace",
  };
}

function personKeyOf({ employeeNo, name }: Person): string {
  return personKey({ employeeNo, name });
}
