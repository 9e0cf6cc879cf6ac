import type { $ZodTypeDiscriminable } from "zod/v4/core";
import * as parts from "../schema-parts.js";
import { AMOUNTS, type AmountFormula } from "./amounts.js";
import { EVENT_KINDS, type EventParts, type RuleEvent } from "./kinds.js";
import { SUBJECTS, type PenaltySubject } from "./subjects.js";

/** The schemas of events, amounts and subjects, made from their objects. */

const { z } = parts;

type Options = [$ZodTypeDiscriminable, ...$ZodTypeDiscriminable[]];

function described<Schema extends parts.z.ZodType>(schema: Schema, about: string | undefined): Schema {
  return about === undefined ? schema : schema.describe(about);
}

// Each union is of exactly the shapes that its type is inferred from; the list made by a loop can't show that.
export const amountSchema = z
  .discriminatedUnion(
    "formula",
    Object.values(AMOUNTS).map(({ shape, about }) =>
      described(shape(parts) as parts.z.ZodType, about),
    ) as unknown as Options,
  )
  .meta({
    id: "amount",
    description: "An amount by one of the named formulas",
  }) as unknown as parts.z.ZodType<AmountFormula>;

const subjectSchema = z
  .discriminatedUnion(
    "who",
    Object.values(SUBJECTS).map(({ shape, about }) =>
      described(shape(parts) as parts.z.ZodType, about),
    ) as unknown as Options,
  )
  .describe("Who bears it") as unknown as parts.z.ZodType<PenaltySubject>;

const eventParts: EventParts = { ...parts, amountSchema, subjectSchema };

export const eventSchema = z
  .discriminatedUnion(
    "type",
    Object.entries(EVENT_KINDS).map(([type, { params, about }]) =>
      described(z.strictObject({ type: z.literal(type), params: params(eventParts) }), about),
    ) as unknown as Options,
  )
  .meta({
    id: "event",
    description: "What follows where the conditions hold",
  }) as unknown as parts.z.ZodType<RuleEvent>;
