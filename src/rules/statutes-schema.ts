import { z } from "zod";
import { sourceSchema, textSchema } from "./schema-parts.js";

/**
 * What the law allows an employer to deduct from a person's month, as dated and sourced figures that an auditor can
 * edit (rules/statutes/deductions.json). The law binds every pack.
 */

const isoDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const dated = {
  effectiveFrom: isoDay.optional(),
  effectiveTo: isoDay.optional().describe("exclusive"),
  source: sourceSchema,
};

const lossValue = z.strictObject({ ...dated, percentOfWage: z.number().positive() });
const regionValue = z.strictObject({
  ...dated,
  percentOfWage: z.number().positive().optional().describe("Ceiling on all deductions of the month together"),
  noticeFirst: textSchema.optional().describe("Written notice that must come before a loss is deducted"),
});

export const statutesSchema = z.strictObject({
  $schema: z.string().optional(),
  lossCompensation: z.strictObject({ title: textSchema, values: z.array(lossValue).min(1) }),
  minimumWage: z.strictObject({ title: textSchema, source: sourceSchema }),
  fines: z.strictObject({ repealedOn: isoDay, warning: textSchema, source: sourceSchema }),
  regions: z.array(z.strictObject({ names: z.array(z.string().min(1)).min(1), values: z.array(regionValue).min(1) })),
});
export type Statutes = z.infer<typeof statutesSchema>;
export type RegionRule = z.infer<typeof regionValue>;
