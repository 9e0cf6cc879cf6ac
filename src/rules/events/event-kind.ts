import type { z } from "zod";
import type { OutputId } from "../../domain/columns.js";
import type { FactName, Stage } from "../facts.js";
import type { JsonPath } from "../json-source.js";
import type { Text } from "../placeholders.js";
import type { Tier } from "../schema-parts.js";

/**
 * What one kind of event, or one amount formula, is: the shape of what stands in a rule file, what it reads of a row,
 * what it sets and how it is checked. Whoever deals with all kinds loops over the objects. Shapes are functions of the
 * schema's parts, so that judging rows doesn't load the validator.
 */

/** What shapes are put together from; handed in by whoever makes the schema. */
export type SchemaParts = typeof import("../schema-parts.js");

/** `T` with every `{parameter}` replaced by its value: a number where one may be written, else a tier table. */
export type Resolved<T> = [T] extends [{ parameter: string }]
  ? readonly Tier[]
  : T extends { parameter: string }
    ? never
    : T extends object
      ? { readonly [K in keyof T]: Resolved<T[K]> }
      : T;

/** As it is written in a rule file, or with the values of a day in the place of parameters. */
export type Written<T> = T | Resolved<T>;

/** What a check of one kind may ask of the rule's pack; what is wrong is reported at the path below `params`. */
export interface EventChecks {
  stage(stage: Stage, at: JsonPath): void;
  numberFact(fact: FactName, at: JsonPath): void;
  tierValues(parameter: string, type: "string" | "number", at: JsonPath): void;
  /** `{name}` in a text is a fact or a number that is in force with the rule. */
  placeholders(text: Text, at: JsonPath): void;
  /** A problem of the kind's own. */
  report(at: JsonPath, code: string): void;
}

/** Rules in one table answer one question; `additive` ones add up where several fire. */
export interface RuleTable {
  readonly key: string;
  readonly additive: boolean;
}

/** Labels that an event may give to an output. */
export interface GivenLabels<Output extends string> {
  readonly output: Output;
  readonly values: readonly string[];
}

export interface EventKind<Shape extends z.ZodType, Parts, Output extends string> {
  /** For editors, where the kind's name does not say it. */
  readonly about?: string;
  readonly params: (parts: Parts) => Shape;
  /** Somebody may have to pay by it. */
  readonly money: boolean;
  /** Columns and facts of the row that it reads beside its conditions. */
  reads?(params: Written<z.infer<Shape>>): readonly FactName[];
  /** Outputs it may fill. */
  sets?(params: Written<z.infer<Shape>>): readonly OutputId[];
  /** The one output that it decides; left out where what several events say is collected. */
  decides?(params: Written<z.infer<Shape>>): OutputId | undefined;
  /** The table its rules belong to, where that isn't simply the output they decide. */
  table?(params: Written<z.infer<Shape>>): RuleTable | undefined;
  labels?(params: Written<z.infer<Shape>>): GivenLabels<Output>;
  check?(params: z.infer<Shape>, checks: EventChecks): void;
}
