import { z } from "zod";
import { isoDate, type Day } from "../domain/wall-time.js";
import { sourceSchema, textSchema } from "./pack-schema.js";

/**
 * What the law allows an employer to deduct from a person's month, as dated and sourced figures that an auditor can
 * edit (rules/statutes/deductions.json). The law binds every pack.
 */

const isoDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const dated = { from: isoDay.optional(), to: isoDay.optional().describe("exclusive"), source: sourceSchema };

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

/** The value in force on a day; undefined before the first and after the last. */
export function valueInForce<T extends { from?: string | undefined; to?: string | undefined }>(
  values: readonly T[],
  day: Day,
): T | undefined {
  const date = isoDate(day);
  return values.find((v) => (v.from === undefined || v.from <= date) && (v.to === undefined || date < v.to));
}

/** The rules of a 扣款地区 in force on a day: the first region one of whose names occurs in the text. */
export function regionRule(statutes: Statutes, region: string | undefined, day: Day): RegionRule | undefined {
  if (region === undefined) return undefined;
  const found = statutes.regions.find((r) => r.names.some((name) => region.includes(name)));
  return found && valueInForce(found.values, day);
}
