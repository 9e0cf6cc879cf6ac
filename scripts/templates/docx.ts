import { strToU8, zipSync, type Zippable } from "fflate";

/** A small writer of Word files for templates: what it writes is meant to be opened and changed in Word. */

/** Twentieths of a point. A4 standing up, margins of 2 cm at the sides. */
const PAGE = { width: 11906, height: 16838, side: 1134, top: 1021, bottom: 907 };
/** Width between the margins. */
export const TEXT_WIDTH = PAGE.width - 2 * PAGE.side;

const BODY = "宋体";
const HEAD = "黑体";

export interface TextStyle {
  readonly bold?: boolean;
  /** Points. */
  readonly size?: number;
  readonly align?: "left" | "center" | "right";
  readonly head?: boolean;
  /** First line by two characters, as letters have it. */
  readonly indent?: boolean;
  /** Points before and after. */
  readonly before?: number;
  readonly after?: number;
  /** Begins a new page. */
  readonly newPage?: boolean;
}

export interface Cell extends TextStyle {
  readonly text: string;
  readonly span?: number;
  /** Grey ground, as labels have it. */
  readonly label?: boolean;
  /** Where in the cell the text stands. */
  readonly vertical?: "top" | "center" | "bottom";
}

export interface Row {
  readonly cells: readonly Cell[];
  /** Points; at least. */
  readonly height?: number;
  /** Stands again at the head of each page that the table runs on to. */
  readonly repeated?: boolean;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function run(text: string, { bold, size, head }: TextStyle): string {
  const font = head === true ? HEAD : BODY;
  const half = Math.round((size ?? 10.5) * 2);
  return (
    `<w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="${font}" w:cs="Times New Roman"/>` +
    `${bold === true ? "<w:b/>" : ""}<w:sz w:val="${half}"/><w:szCs w:val="${half}"/></w:rPr>` +
    `<w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`
  );
}

/** The size of the paragraph's end, by which a line is as high that is empty once its placeholder is filled. */
function mark({ size }: TextStyle): string {
  return size === undefined ? "" : `<w:rPr><w:sz w:val="${Math.round(size * 2)}"/></w:rPr>`;
}

/** A paragraph; line ends make further ones. */
export function paragraph(text: string, style: TextStyle = {}): string {
  const { align = "left", indent, before = 0, after = 0, newPage } = style;
  return text
    .split("\n")
    .map(
      (line) =>
        `<w:p><w:pPr>${newPage === true ? "<w:pageBreakBefore/>" : ""}<w:spacing w:before="${before * 20}" w:after="${after * 20}"${indent === true ? ' w:line="400" w:lineRule="auto"' : ""}/>` +
        `${indent === true ? '<w:ind w:firstLineChars="200" w:firstLine="480"/>' : ""}<w:jc w:val="${align}"/>${mark(style)}</w:pPr>${run(line, style)}</w:p>`,
    )
    .join("");
}

/** A table as wide as the text; `widths` are shares. */
export function table(widths: readonly number[], rows: readonly Row[]): string {
  const sum = widths.reduce((a, b) => a + b, 0);
  const twips = widths.map((width) => Math.round((width / sum) * TEXT_WIDTH));
  const side = (name: string): string => `<w:${name} w:val="single" w:sz="4" w:space="0" w:color="5B6470"/>`;
  const borders = ["top", "left", "bottom", "right", "insideH", "insideV"].map(side).join("");
  const grid = twips.map((width) => `<w:gridCol w:w="${width}"/>`).join("");
  return (
    `<w:tbl><w:tblPr><w:tblW w:w="${TEXT_WIDTH}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>${borders}</w:tblBorders>` +
    `<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>` +
    `<w:tblGrid>${grid}</w:tblGrid>${rows.map((row) => tableRow(row, twips)).join("")}</w:tbl>`
  );
}

function tableRow({ cells, height = 22, repeated }: Row, twips: readonly number[]): string {
  const spans = cells.reduce((count, { span = 1 }) => count + span, 0);
  if (spans !== twips.length)
    throw new Error(`row of ${spans} columns in a table of ${twips.length}: ${cells[0]?.text}`);
  let at = 0;
  const written = cells.map((cell) => {
    const { text, span = 1, label, vertical = "center", ...style } = cell;
    const width = twips.slice(at, at + span).reduce((a, b) => a + b, 0);
    at += span;
    const properties =
      `<w:tcW w:w="${width}" w:type="dxa"/>${span > 1 ? `<w:gridSpan w:val="${span}"/>` : ""}` +
      `${label === true ? '<w:shd w:val="clear" w:color="auto" w:fill="EFF3F8"/>' : ""}<w:vAlign w:val="${vertical}"/>`;
    const look: TextStyle = label === true ? { bold: true, align: "center", ...style } : style;
    return `<w:tc><w:tcPr>${properties}</w:tcPr>${paragraph(text, look)}</w:tc>`;
  });
  const least = `<w:trPr><w:cantSplit/><w:trHeight w:val="${height * 20}" w:hRule="atLeast"/>${repeated === true ? "<w:tblHeader/>" : ""}</w:trPr>`;
  return `<w:tr>${least}${written.join("")}</w:tr>`;
}

const NS =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** A Word file of these paragraphs and tables. Equal blocks give equal bytes. */
export function docx(blocks: readonly string[]): Uint8Array {
  const section =
    `<w:sectPr><w:pgSz w:w="${PAGE.width}" w:h="${PAGE.height}"/>` +
    `<w:pgMar w:top="${PAGE.top}" w:right="${PAGE.side}" w:bottom="${PAGE.bottom}" w:left="${PAGE.side}" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>`;
  const parts: Record<string, string> = {
    "[Content_Types].xml":
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>' +
      '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>' +
      '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>',
    "_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    "word/_rels/document.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    "word/styles.xml":
      `<w:styles ${NS}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="${BODY}" w:cs="Times New Roman"/>` +
      '<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>' +
      '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>',
    "word/document.xml": `<w:document ${NS}><w:body>${blocks.join("")}${section}</w:body></w:document>`,
  };
  const mtime = new Date(2026, 0, 1);
  const zip: Zippable = {};
  for (const [name, text] of Object.entries(parts)) zip[name] = [strToU8(DECLARATION + text), { mtime, level: 6 }];
  return zipSync(zip);
}
