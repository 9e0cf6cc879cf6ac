import { addAll } from "../domain/grouping.js";
import { fen, type Fen } from "../domain/money.js";
import { claimKey, complaintKey, personKey, type Book, type ClaimId, type PersonRef } from "./entry.js";
import type { ClaimState } from "./accounts.js";
import { applyTo, carryLine, claimFrom, claimLine, takeBack, BLANK, type DraftLine } from "./draft-lines.js";
import { lastDay, laterMonth } from "./months.js";
import { postLines, type Act, type NumberedLine, type Posting } from "./post.js";
import { restsText } from "./rests.js";

/**
 * Taking over the version before: its notices, locked months and 扣款台账 become opening entries, once, if they add up by
 * person and month; otherwise nothing is taken over and the differences are named.
 */

/** A line of 扣款通知明细, or of 处罚明细. */
export interface OldItem extends ClaimId {
  readonly month: string;
  readonly department: string;
  readonly formula: string;
  readonly clause: string;
  readonly rule: string;
  readonly packHash: string;
  /** Negative: a 冲回. */
  readonly amount: Fen;
  /** 通知编号, or empty. */
  readonly notice: string;
}

/** A row of 扣款台账. */
export interface OldMonth {
  readonly month: string;
  readonly person: PersonRef;
  readonly carriedIn: Fen;
  readonly added: Fen;
  readonly deducted: Fen;
  readonly carriedOut: Fen;
  readonly ceilingBasis: string;
}

export interface OldBooks {
  readonly items: readonly OldItem[];
  /** What each notice of a person says it adds up to. */
  readonly notices: readonly {
    readonly number: string;
    readonly person: PersonRef;
    readonly month: string;
    readonly amount: Fen;
  }[];
  readonly months: readonly OldMonth[];
  readonly lockedUntil: string | undefined;
}

export interface Difference {
  readonly person: PersonRef;
  readonly month: string;
  readonly what: "notice" | "carried-in" | "month" | "added" | "deducted" | "month-missing";
  readonly expected: Fen;
  readonly found: Fen;
  readonly notice?: string;
}

export type TakeOver =
  | { readonly kind: "nothing" }
  | { readonly kind: "differs"; readonly differences: readonly Difference[] }
  | { readonly kind: "taken-over"; readonly posting: Posting; readonly notices: number; readonly months: number };

const ORIGIN = "接管自旧台账";

export function takeOver(book: Book, old: OldBooks, act: Act): TakeOver {
  const through = postedThrough(old);
  if (through.size === 0 && old.lockedUntil === undefined) return { kind: "nothing" };
  const differences = noticeDifferences(old);
  const lines: NumberedLine[] = [];
  let months = 0;
  for (const [person, last] of [...through].sort()) {
    const taken = new PersonTakeOver(person, last, old).run();
    addAll(differences, taken.differences);
    addAll(lines, taken.lines);
    months += taken.months;
  }
  if (differences.length > 0) return { kind: "differs", differences };
  if (old.lockedUntil !== undefined)
    lines.push({ notice: "", line: { claim: undefined, entry: { ...BLANK, month: old.lockedUntil, kind: "结转" } } });
  const posting = postLines(book, lines, { ...act, cause: "接管" });
  return { kind: "taken-over", posting, notices: old.notices.length, months };
}

/** By person, the last month that counts as posted: of a notice, and for all who stand in one, the locked ones. */
function postedThrough({ notices, months, lockedUntil }: OldBooks): Map<string, string> {
  const through = new Map<string, string>();
  const add = (person: PersonRef, month: string): void => {
    through.set(personKey(person), laterMonth(through.get(personKey(person)), month)!);
  };
  for (const { person, month } of notices) add(person, month);
  for (const { person, month } of months) if (lockedUntil !== undefined && month <= lockedUntil) add(person, month);
  return through;
}

function noticeDifferences({ notices, items }: OldBooks): Difference[] {
  return notices.flatMap(({ number, person, month, amount }): Difference[] => {
    const found = fen(items.filter((item) => item.notice === number).reduce((sum, item) => sum + item.amount, 0));
    return found === amount ? [] : [{ person, month, what: "notice", expected: amount, found, notice: number }];
  });
}

/** One person's months up to the last that is posted, in order. */
class PersonTakeOver {
  private readonly claims = new Map<string, ClaimState>();
  private readonly lines: NumberedLine[] = [];
  private readonly differences: Difference[] = [];

  constructor(
    private readonly person: string,
    private readonly last: string,
    private readonly old: OldBooks,
  ) {}

  run(): { readonly lines: NumberedLine[]; readonly differences: Difference[]; readonly months: number } {
    const mine = ({ person, month }: { person: PersonRef; month: string }): boolean =>
      personKey(person) === this.person && month <= this.last;
    const items = this.old.items.filter(mine);
    const months = this.old.months.filter(mine).sort((a, b) => (a.month < b.month ? -1 : 1));
    let carried = 0;
    for (const month of months) {
      this.expect(month, "carried-in", carried, month.carriedIn);
      const own = items.filter((item) => item.month === month.month);
      this.expect(
        month,
        "added",
        month.added,
        own.reduce((sum, { amount }) => sum + amount, 0),
      );
      this.expect(month, "month", month.carriedIn + month.added, month.deducted + month.carriedOut);
      this.takeOverMonth(month, own);
      carried = month.carriedOut;
    }
    const covered = new Set(months.map(({ month }) => month));
    for (const item of items) if (!covered.has(item.month)) this.expect(item, "month-missing", item.amount, 0);
    return { lines: this.lines, differences: this.differences, months: months.length };
  }

  private expect(
    at: { person: PersonRef; month: string },
    what: Difference["what"],
    expected: number,
    found: number,
  ): void {
    if (expected === found) return;
    this.differences.push({ person: at.person, month: at.month, what, expected: fen(expected), found: fen(found) });
  }

  private takeOverMonth(month: OldMonth, items: readonly OldItem[]): void {
    let refunded = 0;
    for (const item of items.filter(({ amount }) => amount >= 0)) this.claim(item);
    for (const item of items.filter(({ amount }) => amount < 0)) refunded += this.reverse(item);
    let left = month.deducted + refunded;
    const rests = restsText({
      remarks: [ORIGIN, ...(month.ceilingBasis === "" ? [] : [`原上限依据：${month.ceilingBasis}`])],
    });
    for (const claim of this.claims.values()) {
      const part = Math.min(Math.max(0, left), claim.owed);
      if (part > 0) this.post("扣款", claim, part, month.month, { rests });
      left -= part;
    }
    this.expect(month, "deducted", month.deducted, month.deducted - left);
    const department = [...this.claims.values()].at(-1)?.department ?? "";
    this.push(carryLine(month.month, month.person, department, this.claims.values()), "");
  }

  private claim(item: OldItem): void {
    const known = this.claims.get(this.keyOf(item));
    const claim = known ?? this.open(item);
    this.post(known ? "补扣" : "确定", claim, item.amount, item.month, fieldsOf(item), item.notice);
  }

  /** Gives what was paid back. */
  private reverse(item: OldItem): number {
    const claim = this.claims.get(this.keyOf(item));
    const amount = Math.abs(item.amount);
    const live = claim ? claim.owed + claim.taken : 0;
    if (!claim || live < amount) {
      this.expect(item, "added", item.amount, -live);
      return 0;
    }
    let refunded = 0;
    takeBack(claim, amount, (kind, part) => {
      if (kind === "退还") refunded += part;
      this.post(kind, claim, part, item.month, kind === "冲回" ? fieldsOf(item) : {}, item.notice);
    });
    return refunded;
  }

  private keyOf({ packId, complaintId, type, reason }: OldItem): string {
    return claimKey(complaintKey({ packId, complaintId }), this.person, type, reason);
  }

  private open(item: OldItem): ClaimState {
    const key = this.keyOf(item);
    const complaint = complaintKey(item);
    const { person, month } = item;
    const judged = { ...item, settledOn: lastDay(month), ownMonthOnly: false, remarks: [] };
    const claim = claimFrom(judged, { key, complaint, person: this.person, ref: person, month });
    this.claims.set(key, claim);
    return claim;
  }

  private post(
    kind: DraftLine["entry"]["kind"],
    claim: ClaimState,
    amount: number,
    month: string,
    fields: Partial<DraftLine["entry"]>,
    notice = "",
  ): void {
    this.push(claimLine(kind, claim, { month, amount: fen(amount), ref: claim.ref, fields }), notice);
    applyTo(claim, kind, amount);
  }

  private push(line: DraftLine, notice: string): void {
    this.lines.push({ line, notice });
  }
}

function fieldsOf({ formula, clause, rule, packHash, department, month }: OldItem): Partial<DraftLine["entry"]> {
  const rests = restsText({ remarks: [ORIGIN] });
  return { formula, clause, rule, packHash, department, settledOn: lastDay(month), rests };
}
