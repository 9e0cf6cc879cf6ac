import type { ColumnKind, InputId } from "../domain/columns.js";
import type { NamedPerson, Person } from "../domain/complaint.js";
import type { Place } from "../domain/place.js";
import { satisfactionScore } from "../domain/satisfaction.js";
import { saysNothing } from "../domain/vague-measures.js";
import { priceNumber, yuanNumber, type Fen, type Price } from "../domain/money.js";
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
    else if (kind === "price") slots[slot] = priceNumber(value as Price);
    else if (kind === "persons") slots[slot] = (value as readonly NamedPerson[]).map((person) => person.name);
    else slots[slot] = value as FactValue;
  }
  const persons = inputs.person ?? [];
  const { quantity, defectiveQuantity, claim, loss, agreedDeliveryAt, deliveredAt, receiver } = inputs;
  const vague = measuresSayNothing(inputs, ledger, header.vagueMeasures === "error");
  slots[SLOT.id] = row.id;
  slots[SLOT.always] = true;
  const place = inputs.region === undefined ? "国内" : plan.placeOf(inputs.region);
  slots[SLOT.place] = place;
  if (place !== undefined) slots[SLOT.abroad] = place !== "国内";
  slots[SLOT.measuresVague] = vague;
  slots[SLOT.closed] =
    inputs.closeAt !== undefined && !(vague && header.vagueMeasures === "error" && inputs.upheld !== false);
  slots[SLOT.personCount] = persons.length;
  slots[SLOT.personIsReceiver] = receiver !== undefined && isAmong(persons, receiver);
  slots[SLOT.personPosts] = postsOf(persons, ledger.people);
  slots[SLOT.followedUp] = row.followedBy.length > 0;
  slots[SLOT.customerComplaints] = row.earlierOfCustomer;
  slots[SLOT.deductionRegion] = ledger.deductionRegion;
  if (inputs.satisfaction !== undefined) slots[SLOT.satisfactionScore] = satisfactionScore(inputs.satisfaction);
  if (agreedDeliveryAt !== undefined)
    slots[SLOT.deliveryDelayDays] = (deliveredAt ?? dayOfTime(ledger.now)) - agreedDeliveryAt;
  if (quantity !== undefined && quantity > 0 && defectiveQuantity !== undefined) {
    // Divided last: 3 of 100 must be 3 exactly, where 3 / 100 × 100 need not be.
    slots[SLOT.defectPercent] = (defectiveQuantity * 100) / quantity;
  }
  if (claim !== undefined || loss !== undefined)
    slots[SLOT.amountAtStake] = yuanNumber(Math.max(claim ?? 0, loss ?? 0) as Fen);
}

/**
 * 纠正措施 says nothing. A blank one is empty too once the case is closed, where the ledger has the column; where empty
 * measures close nothing (S3 fourth text, 五.4), 原因分析 is held to the same.
 */
function measuresSayNothing(
  { correctiveAction, rootCause, closeAt, upheld }: ReadyRow["inputs"],
  { inputs }: LedgerFacts,
  strict: boolean,
): boolean {
  const has = (id: InputId): boolean => inputs.some((slot) => slot.id === id);
  const blankCounts = closeAt !== undefined && upheld !== false;
  const empty = (id: InputId, text: string | undefined): boolean =>
    text === undefined ? blankCounts && has(id) : saysNothing(text);
  return empty("correctiveAction", correctiveAction) || (strict && empty("rootCause", rootCause));
}

const BETWEEN_NAMES = /[、，,；;/\s]+/u;
const REMARK = /[（(].*?[）)]/gu;

/** Whether one of 责任人 is among those who received the complaint, however the cell writes them. */
function isAmong(persons: readonly NamedPerson[], receiver: string): boolean {
  const bare = (name: string): string => name.replace(REMARK, "").trim();
  const receivers = new Set(receiver.replace(REMARK, "").split(BETWEEN_NAMES).map(bare));
  return persons.some((person) => receivers.has(bare(person.name)));
}

function postsOf(persons: readonly NamedPerson[], people: ReadonlyMap<string, Person>): readonly string[] {
  const posts: string[] = [];
  for (const { name } of persons) {
    const post = people.get(name)?.post;
    if (post !== undefined) posts.push(post);
  }
  return posts;
}
