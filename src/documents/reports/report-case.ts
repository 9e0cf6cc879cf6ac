import type { ComplaintInputs, ComplaintOutputs } from "../../domain/complaint.js";
import type { WallTime } from "../../domain/wall-time.js";
import type { LedgerSnapshot } from "../../ledger/port.js";
import type { Outcome, RowOutcome } from "../../process/outcome.js";
import { readRow } from "../../process/read-row.js";
import type { Language } from "../../locales/language.js";

/** A judged complaint as reports look at it: what was entered and what the rules say of it. */
export interface ReportCase {
  readonly row: number;
  readonly id: string;
  readonly packId: string | undefined;
  readonly inputs: ComplaintInputs;
  readonly outputs: ComplaintOutputs;
}

/** The judged rows of a ledger, in its order. */
export function reportCases(snapshot: LedgerSnapshot, outcome: Outcome, language: Language): ReportCase[] {
  const judged = new Map<number, RowOutcome>(outcome.rows.map((row) => [row.row, row]));
  const place = { sheet: snapshot.sheet, columns: snapshot.columns };
  return snapshot.rows.flatMap((raw) => {
    const row = judged.get(raw.row);
    if (!row) return [];
    const { inputs } = readRow(raw, place, language);
    return [{ row: raw.row, id: row.id ?? "", packId: row.packId, inputs, outputs: row.outputs }];
  });
}

/** Statuses that end a case although no 结案时间 is written. */
const ENDED_WITHOUT_CLOSING = new Set(["不成立", "已转新单"]);

/**
 * When a case came to its end: 结案时间 (never before 受理时间, so that no case ends before it begins); for a case that was
 * not upheld, or goes on under another number, without one: 受理时间. Undefined while it is open.
 */
export function endedAt({ inputs, outputs }: ReportCase): WallTime | undefined {
  const { receivedAt, closeAt } = inputs;
  if (receivedAt === undefined) return undefined;
  if (closeAt !== undefined) return Math.max(closeAt, receivedAt) as WallTime;
  return ENDED_WITHOUT_CLOSING.has(outputs.status ?? "") ? receivedAt : undefined;
}

/** Whether an ended case kept its limit; undefined if it had none. */
export function keptLimit({ inputs, outputs }: ReportCase): boolean | undefined {
  if (outputs.status === "逾期结案") return false;
  if (inputs.closeAt === undefined || outputs.closeDue === undefined) return undefined;
  return inputs.closeAt <= outputs.closeDue;
}

const OPEN_AND_OVERDUE = new Set(["已逾期", "回访逾期"]);

/** Something about the case is past its limit and still to be done. */
export function isOverdue({ outputs }: ReportCase): boolean {
  return OPEN_AND_OVERDUE.has(outputs.status ?? "");
}
