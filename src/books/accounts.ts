import { addToList } from "../domain/grouping.js";
import { fen, type Fen } from "../domain/money.js";
import { nameKey } from "../domain/persons-text.js";
import type { Day } from "../domain/wall-time.js";
import {
  claimKey,
  complaintKey,
  entryRef,
  personKey,
  type ClaimType,
  type ComplaintRef,
  type Entry,
  type PersonRef,
} from "./entry.js";
import { EFFECTS } from "./kinds.js";
import { laterMonth } from "./months.js";
import { parseRests, type CapTerm } from "./rests.js";

/** The book's entries added up: what each claim, person and complaint stands at. */

export interface Balances {
  readonly owed: Fen;
  readonly taken: Fen;
  readonly held: Fen;
}

/** Why a sum is held; stands in 计算式 of its 暂缓. */
export const HOLD_REASONS = { law: "先书面告知", objection: "异议中" } as const;
export type HoldReason = keyof typeof HOLD_REASONS;

/** One claim: what was posted for one complaint, person, type and 事由. */
export interface ClaimState extends ComplaintRef {
  readonly key: string;
  readonly complaint: string;
  readonly person: string;
  readonly ref: PersonRef;
  readonly type: ClaimType;
  readonly reason: string;
  department: string;
  settledOn: Day;
  clause: string;
  rule: string;
  packHash: string;
  origin: string;
  /** The month of its 确定. */
  month: string;
  ownMonthOnly: boolean;
  /** Σ确定 + Σ补扣 − Σ冲回: what a judged row is compared with. */
  posted: number;
  lapsed: number;
  owed: number;
  taken: number;
  held: number;
  /** Reference of its first entry. */
  first: string;
  notices: ReadonlySet<string>;
  /** Closed by 撤销 until a person reopens it. */
  voided: boolean;
  heldFor: HoldReason | undefined;
  /** Notices it had gone out with when an objection held it: a later one was not objected to. */
  objected: ReadonlySet<string>;
}

export interface Accounts {
  readonly claims: ReadonlyMap<string, ClaimState>;
  readonly byPerson: ReadonlyMap<string, readonly ClaimState[]>;
  readonly byComplaint: ReadonlyMap<string, readonly ClaimState[]>;
  /** By person, the last month that is posted. */
  readonly postedThrough: ReadonlyMap<string, string>;
  readonly lockedThrough: string | undefined;
  readonly archived: ReadonlySet<string>;
  /** Complaints whose persons' data were cleared: closed for good. */
  readonly cleared: ReadonlySet<string>;
  readonly figures: ReadonlyMap<string, { readonly wage?: Fen; readonly bonus?: Fen }>;
  readonly caps: ReadonlyMap<string, readonly CapTerm[]>;
  /** The key of a person, with a name that was recognised as that of a 工号. */
  personOf(ref: PersonRef): string;
  /** 工号 of a person, also of one whom the book knows by name and has recognised. */
  numberOf(ref: PersonRef): string | undefined;
  /** The key of a complaint, with a number that was recognised as another's. */
  complaintOf(complaint: ComplaintRef): string;
}

/** Adds up entries. `recognised`: keys of names (`nameKey`) that this run recognises as those of a 工号, beside those the book holds. */
export function accountsOf(entries: readonly Entry[], recognised: ReadonlyMap<string, string> = NOBODY): Accounts {
  const known = recognised.size === 0 ? added.get(entries) : undefined;
  if (known) return known;
  const accounts = new Folding(entries, recognised).fold(entries);
  if (recognised.size === 0) added.set(entries, accounts);
  return accounts;
}

const NOBODY: ReadonlyMap<string, string> = new Map();

/** Entries are never changed in place, and a run adds the same ones up several times: for its draft, its notices, its views. */
const added = new WeakMap<readonly Entry[], Accounts>();

class Folding implements Accounts {
  readonly claims = new Map<string, ClaimState>();
  readonly byPerson = new Map<string, ClaimState[]>();
  readonly byComplaint = new Map<string, ClaimState[]>();
  readonly postedThrough = new Map<string, string>();
  lockedThrough: string | undefined;
  readonly archived = new Set<string>();
  readonly cleared = new Set<string>();
  readonly figures = new Map<string, { wage?: Fen; bonus?: Fen }>();
  readonly caps = new Map<string, readonly CapTerm[]>();
  private readonly aliases: Map<string, string>;
  private readonly renamed = new Map<string, string>();
  private readonly read = new Map<string, ReturnType<typeof parseRests>>();
  private readonly persons = new Map<string, string>();

  constructor(entries: readonly Entry[], recognised: ReadonlyMap<string, string>) {
    this.aliases = new Map([...soleNumbers(entries), ...recognised]);
    for (const e of entries) {
      if (e.cause === "认定" && e.employeeNo !== undefined) this.aliases.set(nameKey(e.name), e.employeeNo);
      if (e.cause === "改号") this.renamed.set(complaintKey(e), complaintKey({ ...e, complaintId: e.clause }));
    }
  }

  personOf(ref: PersonRef): string {
    const written = `${ref.employeeNo ?? ""}\n${ref.name}`;
    let key = this.persons.get(written);
    if (key === undefined) {
      key = personKey({ name: ref.name, employeeNo: this.numberOf(ref) });
      this.persons.set(written, key);
    }
    return key;
  }

  numberOf({ employeeNo, name }: PersonRef): string | undefined {
    return employeeNo ?? this.aliases.get(nameKey(name));
  }

  complaintOf(complaint: ComplaintRef): string {
    let key = complaintKey(complaint);
    for (let n = this.renamed.size; n > 0; n--) key = this.renamed.get(key) ?? key;
    return key;
  }

  fold(entries: readonly Entry[]): this {
    for (const entry of entries) this.add(entry);
    return this;
  }

  private add(entry: Entry): void {
    if (entry.cause === "归档") this.archived.add(this.complaintOf(entry));
    if (entry.kind === "结转") this.addMonth(entry);
    if (entry.complaintId === "" || entry.type === "") return;
    if (entry.salt === "") this.cleared.add(this.complaintOf(entry));
    const claim = this.claimOf(entry, entry.type);
    if (entry.kind === "备注") this.addNote(claim, entry);
    else this.addMoney(claim, entry);
  }

  private addMonth(entry: Entry): void {
    if (entry.name === "") {
      this.lockedThrough = laterMonth(this.lockedThrough, entry.month);
      return;
    }
    const person = this.personOf(entry);
    this.postedThrough.set(person, laterMonth(this.postedThrough.get(person), entry.month)!);
  }

  private addNote(claim: ClaimState, entry: Entry): void {
    if (entry.cause === "撤销") claim.voided = true;
    if (entry.cause === "重开") claim.voided = false;
  }

  private addMoney(claim: ClaimState, entry: Entry): void {
    const { kind, amount } = entry;
    const effect = EFFECTS[kind];
    claim.owed += effect.owed * amount;
    claim.taken += effect.taken * amount;
    claim.held += effect.held * amount;
    if (kind === "作废") claim.lapsed += amount;
    else claim.posted += effect.claim * amount;
    // The paper that gives something back is none that the claim was noticed with.
    const isNoticed = kind !== "冲回" && kind !== "退还" && entry.notice !== "";
    if (isNoticed && !claim.notices.has(entry.notice)) claim.notices = new Set([...claim.notices, entry.notice]);
    if (entry.cause === "撤销") claim.voided = true;
    if (kind === "暂缓") addHold(claim, entry);
    if (kind === "确定" || kind === "补扣") this.addTerms(claim, entry);
    else if (kind === "扣款") this.addFigures(claim.person, entry.rests);
  }

  /** What the last claim says of its clause holds; 所据 of the pack's last claim gives its caps where the pack is gone. */
  private addTerms(claim: ClaimState, entry: Entry): void {
    const { caps, ownMonthOnly } = this.parsed(entry.rests);
    if (caps) this.caps.set(claim.packId, caps);
    if (ownMonthOnly) claim.ownMonthOnly = true;
    if (entry.settledOn !== undefined) claim.settledOn = entry.settledOn;
    claim.department = entry.department;
    claim.clause = entry.clause;
    claim.rule = entry.rule;
    claim.packHash = entry.packHash;
    if (entry.origin !== "") claim.origin = entry.origin;
  }

  private addFigures(person: string, rests: string): void {
    // Ceilings, which differ from entry to entry, stand behind the figures, which seldom do.
    const end = rests.indexOf("；上限｜");
    const { wage, bonus } = this.parsed(end < 0 ? rests : rests.slice(0, end));
    if (wage === undefined && bonus === undefined) return;
    this.figures.set(person, { ...(wage === undefined ? {} : { wage }), ...(bonus === undefined ? {} : { bonus }) });
  }

  private parsed(rests: string): ReturnType<typeof parseRests> {
    const known = this.read.get(rests);
    if (known) return known;
    const parsed = parseRests(rests);
    this.read.set(rests, parsed);
    return parsed;
  }

  private claimOf(entry: Entry, type: ClaimType): ClaimState {
    const complaint = this.complaintOf(entry);
    const person = this.personOf(entry);
    const key = claimKey(complaint, person, type, entry.reason);
    const known = this.claims.get(key);
    if (known) return known;
    const claim = newClaim(entry, type, { key, complaint, person });
    this.claims.set(key, claim);
    addToList(this.byPerson, person, claim);
    addToList(this.byComplaint, complaint, claim);
    return claim;
  }
}

/** Names that the book knows by one 工号 only: they stay that person where 人员 no longer gives the number. */
function soleNumbers(entries: readonly Entry[]): Map<string, string> {
  const numbers = new Map<string, string | undefined>();
  const bare = new Set<string>();
  for (const { name: written, employeeNo } of entries) {
    const name = nameKey(written);
    if (employeeNo === undefined) bare.add(name);
    else numbers.set(name, numbers.has(name) && !isSame(numbers.get(name), employeeNo) ? undefined : employeeNo);
  }
  const sole = new Map<string, string>();
  for (const [name, number] of numbers) if (number !== undefined && !bare.has(name)) sole.set(name, number);
  return sole;
}

function isSame(a: string | undefined, b: string): boolean {
  return a !== undefined && nameKey(a) === nameKey(b);
}

function addHold(claim: ClaimState, { formula, notice }: Entry): void {
  claim.heldFor = formula === HOLD_REASONS.objection ? "objection" : "law";
  if (claim.heldFor === "objection") claim.objected = new Set([...claim.notices].filter((number) => number !== notice));
}

/** Most claims never go out with a notice, and there are many claims. */
export const NO_NOTICES: ReadonlySet<string> = new Set();

/** Written out, without spreads: a hundred thousand of them take half the time. */
function newClaim(entry: Entry, type: ClaimType, keys: Pick<ClaimState, "key" | "complaint" | "person">): ClaimState {
  return {
    key: keys.key,
    complaint: keys.complaint,
    person: keys.person,
    ref: { employeeNo: entry.employeeNo, name: entry.name },
    packId: entry.packId,
    complaintId: entry.complaintId,
    source: entry.source,
    type,
    reason: entry.reason,
    department: entry.department,
    // Entries that open a claim have a day; a day of nought sorts first, should one lack it.
    settledOn: entry.settledOn ?? (0 as Day),
    clause: entry.clause,
    rule: entry.rule,
    packHash: entry.packHash,
    origin: entry.origin,
    month: entry.month,
    ownMonthOnly: false,
    posted: 0,
    lapsed: 0,
    owed: 0,
    taken: 0,
    held: 0,
    first: entryRef(entry),
    notices: entry.notice === "" ? NO_NOTICES : new Set([entry.notice]),
    voided: false,
    heldFor: undefined,
    objected: NO_NOTICES,
  };
}

/** What a person's claims come to together, in fen. */
export function balancesOf(claims: Iterable<Pick<ClaimState, "owed" | "taken" | "held">>): Balances {
  let owed = 0;
  let taken = 0;
  let held = 0;
  for (const claim of claims) {
    owed += claim.owed;
    taken += claim.taken;
    held += claim.held;
  }
  return { owed: fen(owed), taken: fen(taken), held: fen(held) };
}
