import { addMonths } from "../domain/clocks.js";
import { dayOfTime, isoDate, parseIso } from "../domain/wall-time.js";
import { regulationClause } from "../rules/clause.js";
import type { PenaltyType } from "../rules/events/kinds.js";
import type { Cap, PackHeader } from "../rules/pack-schema.js";
import type { Penalty } from "./outcome.js";

/** A penalty on its way to what is taken from a person: with its caps, and what makes it the same one later. */

/** A cap of a pack as it was in force when the complaint came in. */
export interface PackCap {
  /** Unique over packs and values: penalties that share a key share the cap's room. */
  readonly key: string;
  readonly covers: readonly PenaltyType[];
  /** Per cent of 月绩效奖金. */
  readonly rate: number;
  /** The clause, document first. */
  readonly clause: string;
}

/** A penalty of a person with the caps of its pack. */
export interface DuePenalty {
  readonly penalty: Penalty;
  readonly caps: readonly PackCap[];
}

/** The key of a pack's cap: the same clause with another rate (before and after a change) is another cap. */
export function packCap(header: PackHeader, cap: Cap, rate: number): PackCap {
  return {
    key: `${header.id}/${cap.id}/${rate}`,
    covers: cap.covers,
    rate,
    clause: regulationClause(cap.clause, header),
  };
}

/** A penalty that stands in the workbook as it was; its row in the ledger may be gone. */
export type StandingPenalty = Omit<Penalty, "row" | "state" | "settledOn" | "employeeNo" | "ownMonthOnly"> & {
  readonly employeeNo?: string | undefined;
};

export interface NoticedPenalty extends StandingPenalty {
  /** 通知编号 */
  readonly notice: string;
}

/** Marks 事由 of what is given back of a penalty, and of what is added to it, after it went out. */
export const REVERSAL = "冲回：";
export const SURCHARGE = "补扣：";

/** Why something is given back: what the row comes to now, before its calculation; or nothing. */
export const CHANGED_TO = "改为";
export const NO_LONGER = "不再处罚";

/** What makes two penalties the same one although amount, month or rule changed: complaint, subject, type and 事由. */
export function penaltyKey(penalty: StandingPenalty): string {
  const { packId, complaintId, subjectType, subject, type, reason } = penalty;
  return JSON.stringify([packId, complaintId, subjectType, subject, type, originalReason(reason)]);
}

/** 事由 without the mark of a reversal or surcharge. */
export function originalReason(reason: string): string {
  for (const mark of [REVERSAL, SURCHARGE]) if (reason.startsWith(mark)) return reason.slice(mark.length);
  return reason;
}

/** What is added to 事由 where a rule charges for each month: no two of them are the same act. */
export function monthOccasion(number: number): string {
  return `（第${number}个月）`;
}

/** 事由 as the rule has it: without mark and month. */
export function ruleReason(reason: string): string {
  return originalReason(reason).replace(/（第\d+个月）$/, "");
}

/** yyyy-mm of the month after. */
export function followingMonth(month: string): string {
  return isoDate(addMonths(dayOfTime(parseIso(`${month}-01`)!), 1)).slice(0, 7);
}
