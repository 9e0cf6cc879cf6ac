import type { ColumnKind, InputId } from "../domain/columns.js";
import type { NamedPerson, Person } from "../domain/complaint.js";
import { yuanNumber, type Fen } from "../domain/money.js";
import { isVagueMeasure } from "../domain/vague-measures.js";
import { dayOfTime, type WallTime } from "../domain/wall-time.js";
import { slotOf, type FactRow } from "../rules/fact-row.js";
import type { FactValue } from "../rules/facts.js";
import type { ReadyRow } from "./judge-row.js";
import type { PackPlan } from "./pack-plan.js";

/** What of the ledger as a whole a row's facts depend on. */
export interface LedgerFacts {
  /** The input columns that rows have cells in. */
  readonly inputs: readonly InputSlot[];
  readonly people: ReadonlyMap<string, Person>;
  readonly now: WallTime;
  readonly deductionRegion: string | undefined;
}

/** An input column and where its fact is kept. */
export interface InputSlot {
  readonly id: InputId;
  readonly kind: ColumnKind;
  readonly slot: number;
}

export function inputSlot({ id, kind }: { readonly id: InputId; readonly kind: ColumnKind }): InputSlot {
  return { id, kind, slot: slotOf(id) };
}

/**
 * Fills in the facts a row starts with: its inputs by column id (money in yuan) and the derived facts that need no rule.
 * The facts have to be cleared before.
 */
export function fillBaseFacts(facts: FactRow, row: ReadyRow, plan: PackPlan, ledger: LedgerFacts): void {
  const { inputs } = row;
  const { header } = row.inForce.pack;
  for (const { id, kind, slot } of ledger.inputs) {
    const value = inputs[id];
    if (value === undefined) continue;
    if (kind === "money") facts.slots[slot] = yuanNumber(value as Fen);
    else if (kind === "persons") facts.slots[slot] = (value as readonly NamedPerson[]).map((person) => person.name);
    else facts.slots[slot] = value as FactValue;
  }
  const persons = inputs.person ?? [];
  const { quantity, defectiveQuantity, claim, loss, agreedDeliveryAt, deliveredAt, receiver } = inputs;
  const vague = inputs.correctiveAction !== undefined && isVagueMeasure(inputs.correctiveAction);
  facts.set("id", row.id);
  facts.set("always", true);
  facts.set("abroad", inputs.region !== undefined && plan.isAbroad(inputs.region));
  facts.set("measuresVague", vague);
  facts.set("closed", inputs.closeAt !== undefined && !(vague && header.vagueMeasures === "error"));
  facts.set("personCount", persons.length);
  facts.set("personIsReceiver", receiver !== undefined && persons.some((person) => person.name === receiver));
  facts.set(
    "personPosts",
    persons.flatMap((person) => ledger.people.get(person.name)?.post ?? []),
  );
  facts.set("followedUp", row.followedBy.length > 0);
  facts.set("customerComplaints", row.earlierOfCustomer);
  facts.set("deductionRegion", ledger.deductionRegion);
  if (agreedDeliveryAt !== undefined)
    facts.set("deliveryDelayDays", (deliveredAt ?? dayOfTime(ledger.now)) - agreedDeliveryAt);
  if (quantity !== undefined && quantity > 0 && defectiveQuantity !== undefined) {
    // Divided last: 3 of 100 must be 3 exactly, where 3 / 100 × 100 need not be.
    facts.set("defectPercent", (defectiveQuantity * 100) / quantity);
  }
  if (claim !== undefined || loss !== undefined)
    facts.set("amountAtStake", yuanNumber(Math.max(claim ?? 0, loss ?? 0) as Fen));
}
