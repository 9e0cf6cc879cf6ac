import { noticePages, type NoticePage } from "../documents/notices/notice-pages.js";
import { noticeText } from "../documents/notices/texts.js";
import { yuanText } from "../domain/money.js";
import { readSettings, type Settings } from "../domain/side-tables.js";
import { noticeTables } from "../ledger/notice-tables.js";
import type { LedgerSnapshot } from "../ledger/port.js";
import { runLedger, type LedgerRun, type RunOptions } from "../ledger/run-ledger.js";
import cliEn from "../locales/cli.en-US.json" with { type: "json" };
import cliZh from "../locales/cli.zh-CN.json" with { type: "json" };
import { fill, type Language } from "../locales/language.js";
import type { Outcome } from "../process/outcome.js";
import { readRow } from "../process/read-row.js";
import type { DocumentFile } from "./messages.js";

/** Deduction notices in the pane, made as the command `notices` makes them. */

const ISSUED = { zh: cliZh["notices.issued"], en: cliEn["notices.issued"] } as const;

function settingsOf({ sideTables }: LedgerSnapshot): Settings | undefined {
  const table = sideTables.get("Settings");
  return table && readSettings(table).settings;
}

/** Judges the ledger together with the notices of a month; the run's write records those that are new. */
export function judgeWithNotices(
  snapshot: LedgerSnapshot,
  options: RunOptions,
  month: string,
): { readonly run: LedgerRun; readonly pages: readonly NoticePage[] } {
  const { packs, statutes, now, language } = options;
  const rows = new Map(snapshot.rows.map((row) => [row.row, row]));
  let pages: NoticePage[] = [];
  const run = runLedger(snapshot, {
    ...options,
    issue(outcome, standing) {
      pages = noticePages({
        month,
        outcome,
        standing,
        packs,
        statutes,
        inputsOf(row) {
          const raw = rows.get(row);
          return raw && readRow(raw, { sheet: snapshot.sheet, columns: snapshot.columns }, language).inputs;
        },
        settings: settingsOf(snapshot)?.raw ?? new Map(),
        now,
        language,
      });
      const fresh = pages.filter(({ isNew }) => isNew);
      if (fresh.length === 0) return undefined;
      return {
        tables: noticeTables(fresh.map(({ notice, penalties }) => ({ notice, items: penalties }))),
        entries: fresh.map(({ notice }) => ({
          id: notice.number,
          text: fill(ISSUED[language], { subject: notice.subject, amount: yuanText(notice.amount) }),
        })),
      };
    },
  });
  return { run, pages };
}

/** The notices as a workbook, one sheet each. exceljs is large and only loaded for this. */
export async function noticesWorkbook(
  pages: readonly NoticePage[],
  snapshot: LedgerSnapshot,
  month: string,
  language: Language,
): Promise<DocumentFile> {
  const { noticeWorkbook } = await import("../documents/notices/notice-workbook.js");
  const bytes = await noticeWorkbook([...pages], settingsOf(snapshot)?.organisation, language);
  return { name: `${noticeText(language, "file.notices", { month })}.xlsx`, bytes };
}

/** The list by which wages are paid, as the command `notices` makes it. */
export async function payrollFile(
  { deductions }: Outcome,
  pages: readonly NoticePage[],
  snapshot: LedgerSnapshot,
  month: string,
  language: Language,
): Promise<DocumentFile> {
  const { payrollWorkbook } = await import("../documents/notices/payroll.js");
  const bytes = await payrollWorkbook({
    month,
    deductions: deductions.filter((deduction) => deduction.month === month),
    pages,
    organisation: settingsOf(snapshot)?.organisation,
    language,
  });
  return { name: `${noticeText(language, "file.payroll", { month })}.xlsx`, bytes };
}
