import { addToList } from "../domain/grouping.js";
import { nameKey } from "../domain/persons-text.js";
import type { Accounts, ClaimState } from "./accounts.js";
import { claimKey, complaintOfKey, type PersonRef } from "./entry.js";
import type { Finding, NotCompared } from "./findings.js";
import type { JudgedClaim, JudgedComplaint } from "./judged.js";

/**
 * What the rows say now beside what is posted. Only a complaint whose row was judged is compared: one that is missing,
 * unreadable, without its pack, renumbered or open again says nothing, and nothing is not nought.
 */

/** A claim that is not posted yet. */
export interface FreshClaim {
  readonly key: string;
  readonly judged: JudgedClaim;
  /** What of it is new: less than the whole where the complaint continues one that is posted. */
  readonly amount: number;
}

/** A posted claim of which the row says more (补扣) or less (冲回) now. */
export interface Change {
  readonly claim: ClaimState;
  readonly amount: number;
  readonly judged: JudgedClaim | undefined;
  /** Its notice was withdrawn, whatever the row says. */
  readonly withdrawn?: boolean;
}

export interface Comparison {
  readonly fresh: readonly FreshClaim[];
  readonly more: readonly Change[];
  readonly less: readonly Change[];
  readonly findings: readonly Finding[];
}

type Keyed = readonly (readonly [string, JudgedClaim])[];

/** Compares every complaint that was judged with the book. The order of `judged` decides nothing. */
export function compareWithBook(
  judged: readonly JudgedComplaint[],
  accounts: Accounts,
  archive: ReadonlySet<string>,
  withdrawn: ReadonlySet<string> = new Set(),
  isGone: (person: PersonRef) => boolean = () => false,
): Comparison {
  return new Comparing(judged, accounts, { archive, withdrawn, isGone }).compare();
}

interface Beside {
  readonly archive: ReadonlySet<string>;
  readonly withdrawn: ReadonlySet<string>;
  /** Whether 人员 no longer has a person whom the book knows by name alone. */
  readonly isGone: (person: PersonRef) => boolean;
}

class Comparing {
  private readonly rows = new Map<string, JudgedComplaint>();
  private readonly doubled = new Set<string>();
  private readonly silent = new Map<NotCompared, Set<string>>();
  /** What each complaint continues, by any of the rows that bear its number: their order says nothing. */
  private readonly earlier = new Map<string, string[]>();
  private readonly fresh: FreshClaim[] = [];
  private readonly more: Change[] = [];
  private readonly less: Change[] = [];

  constructor(
    judged: readonly JudgedComplaint[],
    private readonly accounts: Accounts,
    private readonly beside: Beside,
  ) {
    for (const row of judged) {
      const key = accounts.complaintOf(row);
      if (this.rows.has(key)) this.doubled.add(key);
      this.rows.set(key, row);
      if (row.follows) addToList(this.earlier, key, accounts.complaintOf(row.follows));
    }
  }

  compare(): Comparison {
    const gone = this.gone();
    for (const [key, claims] of gone) if (claims.some(({ voided }) => !voided)) this.note("missing", key);
    // What was withdrawn counts too: it stays closed until a person reopens it, whatever number its row bears by now.
    const origins = new Set(gone.flatMap(([, claims]) => claims.map(({ origin }) => origin)));
    origins.delete("");
    for (const group of this.groups()) this.compareGroup(group, origins);
    for (const key of this.beside.withdrawn) {
      const claim = this.accounts.claims.get(key)!;
      if (!claim.voided && live(claim) > 0)
        this.less.push({ claim, amount: live(claim), judged: undefined, withdrawn: true });
    }
    return {
      fresh: this.fresh,
      more: this.more,
      less: this.less,
      findings: [...this.silent].map(([why, keys]) => ({
        kind: "not-compared",
        why,
        complaints: [...keys].map((key) => complaintOfKey(key).complaintId).sort(),
      })),
    };
  }

  private note(why: NotCompared, key: string): void {
    this.silent.set(why, (this.silent.get(why) ?? new Set()).add(key));
  }

  private isClosed(key: string): boolean {
    return this.accounts.archived.has(key) || this.accounts.cleared.has(key) || this.beside.archive.has(key);
  }

  /** Complaints of the book that no row bears, except those put away. */
  private gone(): [string, readonly ClaimState[]][] {
    return [...this.accounts.byComplaint].filter(([key]) => !this.rows.has(key) && !this.isClosed(key));
  }

  /** Complaints that continue one another, together; most stand alone. */
  private groups(): string[][] {
    const next = new Map<string, Set<string>>();
    const join = (a: string, b: string): void => void next.set(a, (next.get(a) ?? new Set()).add(b));
    for (const [key, list] of this.earlier)
      for (const earlier of list) {
        join(key, earlier);
        join(earlier, key);
      }
    const seen = new Set<string>();
    const groups: string[][] = [];
    for (const start of [...this.rows.keys()].sort()) {
      if (seen.has(start)) continue;
      const group = [start];
      seen.add(start);
      for (const key of group)
        for (const other of next.get(key) ?? [])
          if (!seen.has(other)) {
            seen.add(other);
            group.push(other);
          }
      groups.push(group.sort());
    }
    return groups;
  }

  private compareGroup(group: readonly string[], origins: ReadonlySet<string>): void {
    const followed = new Set(group.flatMap((key) => this.earlier.get(key) ?? []));
    const last = group.filter((key) => !followed.has(key) && this.rows.has(key));
    const said = last.map((key) => this.claimsOf(key, origins));
    if (last.length === 0 || said.some((claims) => claims === undefined)) {
      for (const key of group) if (this.accounts.byComplaint.has(key) && followed.has(key)) this.note("continued", key);
      return;
    }
    if (group.some((key) => this.isClosed(key))) return;
    const claims = said.flatMap((list) => list ?? []);
    if (group.length > 1 && this.isMovedUnclearly(group, claims)) {
      for (const key of group) if (this.accounts.byComplaint.has(key)) this.note("person-unclear", key);
      return;
    }
    // Of a row with a proposal left only what it says counts: a name that can't be read takes nothing back.
    const partly = last.some((key) => this.isPartly(key));
    const less = this.less.length;
    if (group.length === 1) this.compareOne(group[0]!, claims);
    else this.compareTogether(group, claims);
    if (!partly || this.less.length === less) return;
    this.less.length = less;
    for (const key of last) if (this.isPartly(key)) this.note("person-unknown", key);
  }

  private isPartly(key: string): boolean {
    const state = this.rows.get(key)?.state;
    return state?.kind === "settled" && state.partly === true;
  }

  /** What a settled row says, by key of claim; undefined and noted where it says nothing. */
  private claimsOf(key: string, origins: ReadonlySet<string>): Keyed | undefined {
    const row = this.rows.get(key)!;
    const posted = this.accounts.byComplaint.get(key) ?? [];
    const why = this.silenceOf(key, row, posted, origins);
    if (why) {
      // An open case that nothing is posted of is no news.
      if (posted.length > 0 || why === "renumbered" || why === "person-unclear") this.note(why, key);
      return undefined;
    }
    if (row.state.kind === "silent") return undefined;
    return row.state.claims.map((claim) => [this.keyOf(key, claim), claim] as const);
  }

  private keyOf(complaint: string, { person, type, reason }: JudgedClaim): string {
    return claimKey(complaint, this.accounts.personOf(person), type, reason);
  }

  private silenceOf(
    key: string,
    { state, origin }: JudgedComplaint,
    posted: readonly ClaimState[],
    origins: ReadonlySet<string>,
  ): NotCompared | undefined {
    if (this.doubled.has(key)) return "duplicated";
    if (posted.length === 0 && origins.has(origin)) return "renumbered";
    if (state.kind === "silent") return state.why;
    const keys = state.claims.map((claim) => this.keyOf(key, claim));
    if (new Set(keys).size < keys.length) return "duplicated";
    const others = posted.filter((claim) => !keys.includes(claim.key));
    const unclear = state.claims.some((claim, i) => this.isUnclear(keys[i]!, claim, others));
    return unclear ? "person-unclear" : undefined;
  }

  /**
   * A person whom the book knows by the same name and another 工号, for the same thing; or another name, where 人员 no
   * longer has the one the book knows and no 工号 says who is who: moving the sum would be a guess.
   */
  private isUnclear(key: string, { person, type, reason }: JudgedClaim, others: readonly ClaimState[]): boolean {
    if (this.accounts.claims.has(key)) return false;
    return others.some(
      (claim) =>
        !this.isShut(claim) &&
        claim.posted > 0 &&
        claim.type === type &&
        claim.reason === reason &&
        (nameKey(claim.ref.name) === nameKey(person.name) || this.beside.isGone(claim.ref)),
    );
  }

  /** The same of complaints that continue one another: the new one names somebody whom the old one may know otherwise. */
  private isMovedUnclearly(group: readonly string[], claims: Keyed): boolean {
    const posted = group
      .flatMap((key) => this.accounts.byComplaint.get(key) ?? [])
      // What is being withdrawn in this very run says no more who is meant than what was withdrawn before.
      .filter((claim) => !this.isShut(claim) && claim.posted > 0);
    const persons = new Set(claims.map(([, { person }]) => this.accounts.personOf(person)));
    const others = posted.filter(({ person }) => !persons.has(person));
    const known = new Set(posted.map(({ person }) => person));
    return claims.some(
      ([, { person }]) =>
        !known.has(this.accounts.personOf(person)) &&
        others.some(({ ref }) => nameKey(ref.name) === nameKey(person.name) || this.beside.isGone(ref)),
    );
  }

  private compareOne(complaint: string, claims: Keyed): void {
    const now = new Map(claims);
    for (const [key, judged] of now) {
      const claim = this.accounts.claims.get(key);
      if (!claim) this.addFresh(key, judged, judged.amount);
      else if (!this.isShut(claim) && judged.amount > claim.posted)
        this.more.push({ claim, amount: judged.amount - claim.posted, judged });
    }
    for (const claim of this.accounts.byComplaint.get(complaint) ?? []) {
      const judged = now.get(claim.key);
      this.reduce(claim, live(claim) - (judged?.amount ?? 0), judged);
    }
  }

  /** Old and new as one, person by person: what merely moves to the new complaint is not posted again. */
  private compareTogether(group: readonly string[], claims: Keyed): void {
    const posted = group
      .flatMap((key) => this.accounts.byComplaint.get(key) ?? [])
      .filter((claim) => !this.isShut(claim));
    const persons = new Set([
      ...posted.map(({ person }) => person),
      ...claims.map(([, { person }]) => this.accounts.personOf(person)),
    ]);
    for (const person of persons) {
      const own = posted.filter((claim) => claim.person === person);
      const now = claims.filter(([, claim]) => this.accounts.personOf(claim.person) === person);
      const total = now.reduce((sum, [, { amount }]) => sum + amount, 0);
      this.raise(now, own, total - own.reduce((sum, claim) => sum + claim.posted, 0));
      let over = own.reduce((sum, claim) => sum + live(claim), 0) - total;
      for (const claim of own) {
        const part = Math.min(Math.max(0, over), live(claim));
        this.reduce(claim, part, now.find(([key]) => key === claim.key)?.[1]);
        over -= part;
      }
    }
  }

  /** Adds what is more than posted to the new complaint's claims, those that are not posted first. */
  private raise(now: Keyed, own: readonly ClaimState[], delta: number): void {
    let left = delta;
    for (const [key, judged] of now) {
      const claim = own.find((c) => c.key === key);
      if (left <= 0) return;
      const known = this.accounts.claims.get(key);
      if (known && this.isShut(known)) continue;
      const part = Math.min(left, Math.max(0, judged.amount - (claim?.posted ?? 0)));
      if (part === 0) continue;
      if (claim) this.more.push({ claim, amount: part, judged });
      else this.addFresh(key, judged, part);
      left -= part;
    }
  }

  private addFresh(key: string, judged: JudgedClaim, amount: number): void {
    if (amount > 0) this.fresh.push({ key, judged, amount });
  }

  /** Closed by 撤销, or about to be. */
  private isShut({ key, voided }: ClaimState): boolean {
    return voided || this.beside.withdrawn.has(key);
  }

  private reduce(claim: ClaimState, amount: number, judged: JudgedClaim | undefined): void {
    if (amount > 0 && !this.isShut(claim)) this.less.push({ claim, amount, judged });
  }
}

/** What of a claim has neither been taken back nor lapsed. */
function live({ owed, taken, held }: ClaimState): number {
  return owed + taken + held;
}
