import { eventSchema } from "./events/event-schema.js";
import { CLASSIFIED_OUTPUTS, PENALTY_TYPES } from "./events/kinds.js";
import { LISTED_COLUMNS } from "./lists.js";
import {
  clauseSchema,
  factName,
  identifier,
  inputId,
  isoDate,
  label,
  numberRef,
  OPERATORS,
  parameterName,
  parameterRef,
  sourceSchema,
  stage,
  textSchema,
  tier,
  topConditionSchema,
  z,
} from "./schema-parts.js";

/**
 * The shape of a rule pack's files. This is the one source: TypeScript types are inferred from it, the JSON Schemas
 * under rules/schema/ that editors complete and check with are generated from it, and the loader validates with it.
 */

// ---------------------------------------------------------------- rules and files

export const ruleSchema = z
  .strictObject({
    id: identifier,
    clause: clauseSchema,
    title: textSchema,
    effectiveFrom: isoDate.optional().describe("In force from this day of 受理时间"),
    effectiveTo: isoDate.optional().describe("No longer in force from this day on (exclusive)"),
    note: textSchema.optional().describe("How an unclear clause is read"),
    priority: z
      .number()
      .int()
      .positive()
      .optional()
      .describe("The higher one wins where two rules set the same output; 1 if not given"),
    conditions: topConditionSchema,
    event: eventSchema,
  })
  .meta({ id: "rule" });
export type Rule = z.infer<typeof ruleSchema>;

const tableCell = z
  .union([
    z.string(),
    z.number(),
    z.boolean(),
    z.array(z.union([z.string(), z.number()])).min(1),
    parameterRef,
    z.null(),
  ])
  .describe("What the column's fact is compared with; null: the row does not ask");

export const tableSchema = z
  .strictObject({
    id: identifier,
    clause: clauseSchema.describe("Of rows that name none of their own"),
    title: textSchema,
    effectiveFrom: isoDate.optional(),
    effectiveTo: isoDate.optional(),
    note: textSchema.optional(),
    priority: z.number().int().positive().max(1_000_000).optional(),
    conditions: topConditionSchema.optional().describe("What holds for every row"),
    if: z
      .array(z.strictObject({ fact: factName, operator: z.enum(OPERATORS).optional().describe("equal if not given") }))
      .describe("The columns of conditions; all cells of a row must hold"),
    then: z.array(z.string().regex(/^[a-z][A-Za-z0-9]*$/)).describe("The columns of values, by name"),
    event: z
      .record(z.string(), z.unknown())
      .describe('What follows, as in a rule; { "cell": name } is the row\'s value in that column'),
    rows: z
      .array(
        z.strictObject({
          id: identifier,
          clause: clauseSchema.optional(),
          title: textSchema.optional(),
          effectiveFrom: isoDate.optional(),
          effectiveTo: isoDate.optional(),
          note: textSchema.optional(),
          priority: z.number().int().positive().max(1_000_000).optional(),
          if: z.array(tableCell),
          then: z.array(z.unknown()).describe("null leaves out the key that the cell stands under"),
        }),
      )
      .min(1),
  })
  .meta({ id: "table", description: "Rules that differ only in values: each row is a rule under its own id" });
export type DecisionTable = z.infer<typeof tableSchema>;

/** Evidence is added up: a weight beyond this would drown all others, and sums would lose their last digits. */
const weight = z.number().min(-1000).max(1000);
const phrase = z.strictObject({ text: z.string().min(1).max(40), weight });
export type Phrase = z.infer<typeof phrase>;

const conceptName = z.string().regex(/^[a-z][a-z0-9-]*$/);

export const labelSchema = z
  .strictObject({
    output: z.enum(CLASSIFIED_OUTPUTS),
    value: label,
    clause: clauseSchema,
    note: textSchema.optional(),
    within: z
      .strictObject({ output: z.enum(CLASSIFIED_OUTPUTS), value: label })
      .optional()
      .describe("Only where this label was given before, e.g. a subcategory within its category"),
    effectiveFrom: isoDate.optional(),
    effectiveTo: isoDate.optional(),
    bias: weight.optional().describe("Added before any evidence; 0 if not given"),
    concepts: z
      .array(conceptName)
      .optional()
      .describe("Concepts of rules/lexicon that speak for the label, each once a text"),
    counterConcepts: z.array(conceptName).optional().describe("Concepts that speak against it"),
    phrases: z
      .array(phrase)
      .describe("Evidence; a phrase counts once a text; negated (不是质量问题) it counts against"),
    counterPhrases: z.array(phrase).optional().describe("Evidence against; weights are positive and are subtracted"),
    context: z
      .array(z.strictObject({ conditions: topConditionSchema, weight }))
      .max(100)
      .optional()
      .describe("Evidence from other columns"),
  })
  .meta({ id: "label" });
export type Label = z.infer<typeof labelSchema>;

const header = { $schema: z.string().optional() };
const namedConditions = {
  conditions: z.record(identifier, topConditionSchema).optional(),
  tables: z.array(tableSchema).optional().describe("Decision tables; their rows are rules"),
};

export const classificationSchema = z.strictObject({
  ...header,
  ...namedConditions,
  texts: z
    .array(z.strictObject({ column: inputId, factor: z.number().positive().max(1000) }))
    .max(12)
    .optional()
    .describe("Columns that are read for phrases; 投诉内容 alone if not given"),
  negations: z
    .array(z.string().min(1))
    .optional()
    .describe("Words that turn a phrase shortly after them round; a common list if not given"),
  minimum: weight.optional().describe("Least score for a label; below it there is no evidence and the row is 待分类"),
  lead: weight.optional().describe("A lead thinner than this over the runner-up asks the clerk to confirm"),
  labels: z.array(labelSchema).optional(),
  rules: z.array(ruleSchema).optional(),
});
export type ClassificationFile = z.infer<typeof classificationSchema>;

/** The packs at hand have at most six, a label within which others stand has one. */
const MOST_MODELS = 100;

export const learnedSchema = z
  .strictObject({
    generated: z.string().min(1).describe("Which program wrote the file, from what; it is never edited"),
    models: z
      .array(
        z.strictObject({
          output: z.enum(CLASSIFIED_OUTPUTS),
          within: label.optional().describe("Only among the labels within this one"),
          labels: z.array(label).min(2),
          scale: z.number().positive().max(1000).describe("What one step of a weight is worth"),
          pieces: z.string().describe("Pieces of text, @concepts among them, a line each"),
          weights: z.string().describe("A character for each piece and label, see src/rules/learned.ts"),
        }),
      )
      .max(MOST_MODELS),
  })
  .describe("Weights learned from labelled sentences");
export type LearnedFile = z.infer<typeof learnedSchema>;

const ruleFile = z.strictObject({ ...header, ...namedConditions, rules: z.array(ruleSchema) });

export const capSchema = z.strictObject({
  id: identifier,
  clause: clauseSchema,
  title: textSchema,
  covers: z.array(z.enum(PENALTY_TYPES)).min(1),
  rate: numberRef.describe("per cent of 月绩效奖金 a month; what is above is carried to the next month"),
  effectiveFrom: isoDate.optional(),
  effectiveTo: isoDate.optional(),
  note: textSchema.optional(),
});
export type Cap = z.infer<typeof capSchema>;

export const penaltiesSchema = ruleFile.extend({ caps: z.array(capSchema).optional() });
export const ruleFileSchema = ruleFile;

// ---------------------------------------------------------------- parameters

export const PARAMETER_UNITS = [
  "days",
  "workingDays",
  "hours",
  "minutes",
  "years",
  "yuan",
  "percent",
  "times",
  "count",
  "tiers",
  "words",
] as const;

export const parameterSchema = z.strictObject({
  name: parameterName,
  title: textSchema,
  unit: z.enum(PARAMETER_UNITS),
  values: z
    .array(
      z.strictObject({
        effectiveFrom: isoDate
          .optional()
          .describe("First day of 受理时间 it is in force; left out: from the beginning"),
        effectiveTo: isoDate.optional().describe("No longer in force from this day on (exclusive)"),
        value: z.union([z.number(), z.array(tier).min(1), z.array(z.string().min(1)).min(1)]),
        source: sourceSchema,
      }),
    )
    .min(1),
});
export type Parameter = z.infer<typeof parameterSchema>;
export const parametersSchema = z.strictObject({ ...header, parameters: z.array(parameterSchema) });

// ---------------------------------------------------------------- lists.json

const listedLabel = z.strictObject({
  label,
  synonyms: z.array(label).min(1).optional().describe("Other ways of writing the same value"),
});
export const listSchema = z.strictObject({
  column: z.enum(LISTED_COLUMNS),
  clause: clauseSchema.optional(),
  note: textSchema.optional(),
  values: z.array(listedLabel).min(1),
  blanks: z.array(label).min(1).optional().describe("Values that say nothing in this column, beside the usual ones"),
  counted: z.boolean().optional().describe("A value alone in its cell may say how many times it happened: 瞒报2次"),
  others: z
    .enum(["ask", "read", "free"])
    .optional()
    .describe(
      "Other values: ask (as if not given) – they decide nothing and are asked about; read – rules find words in them, and the value is asked for; free – offered only",
    ),
});
export type PackList = z.infer<typeof listSchema>;
export const listsSchema = z.strictObject({ ...header, lists: z.array(listSchema) });

// ---------------------------------------------------------------- pack.json

export const packSchema = z.strictObject({
  ...header,
  id: identifier,
  title: textSchema,
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  source: z.strictObject({ document: z.string().min(1), title: textSchema, note: textSchema.optional() }),
  otherSources: z
    .array(z.strictObject({ document: z.string().min(1), title: textSchema }))
    .min(1)
    .optional()
    .describe("Further documents that clauses are cited from, by the names people know them by"),
  effectiveFrom: isoDate.optional(),
  numbering: z
    .strictObject({
      pattern: z.string().min(1),
      period: z.enum(["day", "month", "year"]),
      clause: clauseSchema.optional(),
    })
    .optional()
    .describe("{YYYY} {YY} {MM} {DD} and {N:3}; {YYYY}{MM}{DD}-{N:3} within the day if not given"),
  stages: z.array(stage).min(1),
  calendar: z
    .strictObject({
      closeOfBusiness: z
        .string()
        .regex(/^\d{2}:\d{2}$/)
        .optional(),
      warningHours: z.number().positive().max(8760).optional(),
    })
    .optional(),
  followUp: z
    .boolean()
    .optional()
    .describe("false: a row named in another row's 原投诉编号 is not 已转新单, as it is if not given"),
  vagueMeasures: z
    .enum(["warning", "error"])
    .optional()
    .describe("error: a row with only empty words in 纠正措施 does not count as closed"),
  abroadWords: z
    .array(z.string().min(1))
    .optional()
    .describe("Further words in 地区 that mean abroad, beside the common lists"),
  clauses: z
    .array(
      z.strictObject({
        document: z
          .string()
          .min(1)
          .optional()
          .describe("Where the pack rests on more than one document; its own source if not given"),
        article: z.string().min(1),
        paragraph: z.string().min(1).optional(),
        title: textSchema.describe("What the clause is about, in our own words"),
        reason: textSchema.optional().describe("Why the clause is no rule; left out where rules carry it out"),
      }),
    )
    .optional()
    .describe("The clauses of the regulation, so that check can tell which have rules and cases"),
});
export type PackHeader = z.infer<typeof packSchema>;
