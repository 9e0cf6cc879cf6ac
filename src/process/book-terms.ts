import type { LawTerms, Terms } from "../books/judged.js";
import { personKey, type PersonRef } from "../books/entry.js";
import type { CapTerm } from "../books/rests.js";
import type { MonthlyPay, Person } from "../domain/complaint.js";
import { nameKey } from "../domain/persons-text.js";
import { isoDate, type Day } from "../domain/wall-time.js";
import { regulationClause } from "../rules/clause.js";
import { packInForce } from "../rules/in-force.js";
import { regionRule, valueInForce } from "../rules/statutes.js";
import type { ProcessInput } from "./input.js";

/** What the books ask of packs, law, 人员 and 设置: ceilings by day, and who somebody is. */

export type TermsInput = Pick<ProcessInput, "packs" | "statutes" | "people" | "settings" | "monthlyPay" | "unclear">;

export function termsOf(input: TermsInput): Terms {
  const caps = new Map<string, readonly CapTerm[] | undefined>();
  const laws = new Map<Day, LawTerms>();
  const staff = staffOf(input);
  return {
    caps(packId, day) {
      const key = `${packId}/${day}`;
      if (!caps.has(key)) caps.set(key, capsOf(input, packId, day));
      return caps.get(key);
    },
    law(day) {
      const known = laws.get(day) ?? lawOf(input, day);
      laws.set(day, known);
      return known;
    },
    person: (ref, month) => personTerms(input, staff, ref, month),
    employeeNoOf: (name, day) => employeeNoOf(input.people, name, day),
  };
}

function capsOf({ packs }: TermsInput, packId: string, day: Day): readonly CapTerm[] | undefined {
  const pack = packs.get(packId);
  return (
    pack &&
    packInForce(pack, day).caps.map(({ cap, rate }) => ({
      clause: regulationClause(cap.clause, pack.header),
      covers: cap.covers,
      percentOfBonus: rate,
    }))
  );
}

function lawOf({ statutes, settings }: TermsInput, day: Day): LawTerms {
  const loss = valueInForce(statutes.lossCompensation.values, day);
  const region = regionRule(statutes, settings.deductionRegion, day);
  const sourceOf = ({ source }: { source: { document: string; article: string } }): string =>
    `${source.document}${source.article}`;
  return {
    ...(loss ? { loss: { percent: loss.percentOfWage, source: sourceOf(loss) } } : {}),
    ...(region?.percentOfWage === undefined
      ? {}
      : { region: { percent: region.percentOfWage, source: sourceOf(region) } }),
    ...(settings.minimumWage === undefined ? {} : { minimumWage: settings.minimumWage }),
    ...(region?.noticeFirst ? { noticeFirst: sourceOf(region) } : {}),
  };
}

/** 人员 and 月度绩效 by person: the first line of each counts. */
interface Staff {
  readonly people: ReadonlyMap<string, Person>;
  /** By month and 工号, or by month and name of lines without 工号, with their places. */
  readonly pay: ReadonlyMap<string, { readonly at: number; readonly line: MonthlyPay }>;
}

function staffOf({ people, monthlyPay = [] }: TermsInput): Staff {
  const first = new Map<string, Person>();
  for (const person of people) {
    const key = keyOf(person);
    if (!first.has(key)) first.set(key, person);
  }
  const pay = new Map<string, { at: number; line: MonthlyPay }>();
  for (const [at, line] of monthlyPay.entries()) {
    const key = payKey(line.month, line.employeeNo, line.name);
    if (!pay.has(key)) pay.set(key, { at, line });
  }
  return { people: first, pay };
}

function payKey(month: string, employeeNo: string | undefined, name: string | undefined): string {
  return employeeNo === undefined ? `${month}@${name ?? ""}` : `${month}#${employeeNo}`;
}

/** The first line of 月度绩效 that is this person's in a month. */
function payOf({ pay }: Staff, { employeeNo, name }: Person, month: string): MonthlyPay | undefined {
  const byName = pay.get(payKey(month, undefined, name));
  const byNumber = employeeNo === undefined ? undefined : pay.get(payKey(month, employeeNo, name));
  return byName && byNumber ? (byName.at < byNumber.at ? byName : byNumber).line : (byNumber ?? byName)?.line;
}

function personTerms(
  { people, unclear }: TermsInput,
  staff: Staff,
  { employeeNo, name }: PersonRef,
  month: string,
): ReturnType<Terms["person"]> {
  const why = unclear?.({ employeeNo, name });
  if (why !== undefined) return { unclear: why };
  if (people.length === 0) return "no-sheet";
  const found = staff.people.get(personKey({ employeeNo, name }));
  // A name of the book without 工号 is nobody who has one: they may only bear the same name.
  if (!found) return employeeNo === undefined && bearers(people, name).length > 0 ? "unproven" : "unlisted";
  const own = payOf(staff, found, month);
  const wage = own?.monthlyWage ?? found.monthlyWage;
  const bonus = own?.monthlyBonus ?? found.monthlyBonus;
  return {
    ...(wage === undefined ? {} : { wage }),
    ...(bonus === undefined ? {} : { bonus }),
    ...(found.leftOn === undefined ? {} : { lastMonth: isoDate(found.leftOn).slice(0, 7) }),
  };
}

/** The books' key of a line of 人员. */
function keyOf({ employeeNo, name }: Person): string {
  return personKey({ employeeNo, name });
}

/** Who bears a name, or bore it before. */
function bearers(people: readonly Person[], name: string): readonly Person[] {
  const key = nameKey(name);
  return people.filter((person) => [person.name, ...(person.formerNames ?? [])].some((own) => nameKey(own) === key));
}

/** Only by 入职日期 is it known that the one who bears the name now is the one who bore it then. */
function employeeNoOf(people: readonly Person[], name: string, day: Day): string | undefined {
  const numbered = people.find(({ employeeNo }) => employeeNo !== undefined && nameKey(employeeNo) === nameKey(name));
  if (numbered) return numbered.employeeNo;
  const same = bearers(people, name);
  const [only] = same;
  if (same.length !== 1 || only?.joinedOn === undefined || only.joinedOn > day) return undefined;
  return only.employeeNo;
}
