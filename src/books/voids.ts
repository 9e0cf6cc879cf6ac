import { fen } from "../domain/money.js";
import { dayOfTime, type WallTime } from "../domain/wall-time.js";
import { accountsOf, type Accounts, type ClaimState } from "./accounts.js";
import { applyTo, claimLine, takeBack, type DraftLine } from "./draft-lines.js";
import type { Book } from "./entry.js";
import type { EntryKind } from "./kinds.js";
import { monthOfDay } from "./months.js";
import { firstOpenMonth } from "./person-draft.js";
import { postLines, type Act, type Posting } from "./post.js";

/** What a person decides about posted claims, whatever the rows say: 撤销, reopening, writing off. */

export const DECISIONS = ["撤销", "重开", "核销"] as const;
export type DecisionKind = (typeof DECISIONS)[number];

export interface Decision {
  readonly kind: DecisionKind;
  /** Keys of claims. */
  readonly claims: readonly string[];
  readonly reason: string;
}

/** Keys of the claims that went out with a notice. */
export function claimsOfNotice(accounts: Accounts, number: string): string[] {
  return [...accounts.claims.values()].filter(({ notices }) => notices.has(number)).map(({ key }) => key);
}

type Work = (claim: ClaimState, post: (kind: EntryKind, amount: number) => void) => void;

const WORK: Readonly<Record<DecisionKind, Work>> = {
  /** All of the claim is taken back, what was taken is paid back, and it stays closed until a person reopens it. */
  撤销: (claim, post) => {
    if (claim.voided) return;
    const live = claim.owed + claim.taken + claim.held;
    takeBack(claim, live, post);
    // Of a claim that has lapsed nothing is left to take back; that it is closed must still be said.
    if (live === 0) post("备注", 0);
  },
  /** A claim that was closed by 撤销 is open again; what the row says of it counts from the next run on. */
  重开: (claim, post) => {
    if (claim.voided) post("备注", 0);
  },
  /** What is still owed is given up, for somebody who has left. */
  核销: (claim, post) => {
    if (claim.owed > 0) post("作废", claim.owed);
  },
};

/** The lines that a decision at this time posts; none where there is nothing left to decide. */
export function decisionLines({ entries }: Book, { kind, claims, reason }: Decision, at: WallTime): DraftLine[] {
  const accounts = accountsOf(entries);
  const lines: DraftLine[] = [];
  const clockMonth = monthOfDay(dayOfTime(at));
  for (const key of [...new Set(claims)].sort()) {
    const known = accounts.claims.get(key);
    if (!known) continue;
    const claim = { ...known };
    const open = firstOpenMonth(accounts, claim.person) ?? claim.month;
    // Where the clock's own month is posted already, a decision still stands in it: no entry lies after the clock.
    const month = open < clockMonth ? open : clockMonth;
    WORK[kind](claim, (entryKind, amount) => {
      const parts = { month, amount: fen(amount), ref: claim.ref, fields: { formula: reason } };
      lines.push({ ...claimLine(entryKind, claim, parts), cause: kind });
      applyTo(claim, entryKind, amount);
    });
  }
  return lines;
}

/** Posts a decision. */
export function decide(book: Book, decision: Decision, act: Act): Posting {
  const lines = decisionLines(book, decision, act.at).map((line) => ({ line, notice: "" }));
  return postLines(book, lines, { ...act, cause: decision.kind });
}
