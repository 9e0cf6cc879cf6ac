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
  return {
    caps(packId, day) {
      const key = `${packId}/${day}`;
      if (!caps.has(key)) caps.set(key, capsOf(input, packId, day));
      return caps.get(key);
    },
    law: (day) => lawOf(input, day),
    person: (ref, month) => personTerms(input, ref, month),
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

function personTerms(
  { people, monthlyPay = [], unclear }: TermsInput,
  { employeeNo, name }: PersonRef,
  month: string,
): ReturnType<Terms["person"]> {
  const why = unclear?.({ employeeNo, name });
  if (why !== undefined) return { unclear: why };
  if (people.length === 0) return "no-sheet";
  const key = personKey({ employeeNo, name });
  const found = people.find((person) => keyOf(person) === key);
  // A name of the book without 工号 is nobody who has one: they may only bear the same name.
  if (!found) return employeeNo === undefined && bearers(people, name).length > 0 ? "unproven" : "unlisted";
  const own = monthlyPay.find((pay) => pay.month === month && isOf(pay, found));
  const wage = own?.monthlyWage ?? found.monthlyWage;
  const bonus = own?.monthlyBonus ?? found.monthlyBonus;
  return {
    ...(wage === undefined ? {} : { wage }),
    ...(bonus === undefined ? {} : { bonus }),
    ...(found.leftOn === undefined ? {} : { lastMonth: isoDate(found.leftOn).slice(0, 7) }),
  };
}

function isOf(pay: MonthlyPay, person: Person): boolean {
  return pay.employeeNo === undefined ? pay.name === person.name : pay.employeeNo === person.employeeNo;
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
