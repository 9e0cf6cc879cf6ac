import type { Worksheet } from "exceljs";

/** ECMA-376 paper size 9; the enum of exceljs exists in its types only. */
const PAPER_A4 = 9;

/** Inches. */
const MARGINS = { left: 0.5, right: 0.5, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 };

/** Prints a sheet on A4, as wide as the page: on one page, or on as many as its rows take. */
export function printOnA4(
  sheet: Worksheet,
  { landscape, onePage }: { readonly landscape: boolean; readonly onePage: boolean },
): void {
  Object.assign(sheet.pageSetup, {
    paperSize: PAPER_A4,
    orientation: landscape ? "landscape" : "portrait",
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: onePage ? 1 : 0,
    horizontalCentered: true,
    margins: MARGINS,
  });
}
