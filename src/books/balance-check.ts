import { fen, yuanText, type Fen } from "../domain/money.js";
import { nameKey } from "../domain/persons-text.js";
import { entryRef, personKey, type Entry } from "./entry.js";
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
  /** Its place in the book. */
  readonly index: number;
  readonly person: string;
  readonly claimed: Fen;
  readonly owed: Fen;
  readonly taken: Fen;
  readonly held: Fen;
}

const CLAIM_SIDE: Readonly<Record<string, 1 | -1>> = { 确定: 1, 补扣: 1, 冲回: -1, 作废: -1 };

/** The sums of persons, entry after entry. A name counts as the 工号 it was recognised as from that note on, not before. */
export class RunningSums {
  private readonly sums = new Map<string, PersonSums>();
  private readonly numbers = new Map<string, string>();

  add(entry: Entry): { readonly person: string; readonly sums: PersonSums } {
    if (entry.cause === "认定" && entry.employeeNo !== undefined) this.recognise(entry.name, entry.employeeNo);
    const person = personKey({
      employeeNo: entry.employeeNo ?? this.numbers.get(nameKey(entry.name)),
      name: entry.name,
    });
    const own = this.of(person);
    const { amount, kind } = entry;
    const effect = EFFECTS[kind];
    own.claimed += (CLAIM_SIDE[kind] ?? 0) * amount;
    own.owed += effect.owed * amount;
    own.taken += effect.taken * amount;
    own.held += effect.held * amount;
    return { person, sums: own };
  }

  of(person: string): PersonSums {
    const known = this.sums.get(person) ?? { claimed: 0, owed: 0, taken: 0, held: 0 };
    this.sums.set(person, known);
    return known;
  }

  private recognise(name: string, employeeNo: string): void {
    const bare = personKey({ employeeNo: undefined, name });
    const before = this.of(bare);
    const own = this.of(personKey({ employeeNo, name }));
    own.claimed += before.claimed;
    own.owed += before.owed;
    own.taken += before.taken;
    own.held += before.held;
    this.sums.delete(bare);
    this.numbers.set(nameKey(name), employeeNo);
  }
}

/** Where the identity fails, in the order of vouchers. */
export function imbalances(entries: readonly Entry[]): Imbalance[] {
  const running = new RunningSums();
  const found: Imbalance[] = [];
  let touched = new Set<string>();
  entries.forEach((entry, i) => {
    touched.add(running.add(entry).person);
    if (entries[i + 1]?.voucher === entry.voucher) return;
    for (const person of touched) {
      const own = running.of(person);
      const identity = own.claimed === own.owed + own.taken + own.held;
      const negative = own.owed < 0 || own.taken < 0 || own.held < 0;
      if (!identity || negative)
        found.push(imbalance(identity ? "negative" : "identity", { ref: entryRef(entry), index: i, person }, own));
    }
    touched = new Set();
  });
  return found;
}

function imbalance(
  kind: Imbalance["kind"],
  place: Pick<Imbalance, "ref" | "index" | "person">,
  { claimed, owed, taken, held }: PersonSums,
): Imbalance {
  return { kind, ...place, claimed: fen(claimed), owed: fen(owed), taken: fen(taken), held: fen(held) };
}

/** Sums as a text, for messages. */
export function sumsText({
  claimed,
  owed,
  taken,
  held,
}: Pick<Imbalance, "claimed" | "owed" | "taken" | "held">): string {
  return `${yuanText(claimed)} ≠ ${yuanText(owed)} + ${yuanText(taken)} + ${yuanText(held)}`;
}
