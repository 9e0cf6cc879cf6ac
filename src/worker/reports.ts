import type { ReportSheet } from "../documents/reports/blocks.js";
import type { DocumentFile } from "../jobs/issue-notices.js";
import type { ExaminedLedger, MayWrite } from "../jobs/judge-ledger.js";
import type { ReportChoice } from "../jobs/make-report.js";
import type { SplitFiles } from "../jobs/split-files.js";
import type { Today } from "../jobs/today.js";
import { shownCell } from "../ledger/shown-cell.js";
import type { Language } from "../locales/language.js";
import { maskerIf } from "./case-papers.js";
import type { Input, RowLine } from "./messages.js";

/** Reports and what is due, from the ledger as it was judged last; what makes them comes when it is asked for. */

export async function reportChoicesOf(ledger: ExaminedLedger, language: Language): Promise<ReportChoice[]> {
  const { packsAtWork, reportChoices } = await import("../jobs/make-report.js");
  return reportChoices(packsAtWork(ledger), language);
}

export async function reportOf(leave: MayWrite, wanted: Input<"report">): Promise<ReportSheet> {
  const { reportSheet } = await import("../jobs/make-report.js");
  const sheet = reportSheet(leave, wanted);
  return (await maskerIf(wanted.mask, leave))?.all(sheet) ?? sheet;
}

export async function todayWith(leave: MayWrite): Promise<Today> {
  const { todayOf } = await import("../jobs/today.js");
  return todayOf(leave);
}

export async function remindersOf(
  leave: MayWrite,
  { kind, language }: Input<"reminders">,
): Promise<readonly DocumentFile[]> {
  const { reminderDrafts, remindersCalendar, calendarName } = await import("../jobs/reminders.js");
  const today = await todayWith(leave);
  if (kind === "drafts") return reminderDrafts(today, language);
  return [{ name: calendarName(today, language), bytes: remindersCalendar(today, language) }];
}

export async function splitOf(
  leave: MayWrite,
  { by, mask, language, ...choice }: Input<"splitReport">,
): Promise<SplitFiles> {
  const [{ reportsBesideChoice }, { archived, splitFiles }] = await Promise.all([
    import("../jobs/make-report.js"),
    import("../jobs/split-files.js"),
  ]);
  const masker = await maskerIf(mask, leave);
  const whole = reportsBesideChoice(leave, choice);
  const files = await splitFiles(leave, whole, by, { masker, language });
  return { files, archive: archived(`${choice.period}.zip`, files) };
}

export function rowLines({ outcome, snapshot }: ExaminedLedger, rows: readonly number[]): RowLine[] {
  const wanted = new Set(rows);
  const received = new Map(
    snapshot.rows.filter(({ row }) => wanted.has(row)).map(({ row, cells }) => [row, cells.receivedAt]),
  );
  return outcome.rows
    .filter(({ row }) => wanted.has(row))
    .map(({ row, id, packId, outputs }) => ({
      row,
      id,
      packId,
      receivedAt: shownCell(received.get(row), "receivedAt"),
      status: outputs.status,
    }));
}
