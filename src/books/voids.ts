import { fen } from "../domain/money.js";
import { dayOfTime } from "../domain/wall-time.js";
import { accountsOf, type Accounts, type ClaimState } from "./accounts.js";
import { applyTo, claimLine, takeBack, type DraftLine } from "./draft-lines.js";
import type { Book } from "./entry.js";
import type { Cause, EntryKind } from "./kinds.js";
import { monthOfDay } from "./months.js";
import { firstOpenMonth } from "./person-draft.js";
import { postLines, type Act, type Posting } from "./post.js";

/** What a person decides about posted claims, whatever the rows say: 撤销, reopening, writing off. */

export interface Decision {
  /** Keys of claims. */
  readonly claims: readonly string[];
  readonly reason: string;
}

/** Keys of the claims that went out with a notice. */
export function claimsOfNotice(accounts: Accounts, number: string): string[] {
  return [...accounts.claims.values()].filter(({ notices }) => notices.has(number)).map(({ key }) => key);
}

/** 撤销: all of the claims is taken back, what was taken is paid back, and they stay closed until a person reopens them. */
export function voidClaims(book: Book, decision: Decision, act: Act): Posting {
  return decide(book, decision, { ...act, cause: "撤销" }, (claim, post) => {
    if (claim.voided) return;
    const live = claim.owed + claim.taken + claim.held;
    takeBack(claim, live, post);
    // Of a claim that has lapsed nothing is left to take back; that it is closed must still be said.
    if (live === 0) post("备注", 0);
  });
}

/** Opens claims again that were closed by 撤销; what the rows say of them counts from the next run on. */
export function reopenClaims(book: Book, decision: Decision, act: Act): Posting {
  return decide(book, decision, { ...act, cause: "重开" }, (claim, post) => {
    if (claim.voided) post("备注", 0);
  });
}

/** Writes off what is still owed, for somebody who has left. */
export function writeOff(book: Book, decision: Decision, act: Act): Posting {
  return decide(book, decision, { ...act, cause: "核销" }, (claim, post) => {
    if (claim.owed > 0) post("作废", claim.owed);
  });
}

type Work = (claim: ClaimState, post: (kind: EntryKind, amount: number) => void) => void;

function decide(book: Book, { claims, reason }: Decision, act: Act & { cause: Cause }, work: Work): Posting {
  const accounts = accountsOf(book.entries);
  const lines: DraftLine[] = [];
  const clockMonth = monthOfDay(dayOfTime(act.at));
  for (const key of [...new Set(claims)].sort()) {
    const known = accounts.claims.get(key);
    if (!known) continue;
    const claim = { ...known };
    const open = firstOpenMonth(accounts, claim.person) ?? claim.month;
    // Where the clock's own month is posted already, a decision still stands in it: no entry lies after the clock.
    const month = open < clockMonth ? open : clockMonth;
    work(claim, (kind, amount) => {
      lines.push(claimLine(kind, claim, { month, amount: fen(amount), ref: claim.ref, fields: { formula: reason } }));
      applyTo(claim, kind, amount);
    });
  }
  return postLines(
    book,
    lines.map((line) => ({ line, notice: "" })),
    act,
  );
}
