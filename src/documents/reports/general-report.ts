import { yuanNumber, type Fen } from "../../domain/money.js";
import { moneyText } from "../money-text.js";
import type { Block, ReportSheet, TableBlock, TableColumn } from "./blocks.js";
import { rowsOf, together, type RowsBehind } from "./rows-behind.js";
import { crossBlock, folded, integer, overdueBlock, shortTally, tallyBlock, text } from "./breakdowns.js";
import {
  reportFigures,
  type PeriodFigures,
  type PeriodRows,
  type ReportFigures,
  type ReportSource,
} from "./figures.js";
import { framed, periodName, type ReportFrame } from "./frame.js";
import { closedOnTimeRate, onTimeRate, rateFigures, share, upheldFigure, upheldRate } from "./rates.js";
import { endOf, shifted, yearBefore, type Period } from "./period.js";
import type { ReportText } from "./texts.js";

/** The general report of a period: 月报, 周报 or 半年报. */

const PRODUCTS = 10;
const CATEGORIES_CHARTED = 12;
const PERSONS = 20;
const BLUE = "1F5C99";
const LIGHT_BLUE = "9DC3E6";
const ORANGE = "ED7D31";

/** The sheet and the figures it shows. */
export function generalReport(
  source: ReportSource,
  frame: ReportFrame,
): { sheet: ReportSheet; figures: ReportFigures } {
  const { t, period } = frame;
  const figures = reportFigures(source, period);
  const sheet = framed(
    frame,
    {
      key: `report ${period.key}`,
      name: t(`sheet.${period.kind}`, { key: period.key }),
      title: t("title", { title: t(`title.${period.kind}`), period: periodName(period, t) }),
    },
    blocks(figures, covered(source), t),
  );
  return { sheet, figures };
}

/** Whether the ledger reaches back to a period: to compare with one before its first complaint would say nothing. */
type Covered = (period: Period) => boolean;

function covered({ cases }: ReportSource): Covered {
  const first = cases.reduce((least, { inputs }) => Math.min(least, inputs.receivedAt ?? Infinity), Infinity);
  return (period) => first < endOf(period);
}

function blocks(figures: ReportFigures, covers: Covered, t: ReportText): Block[] {
  return [
    overview(figures, t),
    comparison(figures, covers, t),
    {
      kind: "charted",
      table: trend(figures, t),
      chart: {
        kind: "columns",
        name: "trend",
        title: t("trend.chart"),
        labels: 0,
        series: [
          { column: 1, color: BLUE },
          { column: 2, color: LIGHT_BLUE },
        ],
      },
    },
    {
      kind: "charted",
      table: categories(figures, t),
      chart: {
        kind: "bars",
        name: "categories",
        title: t("byCategory.chart"),
        labels: 0,
        rows: CATEGORIES_CHARTED,
        series: [{ column: 1, color: ORANGE }],
      },
    },
    crossBlock(t("cross"), t("category"), figures.categoryByDepartment, t),
    tallyBlock(t("byDepartment"), t("department"), figures.byDepartment, figures.total, t),
    {
      kind: "pair",
      left: shortTally(t("byLevel"), t("level"), figures.byLevel, figures.total, t),
      right: shortTally(t("byChannel"), t("channel"), figures.byChannel, figures.total, t),
    },
    products(figures, t),
    { kind: "pair", left: persons(figures, t), right: penaltyTypes(figures, t) },
    overdueBlock(t("overdueList"), figures.overdue, t),
    { kind: "notes", title: t("method"), lines: method(figures, t) },
  ];
}

const percentText = (value: number | undefined): string =>
  value === undefined ? "—" : `${(Math.round(value * 1000) / 10).toFixed(1)}%`;
const yuan = (amount: Fen): number => yuanNumber(amount);

function overview({ total, overdue }: ReportFigures, t: ReportText): Block {
  const count = (key: "received" | "ended" | "openAtStart" | "openAtEnd" | "onTime" | "late" | "withoutLimit") => ({
    label: t(key),
    value: total[key],
    format: "integer" as const,
    behind: total.behind[key],
  });
  return {
    kind: "figures",
    title: t("summary"),
    figures: [
      count("received"),
      count("ended"),
      count("openAtStart"),
      count("openAtEnd"),
      count("onTime"),
      count("late"),
      count("withoutLimit"),
      ...rateFigures(total, t),
      { label: t("averageHours"), value: total.averageHours, format: "decimal", behind: total.behind.closed },
      { label: t("p90Hours"), value: total.p90Hours, format: "decimal", behind: total.behind.closed },
      upheldFigure(total, t),
      {
        label: t("repeated"),
        value: total.repeated,
        format: "integer",
        note: t("repeated.note", { share: percentText(share(total.repeated, total.received)) }),
        behind: total.behind.repeated,
      },
      {
        label: t("overdue"),
        value: overdue.length,
        format: "integer",
        note: t("overdue.note"),
        behind: rowsOf(overdue),
      },
    ],
  };
}

function comparison(figures: ReportFigures, covers: Covered, t: ReportText): TableBlock {
  const { period, total } = figures;
  const previous = shifted(period, -1);
  const lastYear = yearBefore(period);
  const before = covers(previous) ? figures.before : undefined;
  const last = lastYear && covers(lastYear) ? figures.yearBefore : undefined;
  const lines: [
    label: string,
    of: (figures: PeriodFigures) => number | undefined,
    kind: "count" | "rate" | "hours" | "money",
    behind: (rows: PeriodRows) => RowsBehind,
  ][] = [
    [t("received"), (f) => f.received, "count", (r) => r.received],
    [t("ended"), (f) => f.ended, "count", (r) => r.ended],
    [t("openAtEnd"), (f) => f.openAtEnd, "count", (r) => r.openAtEnd],
    [t("onTimeRate"), onTimeRate, "rate", (r) => r.due],
    [t("closedOnTimeRate"), closedOnTimeRate, "rate", (r) => together([r.onTime, r.late])],
    [t("averageHours"), (f) => f.averageHours, "hours", (r) => r.closed],
    [t("p90Hours"), (f) => f.p90Hours, "hours", (r) => r.closed],
    [t("upheldRate"), upheldRate, "rate", (r) => together([r.upheld, r.notUpheld])],
    [t("repeated"), (f) => f.repeated, "count", (r) => r.repeated],
    [t("penalties"), (f) => yuan(f.penalties), "money", (r) => r.penalties],
    [t("proposed"), (f) => yuan(f.proposed), "money", (r) => r.proposed],
    [t("compensation"), (f) => yuan(f.compensation), "money", (r) => r.compensation],
  ];
  const shown = (value: number | undefined, kind: (typeof lines)[number][2]): string => {
    if (value === undefined) return "—";
    if (kind === "rate") return percentText(value);
    if (kind === "count") return String(value);
    return value.toFixed(kind === "hours" ? 1 : 2).replace(/\B(?=(\d{3})+\b(?=\.))/g, ",");
  };
  const change = (now: number | undefined, then: number | undefined, kind: (typeof lines)[number][2]): string => {
    if (now === undefined || then === undefined) return "—";
    const difference = now - then;
    const sign = difference > 0 ? "+" : difference < 0 ? "−" : "±";
    const size = Math.abs(difference);
    if (kind === "rate") return t("points", { value: `${sign}${(size * 100).toFixed(1)}` });
    const relative = then === 0 ? "" : `（${sign}${percentText(size / then)}）`;
    return `${sign}${shown(size, kind)}${relative}`;
  };
  const missing = [...(before ? [] : [previous.key]), ...(lastYear && !last ? [lastYear.key] : [])];
  const right = (header: string, weight: number): TableColumn => ({ header, format: "figure", weight });
  return {
    kind: "table",
    title: t("comparison"),
    columns: [
      text(t("item"), 5),
      right(t("this"), 3),
      right(t("before", { key: previous.key }), 3),
      right(t("change"), 5),
      right(t("yearBefore", { key: lastYear?.key ?? "—" }), 3),
      right(t("yearChange"), 5),
    ],
    rows: lines.map(([label, of, kind]) => [
      label,
      shown(of(total), kind),
      shown(before && of(before), kind),
      change(of(total), before && of(before), kind),
      shown(last && of(last), kind),
      change(of(total), last && of(last), kind),
    ]),
    behind: lines.map(([, , , rows]) => [
      undefined,
      rows(total.behind),
      before && rows(before.behind),
      undefined,
      last && rows(last.behind),
    ]),
    empty: t("none"),
    ...(missing.length > 0 ? { note: t("comparison.missing", { keys: missing.join(t("and")) }) } : {}),
  };
}

function trend({ trend: points }: ReportFigures, t: ReportText): TableBlock {
  return {
    kind: "table",
    title: t("trend"),
    columns: [text(t("periodColumn"), 4), integer(t("received")), integer(t("ended")), integer(t("late"))],
    rows: points.map(({ period, received, ended, late }) => [period.key, received, ended, late]),
    behind: points.map(({ behind: rows }) => [undefined, rows.received, rows.ended, rows.late]),
    empty: t("none"),
  };
}

function categories({ byCategory, total }: ReportFigures, t: ReportText): TableBlock {
  const lines = folded(
    byCategory.filter(({ received }) => received > 0),
    CATEGORIES_CHARTED,
    t("otherRows"),
    t,
  );
  return {
    kind: "table",
    title: t("byCategory"),
    columns: [text(t("category"), 5), integer(t("received")), { header: t("share"), format: "percent", weight: 3 }],
    rows: lines.map(([label, { received }]) => [label, received, share(received, total.received)]),
    total: [t("sum"), total.received, share(total.received, total.received)],
    behind: [...lines.map(([, tally]) => tally), total].map(({ behind }) => [
      undefined,
      behind.received,
      behind.received,
    ]),
    empty: t("none"),
  };
}

function products({ byProduct, total }: ReportFigures, t: ReportText): TableBlock {
  const others = t("otherProducts");
  return tallyBlock(t("byProduct"), t("product"), byProduct, total, t, { most: PRODUCTS, others });
}

function persons({ byPerson }: ReportFigures, t: ReportText): TableBlock {
  const more = byPerson.length - PERSONS;
  return {
    kind: "table",
    title: t("byPerson"),
    columns: [
      text(t("person"), 3),
      integer(t("received")),
      integer(t("late"), 3),
      { header: t("penalties"), format: "money", weight: 4 },
    ],
    rows: byPerson
      .slice(0, PERSONS)
      .map((p) => [p.person, p.received, p.late, p.penaltyCount === 0 ? undefined : yuan(p.penalties)]),
    behind: byPerson.slice(0, PERSONS).map(({ behind: rows }) => [undefined, rows.received, rows.late, rows.penalties]),
    empty: t("none"),
    note: `${t("personNote")}${more > 0 ? t("personMore", { n: more }) : ""}`,
  };
}

function penaltyTypes({ penaltyTypes: types, deductions, total }: ReportFigures, t: ReportText): TableBlock {
  return {
    kind: "table",
    title: t("penaltyTypes"),
    columns: [
      text(t("type"), 4),
      integer(t("count")),
      { header: t("amount"), format: "money", weight: 4 },
      { header: t("proposedAmount"), format: "money", weight: 4 },
    ],
    rows: types.map(({ type, count, amount, proposed }) => [type, count, yuan(amount), yuan(proposed)]),
    behind: [
      ...types.map(({ behind: rows }) => [undefined, rows.settled, rows.settled, rows.proposed]),
      [undefined, total.behind.penalties, total.behind.penalties, total.behind.proposed],
    ],
    ...(types.length === 0
      ? {}
      : { total: [t("sum"), total.penaltyCount, yuan(total.penalties), yuan(total.proposed)] }),
    empty: t("none"),
    ...(deductions && deductions.persons > 0
      ? {
          note: t("deductions", {
            persons: deductions.persons,
            posted: moneyText(deductions.posted),
            drafted: moneyText(deductions.drafted),
            carried: moneyText(deductions.carriedOut),
          }),
        }
      : {}),
  };
}

function method({ period, undated, faulty }: ReportFigures, t: ReportText): string[] {
  return [
    t("method.rows"),
    t("method.received"),
    t("method.kept"),
    t("method.hours"),
    t("method.upheld"),
    t(period.kind === "week" ? "method.penalties.week" : "method.penalties.month"),
    ...(undated > 0 ? [t("method.undated", { n: undated })] : []),
    ...(faulty > 0 ? [t("method.faulty", { n: faulty })] : []),
  ];
}
