import ExcelJS from "exceljs";
import { strFromU8, strToU8 } from "fflate";
import stringWidth from "string-width";
import { columnLetters } from "../../ooxml/references.js";
import { addPages, type AddPagesOptions } from "../../ooxml/pages/add-pages.js";
import { escapeXstring } from "../../ooxml/xml/escape.js";
import type { Page } from "../../ooxml/pages/page.js";
import type { PivotValue } from "../../ooxml/pages/pivot-parts.js";
import { steadyZip } from "../steady-zip.js";
import { DETAIL_TABLE, type DetailTable } from "./detail-table.js";

/** A workbook of its own: the report's pages, then the judged rows its pivot tables count. */
export async function reportWorkbook(
  pages: readonly Page[],
  detail: DetailTable,
  detailSheet: string,
  options: Pick<AddPagesOptions, "codec">,
): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  // Fixed, so that the same report gives the same bytes.
  book.created = book.modified = new Date(Date.UTC(2026, 0, 1));
  book.creator = "条理 Tiaoli";
  // Blank for now: the pages are written over them. In this order the report comes first.
  for (const { name } of pages) book.addWorksheet(name);
  addDetail(book, detail, detailSheet);
  const sheet = `xl/worksheets/sheet${pages.length + 1}.xml`;
  const base = steadyZip(new Uint8Array(await book.xlsx.writeBuffer()), (name, content) => {
    if (name === sheet) return withRows(content, detail);
    return name === "xl/tables/table1.xml" ? replaced(content, FORMED, `ref="${areaOf(detail)}"`) : content;
  });
  return addPages(base, pages, { ...options, intoBlankSheets: true }).bytes;
}

const A4 = 9;
const FORMATS: Readonly<Record<string, string>> = {
  datetime: "yyyy-mm-dd hh:mm",
  money: "#,##0.00",
};

const FORMED_VALUE = 0;
const FORMED = /ref="A1:[A-Z]+2"/g;

function areaOf({ columns, rows }: DetailTable): string {
  return `A1:${columnLetters(columns.length)}${Math.max(1, rows.length) + 1}`;
}

function replaced(content: Uint8Array, pattern: RegExp, text: string): Uint8Array {
  return strToU8(strFromU8(content).replace(pattern, text));
}

/**
 * The sheet with all its rows instead of the one that exceljs made: as cells of its model, a hundred thousand rows take
 * gigabytes.
 */
function withRows(content: Uint8Array, detail: DetailTable): Uint8Array {
  const { columns, rows } = detail;
  const xml = strFromU8(content).replace(FORMED, `ref="${areaOf(detail)}"`);
  const formed = xml.indexOf('<row r="2"');
  const end = xml.indexOf("</sheetData>");
  const letters = columns.map((_, i) => columnLetters(i + 1));
  const styles = letters.map((letter) => {
    const style = new RegExp(`<c r="${letter}2"[^>]* s="(\\d+)"`).exec(xml)?.[1];
    return style === undefined ? "" : ` s="${style}"`;
  });
  const parts = [strToU8(xml.slice(0, formed))];
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    let text = "";
    rows.slice(from, from + ROWS_AT_ONCE).forEach((row, i) => {
      const number = from + i + 2;
      text += `<row r="${number}">`;
      row.forEach((value, column) => {
        if (value === undefined) return;
        const start = `<c r="${letters[column]!}${number}"${styles[column]!}`;
        text +=
          typeof value === "number"
            ? `${start}><v>${value}</v></c>`
            : `${start} t="inlineStr"><is><t xml:space="preserve">${escapeXstring(value)}</t></is></c>`;
      });
      text += "</row>";
    });
    parts.push(strToU8(text));
  }
  parts.push(strToU8(xml.slice(end)));
  return joined(parts);
}

const ROWS_AT_ONCE = 2000;

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const WIDTHS = { least: 8, most: 24 } as const;
/** Rows that are looked at for the widths of columns: enough to know what the values are like. */
const MEASURED_ROWS = 500;

/** As wide as the widest value, within bounds; room for the filter button of the header. */
function widthOf(values: readonly PivotValue[], kind: string): number {
  if (kind === "datetime") return 17;
  const longest = values.reduce<number>((most, value) => Math.max(most, stringWidth(String(value ?? ""))), 0);
  return Math.min(WIDTHS.most, Math.max(WIDTHS.least, longest + 3));
}

function addDetail(book: ExcelJS.Workbook, { columns, rows }: DetailTable, name: string): void {
  const sheet = book.addWorksheet(name, {
    views: [{ state: "frozen", xSplit: 1, ySplit: 1 }],
    pageSetup: { orientation: "landscape", fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  // The enum of paper sizes exists in the types of exceljs only; ECMA-376 calls A4 9.
  Object.assign(sheet.pageSetup, { paperSize: A4, printTitlesRow: "1:1" });
  sheet.columns = columns.map(({ header, kind }, i) => ({
    width: widthOf([header, ...rows.slice(0, MEASURED_ROWS).map((row) => row[i])], kind),
    ...(FORMATS[kind] === undefined ? {} : { style: { numFmt: FORMATS[kind] } }),
  }));
  sheet.addTable({
    name: DETAIL_TABLE,
    ref: "A1",
    headerRow: true,
    style: { theme: "TableStyleMedium2", showRowStripes: true },
    columns: columns.map(({ header }) => ({ name: header, filterButton: true })),
    // One row that shows how each column is formatted; the others are written in its place.
    rows: [columns.map(() => FORMED_VALUE)],
  });
  for (let i = 1; i <= columns.length; i++) {
    const cell = sheet.getCell(`${columnLetters(i)}1`);
    cell.font = { bold: true, color: { argb: "FFFFFFFF" } };
    // Not every program draws the table's style, and white letters need their ground.
    cell.fill = { type: "pattern", pattern: "solid", fgColor: { argb: "FF1F5C99" } };
    cell.numFmt = "General";
  }
}
