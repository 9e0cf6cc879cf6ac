import ExcelJS from "exceljs";
import type { Balances } from "../../books/accounts.js";
import type { Statement, StatementLine } from "../../books/statement.js";
import { parseRests } from "../../books/rests.js";
import { ceilingText } from "../../books/ceilings.js";
import { yuanNumber, yuanText } from "../../domain/money.js";
import type { Language } from "../../locales/language.js";
import { printOnA4 } from "../a4.js";
import { steadyZip } from "../steady-zip.js";
import { linesIn } from "../text-size.js";
import { noticeText, type NoticeKey } from "./texts.js";

/** 对账单 as a workbook: one person, line by line, with the balances after each. */

export interface StatementPaper {
  readonly statement: Statement;
  readonly organisation: string | undefined;
  /** How far the book had come. */
  readonly anchor: string;
  readonly language: Language;
}

const FONT = "宋体";
const RULE: Partial<ExcelJS.Border> = { style: "thin", color: { argb: "FF8C96A3" } };

const COLUMNS = [
  { key: "statement.month", width: 9 },
  { key: "statement.kind", width: 7 },
  { key: "statement.complaint", width: 14 },
  { key: "statement.why", width: 46 },
  { key: "statement.amount", width: 11 },
  { key: "statement.owed", width: 11 },
  { key: "statement.taken", width: 11 },
  { key: "statement.held", width: 11 },
  { key: "statement.state", width: 8 },
  { key: "statement.ref", width: 19 },
] as const satisfies readonly { key: NoticeKey; width: number }[];

export async function statementWorkbook(paper: StatementPaper): Promise<Uint8Array> {
  const { statement, organisation, anchor, language } = paper;
  const t = (key: NoticeKey, params?: Record<string, string | number>): string => noticeText(language, key, params);
  const book = new ExcelJS.Workbook();
  book.creator = "条理 Tiaoli";
  // Fixed, so that the same account gives the same bytes.
  book.created = book.modified = new Date(Date.UTC(2026, 0, 1));
  const sheet = book.addWorksheet(t("statement.title"), {
    views: [{ state: "frozen", ySplit: 5, showGridLines: false }],
    headerFooter: { oddFooter: `&C${t("page")}` },
  });
  printOnA4(sheet, { landscape: true, onePage: false });
  sheet.columns = COLUMNS.map(({ width }) => ({ width }));
  const banner = (text: string, size: number, height: number, center: boolean): void => {
    const row = sheet.addRow([text]);
    sheet.mergeCells(row.number, 1, row.number, COLUMNS.length);
    row.height = height;
    row.getCell(1).font = { name: size > 14 ? "黑体" : FONT, size, bold: size > 14 };
    row.getCell(1).alignment = { horizontal: center ? "center" : "left", vertical: "middle", wrapText: true };
  };
  const add = (values: readonly (string | number)[], head: boolean): void => {
    const row = sheet.addRow([...values]);
    values.forEach((value, i) => {
      const cell = row.getCell(i + 1);
      cell.font = { name: FONT, size: 10, bold: head };
      cell.border = { top: RULE, left: RULE, bottom: RULE, right: RULE };
      const horizontal = head ? "center" : typeof value === "number" ? "right" : "left";
      cell.alignment = { wrapText: true, vertical: "middle", horizontal };
      if (typeof value === "number") cell.numFmt = "#,##0.00";
      if (head) cell.fill = { type: "pattern", pattern: "solid", fgColor: { argb: "FFEFF3F8" } };
    });
    row.height = Math.max(20, ...values.map((value, i) => linesIn(String(value), COLUMNS[i]!.width) * 14 + 4));
  };
  banner(organisation ?? "", 12, 20, true);
  banner(t("statement.title"), 18, 32, true);
  banner(
    t("statement.of", { person: personText(statement, language), span: spanText(statement, language) }),
    11,
    20,
    true,
  );
  banner(t("statement.opening", balanceParams(statement.opening)), 10.5, 20, false);
  add(
    COLUMNS.map(({ key }) => t(key)),
    true,
  );
  const taken = new Set(statement.lines.flatMap(({ entry }) => (entry.kind === "扣款" ? [entry.month] : [])));
  for (const line of statement.lines) add(cellsOf(line, language, taken), false);
  const last = sheet.rowCount;
  banner(t("statement.closing", balanceParams(statement.closing)), 10.5, 20, false);
  const { settled, takenBack, lapsed, deducted, deductedDraft, refunded } = statement;
  const sums = { settled, takenBack, lapsed, deducted, deductedDraft, refunded };
  const texts = Object.fromEntries(Object.entries(sums).map(([key, amount]) => [key, yuanText(amount)]));
  banner(t("statement.sums", texts), 10.5, 20, false);
  if (anchor !== "") banner(t("anchor", { anchor }), 9, 18, false);
  banner(t("statement.confirm"), 10.5, 40, false);
  keepTogether(sheet, last);
  sheet.pageSetup.printTitlesRow = "5:5";
  return steadyZip(new Uint8Array(await book.xlsx.writeBuffer()));
}

/**
 * The sums and signatures below the last line never stand alone on a page. How much a page holds depends on the fonts of
 * the machine that prints, so the last line goes with them wherever it might come out otherwise.
 */
function keepTogether(sheet: ExcelJS.Worksheet, last: number): void {
  const heightOf = (row: number): number => sheet.getRow(row).height;
  const end = Array.from({ length: sheet.rowCount - last }, (_, i) => heightOf(last + 1 + i)).reduce(
    (a, b) => a + b,
    0,
  );
  const mayPart = PAGE_ROOMS.some((room) => {
    let used = 0;
    for (let row = 1; row <= last; row++) {
      const height = heightOf(row);
      // The headers are repeated on each page.
      if (used + height > room) used = heightOf(HEADERS);
      used += height;
    }
    return used + end > room;
  });
  if (mayPart && last > HEADERS + 1) sheet.getRow(last - 1).addPageBreak();
}

/** Points of rows that a landscape A4 may hold, printed at 100 to 70 per cent. */
const PAGE_ROOMS = [500, 540, 580, 620, 660, 700, 730];

const HEADERS = 5;

/** `taken`: months with a 扣款, which says the ceilings that 结转 need not say again. */
function cellsOf(
  { entry, ref, after }: StatementLine,
  language: Language,
  taken: ReadonlySet<string>,
): (string | number)[] {
  const t = (key: NoticeKey): string => noticeText(language, key);
  const isSaid = entry.kind === "结转" && taken.has(entry.month);
  const ceilings = isSaid ? [] : (parseRests(entry.rests).ceilings ?? []).map(ceilingText);
  const why = [entry.reason, entry.formula, entry.clause, ...ceilings].filter((text) => text !== "");
  return [
    ...[entry.month, entry.kind, entry.complaintId, why.join("；")],
    ...[entry.amount, after.owed, after.taken, after.held].map(yuanNumber),
    t(ref === undefined ? "statement.draft" : "statement.posted"),
    ref ?? "",
  ];
}

function personText({ person: { name, employeeNo } }: Statement, language: Language): string {
  return employeeNo === undefined ? name : noticeText(language, "subject.numbered", { name, no: employeeNo });
}

/** The months of a statement as its title and its file name say them. */
export function spanText({ from, to, lines }: Statement, language: Language): string {
  // A 年结 is posted after entries of later months: the last line need not be of the last month.
  const months = lines.map(({ entry }) => entry.month).sort();
  const first = from ?? months[0];
  const last = to ?? months.at(-1);
  return first === undefined || last === undefined
    ? noticeText(language, "statement.all")
    : noticeText(language, "statement.span", { from: first, to: last });
}

function balanceParams({ owed, taken, held }: Balances): Record<string, string> {
  return { owed: yuanText(owed), taken: yuanText(taken), held: yuanText(held) };
}
