import type { ComplaintInputs } from "../domain/complaint.js";
import { fen, type Fen } from "../domain/money.js";
import type { Penalty } from "./outcome.js";

/*
 * Proposed and settled: a penalty is 拟定 until the case it belongs to is closed, then 确定; one of a case that goes on
 * under a new number is 作废. Only 确定 ones reach deductions, notices and payroll.
 */
/** 处罚状态 of a row. */
export type RowPenaltyState = "拟定" | "部分确定" | "确定";

/** Penalties that are settled: what is deducted, noticed and paid. */
export function settledOnly<Item extends Pick<Penalty, "state">>(penalties: readonly Item[]): readonly Item[] {
  return penalties.filter(({ state }) => state === "确定");
}

/** Penalties that are proposed. */
export function proposedOnly<Item extends Pick<Penalty, "state">>(penalties: readonly Item[]): readonly Item[] {
  return penalties.filter(({ state }) => state === "拟定");
}

/** 处罚合计 and 处罚状态 of a row: proposed and settled ones together; undefined where there is none. */
export function rowPenalties(
  penalties: readonly Pick<Penalty, "state" | "amount">[],
): { readonly total: Fen; readonly state: RowPenaltyState } | undefined {
  // No lists are made: this is asked of every row, and most have no penalty.
  let total = 0;
  let standing = 0;
  let settled = 0;
  for (const { state, amount } of penalties) {
    if (state === "作废") continue;
    standing += 1;
    if (state === "确定") settled += 1;
    total += amount;
  }
  if (standing === 0) return undefined;
  return { total: fen(total), state: settled === 0 ? "拟定" : settled === standing ? "确定" : "部分确定" };
}

/** Whether somebody wrote down who bears it, or that it was decided. Without, nobody is charged, not even on paper. */
export function isAttributed({ person, crew, departmentOverride, approveAt }: ComplaintInputs): boolean {
  return (
    (person !== undefined && person.length > 0) ||
    crew !== undefined ||
    departmentOverride !== undefined ||
    approveAt !== undefined
  );
}
