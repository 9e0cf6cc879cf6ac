import type { z } from "zod";
import type { OutputId } from "../../domain/columns.js";
import type { FactName, Stage } from "../facts.js";
import { amountReads, checkAmount, type AmountFormula } from "./amounts.js";
import type { EventChecks, EventKind, GivenLabels, Resolved, RuleTable, SchemaParts, Written } from "./event-kind.js";
import { SETTLED_BY, SETTLEMENTS } from "./settlement.js";
import { subjectReads, type PenaltySubject } from "./subjects.js";

/** Everything that may follow where the conditions of a rule hold, each kind in one object. */

export const CLASSIFIED_OUTPUTS = ["category", "subcategory", "nature", "level"] as const;
export type ClassifiedOutput = (typeof CLASSIFIED_OUTPUTS)[number];

export const PENALTY_TYPES = ["损失赔偿", "绩效核减", "罚款", "行政处分"] as const;
export type PenaltyType = (typeof PENALTY_TYPES)[number];

/** What the shapes of events are put together from: the schema's parts, and the shapes of amounts and subjects. */
export type EventParts = SchemaParts & {
  readonly amountSchema: z.ZodType<AmountFormula>;
  readonly subjectSchema: z.ZodType<PenaltySubject>;
};

/** So that each kind's functions are held to its own shape. */
function kind<Shape extends z.ZodType>(
  object: EventKind<Shape, EventParts, ClassifiedOutput>,
): EventKind<Shape, EventParts, ClassifiedOutput> {
  return object;
}

function due(stage: Stage): OutputId {
  return `${stage}Due`;
}

const ENDS_AT = "The first of these that is filled in ends the stage; the stage's own column if not given";

/** Whether a limit is of a part of its stage only. */
export function isPart(params: object): boolean {
  return "part" in params && params.part !== undefined;
}

/** One of these says who bears a penalty, or that it was decided; while all are blank nobody is charged. */
const ATTRIBUTION: readonly FactName[] = ["person", "crew", "departmentOverride", "approveAt"];

export const EVENT_KINDS = {
  classify: kind({
    params: ({ z, label }) => z.strictObject({ output: z.enum(CLASSIFIED_OUTPUTS), value: label }),
    money: false,
    sets: ({ output }) => [output],
    decides: ({ output }) => output,
    labels: ({ output, value }) => ({ output, values: [value] }),
  }),
  invalid: kind({
    about: "The row is 数据有误",
    params: ({ z, inputId, filledTextSchema }) => z.strictObject({ column: inputId, text: filledTextSchema }),
    money: false,
    reads: ({ column }) => [column],
    check({ text }, checks) {
      checks.placeholders(text, ["text"]);
    },
  }),
  assign: kind({
    params: ({ z, label, factName, parameterRef }) =>
      z.union([
        z.strictObject({ output: z.literal("department"), value: label }),
        z.strictObject({ output: z.literal("handler"), value: label }).describe("Several handlers add up"),
        z.strictObject({ output: z.literal("approver"), value: label }),
        z
          .strictObject({ output: z.literal("approver"), by: factName, tiers: parameterRef })
          .describe("Approver by a table of amounts"),
      ]),
    money: false,
    reads: (params) => ("by" in params ? [params.by] : []),
    sets: ({ output }) => [output],
    decides: ({ output }) => (output === "handler" ? undefined : output),
    check(params, checks) {
      if (!("by" in params)) return;
      checks.numberFact(params.by, ["by"]);
      checks.tierValues(params.tiers.parameter, "string", ["tiers"]);
    },
  }),
  deadline: kind({
    params: ({ z, stage, startColumn, lengthSchema, numberRef, textSchema }) =>
      z.union([
        z.strictObject({
          stage,
          part: textSchema
            .optional()
            .describe("Whose part of the stage this is: a date of its own in 下一步 and 逾期, never the stage's limit"),
          from: z.array(startColumn).min(1).describe("The first of these that is filled in starts the clock"),
          limit: lengthSchema,
          target: lengthSchema.optional().describe("An earlier target: after it the row is 即将到期"),
          endsAt: z.array(startColumn).min(1).optional().describe(ENDS_AT),
          reopenedWithin: numberRef
            .optional()
            .describe(
              "A repeat (重复投诉 = 是) received within so many days of the start begins the limit anew, and only what was done after it ends it",
            ),
        }),
        z.strictObject({
          stage,
          at: startColumn.describe("The limit is what this column says"),
          endsAt: z.array(startColumn).min(1).optional().describe(ENDS_AT),
        }),
      ]),
    money: false,
    reads: (params) => [...("at" in params ? [params.at] : params.from), ...(params.endsAt ?? [])],
    sets: (params) => (isPart(params) ? [] : [due(params.stage)]),
    decides: (params) => (isPart(params) ? undefined : due(params.stage)),
    check({ stage }, checks) {
      checks.stage(stage, ["stage"]);
    },
  }),
  escalate: kind({
    params: ({ z, label }) =>
      z.strictObject({
        ladder: z
          .array(label)
          .min(2)
          .describe(
            "Levels from the lowest; past 结案期限 and neither closed nor deferred, a case rises by one and the limits of its new level apply",
          ),
        deferredLevel: label
          .optional()
          .describe("The level of a case whose deferral was asked for before its closing limit passed"),
      }),
    money: false,
    sets: () => ["level"],
    decides: () => "level",
    // A level that rises builds on the one that was found.
    table: () => undefined,
    labels: ({ ladder, deferredLevel }) => ({
      output: "level",
      values: deferredLevel === undefined ? ladder : [...ladder, deferredLevel],
    }),
  }),
  archive: kind({
    params: ({ z, startColumn, numberRef }) => z.strictObject({ from: startColumn, years: numberRef }),
    money: false,
    reads: ({ from }) => [from],
    sets: () => ["archiveUntil"],
    decides: () => "archiveUntil",
  }),
  penalty: kind({
    params: ({ z, label, subjectSchema, amountSchema, dayColumn, stage }) =>
      z.strictObject({
        kind: z.enum(PENALTY_TYPES),
        reason: label,
        subject: subjectSchema,
        amount: amountSchema,
        sanction: label.optional(),
        settledBy: z
          .enum(SETTLED_BY)
          .optional()
          .describe(
            `When it is settled; closing if not given. ${SETTLED_BY.map((name) => `${name}: ${SETTLEMENTS[name].about}`).join("; ")}`,
          ),
        day: z
          .union([
            z.strictObject({ column: dayColumn.describe("Once this time has passed") }),
            z.strictObject({ missedLimit: label.describe("结案期限 of this level was missed") }),
            z.strictObject({
              eachMonthPast: label.describe(
                "Each full month open past the first missed 结案期限 at whose end the case had this level",
              ),
            }),
            z.strictObject({ missedStage: stage.describe("The limit of this stage was missed") }),
          ])
          .optional()
          .describe("With settledBy own-day: the day by which the clause dates it"),
        ownMonthOnly: z
          .boolean()
          .optional()
          .describe("Taken from the month it is settled in, before all else; what that month can't bear lapses"),
      }),
    money: true,
    reads: ({ amount, subject, day, settledBy }) => [
      ...amountReads(amount),
      ...subjectReads(subject),
      ...(day && "column" in day ? [day.column] : []),
      ...(settledBy === "own-day" && subject.who === "department" ? [] : ATTRIBUTION),
    ],
    sets: () => ["penalty", "penaltyState"],
    table: (params) => ({ key: `penalty/${params.kind}/${JSON.stringify(params.subject)}`, additive: true }),
    check({ amount, settledBy, day }, checks) {
      checkAmount(amount, checks, ["amount"]);
      if (settledBy === "own-day" && day === undefined) checks.report(["settledBy"], "own-day-missing");
      if (settledBy !== "own-day" && day !== undefined) checks.report(["day"], "own-day-unused");
      if (day && "missedStage" in day) checks.stage(day.missedStage, ["day", "missedStage"]);
    },
  }),
  compensate: kind({
    params: ({ z, label, amountSchema }) => z.strictObject({ reason: label, amount: amountSchema }),
    money: true,
    reads: ({ amount }) => amountReads(amount),
    sets: () => ["compensation"],
    decides: () => "compensation",
    table: () => ({ key: "compensation", additive: true }),
    check({ amount }, checks) {
      checkAmount(amount, checks, ["amount"]);
    },
  }),
  "split-cost": kind({
    about: "返修费用 between factory and customer by 工厂责任比例",
    params: ({ z }) => z.strictObject({}),
    money: true,
    reads: () => ["repairCost", "factoryShare"],
    sets: () => ["factoryCost", "customerCost"],
    decides: () => "factoryCost",
  }),
  "post-return": kind({
    params: ({ z, numberRef }) =>
      z.strictObject({ tolerance: numberRef.describe("per cent, where 超量允收比率 is blank") }),
    money: true,
    reads: () => ["approvedReturn", "actualReturn", "returnTolerance"],
    sets: () => ["postedReturn"],
    decides: () => "postedReturn",
  }),
  form: kind({
    params: ({ z, label }) =>
      z.strictObject({ name: label, copies: z.array(label).optional().describe("Who gets a copy") }),
    money: false,
    sets: () => ["forms"],
  }),
  "next-step": kind({
    params: ({ z, filledTextSchema }) => z.strictObject({ text: filledTextSchema }),
    money: false,
    check({ text }, checks) {
      checks.placeholders(text, ["text"]);
    },
  }),
  advice: kind({
    about: "Handling advice for the case pane and explain",
    params: ({ z, filledTextSchema }) => z.strictObject({ steps: z.array(filledTextSchema).min(1) }),
    money: false,
    check({ steps }, checks) {
      steps.forEach((step, i) => {
        checks.placeholders(step, ["steps", i]);
      });
    },
  }),
  message: kind({
    params: ({ z, filledTextSchema, inputId }) =>
      z.strictObject({
        level: z.enum(["info", "warning", "error"]),
        text: filledTextSchema,
        column: inputId.optional(),
      }),
    money: false,
    check({ text }, checks) {
      checks.placeholders(text, ["text"]);
    },
  }),
};

type Kinds = typeof EVENT_KINDS;
export type EventType = keyof Kinds;
type ParamsOf<Type extends EventType> = z.infer<ReturnType<Kinds[Type]["params"]>>;
export type RuleEvent = {
  [Type in EventType]: { readonly type: Type; readonly params: ParamsOf<Type> };
}[EventType];
/** An event with the values that its parameters have on a day. */
export type ResolvedEvent = Resolved<RuleEvent>;

type AnyParams = RuleEvent["params"];

/** The object of an event. Type and params belong together by the schema, which types can't follow over all kinds. */
function kindOf({ type }: { readonly type: EventType }): EventKind<z.ZodType<AnyParams>, EventParts, ClassifiedOutput> {
  return EVENT_KINDS[type];
}

const NOTHING = [] as const;

/** Columns and facts of the row that an event reads beside the conditions of its rule. */
export function eventReads(event: Written<RuleEvent>): readonly FactName[] {
  return kindOf(event).reads?.(event.params) ?? NOTHING;
}

/** Outputs that an event may fill. */
export function eventSets(event: Written<RuleEvent>): readonly OutputId[] {
  return kindOf(event).sets?.(event.params) ?? NOTHING;
}

/** The single output that an event decides; undefined if what it says is collected beside what others say. */
export function decidedOutput(event: Written<RuleEvent>): OutputId | undefined {
  return kindOf(event).decides?.(event.params);
}

/** The table of rules an event's rule belongs to: rules that answer the same question. */
export function ruleTable(event: Written<RuleEvent>): RuleTable | undefined {
  const kind = kindOf(event);
  if (kind.table) return kind.table(event.params);
  const key = decidedOutput(event);
  return key === undefined ? undefined : { key, additive: false };
}

/** Labels that an event may give. */
export function eventLabels(event: Written<RuleEvent>): GivenLabels<ClassifiedOutput> | undefined {
  return kindOf(event).labels?.(event.params);
}

export function checkEvent(event: RuleEvent, checks: EventChecks): void {
  kindOf(event).check?.(event.params, checks);
}

/** Which events each concern's file may hold; concerns are evaluated in this order and see the outputs of those before. */
export const CONCERN_EVENTS = {
  classification: ["classify", "invalid", "message"],
  responsibility: ["assign", "next-step", "message"],
  deadlines: ["deadline", "escalate", "archive", "message"],
  penalties: ["penalty", "message"],
  compensation: ["compensate", "split-cost", "post-return", "next-step", "message"],
  approvals: ["assign", "next-step", "message"],
  forms: ["form", "next-step", "message"],
  advice: ["advice"],
} as const satisfies Record<string, readonly EventType[]>;
export type Concern = keyof typeof CONCERN_EVENTS;
export const CONCERNS = Object.keys(CONCERN_EVENTS) as readonly Concern[];
