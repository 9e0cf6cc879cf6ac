import { addToList } from "../../domain/grouping.js";
import ExcelJS from "exceljs";
import { csvFile } from "../../domain/csv.js";
import { fen, sumOf, yuanNumber, yuanText, type Fen } from "../../domain/money.js";
import type { Language } from "../../locales/language.js";
import type { Deduction } from "../../process/outcome.js";
import { personKey } from "../../books/entry.js";
import type { HoldChange } from "../../books/holds.js";
import type { LateSum } from "../../books/late.js";
import { printOnA4 } from "../a4.js";
import { steadyZip } from "../steady-zip.js";
import { linesIn } from "../text-size.js";
import type { NoticePage } from "./notice-pages.js";
import { monthName, noticeText, type NoticeKey } from "./texts.js";

/** The list by which wages are paid: everybody's deduction of the month, also what was only carried in. */

export interface PayrollList {
  readonly month: string;
  readonly deductions: readonly Deduction[];
  readonly pages: readonly NoticePage[];
  /** What was held or let go in the month. */
  readonly holds: readonly HoldChange[];
  readonly organisation: string | undefined;
  /** What the month's act takes or pays back under earlier months. */
  readonly late: readonly LateSum[];
  /** How far the book had come; empty where nothing is posted. */
  readonly anchor: string;
  readonly language: Language;
}

const FONT = "宋体";
const RULE: Partial<ExcelJS.Border> = { style: "thin", color: { argb: "FF8C96A3" } };

const COLUMNS = [
  { key: "payroll.person", width: 9, of: (d: Deduction) => d.person },
  { key: "payroll.department", width: 10, of: (d: Deduction) => d.department ?? "" },
  { key: "month.carriedIn", width: 10, of: (d: Deduction) => d.carriedIn },
  { key: "month.added", width: 10, of: (d: Deduction) => d.added },
  { key: "month.ceiling", width: 10, of: (d: Deduction) => d.ceiling },
  { key: "month.deducted", width: 10, of: (d: Deduction) => d.deducted },
  { key: "month.carriedOut", width: 10, of: (d: Deduction) => d.carriedOut },
  { key: "month.basis", width: 28, of: (d: Deduction) => d.ceilingBasis ?? "" },
  { key: "payroll.employeeNo", width: 7, of: (d: Deduction) => d.employeeNo ?? "" },
  { key: "payroll.state", width: 7, of: (d: Deduction) => d.state },
] as const satisfies readonly { key: NoticeKey; width: number; of: (d: Deduction) => string | Fen | undefined }[];

/** Columns that have a sum below. */
const SUMMED = new Set<NoticeKey>(["month.carriedIn", "month.added", "month.deducted", "month.carriedOut"]);

function numbersBySubject(pages: readonly NoticePage[], subjectType: string): Map<string, string[]> {
  const numbers = new Map<string, string[]>();
  for (const { notice } of pages)
    if (notice.subjectType === subjectType) addToList(numbers, keyOf(notice), notice.number);
  return numbers;
}

function keyOf({ employeeNo, subject }: { readonly employeeNo: string | undefined; readonly subject: string }): string {
  return personKey({ employeeNo, name: subject });
}

export async function payrollWorkbook(list: PayrollList): Promise<Uint8Array> {
  const { deductions, pages, language } = list;
  const t = (key: NoticeKey): string => noticeText(language, key);
  const book = new ExcelJS.Workbook();
  book.creator = "条理 Tiaoli";
  book.created = book.modified = new Date(Date.UTC(2026, 0, 1));

  const numbers = numbersBySubject(pages, "个人");
  const persons: ListSheet = {
    name: t("payroll.sheet"),
    headers: [...COLUMNS.map(({ key }) => t(key)), t("payroll.notices"), t("payroll.messages")],
    widths: [...COLUMNS.map(({ width }) => width), 14, 26],
    rows: [
      ...deductions.map((d) => [
        ...COLUMNS.map(({ of }) => cell(of(d))),
        (numbers.get(keyOf({ employeeNo: d.employeeNo, subject: d.person })) ?? []).join("\n"),
        d.messages.join("\n"),
      ]),
      ...list.late.map((late) => [
        ...COLUMNS.map(({ key }) => cell(lateCell(late, key))),
        (numbers.get(keyOf({ employeeNo: late.person.employeeNo, subject: late.person.name })) ?? []).join("\n"),
        lateText(late, language),
      ]),
    ],
    total: [
      t("total"),
      "",
      ...COLUMNS.slice(2).map(({ key, of }) =>
        SUMMED.has(key)
          ? yuanNumber(
              sumOf([
                ...deductions.map((d) => (of(d) ?? 0) as Fen),
                ...list.late.map((late) => (lateCell(late, key) ?? 0) as Fen),
              ]),
            )
          : "",
      ),
      "",
      "",
    ],
  };
  addList(book, persons, list);
  if (list.holds.length > 0) addList(book, holdsSheet(list.holds, language), list);
  const departments = pages.filter(({ notice }) => notice.subjectType === "部门");
  if (departments.length > 0)
    addList(
      book,
      {
        name: t("payroll.departments"),
        headers: [t("payroll.department"), t("payroll.amount"), t("payroll.notices")],
        widths: [24, 14, 20],
        rows: departments.map(({ notice }) => [notice.subject, yuanNumber(notice.amount), notice.number]),
        total: [t("total"), yuanNumber(sumOf(departments.map(({ notice }) => notice.amount))), ""],
      },
      list,
    );
  return steadyZip(new Uint8Array(await book.xlsx.writeBuffer()));
}

/** A line of an earlier month that the month's act posts: only what payroll takes or pays back. */
function lateCell({ person, department, taken, paidBack, posted }: LateSum, key: NoticeKey): string | Fen | undefined {
  switch (key) {
    case "payroll.person":
      return person.name;
    case "payroll.department":
      return department;
    case "month.deducted":
      return fen(taken - paidBack);
    case "payroll.employeeNo":
      return person.employeeNo;
    case "payroll.state":
      return posted ? "已入账" : "试算";
    default:
      return undefined;
  }
}

function lateText({ month, taken, paidBack }: LateSum, language: Language): string {
  const key = paidBack === 0 ? "payroll.late-taken" : taken === 0 ? "payroll.late-back" : "payroll.late";
  return noticeText(language, key, { month, taken: yuanText(taken), back: yuanText(paidBack) });
}

/** What differs because a sum was held, or no longer is. */
function holdsSheet(holds: readonly HoldChange[], language: Language): ListSheet {
  const t = (key: NoticeKey): string => noticeText(language, key);
  const sums = (["amount", "taken", "takenBack"] as const).map((key) =>
    yuanNumber(sumOf(holds.flatMap((hold) => (hold.kind === "恢复" ? [hold[key]] : [])))),
  );
  return {
    name: t("payroll.holds"),
    headers: [
      ...[t("payroll.person"), t("payroll.employeeNo"), t("payroll.department"), t("item.complaint")],
      ...[t("payroll.change"), t("payroll.amount"), t("payroll.hold-taken"), t("payroll.hold-back")],
      ...[t("payroll.hold-why"), t("payroll.state")],
    ],
    widths: [11, 9, 13, 14, 10, 12, 14, 12, 22, 9],
    rows: holds.map(({ kind, person, department, complaintId, amount, taken, takenBack, why, posted }) => [
      ...[person.name, person.employeeNo ?? "", department, complaintId, kind],
      ...[yuanNumber(amount), yuanNumber(taken), yuanNumber(takenBack), why, posted ? "已入账" : "试算"],
    ]),
    total: [t("payroll.holds-total"), "", "", "", "", ...sums, "", ""],
  };
}

interface ListSheet {
  readonly name: string;
  readonly headers: readonly string[];
  readonly widths: readonly number[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly total: readonly (string | number)[];
}

function addList(book: ExcelJS.Workbook, { name, headers, widths, rows, total }: ListSheet, list: PayrollList): void {
  const { month, organisation, language } = list;
  const sheet = book.addWorksheet(name, {
    views: [{ state: "frozen", ySplit: 3, showGridLines: false }],
    headerFooter: { oddFooter: `&C${noticeText(language, "page")}` },
  });
  printOnA4(sheet, { landscape: headers.length > 5, onePage: false });
  sheet.columns = widths.map((width) => ({ width }));
  const banner = (row: number, text: string, size: number, height: number): void => {
    sheet.mergeCells(row, 1, row, headers.length);
    const target = sheet.getCell(row, 1);
    target.value = text;
    target.font = { name: size > 14 ? "黑体" : FONT, size, bold: size > 14 };
    target.alignment = { horizontal: "center", vertical: "middle" };
    sheet.getRow(row).height = height;
  };
  banner(1, organisation ?? "", 12, 20);
  const title = noticeText(language, "payroll.title", { month: monthName(language, month) });
  banner(2, name === noticeText(language, "payroll.sheet") ? title : `${title}（${name}）`, 18, 32);
  const add = (values: readonly (string | number)[], bold: boolean, fill: boolean): void => {
    const row = sheet.addRow([...values]);
    values.forEach((value, i) => {
      const target = row.getCell(i + 1);
      target.font = { name: FONT, size: 10, bold };
      target.border = { top: RULE, left: RULE, bottom: RULE, right: RULE };
      target.alignment = {
        wrapText: true,
        vertical: "middle",
        horizontal: fill ? "center" : typeof value === "number" ? "right" : "left",
      };
      if (typeof value === "number") target.numFmt = "#,##0.00";
      if (fill) target.fill = { type: "pattern", pattern: "solid", fgColor: { argb: "FFEFF3F8" } };
    });
    row.height = Math.max(20, ...values.map((value, i) => linesIn(String(value), widths[i]!) * 14 + 4));
  };
  add(headers, true, true);
  for (const row of rows) add(row, false, false);
  add(total, true, false);
  sheet.mergeCells(sheet.rowCount + 2, 1, sheet.rowCount + 2, headers.length);
  const prepared = sheet.getCell(sheet.rowCount, 1);
  const anchor = list.anchor === "" ? "" : `　${noticeText(language, "anchor", { anchor: list.anchor })}`;
  prepared.value = `${noticeText(language, "payroll.prepared")}${anchor}`;
  prepared.font = { name: FONT, size: 10.5 };
  sheet.pageSetup.printTitlesRow = "1:3";
}

/** The persons' list as CSV; as all CSV here with a byte order mark, so that Excel reads its Chinese. */
export function payrollCsv({ month, deductions, late, pages, language }: PayrollList): Uint8Array {
  const t = (key: NoticeKey): string => noticeText(language, key);
  const numbers = numbersBySubject(pages, "个人");
  return csvFile([
    [t("payroll.month"), ...COLUMNS.map(({ key }) => t(key)), t("payroll.notices"), t("payroll.messages")],
    ...deductions.map((d) => [
      month,
      ...COLUMNS.map(({ of }) => {
        const value = of(d);
        return typeof value === "number" ? { figure: yuanText(value) } : (value ?? "");
      }),
      (numbers.get(keyOf({ employeeNo: d.employeeNo, subject: d.person })) ?? []).join("；"),
      d.messages.join("；"),
    ]),
    ...late.map((one) => [
      one.month,
      ...COLUMNS.map(({ key }) => {
        const value = lateCell(one, key);
        return typeof value === "number" ? { figure: yuanText(value) } : (value ?? "");
      }),
      (numbers.get(keyOf({ employeeNo: one.person.employeeNo, subject: one.person.name })) ?? []).join("；"),
      lateText(one, language),
    ]),
  ]);
}

/** What was held and let go in the month as CSV, as it stands on the workbook's second sheet; undefined where nothing was. */
export function holdsCsv({ month, holds, language }: PayrollList): Uint8Array | undefined {
  if (holds.length === 0) return undefined;
  const { headers, rows } = holdsSheet(holds, language);
  return csvFile([
    [noticeText(language, "payroll.month"), ...headers],
    ...rows.map((row) => [
      month,
      ...row.map((value) => (typeof value === "number" ? { figure: value.toFixed(2) } : value)),
    ]),
  ]);
}

function cell(value: string | Fen | undefined): string | number {
  return typeof value === "number" ? yuanNumber(value) : (value ?? "");
}
