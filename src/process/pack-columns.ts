import { isColumnId, OUTPUT_COLUMNS, INPUT_COLUMNS, type InputId, type OutputId } from "../domain/columns.js";
import { eventReads, eventSets } from "../rules/events/kinds.js";
import { listedColumnOf } from "../rules/lists.js";
import type { Label } from "../rules/pack-schema.js";
import type { Condition } from "../rules/schema-parts.js";
import type { Pack } from "../rules/pack.js";
import { STAGE_COLUMNS } from "./limits.js";

/** Inputs every row is judged by, whatever its pack says. */
const COMMON_INPUTS: readonly InputId[] = [
  "id",
  "pack",
  "receivedAt",
  "description",
  "upheld",
  "deferred",
  "closeAt",
  "person",
  "followsId",
  "correctiveAction",
  "categoryOverride",
  "levelOverride",
  "departmentOverride",
];

/** Outputs every pack can fill. */
const COMMON_OUTPUTS: readonly OutputId[] = [
  "department",
  "status",
  "nextStep",
  "overdue",
  "basis",
  "messages",
  "packVersion",
];

/** Inputs that facts are derived from. */
export const DERIVED_FROM: Readonly<Record<string, readonly InputId[]>> = {
  place: ["region"],
  abroad: ["region"],
  deliveryDelayDays: ["agreedDeliveryAt", "deliveredAt"],
  defectPercent: ["quantity", "defectiveQuantity"],
  amountAtStake: ["claim", "loss"],
  personIsReceiver: ["receiver"],
  customerComplaints: ["customer"],
  misconductTimes: ["misconduct"],
  satisfactionScore: ["satisfaction"],
};

/** The input columns a pack reads. */
export function inputsOf(pack: Pack): ReadonlySet<InputId> {
  const used = new Set<InputId>(COMMON_INPUTS);
  const addFact = (name: string): void => {
    if (isColumnId(name) && isInput(name)) used.add(name);
    for (const id of DERIVED_FROM[name] ?? []) used.add(id);
    const listed = listedColumnOf(name);
    if (listed !== undefined) used.add(listed);
  };
  const addConditions = (condition: Condition): void => {
    if ("all" in condition) condition.all.forEach(addConditions);
    else if ("any" in condition) condition.any.forEach(addConditions);
    else if ("not" in condition) addConditions(condition.not);
    else if ("fact" in condition) {
      addFact(condition.fact);
      const { value } = condition;
      if (typeof value === "object" && "fact" in value) addFact(value.fact);
    }
  };
  const addLabel = (label: Label): void =>
    label.context?.forEach(({ conditions }) => {
      addConditions(conditions);
    });
  for (const { rule } of pack.rules) {
    addConditions(rule.conditions);
    eventReads(rule.event).forEach(addFact);
  }
  pack.labels.forEach(addLabel);
  for (const { column } of pack.classification.texts ?? []) used.add(column);
  for (const stage of pack.header.stages) used.add(STAGE_COLUMNS[stage].done);
  return used;
}

/** The outputs a pack can fill. */
export function outputsOf(pack: Pack): ReadonlySet<OutputId> {
  const filled = new Set<OutputId>(COMMON_OUTPUTS);
  for (const label of pack.labels) filled.add(label.output);
  for (const { rule } of pack.rules) eventSets(rule.event).forEach((id) => filled.add(id));
  return filled;
}

/** What several packs can fill together, in the contract's order. */
export function outputColumnsOf(packs: Iterable<Pack>): OutputId[] {
  const filled = new Set<OutputId>();
  for (const pack of packs) for (const id of outputsOf(pack)) filled.add(id);
  return OUTPUT_COLUMNS.map((column) => column.id).filter((id) => filled.has(id));
}

const INPUT_IDS: ReadonlySet<string> = new Set(INPUT_COLUMNS.map((column) => column.id));

function isInput(id: string): id is InputId {
  return INPUT_IDS.has(id);
}
