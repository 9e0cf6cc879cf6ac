import { fen, sumOf, type Fen } from "../domain/money.js";
import { accountsOf, balancesOf, type Balances } from "./accounts.js";
import type { Draft } from "./draft.js";
import { entryRef, type Book, type EntryDraft, type PersonRef } from "./entry.js";
import { EFFECTS, type EntryKind } from "./kinds.js";

/** 对账单: a person's account over any months: settled, deducted, carried, refunded, and why. */

export interface StatementLine {
  readonly entry: EntryDraft;
  /** 凭证号-行; undefined of a draft. */
  readonly ref: string | undefined;
  /** 应扣, 已扣, 暂缓 after it. */
  readonly after: Balances;
}

export interface Statement {
  readonly person: PersonRef;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly opening: Balances;
  readonly lines: readonly StatementLine[];
  readonly closing: Balances;
  readonly settled: Fen;
  readonly takenBack: Fen;
  readonly lapsed: Fen;
  readonly deducted: Fen;
  /** Of `deducted`, what is only drafted: no notice or lock has posted it yet. */
  readonly deductedDraft: Fen;
  readonly refunded: Fen;
}

interface Line {
  readonly entry: EntryDraft;
  readonly month: string;
  readonly ref: string | undefined;
}

export interface StatementPeriod {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What is posted of a person, then what is drafted. Undefined where there is nothing of either. */
export function statementOf(
  book: Book,
  person: PersonRef,
  period: StatementPeriod,
  draft?: Draft,
): Statement | undefined {
  const accounts = draft?.accounts ?? accountsOf(book.entries);
  const key = accounts.personOf(person);
  const own: Line[] = [
    ...book.entries.flatMap((e) =>
      e.name !== "" && accounts.personOf(e) === key ? [{ entry: e, month: e.month, ref: entryRef(e) }] : [],
    ),
    ...(draft?.months ?? []).flatMap((month) =>
      month.person === key ? month.lines.map(({ entry }) => ({ entry, month: entry.month, ref: undefined })) : [],
    ),
  ];
  if (own.length === 0) return undefined;
  const before = own.filter(({ month }) => period.from !== undefined && month < period.from);
  const within = own.filter(
    ({ month }) =>
      (period.from === undefined || month >= period.from) && (period.to === undefined || month <= period.to),
  );
  const opening = before.reduce((balance, { entry }) => after(balance, entry), balancesOf([]));
  const lines: StatementLine[] = [];
  let balance = opening;
  for (const { entry, ref } of within) {
    balance = after(balance, entry);
    lines.push({ entry, ref, after: balance });
  }
  const sum = (...kinds: readonly EntryKind[]): Fen =>
    sumOf(within.filter(({ entry }) => kinds.includes(entry.kind)).map(({ entry }) => entry.amount));
  return {
    person: { employeeNo: own.at(-1)!.entry.employeeNo, name: own.at(-1)!.entry.name },
    ...{ from: period.from, to: period.to, opening, lines, closing: balance },
    settled: sum("确定", "补扣"),
    takenBack: sum("冲回"),
    lapsed: sum("作废"),
    deducted: sum("扣款"),
    deductedDraft: sumOf(
      within.filter(({ entry, ref }) => entry.kind === "扣款" && ref === undefined).map(({ entry }) => entry.amount),
    ),
    refunded: sum("退还"),
  };
}

function after(balance: Balances, { kind, amount }: EntryDraft): Balances {
  const effect = EFFECTS[kind];
  return {
    owed: fen(balance.owed + effect.owed * amount),
    taken: fen(balance.taken + effect.taken * amount),
    held: fen(balance.held + effect.held * amount),
  };
}
