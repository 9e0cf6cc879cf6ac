import type { JudgedClaim, JudgedComplaint } from "../books/judged.js";
import { personKey, type PersonRef } from "../books/entry.js";
import { nearKey } from "../domain/persons-text.js";

/** What one row says to the books of one person: a person's months need no more than these. */
export interface PersonClaim {
  /** By whom claims are gathered: names that one person may bear together, since one of them says whether the others are clear. */
  readonly person: string;
  readonly claim: JudgedComplaint;
}

export function personClaims(complaint: JudgedComplaint | undefined): readonly PersonClaim[] {
  if (complaint?.state.kind !== "settled") return [];
  const byPerson = new Map<string, JudgedClaim[]>();
  for (const claim of complaint.state.claims) {
    const person = gatheredBy(claim.person);
    byPerson.set(person, [...(byPerson.get(person) ?? []), claim]);
  }
  return [...byPerson].map(([person, claims]) => ({
    person,
    claim: { ...complaint, state: { kind: "settled", claims } },
  }));
}

function gatheredBy({ employeeNo, name }: PersonRef): string {
  return personKey({ employeeNo, name: nearKey(name) });
}
