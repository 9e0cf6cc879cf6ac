import { fen, sumOf, type Fen } from "../domain/money.js";
import { accountsOf, balancesOf, type Balances } from "./accounts.js";
import type { Book, Entry, PersonRef } from "./entry.js";
import { EFFECTS } from "./kinds.js";

/** 对账单: a person's account over any months: settled, deducted, carried, refunded, and why. */

export interface StatementLine {
  readonly entry: Entry;
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
  readonly refunded: Fen;
}

/** Undefined where the book has no entry of this person. */
export function statementOf(
  book: Book,
  person: PersonRef,
  period: { readonly from?: string | undefined; readonly to?: string | undefined },
): Statement | undefined {
  const accounts = accountsOf(book.entries);
  const key = accounts.personOf(person);
  const own = book.entries.filter((entry) => entry.name !== "" && accounts.personOf(entry) === key);
  if (own.length === 0) return undefined;
  const before = own.filter(({ month }) => period.from !== undefined && month < period.from);
  const within = own.filter(
    ({ month }) =>
      (period.from === undefined || month >= period.from) && (period.to === undefined || month <= period.to),
  );
  const opening = before.reduce(after, balancesOf([]));
  const lines: StatementLine[] = [];
  let balance = opening;
  for (const entry of within) {
    balance = after(balance, entry);
    lines.push({ entry, after: balance });
  }
  const sum = (...kinds: readonly Entry["kind"][]): Fen =>
    sumOf(within.filter(({ kind }) => kinds.includes(kind)).map(({ amount }) => amount));
  return {
    person: { employeeNo: own.at(-1)!.employeeNo, name: own.at(-1)!.name },
    ...{ from: period.from, to: period.to, opening, lines, closing: balance },
    settled: sum("确定", "补扣"),
    takenBack: sum("冲回"),
    lapsed: sum("作废"),
    deducted: sum("扣款"),
    refunded: sum("退还"),
  };
}

function after(balance: Balances, { kind, amount }: Entry): Balances {
  const effect = EFFECTS[kind];
  return {
    owed: fen(balance.owed + effect.owed * amount),
    taken: fen(balance.taken + effect.taken * amount),
    held: fen(balance.held + effect.held * amount),
  };
}
