import type { ClassifiedOutput } from "../../rules/events/kinds.js";
import type { ActiveRule, ParameterInForce } from "../../rules/in-force.js";

/** What an output rests on. */
export type Ground =
  | { readonly kind: "rule"; readonly rule: ActiveRule }
  | { readonly kind: "label"; readonly output: ClassifiedOutput }
  | { readonly kind: "human" }
  | { readonly kind: "people" };

/** What is said of a rule wherever it decides something. */
export interface RuleNotes {
  /** `Message.cause` of what it says. */
  readonly cause: string;
  /** The rule alone as the ground of an output. */
  readonly grounds: readonly Ground[];
  /** Its clause as 依据 names it. */
  readonly clause: string;
  /** Its clause as finance and the person concerned read it. */
  readonly regulationClause: string;
  /** The parameters it rests on that the source does not give. */
  readonly samples: readonly ParameterInForce[];
}

/** What is said of the rules and labels of a pack wherever they decide something. */
export interface ClauseNotes {
  ruleNotes(rule: ActiveRule): RuleNotes;
  /** The clause of a label as 依据 names it; undefined if the pack has no such label. */
  labelClause(output: ClassifiedOutput, value: string): string | undefined;
}
