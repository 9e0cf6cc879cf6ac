import { fen, type Fen } from "../domain/money.js";
import type { Book, EntryDraft, PersonRef } from "./entry.js";
import { personKey } from "./entry.js";
import { accountsOf } from "./accounts.js";
import type { Draft } from "./draft.js";
import { EFFECTS } from "./kinds.js";
import { parseRests, type MetCeiling } from "./rests.js";

/** 扣款台账 and payroll lists as views of the book and the drafts: nothing here is worked out anew. */

export type MonthState = "已入账" | "试算" | "暂缓";

export interface MonthView {
  readonly month: string;
  readonly person: PersonRef;
  readonly department: string;
  readonly carriedIn: Fen;
  /** 确定 + 补扣 − 冲回 − 作废. */
  readonly added: Fen;
  /** 扣款 − 退还. */
  readonly deducted: Fen;
  /** 应扣 + 暂缓 after the month. */
  readonly carriedOut: Fen;
  readonly held: Fen;
  readonly state: MonthState;
  /** Whether it is posted, also where its state says 暂缓. */
  readonly posted: boolean;
  /** The ceilings that claims met in it, each once, as it was left by the last. */
  readonly ceilings: readonly (MetCeiling & { readonly binding: boolean })[];
}

interface Line {
  readonly entry: EntryDraft;
  readonly posted: boolean;
}

/** Every month of every person that has an entry, by month and person. */
export function monthViews(book: Book, draft: Draft | undefined): MonthView[] {
  const accounts = draft?.accounts ?? accountsOf(book.entries);
  const persons = new Map<string, Map<string, Line[]>>();
  const add = (entry: EntryDraft, posted: boolean): void => {
    if (entry.name === "" || entry.kind === "备注") return;
    const person = accounts.personOf(entry);
    const months = persons.get(person) ?? new Map<string, Line[]>();
    persons.set(person, months);
    const lines = months.get(entry.month) ?? [];
    months.set(entry.month, lines);
    lines.push({ entry, posted });
  };
  for (const entry of book.entries) add(entry, true);
  for (const { lines } of draft?.months ?? []) for (const { entry } of lines) add(entry, false);
  const views: MonthView[] = [];
  for (const months of persons.values()) {
    let carried = 0;
    let held = 0;
    for (const month of [...months.keys()].sort()) {
      const view = monthView(month, months.get(month)!, { carried, held });
      views.push(view);
      carried = view.carriedOut;
      held = view.held;
    }
  }
  return views.sort((a, b) => compare(a.month, b.month) || compare(personKey(a.person), personKey(b.person)));
}

function monthView(month: string, lines: readonly Line[], before: { carried: number; held: number }): MonthView {
  let added = 0;
  let deducted = 0;
  let { held } = before;
  for (const { entry } of lines) {
    const effect = EFFECTS[entry.kind];
    added += effect.claim * entry.amount;
    deducted += effect.taken * entry.amount;
    held += effect.held * entry.amount;
  }
  const posted = lines.every((line) => line.posted);
  const last = lines.at(-1)!.entry;
  const { employeeNo, name } = last;
  return {
    month,
    person: { employeeNo, name },
    department: lines.findLast(({ entry }) => entry.department !== "")?.entry.department ?? "",
    carriedIn: fen(before.carried),
    added: fen(added),
    deducted: fen(deducted),
    carriedOut: fen(before.carried + added - deducted),
    held: fen(held),
    state: held > 0 ? "暂缓" : posted ? "已入账" : "试算",
    posted,
    ceilings: ceilingsOf(lines),
  };
}

function ceilingsOf(lines: readonly Line[]): (MetCeiling & { binding: boolean })[] {
  const found = new Map<string, MetCeiling & { binding: boolean }>();
  for (const { entry } of lines) {
    if (entry.kind !== "扣款") continue;
    for (const ceiling of parseRests(entry.rests).ceilings ?? []) {
      const used = fen(ceiling.used + entry.amount);
      found.set(ceiling.id, { ...ceiling, used, binding: used >= ceiling.value });
    }
  }
  return [...found.values()];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
