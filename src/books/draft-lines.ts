import { fen, yuanText, type Fen } from "../domain/money.js";
import { balancesOf, NO_NOTICES, type ClaimState } from "./accounts.js";
import type { EntryDraft, PersonRef } from "./entry.js";
import type { JudgedClaim } from "./judged.js";
import { EFFECTS, type Cause, type EntryKind } from "./kinds.js";

/** Lines of a voucher before it has a number, and what they do to the balances of a claim. */

export interface DraftLine {
  readonly entry: EntryDraft;
  /** Key of its claim; undefined for 结转 and notes. */
  readonly claim: string | undefined;
  /** Where it is another than that of the act which posts it. */
  readonly cause?: Cause;
}

/** All that is drafted for a person in a month. */
export interface PersonMonthDraft {
  readonly person: string;
  readonly month: string;
  readonly lines: readonly DraftLine[];
  /** Not to be posted: it isn't known whose wage counts. */
  readonly waits?: true;
}

/** An entry that says nothing yet. */
export const BLANK: Omit<EntryDraft, "month" | "kind"> = {
  employeeNo: undefined,
  name: "",
  department: "",
  packId: "",
  complaintId: "",
  type: "",
  reason: "",
  amount: fen(0),
  against: "",
  settledOn: undefined,
  formula: "",
  clause: "",
  rule: "",
  packHash: "",
  rests: "",
  origin: "",
};

/** What an entry says of itself beside what its claim says, or instead of it. */
export type LineFields = Partial<
  Pick<
    EntryDraft,
    "department" | "against" | "settledOn" | "formula" | "clause" | "rule" | "packHash" | "rests" | "origin"
  >
>;

interface LineParts {
  readonly month: string;
  readonly amount: Fen;
  readonly ref: PersonRef;
  readonly fields: LineFields;
}

/** A line of a claim. 对应 is the claim's first entry; where that is posted with it, posting fills it in. */
export function claimLine(kind: EntryKind, claim: ClaimState, { month, amount, ref, fields }: LineParts): DraftLine {
  const { source } = claim;
  // One shape for all entries, made at once: a run may draft a hundred thousand of them.
  const entry = {
    employeeNo: ref.employeeNo,
    name: ref.name,
    department: fields.department ?? claim.department,
    packId: claim.packId,
    complaintId: claim.complaintId,
    type: claim.type,
    reason: claim.reason,
    amount,
    against: fields.against ?? claim.first,
    settledOn: fields.settledOn,
    formula: fields.formula ?? "",
    clause: fields.clause ?? claim.clause,
    rule: fields.rule ?? claim.rule,
    packHash: fields.packHash ?? claim.packHash,
    rests: fields.rests ?? "",
    origin: fields.origin ?? "",
    month,
    kind,
  };
  return { claim: claim.key, entry: source === undefined ? entry : { ...entry, source } };
}

/** Applies a line to the balances of its claim. */
export function applyTo(claim: ClaimState, kind: EntryKind, amount: number): void {
  const effect = EFFECTS[kind];
  claim.owed += effect.owed * amount;
  claim.taken += effect.taken * amount;
  claim.held += effect.held * amount;
  if (kind === "作废") claim.lapsed += amount;
  else claim.posted += effect.claim * amount;
}

/** What a 冲回 needs, in its order: what was held is let go, what was taken is paid back, so that no balance falls below nothing. */
export function takeBack(claim: ClaimState, amount: number, post: (kind: EntryKind, part: number) => void): void {
  const fromHeld = Math.min(claim.held, Math.max(0, amount - claim.owed));
  const fromTaken = Math.max(0, amount - claim.owed - fromHeld);
  if (fromHeld > 0) post("恢复", fromHeld);
  if (fromTaken > 0) post("退还", fromTaken);
  if (amount > 0) post("冲回", amount);
}

/** A claim that is about to be posted. */
export function claimFrom(
  judged: JudgedClaim,
  { key, complaint, person, ref, month }: Pick<ClaimState, "key" | "complaint" | "person" | "ref" | "month">,
): ClaimState {
  const { packId, complaintId, source, type, reason, department, settledOn, clause, rule, packHash, ownMonthOnly } =
    judged;
  return {
    ...(source === undefined ? {} : { source }),
    key,
    complaint,
    person,
    ref,
    month,
    packId,
    complaintId,
    type,
    reason,
    department,
    settledOn,
    clause,
    rule,
    packHash,
    origin: "",
    ownMonthOnly,
    posted: 0,
    lapsed: 0,
    owed: 0,
    taken: 0,
    held: 0,
    first: "",
    notices: NO_NOTICES,
    voided: false,
    heldFor: undefined,
    objected: NO_NOTICES,
  };
}

/** 计算式 of a 结转: the person's balances after the month. */
export function balanceText(claims: Iterable<Pick<ClaimState, "owed" | "taken" | "held">>): string {
  const { owed, taken, held } = balancesOf(claims);
  return `应扣 ${yuanText(owed)}，已扣 ${yuanText(taken)}，暂缓 ${yuanText(held)}`;
}

/** 结转 of a person's month. */
export function carryLine(
  month: string,
  ref: PersonRef,
  department: string,
  claims: Parameters<typeof balanceText>[0],
  rests = "",
): DraftLine {
  return {
    claim: undefined,
    entry: { ...BLANK, ...ref, month, kind: "结转", department, formula: balanceText(claims), rests },
  };
}

/** Fills 对应 of lines whose claim is opened by the same voucher. */
export function withReference<Line extends EntryDraft>(line: Line, first: string | undefined): Line {
  return line.against !== "" || first === undefined ? line : { ...line, against: first };
}
