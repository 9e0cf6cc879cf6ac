import type { WallTime } from "../../domain/wall-time.js";
import { endOf, startOf, within, type Period } from "./period.js";
import type { ReportCase } from "./report-case.js";
import { rowsOf, type RowsBehind } from "./rows-behind.js";

/** What is counted of a period. */

/** The counts of a period. openAtStart + received = ended + openAtEnd, and ended = onTime + late + withoutLimit. */
export interface Counts {
  /** 受理时间 in the period. */
  readonly received: number;
  /** Ended in the period, whenever received. */
  readonly ended: number;
  readonly openAtStart: number;
  readonly openAtEnd: number;
  readonly onTime: number;
  readonly late: number;
  readonly withoutLimit: number;
  /** Whose closing limit lies in the period and is decided: closed, or open past it. */
  readonly due: number;
  /** Of these: closed within it. */
  readonly dueKept: number;
}

/** The rows behind each count. */
export type CountedRows = Readonly<Record<keyof Counts, RowsBehind>>;

export interface Counted extends Counts {
  readonly behind: CountedRows;
}

export function receivedIn(cases: readonly ReportCase[], period: Period): ReportCase[] {
  return cases.filter((c) => within(c.inputs.receivedAt, period));
}

/** Cases that ended in the period, however they ended. */
export function endedIn(cases: readonly ReportCase[], period: Period): ReportCase[] {
  return cases.filter((c) => within(c.closing.endedAt, period));
}

/** Each count is the number of the rows behind it. */
export function countsOf(cases: readonly ReportCase[], period: Period): Counted {
  const [start, end] = [startOf(period), endOf(period)];
  const ended = endedIn(cases, period);
  const openAt = (time: WallTime): ReportCase[] =>
    cases.filter((c) => {
      const from = c.inputs.receivedAt;
      const to = c.closing.endedAt;
      return from !== undefined && from < time && (to === undefined || to >= time);
    });
  const kept = (is: boolean | undefined): ReportCase[] => ended.filter((c) => c.closing.kept === is);
  const due = cases.filter(({ closing }) => within(closing.due, period) && closing.kept !== undefined);
  const behind: CountedRows = {
    received: rowsOf(receivedIn(cases, period)),
    ended: rowsOf(ended),
    openAtStart: rowsOf(openAt(start)),
    openAtEnd: rowsOf(openAt(end)),
    onTime: rowsOf(kept(true)),
    late: rowsOf(kept(false)),
    withoutLimit: rowsOf(kept(undefined)),
    due: rowsOf(due),
    dueKept: rowsOf(due.filter(({ closing }) => closing.kept === true)),
  };
  return { ...numbersOf(behind), behind };
}

export function numbersOf(behind: CountedRows): Counts {
  return {
    received: behind.received.length,
    ended: behind.ended.length,
    openAtStart: behind.openAtStart.length,
    openAtEnd: behind.openAtEnd.length,
    onTime: behind.onTime.length,
    late: behind.late.length,
    withoutLimit: behind.withoutLimit.length,
    due: behind.due.length,
    dueKept: behind.dueKept.length,
  };
}
