import type { Day } from "../../domain/wall-time.js";

/** When a penalty is settled (确定): until then it is proposed (拟定) and reaches no deduction, notice or payroll list. */

/** What is known of a case when it is asked whether a penalty of it is settled. */
export interface CaseDays {
  /** 结案时间, where it counts. */
  readonly closed: Day | undefined;
  /** 核决时间. */
  readonly approved: Day | undefined;
  /** The day that the clause itself dates the penalty by. */
  readonly own: Day | undefined;
}

interface Settlement {
  readonly about: string;
  /** 结清日; undefined while it is open. */
  settledOn(days: CaseDays): Day | undefined;
}

export const SETTLEMENTS = {
  closing: {
    about: "with the case: on the day of 结案时间",
    settledOn: ({ closed }) => closed,
  },
  approval: {
    about: "with the case, and not before 核决时间",
    settledOn: ({ closed, approved }) =>
      closed === undefined || approved === undefined ? undefined : closed > approved ? closed : approved,
  },
  "own-day": {
    about: "on the day given under `day`, whether the case is open or closed",
    settledOn: ({ own }) => own,
  },
} as const satisfies Readonly<Record<string, Settlement>>;

export type SettledBy = keyof typeof SETTLEMENTS;
export const SETTLED_BY = Object.keys(SETTLEMENTS) as [SettledBy, ...SettledBy[]];

/** 结清日 of a penalty; undefined while it is proposed. */
export function settledOn(by: SettledBy, days: CaseDays): Day | undefined {
  return SETTLEMENTS[by].settledOn(days);
}
