import { isColumnId, INPUT_COLUMNS, type InputId } from "../domain/columns.js";
import { EVENT_KINDS, eventReads, eventSets } from "../rules/events/kinds.js";
import { listedColumnOf } from "../rules/lists.js";
import type { Pack } from "../rules/pack.js";
import type { Condition } from "../rules/schema-parts.js";
import { STAGE_COLUMNS } from "./limits.js";
import { DERIVED_FROM } from "./pack-columns.js";

/** Facts that the clocks decide: whoever reads one of them rests on every limit of the pack. */
const CLOCK_FACTS: ReadonlySet<string> = new Set([
  "closedOnTime",
  "closeOverdue",
  "escalations",
  "originalLevel",
  "monthsPastClose",
  "lateStages",
]);
/** Facts of the closing limit alone, and what decides them. */
const CLOSING_FACTS: ReadonlySet<string> = new Set(["missedLevels", "monthEndLevels", "daysPastClose"]);
const OF_CLOSING: readonly InputId[] = ["closeAt", "deferred", "deferralRequestedAt", "extendedTo"];
/** What decides who pays, and whether anything is settled, in every pack that charges anybody. */
const OF_EVERY_CHARGE: readonly InputId[] = [
  "person",
  "crew",
  "departmentOverride",
  "closeAt",
  "upheld",
  "followsId",
  "caseKind",
];
const OVERRIDES: Readonly<Record<string, InputId>> = {
  category: "categoryOverride",
  level: "levelOverride",
  department: "departmentOverride",
};

const known = new WeakMap<Pack, ReadonlySet<InputId>>();

/** The input columns on which money of a pack rests: one of them that can't be read makes the row 数据有误. */
export function moneyInputsOf(pack: Pack): ReadonlySet<InputId> {
  let inputs = known.get(pack);
  if (!inputs) known.set(pack, (inputs = new Search(pack).inputs));
  return inputs;
}

/** From the rules that charge back over whatever their facts come from. */
class Search {
  readonly inputs = new Set<InputId>();
  private readonly seen = new Set<string>();

  constructor(private readonly pack: Pack) {
    for (const { rule } of pack.rules) {
      if (!EVENT_KINDS[rule.event.type].money) continue;
      this.conditions(rule.conditions);
      eventReads(rule.event).forEach((fact) => {
        this.fact(fact);
      });
      if (rule.event.type !== "penalty") continue;
      for (const id of OF_EVERY_CHARGE) this.inputs.add(id);
      this.fact("department");
    }
  }

  private fact(name: string): void {
    if (this.seen.has(name)) return;
    this.seen.add(name);
    if (INPUT_IDS.has(name)) this.inputs.add(name as InputId);
    for (const id of DERIVED_FROM[name] ?? []) this.inputs.add(id);
    if (name === "closed") this.inputs.add("closeAt");
    const listed = listedColumnOf(name);
    if (listed !== undefined) this.inputs.add(listed);
    if (CLOCK_FACTS.has(name)) this.clocks();
    if (CLOSING_FACTS.has(name)) this.closing();
    if (!isColumnId(name)) return;
    const override = OVERRIDES[name];
    if (override) this.inputs.add(override);
    for (const { rule } of this.pack.rules) {
      if (EVENT_KINDS[rule.event.type].money || !eventSets(rule.event).some((output) => output === name)) continue;
      this.conditions(rule.conditions);
      eventReads(rule.event).forEach((fact) => {
        this.fact(fact);
      });
    }
    for (const label of this.pack.labels)
      if (label.output === name)
        label.context?.forEach(({ conditions }) => {
          this.conditions(conditions);
        });
  }

  /** Every limit and when it was kept. */
  private clocks(): void {
    for (const stage of this.pack.header.stages) {
      this.inputs.add(STAGE_COLUMNS[stage].done);
      this.fact(STAGE_COLUMNS[stage].due);
    }
    for (const id of ["deferred", "closeAt"] as const) this.inputs.add(id);
    this.fact("level");
  }

  /** The limit of closing, and what ends it. */
  private closing(): void {
    for (const id of OF_CLOSING) this.inputs.add(id);
    this.fact("closeDue");
    this.fact("level");
  }

  private conditions(condition: Condition): void {
    if ("all" in condition)
      condition.all.forEach((child) => {
        this.conditions(child);
      });
    else if ("any" in condition)
      condition.any.forEach((child) => {
        this.conditions(child);
      });
    else if ("not" in condition) this.conditions(condition.not);
    else if ("fact" in condition) {
      this.fact(condition.fact);
      const { value } = condition;
      if (typeof value === "object" && "fact" in value) this.fact(value.fact);
    }
  }
}

const INPUT_IDS: ReadonlySet<string> = new Set(INPUT_COLUMNS.map(({ id }) => id));
