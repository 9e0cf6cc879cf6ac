import ExcelJS from "exceljs";
import { yuanNumber } from "../../domain/money.js";
import { dayOfTime, isoDate } from "../../domain/wall-time.js";
import type { Language } from "../../locales/language.js";
import { printOnA4 } from "../a4.js";
import { steadyZip } from "../steady-zip.js";
import { beginning, linesIn } from "../text-size.js";
import type { NoticePage } from "./notice-pages.js";
import { noticeText, type NoticeKey } from "./texts.js";

/** Notices as a workbook: one sheet each, printed on one A4 page standing up. */

const FONT = "宋体";
const HEAD_FONT = "黑体";
/** Characters; together about the width of an A4 page within its margins. */
const WIDTHS = [6, 13, 30, 14, 17, 18, 12] as const;
const LINE = 15;
const GREY = "FFEFF3F8";
const RULE: Partial<ExcelJS.Border> = { style: "thin", color: { argb: "FF8C96A3" } };

export async function noticeWorkbook(
  pages: readonly NoticePage[],
  organisation: string | undefined,
  language: Language,
): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  book.creator = "条理 Tiaoli";
  // Fixed, so that the same notices give the same bytes.
  book.created = book.modified = new Date(Date.UTC(2026, 0, 1));
  const names = new Set<string>();
  for (const page of pages) new PageSheet(book, sheetName(page, names), page, organisation, language).draw();
  return steadyZip(new Uint8Array(await book.xlsx.writeBuffer()));
}

/** The running number and the subject, without what Excel forbids in names of sheets. */
function sheetName({ notice }: NoticePage, taken: Set<string>): string {
  const tail = notice.number.split("-").at(-1)!;
  const plain = `${tail} ${notice.subject}`.replace(/[[\]:*?/\\]/g, "").replace(/^'+|'+$/g, "");
  const base = beginning(plain, 28);
  let name = base;
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base}~${n}`;
  taken.add(name.toLowerCase());
  return name;
}

interface CellStyle {
  readonly bold?: boolean;
  readonly align?: "left" | "center" | "right";
  readonly fill?: boolean;
  readonly money?: boolean;
  readonly border?: boolean;
  readonly size?: number;
  readonly font?: string;
  readonly top?: boolean;
}

class PageSheet {
  private readonly sheet: ExcelJS.Worksheet;
  private row = 0;

  constructor(
    book: ExcelJS.Workbook,
    name: string,
    private readonly page: NoticePage,
    private readonly organisation: string | undefined,
    private readonly language: Language,
  ) {
    this.sheet = book.addWorksheet(name, { views: [{ showGridLines: false }] });
    printOnA4(this.sheet, { landscape: false, onePage: true });
    this.sheet.columns = WIDTHS.map((width) => ({ width }));
  }

  draw(): void {
    const { notice, items, deduction } = this.page;
    if (this.organisation !== undefined) {
      this.line([[this.organisation, 7]], { align: "center", size: 13, font: FONT }, 22);
    }
    this.line([[this.t("title"), 7]], { align: "center", size: 20, bold: true, font: HEAD_FONT }, 36);
    const date = notice.issuedAt === undefined ? "" : isoDate(dayOfTime(notice.issuedAt));
    this.next(20);
    this.put(1, 3, this.t("number", { number: notice.number }), { align: "left" });
    this.put(4, 4, this.t("date", { date }), { align: "right" });

    this.next(24);
    const person = notice.subjectType === "个人";
    this.put(1, 2, this.t(person ? "subject.person" : "subject.department"), LABEL);
    this.put(3, 1, notice.subject, { border: true, bold: true, size: 12 });
    this.put(4, 1, this.t("month"), LABEL);
    this.put(5, 1, notice.month, { border: true, align: "center" });
    this.put(6, 1, this.t("department"), LABEL);
    this.put(7, 1, this.page.department ?? "", { border: true, align: "center" });

    this.head("head.facts");
    this.row += 1;
    this.sheet.getRow(this.row).height = 22;
    const heads = ["item.number", "item.complaint", "item.facts", "item.reason", "item.basis", "item.formula"] as const;
    for (const [i, key] of heads.entries()) this.put(i + 1, 1, this.t(key), LABEL);
    this.put(7, 1, this.t("item.amount"), LABEL);
    items.forEach((item, i) => {
      const texts = [String(i + 1), item.complaintId, item.facts, item.reason, item.basis, item.formula];
      const lines = Math.max(...texts.map((text, c) => linesIn(text, WIDTHS[c]!)));
      this.next(Math.max(22, lines * LINE + 4));
      texts.forEach((text, c) => this.put(c + 1, 1, text, { border: true, align: c < 2 ? "center" : "left" }));
      this.put(7, 1, yuanNumber(item.amount), { border: true, money: true });
    });
    this.next(24);
    this.put(1, 2, this.t("total"), LABEL);
    this.put(3, 4, this.page.capitals, { border: true, bold: true });
    this.put(7, 1, yuanNumber(notice.amount), { border: true, money: true, bold: true });

    if (deduction) {
      this.head("head.month");
      const columns = [
        ["month.carriedIn", 2, yuanNumber(deduction.carriedIn)],
        ["month.added", 1, yuanNumber(deduction.added)],
        ["month.ceiling", 1, deduction.ceiling === undefined ? this.t("ceiling.none") : yuanNumber(deduction.ceiling)],
        ["month.deducted", 1, yuanNumber(deduction.deducted)],
        ["month.carriedOut", 2, yuanNumber(deduction.carriedOut)],
      ] as const;
      this.next(20);
      let at = 1;
      for (const [key, span] of columns) at = this.put(at, span, this.t(key), LABEL);
      this.next(22);
      at = 1;
      for (const [key, span, value] of columns)
        at = this.put(at, span, value, {
          border: true,
          align: "center",
          money: typeof value === "number",
          bold: key === "month.deducted",
        });
      this.field("month.basis", deduction.ceilingBasis ?? this.t("basis.none"));
    }

    this.head("head.legal");
    const remarks = [...this.page.remarks, this.page.appeal];
    remarks.forEach((remark, i) => {
      this.paragraph(`${i + 1}. ${remark}`);
    });

    this.head("head.signatures");
    this.next(20);
    this.put(1, 2, this.t("sign.prepared"), LABEL);
    this.put(3, 2, this.t("sign.reviewed"), LABEL);
    this.put(5, 3, this.t("sign.approved"), LABEL);
    this.next(52);
    for (const [at, span] of [
      [1, 2],
      [3, 2],
      [5, 3],
    ] as const)
      this.put(at, span, this.t("sign.date"), { border: true, align: "right", top: false });
    this.field("sign.received", this.t("sign.received-text"), 34);
    this.field("sign.refused", this.t("sign.refused-text"), 62);
    const { copies } = this.page;
    this.paragraph(this.t("copies", { count: copies.length, list: copies.join(this.language === "zh" ? "、" : ", ") }));
    this.sheet.pageSetup.printArea = `A1:G${this.row}`;
  }

  private t(key: NoticeKey, params: Record<string, string | number> = {}): string {
    return noticeText(this.language, key, params);
  }

  private next(height: number): void {
    this.row += 1;
    this.sheet.getRow(this.row).height = height;
  }

  /** Puts a value into `span` merged columns from `at` and gives the column after them. */
  private put(at: number, span: number, value: string | number, style: CellStyle): number {
    for (let i = at; i < at + span; i++) this.style(this.sheet.getCell(this.row, i), style);
    if (span > 1) this.sheet.mergeCells(this.row, at, this.row, at + span - 1);
    this.sheet.getCell(this.row, at).value = value;
    return at + span;
  }

  private style(cell: ExcelJS.Cell, { bold, align, fill, money, border, size, font, top }: CellStyle): void {
    cell.font = { name: font ?? FONT, size: size ?? 10.5, bold: bold === true };
    cell.alignment = {
      horizontal: align ?? (money === true ? "right" : "left"),
      vertical: top === true ? "top" : top === false ? "bottom" : "middle",
      wrapText: true,
    };
    if (fill === true) cell.fill = { type: "pattern", pattern: "solid", fgColor: { argb: GREY } };
    if (border === true) cell.border = { top: RULE, left: RULE, bottom: RULE, right: RULE };
    if (money === true) cell.numFmt = "#,##0.00";
  }

  private line(cells: readonly (readonly [string, number])[], style: CellStyle, height: number): void {
    this.next(height);
    let at = 1;
    for (const [text, span] of cells) at = this.put(at, span, text, style);
  }

  private head(key: NoticeKey): void {
    this.line([[this.t(key), 7]], { bold: true, font: HEAD_FONT, size: 11 }, 26);
  }

  private paragraph(text: string): void {
    const width = WIDTHS.reduce((a, b) => a + b, 0);
    this.line([[text, 7]], { top: true }, linesIn(text, width) * LINE + 3);
  }

  /** A label over two columns and a text over the rest. */
  private field(key: NoticeKey, text: string, least = 22): void {
    const width = WIDTHS.slice(2).reduce((a, b) => a + b, 0);
    this.next(Math.max(least, linesIn(text, width) * LINE + 6));
    this.put(1, 2, this.t(key), LABEL);
    this.put(3, 5, text, { border: true, top: least > 22 });
  }
}

const LABEL: CellStyle = { border: true, fill: true, align: "center", bold: true };
