import { subjectText } from "../../process/subject-text.js";
import { fen, sumOf, type Fen } from "../../domain/money.js";
import { startOfDay, type WallTime } from "../../domain/wall-time.js";
import type { Deduction, Penalty } from "../../process/outcome.js";
import { proposedOnly, settledOnly } from "../../process/penalty-state.js";
import { PENALTY_TYPES } from "../../rules/events/kinds.js";
import { countsOf, endedIn, receivedIn, type CountedRows, type Counts } from "./counts.js";
import { endOf, monthsOf, shifted, within, yearBefore, type Period } from "./period.js";
import { isOverdue, type ReportCase } from "./report-case.js";
import { rowsOf, rowsOnce, together, type RowsBehind } from "./rows-behind.js";
import { crossTable, tallies, type CrossTable, type Tally } from "./tallies.js";

/** The figures of reports. Pure; every list adds up to the total it divides unless its comment says otherwise. */

/** What a report is drawn from. */
export interface ReportSource {
  readonly cases: readonly ReportCase[];
  readonly penalties: readonly Penalty[];
  /** What the books took, or would take, from each person by month. */
  readonly deductions: readonly Deduction[];
  readonly now: WallTime;
}

/** The rows behind each figure of a period. */
export interface PeriodRows extends CountedRows {
  /** Closed in the period: what hours are taken from. */
  readonly closed: RowsBehind;
  readonly upheld: RowsBehind;
  readonly notUpheld: RowsBehind;
  readonly repeated: RowsBehind;
  readonly penalties: RowsBehind;
  readonly proposed: RowsBehind;
  readonly compensation: RowsBehind;
}

export interface PeriodFigures extends Counts {
  readonly behind: PeriodRows;
  /** Calendar hours from 受理时间 to 结案时间 of the cases closed in the period; undefined if there are none. */
  readonly averageHours: number | undefined;
  /** Nearest rank: the least number of hours that at least 90 % of these cases did not exceed. */
  readonly p90Hours: number | undefined;
  /** Of the received: 是否成立 is 是, 否, blank. */
  readonly upheld: number;
  readonly notUpheld: number;
  readonly undecided: number;
  /** Of the received: 重复投诉 is 是. */
  readonly repeated: number;
  /** Settled in the period. */
  readonly penaltyCount: number;
  readonly penalties: Fen;
  /** Of the received: what is proposed only, as of `now`. */
  readonly proposedCount: number;
  readonly proposed: Fen;
  /** 补偿金额 of the received. */
  readonly compensation: Fen;
}

export interface PersonFigures {
  readonly person: string;
  /** Received cases that name this person; a case with several persons counts for each. */
  readonly received: number;
  readonly late: number;
  readonly penaltyCount: number;
  readonly penalties: Fen;
  readonly behind: Readonly<Record<"received" | "late" | "penalties", RowsBehind>>;
}

export interface PenaltySum {
  readonly type: Penalty["type"];
  /** Settled in the period. */
  readonly count: number;
  readonly amount: Fen;
  /** Proposed on cases received in it. */
  readonly proposed: Fen;
  readonly behind: Readonly<Record<"settled" | "proposed", RowsBehind>>;
}

/** What is taken from persons in the months of a period. */
export interface DeductionFigures {
  readonly persons: number;
  /** 已入账: fixed, by the journal. */
  readonly posted: Fen;
  /** 试算 and 暂缓: not posted yet. */
  readonly drafted: Fen;
  /** Left over after the period's last month. */
  readonly carriedOut: Fen;
}

export interface TrendPoint {
  readonly period: Period;
  readonly received: number;
  readonly ended: number;
  readonly late: number;
  readonly behind: Pick<CountedRows, "received" | "ended" | "late">;
}

export interface ReportFigures {
  readonly period: Period;
  readonly total: PeriodFigures;
  readonly before: PeriodFigures;
  /** Undefined for a 53rd week, which the year before does not have. */
  readonly yearBefore: PeriodFigures | undefined;
  readonly byCategory: readonly Tally[];
  readonly byDepartment: readonly Tally[];
  readonly byLevel: readonly Tally[];
  readonly byChannel: readonly Tally[];
  readonly byProduct: readonly Tally[];
  readonly byPerson: readonly PersonFigures[];
  readonly categoryByDepartment: CrossTable;
  readonly penaltyTypes: readonly PenaltySum[];
  /** Undefined for a week, which has no month of its own. */
  readonly deductions: DeductionFigures | undefined;
  readonly trend: readonly TrendPoint[];
  /** Open and past a limit as of `now`, received before the period's end; oldest first. */
  readonly overdue: readonly ReportCase[];
  /** Rows whose 受理时间 is missing or unreadable: they belong to no period. */
  readonly undated: number;
  /** Received rows that are 数据有误: counted as received and as open, and in nothing that rests on a judgement. */
  readonly faulty: number;
}

const TREND_LENGTH = { month: 12, week: 12, half: 6 } as const;

/** All figures of a period's general report. */
export function reportFigures(source: ReportSource, period: Period): ReportFigures {
  const { cases } = source;
  const last = yearBefore(period);
  const received = receivedIn(cases, period);
  const points = TREND_LENGTH[period.kind];
  return {
    period,
    total: periodFigures(source, period),
    before: periodFigures(source, shifted(period, -1)),
    yearBefore: last && periodFigures(source, last),
    byCategory: tallies(cases, period, (c) => c.outputs.category),
    byDepartment: tallies(cases, period, (c) => c.outputs.department),
    byLevel: tallies(cases, period, (c) => c.outputs.level),
    byChannel: tallies(cases, period, (c) => c.inputs.channel),
    byProduct: tallies(cases, period, (c) => c.inputs.product),
    byPerson: personFigures(source, period),
    categoryByDepartment: crossTable(
      received,
      (c) => c.outputs.category,
      (c) => c.outputs.department,
    ),
    penaltyTypes: penaltySums(penaltiesIn(source, period), proposalsIn(source, period)),
    deductions: deductionFigures(source, period),
    trend: Array.from({ length: points }, (_, i) => {
      const at = shifted(period, i - points + 1);
      const { received: count, ended, late, behind } = countsOf(cases, at);
      const rows = { received: behind.received, ended: behind.ended, late: behind.late };
      return { period: at, received: count, ended, late, behind: rows };
    }),
    overdue: overdueCases(cases, period),
    undated: cases.filter((c) => c.inputs.receivedAt === undefined).length,
    faulty: received.filter((c) => c.outputs.status === "数据有误").length,
  };
}

export function periodFigures(source: ReportSource, period: Period): PeriodFigures {
  const { cases } = source;
  const received = receivedIn(cases, period);
  const penalties = penaltiesIn(source, period);
  const proposals = proposalsIn(source, period);
  const closed = endedIn(cases, period).filter(
    ({ inputs, closing }) => closing.closed && inputs.receivedAt !== undefined && closing.endedAt !== undefined,
  );
  const hours = closed
    .map(({ inputs, closing }) => (closing.endedAt! - inputs.receivedAt!) / 3600)
    .sort((a, b) => a - b);
  const { behind, ...counts } = countsOf(cases, period);
  const judged = (as: boolean | undefined): ReportCase[] => received.filter((c) => c.inputs.upheld === as);
  const [upheld, notUpheld] = [judged(true), judged(false)];
  const repeated = received.filter((c) => c.inputs.repeated === true);
  return {
    ...counts,
    averageHours: hours.length === 0 ? undefined : hours.reduce((a, b) => a + b, 0) / hours.length,
    p90Hours: hours[Math.ceil(0.9 * hours.length) - 1],
    upheld: upheld.length,
    notUpheld: notUpheld.length,
    undecided: judged(undefined).length,
    repeated: repeated.length,
    penaltyCount: penalties.length,
    penalties: sumOf(penalties.map((p) => p.amount)),
    proposedCount: proposals.length,
    proposed: sumOf(proposals.map((p) => p.amount)),
    compensation: sumOf(received.map((c) => c.outputs.compensation ?? fen(0))),
    behind: {
      ...behind,
      closed: rowsOf(closed),
      upheld: rowsOf(upheld),
      notUpheld: rowsOf(notUpheld),
      repeated: rowsOf(repeated),
      penalties: rowsOnce(penalties),
      proposed: rowsOnce(proposals),
      compensation: rowsOf(received.filter((c) => (c.outputs.compensation ?? 0) !== 0)),
    },
  };
}

/**
 * Penalties of a period that are settled, by the day on which they were: in a week by their own day, also where the case
 * is still open; in a month or half by 月份, since a reversal is booked in a later one.
 */
export function penaltiesIn({ penalties }: ReportSource, period: Period): Penalty[] {
  const months = monthsOf(period);
  const settled = settledOnly(penalties);
  if (months.length > 0) return settled.filter((p) => months.includes(p.month));
  return settled.filter(({ settledOn }) => settledOn !== undefined && within(startOfDay(settledOn), period));
}

/** What is proposed only, as of `now`, on cases received in the period: they belong to no month until they are settled. */
export function proposalsIn({ cases, penalties }: ReportSource, period: Period): Penalty[] {
  const received = new Set(receivedIn(cases, period).map(({ row }) => row));
  return proposedOnly(penalties).filter(({ row }) => received.has(row));
}

/** Persons named in received cases or punished in the period; most cases first. */
export function personFigures(source: ReportSource, period: Period): PersonFigures[] {
  const found = new Map<string, { received: number[]; late: number[]; penalties: Penalty[] }>();
  const of = (person: string) => {
    let entry = found.get(person);
    if (!entry) found.set(person, (entry = { received: [], late: [], penalties: [] }));
    return entry;
  };
  const texts = subjectsByName(source);
  const names = (c: ReportCase): Set<string> =>
    new Set(
      (c.inputs.person ?? []).map(({ name }) => (texts.get(name)?.size === 1 ? [...texts.get(name)!][0]! : name)),
    );
  for (const c of receivedIn(source.cases, period)) for (const name of names(c)) of(name).received.push(c.row);
  for (const c of endedIn(source.cases, period))
    if (c.closing.kept === false) for (const name of names(c)) of(name).late.push(c.row);
  for (const penalty of penaltiesIn(source, period))
    if (penalty.subjectType === "个人") of(subjectText(penalty)).penalties.push(penalty);
  return [...found]
    .map(([person, { received, late, penalties }]) => ({
      person,
      received: received.length,
      late: late.length,
      penaltyCount: penalties.length,
      penalties: sumOf(penalties.map(({ amount }) => amount)),
      behind: { received: together([received]), late: together([late]), penalties: rowsOnce(penalties) },
    }))
    .sort((a, b) => b.received - a.received || b.penalties - a.penalties);
}

/** How the persons that are penalised are shown, by name and by 工号: a name that fits several tells none of them. */
function subjectsByName({ penalties }: ReportSource): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const penalty of penalties) {
    if (penalty.subjectType !== "个人") continue;
    for (const key of [penalty.subject, penalty.employeeNo])
      if (key !== undefined) found.set(key, (found.get(key) ?? new Set()).add(subjectText(penalty)));
  }
  return found;
}

export function penaltySums(settled: readonly Penalty[], proposed: readonly Penalty[]): PenaltySum[] {
  const sum = (penalties: readonly Penalty[]): Fen => sumOf(penalties.map((p) => p.amount));
  return PENALTY_TYPES.flatMap((type) => {
    const own = settled.filter((p) => p.type === type);
    const open = proposed.filter((p) => p.type === type);
    const behind = { settled: rowsOnce(own), proposed: rowsOnce(open) };
    return own.length + open.length === 0
      ? []
      : [{ type, count: own.length, amount: sum(own), proposed: sum(open), behind }];
  });
}

/** What is taken in the months of a period, posted and drafted apart; what is carried on is that of its last month. */
export function deductionFigures({ deductions }: ReportSource, period: Period): DeductionFigures | undefined {
  const months = monthsOf(period);
  const last = months.at(-1);
  if (last === undefined) return undefined;
  const own = deductions.filter(({ month }) => months.includes(month));
  const posted = own.filter(({ state }) => state === "已入账");
  const taken = (list: readonly Deduction[]): Fen => sumOf(list.map(({ deducted }) => deducted));
  return {
    persons: new Set(own.map(({ employeeNo, person }) => employeeNo ?? person)).size,
    posted: taken(posted),
    drafted: taken(own.filter((deduction) => !posted.includes(deduction))),
    carriedOut: sumOf(own.filter(({ month }) => month === last).map(({ carriedOut }) => carriedOut)),
  };
}

export function overdueCases(cases: readonly ReportCase[], period: Period): ReportCase[] {
  const end = endOf(period);
  return cases
    .filter((c) => isOverdue(c) && c.inputs.receivedAt !== undefined && c.inputs.receivedAt < end)
    .sort((a, b) => a.inputs.receivedAt! - b.inputs.receivedAt! || a.row - b.row);
}
