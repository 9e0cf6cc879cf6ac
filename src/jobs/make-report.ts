import { freeSheetName } from "../ooxml/workbook-part.js";
import { anchorTextOf } from "../books/anchors.js";
import { analysisSheet } from "../documents/reports/analysis.js";
import type { ReportSheet } from "../documents/reports/blocks.js";
import type { ReportFigures, ReportSource } from "../documents/reports/figures.js";
import type { ReportFrame } from "../documents/reports/frame.js";
import { generalReport } from "../documents/reports/general-report.js";
import { groupValue, packReport } from "../documents/reports/pack-report.js";
import { parsePeriod, type Period, type PeriodKind } from "../documents/reports/period.js";
import { reportCases, type ReportCase } from "../documents/reports/report-case.js";
import { GENERAL_REPORTS } from "../documents/reports/report-ids.js";
import { splitSource } from "../documents/reports/split.js";
import { reportText } from "../documents/reports/texts.js";
import type { Masker } from "../documents/masking/masker.js";
import { sheetOfRow } from "../domain/sheet-rows.js";
import { memberOfRow } from "../ledger/group/member-of-row.js";
import type { Language } from "../locales/language.js";
import type { Pack } from "../rules/pack.js";
import type { PackReport, ReportGroup } from "../rules/report-schema.js";
import { settingsOf, type ExaminedLedger, type MayWrite } from "./judge-ledger.js";

/** A report that can be made on a ledger: the general one, or one that a pack's regulation asks for. */
export interface ReportChoice {
  readonly id: string;
  readonly title: string;
  /** The regulation that asks for it; undefined for the general ones. */
  readonly regulation: string | undefined;
  readonly kind: PeriodKind;
}

const GENERAL_KINDS = Object.keys(GENERAL_REPORTS) as PeriodKind[];

/** The packs by which rows were judged, in their order. */
export function packsAtWork({ outcome, options }: ExaminedLedger): ReadonlyMap<string, Pack> {
  const used = new Set(outcome.rows.map(({ packId }) => packId));
  return new Map([...options.packs].filter(([id]) => used.has(id)));
}

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

/** A general report on a period and those of the packs, before they are laid out. */
export interface PeriodReport {
  readonly source: ReportSource;
  readonly frame: ReportFrame;
  readonly figures: ReportFigures;
  readonly general: ReportSheet;
  readonly own: readonly ReportSheet[];
}

/** A report without the names and telephone numbers in it. */
export function maskedReport(report: PeriodReport, masker: Masker): PeriodReport {
  const { source, general, own } = report;
  const { cases, penalties, deductions } = source;
  return {
    ...report,
    source: { ...source, ...masker.all({ cases, penalties, deductions }) },
    general: masker.all(general),
    own: masker.all(own),
  };
}

/** All reports on a period. */
export function reportOnPeriod(leave: MayWrite, period: Period): PeriodReport {
  return periodReport(leave, period, sourceOf(leave));
}

/** By what a report is taken apart: the values of a column, or the sheets or workbooks that the ledger stands on. */
export type SplitBy = ReportGroup | "part";

/** A report taken apart by the values of a column; undefined: cases that have none. */
export function splitReports(
  leave: MayWrite,
  { source, frame: { period } }: PeriodReport,
  by: SplitBy,
): readonly { readonly label: string | undefined; readonly report: PeriodReport }[] {
  const { snapshot } = leave.ledger;
  const partOf = ({ row }: ReportCase): string | undefined =>
    memberOfRow(snapshot, row)?.source ?? snapshot.sheets?.[sheetOfRow(row)]?.sheet;
  const labelOf = by === "part" ? partOf : (c: ReportCase) => groupValue(c, by);
  const sources = splitSource(source, labelOf, by === "department" ? "department" : "other");
  return [...sources].map(([label, own]) => ({ label, report: periodReport(leave, period, own) }));
}

function periodReport(leave: MayWrite, period: Period, source: ReportSource): PeriodReport {
  const maker = makerOf(leave, period, source);
  const { frame } = maker;
  const { sheet: general, figures } = generalReport(source, frame);
  // A pack of which no row could be judged has nothing to report.
  const occurring = new Set(source.cases.map(({ packId }) => packId));
  const own = ownReports(leave)
    .filter(({ header, report }) => report.period === period.kind && occurring.has(header.id))
    .map((report) => maker.packSheet(report));
  const analysis = analysisSheet(source, frame);
  return { source, frame, figures, general, own: namedApart(analysis ? [analysis, ...own] : own) };
}

/** A pack made from another may bear its title, and so may its reports: of two of a name the second is numbered. */
function namedApart(sheets: readonly ReportSheet[]): ReportSheet[] {
  const taken: string[] = [];
  return sheets.map((sheet) => {
    const name = freeSheetName(sheet.name, taken);
    taken.push(name);
    return { ...sheet, name };
  });
}

/** One report on a period (`2026-03`, `2026-W13`, `2026H1`). Throws Error if there is no such report or period. */
export function reportSheet(
  leave: MayWrite,
  { report: wanted, period: key }: { readonly report: string; readonly period: string },
): ReportSheet {
  const { own, period } = chosenReport(leave, wanted, key);
  const maker = makerOf(leave, period, sourceOf(leave));
  return own ? maker.packSheet(own) : generalReport(maker.source, maker.frame).sheet;
}

/** All reports on the period that a choice of a report speaks of. Throws Error if there is no such report or period. */
export function reportsBesideChoice(
  leave: MayWrite,
  { report, period }: { readonly report: string; readonly period: string },
): PeriodReport {
  return reportOnPeriod(leave, chosenReport(leave, report, period).period);
}

function chosenReport(leave: MayWrite, wanted: string, key: string): { own: OwnReport | undefined; period: Period } {
  const general = GENERAL_KINDS.find((kind) => GENERAL_REPORTS[kind] === wanted);
  const own = ownReports(leave).find(({ header, report }) => `${header.id}/${report.id}` === wanted);
  const kind = general ?? own?.report.period;
  const period = kind && parsePeriod(kind, key);
  if (!period) throw new Error(`no report ${wanted} on ${key}`);
  return { own, period };
}

interface OwnReport {
  readonly header: Pack["header"];
  readonly report: PackReport;
}

function ownReports({ ledger }: MayWrite): OwnReport[] {
  return [...packsAtWork(ledger).values()].flatMap(({ header, reports }) =>
    reports.map((report) => ({ header, report })),
  );
}

interface ReportMaker {
  readonly source: ReportSource;
  readonly frame: ReportFrame;
  packSheet(own: OwnReport): ReportSheet;
}

function sourceOf({ ledger: { snapshot, outcome, options } }: MayWrite): ReportSource {
  const { packs, now, language } = options;
  const { penalties, deductions } = outcome;
  return { cases: reportCases(snapshot, outcome, packs, language), penalties, deductions, now };
}

function makerOf({ ledger: { snapshot, options, run } }: MayWrite, period: Period, source: ReportSource): ReportMaker {
  const { now, language } = options;
  const settings = settingsOf(snapshot);
  const frame: ReportFrame = {
    t: reportText(language),
    organisation: settings?.organisation,
    period,
    now,
    anchor: anchorTextOf(run.books.book),
  };
  const context = { frame, language, sales: settings?.sales ?? new Map<string, number>() };
  return { source, frame, packSheet: ({ header, report }) => packReport(header, report, source, context) };
}
