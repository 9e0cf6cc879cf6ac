import { addAll } from "../../domain/grouping.js";
import type { PageRow } from "../../ooxml/pages/page.js";
import { columnLetters } from "../../ooxml/references.js";
import { placePivot, type PivotBase, type PivotSpec, type PivotTexts } from "../../ooxml/pages/pivot-parts.js";
import type { ReportSheet } from "./blocks.js";
import { GRID } from "./grid.js";
import { reportPage, type ReportPage } from "./layout.js";
import { PIVOT_LOOKS } from "./looks.js";
import type { ReportText } from "./texts.js";

/** A pivot table as a report wants it, without its place on the sheet. */
export type WantedPivot = Omit<PivotSpec, "at" | "texts">;

/** First column right of the printed page, a column of air between. */
const PIVOT_COLUMN = GRID + 2;
const PIVOT_ROW = 8;
const [LABEL_WIDTH, COUNT_WIDTH, GAP_WIDTH] = [20, 11, 3];

/**
 * A report's sheet with its pivot tables right of the printed page, side by side: they grow downwards when they are
 * refreshed, and Excel lets none grow over another. The room to the right is for new columns; the last one has no bound.
 */
export function pageWithPivots(
  sheet: ReportSheet,
  base: PivotBase,
  pivots: readonly WantedPivot[],
  title: string,
  t: ReportText,
): ReportPage {
  const noted: ReportSheet = {
    ...sheet,
    blocks: sheet.blocks.map((block) =>
      block.kind === "notes"
        ? { ...block, lines: [...block.lines, t("method.pivot", { column: columnLetters(PIVOT_COLUMN) })] }
        : block,
    ),
  };
  const page = reportPage(noted);
  const texts: PivotTexts = { count: t("pivot.count"), total: t("sum"), blank: t("pivot.blank") };
  const widths = [...page.widths];
  let left = PIVOT_COLUMN;
  const rows: PageRow[] = [
    {
      row: PIVOT_ROW - 4,
      cells: [{ column: left, value: title, look: { ...PIVOT_LOOKS.label, box: "FFFFFFFF", bold: true } }],
    },
  ];
  const placed = pivots.map((wanted) => {
    const pivot = placePivot(base, { ...wanted, at: { row: PIVOT_ROW, column: left }, texts }, PIVOT_LOOKS);
    addAll(rows, pivot.rows);
    while (widths.length < left - 1) widths.push(GAP_WIDTH);
    // As many columns as there are values in the source, since a refresh may show them all.
    const columns = Math.max(pivot.width, pivotColumns(base, wanted.columns));
    widths.push(LABEL_WIDTH);
    addAll(
      widths,
      Array.from({ length: columns - 1 }, () => COUNT_WIDTH),
    );
    left += columns + 1;
    return pivot.pivot;
  });
  return { ...page, widths, rows: merged(page.rows, rows), pivots: placed };
}

function pivotColumns({ source, items }: PivotBase, header: string): number {
  return (items.get(source.headers.indexOf(header))?.length ?? 0) + 2;
}

/** Rows of the page and of the pivots beside it, cells in order of columns. */
function merged(page: readonly PageRow[], beside: readonly PageRow[]): PageRow[] {
  const rows = new Map(page.map((row) => [row.row, row]));
  for (const { row, cells } of beside) {
    const present = rows.get(row);
    rows.set(row, present ? { ...present, cells: [...present.cells, ...cells] } : { row, cells });
  }
  return [...rows.values()]
    .map((row) => ({ ...row, cells: [...row.cells].sort((a, b) => a.column - b.column) }))
    .sort((a, b) => a.row - b.row);
}
