import type { LawTerms, PersonTerms, Terms } from "../books/judged.js";
import type { PersonRef } from "../books/entry.js";
import type { CapTerm } from "../books/rests.js";
import type { MonthlyPay, Person } from "../domain/complaint.js";
import { isoDate, type Day } from "../domain/wall-time.js";
import { regulationClause } from "../rules/clause.js";
import { packInForce } from "../rules/in-force.js";
import { regionRule, valueInForce } from "../rules/statutes.js";
import type { ProcessInput } from "./input.js";

/** What the books ask of packs, law, 人员 and 设置: ceilings by day, and who somebody is. */

export type TermsInput = Pick<ProcessInput, "packs" | "statutes" | "people" | "settings" | "monthlyPay">;

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
  { people, monthlyPay = [] }: TermsInput,
  { employeeNo, name }: PersonRef,
  month: string,
): PersonTerms | "unlisted" | "no-sheet" {
  if (people.length === 0) return "no-sheet";
  const found = people.find((p) => (employeeNo === undefined ? p.name === name : p.employeeNo === employeeNo));
  // A name of the book without 工号 is nobody who has one: they may only bear the same name.
  if (!found || found.employeeNo !== employeeNo) return "unlisted";
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

/** Only by 入职日期 is it known that the one who bears the name now is the one who bore it then. */
function employeeNoOf(people: readonly Person[], name: string, day: Day): string | undefined {
  const same = people.filter((person) => person.name === name);
  const [only] = same;
  if (same.length !== 1 || only?.joinedOn === undefined || only.joinedOn > day) return undefined;
  return only.employeeNo;
}
