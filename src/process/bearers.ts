import type { ComplaintInputs, NamedPerson, Person } from "../domain/complaint.js";
import type { PenaltySubject } from "../rules/events/subjects.js";
import type { PeopleIndex } from "./people-index.js";
import type { SentenceKey } from "./sentences.js";

/** Someone who bears a penalty, with the weight of a share where an amount is shared. */
export interface Bearer {
  readonly subjectType: "个人" | "部门";
  readonly name: string;
  readonly department: string | undefined;
  /** Base points, or written per cent; equal shares have equal weights. */
  readonly weight: number;
}

/** Why nobody, or not everybody, could be found. */
export interface BearerNote {
  readonly key: SentenceKey;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface Bearers {
  readonly bearers: readonly Bearer[];
  /** How the weights came about, for 计算式. */
  readonly weighting: "base-points" | "written-shares" | "equal";
  readonly notes: readonly BearerNote[];
}

/**
 * Who bears a penalty of a complaint.
 *
 * For a shared amount (`unit`): shares written in 责任人 win; else the crew; else the persons in 责任人; else the
 * department, each by base points (S0 §27 第二十、二十二条). `department` is the row's 责任部门 after all rules.
 */
export function findBearers(
  subject: PenaltySubject,
  inputs: ComplaintInputs,
  department: string | undefined,
  people: PeopleIndex,
  reason: string,
): Bearers {
  const named = inputs.person ?? [];
  switch (subject.who) {
    case "person":
      return named.length > 0 ? equally(named, people) : nobody("person.no-subject", { reason });
    case "receiver":
      return inputs.receiver === undefined
        ? nobody("person.no-subject", { reason })
        : equally([{ name: inputs.receiver }], people);
    case "post":
      return named.length > 0 ? equally(named, people) : byPost(subject.post, people, reason);
    case "superior":
      return superiors(named, people, reason);
    case "receiver-and-superior": {
      if (inputs.receiver === undefined) return nobody("person.no-subject", { reason });
      const receiver = { name: inputs.receiver };
      const above = superiors([receiver], people, reason);
      return { ...above, bearers: [person(receiver.name, people), ...above.bearers] };
    }
    case "department":
      return department === undefined
        ? nobody("person.no-subject", { reason })
        : {
            bearers: [{ subjectType: "部门", name: department, department, weight: 1 }],
            weighting: "equal",
            notes: [],
          };
    case "unit":
      return unit(inputs, named, department, people, reason);
  }
}

function unit(
  inputs: ComplaintInputs,
  named: readonly NamedPerson[],
  department: string | undefined,
  people: PeopleIndex,
  reason: string,
): Bearers {
  if (named.length > 0 && named.every((p) => p.percent !== undefined)) {
    return {
      bearers: named.map((p) => person(p.name, people, p.percent)),
      weighting: "written-shares",
      notes: unknown(named, people),
    };
  }
  const crew = inputs.crew === undefined ? [] : people.byCrew(inputs.crew);
  if (crew.length > 0) return byBasePoints(inputs.crew!, crew, reason);
  if (named.length > 0) {
    const known = named.flatMap((p) => people.byName.get(p.name) ?? []);
    const missing = unknown(named, people);
    // Someone 人员 doesn't know has no base points; leaving him out would load his share on the others.
    if (missing.length > 0 && named.length > 1) return { bearers: [], weighting: "equal", notes: missing };
    if (named.length === 1 || known.every((p) => p.basePoints === undefined))
      return { ...equally(named, people), notes: missing };
    return byBasePoints(named.map((p) => p.name).join("、"), known, reason);
  }
  const members = department === undefined ? [] : people.byDepartment(department);
  return members.length > 0 ? byBasePoints(department!, members, reason) : nobody("unit.empty", { reason });
}

function byBasePoints(unitName: string, members: readonly Person[], reason: string): Bearers {
  const withPoints = members.filter((p) => p.basePoints !== undefined && p.basePoints > 0);
  if (withPoints.length === 0) return nobody("unit.no-points", { unit: unitName, reason });
  const without = members.filter((p) => p.basePoints === undefined);
  return {
    bearers: withPoints.map((p) => ({
      subjectType: "个人",
      name: p.name,
      department: p.department,
      weight: p.basePoints!,
    })),
    weighting: "base-points",
    notes:
      without.length === 0
        ? []
        : [{ key: "unit.partial-points", params: { names: without.map((p) => p.name).join("、"), reason } }],
  };
}

function byPost(post: string, people: PeopleIndex, reason: string): Bearers {
  const holders = people.byPost(post);
  if (holders.length === 1) return equally(holders, people);
  return holders.length === 0
    ? nobody("person.no-post", { post, reason })
    : nobody("person.several-posts", { post, reason, names: holders.map((p) => p.name).join("、") });
}

function superiors(named: readonly { readonly name: string }[], people: PeopleIndex, reason: string): Bearers {
  if (named.length === 0) return nobody("person.no-subject", { reason });
  const names = new Set<string>();
  const notes: BearerNote[] = [];
  for (const { name } of named) {
    const superior = people.byName.get(name)?.superior;
    if (superior === undefined) notes.push({ key: "person.no-superior", params: { name, reason } });
    else names.add(superior);
  }
  return { bearers: [...names].map((name) => person(name, people)), weighting: "equal", notes };
}

function equally(named: readonly { readonly name: string }[], people: PeopleIndex): Bearers {
  return { bearers: named.map((p) => person(p.name, people)), weighting: "equal", notes: unknown(named, people) };
}

function person(name: string, people: PeopleIndex, weight = 1): Bearer {
  return { subjectType: "个人", name, department: people.byName.get(name)?.department, weight };
}

function unknown(named: readonly { readonly name: string }[], people: PeopleIndex): BearerNote[] {
  return named
    .filter((p) => !people.byName.has(p.name))
    .map((p) => ({ key: "person.unknown", params: { name: p.name } }));
}

function nobody(key: SentenceKey, params: BearerNote["params"]): Bearers {
  return { bearers: [], weighting: "equal", notes: [{ key, params }] };
}
