import { accountsOf } from "./accounts.js";
import { fen, yuanText, type Fen } from "../domain/money.js";
import { entryRef, type Entry } from "./entry.js";
import { EFFECTS } from "./kinds.js";

/**
 * The identity of the book, from its entries alone: per person Σ确定 + Σ补扣 − Σ冲回 − Σ作废 = 应扣 + 已扣 + 暂缓, and no
 * balance below nothing, after every voucher. The three balances are added up by what each kind does to them, the left
 * side by its own list of kinds, so that a kind which does one thing and counts as another shows.
 */

export interface PersonSums {
  claimed: number;
  owed: number;
  taken: number;
  held: number;
}

export interface Imbalance {
  readonly kind: "identity" | "negative";
  /** The last entry of the voucher after which it does not hold. */
  readonly ref: string;
  readonly person: string;
  readonly claimed: Fen;
  readonly owed: Fen;
  readonly taken: Fen;
  readonly held: Fen;
}

const CLAIM_SIDE: Readonly<Record<string, 1 | -1>> = { 确定: 1, 补扣: 1, 冲回: -1, 作废: -1 };

/** Adds an entry to the sums of its person. A claim that a closed year carried over counts on both sides. */
export function addEntry(sums: Map<string, PersonSums>, entry: Entry, key: string): PersonSums {
  const own = sums.get(key) ?? { claimed: 0, owed: 0, taken: 0, held: 0 };
  sums.set(key, own);
  const { amount, kind } = entry;
  const effect = EFFECTS[kind];
  own.claimed += (CLAIM_SIDE[kind] ?? 0) * amount;
  own.owed += effect.owed * amount;
  own.taken += effect.taken * amount;
  own.held += effect.held * amount;
  return own;
}

/** Where the identity fails, in the order of vouchers. */
export function imbalances(entries: readonly Entry[]): Imbalance[] {
  const accounts = accountsOf(entries);
  const sums = new Map<string, PersonSums>();
  const found: Imbalance[] = [];
  let touched = new Set<string>();
  entries.forEach((entry, i) => {
    const person = accounts.personOf(entry);
    addEntry(sums, entry, person);
    touched.add(person);
    if (entries[i + 1]?.voucher === entry.voucher) return;
    for (const person of touched) {
      const own = sums.get(person)!;
      const identity = own.claimed === own.owed + own.taken + own.held;
      const negative = own.owed < 0 || own.taken < 0 || own.held < 0;
      if (!identity || negative)
        found.push(imbalance(identity ? "negative" : "identity", entryRef(entry), person, own));
    }
    touched = new Set();
  });
  return found;
}

function imbalance(kind: Imbalance["kind"], ref: string, person: string, sums: PersonSums): Imbalance {
  const { claimed, owed, taken, held } = sums;
  return { kind, ref, person, claimed: fen(claimed), owed: fen(owed), taken: fen(taken), held: fen(held) };
}

/** Sums as a text, for messages. */
export function sumsText({ claimed, owed, taken, held }: Omit<Imbalance, "kind" | "ref" | "person">): string {
  return `${yuanText(claimed)} ≠ ${yuanText(owed)} + ${yuanText(taken)} + ${yuanText(held)}`;
}
