import type { ComplaintInputs, ComplaintOutputs } from "../../domain/complaint.js";
import type { LedgerSnapshot } from "../../ledger/port.js";
import type { Closing } from "../../process/closing.js";
import { complaintNames } from "../../process/complaint-name.js";
import type { Outcome, RowOutcome } from "../../process/outcome.js";
import { readRow } from "../../process/read-row.js";
import type { Pack } from "../../rules/pack.js";
import type { Language } from "../../locales/language.js";

/** A judged complaint as reports look at it: what was entered and what the rules say of it. */
export interface ReportCase {
  readonly row: number;
  readonly id: string;
  /** The number, with the title of its pack where it stands in several. */
  readonly name: string;
  readonly packId: string | undefined;
  readonly inputs: ComplaintInputs;
  readonly outputs: ComplaintOutputs;
  readonly closing: Closing;
}

/** The judged rows of a ledger, in its order. */
export function reportCases(
  snapshot: LedgerSnapshot,
  outcome: Outcome,
  packs: ReadonlyMap<string, Pack>,
  language: Language,
): ReportCase[] {
  const nameOf = complaintNames(outcome.rows, packs, language);
  const judged = new Map<number, RowOutcome>(outcome.rows.map((row) => [row.row, row]));
  const place = { sheet: snapshot.sheet, columns: snapshot.columns };
  return snapshot.rows.flatMap((raw) => {
    const row = judged.get(raw.row);
    if (!row) return [];
    const { inputs } = readRow(raw, place, language);
    const { id = "", packId, outputs, closing } = row;
    return [{ row: raw.row, id, name: nameOf({ id, packId }), packId, inputs, outputs, closing }];
  });
}

/** Something about the case is past its limit and still to be done. */
export function isOverdue({ outputs }: ReportCase): boolean {
  return outputs.overdue === true && outputs.status !== "逾期结案";
}
