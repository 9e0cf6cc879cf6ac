import type { Person } from "../complaint.js";
import { headerKey } from "../match-key.js";
import { nameKey, plainName } from "../persons-text.js";
import { isBlankRow, present, SideTableReader, type SideTable, type SideTableProblem } from "./side-table.js";

export const PEOPLE_HEADERS = {
  employeeNo: [
    "工号",
    "员工编号",
    "员工号",
    "职工号",
    "人员编号",
    "Employee no",
    "Employee number",
    "Staff no",
    "Employee ID",
  ],
  name: [
    "姓名",
    "名字",
    "员工姓名",
    "职工姓名",
    "人员姓名",
    "人员",
    "员工",
    "Name",
    "Employee",
    "Employee name",
    "Person",
    "Full name",
  ],
  department: ["部门", "所属部门", "所在部门", "部门名称", "所属单位", "Department", "Dept"],
  crew: ["班组", "小组", "组别", "组", "生产组", "Crew", "Team", "Group"],
  post: ["岗位", "职务", "职位", "岗位名称", "Post", "Position", "Job title", "Role", "Title"],
  superior: ["上级", "直接上级", "上级领导", "主管", "Superior", "Manager", "Supervisor", "Reports to"],
  basePoints: ["基点数", "基点", "基数", "Base points", "Points"],
  monthlyBonus: [
    "月绩效奖金",
    "绩效奖金",
    "月绩效",
    "绩效",
    "绩效工资",
    "月奖金",
    "奖金",
    "Monthly bonus",
    "Performance bonus",
    "Bonus",
  ],
  monthlyWage: [
    "月工资",
    "工资",
    "月薪",
    "薪资",
    "月工资标准",
    "应发工资",
    "基本工资",
    "工资标准",
    "岗位工资",
    "Base salary",
    "Basic salary",
    "Monthly wage",
    "Wage",
    "Salary",
    "Monthly salary",
  ],
  formerNames: ["曾用名", "原名", "原姓名", "Former name", "Former names", "Previous name"],
  joinedOn: ["入职日期", "入职时间", "入职日", "到岗日期", "Joined on", "First day", "Hire date", "Start date"],
  email: ["邮箱", "电子邮箱", "电子邮件", "邮件地址", "邮件", "Email", "E-mail", "Mail"],
  employment: ["在职状态", "员工状态", "人员状态", "是否在职", "状态", "Employment status", "Status"],
  phone: ["手机", "手机号", "手机号码", "电话", "联系电话", "联系方式", "Mobile", "Phone"],
  leftOn: ["离职日期", "离职时间", "离职日", "Left on", "Last day", "Leaving date"],
} as const;

const LEFT = /离职|辞职|退休|已离|辞退|开除|调出|^否$|left|resigned|retired|terminated|inactive/iu;

/** 曾用名; several are parted like any list. */
function namesIn(text: string | undefined): readonly string[] | undefined {
  const names = (text ?? "").split(/[、，,；;/]/).flatMap((name) => (name.trim() === "" ? [] : [plainName(name)]));
  return names.length === 0 ? undefined : names;
}

/** The fields of 人员 that a row of headers names. */
export function peopleFields(headers: readonly string[]): ReadonlySet<string> {
  const keys = new Set(headers.map(headerKey));
  const fields = Object.entries(PEOPLE_HEADERS).filter(([, names]) => names.some((name) => keys.has(headerKey(name))));
  return new Set(fields.map(([field]) => field));
}

export interface PeopleReading {
  readonly people: readonly Person[];
  readonly problems: readonly SideTableProblem[];
}

/**
 * Reads 人员. Namesakes are kept: whoever looks a name up is told of both. Only a line that says the very same as an
 * earlier one is left out, and reported, as is a 工号 that stands for two names.
 */
export function readPeople(table: SideTable): PeopleReading {
  const reader = new SideTableReader(table, PEOPLE_HEADERS);
  if (!reader.requires("name")) return { people: [], problems: reader.problems };
  const people: Person[] = [];
  const lines = new Set<string>();
  const numbers = new Map<string, string>();
  /** 工号 as a person's was written first: whoever stands here twice, with `A01` and `ａ01`, has one account. */
  const spelt = new Map<string, string>();
  for (const line of table.rows) {
    if (isBlankRow(line.cells)) continue;
    const before = reader.problems.length;
    const written = reader.read(line, "name", "text");
    if (written === undefined) {
      if (reader.problems.length === before) reader.note(line.row, "name", "", "name-missing");
      continue;
    }
    const name = plainName(written);
    const employeeNo = reader.read(line, "employeeNo", "text");
    const numbered = employeeNo === undefined ? "" : `${nameKey(employeeNo)}\n${nameKey(name)}`;
    if (employeeNo !== undefined && !spelt.has(numbered)) spelt.set(numbered, employeeNo);
    const person: Person = {
      ...present("employeeNo", spelt.get(numbered)),
      name,
      ...present("formerNames", namesIn(reader.read(line, "formerNames", "text"))),
      ...present("department", reader.read(line, "department", "text")),
      ...present("crew", reader.read(line, "crew", "text")),
      ...present("post", reader.read(line, "post", "text")),
      ...present("superior", reader.read(line, "superior", "text")),
      ...present("email", reader.read(line, "email", "text")),
      ...present("basePoints", reader.read(line, "basePoints", "number")),
      ...present("monthlyBonus", reader.read(line, "monthlyBonus", "money")),
      ...present("monthlyWage", reader.read(line, "monthlyWage", "money")),
      ...present("joinedOn", reader.read(line, "joinedOn", "date")),
      ...present("leftOn", reader.read(line, "leftOn", "date")),
    };
    const unread = reader.problems.slice(before).map(({ header }) => header);
    const undated = unread.some(
      (header) => reader.isHeaderOf("joinedOn", header) || reader.isHeaderOf("leftOn", header),
    );
    const key = JSON.stringify(person);
    if (lines.has(key)) {
      reader.note(line.row, "name", name, "duplicate-name");
      continue;
    }
    lines.add(key);
    const number = person.employeeNo === undefined ? undefined : nameKey(person.employeeNo);
    if (number !== undefined && (numbers.get(number) ?? nameKey(name)) !== nameKey(name))
      reader.note(line.row, "employeeNo", person.employeeNo!, "duplicate-number");
    if (number !== undefined) numbers.set(number, nameKey(name));
    // 离职 without a day: nobody can say whether the person still belonged to the company.
    const gone = person.leftOn === undefined && LEFT.test(reader.read(line, "employment", "text") ?? "");
    people.push(undated || gone ? { ...person, datesUnreadable: true } : person);
  }
  return { people, problems: reader.problems };
}
