import { columnWidth } from "../output-cells.js";
import { textEntry } from "./cell-values.js";
import type { LedgerNow } from "./locate-rows.js";
import type { Placement, Target } from "../placement.js";
import { pointsOf } from "./output-plan.js";
import { dressHeader } from "./header-look.js";
import { enterCells, formatRange, numberFormatOf } from "./write-cells.js";
import type { Place } from "./place.js";
import { areaOf, type Area } from "./ranges.js";
import type { Step } from "./request-queue.js";

/** Adding output columns at the right end of the ledger. */

/** Columns that the ledger lacks now, and how to add them. */
export interface NewColumns {
  readonly steps: readonly Step[];
  /** Positions in the sheet, by header. */
  readonly positions: ReadonlyMap<string, number>;
  /** Takes them away again, if the ledger turns out to have moved from under them. */
  readonly undo: readonly Step[];
}

export const NO_NEW_COLUMNS: NewColumns = { steps: [], positions: new Map(), undo: [] };

interface Added {
  readonly missing: readonly Target[];
  readonly now: LedgerNow;
  /** Position of the first of them in the sheet. */
  readonly left: number;
}

/** The columns of a placement that the ledger doesn't have. Their cells were found free. */
export function newColumns(
  context: Excel.RequestContext,
  place: Place,
  placement: Placement,
  now: LedgerNow,
): NewColumns {
  const missing = placement.added.filter(({ header }) => !now.headers.includes(header));
  if (missing.length === 0) return NO_NEW_COLUMNS;
  const added: Added = { missing, now, left: now.left + now.headers.length };
  const step = (prepare: () => void): Step => ({
    requestBytes: 1500 * (missing.length + 1),
    responseBytes: 500,
    prepare,
  });
  const positions = new Map(missing.map(({ header }, i) => [header, added.left + i]));
  if (place.kind === "table") {
    const { id } = place.table;
    return {
      steps: [
        step(() => {
          extendTable(context.workbook.tables.getItem(id), added);
        }),
      ],
      positions,
      undo: [],
    };
  }
  const sheet = context.workbook.worksheets.getItem(now.sheetId);
  return {
    steps: [
      step(() => {
        extendRange(sheet, added);
      }),
    ],
    positions,
    undo: [
      step(() => {
        areaOf(sheet, headerArea(added)).clear("Contents");
      }),
    ],
  };
}

/**
 * Counted from the table itself, so that nothing goes astray if the table moves in the very last moment. Resized before
 * anything is written: Excel lets a table grow by itself when something is written beside it, and would grow it twice.
 */
function extendTable(table: Excel.Table, { missing, now }: Added): void {
  table.resize(table.getRange().untrack().getResizedRange(0, missing.length).untrack());
  const first = table.getHeaderRowRange().untrack().getCell(0, now.headers.length).untrack();
  enterCells(first.getResizedRange(0, missing.length - 1).untrack(), [
    missing.map((target) => textEntry(target.header)),
  ]);
  const body = table.getDataBodyRange().untrack();
  missing.forEach((target, i) => {
    dress(body.getColumn(now.headers.length + i).untrack(), target);
  });
}

function extendRange(sheet: Excel.Worksheet, added: Added): void {
  const { missing, now, left } = added;
  const header = headerArea(added);
  // Not by `copyFrom`: a header merged over two rows would bring its merged area along, and swallow ours.
  if (now.headerLook) dressHeader(areaOf(sheet, header), now.headerLook);
  enterCells(areaOf(sheet, header), [missing.map((target) => textEntry(target.header))]);
  missing.forEach((target, i) => {
    const area: Area = { row: now.bodyRow, column: left + i, rows: Math.max(1, now.bodyRows), columns: 1 };
    dress(areaOf(sheet, area), target);
  });
}

function headerArea({ missing, now, left }: Added): Area {
  return { row: now.headerRow, column: left, rows: 1, columns: missing.length };
}

/** Number format and width of a new column. A column beside one formatted as text may have become such a column itself. */
function dress(range: Excel.Range, { id, kind }: Target): void {
  formatRange(range, numberFormatOf(kind) ?? "General");
  range.format.columnWidth = pointsOf(columnWidth(id));
}
