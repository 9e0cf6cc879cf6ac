import { OUTPUT_COLUMNS, type OutputId } from "../../domain/columns.js";
import { FACT_NAMES } from "../../rules/facts.js";
import { slotOf } from "../../rules/fact-row.js";
import type { Ground } from "./ground.js";

/** An output that a person decided by 改判. */
export const HUMAN: readonly Ground[] = [{ kind: "human" }];

/**
 * What the outputs of the row at hand rest on, in slots: a Map that is emptied for every row would be built anew every
 * time. A list that has one ground is shared, never changed.
 */
export class RowGrounds {
  private readonly lists: (readonly Ground[] | undefined)[] = FACT_NAMES.map(() => undefined);

  get(output: OutputId): readonly Ground[] | undefined {
    return this.lists[slotOf(output)];
  }

  /** As `get`, for whoever has looked up the output's slot. */
  at(slot: number): readonly Ground[] | undefined {
    return this.lists[slot];
  }

  /** From now on that is all the output rests on. */
  set(output: OutputId, grounds: readonly Ground[]): void {
    this.lists[slotOf(output)] = grounds;
  }

  /** The output rests on these as well. */
  add(output: OutputId, grounds: readonly Ground[]): void {
    const slot = slotOf(output);
    const present = this.lists[slot];
    this.lists[slot] = present === undefined ? grounds : [...present, ...grounds];
  }

  clear(): void {
    this.lists.fill(undefined);
  }

  /** As they are at this moment, in the order of the columns. */
  toMap(): Map<OutputId, readonly Ground[]> {
    const map = new Map<OutputId, readonly Ground[]>();
    for (const { id } of OUTPUT_COLUMNS) {
      const list = this.get(id);
      if (list !== undefined) map.set(id, list);
    }
    return map;
  }
}
