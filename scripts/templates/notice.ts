import { noticeText, type NoticeKey } from "../../src/documents/notices/texts.js";
import type { Language } from "../../src/locales/language.js";
import { docx, paragraph, table, type Cell } from "./docx.js";

/** The notice of deduction as a Word template, or the one in smaller type for `many` items; its placeholders are the fields of notice-document.ts. */
export function noticeTemplate(language: Language, many = false): Uint8Array {
  const t = (key: NoticeKey): string => noticeText(language, key);
  const label = (key: NoticeKey, span = 1): Cell => ({ text: t(key), label: true, span });
  const small = { size: many ? 7 : 9.5 };
  const height = many ? 12 : 22;
  return docx([
    paragraph("{单位名称}", { align: "center", size: 13 }),
    paragraph(t("title"), { align: "center", size: 20, bold: true, head: true, before: 4, after: 6 }),
    table(
      [1, 1.6, 1, 1.3, 1, 1.6],
      [
        {
          cells: [
            { text: "{编号行}", span: 3, size: 10 },
            { text: "{日期行}", span: 3, align: "right", size: 10 },
          ],
        },
        {
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
    paragraph(t("head.facts"), { bold: true, head: true, before: 8, after: 3 }),
    table(many ? [0.6, 1.2, 5.2, 1.4, 2.6, 1.4, 1.1] : [0.8, 1.6, 3.6, 1.7, 2, 2.2, 1.4], [
      {
        cells: (["number", "complaint", "facts", "reason", "basis", "formula", "amount"] as const).map((key) => ({
          ...label(`item.${key}`),
          ...small,
        })),
      },
      {
        height,
        cells: [
          { text: "{#明细}{序号}", align: "center", ...small },
          { text: "{投诉编号}", align: "center", ...small },
          { text: "{事实}", ...small },
          { text: "{事由}", ...small },
          { text: "{依据}", ...small },
          { text: "{计算式}", ...small },
          { text: "{金额}{/明细}", align: "right", ...small },
        ],
      },
      {
        cells: [
          label("total", 2),
          { text: "{金额大写}", span: 4, bold: true },
          { text: "{合计}", align: "right", bold: true },
        ],
      },
    ]),
    paragraph("{#个人}"),
    paragraph(t("head.month"), { bold: true, head: true, after: 3 }),
    table(
      [1, 1, 1, 1, 1],
      [
        {
          cells: [
            label("month.carriedIn"),
            label("month.added"),
            label("month.ceiling"),
            label("month.deducted"),
            label("month.carriedOut"),
          ],
        },
        {
          cells: ["{上月结转}", "{本月新增}", "{本月上限}", "{本月实扣}", "{结转下月}"].map((text) => ({
            text,
            align: "center" as const,
            bold: text === "{本月实扣}",
          })),
        },
        { cells: [label("month.basis"), { text: "{上限依据}", span: 4 }] },
      ],
    ),
    paragraph("{/个人}"),
    paragraph(t("head.legal"), { bold: true, head: true, after: 3 }),
    paragraph("{说明}", { after: 2, size: many ? 8.5 : 10.5 }),
    paragraph(t("head.signatures"), { bold: true, head: true, before: 6, after: 3 }),
    table(
      [1, 1, 1, 1, 1, 1],
      [
        { cells: [label("sign.prepared", 2), label("sign.reviewed", 2), label("sign.approved", 2)] },
        {
          height: many ? 32 : 46,
          cells: [0, 1, 2].map(() => ({
            text: t("sign.date"),
            span: 2,
            align: "right" as const,
            vertical: "bottom" as const,
          })),
        },
        {
          height: many ? 24 : 32,
          cells: [label("sign.received"), { text: t("sign.received-text"), span: 5, vertical: "top" }],
        },
        {
          height: many ? 36 : 56,
          cells: [label("sign.refused"), { text: t("sign.refused-text"), span: 5, vertical: "top" }],
        },
      ],
    ),
    paragraph("{抄送行}", { before: 4, size: 9.5 }),
  ]);
}
