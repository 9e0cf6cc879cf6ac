import type { PersonRef } from "../books/entry.js";
import type { BookRow } from "./book-claims.js";
import type { ProcessInput } from "./input.js";
import { say } from "./sentences.js";

/**
 * Names without 工号 that several workbooks of a group charge and no 人员 knows: nobody can tell whether they are one person,
 * so nothing is taken from either before somebody says.
 */
export function namesakesUnclear(
  { unclear, people, language }: ProcessInput,
  rows: readonly (BookRow & { readonly file: string | undefined })[],
): ProcessInput["unclear"] {
  const listed = new Set(people.map(({ name }) => name));
  const files = new Map<string, Set<string>>();
  for (const { penalties, file } of rows)
    for (const { subjectType, subject, employeeNo } of penalties)
      if (subjectType === "个人" && employeeNo === undefined && file !== undefined && !listed.has(subject))
        files.set(subject, (files.get(subject) ?? new Set()).add(file));
  const several = new Map([...files].filter(([, own]) => own.size > 1));
  if (several.size === 0) return unclear;
  return (person: PersonRef) => {
    const own = person.employeeNo === undefined ? several.get(person.name) : undefined;
    if (own === undefined) return unclear?.(person);
    return say(language, "group.namesake", { name: person.name, files: [...own].sort().join("、") });
  };
}
