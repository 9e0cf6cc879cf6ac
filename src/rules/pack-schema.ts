import { z } from "zod";
import { COLUMNS, type InputId } from "../domain/columns.js";
import { CLASSIFIED_OUTPUTS } from "./concerns.js";
import { FACT_NAMES, STAGES, type FactName } from "./facts.js";

/**
 * The shape of a rule pack's files. This is the one source: TypeScript types are inferred from it, the JSON Schemas
 * under rules/schema/ that editors complete and check with are generated from it, and the loader validates with it.
 */

// zod would otherwise make its validators with `new Function`, which the add-in's content security policy forbids.
z.config({ jitless: true });

export { CLASSIFIED_OUTPUTS, CONCERN_EVENTS, CONCERNS, type ClassifiedOutput, type Concern } from "./concerns.js";

const isoDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .meta({ id: "date", description: "A day, e.g. 2026-03-31" });
const identifier = z.string().regex(/^[a-z][a-z0-9-]*$/);
const parameterName = z.string().regex(/^[a-z][A-Za-z0-9]*$/);
const label = z.string().min(1).max(60);

const factName = z
  .enum(FACT_NAMES as [FactName, ...FactName[]])
  .meta({ id: "fact", description: "A ledger column by its id, or a derived fact" });
const inputId = z
  .enum(COLUMNS.filter((c) => c.role === "input").map((c) => c.id) as [InputId, ...InputId[]])
  .meta({ id: "inputColumn", description: "An input column of the ledger, by its id" });
const startColumn = z.enum(
  COLUMNS.filter((c) => c.role === "input" && (c.kind === "datetime" || c.kind === "date")).map((c) => c.id) as [
    InputId,
    ...InputId[],
  ],
);
const stage = z.enum(STAGES);

export const textSchema = z
  .strictObject({ zh: z.string().min(1), en: z.string().min(1) })
  .meta({ id: "text", description: "A text in both languages" });

/** A text of an event: `{name}` in it is a fact of the row or a numeric parameter as it stands at the row's 受理时间. */
const filledTextSchema = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }).meta({
  id: "filledText",
  description: "A text in both languages; {name} stands for a fact of the row or for a parameter that is a number",
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

const numberRef = z
  .union([z.number(), parameterRef])
  .meta({ id: "number", description: "A number, or a parameter by name" });
export type NumberRef = z.infer<typeof numberRef>;

const lengthSchema = z
  .union([
    z.strictObject({ days: numberRef }),
    z.strictObject({ workingDays: numberRef }),
    z.strictObject({ hours: numberRef }),
    z.strictObject({ minutes: numberRef }),
    z.strictObject({ endOfWork: z.literal(true) }),
  ])
  .describe("Length of a limit; counted by Civil Code art. 200–204");
export type LengthRef = z.infer<typeof lengthSchema>;

// ---------------------------------------------------------------- amounts: a closed set of named formulas

const baseColumn = z.enum(["loss", "claim", "repairCost", "unitPrice", "receivable"]);
export const amountSchema = z
  .discriminatedUnion("formula", [
    z.strictObject({ formula: z.literal("fixed"), amount: numberRef.describe("yuan") }),
    z
      .strictObject({
        formula: z.literal("share-by-base-points"),
        base: baseColumn,
        rate: numberRef.describe("per cent of the base that is shared").optional(),
      })
      .describe("base × rate ÷ Σ base points of the unit × the person's base points; the shares add up"),
    z
      .strictObject({ formula: z.literal("equal-shares"), base: baseColumn, rate: numberRef.optional() })
      .describe("base × rate in equal shares that add up"),
    z.strictObject({ formula: z.literal("percent-of-bonus"), rate: numberRef.describe("per cent of 月绩效奖金") }),
    z.strictObject({
      formula: z.literal("tiered-percent-of-bonus"),
      by: factName,
      tiers: parameterRef.describe("A tier table whose values are per cent of 月绩效奖金"),
    }),
    z.strictObject({
      formula: z.literal("fixed-per-month"),
      amount: numberRef,
      months: factName.describe("How many months"),
      times: numberRef.optional(),
    }),
    z
      .strictObject({ formula: z.literal("percent-of-price"), rate: numberRef })
      .describe("单价 × 数量 × rate (数量 blank: 1)"),
    z
      .strictObject({ formula: z.literal("price-times"), times: numberRef.describe("used when 补偿倍数 is blank") })
      .describe("单价 × 数量 × 补偿倍数 (数量 blank: 1)"),
  ])
  .meta({ id: "amount", description: "An amount by one of the named formulas" });
export type AmountFormula = z.infer<typeof amountSchema>;

export const PENALTY_TYPES = ["损失赔偿", "绩效核减", "罚款", "行政处分"] as const;
export type PenaltyType = (typeof PENALTY_TYPES)[number];

const subjectSchema = z
  .discriminatedUnion("who", [
    z.strictObject({ who: z.literal("person") }).describe("Each person in 责任人"),
    z
      .strictObject({ who: z.literal("post"), post: label })
      .describe("责任人 if filled in, else the one person of 人员 with this post"),
    z.strictObject({ who: z.literal("receiver") }).describe("接待人"),
    z.strictObject({ who: z.literal("superior") }).describe("上级 of each person in 责任人"),
    z.strictObject({ who: z.literal("receiver-and-superior") }).describe("接待人 and his or her 上级"),
    z
      .strictObject({ who: z.literal("unit") })
      .describe("The responsible unit: written shares of 责任人, else 责任班组, else 责任人, else 责任部门"),
    z.strictObject({ who: z.literal("department") }).describe("责任部门 as a whole"),
  ])
  .describe("Who bears it");
export type PenaltySubject = z.infer<typeof subjectSchema>;

// ---------------------------------------------------------------- events

const event = <T extends string, P extends z.ZodType>(type: T, params: P) =>
  z.strictObject({ type: z.literal(type), params });

export const eventSchema = z
  .discriminatedUnion("type", [
    event("classify", z.strictObject({ output: z.enum(CLASSIFIED_OUTPUTS), value: label })),
    event("invalid", z.strictObject({ column: inputId, text: filledTextSchema })).describe("The row is 数据有误"),
    event(
      "assign",
      z.union([
        z.strictObject({ output: z.literal("department"), value: label }),
        z.strictObject({ output: z.literal("handler"), value: label }).describe("Several handlers add up"),
        z.strictObject({ output: z.literal("approver"), value: label }),
        z
          .strictObject({ output: z.literal("approver"), by: factName, tiers: parameterRef })
          .describe("Approver by a table of amounts"),
      ]),
    ),
    event(
      "deadline",
      z.union([
        z.strictObject({
          stage,
          from: z.array(startColumn).min(1).describe("The first of these that is filled in starts the clock"),
          limit: lengthSchema,
          target: lengthSchema.optional().describe("An earlier target: after it the row is 即将到期"),
        }),
        z.strictObject({ stage, at: startColumn.describe("The limit is what this column says") }),
      ]),
    ),
    event(
      "escalate",
      z.strictObject({
        ladder: z
          .array(label)
          .min(2)
          .describe(
            "Levels from the lowest; past 结案期限 and neither closed nor deferred, a case rises by one and the limits of its new level apply",
          ),
      }),
    ),
    event("archive", z.strictObject({ from: startColumn, years: numberRef })),
    event(
      "penalty",
      z.strictObject({
        kind: z.enum(PENALTY_TYPES),
        reason: label,
        subject: subjectSchema,
        amount: amountSchema,
        sanction: label.optional(),
      }),
    ),
    event("compensate", z.strictObject({ reason: label, amount: amountSchema })),
    event("split-cost", z.strictObject({})).describe("返修费用 between factory and customer by 工厂责任比例"),
    event("post-return", z.strictObject({ tolerance: numberRef.describe("per cent, where 超量允收比率 is blank") })),
    event("form", z.strictObject({ name: label, copies: z.array(label).optional().describe("Who gets a copy") })),
    event("next-step", z.strictObject({ text: filledTextSchema })),
    event("advice", z.strictObject({ steps: z.array(filledTextSchema).min(1) })).describe(
      "Handling advice for the case pane and explain",
    ),
    event(
      "message",
      z.strictObject({
        level: z.enum(["info", "warning", "error"]),
        text: filledTextSchema,
        column: inputId.optional(),
      }),
    ),
  ])
  .meta({ id: "event", description: "What follows where the conditions hold" });
export type RuleEvent = z.infer<typeof eventSchema>;
export type EventType = RuleEvent["type"];

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

const phrase = z.strictObject({ text: z.string().min(1).max(40), weight: z.number() });
export type Phrase = z.infer<typeof phrase>;

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
    bias: z.number().optional().describe("Added before any evidence; 0 if not given"),
    phrases: z
      .array(phrase)
      .describe("Evidence; a phrase counts once a text; negated (不是质量问题) it counts against"),
    counterPhrases: z.array(phrase).optional().describe("Evidence against; weights are positive and are subtracted"),
    context: z
      .array(z.strictObject({ conditions: topConditionSchema, weight: z.number() }))
      .optional()
      .describe("Evidence from other columns"),
  })
  .meta({ id: "label" });
export type Label = z.infer<typeof labelSchema>;

const header = { $schema: z.string().optional() };
const namedConditions = { conditions: z.record(identifier, topConditionSchema).optional() };

export const classificationSchema = z.strictObject({
  ...header,
  ...namedConditions,
  texts: z
    .array(z.strictObject({ column: inputId, factor: z.number().positive() }))
    .optional()
    .describe("Columns that are read for phrases; 投诉内容 alone if not given"),
  negations: z
    .array(z.string().min(1))
    .optional()
    .describe("Words that turn a phrase shortly after them round; a common list if not given"),
  minimum: z
    .number()
    .optional()
    .describe("Least score for a label; below it there is no evidence and the row is 待分类"),
  lead: z.number().optional().describe("A lead thinner than this over the runner-up asks the clerk to confirm"),
  labels: z.array(labelSchema).optional(),
  rules: z.array(ruleSchema).optional(),
});
export type ClassificationFile = z.infer<typeof classificationSchema>;

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

const tier = z.strictObject({
  upTo: z.number().optional().describe("Inclusive upper bound; left out on the last tier"),
  value: z.union([z.string(), z.number()]),
});
export type Tier = z.infer<typeof tier>;

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
        from: isoDate.optional().describe("First day of 受理时间 it is in force; left out: from the beginning"),
        to: isoDate.optional().describe("No longer in force from this day on (exclusive)"),
        value: z.union([z.number(), z.array(tier).min(1), z.array(z.string().min(1)).min(1)]),
        source: sourceSchema,
      }),
    )
    .min(1),
});
export type Parameter = z.infer<typeof parameterSchema>;
export const parametersSchema = z.strictObject({ ...header, parameters: z.array(parameterSchema) });

// ---------------------------------------------------------------- pack.json

export const packSchema = z.strictObject({
  ...header,
  id: identifier,
  title: textSchema,
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  source: z.strictObject({ document: z.string().min(1), title: textSchema, note: textSchema.optional() }),
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
      warningHours: z.number().positive().optional(),
    })
    .optional(),
  followUp: z.boolean().optional().describe("A row named in another row's 原投诉编号 is 已转新单"),
  vagueMeasures: z
    .enum(["warning", "error"])
    .optional()
    .describe("error: a row with only empty words in 纠正措施 does not count as closed"),
  abroadWords: z
    .array(z.string().min(1))
    .optional()
    .describe("Words in 地区 that mean abroad; a common list if not given"),
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
