import stringWidth from "string-width";
import type { Page } from "../../ooxml/pages/page.js";
import type { ReportSheet } from "./blocks.js";
import { GRID, heightOf, spread, UNIT_WIDTH } from "./grid.js";
import { LOOKS } from "./looks.js";
import { Paper, SCALE, SIGNATURE_HEIGHTS, type CountedCell } from "./paper.js";

const TITLE_ROWS = 4;

/** A page of a report with the figures on it that lead to rows. */
export interface ReportPage extends Page {
  readonly counted: readonly CountedCell[];
}

/** A report's sheet as a page. The titles are repeated on every printed page. */
export function reportPage(sheet: ReportSheet): ReportPage {
  const paper = new Paper();
  paper.put(1, 1, GRID, sheet.organisation, LOOKS.organisation);
  paper.atLeast(1, 18);
  paper.put(2, 1, GRID, sheet.title, LOOKS.title);
  paper.atLeast(2, 32);
  const [left, right] = sheet.meta;
  const leftUnits = spread([stringWidth(left) + 1, stringWidth(right) + 1], GRID)[0]!;
  paper.put(3, 1, leftUnits, left, LOOKS.meta);
  paper.put(3, 1 + leftUnits, GRID - leftUnits, right, LOOKS.metaRight);
  paper.atLeast(3, 18);
  paper.put(4, 1, GRID, sheet.remark, { ...LOOKS.meta, vertical: "top", wrap: true });
  paper.atLeast(4, heightOf(sheet.remark, GRID));
  paper.row = TITLE_ROWS + 1;
  paper.begin();
  sheet.blocks.forEach((block, i) => {
    const signed = sheet.blocks[i + 1]?.kind === "signatures";
    paper.place(block, signed ? SIGNATURE_HEIGHTS[0] + SIGNATURE_HEIGHTS[1] : 0);
  });
  return {
    key: sheet.key,
    name: sheet.name,
    widths: Array.from({ length: GRID }, () => UNIT_WIDTH),
    rows: paper.rows(),
    merges: paper.merges,
    printArea: { top: 1, left: 1, bottom: Math.max(4, paper.row - 1), right: GRID },
    titleRows: { first: 1, last: TITLE_ROWS },
    breaks: paper.breaks,
    scale: SCALE,
    footer: sheet.footer,
    charts: paper.charts,
    counted: paper.counted,
    pivots: [],
  };
}
