import { subjectText } from "../../process/subject-text.js";
import { column, type ColumnId } from "../../domain/columns.js";
import { sumOf, fen, yuanNumber } from "../../domain/money.js";
import { addDays, calendarDate, dayOf, isoDate, type Day } from "../../domain/wall-time.js";
import type { Settings } from "../../domain/side-tables/settings.js";
import { contentOfKind } from "../../ledger/output-cells.js";
import type { Language } from "../../locales/language.js";
import { regulationClause } from "../../rules/clause.js";
import type { PackHeader } from "../../rules/pack-schema.js";
import type { PackReport, PackReportBlock, ReportDue, ReportGroup } from "../../rules/report-schema.js";
import type { Block, BlockFormat, BlockValue, Figure, ReportSheet, TableBlock } from "./blocks.js";
import { endedIn, receivedIn } from "./counts.js";
import { overdueCases, penaltiesIn, proposalsIn, periodFigures, type ReportSource } from "./figures.js";
import { crossTable, tallies } from "./tallies.js";
import { framed, type ReportFrame } from "./frame.js";
import { crossBlock, overdueBlock, proposedNote, tallyBlock } from "./breakdowns.js";
import { rateFigures, upheldFigure } from "./rates.js";
import { lagging, shifted, type Period } from "./period.js";
import type { ReportCase } from "./report-case.js";
import { rowsOf, together, type RowsBehind } from "./rows-behind.js";

/** The reports that a pack's regulation asks for, from their declarations. */

export interface PackReportContext {
  readonly frame: ReportFrame;
  readonly language: Language;
  readonly sales: Settings["sales"];
}

const LINES = 300;

/** A pack's report on a period, counted over the cases of that pack alone. */
export function packReport(
  header: Pick<PackHeader, "id" | "title" | "source">,
  report: PackReport,
  source: ReportSource,
  context: PackReportContext,
): ReportSheet {
  const { language } = context;
  const { t } = context.frame;
  const period = report.lag === undefined ? context.frame.period : lagging(context.frame.period, report.lag);
  const frame: ReportFrame = { ...context.frame, period };
  const own: ReportSource = {
    ...source,
    cases: source.cases.filter((c) => c.packId === header.id),
    penalties: source.penalties.filter((p) => p.packId === header.id),
  };
  const basis = report.basis === "received" ? receivedIn(own.cases, period) : closedIn(own.cases, period);
  const title = report.title[language];
  return framed(
    frame,
    {
      key: `${header.id} ${report.id} ${period.key}`,
      name: sheetName(title, header, language),
      title,
      regulation: header.title[language],
      remark: [
        t("pack.clause", { clause: regulationClause(report.clause, header) }),
        ...(report.due ? [t("pack.due", { due: isoDate(dueDay(report.due, context.frame.period)) })] : []),
        t(`basis.${report.basis}`, { n: basis.length }),
      ].join("　　"),
    },
    signedLast(report.blocks.map((block) => blockOf(block, { ...context, frame, header, own, basis }))),
  );
}

/** Signatures stand below everything they are given for. */
function signedLast(blocks: readonly Block[]): Block[] {
  const isSignature = (block: Block): boolean => block.kind === "signatures";
  return [...blocks.filter((block) => !isSignature(block)), ...blocks.filter(isSignature)];
}

/**
 * Two packs may ask for a report of the same title, so whose it is stands with it: in Chinese the regulation's title,
 * which fits; in English the pack's name. Excel's sheet names have at most 31 characters, and none of \ / ? * [ ] :
 */
function sheetName(title: string, header: Pick<PackHeader, "id" | "title">, language: Language): string {
  const whose = language === "zh" ? header.title.zh : header.id;
  const least = Math.min(title.length, MOST_OF_NAME - whose.length - 1);
  const name = `${title.slice(0, Math.max(least, 8))} ${whose}`;
  return name
    .replaceAll(/[\\/?*[\]:]/g, " ")
    .slice(0, MOST_OF_NAME)
    .trim();
}
const MOST_OF_NAME = 31;

function closedIn(cases: readonly ReportCase[], period: Period): ReportCase[] {
  return endedIn(cases, period).filter((c) => c.closing.closed);
}

/** The day a report has to be there. */
export function dueDay(due: ReportDue, period: Period): Day {
  switch (due.type) {
    case "day-of-next-month": {
      const { year, month } = calendarDate(period.end);
      return dayOf(year, month, due.day);
    }
    case "day-of-last-month": {
      const { year, month } = calendarDate(addDays(period.end, -1));
      return dayOf(year, month, due.day);
    }
    case "weekday-of-next-week":
      return addDays(shifted(period, 1).first, due.weekday - 1);
  }
}

interface BlockContext extends PackReportContext {
  readonly header: Pick<PackHeader, "title">;
  readonly own: ReportSource;
  readonly basis: readonly ReportCase[];
}

function blockOf(block: PackReportBlock, context: BlockContext): Block {
  const { frame, language, own, basis } = context;
  const { t, period } = frame;
  switch (block.type) {
    case "counts":
      return counts(block.title[language], context);
    case "breakdown":
      return tallyBlock(
        block.title[language],
        nameOf(block.by, language),
        tallies(own.cases, period, (c) => groupValue(c, block.by)),
        periodFigures(own, period),
        t,
      );
    case "cross": {
      const cross = crossTable(
        basis,
        (c) => groupValue(c, block.rows),
        (c) => groupValue(c, block.columns),
      );
      return crossBlock(block.title[language], nameOf(block.rows, language), cross, t);
    }
    case "shares":
      return shares(block.title[language], block.by, chosen(basis, block.only), context);
    case "rates":
      return rates(block.title[language], block.by, context);
    case "list":
      return list(block.title[language], block.columns, chosen(basis, block.only), context);
    case "overdue":
      return overdueBlock(block.title[language], overdueCases(own.cases, period), t);
    case "penalties":
      return penalties(block.title[language], context);
    case "signatures":
      return { kind: "signatures", labels: block.posts.map((post) => post[language]) };
  }
}

function chosen(
  cases: readonly ReportCase[],
  only: { readonly column: ReportGroup; readonly values: readonly string[] } | undefined,
): readonly ReportCase[] {
  return only ? cases.filter((c) => only.values.includes(groupValue(c, only.column) ?? "")) : cases;
}

/** A case's value in a column that reports count by; several persons stand together. */
/** The value of a column by which reports count. */
export function groupValue({ inputs, outputs }: ReportCase, id: ReportGroup): string | undefined {
  if (id === "person") return inputs.person?.map(({ name }) => name).join("、");
  const values: { readonly [Id in ReportGroup]?: unknown } = { ...inputs, ...outputs };
  const value = values[id];
  return typeof value === "string" ? value : undefined;
}

function counts(title: string, { frame: { t, period }, own, basis }: BlockContext): Block {
  const figures = periodFigures(own, period);
  const rows = figures.behind;
  const money = (id: "loss" | "claim"): Pick<Figure, "value" | "format" | "behind"> => ({
    value: yuanNumber(sumOf(basis.map((c) => c.inputs[id] ?? fen(0)))),
    format: "money",
    behind: rowsOf(basis.filter((c) => (c.inputs[id] ?? 0) !== 0)),
  });
  const count = (key: "received" | "ended" | "openAtEnd" | "onTime" | "late" | "withoutLimit") => ({
    label: t(key),
    value: figures[key],
    format: "integer" as const,
    behind: rows[key],
  });
  return {
    kind: "figures",
    title,
    figures: [
      count("received"),
      count("ended"),
      count("openAtEnd"),
      count("onTime"),
      count("late"),
      count("withoutLimit"),
      ...rateFigures(figures, t),
      upheldFigure(figures, t),
      { label: t("averageHours"), value: figures.averageHours, format: "decimal", behind: rows.closed },
      { label: t("repeated"), value: figures.repeated, format: "integer", behind: rows.repeated },
      { label: t("counts.loss"), ...money("loss") },
      { label: t("counts.claim"), ...money("claim") },
      ...(["compensation", "penalties", "proposed"] as const).map((key) => ({
        label: t(key),
        value: yuanNumber(figures[key]),
        format: "money" as const,
        behind: rows[key],
      })),
    ],
  };
}

/** Rows by label, most first, those without one last. */
function rowsBy(cases: readonly ReportCase[], by: ReportGroup): [label: string | undefined, rows: RowsBehind][] {
  const cross = crossTable(
    cases,
    (c) => groupValue(c, by),
    () => undefined,
  );
  return cross.rows.map((label, i) => [label, together(cross.behind[i]!)]);
}

function shares(title: string, by: ReportGroup, cases: readonly ReportCase[], context: BlockContext): TableBlock {
  const all = context.basis.length;
  return countTable(title, by, cases, context, context.frame.t("shareOfAll"), (n) => (all === 0 ? undefined : n / all));
}

function rates(title: string, by: ReportGroup, context: BlockContext): TableBlock {
  const { t, period } = context.frame;
  const base = context.sales.get(period.key);
  const known = base !== undefined && base > 0;
  return {
    ...countTable(title, by, context.basis, context, t("rate"), (n) => (known ? n / base : undefined)),
    note: known ? `${t("rates.base", { n: base })}。${t("rate.note")}` : t("rates.missing", { key: period.key }),
  };
}

/** Cases by a group, each count with what it is in per cent of something. */
function countTable(
  title: string,
  by: ReportGroup,
  cases: readonly ReportCase[],
  { frame: { t }, language }: BlockContext,
  header: string,
  percent: (count: number) => BlockValue,
): TableBlock {
  const groups = rowsBy(cases, by);
  return {
    kind: "table",
    title,
    columns: [
      { header: nameOf(by, language), format: "text", weight: 6 },
      { header: t("cases"), format: "integer", weight: 3 },
      { header, format: "percent", weight: 3 },
    ],
    rows: groups.map(([label, { length }]) => [label ?? t("unlabelled"), length, percent(length)]),
    behind: [...groups.map(([, rows]) => rows), rowsOf(cases)].map((rows) => [undefined, rows, rows]),
    total: [t("sum"), cases.length, percent(cases.length)],
    empty: t("none"),
  };
}

/** A column's name in a language. */
function nameOf(id: ColumnId, language: Language): string {
  const { header, alias } = column(id);
  return language === "zh" ? header : alias;
}

const LIST_WEIGHTS: Partial<Record<ColumnId, number>> = {
  id: 4,
  receivedAt: 4,
  closeAt: 4,
  revisitAt: 4,
  rootCause: 6,
  correctiveAction: 6,
  compensation: 4,
};

function list(
  title: string,
  ids: readonly ColumnId[],
  cases: readonly ReportCase[],
  { frame: { t }, language }: BlockContext,
): TableBlock {
  const more = cases.length - LINES;
  return {
    kind: "table",
    title,
    columns: ids.map((id) => ({ header: nameOf(id, language), format: formatOf(id), weight: LIST_WEIGHTS[id] ?? 3 })),
    rows: cases.slice(0, LINES).map((c) => ids.map((id) => cellOf(c, id))),
    behind: cases.slice(0, LINES).map(({ row }) => [[row]]),
    empty: t("none"),
    ...(more > 0 ? { note: t("more", { n: more }) } : {}),
  };
}

function formatOf(id: ColumnId): BlockFormat {
  const { kind } = column(id);
  if (kind === "datetime" || kind === "money") return kind;
  return kind === "integer" ? "integer" : "text";
}

function cellOf(c: ReportCase, id: ColumnId): BlockValue {
  if (id === "id") return c.id;
  if (id === "person") return groupValue(c, id);
  const values: { readonly [Id in ColumnId]?: unknown } = { ...c.inputs, ...c.outputs };
  // Both records hold values of their columns' kinds.
  return contentOfKind(column(id).kind, values[id] as Parameters<typeof contentOfKind>[1]);
}

function noted(notes: readonly string[]): { note?: string } {
  return notes.length === 0 ? {} : { note: notes.join("") };
}

function penalties(title: string, { frame: { t, period }, own, header }: BlockContext): TableBlock {
  const found = penaltiesIn(own, period);
  const proposed = proposalsIn(own, period);
  // The regulation stands at the head of the sheet; its clauses are enough here.
  const clause = (basis: string): string => basis.replaceAll(`《${header.title.zh}》`, "");
  const more = found.length - LINES;
  return {
    kind: "table",
    title,
    columns: [
      { header: t("id"), format: "text", weight: 4 },
      { header: t("penalty.subject"), format: "text", weight: 3 },
      { header: t("department"), format: "text", weight: 3 },
      { header: t("type"), format: "text", weight: 3 },
      { header: t("penalty.reason"), format: "text", weight: 4 },
      { header: t("penalty.basis"), format: "text", weight: 4 },
      { header: t("penalty.amount"), format: "money", weight: 3 },
    ],
    rows: found
      .slice(0, LINES)
      .map((p) => [
        p.complaintId,
        subjectText(p),
        p.department,
        p.type,
        p.reason,
        clause(p.basis),
        yuanNumber(p.amount),
      ]),
    behind: found.slice(0, LINES).map(({ row }) => [[row]]),
    ...(found.length === 0
      ? {}
      : {
          total: [
            t("sum"),
            ...Array.from({ length: 5 }, () => undefined),
            yuanNumber(sumOf(found.map((p) => p.amount))),
          ],
        }),
    empty: t("none"),
    ...noted([...(more > 0 ? [t("more", { n: more })] : []), ...proposedNote(proposed, t)]),
  };
}
