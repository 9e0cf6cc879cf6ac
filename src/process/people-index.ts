import { addToList } from "../domain/grouping.js";
import type { NamedPerson, Person } from "../domain/complaint.js";
import { isUnitName, notPerson, type NotPerson } from "../domain/not-persons.js";
import { nameKey, nearKey, plainName } from "../domain/persons-text.js";
import type { Day } from "../domain/wall-time.js";
import { editDistance } from "../rules/nearest.js";

/** Who is meant by a name in 责任人 or 接待人. */
export type Who =
  | { readonly kind: "person"; readonly person: Person }
  /** 人员 is missing or empty: the name counts as it is written. */
  | { readonly kind: "as-written"; readonly name: string; readonly department?: string }
  /** The name fits several people of 人员. */
  | { readonly kind: "several"; readonly name: string; readonly people: readonly Person[] }
  /** 人员 has rows, but nobody of that name (or not with that department, crew or 工号). */
  | { readonly kind: "unknown"; readonly name: string; readonly near: readonly Person[] }
  | { readonly kind: "no-person"; readonly name: string; readonly why: NotPerson }
  /** 张三（主责）: what the brackets say is nothing that tells people apart. */
  | { readonly kind: "remark"; readonly name: string; readonly remark: string };

/** The members of a crew, or why there are none to be named. */
export type Crew =
  | { readonly kind: "crew"; readonly people: readonly Person[]; readonly department: string | undefined }
  | { readonly kind: "unknown" }
  /** The crew belongs to other departments than the responsible one. */
  | { readonly kind: "elsewhere"; readonly departments: readonly string[] }
  /** Several departments have a crew of that name, and nobody says which one is responsible. */
  | { readonly kind: "several"; readonly departments: readonly string[] };

/** 人员, looked up by 工号, name, post, crew and department. Names are compared as `nameKey` sees them. */
export interface PeopleIndex {
  /** 人员 is missing or empty. */
  readonly empty: boolean;
  /** The first person of each name; whoever charges somebody asks `find`, which knows namesakes. */
  readonly byName: ReadonlyMap<string, Person>;
  find(named: Pick<NamedPerson, "name" | "qualifier">): Who;
  byPost(post: string): readonly Person[];
  /**
   * A crew within the responsible department. A department that a rule names by its role may be unknown to 人员, and then
   * says nothing about the crew; one that a person `decided` on (改判责任部门) always does.
   */
  crew(crew: string, department: string | undefined, decided?: boolean): Crew;
  byDepartment(department: string): readonly Person[];
  /** Every department of 人员, once, as it is written there first. */
  readonly departments: readonly string[];
}

/** Near names are a kindness; three are enough to choose from. */
const MOST_NEAR = 3;

export function indexPeople(people: readonly Person[]): PeopleIndex {
  const byName = new Map<string, Person>();
  for (const person of people) if (!byName.has(person.name)) byName.set(person.name, person);
  const groups = {
    name: group(people, ({ name }) => name),
    employeeNo: group(people, ({ employeeNo }) => employeeNo),
    post: group(people, ({ post }) => post),
    crew: group(people, ({ crew }) => crew),
    department: group(people, ({ department }) => department),
    formerName: groupByAll(people, ({ formerNames }) => formerNames ?? []),
  };
  // The same few names come again on thousands of rows.
  const answers = new Map<string, Who>();
  return {
    empty: people.length === 0,
    byName,
    departments: [...groups.department.values()].map(([first]) => first!.department!),
    byPost: (post) => groups.post.get(nameKey(post)) ?? [],
    byDepartment: (department) => groups.department.get(nameKey(department)) ?? [],
    crew(crew, department, decided = false) {
      const known = department !== undefined && (decided || groups.department.has(nameKey(department)));
      return crewOf(groups.crew.get(nameKey(crew)) ?? [], known ? department : undefined);
    },
    find(named) {
      const key = `${named.name}\n${named.qualifier ?? ""}`;
      let who = answers.get(key);
      if (who === undefined) answers.set(key, (who = find(named, people, groups)));
      return who;
    },
  };
}

type Groups = ReadonlyMap<string, readonly Person[]>;

function group(people: readonly Person[], valueOf: (person: Person) => string | undefined): Groups {
  return groupByAll(people, (person) => {
    const value = valueOf(person);
    return value === undefined ? [] : [value];
  });
}

function groupByAll(people: readonly Person[], valuesOf: (person: Person) => readonly string[]): Groups {
  const groups = new Map<string, Person[]>();
  for (const person of people)
    for (const value of valuesOf(person)) {
      const key = nameKey(value);
      addToList(groups, key, person);
    }
  return groups;
}

function find(
  { name, qualifier }: Pick<NamedPerson, "name" | "qualifier">,
  people: readonly Person[],
  {
    name: byName,
    employeeNo: byNumber,
    formerName: byFormer,
  }: Readonly<Record<"name" | "employeeNo" | "formerName", Groups>>,
): Who {
  const written = qualifier === undefined ? name : `${name}（${qualifier}）`;
  const key = nameKey(name);
  // A name in brackets may be part of the name itself: 王芳（大）, as 人员 has it.
  const whole = qualifier === undefined ? undefined : byName.get(nameKey(written));
  const named = whole ?? byName.get(key) ?? [];
  const candidates = named.length > 0 ? named : (byNumber.get(key) ?? byFormer.get(key) ?? []);
  const fitting =
    qualifier === undefined || whole ? candidates : candidates.filter((person) => fits(person, nameKey(qualifier)));
  if (fitting.length === 1) return { kind: "person", person: fitting[0]! };
  if (fitting.length > 1) return { kind: "several", name: written, people: fitting };
  const why = candidates.length > 0 ? undefined : (notPerson(written) ?? notPerson(name));
  if (why) return { kind: "no-person", name: written, why };
  if (candidates.length > 0 && qualifier !== undefined) {
    // The person is known; what stands in brackets is another department, or no department at all.
    // A telephone number tells nobody apart.
    return (tellsApart(qualifier) && notPerson(qualifier) !== "phone") ||
      people.some((person) => fits(person, nameKey(qualifier)))
      ? { kind: "unknown", name: written, near: candidates.slice(0, MOST_NEAR) }
      : { kind: "remark", name, remark: qualifier };
  }
  if (people.length > 0) return { kind: "unknown", name: written, near: nearTo(name, people) };
  if (qualifier === undefined) return { kind: "as-written", name };
  return isUnitName(qualifier)
    ? { kind: "as-written", name, department: qualifier }
    : { kind: "remark", name, remark: qualifier };
}

function fits({ employeeNo, department, crew }: Person, key: string): boolean {
  return [employeeNo, department, crew].some((value) => value !== undefined && nameKey(value) === key);
}

/** Whether a text in brackets is meant to say which of several people: a unit, or a number. */
function tellsApart(qualifier: string): boolean {
  return isUnitName(qualifier) || /\d/.test(qualifier);
}

function nearTo(name: string, people: readonly Person[]): readonly Person[] {
  const limit = 2;
  const key = nearKey(name);
  return people
    .map((person) => ({ person, distance: editDistance(key, nearKey(person.name), limit) }))
    .filter(({ distance, person }) => distance < limit && person.name.length > 1)
    .slice(0, MOST_NEAR)
    .map(({ person }) => person);
}

function crewOf(members: readonly Person[], department: string | undefined): Crew {
  if (members.length === 0) return { kind: "unknown" };
  const departments = [...new Set(members.flatMap((person) => person.department ?? []))];
  if (department === undefined || departments.length === 0) {
    return departments.length > 1
      ? { kind: "several", departments }
      : { kind: "crew", people: members, department: departments[0] };
  }
  const key = nameKey(department);
  const within = members.filter((person) => person.department !== undefined && nameKey(person.department) === key);
  return within.length > 0 ? { kind: "crew", people: within, department } : { kind: "elsewhere", departments };
}

/** Whether somebody belonged to the company on a day; the first and the last day count. */
export function employedOn({ joinedOn, leftOn }: Person, day: Day): boolean {
  return (joinedOn === undefined || joinedOn <= day) && (leftOn === undefined || leftOn >= day);
}

/** What tells a person from every other one: 工号, or the name (with department and crew, where there is no 工号). */
export function personKey({ employeeNo, name, department, crew }: Person): string {
  return employeeNo === undefined
    ? [name, department ?? "", crew ?? ""].map(nameKey).join("\n")
    : `#${nameKey(employeeNo)}`;
}

/** A person so described that nobody of the same name is meant: 张三（A01，生产部，一组）. */
export function personText({ employeeNo, name, department, crew }: Person): string {
  const details = [employeeNo, department, crew].filter((detail) => detail !== undefined);
  return details.length === 0 ? plainName(name) : `${plainName(name)}（${details.join("，")}）`;
}
