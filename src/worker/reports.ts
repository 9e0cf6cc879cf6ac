import type { ReportSheet } from "../documents/reports/blocks.js";
import type { DocumentFile } from "../jobs/issue-notices.js";
import type { ExaminedLedger, MayWrite } from "../jobs/judge-ledger.js";
import type { ReportChoice } from "../jobs/make-report.js";
import type { Today } from "../jobs/today.js";
import type { Language } from "../locales/language.js";
import { maskerIf } from "./case-papers.js";
import type { Input } from "./messages.js";

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
