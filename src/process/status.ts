import type { Stage } from "../rules/facts.js";
import type { WallTime } from "../domain/wall-time.js";

/** The labels of 当前状态. */
export const STATUSES = [
  "数据有误",
  "待确认",
  "已转新单",
  "不成立",
  "暂缓关闭",
  "已结案",
  "逾期结案",
  "待回访",
  "回访逾期",
  "待反馈",
  "反馈逾期",
  "已逾期",
  "即将到期",
  "处理中",
] as const;
export type Status = (typeof STATUSES)[number];

/** A stage of a row whose limit is known. */
export interface Limit {
  readonly stage: Stage;
  readonly due: WallTime;
  /** An earlier target: from then on the row is 即将到期. */
  readonly target?: WallTime | undefined;
  readonly done?: WallTime | undefined;
  /** When the stage was done can't be read, or was asked about: it is neither open nor late. */
  readonly unsure?: true;
}

export interface StatusInput {
  /** Something the row depends on was asked and not answered, or can't be read. */
  readonly unsure: boolean;
  readonly transferred: boolean;
  readonly upheld: boolean | undefined;
  readonly deferred: boolean;
  readonly closed: boolean;
  readonly closedOnTime: boolean;
  readonly limits: readonly Limit[];
  readonly now: WallTime;
  /** How near a limit must be for 即将到期, in seconds. */
  readonly warning: number;
}

/** A stage is past its limit while open. */
export function isPast(limit: Limit, now: WallTime): boolean {
  return limit.done === undefined && limit.unsure !== true && now > limit.due;
}

/** A stage was done after its limit, or is open past it. */
export function isLate(limit: Limit, now: WallTime): boolean {
  if (limit.unsure === true) return false;
  return limit.done === undefined ? now > limit.due : limit.done > limit.due;
}

/** 当前状态 of a readable row: the first that fits. */
export function statusOf(input: StatusInput): Status {
  if (input.unsure) return "待确认";
  if (input.transferred) return "已转新单";
  if (input.upheld === false) return "不成立";
  if (input.deferred) return "暂缓关闭";
  const { limits, now } = input;
  if (input.closed) {
    const open = openAfterClosing(limits);
    if (open) return AFTER_CLOSING[open.stage][isPast(open, now) ? "late" : "open"];
    return input.closedOnTime ? "已结案" : "逾期结案";
  }
  if (limits.some((limit) => isPast(limit, now))) return "已逾期";
  const near = (limit: Limit): boolean =>
    limit.done === undefined && (limit.due - now < input.warning || (limit.target !== undefined && now > limit.target));
  return limits.some(near) ? "即将到期" : "处理中";
}

/** Stages that begin once the case is closed, and keep it open until they are done. */
const AFTER_CLOSING = {
  revisit: { open: "待回访", late: "回访逾期" },
  feedback: { open: "待反馈", late: "反馈逾期" },
} as const satisfies { readonly [Name in Stage]?: { readonly open: Status; readonly late: Status } };
type StageAfterClosing = keyof typeof AFTER_CLOSING;

export function beginsAtClosing(limit: Limit): limit is Limit & { readonly stage: StageAfterClosing } {
  return Object.hasOwn(AFTER_CLOSING, limit.stage);
}

/** The stage after closing that keeps a closed case open: the first in the order of the pack. */
export function openAfterClosing<L extends Limit>(
  limits: readonly L[],
): (L & { readonly stage: StageAfterClosing }) | undefined {
  return limits.find(
    (limit): limit is L & { readonly stage: StageAfterClosing } => beginsAtClosing(limit) && limit.done === undefined,
  );
}

/** 逾期: exactly the statuses that say so. */
export function isOverdueStatus(status: Status): boolean {
  return status === "已逾期" || status === "逾期结案" || status === "回访逾期" || status === "反馈逾期";
}
