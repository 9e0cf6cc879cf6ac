import { noticeText, type NoticeKey } from "../../src/documents/notices/texts.js";
import type { Language } from "../../src/locales/language.js";
import { docx, paragraph, table, type Cell, type Row } from "./docx.js";

/**
 * The notice of deduction as a Word template, or the one for `many` items, which are added up on the notice and follow one
 * by one in an appendix. Its placeholders are the fields of notice-document.ts.
 */
export function noticeTemplate(language: Language, many = false): Uint8Array {
  const t = (key: NoticeKey): string => noticeText(language, key);
  const label = (key: NoticeKey, span = 1): Cell => ({ text: t(key), label: true, span });
  const heading = (n: string, key: NoticeKey): string => noticeText(language, "section", { n, title: t(key) });
  const [first, second] = t("ordinals").split(" ") as [string, string];
  return docx([
    paragraph("{单位名称}", { align: "center", size: 13 }),
    paragraph("{标题}", { align: "center", size: 18, bold: true, head: true, before: 2, after: 4 }),
    table(
      [1, 1.6, 1, 1.3, 1, 1.6],
      [
        {
          height: ROW,
          cells: [
            { text: "{编号行}", span: 3, size: 10 },
            { text: "{日期行}", span: 3, align: "right", size: 10 },
          ],
        },
        {
          height: ROW,
          cells: [
            { text: "{对象标签}", label: true },
            { text: "{对象}", bold: true, size: 12 },
            label("month"),
            { text: "{月份}", align: "center" },
            label("department"),
            { text: "{部门}", align: "center" },
          ],
        },
      ],
    ),
    paragraph(heading(first, "head.facts"), { bold: true, head: true, before: 8, after: 3 }),
    many ? groupsTable(language) : itemsTable(language, []),
    // Next to nothing in height: what is left of these lines once they are filled.
    paragraph("{#个人}", { size: 2, before: 4 }),
    paragraph(heading(second, "head.month"), { bold: true, head: true, after: 3 }),
    table(
      [1, 1, 1, 1, 1],
      [
        {
          height: ROW,
          cells: [
            label("month.carriedIn"),
            label("month.added"),
            label("month.ceiling"),
            label("month.deducted"),
            label("month.carriedOut"),
          ],
        },
        {
          height: ROW,
          cells: ["{上月结转}", "{本月新增}", "{本月上限}", "{本月实扣}", "{结转下月}"].map((text) => ({
            text,
            align: "center" as const,
            bold: text === "{本月实扣}",
          })),
        },
        { height: ROW, cells: [label("month.basis"), { text: "{上限依据}", span: 4 }] },
      ],
    ),
    paragraph("{/个人}", { size: 2, before: 4 }),
    paragraph(heading("{说明序号}", "head.legal"), { bold: true, head: true, after: 3 }),
    paragraph("{说明}", { after: 2, size: 9.5 }),
    paragraph(heading("{签署序号}", "head.signatures"), { bold: true, head: true, before: 6, after: 3 }),
    table(
      [1, 1, 1, 1, 1, 1],
      [
        { height: ROW, cells: [label("sign.prepared", 2), label("sign.reviewed", 2), label("sign.approved", 2)] },
        {
          height: 42,
          cells: [0, 1, 2].map(() => ({
            text: t("sign.date"),
            span: 2,
            align: "right" as const,
            vertical: "bottom" as const,
          })),
        },
        { height: 32, cells: [label("sign.received"), { text: t("sign.received-text"), span: 5, vertical: "top" }] },
        { height: 50, cells: [label("sign.refused"), { text: t("sign.refused-text"), span: 5, vertical: "top" }] },
      ],
    ),
    paragraph("{抄送行}", { before: 4, size: 9.5 }),
    ...(many ? appendix(language) : []),
  ]);
}

const SMALL = { size: 9 };
/** Points that a row of the notice is high at least. */
const ROW = 19;

/** One row an item, and the total; `above` are rows before the column heads. */
function itemsTable(language: Language, above: readonly Row[]): string {
  const t = (key: NoticeKey): string => noticeText(language, key);
  const heads = ["number", "complaint", "facts", "reason", "basis", "formula", "amount"] as const;
  return table(
    [0.8, 1.5, 4, 1.5, 2.1, 1.5, 2],
    [
      ...above,
      { height: ROW, repeated: true, cells: heads.map((key) => ({ text: t(`item.${key}`), label: true, ...SMALL })) },
      {
        height: ROW,
        cells: [
          { text: "{#明细}{序号}", align: "center", ...SMALL },
          { text: "{投诉编号}", align: "center", ...SMALL },
          { text: "{事实}", ...SMALL },
          { text: "{事由}", ...SMALL },
          { text: "{依据}", ...SMALL },
          { text: "{计算式}", ...SMALL },
          { text: "{金额}{/明细}", align: "right", ...SMALL },
        ],
      },
      total(language, 2, 4),
    ],
  );
}

/** One row for each 事由 and clause, and the total. */
function groupsTable(language: Language): string {
  const t = (key: NoticeKey, params?: Record<string, string>): string => noticeText(language, key, params);
  const heads = ["item.number", "group.reason", "group.basis", "group.dates", "group.count", "item.amount"] as const;
  return table(
    [0.85, 2.6, 3.8, 3, 0.95, 1.6],
    [
      { height: ROW, cells: heads.map((key) => ({ text: t(key), label: true, ...SMALL })) },
      {
        height: ROW,
        cells: [
          { text: "{#汇总}{序号}", align: "center", ...SMALL },
          { text: "{事由}", ...SMALL },
          { text: "{依据}", ...SMALL },
          { text: "{受理日期}", align: "center", ...SMALL },
          { text: "{项数}", align: "center", ...SMALL },
          { text: "{金额}{/汇总}", align: "right", ...SMALL },
        ],
      },
      { height: ROW, cells: [{ text: t("group.total", { n: "{项数}" }), span: 6, bold: true, ...SMALL }] },
      total(language, 2, 3),
    ],
  );
}

function total(language: Language, labelled: number, numerals: number): Row {
  return {
    height: ROW,
    cells: [
      { text: noticeText(language, "total"), label: true, span: labelled },
      { text: "{金额大写}", span: numerals, bold: true },
      { text: "{合计}", align: "right", bold: true },
    ],
  };
}

/** The items on pages of their own; which notice they belong to stands on each. */
function appendix(language: Language): string[] {
  const params = { number: "{编号}", subject: "{对象}", month: "{月份}", n: "{项数}" };
  const of = noticeText(language, "appendix.of", params);
  return [
    paragraph(noticeText(language, "appendix.title"), {
      align: "center",
      size: 16,
      bold: true,
      head: true,
      after: 6,
      newPage: true,
    }),
    itemsTable(language, [{ repeated: true, cells: [{ text: of, span: 7, size: 10 }] }]),
  ];
}
