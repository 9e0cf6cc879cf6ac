import type { ComplaintInputs, ComplaintOutputs } from "../../domain/complaint.js";
import type { LedgerSnapshot } from "../../ledger/port.js";
import type { Closing } from "../../process/closing.js";
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
  readonly closing: Closing;
}

/** The judged rows of a ledger, in its order. */
export function reportCases(snapshot: LedgerSnapshot, outcome: Outcome, language: Language): ReportCase[] {
  const judged = new Map<number, RowOutcome>(outcome.rows.map((row) => [row.row, row]));
  const place = { sheet: snapshot.sheet, columns: snapshot.columns };
  return snapshot.rows.flatMap((raw) => {
    const row = judged.get(raw.row);
    if (!row) return [];
    const { inputs } = readRow(raw, place, language);
    return [{ row: raw.row, id: row.id ?? "", packId: row.packId, inputs, outputs: row.outputs, closing: row.closing }];
  });
}

/** Something about the case is past its limit and still to be done. */
export function isOverdue({ outputs }: ReportCase): boolean {
  return outputs.overdue === true && outputs.status !== "逾期结案";
}
