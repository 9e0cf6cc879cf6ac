import { fen, type Fen } from "../domain/money.js";
import type { Book, EntryDraft, PersonRef } from "./entry.js";
import { personKey } from "./entry.js";
import { accountsOf, HOLD_REASONS, type HoldReason } from "./accounts.js";
import type { Draft } from "./draft.js";
import { EFFECTS } from "./kinds.js";
import { restsOf, roomOf, type MetCeiling, type Rests } from "./rests.js";

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
  /** Why the last sum of it was held; undefined where nothing is. */
  readonly heldFor: HoldReason | undefined;
  readonly state: MonthState;
  /** Whether it is posted, also where its state says 暂缓. */
  readonly posted: boolean;
  /** The most that could be taken; undefined where no ceiling could be applied. */
  readonly ceiling: Fen | undefined;
  /** The ceilings that left no room. */
  readonly binding: readonly MetCeiling[];
  /** What was paid back of what had been taken. */
  readonly refunded: Fen;
  /** Ceilings that could not be applied, and that somebody has left. */
  readonly remarks: readonly string[];
  readonly types: ReadonlySet<string>;
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
    let heldFor: HoldReason | undefined;
    for (const month of [...months.keys()].sort()) {
      const view = monthView(month, months.get(month)!, { carried, held, heldFor });
      views.push(view);
      carried = view.carriedOut;
      held = view.held;
      heldFor = view.heldFor;
    }
  }
  const keys = new Map(views.map((view) => [view, personKey(view.person)]));
  return views.sort((a, b) => compare(a.month, b.month) || compare(keys.get(a)!, keys.get(b)!));
}

interface Before {
  readonly carried: number;
  readonly held: number;
  readonly heldFor: HoldReason | undefined;
}

function monthView(month: string, lines: readonly Line[], before: Before): MonthView {
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
  const rested = lines.flatMap(({ entry }) => {
    const { kind, amount } = entry;
    return kind === "扣款" || kind === "结转" ? [{ kind, amount, rests: restsOf(entry) }] : [];
  });
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
    heldFor: held > 0 ? (holdReasonOf(lines) ?? before.heldFor) : undefined,
    state: held > 0 ? "暂缓" : posted ? "已入账" : "试算",
    posted,
    ...ceilingOf(rested, before.carried + added - deducted),
    refunded: fen(lines.reduce((sum, { entry }) => sum + (entry.kind === "退还" ? entry.amount : 0), 0)),
    remarks: [...new Set(rested.flatMap(({ rests }) => rests.remarks ?? []))],
    types: new Set(lines.map(({ entry }) => entry.type)),
  };
}

function holdReasonOf(lines: readonly Line[]): HoldReason | undefined {
  const last = lines.findLast(({ entry }) => entry.kind === "暂缓");
  return last && (last.entry.formula === HOLD_REASONS.objection ? "objection" : "law");
}

/** A 扣款 or 结转 with what it says it rested on. */
interface Rested extends Pick<EntryDraft, "amount"> {
  readonly kind: "扣款" | "结转";
  readonly rests: Rests;
}

/** What the month's ceilings left room for, worked out from what each 扣款 says it met. */
function ceilingOf(rested: readonly Rested[], carriedOut: number): Pick<MonthView, "ceiling" | "binding"> {
  const takes = rested.filter(({ kind }) => kind === "扣款");
  const met = takes.map(({ rests }) => rests.ceilings ?? []);
  const full = rested.flatMap(({ kind, rests }) => (kind === "结转" ? (rests.ceilings ?? []) : []));
  // With something left over, what was taken is the ceiling; else what could have been taken of these kinds.
  const open = carriedOut > 0 ? takes.map(({ amount }) => amount) : mostOf(met);
  if (met.length + full.length === 0 || open.some((amount) => amount === undefined))
    return { ceiling: undefined, binding: [] };
  const last = new Map<string, MetCeiling>();
  met.forEach((ceilings, i) => {
    for (const ceiling of ceilings)
      last.set(ceiling.id, { ...ceiling, used: fen((last.get(ceiling.id)?.used ?? 0) + open[i]!) });
  });
  for (const ceiling of full) if (!last.has(ceiling.id)) last.set(ceiling.id, ceiling);
  return {
    ceiling: fen(open.reduce<number>((sum, amount) => sum + amount!, 0)),
    binding: [...last.values()].filter((ceiling) => roomOf(ceiling) === 0),
  };
}

/** As much as each could take if there were no end to what is owed; undefined where nothing bounds it. */
function mostOf(met: readonly (readonly MetCeiling[])[]): (number | undefined)[] {
  const used = new Map<string, number>();
  return met.map((ceilings) => {
    if (ceilings.length === 0) return undefined;
    const most = Math.max(0, Math.min(...ceilings.map(({ id, value }) => value - (used.get(id) ?? 0))));
    for (const { id } of ceilings) used.set(id, (used.get(id) ?? 0) + most);
    return most;
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
