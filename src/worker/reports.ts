import type { ReportSheet } from "../documents/reports/blocks.js";
import type { ReportSource } from "../documents/reports/figures.js";
import { generalReport } from "../documents/reports/general-report.js";
import { packReport } from "../documents/reports/pack-report.js";
import { parsePeriod, type PeriodKind } from "../documents/reports/period.js";
import { reportCases } from "../documents/reports/report-case.js";
import { reportText } from "../documents/reports/texts.js";
import { readSettings } from "../domain/side-tables.js";
import type { LedgerSnapshot } from "../ledger/port.js";
import type { Language } from "../locales/language.js";
import type { Outcome } from "../process/outcome.js";
import type { Pack } from "../rules/pack.js";
import { GENERAL_REPORTS } from "../documents/reports/report-ids.js";
import type { ReportChoice, When } from "./messages.js";

/** The reports of the command `report`, before they are laid out. */

const GENERAL_KINDS = Object.keys(GENERAL_REPORTS) as PeriodKind[];

/** The general reports, then those that the packs' regulations ask for. */
export function reportChoices(packs: ReadonlyMap<string, Pack>, language: Language): ReportChoice[] {
  const t = reportText(language);
  return [
    ...GENERAL_KINDS.map((kind) => ({
      id: GENERAL_REPORTS[kind],
      title: t(`title.${kind}`),
      regulation: undefined,
      kind,
    })),
    ...[...packs.values()].flatMap(({ header, reports }) =>
      reports.map(({ id, title, period }) => ({
        id: `${header.id}/${id}`,
        title: title[language],
        regulation: header.title[language],
        kind: period,
      })),
    ),
  ];
}

/** Makes a report on a period. Throws Error if there is no such report or period. */
export function reportSheet(
  { report: wanted, period: key }: { readonly report: string; readonly period: string },
  snapshot: LedgerSnapshot,
  outcome: Outcome,
  { now, language, packs }: When & { readonly packs: ReadonlyMap<string, Pack> },
): ReportSheet {
  const general = GENERAL_KINDS.find((kind) => GENERAL_REPORTS[kind] === wanted);
  const own = [...packs.values()]
    .flatMap(({ header, reports }) => reports.map((report) => ({ header, report })))
    .find(({ header, report }) => `${header.id}/${report.id}` === wanted);
  const kind = general ?? own?.report.period;
  const period = kind && parsePeriod(kind, key);
  if (!period) throw new Error(`no report ${wanted} on ${key}`);
  const table = snapshot.sideTables.get("Settings");
  const settings = table && readSettings(table).settings;
  const source: ReportSource = {
    cases: reportCases(snapshot, outcome, language),
    penalties: outcome.penalties,
    now,
  };
  const frame = { t: reportText(language), organisation: settings?.organisation, period, now };
  if (!own) return generalReport(source, frame).sheet;
  const sales = settings?.sales ?? new Map<string, number>();
  return packReport(own.header, own.report, source, { frame, language, sales });
}
