import { docx, paragraph, table, type Cell, type Row } from "./docx.js";

/** Parts of which the forms are made: what a clerk fills in, signs and files. */

export type Field = string | readonly [label: string, placeholder: string];

const labelOf = (field: Field): string => (typeof field === "string" ? field : field[0]);
const valueOf = (field: Field): string => {
  const name = typeof field === "string" ? field : field[1];
  return name === "" || name.includes("{") ? name : `{${name}}`;
};

/** A part of a form's one table: six columns, label and value by turns. */
export type Part = readonly Row[];

const COLUMNS = [1.15, 1.75, 1.15, 1.75, 1.15, 1.75];

/** A label of six characters stands on one line of its narrow column in smaller type; longer ones take two. */
function labelCell(text: string, span = 1): Cell {
  return { text, label: true, span, ...(text.length > 5 ? { size: 9 } : {}) };
}

/** Short fields, three to a row; the last one takes what is left. */
export function fields(...list: readonly Field[]): Part {
  const rows: Row[] = [];
  for (let i = 0; i < list.length; i += 3) {
    const group = list.slice(i, i + 3);
    const cells = group.flatMap((field, at): Cell[] => {
      const last = at === group.length - 1;
      return [labelCell(labelOf(field)), { text: valueOf(field), span: last ? 5 - 2 * (group.length - 1) : 1 }];
    });
    rows.push({ cells });
  }
  return rows;
}

/** A field over the whole width, at least this many points high. */
export function text(field: Field, height = 44): Part {
  return [
    {
      height,
      cells: [labelCell(labelOf(field)), { text: valueOf(field), span: 5, vertical: "center" }],
    },
  ];
}

/** A field to be written by hand: an empty box with a place to sign. */
export function opinion(label: string, height = 52, signed = "签名：　　　　　　　日期："): Part {
  return [
    {
      height,
      cells: [labelCell(label), { text: signed, span: 5, align: "right", vertical: "bottom" }],
    },
  ];
}

/** A heading inside the table. */
export function heading(title: string): Part {
  return [{ height: 20, cells: [{ text: title, span: 6, bold: true, align: "left", label: true }] }];
}

/** Who signs, side by side. */
export function signatures(...labels: readonly string[]): Part {
  const spans = labels.length === 2 ? [3, 3] : [2, 2, 2];
  return [
    { cells: labels.map((label, i) => ({ text: label, label: true, span: spans[i]! })) },
    {
      height: 44,
      cells: labels.map((_, i) => ({
        text: "　　年　　月　　日",
        span: spans[i]!,
        align: "right" as const,
        vertical: "bottom" as const,
      })),
    },
  ];
}

export interface FormPage {
  /** Printed below the title, right. */
  readonly number?: string;
  readonly parts: readonly Part[];
  /** Paragraphs between title and table, and below. */
  readonly before?: readonly string[];
  readonly after?: readonly string[];
}

/** A form on one page: unit, title, number and date, table, copies. */
export function formPage(
  title: string,
  { number = "编号：{投诉编号}", parts, before = [], after = [] }: FormPage,
): Uint8Array {
  return docx([
    paragraph("{单位名称}", { align: "center", size: 12 }),
    paragraph(title, { align: "center", size: 18, bold: true, head: true, before: 2, after: 6 }),
    paragraph(`${number}　　　　　　　　制表日期：{今天}`, { align: "right", size: 10, after: 3 }),
    ...before.map((line) => paragraph(line, { after: 4 })),
    table(COLUMNS, parts.flat()),
    ...after.map((line) => paragraph(line, { before: 4, size: 9.5 })),
  ]);
}

/** The list of penalties of a case, a row each. */
export function penaltiesTable(): string {
  const columns = ["序号", "对象", "类型", "事由", "依据", "计算式", "金额（元）"];
  return table(
    [0.6, 1.1, 1.1, 1.5, 2, 2.2, 1.3],
    [
      { cells: columns.map((label) => ({ text: label, label: true, size: 9.5 })) },
      {
        cells: ["{#处罚明细}{序号}", "{对象}", "{类型}", "{事由}", "{依据}", "{计算式}", "{金额}{/处罚明细}"].map(
          (value, i) => ({ text: value, size: 9.5, align: i === 6 ? ("right" as const) : ("left" as const) }),
        ),
      },
    ],
  );
}

/** A penalty notice for one person or department: facts, penalties, sum in figures and in capital numerals. */
export function penaltyNotice(title: string, basis: string, kindNote: string): Uint8Array {
  return docx([
    paragraph("{单位名称}", { align: "center", size: 12 }),
    paragraph(title, { align: "center", size: 18, bold: true, head: true, before: 2, after: 6 }),
    paragraph("投诉编号：{投诉编号}　　　　　　　　签发日期：{今天}", { align: "right", size: 10, after: 3 }),
    table(
      COLUMNS,
      [
        fields(["受处理对象", "对象"], ["所属部门", "对象部门"], ["投诉类别", "投诉类别"]),
        fields("受理时间", "结案期限", "结案时间"),
        text("投诉内容", 48),
        text("原因分析", 40),
      ].flat(),
    ),
    paragraph(basis, { before: 6, after: 4 }),
    penaltiesTable(),
    table(
      COLUMNS,
      [
        [
          {
            cells: [
              { text: "合计", label: true },
              { text: "人民币（大写）{金额大写}", span: 3, bold: true },
              { text: "小写", label: true },
              { text: "￥{金额}", bold: true, align: "right" as const },
            ],
          },
        ],
        signatures("经办", "审核", "批准"),
        opinion("签收", 44),
        opinion("异议或拒签", 50),
      ].flat(),
    ),
    paragraph(kindNote, { before: 4, size: 9.5 }),
    paragraph("抄送：{抄送}", { size: 9.5 }),
  ]);
}

/** A letter: to whom, paragraphs, greetings, who writes. */
export function letter(title: string, paragraphs: readonly string[]): Uint8Array {
  return docx([
    paragraph(title, { align: "center", size: 20, bold: true, head: true, before: 24, after: 24 }),
    paragraph("尊敬的{客户名称}：", { size: 12, after: 6 }),
    ...paragraphs.map((line) => paragraph(line, { size: 12, indent: true, after: 4 })),
    paragraph("此致", { size: 12, indent: true, before: 6 }),
    paragraph("敬礼！", { size: 12, before: 4, after: 24 }),
    paragraph("{单位名称}", { size: 12, align: "right", after: 4 }),
    paragraph("{今天}", { size: 12, align: "right" }),
    paragraph("投诉编号：{投诉编号}", { size: 9.5, before: 36 }),
  ]);
}
