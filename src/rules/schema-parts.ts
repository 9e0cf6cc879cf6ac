import { z } from "zod";
import { COLUMNS, type ColumnId, type InputId } from "../domain/columns.js";
import { FACT_NAMES, STAGES, type FactName } from "./facts.js";

/** What the schemas of a pack's files are put together from: names, texts, clauses, conditions, numbers by parameter. */

// zod would otherwise make its validators with `new Function`, which the add-in's content security policy forbids.
z.config({ jitless: true });

export { z };

export const isoDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .meta({ id: "date", description: "A day, e.g. 2026-03-31" });
export const identifier = z.string().regex(/^[a-z][a-z0-9-]*$/);
export const parameterName = z.string().regex(/^[a-z][A-Za-z0-9]*$/);
export const label = z.string().min(1).max(60);

export const factName = z
  .enum(FACT_NAMES as [FactName, ...FactName[]])
  .meta({ id: "fact", description: "A ledger column by its id, or a derived fact" });
export const inputId = z
  .enum(COLUMNS.filter((c) => c.role === "input").map((c) => c.id) as [InputId, ...InputId[]])
  .meta({ id: "inputColumn", description: "An input column of the ledger, by its id" });
export const startColumn = z.enum(
  COLUMNS.filter((c) => c.role === "input" && (c.kind === "datetime" || c.kind === "date")).map((c) => c.id) as [
    InputId,
    ...InputId[],
  ],
);
/** Columns that give a day, limits included. */
export const dayColumn = z.enum(
  COLUMNS.filter((c) => c.kind === "datetime" || c.kind === "date").map((c) => c.id) as [ColumnId, ...ColumnId[]],
);
export const stage = z.enum(STAGES);

/** Optional in a file: `readJson` puts the Chinese text in its place, so that nothing behind it ever finds it missing. */
const english = z.string().min(1).optional() as unknown as z.ZodString;

export const textSchema = z
  .strictObject({ zh: z.string().min(1), en: english })
  .meta({ id: "text", description: "A text; without en the Chinese one is shown in English as well" });

/** A text of an event: `{name}` in it is a fact of the row or a numeric parameter as it stands at the row's 受理时间. */
export const filledTextSchema = z.strictObject({ zh: z.string().min(1), en: english }).meta({
  id: "filledText",
  description: "A text, en optional; {name} stands for a fact of the row or for a parameter that is a number",
});

export const clauseSchema = z
  .strictObject({
    document: z.string().min(1).describe("Source document, e.g. S0 §19, or a statute"),
    article: z.string().min(1).describe("Article, e.g. 第十条 or 4.2.3.3"),
    paragraph: z.string().min(1).optional(),
  })
  .meta({ id: "clause", description: "The clause of the regulation" });

export const sourceSchema = clauseSchema
  .extend({
    stated: z.boolean().describe("false: the source does not give the value; it is a sample to be edited"),
    note: textSchema.optional().describe("How an unclear clause is read"),
  })
  .meta({ id: "source", description: "Where a value comes from" });

// ---------------------------------------------------------------- conditions

export const OPERATORS = [
  "equal",
  "notEqual",
  "in",
  "notIn",
  "contains",
  "doesNotContain",
  "lessThan",
  "lessThanInclusive",
  "greaterThan",
  "greaterThanInclusive",
  "mentions",
  "doesNotMention",
  "tells",
  "doesNotTell",
  "isPresent",
] as const;
export type Operator = (typeof OPERATORS)[number];

export const parameterRef = z
  .strictObject({ parameter: parameterName })
  .meta({ id: "parameterRef", description: "A parameter of this pack, by name" });
const factRef = z.strictObject({ fact: factName }).describe("Another fact");
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const conditionValue = z.union([scalar, z.array(z.union([z.string(), z.number()])).min(1), parameterRef, factRef]);
export type ConditionValue = z.infer<typeof conditionValue>;

export interface LeafCondition {
  fact: FactName;
  operator: Operator;
  value: ConditionValue;
}
export type Condition =
  LeafCondition | { all: Condition[] } | { any: Condition[] } | { not: Condition } | { condition: string };
export type TopCondition = Exclude<Condition, LeafCondition>;

const leafSchema = z.strictObject({ fact: factName, operator: z.enum(OPERATORS), value: conditionValue });
const namedSchema = z.strictObject({
  condition: identifier.describe("A condition of this file's `conditions`, by name"),
});
const conditionSchema: z.ZodType<Condition> = z
  .lazy(() => z.union([leafSchema, allSchema, anySchema, notSchema, namedSchema]))
  .meta({ id: "condition", description: "A comparison, or a group of conditions" });
const allSchema = z.strictObject({ all: z.array(conditionSchema).min(1) });
const anySchema = z.strictObject({ any: z.array(conditionSchema).min(1) });
const notSchema = z.strictObject({ not: conditionSchema });
export const topConditionSchema: z.ZodType<TopCondition> = z
  .union([allSchema, anySchema, notSchema, namedSchema])
  .meta({ id: "conditions", description: "A group of conditions: all, any, not, or one of the named conditions" });

// ---------------------------------------------------------------- values by parameter

export const numberRef = z
  .union([z.number(), parameterRef])
  .meta({ id: "number", description: "A number, or a parameter by name" });
export type NumberRef = z.infer<typeof numberRef>;

export const lengthSchema = z
  .union([
    z.strictObject({ days: numberRef }),
    z.strictObject({ workingDays: numberRef }),
    z.strictObject({ hours: numberRef }),
    z.strictObject({ minutes: numberRef }),
    z.strictObject({ endOfWork: z.literal(true) }),
  ])
  .describe("Length of a limit; counted by Civil Code art. 200–204");
export type LengthRef = z.infer<typeof lengthSchema>;

/** Columns that an amount may be worked out from. */
export const baseColumn = z.enum(["loss", "claim", "repairCost", "unitPrice", "receivable"]);

export const tier = z.strictObject({
  upTo: z.number().optional().describe("Inclusive upper bound; left out on the last tier"),
  value: z.union([z.string(), z.number()]),
});
export type Tier = z.infer<typeof tier>;
