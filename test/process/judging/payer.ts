import type { Day } from "../../../src/domain/wall-time.js";
import type { Complaint, Member, Named, World } from "./world.js";

/**
 * Who pays, worked out a second time from what people wrote and nothing else: no rule file, no fact, none of the program's
 * own code. Sums are fractions of fen; who shares one gets it to the fen next to it.
 */

export interface Line {
  readonly complaint: Complaint;
  /** 工号, or the name of somebody whom 人员 doesn't know. */
  readonly who: string;
  readonly reason: string;
  readonly amount: number;
  readonly state: "拟定" | "确定" | "作废";
}

type Found = Member | "unknown" | "several" | "nobody";

interface Share {
  readonly who: Member | string;
  readonly part: number;
}

const FINES: readonly (readonly [RegExp, string])[] = [
  [/^(?:置之不理|不理睬)$/u, "对投诉置之不理"],
  [/^(?:瞒报|漏报)$/u, "瞒报漏报谎报投诉"],
  [/^二次投诉$/u, "顾客二次投诉"],
  [/^(?:未经审批发文|擅自发文)$/u, "未经审批发文"],
];
/** Values that charge nobody, whatever stands beside them. */
const DOUBTS = /建议|撤销|未发现|免予|不存在/u;
const UNCLEAR = /^(?:建议改判业务部|不是供应商|制造部、业务部)$/u;

/** Every line of a ledger. Rows that would punish somebody twice for one act give none. */
export function linesOf(world: World): Line[] {
  const rows = world.complaints.map((complaint) => ({ complaint, lines: linesOfRow(world, complaint) }));
  const text = (complaint: Complaint): string => JSON.stringify({ ...world.cells(complaint), id: "" });
  const twice = rows.filter(({ complaint, lines }) =>
    rows.some(
      (other) =>
        other.complaint !== complaint &&
        other.complaint.pack === complaint.pack &&
        (other.complaint.id === complaint.id || text(other.complaint) === text(complaint)) &&
        other.lines.some((b) =>
          lines.some((a) => a.who === b.who && a.reason === b.reason && a.state !== "作废" && b.state !== "作废"),
        ),
    ),
  );
  return rows.filter((row) => !twice.includes(row)).flatMap(({ lines }) => lines);
}

function linesOfRow(world: World, complaint: Complaint): Line[] {
  const { override, upheld, crew, approvedOn, persons } = complaint;
  const found = persons.map((named) => find(world, named));
  if (isFaulty(world, complaint, found) || upheld === false || override === "供应商") return [];
  const decided = override !== undefined && !UNCLEAR.test(override) ? override : undefined;
  if (persons.length === 0 && crew === undefined && decided === undefined && approvedOn === undefined) return [];
  const held =
    (override !== undefined && decided === undefined) ||
    (decided === undefined && /^(?:供应商来料不良|客户使用不当)$/u.test(complaint.rootCause ?? ""));
  const shared =
    besides(world, complaint).length > 0 ||
    world.complaints.some((other) => other !== complaint && other.pack === complaint.pack && other.id === complaint.id);
  const closed = complaint.closedOn !== undefined && !shared;
  const transferred = world.complaints.some(({ pack, follows }) => pack === complaint.pack && follows === complaint.id);
  const state = (who: Member | string): Line["state"] =>
    transferred ? "作废" : closed && !held && isThere(complaint, who) ? "确定" : "拟定";
  const lines: Line[] = [];
  const add = (reason: string, who: Member | string, amount: number): void => {
    if (amount > 0)
      lines.push({ complaint, who: typeof who === "string" ? who : who.no, reason, amount, state: state(who) });
  };
  const named = namedOnce(world, complaint, found);
  const all = named.filter(({ part }) => part !== 0).map(({ who }) => who);
  switch (complaint.pack) {
    case "factory-claims":
      for (const { who, part } of unitOf(world, complaint, named, decided)) add("客诉损失", who, complaint.loss * part);
      break;
    case "franchise-retail":
      for (const { who, part } of unitOf(world, complaint, named, decided)) add("客诉损失", who, complaint.loss * part);
      for (const who of all) add("行政处分", who, sanction(complaint.listed, who));
      break;
    case "branch-stores":
    case "furniture-north":
      for (const reason of finesOf(complaint.listed))
        for (const who of all) add(reason, who, complaint.pack === "branch-stores" ? 10_000 : 5_000);
      break;
    case "hotel-supplies":
      hotel(world, complaint, { responsible: named.map(({ who }) => who), paying: all }, add);
  }
  return lines;
}

/** Other rows that continue the same case and could say who bears its loss as well. */
function besides(world: World, complaint: Complaint): Complaint[] {
  const link = (a: Complaint, b: Complaint): boolean => a.pack === b.pack && (a.follows === b.id || b.follows === a.id);
  const family = new Set([complaint]);
  for (const member of family)
    for (const other of world.complaints)
      // A number that is gone still holds together those who continue it.
      if (link(member, other) || sameOrigin(member, other)) family.add(other);
  const isEnd = ({ pack, id, upheld }: Complaint): boolean =>
    upheld !== false && !world.complaints.some((other) => other.pack === pack && other.follows === id);
  const chained = [...family].some(({ follows }) => follows !== undefined);
  return chained && isEnd(complaint) ? [...family].filter((other) => other !== complaint && isEnd(other)) : [];
}

function sameOrigin(a: Complaint, b: Complaint): boolean {
  return a.pack === b.pack && ((a.follows !== undefined && a.follows === b.follows) || a.id === b.id);
}

/** Whether a row's own cells say that nothing may follow from it. */
export function isFaultyRow(world: World, complaint: Complaint): boolean {
  return isFaulty(
    world,
    complaint,
    complaint.persons.map((named) => find(world, named)),
  );
}

function isFaulty(
  world: World,
  { persons, shares, closedOn, approvedOn, receivedOn }: Complaint,
  found: Found[],
): boolean {
  const texts = persons.map((named) => world.nameText(named));
  const known = found.filter((who) => typeof who !== "string");
  const days = [closedOn, approvedOn].filter((day) => day !== undefined);
  return (
    found.includes("several") ||
    new Set(texts).size < texts.length ||
    // 张三 and A01 are one person.
    new Set(known).size < known.length ||
    (shares.length > 0 && persons.length > 0 && sum(persons.map((_, i) => shares[i] ?? 0)) !== 100) ||
    days.some((day) => day > world.today || day < receivedOn)
  );
}

function find(world: World, { member: index, style }: Named): Found {
  const { no, name, department, crew } = world.member(index);
  if (style === "unknown") return "unknown";
  if (style === "outside" || style === "department") return "nobody";
  const fits = world.members.filter((other) =>
    style === "number"
      ? other.no === no
      : other.name === name &&
        (style === "name" || (style === "name-department" ? other.department === department : other.crew === crew)),
  );
  return fits.length === 1 ? fits[0]! : "several";
}

/** The persons of 责任人 with what is written of their parts; none where one of them can't be charged. */
function namedOnce(world: World, { persons, shares }: Complaint, found: readonly Found[]): Share[] {
  const people = found.map((who, i) => (who === "unknown" ? world.nameText(persons[i]!) : who));
  if (people.some((who) => who === "nobody" || who === "several")) return [];
  if (new Set(people).size < people.length) return [];
  return people.map((who, i) => ({
    who: who,
    part: shares.length === 0 ? -1 : (shares[i] ?? 0) / 100,
  }));
}

/** Who shares a loss: the persons, else the crew within the department, else the department. */
function unitOf(world: World, complaint: Complaint, named: readonly Share[], decided: string | undefined): Share[] {
  if (complaint.persons.length > 0) {
    if (complaint.shares.length > 0) return [...named];
    if (named.length === 1) return [{ who: named[0]!.who, part: 1 }];
    const members = named.map(({ who }) => who);
    return members.some((who) => !isThere(complaint, who)) ? [] : byPoints(members as Member[]);
  }
  const there = world.members.filter(({ joinedOn, leftOn }) => wasThere(complaint.receivedOn, joinedOn, leftOn));
  if (complaint.crew !== undefined) {
    const ofCrew = ({ crew }: Member): boolean => crew === complaint.crew;
    const departments = new Set(world.members.filter(ofCrew).map(({ department }) => department));
    if (decided === undefined ? departments.size !== 1 : !departments.has(decided)) return [];
    const department = decided ?? [...departments][0];
    return byPoints(there.filter((member) => ofCrew(member) && member.department === department));
  }
  return decided === undefined ? [] : byPoints(there.filter(({ department }) => department === decided));
}

/** Whether somebody named can be settled against: a member of the company when the complaint came in. */
function isThere({ receivedOn }: Complaint, who: Member | string): boolean {
  return typeof who !== "string" && wasThere(receivedOn, who.joinedOn, who.leftOn);
}

function wasThere(day: Day, joinedOn: Day, leftOn: Day | undefined): boolean {
  return joinedOn <= day && (leftOn === undefined || day <= leftOn);
}

function byPoints(members: readonly Member[]): Share[] {
  if (members.some(({ points }) => points === undefined)) return [];
  const whole = sum(members.map(({ points }) => points!));
  return whole === 0 ? [] : members.map((who) => ({ who, part: who.points! / whole }));
}

function finesOf(listed = ""): string[] {
  if (DOUBTS.test(listed)) return [];
  const values = listed.split(/[；，、]/u);
  return FINES.filter(([value]) => values.some((part) => value.test(part))).map(([, reason]) => reason);
}

function sanction(listed: string | undefined, who: Member | string): number {
  if (listed === "警告") return 10_000;
  // Of a bonus that nobody knows nothing can be taken.
  if (listed === undefined || typeof who === "string" || DOUBTS.test(listed)) return 0;
  if (listed.startsWith("警告，")) return 0;
  return /小过/u.test(listed) ? who.bonus * 0.3 : listed === "大过" ? who.bonus : 0;
}

interface Involved {
  readonly responsible: readonly (Member | string)[];
  readonly paying: readonly (Member | string)[];
}

function hotel(
  world: World,
  { upheld, loss, receivedOn }: Complaint,
  { responsible, paying }: Involved,
  add: (reason: string, who: Member | string, amount: number) => void,
): void {
  if (upheld !== true) return;
  const tier = loss <= 50_000 ? 0 : loss <= 500_000 ? 1 : 2;
  for (const who of paying)
    if (typeof who !== "string") add("投诉损失（直接责任者）", who, who.bonus * [0.05, 0.1, 0.2][tier]!);
  const heads = new Set<Member>();
  for (const who of responsible) {
    if (typeof who === "string" || who.superior === undefined) continue;
    const above = world.members.filter(({ no }) => no === who.superior);
    if (above.length === 1 && !responsible.includes(above[0]!)) heads.add(above[0]!);
  }
  for (const head of heads)
    if (wasThere(receivedOn, head.joinedOn, head.leftOn))
      add("投诉损失（部门主管）", head, head.bonus * [0.02, 0.05, 0.1][tier]!);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
