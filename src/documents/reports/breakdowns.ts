import { sumOf } from "../../domain/money.js";
import { toSerial } from "../../domain/wall-time.js";
import type { Penalty } from "../../process/outcome.js";
import { moneyText } from "../money-text.js";
import type { BlockValue, LineBehind, TableBlock, TableColumn } from "./blocks.js";
import type { Counts } from "./counts.js";
import type { PeriodFigures } from "./figures.js";
import { topTallies, type CrossTable, type Tally } from "./tallies.js";
import { share } from "./rates.js";
import type { ReportCase } from "./report-case.js";
import { together, type RowsBehind } from "./rows-behind.js";
import type { ReportText } from "./texts.js";

/** Tables that break a report's figures down: by one label, by two, case by case. */

const CROSS_ACROSS = 7;
/** Lines of a breakdown: what stands on one page together with its heading and total. */
const LINES = 18;
/** Lines of a breakdown that shares its page with others. */
const FEW_LINES = 12;
const OVERDUE_LISTED = 200;

export const text = (header: string, weight: number): TableColumn => ({ header, format: "text", weight });
export const integer = (header: string, weight = 2): TableColumn => ({ header, format: "integer", weight });

/** The first lines of a breakdown, the others together, and what has no label. */
export function folded(
  list: readonly Tally[],
  most: number,
  others: string,
  t: ReportText,
): [label: string, tally: Tally][] {
  const { top, rest, blank } = topTallies(list, most);
  return [
    ...top.map((tally): [string, Tally] => [labelOf(tally.label, t), tally]),
    ...(rest ? [[others, rest] as [string, Tally]] : []),
    ...(blank ? [[labelOf(undefined, t), blank] as [string, Tally]] : []),
  ];
}

/** A group of positions in a row or column of a cross table that is shown as one. */
interface CrossGroup {
  readonly label: string;
  readonly at: readonly number[];
}

function crossGroups(
  labels: readonly (string | undefined)[],
  most: number,
  others: string,
  t: ReportText,
): CrossGroup[] {
  const named = labels.flatMap((label, i) => (label === undefined ? [] : [i]));
  const shown = named.length <= most + 1 ? named : named.slice(0, most);
  const rest = named.slice(shown.length);
  const blank = labels.indexOf(undefined);
  return [
    ...shown.map((i) => ({ label: labels[i]!, at: [i] })),
    ...(rest.length > 0 ? [{ label: others, at: rest }] : []),
    ...(blank < 0 ? [] : [{ label: labelOf(undefined, t), at: [blank] }]),
  ];
}

/** Smaller rows and columns are added up together: a page is only so wide and so long, and the sums must stand. */
export function crossBlock(title: string, header: string, cross: CrossTable, t: ReportText): TableBlock {
  const columns = crossGroups(cross.columns, CROSS_ACROSS, t("others"), t);
  const rows = crossGroups(cross.rows, LINES, t("otherRows"), t);
  const sum = (numbers: readonly number[], at: readonly number[]): number =>
    at.reduce((all, i) => all + numbers[i]!, 0);
  const line = (label: string, numbers: readonly number[], total: number): BlockValue[] => [
    label,
    ...columns.map(({ at }) => sum(numbers, at) || undefined),
    total,
  ];
  const lineBehind = (at: readonly number[]): LineBehind => {
    const shown = columns.map((column) =>
      together(at.flatMap((row) => column.at.map((i): RowsBehind => cross.behind[row]![i]!))),
    );
    return [undefined, ...shown, together(shown)];
  };
  return {
    kind: "table",
    title,
    columns: [text(header, 4), ...columns.map(({ label }) => integer(label)), integer(t("sum"))],
    behind: [...rows.map(({ at }) => lineBehind(at)), lineBehind(cross.rows.map((_, i) => i))],
    rows: rows.map(({ label, at }) => {
      const numbers = cross.columns.map((_, column) => at.reduce((all, row) => all + cross.counts[row]![column]!, 0));
      return line(label, numbers, sum(cross.rowTotals, at));
    }),
    ...(cross.total === 0 ? {} : { total: line(t("sum"), cross.columnTotals, cross.total) }),
    empty: t("none"),
  };
}

function labelOf(label: string | undefined, t: ReportText): string {
  return label ?? t("unlabelled");
}

/** Received, share, closed, on time, late and open by label. */
export function tallyBlock(
  title: string,
  header: string,
  list: readonly Tally[],
  total: PeriodFigures,
  t: ReportText,
  { most = LINES, others = t("otherRows") }: { readonly most?: number; readonly others?: string } = {},
): TableBlock {
  const lines = folded(list, most, others, t);
  return {
    kind: "table",
    title,
    columns: [
      text(header, 7),
      integer(t("received")),
      { header: t("share"), format: "percent", weight: 3 },
      integer(t("ended")),
      integer(t("onTime"), 3),
      integer(t("late"), 3),
      integer(t("openAtEnd"), 3),
    ],
    rows: lines.map(([label, tally]) => tallyLine(label, tally, total.received)),
    total: tallyLine(t("sum"), total, total.received),
    behind: [...lines.map(([, tally]) => tally), total].map(({ behind: rows }) => [
      undefined,
      rows.received,
      rows.received,
      rows.ended,
      rows.onTime,
      rows.late,
      rows.openAtEnd,
    ]),
    empty: t("none"),
  };
}

function tallyLine(label: string, tally: Counts, received: number): BlockValue[] {
  return [
    label,
    tally.received,
    share(tally.received, received),
    tally.ended,
    tally.onTime,
    tally.late,
    tally.openAtEnd,
  ];
}

export function shortTally(
  title: string,
  header: string,
  list: readonly Tally[],
  total: PeriodFigures,
  t: ReportText,
): TableBlock {
  const lines = folded(list, FEW_LINES, t("otherRows"), t);
  return {
    kind: "table",
    title,
    columns: [text(header, 4), integer(t("received")), integer(t("ended")), integer(t("openAtEnd"), 3)],
    behind: [...lines.map(([, tally]) => tally), total].map(({ behind: rows }) => [
      undefined,
      rows.received,
      rows.ended,
      rows.openAtEnd,
    ]),
    rows: lines.map(([label, tally]) => [label, tally.received, tally.ended, tally.openAtEnd]),
    total: [t("sum"), total.received, total.ended, total.openAtEnd],
    empty: t("none"),
  };
}

/** Open cases past a limit. */
export function overdueBlock(title: string, overdue: readonly ReportCase[], t: ReportText): TableBlock {
  const more = overdue.length - OVERDUE_LISTED;
  return {
    kind: "table",
    title,
    columns: [
      text(t("id"), 3),
      { header: t("receivedAt"), format: "datetime", weight: 4 },
      text(t("customer"), 3),
      text(t("category"), 3),
      text(t("department"), 3),
      text(t("status"), 2),
      text(t("nextStep"), 6),
    ],
    rows: overdue
      .slice(0, OVERDUE_LISTED)
      .map(({ name, inputs, outputs }) => [
        name,
        toSerial(inputs.receivedAt!),
        inputs.customer,
        outputs.category,
        outputs.department,
        outputs.status,
        outputs.nextStep,
      ]),
    behind: overdue.slice(0, OVERDUE_LISTED).map(({ row }) => [[row]]),
    empty: t("none"),
    ...(more > 0 ? { note: t("overdueMore", { n: more }) } : {}),
  };
}

/** That some penalties are only proposed, and so stand in no list of settled ones. */
export function proposedNote(proposed: readonly Penalty[], t: ReportText): string[] {
  if (proposed.length === 0) return [];
  const amount = moneyText(sumOf(proposed.map((penalty) => penalty.amount)));
  return [t("penalties.proposed", { n: proposed.length, amount })];
}
