import ExcelJS from "exceljs";
import { yuanNumber } from "../../domain/money.js";
import { dayOfTime, isoDate } from "../../domain/wall-time.js";
import type { Language } from "../../locales/language.js";
import { printOnA4 } from "../a4.js";
import { steadyZip } from "../steady-zip.js";
import { beginning, linesIn } from "../text-size.js";
import type { NoticeGroup, NoticeItem, NoticePage } from "./notice-pages.js";
import { monthName, noticeText, sectionTitle, type NoticeKey } from "./texts.js";

/**
 * Notices as a workbook: one sheet each, printed on one A4 page standing up; where the items have no room on it, they
 * follow on an appendix sheet.
 */

const FONT = "宋体";
const HEAD_FONT = "黑体";
/** Characters; together about the width of an A4 page within its margins. */
const WIDTHS = [6, 13, 26, 13, 16, 15, 12] as const;
const LINE = 15;
const GREY = "FFEFF3F8";
const RULE: Partial<ExcelJS.Border> = { style: "thin", color: { argb: "FF8C96A3" } };

export async function noticeWorkbook(
  pages: readonly NoticePage[],
  organisation: string | undefined,
  language: Language,
  anchorOf: (number: string) => string = () => "",
): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  book.creator = "条理 Tiaoli";
  // Fixed, so that the same notices give the same bytes.
  book.created = book.modified = new Date(Date.UTC(2026, 0, 1));
  const names = new Set<string>();
  for (const page of pages) {
    new PageSheet(
      book,
      sheetName(page.notice, "", names),
      page,
      organisation,
      language,
      anchorOf(page.notice.number),
    ).draw();
    if (page.groups === undefined) continue;
    const tail = ` ${noticeText(language, "appendix.sheet")}`;
    new PageSheet(book, sheetName(page.notice, tail, names), page, organisation, language, "").drawAppendix();
  }
  return steadyZip(new Uint8Array(await book.xlsx.writeBuffer()));
}

/** The running number and the subject, without what Excel forbids in names of sheets. */
function sheetName({ number, subject }: NoticePage["notice"], tail: string, taken: Set<string>): string {
  const plain = `${number.split("-").at(-1)!} ${subject}`.replace(/[[\]:*?/\\]/g, "").replace(/^'+|'+$/g, "");
  const base = `${beginning(plain, 28 - tail.length)}${tail}`;
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
  private sections = 0;

  constructor(
    book: ExcelJS.Workbook,
    name: string,
    private readonly page: NoticePage,
    private readonly organisation: string | undefined,
    private readonly language: Language,
    private readonly anchor: string,
  ) {
    this.sheet = book.addWorksheet(name, { views: [{ showGridLines: false }] });
    this.sheet.columns = WIDTHS.map((width) => ({ width }));
  }

  draw(): void {
    const { notice, items, groups, deduction } = this.page;
    printOnA4(this.sheet, { landscape: false, onePage: true });
    if (this.organisation !== undefined) {
      this.line([[this.organisation, 7]], { align: "center", size: 13, font: FONT }, 22);
    }
    this.line(
      [[this.t(this.page.isRefund ? "title.refund" : "title"), 7]],
      { align: "center", size: 20, bold: true, font: HEAD_FONT },
      36,
    );
    const date = notice.issuedAt === undefined ? "" : isoDate(dayOfTime(notice.issuedAt));
    this.next(20);
    this.put(1, 3, this.t("number", { number: notice.number }), { align: "left" });
    this.put(4, 4, this.t("date", { date }), { align: "right" });

    this.next(24);
    const person = notice.subjectType === "个人";
    this.put(1, 2, this.t(person ? "subject.person" : "subject.department"), LABEL);
    this.put(3, 1, this.subjectText(), { border: true, bold: true, size: 12 });
    this.put(4, 1, this.t("month"), LABEL);
    this.put(5, 1, monthName(this.language, notice.month), { border: true, align: "center" });
    this.put(6, 1, this.t("department"), LABEL);
    this.put(7, 1, this.page.department ?? "", { border: true, align: "center" });

    this.head("head.facts");
    if (groups) this.groupRows(groups);
    else this.itemRows(items);
    this.total();

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
      this.field("month.basis", deduction.ceilingBasis ?? this.t(this.page.isRefund ? "basis.refund" : "basis.none"));
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
    this.next(64);
    for (const [at, span] of [
      [1, 2],
      [3, 2],
      [5, 3],
    ] as const)
      this.put(at, span, at === 5 ? `${this.t("seal")}\n${this.t("sign.date")}` : this.t("sign.date"), {
        border: true,
        align: "right",
        top: false,
      });
    this.field("sign.received", this.t("sign.received-text"), 48);
    this.field("sign.refused", this.t("sign.refused-text"), 84);
    const { copies } = this.page;
    this.paragraph(this.t("copies", { count: copies.length, list: copies.join(this.language === "zh" ? "、" : ", ") }));
    if (this.anchor !== "") this.paragraph(this.t("anchor", { anchor: this.anchor }));
    this.sheet.pageSetup.printArea = `A1:G${this.row}`;
  }

  /** The person with 工号 and post, where 人员 gives them. */
  private subjectText(): string {
    const { notice, post } = this.page;
    const { subject, employeeNo } = notice;
    const named = employeeNo === undefined ? subject : this.t("subject.numbered", { name: subject, no: employeeNo });
    return post === undefined ? named : this.t("subject.post", { subject: named, post });
  }

  /** The items one by one, on as many pages as they take; which notice they belong to stands on each. */
  drawAppendix(): void {
    const { notice, items } = this.page;
    printOnA4(this.sheet, { landscape: false, onePage: false });
    this.line([[this.t("appendix.title"), 7]], { align: "center", size: 16, bold: true, font: HEAD_FONT }, 32);
    const { number, subject } = notice;
    const month = monthName(this.language, notice.month);
    this.line([[this.t("appendix.of", { number, subject, month, n: items.length }), 7]], {}, 20);
    this.itemRows(items);
    this.total();
    this.sheet.pageSetup.printTitlesRow = "1:3";
    this.sheet.headerFooter.oddFooter = `&C${this.t("page")}`;
    this.sheet.pageSetup.printArea = `A1:G${this.row}`;
  }

  private itemRows(items: readonly NoticeItem[]): void {
    const heads = ["number", "complaint", "facts", "reason", "basis", "formula", "amount"] as const;
    this.next(22);
    for (const [i, key] of heads.entries()) this.put(i + 1, 1, this.t(`item.${key}`), LABEL);
    items.forEach((item, i) => {
      const texts = [String(i + 1), item.complaintId, item.facts, item.reason, item.basis, item.formula];
      const lines = Math.max(...texts.map((text, c) => linesIn(text, WIDTHS[c]!)));
      this.next(Math.max(24, lines * LINE + 6));
      texts.forEach((text, c) => this.put(c + 1, 1, text, { border: true, align: c < 2 ? "center" : "left" }));
      this.put(7, 1, yuanNumber(item.amount), { border: true, money: true });
    });
  }

  private groupRows(groups: readonly NoticeGroup[]): void {
    const columns = [
      { head: "item.number", span: 1 },
      { head: "group.reason", span: 1 },
      { head: "group.basis", span: 1 },
      { head: "group.dates", span: 2 },
      { head: "group.count", span: 1 },
      { head: "item.amount", span: 1 },
    ] as const;
    this.next(22);
    let at = 1;
    for (const { head, span } of columns) at = this.put(at, span, this.t(head), LABEL);
    groups.forEach(({ reason, basis, dates, count, amount }, i) => {
      const lines = Math.max(linesIn(reason, WIDTHS[1]), linesIn(basis, WIDTHS[2]));
      this.next(Math.max(24, lines * LINE + 6));
      this.put(1, 1, String(i + 1), { border: true, align: "center" });
      this.put(2, 1, reason, { border: true });
      this.put(3, 1, basis, { border: true });
      this.put(4, 2, dates, { border: true, align: "center" });
      this.put(6, 1, count, { border: true, align: "center" });
      this.put(7, 1, yuanNumber(amount), { border: true, money: true });
    });
    const n = groups.reduce((sum, { count }) => sum + count, 0);
    this.line([[this.t("group.total", { n }), 7]], { border: true, bold: true }, 24);
  }

  private total(): void {
    const { notice, capitals } = this.page;
    this.next(26);
    this.put(1, 2, this.t("total"), LABEL);
    this.put(3, 4, capitals, { border: true, bold: true });
    this.put(7, 1, yuanNumber(notice.amount), { border: true, money: true, bold: true });
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
    this.line([[sectionTitle(this.language, ++this.sections, key), 7]], { bold: true, font: HEAD_FONT, size: 11 }, 30);
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
