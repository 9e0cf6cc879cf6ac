import type { CountedDay } from "../domain/clocks.js";
import type { InputId, OutputId } from "../domain/columns.js";
import type { Canceller } from "../rules/concepts.js";
import type { ParameterInForce } from "../rules/in-force.js";
import type { Operator } from "../rules/schema-parts.js";
import type { JsonValue } from "./outcome-json.js";

/** What an explanation of a row says, for the command to print and the pane to draw. */

/** How sure a figure is: given by the source, read from an unclear source, or a sample to be edited. */
export type SourceMark = "stated" | "read-as" | "sample";

export interface ExplainedParameter {
  readonly name: string;
  readonly title: string;
  readonly value: ParameterInForce["value"];
  readonly unit: string;
  readonly source: string;
  readonly mark: SourceMark;
  readonly note?: string;
}

export interface ExplainedRule {
  readonly rule: string;
  readonly title: string;
  readonly clause: string;
  readonly file: string;
  readonly line: number;
  /** The decision table whose row it is; rows count from 1. */
  readonly table?: { readonly id: string; readonly row: number };
  readonly note?: string;
  readonly parameters: readonly ExplainedParameter[];
  /** What a text tells, where the rule asks that: every word found, and the word that cancelled it. */
  readonly told?: readonly ExplainedTelling[];
  /** What the rule asked for, with the row's value; blank cells are left out of `value`. */
  readonly inputs: readonly { readonly fact: string; readonly header: string; readonly value?: string }[];
}

export interface ExplainedTelling {
  readonly concept: string;
  readonly header: string;
  readonly word: string;
  readonly cancelledBy?: { readonly kind: Canceller; readonly word: string };
}

export interface ExplainedEvidence {
  readonly phrase: string;
  readonly weight: number;
  readonly negated: boolean;
  readonly counter: boolean;
}

export type ExplainedGround =
  | ({ readonly kind: "rule" } & ExplainedRule)
  | {
      readonly kind: "label";
      readonly clause?: string;
      readonly score?: number;
      readonly evidence: readonly ExplainedEvidence[];
      readonly runnerUp?: { readonly value: string; readonly score: number };
      readonly thin: boolean;
    }
  | { readonly kind: "human" }
  | { readonly kind: "people" }
  /** What no rule of the pack decides but all packs share: 当前状态 and what follows from it. */
  | { readonly kind: "because"; readonly text: string };

export interface ExplainedOutput {
  readonly output: OutputId;
  readonly header: string;
  readonly value: JsonValue;
  readonly grounds: readonly ExplainedGround[];
}

/** A limit counted out. Days are empty for hours and minutes: they run round the clock. */
export interface ExplainedLimit {
  /** Whose part of the stage it is. */
  readonly part?: string;
  readonly stage: string;
  readonly startColumn: InputId;
  readonly start: string;
  readonly length: string;
  readonly due: string;
  /** The limit as counted, where 延期至 moved it. */
  readonly extendedFrom?: string;
  readonly done?: string;
  readonly target?: string;
  readonly rule: string;
  readonly clause: string;
  readonly days: readonly {
    readonly date: string;
    readonly weekday: number;
    readonly kind: CountedDay["kind"];
    readonly role: CountedDay["role"];
    readonly name?: string;
    readonly number?: number;
    readonly known: boolean;
  }[];
}

export interface Explanation {
  readonly row: number;
  readonly id: string | undefined;
  readonly pack?: {
    readonly id: string;
    readonly title: string;
    readonly version: string;
    readonly inForceFrom?: string;
    readonly inForceTo?: string;
  };
  readonly outputs: readonly ExplainedOutput[];
  readonly limits: readonly ExplainedLimit[];
  readonly penalties: readonly {
    readonly subject: string;
    readonly type: string;
    readonly reason: string;
    readonly formula: string;
    readonly amount: string;
    readonly rule: string;
    readonly clause: string;
  }[];
  /** Rules that would have fired but for one condition. */
  readonly nearMisses: readonly (ExplainedRule & {
    readonly failed: {
      readonly header: string;
      readonly operator: Operator;
      readonly expected: string;
      readonly actual?: string;
    };
  })[];
  readonly advice: readonly { readonly title: string; readonly clause: string; readonly steps: readonly string[] }[];
  readonly messages: readonly string[];
}
