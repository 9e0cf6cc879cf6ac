import { z } from "zod";
import { COLUMNS, type ColumnId } from "../domain/columns.js";
import { clauseSchema, textSchema } from "./schema-parts.js";

/** reports.json of a pack: the reports its regulation asks for, as blocks from a closed set. */

/** Columns by whose values a report may count. */
export const REPORT_GROUPS = [
  "category",
  "subcategory",
  "nature",
  "level",
  "department",
  "crew",
  "person",
  "receiver",
  "channel",
  "product",
  "region",
  "tracking",
  "satisfaction",
  "status",
] as const satisfies readonly ColumnId[];
export type ReportGroup = (typeof REPORT_GROUPS)[number];

const group = z
  .enum(REPORT_GROUPS)
  .meta({ id: "reportGroup", description: "The column by whose values cases are counted" });
const columnId = z.enum(COLUMNS.map(({ id }) => id) as [ColumnId, ...ColumnId[]]);
const title = textSchema.describe("Heading of the block");
const only = z
  .strictObject({ column: group, values: z.array(z.string().min(1)).min(1) })
  .describe("Only cases that have one of these values");

const blockSchema = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("counts"), title }).describe("Received, closed, on time, late, open, losses"),
    z
      .strictObject({ type: z.literal("breakdown"), title, by: group })
      .describe("Received, closed, on time, late and open by the values of a column"),
    z.strictObject({ type: z.literal("cross"), title, rows: group, columns: group }).describe("Cases, rows × columns"),
    z
      .strictObject({ type: z.literal("shares"), title, by: group, only: only.optional() })
      .describe("Cases by the values of a column, and their share of all the report's cases"),
    z
      .strictObject({ type: z.literal("rates"), title, by: group })
      .describe("Cases ÷ 销量或服务台次 of the settings, by the values of a column"),
    z
      .strictObject({ type: z.literal("list"), title, columns: z.array(columnId).min(2).max(8), only: only.optional() })
      .describe("A line for each case"),
    z.strictObject({ type: z.literal("overdue"), title }).describe("Open cases past a limit, oldest first"),
    z.strictObject({ type: z.literal("penalties"), title }).describe("A line for each penalty of the period"),
    z
      .strictObject({ type: z.literal("signatures"), posts: z.array(textSchema).min(1).max(5) })
      .describe("Lines for signatures"),
  ])
  .meta({ id: "reportBlock", description: "A part of a report" });
export type PackReportBlock = z.infer<typeof blockSchema>;

const dueSchema = z
  .discriminatedUnion("type", [
    z
      .strictObject({ type: z.literal("day-of-next-month"), day: z.int().min(1).max(28) })
      .describe("By this day of the month after the period"),
    z
      .strictObject({ type: z.literal("day-of-last-month"), day: z.int().min(1).max(28) })
      .describe("By this day of the period's last month"),
    z
      .strictObject({ type: z.literal("weekday-of-next-week"), weekday: z.int().min(1).max(7) })
      .describe("On this day (1 Monday … 7 Sunday) of the week after the period"),
  ])
  .meta({ id: "reportDue", description: "When the report has to be there" });
export type ReportDue = z.infer<typeof dueSchema>;

export const packReportSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  clause: clauseSchema,
  title: textSchema,
  period: z.enum(["month", "week", "half"]),
  due: dueSchema.optional(),
  lag: z
    .int()
    .min(1)
    .max(6)
    .optional()
    .describe("Months by which what it counts lies before its period: a review due in June of the half year up to May"),
  basis: z
    .enum(["received", "closed"])
    .describe("Which cases its tables count: those received or those closed in the period"),
  blocks: z.array(blockSchema).min(1),
});
export type PackReport = z.infer<typeof packReportSchema>;

export const reportsSchema = z.strictObject({
  $schema: z.string().optional(),
  reports: z.array(packReportSchema).min(1),
});
