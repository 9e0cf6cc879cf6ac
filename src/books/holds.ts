import { fen, type Fen } from "../domain/money.js";
import type { Draft } from "./draft.js";
import { claimKey, type Book, type EntryDraft, type PersonRef } from "./entry.js";

/** What was held or let go in a month, for payroll: where a hold ends, it says what is taken because of it, and what not. */

export interface HoldChange {
  readonly kind: "暂缓" | "恢复";
  readonly person: PersonRef;
  readonly department: string;
  readonly complaintId: string;
  readonly type: string;
  readonly amount: Fen;
  /** Why it is held; what is let go has none. */
  readonly why: string;
  /** Of what was let go: taken in the same month. The rest is carried on, or taken back. */
  readonly taken: Fen;
  readonly takenBack: Fen;
  readonly posted: boolean;
}

export function holdChanges({ entries }: Book, draft: Draft, month: string): HoldChange[] {
  const lines: { readonly entry: EntryDraft; readonly posted: boolean }[] = [
    ...entries.map((entry) => ({ entry, posted: true })),
    ...draft.months.flatMap(({ lines: own }) => own.map(({ entry }) => ({ entry, posted: false }))),
  ].filter(({ entry }) => entry.month === month);
  const { accounts } = draft;
  const keyOf = (entry: EntryDraft): string =>
    claimKey(accounts.complaintOf(entry), accounts.personOf(entry), entry.type, entry.reason);
  const sums = new Map<string, number>();
  for (const { entry } of lines) {
    const key = `${entry.kind}${keyOf(entry)}`;
    sums.set(key, (sums.get(key) ?? 0) + entry.amount);
  }
  return lines.flatMap(({ entry, posted }): HoldChange[] => {
    const { kind, name, employeeNo, department, complaintId, type, amount, formula } = entry;
    if (kind !== "暂缓" && kind !== "恢复") return [];
    const of = (other: string): Fen => fen(Math.min(amount, sums.get(`${other}${keyOf(entry)}`) ?? 0));
    return [
      {
        ...{ kind, person: { name, employeeNo }, department, complaintId, type, amount, posted },
        why: kind === "暂缓" ? formula : "",
        taken: kind === "恢复" ? of("扣款") : fen(0),
        takenBack: kind === "恢复" ? of("冲回") : fen(0),
      },
    ];
  });
}
