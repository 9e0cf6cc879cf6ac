import { fen } from "../domain/money.js";
import type { Accounts, ClaimState } from "./accounts.js";
import { HOLD_REASONS } from "./accounts.js";
import { takeMonth, type MissingInput, type MonthTerms } from "./ceilings.js";
import type { Change, Comparison, FreshClaim } from "./comparison.js";

import {
  applyTo,
  BLANK,
  carryLine,
  claimFrom,
  claimLine,
  type LineFields,
  takeBack,
  type DraftLine,
  type PersonMonthDraft,
} from "./draft-lines.js";
import { complaintKey, type PersonRef } from "./entry.js";
import type { Finding } from "./findings.js";
import type { JudgedClaim, PersonTerms, Terms, UnclearPerson } from "./judged.js";
import type { Cause, EntryKind } from "./kinds.js";
import { laterMonth, lastDay, monthOfDay, nextMonth } from "./months.js";
import { holdOf, type NoticeRecord } from "./notice-life.js";
import type { Day } from "../domain/wall-time.js";
import { restsText, type CapTerm, type Rests } from "./rests.js";

/** A person's open months, drafted one after the other. */

/** What there is to do for a person. */
export interface PersonWork extends Pick<Comparison, "fresh" | "more" | "less"> {
  readonly claims: readonly ClaimState[];
}

export interface PersonInput extends PersonWork {
  readonly person: string;
  /** Whether the book knows this person by name alone, and this run by 工号. */
  readonly isRecognised: boolean;
}

export interface DraftContext {
  readonly accounts: Accounts;
  readonly terms: Terms;
  readonly today: Day;
  readonly notices: ReadonlyMap<string, NoticeRecord>;
  /** 来源行校验值 by complaint. */
  readonly origins: ReadonlyMap<string, string>;
}

export interface PersonDraft {
  readonly months: readonly PersonMonthDraft[];
  readonly findings: readonly Finding[];
}

export function draftPerson(input: PersonInput, context: DraftContext): PersonDraft {
  return new Drafting(input, context).run();
}

/** The first month that is not posted for a person; undefined where none is. */
export function firstOpenMonth(accounts: Accounts, person: string): string | undefined {
  const posted = laterMonth(accounts.postedThrough.get(person), accounts.lockedThrough);
  return posted === undefined ? undefined : nextMonth(posted);
}

/** Keeps the working balances of one person's claims; every line drafted is applied to them at once. */
class Drafting {
  /** Those of which something is open or changes, and those that are settled now. */
  private readonly claims: ClaimState[];
  /** What was taken for all others, of which nothing will ever be said again. */
  private readonly closed: Pick<ClaimState, "owed" | "taken" | "held">;
  private lastDepartment: string;
  private readonly findings: Finding[] = [];
  private readonly ref: PersonRef;
  private lines: DraftLine[] = [];
  private month = "";
  private department = "";
  /** What 结转 of the month says of ceilings. */
  private carried: Rests = {};
  private unclear = false;

  constructor(
    private readonly input: PersonInput,
    private readonly context: DraftContext,
  ) {
    const changed = new Set([...input.more, ...input.less].map(({ claim }) => claim.key));
    const isOpen = ({ owed, held, key }: ClaimState): boolean => owed !== 0 || held !== 0 || changed.has(key);
    this.claims = input.claims.filter(isOpen).map((claim) => ({ ...claim }));
    const closed = input.claims.filter((claim) => !isOpen(claim));
    this.closed = { owed: 0, taken: closed.reduce((sum, { taken }) => sum + taken, 0), held: 0 };
    this.lastDepartment = input.claims.at(-1)?.department ?? "";
    const known = input.claims.at(-1)?.ref ?? input.fresh[0]!.judged.person;
    this.ref = { name: known.name, employeeNo: context.accounts.numberOf(known) };
  }

  run(): PersonDraft {
    const { accounts, today } = this.context;
    const until = monthOfDay(today);
    const open = firstOpenMonth(accounts, this.input.person);
    const fresh = this.input.fresh.filter(({ judged }) => judged.settledOn <= today);
    const monthOf = ({ judged }: FreshClaim): string => laterMonth(monthOfDay(judged.settledOn), open)!;
    const starts = [...fresh.map(monthOf), ...this.input.claims.map((claim) => open ?? claim.month)].sort(compare);
    if (open !== undefined && open > until) {
      if (this.hasWork(fresh)) this.findings.push({ kind: "waits", person: this.ref, month: open });
      return { months: [], findings: this.findings };
    }
    const months: PersonMonthDraft[] = [];
    for (let month = starts[0]; month !== undefined && month <= until; month = nextMonth(month)) {
      const first = month === (open ?? starts[0]);
      this.begin(month);
      if (first) this.correct();
      for (const claim of fresh) if (monthOf(claim) === month) this.settle(claim);
      this.holdAndRelease();
      this.take();
      if (this.lines.length > 0 || this.claims.some(({ owed, held }) => owed > 0 || held > 0))
        months.push(this.close());
    }
    return { months, findings: this.findings };
  }

  private hasWork(fresh: readonly FreshClaim[]): boolean {
    return fresh.length > 0 || this.input.more.length > 0 || this.input.less.length > 0;
  }

  private begin(month: string): void {
    this.month = month;
    this.lines = [];
  }

  // ------------------------------------------------------------ claims

  private correct(): void {
    if (this.input.isRecognised) this.lines.push(this.note());
    const byKey = new Map(this.claims.map((claim) => [claim.key, claim]));
    const own = ({ key }: ClaimState): ClaimState => byKey.get(key)!;
    for (const { claim, amount, judged, withdrawn } of sorted(this.input.less)) {
      const cause = withdrawn === true ? "撤销" : this.causeOf(claim);
      const text = withdrawn === true ? this.reasonOf(claim) : judged?.formula;
      const formula = text === undefined ? {} : { formula: text };
      takeBack(own(claim), amount, (kind, part) => {
        this.post(kind, own(claim), part, kind === "冲回" ? formula : {}, cause);
      });
    }
    for (const { claim, amount, judged } of sorted(this.input.more))
      this.post("补扣", own(claim), amount, judged ? this.claimFields(judged) : {}, this.causeOf(claim));
  }

  private note(): DraftLine {
    return { claim: undefined, cause: "认定", entry: { ...BLANK, month: this.month, kind: "备注", ...this.ref } };
  }

  /** Why its notice was withdrawn, as people wrote it. */
  private reasonOf({ notices }: ClaimState): string | undefined {
    for (const number of notices) {
      const record = this.context.notices.get(number);
      if (record?.state === "撤销") return record.voidReason;
    }
    return undefined;
  }

  /** What a review of a notice changed is a 复核, everything else a 更正. */
  private causeOf({ notices }: ClaimState): Cause {
    return [...notices].some((number) => this.context.notices.get(number)?.state === "变更") ? "复核" : "更正";
  }

  private settle({ key, judged, amount }: FreshClaim): void {
    const { person } = this.input;
    const complaint = this.context.accounts.complaintOf(judged);
    const claim = claimFrom(judged, { key, complaint, person, ref: this.ref, month: this.month });
    this.claims.push(claim);
    this.lastDepartment = claim.department;
    this.post("确定", claim, amount, this.claimFields(judged));
  }

  private claimFields(judged: JudgedClaim): LineFields {
    const { formula, clause, rule, packHash, settledOn, department, ownMonthOnly, remarks } = judged;
    const caps = this.context.terms.caps(judged.packId, settledOn) ?? [];
    return {
      formula,
      clause,
      rule,
      packHash,
      settledOn,
      department,
      origin: this.originOf(judged),
      rests: restsText({ caps, ownMonthOnly, remarks }),
    };
  }

  private originOf(judged: JudgedClaim): string {
    return this.context.origins.get(complaintKey(judged)) ?? "";
  }

  // ------------------------------------------------------------ holds

  private holdAndRelease(): void {
    const { notices, today, terms } = this.context;
    const noticeFirst = terms.law(lastDay(this.month)).noticeFirst;
    for (const claim of this.claims) {
      const hold = claim.voided ? undefined : holdOf(claim, noticeFirst !== undefined, notices, today);
      if (hold && claim.owed > 0)
        this.post("暂缓", claim, claim.owed, {
          formula: HOLD_REASONS[hold],
          clause: hold === "law" ? (noticeFirst ?? "") : "",
        });
      else if (!hold && claim.held > 0) this.post("恢复", claim, claim.held, {});
      if (hold && claim.held > 0)
        this.findings.push({ kind: "held", person: this.ref, month: this.month, amount: fen(claim.held), why: hold });
    }
  }

  // ------------------------------------------------------------ ceilings

  private take(): void {
    const known = this.context.terms.person(this.ref, this.month);
    if (typeof known === "object" && "unclear" in known) {
      this.waitFor(known.unclear);
      return;
    }
    const person = this.personTerms(known);
    const owed = fen(this.claims.reduce((sum, claim) => sum + claim.owed, 0));
    this.carried = {};
    if (owed > 0 && person?.lastMonth !== undefined && this.month > person.lastMonth) {
      this.findings.push({ kind: "left", person: this.ref, lastMonth: person.lastMonth, owed });
      this.carried = { remarks: [`离职后不再扣款（在职至${person.lastMonth}）`] };
    } else if (owed > 0 && known === "unproven") {
      // Under the 工号 of somebody else's name the same person might be taken from twice, or another pay for them.
      this.carried = { remarks: ["与人员表中同名有工号者是否同一人未定，未扣"] };
    } else if (owed > 0) {
      this.takeWithin(person);
    }
    for (const claim of this.claims) if (claim.ownMonthOnly && claim.owed > 0) this.post("作废", claim, claim.owed, {});
  }

  /** Nothing is taken and nothing lapses before it is known whose wage counts. */
  private waitFor(unclear: string): void {
    this.unclear = true;
    this.carried = { remarks: [unclear] };
    const owed = fen(this.claims.reduce((sum, claim) => sum + claim.owed, 0));
    if (owed > 0) this.findings.push({ kind: "unclear-person", person: this.ref, month: this.month, why: unclear });
  }

  private takeWithin(person: PersonTerms | undefined): void {
    const { ref, month } = this;
    const { takes, full, missing } = takeMonth(this.claims, {
      month,
      person,
      law: (day) => this.context.terms.law(day),
      caps: (packId, day) => this.capsOf(packId, day),
    });
    for (const what of missing) this.findings.push({ kind: "input-missing", person: ref, month, what });
    for (const { claim, amount, rests } of takes) this.post("扣款", claim, amount, { rests: restsText(rests) });
    // What left no room at all has no 扣款 to stand in: 结转 says it.
    this.carried = {
      ceilings: [...full.values()],
      remarks: [...missing].map((what) => MISSING[what]),
    };
  }

  private personTerms(known: Exclude<ReturnType<Terms["person"]>, UnclearPerson>): PersonTerms | undefined {
    if (typeof known !== "string") return known;
    const posted = known === "unlisted" ? this.context.accounts.figures.get(this.input.person) : undefined;
    const { ref, month } = this;
    if (this.claims.some(({ owed }) => owed > 0))
      this.findings.push({ kind: known, person: ref, month, figuresPosted: posted !== undefined });
    return posted;
  }

  private capsOf(packId: string, day: Parameters<MonthTerms["caps"]>[1]): readonly CapTerm[] {
    const caps = this.context.terms.caps(packId, day);
    if (caps) return caps;
    this.findings.push({ kind: "pack-terms-posted", packId });
    return this.context.accounts.caps.get(packId) ?? [];
  }

  // ------------------------------------------------------------ lines

  private post(kind: EntryKind, claim: ClaimState, amount: number, fields: LineFields, cause?: Cause): void {
    const line = claimLine(kind, claim, { month: this.month, amount: fen(amount), ref: this.ref, fields });
    this.department = line.entry.department;
    applyTo(claim, kind, amount);
    this.lines.push(cause === undefined ? line : { ...line, cause });
  }

  private close(): PersonMonthDraft {
    const { month, ref } = this;
    const department = this.department || this.lastDepartment;
    const carry = carryLine(month, ref, department, [this.closed, ...this.claims], restsText(this.carried));
    const waits = this.unclear ? { waits: true as const } : {};
    return { person: this.input.person, month, lines: [...this.lines, carry], ...waits };
  }
}

/** Ceilings that could not be applied, as 结转 says it. */
const MISSING: Readonly<Record<MissingInput, string>> = {
  wage: "缺月工资，按工资的上限未适用",
  bonus: "缺月绩效奖金，按绩效的上限未适用",
  "minimum-wage": "缺当地最低工资，不低于最低工资的上限未适用",
};

function sorted(changes: readonly Change[]): Change[] {
  return [...changes].sort((a, b) => compare(a.claim.key, b.claim.key));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
