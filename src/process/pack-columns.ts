import { isColumnId, OUTPUT_COLUMNS, INPUT_COLUMNS, type InputId, type OutputId } from "../domain/columns.js";
import type { Condition, Label, RuleEvent } from "../rules/pack-schema.js";
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
const DERIVED_FROM: Readonly<Record<string, readonly InputId[]>> = {
  abroad: ["region"],
  deliveryDelayDays: ["agreedDeliveryAt", "deliveredAt"],
  defectPercent: ["quantity", "defectiveQuantity"],
  amountAtStake: ["claim", "loss"],
  personIsReceiver: ["receiver"],
  customerComplaints: ["customer"],
};

const PRICE_INPUTS: readonly InputId[] = ["unitPrice", "quantity"];

/** The input columns a pack reads: a cell of these that can't be read makes the row 数据有误. */
export function inputsOf(pack: Pack): ReadonlySet<InputId> {
  const used = new Set<InputId>(COMMON_INPUTS);
  const addFact = (name: string): void => {
    if (isColumnId(name) && isInput(name)) used.add(name);
    for (const id of DERIVED_FROM[name] ?? []) used.add(id);
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
    eventInputs(rule.event).forEach(addFact);
  }
  pack.labels.forEach(addLabel);
  for (const { column } of pack.classification.texts ?? []) used.add(column);
  for (const stage of pack.header.stages) used.add(STAGE_COLUMNS[stage].done);
  return used;
}

function eventInputs(event: RuleEvent): readonly string[] {
  switch (event.type) {
    case "deadline":
      return "at" in event.params ? [event.params.at] : event.params.from;
    case "archive":
      return [event.params.from];
    case "assign":
      return "by" in event.params ? [event.params.by] : [];
    case "penalty":
      return [
        ...amountInputs(event.params.amount),
        ...(event.params.subject.who === "unit" ? ["crew"] : []),
        ...(event.params.subject.who.startsWith("receiver") ? ["receiver"] : []),
      ];
    case "compensate":
      return amountInputs(event.params.amount);
    case "split-cost":
      return ["repairCost", "factoryShare"];
    case "post-return":
      return ["approvedReturn", "actualReturn", "returnTolerance"];
    case "invalid":
      return [event.params.column];
    default:
      return [];
  }
}

function amountInputs(amount: Extract<RuleEvent, { type: "compensate" }>["params"]["amount"]): readonly string[] {
  switch (amount.formula) {
    case "share-by-base-points":
    case "equal-shares":
      return [amount.base];
    case "tiered-percent-of-bonus":
      return [amount.by];
    case "fixed-per-month":
      return [amount.months];
    case "percent-of-price":
      return PRICE_INPUTS;
    case "price-times":
      return [...PRICE_INPUTS, "compensationTimes"];
    case "fixed":
    case "percent-of-bonus":
      return [];
  }
}

/** The outputs a pack can fill. */
export function outputsOf(pack: Pack): ReadonlySet<OutputId> {
  const filled = new Set<OutputId>(COMMON_OUTPUTS);
  for (const label of pack.labels) filled.add(label.output);
  for (const { rule } of pack.rules) eventOutputs(rule.event).forEach((id) => filled.add(id));
  return filled;
}

function eventOutputs(event: RuleEvent): readonly OutputId[] {
  switch (event.type) {
    case "classify":
      return [event.params.output];
    case "escalate":
      return ["level"];
    case "assign":
      return [event.params.output];
    case "deadline":
      return [STAGE_COLUMNS[event.params.stage].due];
    case "archive":
      return ["archiveUntil"];
    case "penalty":
      return ["penalty"];
    case "compensate":
      return ["compensation"];
    case "split-cost":
      return ["factoryCost", "customerCost"];
    case "post-return":
      return ["postedReturn"];
    case "form":
      return ["forms"];
    default:
      return [];
  }
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
