import { addAll } from "../domain/grouping.js";
import type { InputId } from "../domain/columns.js";
import type { ComplaintInputs, NamedPerson, Person } from "../domain/complaint.js";
import { readUnit } from "../domain/named-unit.js";
import { readPersons } from "../domain/persons-text.js";
import { dayOfTime, isoDate } from "../domain/wall-time.js";
import type { PenaltySubject } from "../rules/events/subjects.js";
import { employedOn, personKey, personText, type Crew, type PeopleIndex, type Who } from "./people-index.js";
import type { SentenceKey } from "./sentences.js";

/** Someone who bears a penalty, with the weight of a share where an amount is shared. */
export interface Bearer {
  readonly subjectType: "个人" | "部门";
  readonly name: string;
  /** 工号, where 人员 has one. */
  readonly employeeNo: string | undefined;
  readonly department: string | undefined;
  /** Base points, or written per cent; equal shares have equal weights. */
  readonly weight: number;
  /** The person's line of 人员; undefined for a department, an unknown name, or without 人员. */
  readonly person: Person | undefined;
  /** False for a name that 人员 (which has rows) does not hold: nothing may be settled against it. */
  readonly known: boolean;
}

/** Why nobody, or not everybody, could be found. */
export interface BearerNote {
  readonly key: SentenceKey;
  readonly params: Readonly<Record<string, string | number>>;
  /** The column that says who, so that the message can name the cell. */
  readonly column?: InputId;
}

export interface Bearers {
  readonly bearers: readonly Bearer[];
  /** How the weights came about, for 计算式. */
  readonly weighting: "base-points" | "written-shares" | "equal";
  readonly notes: readonly BearerNote[];
}

/** What is asked, and what it is answered by. */
interface Question {
  readonly inputs: ComplaintInputs;
  /** 责任部门 after all rules and 改判. */
  readonly department: string | undefined;
  readonly people: PeopleIndex;
  /** 事由, for messages. */
  readonly reason: string;
}

/**
 * Who bears a penalty of a complaint. Nobody is guessed: a name that fits two people, is none of a person or is unknown
 * stops the sharing, with a note that says what to write.
 *
 * For a shared amount (`unit`): the persons in 责任人, by their written shares or base points; else the crew within the
 * responsible department; else the department (S0 §27 第二十、二十二条). Members are those who belonged to the company on
 * the day of 受理时间. An outside party in 改判责任部门 means that nobody of ours bears anything.
 */
export function findBearers(
  subject: PenaltySubject,
  inputs: ComplaintInputs,
  department: string | undefined,
  people: PeopleIndex,
  reason: string,
): Bearers {
  const asked: Question = { inputs, department, people, reason };
  const { departmentOverride, person: named = [] } = inputs;
  if (departmentOverride !== undefined && readUnit(departmentOverride, people.departments).kind === "outside")
    return nobody("bearers.outside-party", { value: departmentOverride, reason }, "departmentOverride");
  switch (subject.who) {
    case "person":
      return named.length > 0 ? equally(named, "person", asked) : nobody("person.no-subject", { reason }, "person");
    case "receiver":
      return equallyReceiver(asked);
    case "post":
      return named.length > 0 ? equally(named, "person", asked) : byPost(subject.post, asked);
    case "superior":
      return superiors(named, "person", asked);
    case "receiver-and-superior": {
      const receiver = equallyReceiver(asked);
      if (receiver.bearers.length === 0) return receiver;
      const above = superiors(receiverOf(inputs), "receiver", asked);
      return {
        bearers: [...receiver.bearers, ...above.bearers],
        weighting: "equal",
        notes: [...receiver.notes, ...above.notes],
      };
    }
    case "department":
      return wholeDepartment(subject.name ?? department, reason);
    case "unit":
      return unit(named, asked);
  }
}

function wholeDepartment(department: string | undefined, reason: string): Bearers {
  return department === undefined
    ? nobody("person.no-subject", { reason }, "departmentOverride")
    : { bearers: [departmentBearer(department)], weighting: "equal", notes: [] };
}

function unit(named: readonly NamedPerson[], asked: Question): Bearers {
  const { inputs, department, people, reason } = asked;
  if (named.length > 0) return sharing(named, asked);
  if (inputs.crew !== undefined) {
    const crew = people.crew(inputs.crew, department, inputs.departmentOverride !== undefined);
    if (crew.kind !== "crew") return noCrew(crew, inputs.crew, asked);
    return byBasePoints(inputs.crew, membersOf(crew.people, asked), asked);
  }
  const members = department === undefined ? [] : membersOf(people.byDepartment(department), asked);
  return members.length > 0 ? byBasePoints(department!, members, asked) : nobody("unit.empty", { reason }, "person");
}

/** 责任人 with an amount to share: by the shares written, or by base points; one alone bears all of it. */
function sharing(named: readonly NamedPerson[], asked: Question): Bearers {
  const { found, notes, stopped } = lookUp(named, "person", asked);
  if (stopped) return { bearers: [], weighting: "equal", notes };
  if (named.every(({ percent }) => percent !== undefined))
    return {
      bearers: found.map((bearer, i) => ({ ...bearer, weight: named[i]!.percent! })),
      weighting: "written-shares",
      notes,
    };
  if (found.length === 1) return { bearers: found, weighting: "equal", notes };
  // Whether somebody who was not there counts among those who share is nobody's to guess.
  if (found.some(({ person, known }) => person !== undefined && !known))
    return { bearers: [], weighting: "equal", notes };
  const members = found.flatMap(({ person }) => person ?? []);
  // Somebody without a line in 人员 has no base points; leaving him out would load his share on the others.
  if (members.length < found.length)
    return {
      bearers: [],
      weighting: "equal",
      notes: [...notes, { key: "unit.shares-missing", params: { reason: asked.reason }, column: "person" }],
    };
  return byBasePoints(members.map(({ name }) => name).join("、"), members, asked);
}

function noCrew(crew: Exclude<Crew, { kind: "crew" }>, name: string, { department, reason }: Question): Bearers {
  if (crew.kind === "unknown") return nobody("crew.unknown", { crew: name, reason }, "crew");
  const departments = crew.departments.join("、");
  return crew.kind === "elsewhere"
    ? nobody("crew.elsewhere", { crew: name, departments, department: department ?? "", reason }, "crew")
    : nobody("crew.several", { crew: name, departments, reason }, "crew");
}

/** Those of a unit who belonged to the company when the complaint came in. */
function membersOf(people: readonly Person[], { inputs: { receivedAt } }: Question): readonly Person[] {
  if (receivedAt === undefined) return people;
  const day = dayOfTime(receivedAt);
  return people.filter((person) => employedOn(person, day));
}

function byBasePoints(unitName: string, members: readonly Person[], { reason }: Question): Bearers {
  const undated = members.filter(({ datesUnreadable }) => datesUnreadable === true);
  if (undated.length > 0)
    return nobody("unit.dates-unreadable", { names: undated.map(personText).join("、"), reason }, "person");
  const without = members.filter(({ basePoints }) => basePoints === undefined);
  // A share that nobody can work out must not be loaded on the others.
  if (without.length > 0 || members.every(({ basePoints }) => basePoints === 0)) {
    const names = (without.length > 0 ? without : members).map(personText).join("、");
    return nobody("unit.no-points", { unit: unitName, names, reason }, "person");
  }
  return {
    bearers: members.filter(({ basePoints }) => basePoints! > 0).map((p) => personBearer(p, p.basePoints)),
    weighting: "base-points",
    notes: [],
  };
}

function byPost(post: string, asked: Question): Bearers {
  const { people, reason } = asked;
  const holders = membersOf(people.byPost(post), asked);
  if (holders.length === 1) return { bearers: [personBearer(holders[0]!)], weighting: "equal", notes: [] };
  return holders.length === 0
    ? nobody("person.no-post", { post, reason }, "person")
    : nobody("person.several-posts", { post, reason, names: holders.map(personText).join("、") }, "person");
}

/** The superiors of those named; who is among the responsible himself bears as such, and once. */
function superiors(named: readonly NamedPerson[], column: "person" | "receiver", asked: Question): Bearers {
  const { people, reason } = asked;
  if (named.length === 0) return nobody("person.no-subject", { reason }, column);
  const below = lookUp(named, column, asked);
  if (below.stopped) return { bearers: [], weighting: "equal", notes: [] };
  const taken = new Set(below.found.map(keyOf));
  const bearers: Bearer[] = [];
  const notes: BearerNote[] = [];
  for (const { name, person } of below.found) {
    if (person?.superior === undefined) {
      notes.push({ key: "person.no-superior", params: { name, reason }, column });
      continue;
    }
    const [above] = personsIn(person.superior);
    const who = above && people.find(above);
    const bearer = who && bearerOf(who);
    if (!bearer) {
      notes.push({ key: "person.superior-unclear", params: { name, superior: person.superior, reason }, column });
      continue;
    }
    if (taken.has(keyOf(bearer))) continue;
    taken.add(keyOf(bearer));
    if (bearer.person !== undefined && membersOf([bearer.person], asked).length === 0) {
      notes.push({
        key: "person.superior-gone",
        params: { name, superior: personText(bearer.person), reason },
        column,
      });
      continue;
    }
    bearers.push(bearer);
    addAll(notes, noteOn(who, column, asked));
  }
  return { bearers, weighting: "equal", notes };
}

function receiverOf({ receiver }: ComplaintInputs): readonly NamedPerson[] {
  return receiver === undefined ? [] : personsIn(receiver);
}

function equallyReceiver(asked: Question): Bearers {
  const { reason, inputs } = asked;
  const named = receiverOf(inputs);
  return named.length > 0 ? equally(named, "receiver", asked) : nobody("person.no-subject", { reason }, "receiver");
}

function personsIn(text: string): readonly NamedPerson[] {
  const persons = readPersons(text);
  return typeof persons === "string" ? [] : persons;
}

/** Everybody named, alike; who has a share of 0 % bears nothing. */
function equally(named: readonly NamedPerson[], column: "person" | "receiver", asked: Question): Bearers {
  const { found, notes, stopped } = lookUp(named, column, asked);
  return {
    bearers: stopped ? [] : found.filter((_, index) => named[index]!.percent !== 0),
    weighting: "equal",
    notes,
  };
}

// ------------------------------------------------------------ names

interface LookedUp {
  /** One for each name, unless `stopped`. */
  readonly found: readonly Bearer[];
  readonly notes: readonly BearerNote[];
  /** A name that can't be anybody's: nobody bears anything until a person has answered. */
  readonly stopped: boolean;
}

function lookUp(named: readonly NamedPerson[], column: "person" | "receiver", asked: Question): LookedUp {
  const found: Bearer[] = [];
  const said: BearerNote[] = [];
  for (const person of named) {
    const who = asked.people.find(person);
    const bearer = bearerOf(who);
    if (bearer) found.push(presentOnly(bearer, asked));
    addAll(said, noteOn(who, column, asked));
    addAll(said, absenceNote(who, column, asked));
  }
  const notes = uniqueNotes(said);
  if (found.length < named.length) return { found: [], notes, stopped: true };
  // 张三 and A01 may be the same person, who then stands here twice.
  if (found.length > 1 && new Set(found.map(keyOf)).size < found.length) {
    const names = found.map(({ name }) => name).join("、");
    return {
      found: [],
      notes: [{ key: "person.same-twice", params: { names, reason: asked.reason }, column }],
      stopped: true,
    };
  }
  return { found, notes, stopped: false };
}

/**
 * Somebody named who had left before 受理时间 or joined after it, or of whom nobody can tell, is charged nothing until it
 * is cleared up: what was written may be a namesake, and nothing could be taken from who has left anyway.
 */
function presentOnly(bearer: Bearer, asked: Question): Bearer {
  const { person } = bearer;
  return person === undefined || absenceOf(person, asked) === undefined ? bearer : { ...bearer, known: false };
}

function absenceOf(person: Person, { inputs: { receivedAt } }: Question): SentenceKey | undefined {
  if (receivedAt === undefined) return undefined;
  const day = dayOfTime(receivedAt);
  if (person.leftOn !== undefined && person.leftOn < day) return "person.left-before";
  if (person.joinedOn !== undefined && person.joinedOn > day) return "person.joined-after";
  return person.datesUnreadable === true ? "person.dates-unreadable" : undefined;
}

function absenceNote(who: Who, column: "person" | "receiver", asked: Question): readonly BearerNote[] {
  if (who.kind !== "person") return [];
  const { person } = who;
  const key = absenceOf(person, asked);
  if (key === undefined) return [];
  const day = key === "person.left-before" ? person.leftOn : person.joinedOn;
  const params = { name: personText(person), reason: asked.reason, day: day === undefined ? "" : isoDate(day) };
  return [{ key, params, column }];
}

function bearerOf(who: Who): Bearer | undefined {
  switch (who.kind) {
    case "person":
      return personBearer(who.person);
    case "as-written":
      return { ...unknownBearer(who.name), department: who.department, known: true };
    case "unknown":
      return unknownBearer(who.name);
    default:
      return undefined;
  }
}

function noteOn(who: Who, column: "person" | "receiver", { reason }: Question): readonly BearerNote[] {
  switch (who.kind) {
    case "person":
      return [];
    case "as-written":
      return [{ key: "person.no-people", params: {}, column }];
    case "several":
      return [
        {
          key: "person.namesakes",
          params: { name: who.name, names: who.people.map(personText).join("、"), reason },
          column,
        },
      ];
    case "unknown": {
      const near = who.near.map(personText).join("、");
      return [
        near === ""
          ? { key: "person.unknown", params: { name: who.name }, column }
          : { key: "person.unknown-near", params: { name: who.name, near }, column },
      ];
    }
    case "remark":
      return [{ key: "person.remark", params: { name: who.name, remark: who.remark, reason }, column }];
    case "no-person":
      return [{ key: `person.not-${who.why}`, params: { name: who.name, reason }, column }];
  }
}

function uniqueNotes(notes: readonly BearerNote[]): readonly BearerNote[] {
  if (notes.length < 2) return notes;
  const seen = new Set<string>();
  return notes.filter((note) => {
    const key = JSON.stringify([note.key, note.params]);
    return !seen.has(key) && seen.add(key);
  });
}

function personBearer(person: Person, weight = 1): Bearer {
  const { name, employeeNo, department } = person;
  return { subjectType: "个人", name, employeeNo, department, weight, person, known: true };
}

function unknownBearer(name: string): Bearer {
  return {
    subjectType: "个人",
    name,
    employeeNo: undefined,
    department: undefined,
    weight: 1,
    person: undefined,
    known: false,
  };
}

function departmentBearer(department: string): Bearer {
  return {
    subjectType: "部门",
    name: department,
    employeeNo: undefined,
    department,
    weight: 1,
    person: undefined,
    known: true,
  };
}

function keyOf({ person, name }: Bearer): string {
  return person ? personKey(person) : name;
}

function nobody(key: SentenceKey, params: BearerNote["params"], column: InputId): Bearers {
  return { bearers: [], weighting: "equal", notes: [{ key, params, column }] };
}
