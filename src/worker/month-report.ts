import type { ReportSheet } from "../documents/reports/blocks.js";
import { generalReport } from "../documents/reports/general-report.js";
import { parsePeriod } from "../documents/reports/period.js";
import { reportCases } from "../documents/reports/report-case.js";
import { reportText } from "../documents/reports/texts.js";
import { readSettings } from "../domain/side-tables.js";
import type { LedgerSnapshot } from "../ledger/port.js";
import type { Outcome } from "../process/outcome.js";
import type { When } from "./messages.js";

/** A month's report as the command `report` has it, before it is laid out. `month` is yyyy-mm. */
export function monthReport(
  snapshot: LedgerSnapshot,
  outcome: Outcome,
  { month, now, language }: When & { readonly month: string },
): ReportSheet {
  const period = parsePeriod("month", month);
  if (!period) throw new Error(`not a month: ${month}`);
  const settings = snapshot.sideTables.get("Settings");
  const cases = reportCases(snapshot, outcome, language);
  return generalReport(
    { cases, penalties: outcome.penalties, now },
    { t: reportText(language), organisation: settings && readSettings(settings).settings.organisation, period, now },
  ).sheet;
}
