import { fen, type Fen } from "../domain/money.js";
import { dayOfTime } from "../domain/wall-time.js";
import type { Draft } from "./draft.js";
import { personKey, type Book, type Entry, type EntryDraft, type PersonRef } from "./entry.js";
import { monthOfDay } from "./months.js";

/**
 * What is taken or paid back under an earlier month by the act that makes a month's list for payroll: the list of its own
 * month was made before, so without these lines nobody would ever take it, or pay it back.
 */
export interface LateSum {
  readonly month: string;
  readonly person: PersonRef;
  readonly department: string;
  readonly taken: Fen;
  readonly paidBack: Fen;
  readonly posted: boolean;
}

export function lateSums({ entries }: Book, draft: Draft, month: string): LateSum[] {
  const sums = new Map<string, { -readonly [Key in keyof LateSum]: LateSum[Key] }>();
  const add = (entry: EntryDraft, posted: boolean): void => {
    if ((entry.kind !== "扣款" && entry.kind !== "退还") || entry.month >= month) return;
    const { employeeNo, name, department } = entry;
    const key = `${entry.month}${personKey({ employeeNo: draft.accounts.numberOf(entry), name })}${String(posted)}`;
    const own = sums.get(key) ?? {
      ...{ month: entry.month, person: { employeeNo, name }, department, posted },
      ...{ taken: fen(0), paidBack: fen(0) },
    };
    sums.set(key, own);
    if (entry.kind === "扣款") own.taken = fen(own.taken + entry.amount);
    else own.paidBack = fen(own.paidBack + entry.amount);
  };
  for (const { own, list } of listedVouchers(entries)) if (list === month) for (const entry of own) add(entry, true);
  for (const { lines } of draft.ready) for (const { entry } of lines) add(entry, false);
  return [...sums.values()].sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0));
}

/** Each voucher with the month whose list tells of it: that of a notice or lock, and what was decided before goes with the next. */
function listedVouchers(entries: readonly Entry[]): { readonly own: readonly Entry[]; readonly list: string }[] {
  const vouchers: Entry[][] = [];
  for (const entry of entries)
    if (vouchers.at(-1)?.[0]?.voucher === entry.voucher) vouchers.at(-1)!.push(entry);
    else vouchers.push([entry]);
  const listed: { own: readonly Entry[]; list: string }[] = [];
  let next: string | undefined;
  for (const own of vouchers.reverse()) {
    const [first] = own;
    if (first!.cause === "接管") continue;
    if (own.some(({ cause }) => cause === "通知" || cause === "锁定"))
      next = own.reduce((last, entry) => (entry.month > last ? entry.month : last), "");
    listed.push({ own, list: next ?? monthOfDay(dayOfTime(first!.at)) });
  }
  return listed;
}
