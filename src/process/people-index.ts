import type { Person } from "../domain/complaint.js";

/** 人员, looked up by name, post, crew and department. A name that stands twice counts once, the first. */
export interface PeopleIndex {
  readonly byName: ReadonlyMap<string, Person>;
  byPost(post: string): readonly Person[];
  byCrew(crew: string): readonly Person[];
  byDepartment(department: string): readonly Person[];
}

export function indexPeople(people: readonly Person[]): PeopleIndex {
  const byName = new Map<string, Person>();
  for (const person of people) if (!byName.has(person.name)) byName.set(person.name, person);
  const unique = [...byName.values()];
  const by = (key: "post" | "crew" | "department"): ((value: string) => readonly Person[]) => {
    const groups = new Map<string, Person[]>();
    for (const person of unique) {
      const value = person[key];
      if (value === undefined) continue;
      const group = groups.get(value);
      if (group) group.push(person);
      else groups.set(value, [person]);
    }
    return (value) => groups.get(value) ?? [];
  };
  return { byName, byPost: by("post"), byCrew: by("crew"), byDepartment: by("department") };
}
