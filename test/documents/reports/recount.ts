import { expect } from "vitest";
import type { Block, BlockValue, ReportSheet, TableBlock } from "../../../src/documents/reports/blocks.js";
import type { ReportSource } from "../../../src/documents/reports/figures.js";
import type { Period } from "../../../src/documents/reports/period.js";
import type { ReportCase } from "../../../src/documents/reports/report-case.js";
import { reportText } from "../../../src/documents/reports/texts.js";
import { isoDate, isoTime, type WallTime } from "../../../src/domain/wall-time.js";
import type { Penalty } from "../../../src/process/outcome.js";
import type { PackReport, ReportGroup } from "../../../src/rules/report-schema.js";

/**
 * Every figure of a report counted again from the judged rows, by the text of dates and one row after the other: nothing
 * here is the program's own counting.
 */

const t = reportText("zh");
const OTHERS = [t("others"), t("otherRows"), t("otherProducts")];
const UNLABELLED = t("unlabelled");

interface Span {
  readonly first: string;
  readonly end: string;
  readonly months: readonly string[];
}

/** The first of a month so many months earlier. */
function earlier(day: string, lag: number): string {
  const [year, month] = day.split("-").map(Number) as [number, number];
  const index = year * 12 + month - 1 - lag;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}-01`;
}

function spanOf(period: Period, lag = 0): Span {
  const days = [isoDate(period.first), isoDate(period.end)];
  const [first, end] = (lag === 0 ? days : days.map((day) => earlier(day, lag))) as [string, string];
  const months: string[] = [];
  if (period.kind !== "week")
    for (
      let [year, month] = first.split("-").map(Number) as [number, number];
      ;
      month === 12 ? ((month = 1), year++) : month++
    ) {
      const name = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
      if (`${name}-01` >= end) break;
      months.push(name);
    }
  return { first, end, months };
}

const dayText = (time: WallTime | undefined): string => (time === undefined ? "" : isoTime(time).slice(0, 10));
const isIn = (day: string, { first, end }: Span): boolean => day !== "" && day >= first && day < end;

/** The rows of some cases that count in a span, by what they count as. */
function rowsIn(cases: readonly ReportCase[], span: Span): Record<string, number[]> {
  const rows: Record<string, number[]> = {
    received: [],
    ended: [],
    openAtStart: [],
    openAtEnd: [],
    onTime: [],
    late: [],
    withoutLimit: [],
    due: [],
    kept: [],
  };
  const add = (as: string, row: number): void => void rows[as]!.push(row);
  for (const { row, inputs, closing } of cases) {
    const from = dayText(inputs.receivedAt);
    const to = dayText(closing.endedAt);
    if (isIn(dayText(closing.due), span) && closing.kept !== undefined) {
      add("due", row);
      if (closing.kept) add("kept", row);
    }
    if (isIn(from, span)) add("received", row);
    if (isIn(to, span)) {
      add("ended", row);
      add(closing.kept === true ? "onTime" : closing.kept === false ? "late" : "withoutLimit", row);
    }
    if (from === "") continue;
    if (from < span.first && (to === "" || to >= span.first)) add("openAtStart", row);
    if (from < span.end && (to === "" || to >= span.end)) add("openAtEnd", row);
  }
  return rows;
}

/** Counts of some rows in a span, by name. */
function count(cases: readonly ReportCase[], span: Span): Record<string, number> {
  return Object.fromEntries(Object.entries(rowsIn(cases, span)).map(([as, rows]) => [as, rows.length]));
}

/** A case that is open past its closing limit counts among those whose limit was missed: it may not flatter the rate. */
export function expectMissed(cases: readonly ReportCase[], now: WallTime): void {
  for (const { row, inputs, outputs, closing } of cases) {
    const open = inputs.closeAt === undefined && inputs.closeRequestedAt === undefined;
    const past = outputs.closeDue !== undefined && outputs.closeDue < now;
    if (open && past && outputs.status === "已逾期") expect(closing.kept, `row ${row}`).toBe(false);
  }
}

/** A count leads to just as many rows as it says, and a figure in a cell to none that is not of this ledger. */
export function expectLeads(sheet: ReportSheet, cases: readonly ReportCase[]): void {
  const known = new Set(cases.map(({ row }) => row));
  const own = (rows: readonly number[] | undefined, what: string): void => {
    for (const row of rows ?? []) expect(known.has(row), what).toBe(true);
    expect(new Set(rows).size, what).toBe(rows?.length ?? 0);
  };
  for (const block of sheet.blocks) {
    if (block.kind === "figures")
      for (const { label, value, format, behind: rows } of block.figures) {
        own(rows, label);
        if (format === "integer") expect(rows?.length, label).toBe(value);
      }
    for (const table of tableOf(block))
      [...table.rows, ...(table.total ? [table.total] : [])].forEach((line, r) => {
        table.columns.forEach(({ header, format }, c) => {
          const what = `${table.title} ${String(line[0])} ${header}`;
          const rows = table.behind?.[r]?.[c];
          own(rows, what);
          const pieces = [t("analysis.delivered"), t("analysis.defective"), t("analysis.returned")];
          if (format !== "integer" || pieces.includes(header)) return;
          // Several penalties may stand on one row.
          if (header === t("count")) expect(Math.min(rows!.length, 1), what).toBe(Math.min(Number(line[c]), 1));
          else if (line[c] !== undefined) expect(rows?.length, what).toBe(line[c]);
        });
      });
  }
}

const yuan = (fen: number): number => fen / 100;
const share = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);

/** Settled penalties of a span. */
function settled({ penalties }: ReportSource, span: Span): Penalty[] {
  return penalties.filter(({ state, month, settledOn }) => {
    if (state !== "确定") return false;
    return span.months.length > 0
      ? span.months.includes(month)
      : settledOn !== undefined && isIn(isoDate(settledOn), span);
  });
}

function proposed({ penalties, cases }: ReportSource, span: Span): Penalty[] {
  return penalties.filter(
    ({ state, row }) =>
      state === "拟定" && cases.some((one) => one.row === row && isIn(dayText(one.inputs.receivedAt), span)),
  );
}

const sum = (penalties: readonly Penalty[]): number => penalties.reduce((all, { amount }) => all + amount, 0);

function same(actual: BlockValue, wanted: BlockValue, what: string): void {
  if (typeof actual === "number" && typeof wanted === "number") expect(actual, what).toBeCloseTo(wanted, 6);
  else expect(actual, what).toBe(wanted);
}

/** The figures of a general or a pack's overview, by label. */
function overview(source: ReportSource, span: Span, basis: readonly ReportCase[]): Record<string, BlockValue> {
  const { cases } = source;
  const n = count(cases, span);
  const received = cases.filter(({ inputs }) => isIn(dayText(inputs.receivedAt), span));
  const hours = cases
    .filter(
      ({ closing, inputs }) =>
        closing.closed && isIn(dayText(closing.endedAt), span) && inputs.receivedAt !== undefined,
    )
    .map(({ closing, inputs }) => (closing.endedAt! - inputs.receivedAt!) / 3600)
    .sort((a, b) => a - b);
  const upheld = received.filter(({ inputs }) => inputs.upheld === true).length;
  const not = received.filter(({ inputs }) => inputs.upheld === false).length;
  const money = (list: readonly ReportCase[], of: (one: ReportCase) => number | undefined): number =>
    yuan(list.reduce((all, one) => all + (of(one) ?? 0), 0));
  return {
    [t("received")]: n.received,
    [t("ended")]: n.ended,
    [t("openAtStart")]: n.openAtStart,
    [t("openAtEnd")]: n.openAtEnd,
    [t("onTime")]: n.onTime,
    [t("late")]: n.late,
    [t("withoutLimit")]: n.withoutLimit,
    [t("onTimeRate")]: share(n["kept"]!, n["due"]!),
    [t("closedOnTimeRate")]: share(n["onTime"]!, n["onTime"]! + n["late"]!),
    [t("averageHours")]: hours.length === 0 ? undefined : hours.reduce((a, b) => a + b, 0) / hours.length,
    [t("p90Hours")]: hours.find((h) => hours.filter((x) => x <= h).length * 10 >= hours.length * 9),
    [t("upheldRate")]: share(upheld, upheld + not),
    [t("repeated")]: received.filter(({ inputs }) => inputs.repeated === true).length,
    [t("overdue")]: overdue(cases, span).length,
    [t("counts.loss")]: money(basis, ({ inputs }) => inputs.loss),
    [t("counts.claim")]: money(basis, ({ inputs }) => inputs.claim),
    [t("compensation")]: money(received, ({ outputs }) => outputs.compensation),
    [t("penalties")]: yuan(sum(settled(source, span))),
    [t("proposed")]: yuan(sum(proposed(source, span))),
  };
}

function overdue(cases: readonly ReportCase[], span: Span): readonly ReportCase[] {
  const waiting = ["已逾期", "回访逾期", "反馈逾期"];
  return cases
    .filter(({ outputs, inputs }) => waiting.includes(outputs.status ?? "") && dayText(inputs.receivedAt) !== "")
    .filter(({ inputs }) => dayText(inputs.receivedAt) < span.end)
    .sort((a, b) => a.inputs.receivedAt! - b.inputs.receivedAt! || a.row - b.row);
}

type LabelOf = (one: ReportCase) => string | undefined;

/** The rows that a line of a breakdown stands for. */
function behind(
  label: BlockValue,
  shown: readonly BlockValue[],
  cases: readonly ReportCase[],
  of: LabelOf,
): ReportCase[] {
  if (label === UNLABELLED) return cases.filter((one) => of(one) === undefined);
  if (OTHERS.includes(String(label))) return cases.filter((one) => of(one) !== undefined && !shown.includes(of(one)));
  return cases.filter((one) => of(one) === label);
}

const COLUMNS: Readonly<Record<string, string>> = {
  [t("received")]: "received",
  [t("ended")]: "ended",
  [t("onTime")]: "onTime",
  [t("late")]: "late",
  [t("openAtEnd")]: "openAtEnd",
};

function expectTally(table: TableBlock, cases: readonly ReportCase[], of: LabelOf, span: Span): void {
  const shown = table.rows.map(([label]) => label);
  const all = count(cases, span);
  const lines: [readonly BlockValue[], readonly ReportCase[]][] = table.rows.map((line) => [
    line,
    behind(line[0], shown, cases, of),
  ]);
  if (table.total) lines.push([table.total, cases]);
  for (const [line, own] of lines) {
    const n = count(own, span);
    const rows = rowsIn(own, span);
    const at = lines.findIndex(([one]) => one === line);
    table.columns.forEach(({ header }, i) => {
      const what = `${table.title} ${String(line[0])} ${header}`;
      const key = COLUMNS[header];
      if (key !== undefined) {
        same(line[i], n[key], what);
        expect(table.behind?.[at]?.[i], what).toEqual(rows[key]);
      } else if (header === t("share")) same(line[i], share(n["received"]!, all["received"]!), what);
    });
  }
}

function expectCross(table: TableBlock, cases: readonly ReportCase[], rowOf: LabelOf, columnOf: LabelOf): void {
  const rows = table.rows.map(([label]) => label);
  const columns = table.columns.slice(1, -1).map(({ header }) => header);
  for (const line of [...table.rows, ...(table.total ? [table.total] : [])]) {
    const own = line === table.total ? cases : behind(line[0], rows, cases, rowOf);
    const at = line === table.total ? table.rows.length : table.rows.indexOf(line);
    columns.forEach((label, i) => {
      const mine = behind(label, columns, own, columnOf);
      expect(table.behind?.[at]?.[i + 1]).toEqual(mine.map(({ row }) => row));
      const n = mine.length;
      same(line[i + 1], n === 0 ? undefined : n, `${table.title} ${String(line[0])} × ${label}`);
    });
    same(line.at(-1), own.length, `${table.title} ${String(line[0])}`);
  }
  if (table.total) expect(table.rows.reduce((all, line) => all + Number(line.at(-1)), 0)).toBe(cases.length);
}

function expectPenaltyList(table: TableBlock, own: readonly Penalty[]): void {
  expect(table.rows.map((line) => [line[1], line.at(-1)])).toEqual(
    own.slice(0, 300).map(({ subject, amount }) => [subject, yuan(amount)]),
  );
  if (own.length > 0) same(table.total?.at(-1), yuan(sum(own)), table.title);
  else expect(table.total).toBeUndefined();
}

const tableOf = (block: Block | undefined): TableBlock[] =>
  block?.kind === "table"
    ? [block]
    : block?.kind === "charted"
      ? [block.table]
      : block?.kind === "pair"
        ? [block.left, block.right]
        : [];

function expectFigures(block: Block | undefined, wanted: Record<string, BlockValue>): void {
  if (block?.kind !== "figures") throw new Error("no figures");
  for (const { label, value } of block.figures) {
    expect(Object.keys(wanted), label).toContain(label);
    same(value, wanted[label], label);
  }
}

/** What is taken from persons in the months of a span. */
export function deductionsOf({ deductions }: ReportSource, period: Period): Record<string, number> | undefined {
  const { months } = spanOf(period);
  if (months.length === 0) return undefined;
  const n = { posted: 0, drafted: 0, carriedOut: 0 };
  const persons = new Set<string>();
  for (const { month, person, employeeNo, state, deducted, carriedOut } of deductions) {
    if (!months.includes(month)) continue;
    persons.add(employeeNo ?? person);
    if (state === "已入账") n.posted += deducted;
    else n.drafted += deducted;
    if (month === months.at(-1)) n.carriedOut += carriedOut;
  }
  return { persons: persons.size, ...n };
}

/** The general report. */
export function recountGeneral(sheet: ReportSheet, source: ReportSource, period: Period): void {
  const span = spanOf(period);
  const { cases } = source;
  const received = cases.filter(({ inputs }) => isIn(dayText(inputs.receivedAt), span));
  expectFigures(sheet.blocks[0], overview(source, span, []));
  const tables = new Map(sheet.blocks.flatMap(tableOf).map((table) => [table.title, table]));
  const table = (key: Parameters<typeof t>[0]): TableBlock => tables.get(t(key))!;
  expectTally(table("byCategory"), cases, ({ outputs }) => outputs.category, span);
  expectTally(table("byDepartment"), cases, ({ outputs }) => outputs.department, span);
  expectTally(table("byLevel"), cases, ({ outputs }) => outputs.level, span);
  expectTally(table("byChannel"), cases, ({ inputs }) => inputs.channel, span);
  expectTally(table("byProduct"), cases, ({ inputs }) => inputs.product, span);
  expectCross(
    table("cross"),
    received,
    ({ outputs }) => outputs.category,
    ({ outputs }) => outputs.department,
  );
  expect(table("overdueList").rows.map(([name]) => name)).toEqual(overdue(cases, span).map(({ name }) => name));
  const own = settled(source, span);
  for (const [type, n, amount, open] of table("penaltyTypes").rows) {
    const mine = own.filter((penalty) => penalty.type === type);
    expect([n, amount, open]).toEqual([
      mine.length,
      yuan(sum(mine)),
      yuan(sum(proposed(source, span).filter((penalty) => penalty.type === type))),
    ]);
  }
  const total = table("penaltyTypes").total;
  if (total) expect(total.slice(1)).toEqual([own.length, yuan(sum(own)), yuan(sum(proposed(source, span)))]);
  for (const [person, n, late, amount] of table("byPerson").rows) {
    const names = (one: ReportCase): boolean => (one.inputs.person ?? []).some(({ name }) => name === person);
    const mine = own.filter(({ subjectType, subject }) => subjectType === "个人" && subject === person);
    expect([n, late, amount], String(person)).toEqual([
      received.filter(names).length,
      cases.filter((one) => names(one) && isIn(dayText(one.closing.endedAt), span) && one.closing.kept === false)
        .length,
      mine.length === 0 ? undefined : yuan(sum(mine)),
    ]);
  }
  for (const [key, n, ended, late] of table("trend").rows)
    if (key === period.key) {
      const now = count(cases, span);
      expect([n, ended, late]).toEqual([now["received"], now["ended"], now["late"]]);
    }
}

function valueOf({ inputs, outputs }: ReportCase, id: ReportGroup): string | undefined {
  if (id === "person") return inputs.person?.map(({ name }) => name).join("、");
  const value = ({ ...inputs, ...outputs } as Record<string, unknown>)[id];
  return typeof value === "string" ? value : undefined;
}

/** A report that a pack asks for, over the rows of that pack. */
export function recountPack(
  sheet: ReportSheet,
  report: PackReport,
  packId: string,
  all: ReportSource,
  period: Period,
): void {
  const source: ReportSource = {
    ...all,
    cases: all.cases.filter((one) => one.packId === packId),
    penalties: all.penalties.filter((penalty) => penalty.packId === packId),
  };
  const span = spanOf(period, report.lag);
  const { cases } = source;
  const received = cases.filter(({ inputs }) => isIn(dayText(inputs.receivedAt), span));
  const closed = cases.filter(({ closing }) => closing.closed && isIn(dayText(closing.endedAt), span));
  const basis = report.basis === "received" ? received : closed;
  const declared = report.blocks.filter(({ type }) => type !== "signatures");
  declared.forEach((block, i) => {
    const shown = sheet.blocks[i];
    const [table] = tableOf(shown);
    const chosen = (only: { column: ReportGroup; values: string[] } | undefined): readonly ReportCase[] =>
      only ? basis.filter((one) => only.values.includes(valueOf(one, only.column) ?? "")) : basis;
    switch (block.type) {
      case "counts":
        expectFigures(shown, overview(source, span, basis));
        break;
      case "breakdown":
        expectTally(table!, cases, (one) => valueOf(one, block.by), span);
        break;
      case "cross":
        expectCross(
          table!,
          basis,
          (one) => valueOf(one, block.rows),
          (one) => valueOf(one, block.columns),
        );
        break;
      case "shares":
      case "rates": {
        const own = block.type === "shares" ? chosen(block.only) : basis;
        const labels = table!.rows.map(([label]) => label);
        for (const [label, n, part] of table!.rows) {
          const mine = behind(label, labels, own, (one) => valueOf(one, block.by)).length;
          same(n, mine, `${table!.title} ${String(label)}`);
          if (block.type === "shares") same(part, share(mine, basis.length), `${table!.title} ${String(label)}`);
        }
        same(table!.total?.[1], own.length, table!.title);
        break;
      }
      case "list":
        expect(table!.rows).toHaveLength(Math.min(300, chosen(block.only).length));
        break;
      case "overdue":
        expect(table!.rows.map(([name]) => name)).toEqual(overdue(cases, span).map(({ name }) => name));
        break;
      case "penalties":
        expectPenaltyList(table!, settled(source, span));
        break;
    }
  });
}

/** A line of pieces delivered, defective and returned: of the cases that say how many were delivered. */
function expectParts(
  [label, n, casePpm, delivered, defective, ppm, returned, returnedPpm]: TableBlock["rows"][number],
  among: readonly ReportCase[],
): void {
  const own = among.filter(({ inputs }) => (inputs.quantity ?? 0) > 0);
  const total = (of: (one: ReportCase) => number | undefined): number =>
    own.reduce((all, one) => all + (of(one) ?? 0), 0);
  const all = total(({ inputs }) => inputs.quantity);
  const bad = total(({ inputs }) => inputs.defectiveQuantity);
  const back = total(({ inputs }) => inputs.actualReturn);
  expect([n, delivered, defective, returned], String(label)).toEqual([own.length, all, bad, back]);
  same(casePpm, all === 0 ? undefined : (own.length / all) * 1_000_000, String(label));
  same(ppm, all === 0 ? undefined : (bad / all) * 1_000_000, String(label));
  same(returnedPpm, all === 0 ? undefined : (back / all) * 1_000_000, String(label));
}

/** The names of the last months, or halves, up to a period. */
function pastPeriods({ kind, first }: Period, points: number): string[] {
  return Array.from({ length: points }, (_, i) => {
    const start = earlier(`${isoDate(first).slice(0, 7)}-01`, (points - 1 - i) * (kind === "month" ? 1 : 6));
    return kind === "month" ? start.slice(0, 7) : `${start.slice(0, 4)}H${start.slice(5, 7) === "01" ? 1 : 2}`;
  });
}

function spanOfKey(key: string): Span {
  const half = /^(\d{4})H([12])$/.exec(key);
  const first = half ? `${half[1]}-${half[2] === "1" ? "01" : "07"}-01` : `${key}-01`;
  return { first, end: earlier(first, half ? -6 : -1), months: [] };
}

/** The columns in which people note that a stage is done, in the order of stages. */
const DONE = [
  ["上报时间", "reportAt"],
  ["移交时间", "handoverAt"],
  ["首次回复时间", "firstReplyAt"],
  ["调查完成时间", "investigateAt"],
  ["核决时间", "approveAt"],
  ["结案时间", "closeAt"],
  ["回访时间", "revisitAt"],
  ["反馈时间", "feedbackAt"],
  ["追责时间", "disciplineAt"],
] as const;

/** How many got so far, after how many hours from 受理时间 on average, and after how many nine in ten did. */
function expectStages(table: TableBlock, received: readonly ReportCase[]): void {
  const wanted = DONE.flatMap(([header, id]) => {
    const hours: number[] = [];
    for (const { inputs } of received) {
      const [from, to] = [inputs.receivedAt, inputs[id]];
      if (from !== undefined && to !== undefined && to >= from) hours.push((to - from) / 3600);
    }
    if (hours.length === 0) return [];
    const enough = hours.filter((h) => hours.filter((x) => x <= h).length * 10 >= hours.length * 9);
    return [
      { header, n: hours.length, mean: hours.reduce((a, b) => a + b, 0) / hours.length, p90: Math.min(...enough) },
    ];
  });
  expect(table.rows.map(([header, n]) => [header, n])).toEqual(wanted.map(({ header, n }) => [header, n]));
  wanted.forEach(({ header, mean, p90 }, i) => {
    same(table.rows[i]![2], mean, header);
    same(table.rows[i]![3], p90, header);
  });
}

/** The sheet of causes, parts per million, repeats, time by stage and what is overdue. */
export function recountAnalysis(sheet: ReportSheet, { cases }: ReportSource, period: Period): void {
  const span = spanOf(period);
  const received = cases.filter(({ inputs }) => isIn(dayText(inputs.receivedAt), span));
  const tables = new Map(sheet.blocks.flatMap(tableOf).map((table) => [table.title, table]));
  const table = (key: Parameters<typeof t>[0]): TableBlock => tables.get(t(key))!;
  for (const [key, of] of [
    ["analysis.causes", ({ inputs }: ReportCase) => inputs.cause],
    ["analysis.categories", ({ outputs }: ReportCase) => outputs.category],
  ] as const) {
    const labelled = received.filter((one) => of(one) !== undefined).length;
    let sofar = 0;
    for (const [label, n, part, cumulated, vital] of table(key).rows) {
      const own = received.filter((one) => of(one) === label).length;
      expect(vital, String(label)).toBe(sofar * 10 < labelled * 8 ? "●" : undefined);
      sofar += own;
      same(n, own, String(label));
      same(part, own / labelled, String(label));
      same(cumulated, sofar / labelled, String(label));
    }
  }
  for (const line of table("analysis.parts").rows)
    expectParts(
      line,
      received.filter(({ inputs }) => inputs.product === line[0]),
    );
  const months = table("analysis.months").rows;
  const points = period.kind === "month" ? 6 : 2;
  expect(months.map(([label]) => label)).toEqual(pastPeriods(period, points));
  for (const line of months) {
    const own = cases.filter(({ inputs }) => isIn(dayText(inputs.receivedAt), spanOfKey(String(line[0]))));
    expectParts(line, own);
  }
  expectStages(table("analysis.stages"), received);
  for (const [label, n, again, rate] of [...table("analysis.repeats").rows, table("analysis.repeats").total!]) {
    const own = label === t("sum") ? received : behind(label, [], received, ({ outputs }) => outputs.category);
    const repeats = own.filter(({ inputs }) => inputs.repeated === true).length;
    expect([n, again]).toEqual([own.length, repeats]);
    same(rate, share(repeats, own.length), String(label));
  }
  const shown = table("analysis.behind").rows.reduce((all, [, n]) => all + Number(n), 0);
  expect(shown).toBe(overdue(cases, span).length);
}
