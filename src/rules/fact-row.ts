import { FACT_NAMES, type FactName, type Facts, type FactValue } from "./facts.js";

/** The facts of a row by slot, so that every compiled condition reads an array element instead of a property. */
export type Slots = (FactValue | undefined)[];

/** The slot of each fact, for code that knows which fact it wants. */
export const SLOT = Object.fromEntries(FACT_NAMES.map((name, slot) => [name, slot])) as Readonly<
  Record<FactName, number>
>;

export function slotOf(fact: FactName): number {
  return SLOT[fact];
}

export function emptySlots(): Slots {
  return FACT_NAMES.map(() => undefined);
}

/**
 * The facts of the row at hand, as whoever judges a ledger row after row keeps them: one object for a whole run, since
 * making and throwing away an object of a hundred possible keys costs more than judging the row by it.
 */
export class FactRow {
  readonly slots: Slots = emptySlots();

  get(fact: FactName): FactValue | undefined {
    return this.slots[slotOf(fact)];
  }

  set(fact: FactName, value: FactValue | undefined): void {
    this.slots[slotOf(fact)] = value;
  }

  clear(): void {
    this.slots.fill(undefined);
  }

  /** The facts that have a value, as they are at this moment. */
  toFacts(): Facts {
    const facts: Facts = {};
    FACT_NAMES.forEach((name, slot) => {
      const value = this.slots[slot];
      if (value !== undefined) facts[name] = value;
    });
    return facts;
  }
}

/** A fact of a row, however its facts are kept. */
export function factIn(facts: Facts | FactRow, name: FactName): FactValue | undefined {
  return facts instanceof FactRow ? facts.get(name) : facts[name];
}
