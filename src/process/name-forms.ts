import type { PersonRef } from "../books/entry.js";
import type { JudgedComplaint } from "../books/judged.js";
import { matchText } from "../domain/match-key.js";
import { nameKey, nearKey, plainName } from "../domain/persons-text.js";
import type { ProcessInput } from "./input.js";
import { say } from "./sentences.js";

/**
 * Names without 工号 that differ only in the form of a character (曽伟 and 曾伟, 張偉 and 张伟) and that 人员 does not hold:
 * nobody can tell whether they are one person or two, so nothing is taken from any of them before somebody says.
 */
export function formsUnclear(
  { unclear, people, language }: Pick<ProcessInput, "unclear" | "people" | "language">,
  judged: readonly JudgedComplaint[],
  posted: readonly PersonRef[],
): ProcessInput["unclear"] {
  const several = new Map([...formsOf(people, judged, posted)].filter(([, { names, open }]) => open && names.size > 1));
  if (several.size === 0) return unclear;
  return (person) => {
    const forms = person.employeeNo === undefined ? several.get(nearKey(person.name)) : undefined;
    if (forms === undefined) return unclear?.(person);
    return say(language, "person.forms", { names: [...forms.names].sort().join("、") });
  };
}

interface Forms {
  readonly names: Set<string>;
  /** One of them is nobody whom 人员 holds. */
  open: boolean;
}

/** By `nearKey`, the ways in which a name is written. */
function formsOf(
  people: ProcessInput["people"],
  judged: readonly JudgedComplaint[],
  posted: readonly PersonRef[],
): ReadonlyMap<string, Forms> {
  const forms = new Map<string, Forms>();
  const note = (name: string, open: boolean): void => {
    const key = nearKey(name);
    const known = forms.get(key) ?? { names: new Set(), open: false };
    forms.set(key, known);
    known.names.add(name);
    known.open ||= open;
  };
  const own = namesIn(people);
  for (const name of own) note(name, false);
  for (const name of namesIn(claimants(judged))) note(name, !own.has(name));
  // What the book has under another form of a name in 人员 is that person's, as a cell that says so would be.
  const keys = new Set([...own].map(nameKey));
  for (const name of namesIn(posted)) note(name, !keys.has(nameKey(name)));
  return forms;
}

/** Names of those without 工号, each once, upper and lower case alike. */
function namesIn(refs: Iterable<{ readonly employeeNo?: string | undefined; readonly name: string }>): Set<string> {
  const written = new Set<string>();
  for (const { employeeNo, name } of refs) if (employeeNo === undefined && name !== "") written.add(name);
  return new Set([...new Map([...written].map((name) => [matchText(plainName(name)), plainName(name)])).values()]);
}

function* claimants(judged: readonly JudgedComplaint[]): Generator<PersonRef> {
  for (const { state } of judged) if (state.kind === "settled") for (const { person } of state.claims) yield person;
}
