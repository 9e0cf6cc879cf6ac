import ExcelJS from "exceljs";
import type { Codec } from "../../ooxml/codec.js";
import { addPages } from "../../ooxml/pages/add-pages.js";
import type { Page } from "../../ooxml/pages/page.js";

/** A workbook of pages and nothing else. exceljs is large: load this when it is asked for. */
export async function pagesWorkbook(pages: readonly Page[], codec: Codec): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  // Fixed, so that the same pages give the same bytes.
  book.created = book.modified = new Date(Date.UTC(2026, 0, 1));
  book.creator = "条理 Tiaoli";
  // Blank for now: the pages are written over them.
  for (const { name } of pages) book.addWorksheet(name);
  const blank = new Uint8Array(await book.xlsx.writeBuffer());
  return addPages(blank, pages, { codec, intoBlankSheets: true }).bytes;
}
