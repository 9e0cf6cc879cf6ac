import type { ColumnKind, InputId } from "../domain/columns.js";
import type { NamedPerson, Person } from "../domain/complaint.js";
import { yuanNumber, type Fen } from "../domain/money.js";
import type { Place } from "../domain/place.js";
import { isVagueMeasure } from "../domain/vague-measures.js";
import { dayOfTime } from "../domain/wall-time.js";
import { SLOT, slotOf, type FactRow } from "../rules/fact-row.js";
import type { FactValue } from "../rules/facts.js";
import type { InputSlot, LedgerFacts, ReadyRow } from "./ready-row.js";

/** Where 地区 lies, the pack's own words included. */
interface Places {
  placeOf(region: string): Place | undefined;
}

export function inputSlot({ id, kind }: { readonly id: InputId; readonly kind: ColumnKind }): InputSlot {
  return { id, kind, slot: slotOf(id) };
}

/**
 * Fills in the facts a row starts with: its inputs by column id (money in yuan) and the derived facts that need no rule.
 * The facts have to be cleared before.
 */
export function fillBaseFacts(facts: FactRow, row: ReadyRow, plan: Places, ledger: LedgerFacts): void {
  const { slots } = facts;
  const { inputs } = row;
  const { header } = row.inForce.pack;
  for (const { id, kind, slot } of ledger.inputs) {
    const value = inputs[id];
    if (value === undefined) continue;
    if (kind === "money") slots[slot] = yuanNumber(value as Fen);
    else if (kind === "persons") slots[slot] = (value as readonly NamedPerson[]).map((person) => person.name);
    else slots[slot] = value as FactValue;
  }
  const persons = inputs.person ?? [];
  const { quantity, defectiveQuantity, claim, loss, agreedDeliveryAt, deliveredAt, receiver } = inputs;
  const vague = inputs.correctiveAction !== undefined && isVagueMeasure(inputs.correctiveAction);
  slots[SLOT.id] = row.id;
  slots[SLOT.always] = true;
  const place = inputs.region === undefined ? "国内" : plan.placeOf(inputs.region);
  slots[SLOT.place] = place;
  if (place !== undefined) slots[SLOT.abroad] = place !== "国内";
  slots[SLOT.measuresVague] = vague;
  slots[SLOT.closed] = inputs.closeAt !== undefined && !(vague && header.vagueMeasures === "error");
  slots[SLOT.personCount] = persons.length;
  slots[SLOT.personIsReceiver] = receiver !== undefined && persons.some((person) => person.name === receiver);
  slots[SLOT.personPosts] = postsOf(persons, ledger.people);
  slots[SLOT.followedUp] = row.followedBy.length > 0;
  slots[SLOT.customerComplaints] = row.earlierOfCustomer;
  slots[SLOT.deductionRegion] = ledger.deductionRegion;
  if (agreedDeliveryAt !== undefined)
    slots[SLOT.deliveryDelayDays] = (deliveredAt ?? dayOfTime(ledger.now)) - agreedDeliveryAt;
  if (quantity !== undefined && quantity > 0 && defectiveQuantity !== undefined) {
    // Divided last: 3 of 100 must be 3 exactly, where 3 / 100 × 100 need not be.
    slots[SLOT.defectPercent] = (defectiveQuantity * 100) / quantity;
  }
  if (claim !== undefined || loss !== undefined)
    slots[SLOT.amountAtStake] = yuanNumber(Math.max(claim ?? 0, loss ?? 0) as Fen);
}

function postsOf(persons: readonly NamedPerson[], people: ReadonlyMap<string, Person>): readonly string[] {
  const posts: string[] = [];
  for (const { name } of persons) {
    const post = people.get(name)?.post;
    if (post !== undefined) posts.push(post);
  }
  return posts;
}
