import { fen, percentOf, yuanText, type Fen } from "../domain/money.js";
import type { Day } from "../domain/wall-time.js";
import type { ClaimState } from "./accounts.js";
import type { ClaimType } from "./entry.js";
import type { LawTerms, PersonTerms } from "./judged.js";
import { lastDay, monthOfDay } from "./months.js";
import { roomOf, type CapTerm, type MetCeiling, type Rests } from "./rests.js";

/**
 * What may be taken from a person in a month. A ceiling is told by pack, clause and what it covers, never by its value:
 * in a month it has one counter, so two values of one cap never add up. A claim settled in the month meets the value of
 * its day, one that was carried that of the month's last day.
 */

/** What a month's ceilings are worked out from, by day. */
export interface MonthTerms {
  readonly month: string;
  /** Undefined: nothing is known of the person, so no ceiling can be applied. */
  readonly person: PersonTerms | undefined;
  law(day: Day): LawTerms;
  caps(packId: string, day: Day): readonly CapTerm[];
}

interface Ceiling {
  readonly id: string;
  readonly value: Fen;
  readonly calculation: string;
}

/** A ceiling as people read it: its calculation, then the clause or article it comes from. */
export function ceilingText({ id, calculation, value }: MetCeiling): string {
  const [, source] = id.split("/");
  const sum = calculation.endsWith(yuanText(value)) ? calculation : `${calculation}＝${yuanText(value)}`;
  return source === undefined ? sum : `${sum}（${source}）`;
}

/** What is taken for one claim, with what it rested on. */
export interface Take {
  readonly claim: ClaimState;
  readonly amount: Fen;
  readonly rests: Rests;
}

export type MissingInput = "wage" | "bonus" | "minimum-wage";

export interface MonthTakes {
  /** Of claims that anything is taken for. */
  readonly takes: readonly Take[];
  /** Ceilings as the claims that nothing is taken for met them last, by their identity. */
  readonly full: ReadonlyMap<string, MetCeiling>;
  readonly missing: ReadonlySet<MissingInput>;
}

/** 大过 of its own month first, then the oldest settlement, then the complaint's number. */
export function inOrderOfTaking(claims: readonly ClaimState[], month: string): ClaimState[] {
  const first = (c: ClaimState): number => (c.ownMonthOnly && c.month === month ? 0 : 1);
  return [...claims].sort(
    (a, b) =>
      first(a) - first(b) ||
      a.settledOn - b.settledOn ||
      order(a.complaintId, b.complaintId) ||
      // Several claims of one complaint: by what names them, so that the order of rows decides nothing.
      order(a.key, b.key),
  );
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The most that every ceiling leaves, claim by claim in their order. */
export function takeMonth(claims: readonly ClaimState[], terms: MonthTerms): MonthTakes {
  const used = new Map<string, number>();
  const takes: Take[] = [];
  const full = new Map<string, MetCeiling>();
  const missing = new Set<MissingInput>();
  const owing = claims.filter(({ owed }) => owed > 0);
  for (const claim of inOrderOfTaking(owing, terms.month)) {
    const day = monthOfDay(claim.settledOn) === terms.month ? claim.settledOn : lastDay(terms.month);
    const law = terms.law(day);
    const ceilings = ceilingsOf(claim, day, terms, law, missing);
    const met = ceilings.map((c): MetCeiling => ({ ...c, used: fen(used.get(c.id) ?? 0), day }));
    const amount = fen(Math.min(claim.owed, ...met.map(roomOf)));
    for (const { id } of met) used.set(id, (used.get(id) ?? 0) + amount);
    if (amount > 0) takes.push({ claim, amount, rests: restsOf(terms.person, law, met) });
    else for (const ceiling of met) full.set(ceiling.id, ceiling);
  }
  return { takes, full, missing };
}

function restsOf(person: PersonTerms | undefined, law: LawTerms, ceilings: readonly MetCeiling[]): Rests {
  const wage = person?.wage;
  const bonus = person?.bonus;
  return {
    ...(wage === undefined ? {} : { wage }),
    ...(bonus === undefined ? {} : { bonus }),
    ...(law.minimumWage === undefined ? {} : { minimumWage: law.minimumWage }),
    ceilings,
    ...(person === undefined ? { remarks: ["人员表未载此人，未设上限"] } : {}),
  };
}

function ceilingsOf(
  claim: ClaimState,
  day: Day,
  terms: MonthTerms,
  law: LawTerms,
  missing: Set<MissingInput>,
): Ceiling[] {
  const { person } = terms;
  if (person === undefined) return [];
  const { type } = claim;
  const found = [
    ...terms.caps(claim.packId, day).flatMap((cap) => capCeiling(cap, claim.packId, type, person.bonus)),
    ...bonusCeiling(type, person.bonus),
    ...wageCeilings(type, person.wage, law),
  ];
  const asksBonus = type === "绩效核减" || terms.caps(claim.packId, day).some(({ covers }) => covers.includes(type));
  if (asksBonus && person.bonus === undefined) missing.add("bonus");
  if (person.wage === undefined) missing.add("wage");
  if (law.minimumWage === undefined) missing.add("minimum-wage");
  return found;
}

function capCeiling(cap: CapTerm, packId: string, type: ClaimType, bonus: Fen | undefined): Ceiling[] {
  if (bonus === undefined || !cap.covers.includes(type)) return [];
  const { clause, covers, percentOfBonus } = cap;
  return [
    {
      id: `${packId}/${clause}/${[...covers].sort().join("+")}`,
      value: percentOf(bonus, percentOfBonus),
      calculation: `月绩效奖金${yuanText(bonus)}×${percentOfBonus}%`,
    },
  ];
}

/** A bonus can't be reduced below nothing. */
function bonusCeiling(type: ClaimType, bonus: Fen | undefined): Ceiling[] {
  if (type !== "绩效核减" || bonus === undefined) return [];
  return [{ id: "月绩效奖金", value: bonus, calculation: `月绩效奖金${yuanText(bonus)}` }];
}

function wageCeilings(type: ClaimType, wage: Fen | undefined, law: LawTerms): Ceiling[] {
  if (wage === undefined) return [];
  const share = (id: string, { percent, source }: { percent: number; source: string }): Ceiling => ({
    id: `${id}/${source}`,
    value: percentOf(wage, percent),
    calculation: `月工资${yuanText(wage)}×${percent}%`,
  });
  const found: Ceiling[] = [];
  if (law.loss && type === "损失赔偿") found.push(share("损失赔偿", law.loss));
  if (law.region) found.push(share("地区", law.region));
  if (law.minimumWage !== undefined)
    found.push({
      id: "不低于当地最低工资",
      value: fen(Math.max(0, wage - law.minimumWage)),
      calculation: `月工资${yuanText(wage)}－当地最低工资${yuanText(law.minimumWage)}`,
    });
  return found;
}
