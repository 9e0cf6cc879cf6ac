import { z } from "zod";
import { COLUMNS, type InputId, type OutputId } from "../domain/columns.js";
import { clauseSchema, textSchema } from "./schema-parts.js";

/**
 * The shape of cases/*.json: one clause shown at work, as data. A case is run through the whole product: its row is
 * read, judged and priced exactly as a ledger row is.
 */

const inputId = z.enum(COLUMNS.filter((c) => c.role === "input").map((c) => c.id) as [InputId, ...InputId[]]);
const outputId = z.enum(COLUMNS.filter((c) => c.role === "output").map((c) => c.id) as [OutputId, ...OutputId[]]);
const isoTime = z.string().regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?$/);
const money = z.string().regex(/^-?\d+\.\d{2}$/);

/** Cells as a clerk would type them; dates as 2026-03-31T14:05. */
const caseRow = z.partialRecord(inputId, z.union([z.string(), z.number(), z.boolean()]));

const casePerson = z.strictObject({
  name: z.string(),
  department: z.string().optional(),
  crew: z.string().optional(),
  post: z.string().optional(),
  superior: z.string().optional(),
  basePoints: z.number().optional(),
  monthlyBonus: z.number().optional().describe("yuan"),
  monthlyWage: z.number().optional().describe("yuan"),
});

const expectedPenalty = z.strictObject({
  complaintId: z.string().optional(),
  state: z.enum(["拟定", "确定", "作废"]).optional(),
  month: z.string().optional(),
  subjectType: z.enum(["个人", "部门"]).optional(),
  subject: z.string().optional(),
  department: z.string().optional(),
  type: z.string().optional(),
  reason: z.string().optional(),
  formula: z.string().optional(),
  amount: money.optional(),
  sanction: z.string().optional(),
  rule: z.string().optional(),
});

const expectedDeduction = z.strictObject({
  month: z.string(),
  person: z.string(),
  carriedIn: money.optional(),
  added: money.optional(),
  ceiling: money.optional(),
  deducted: money.optional(),
  carriedOut: money.optional(),
});

export const caseSchema = z.strictObject({
  name: z.string().min(1).describe("A sentence: what the clause does here"),
  clause: clauseSchema,
  note: textSchema.optional(),
  now: isoTime,
  rows: z.array(caseRow).min(1),
  people: z.array(casePerson).optional(),
  holidays: z
    .array(z.strictObject({ date: z.string(), kind: z.enum(["休", "班"]), name: z.string().optional() }))
    .optional(),
  settings: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .optional()
    .describe("项目 → 值"),
  expect: z
    .strictObject({
      rows: z
        .array(z.partialRecord(outputId, z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()])))
        .optional()
        .describe(
          "Per row, the outputs named here as process --json gives them; null: has no value; messages: each text must occur in one of the row's messages",
        ),
      ids: z.array(z.string()).optional().describe("投诉编号 of each row after numbering"),
      fires: z.array(z.string()).optional().describe("Rules that fire on at least one row"),
      silent: z.array(z.string()).optional().describe("Rules that fire on no row"),
      penalties: z
        .array(expectedPenalty)
        .optional()
        .describe("All penalties, in order; each matched on the fields named"),
      deductions: z
        .array(expectedDeduction)
        .optional()
        .describe("All deductions, in order; each matched on the fields named"),
    })
    .describe("What must come out; what is not named is not compared"),
});
export type PackCase = z.infer<typeof caseSchema>;

export const caseFileSchema = z.strictObject({ $schema: z.string().optional(), cases: z.array(caseSchema).min(1) });
export type CaseFile = z.infer<typeof caseFileSchema>;
