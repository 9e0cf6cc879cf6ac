import type { CellReader } from "../../ooxml/cell-values.js";
import { columnLetters, LAST_COLUMN, LAST_ROW, overlap, type Area } from "../../ooxml/references.js";
import type { CellEdit } from "../../ooxml/cell-writer.js";
import type { RowEdit } from "../../ooxml/sheet-editor.js";
import type { SheetIndex } from "../../ooxml/sheet-index.js";
import type { DropDown } from "../../ooxml/data-validations.js";
import { sameContent } from "../output-cells.js";
import { columnsToGuide, planColumns, planRows, type RowPlan, type TableSpec } from "../own-table-plan.js";
import { formatOf, stored } from "./cell-formats.js";
import { LedgerError } from "./ledger-error.js";
import { GUIDED_ROWS } from "./new-sheet.js";
import { capture, filledRows, relocated, standingRows, valueAt, type Captured } from "./standing-table.js";
import type { TableAnchor } from "./table-anchor.js";

export interface TablePlan {
  readonly index: SheetIndex;
  readonly area: Area;
  readonly newColumns: readonly { readonly header: string; readonly column: number; readonly width: number }[];
  /** Columns that get drop-downs and notes, unless the user has given them some. */
  readonly guides: readonly DropDown[];
  /** The new rows hold other values than those that stand there. */
  readonly changed: boolean;
  readonly edits: () => Generator<RowEdit>;
  /** A formula moves or goes, so the calculation chain no longer fits. */
  readonly movesFormulas: boolean;
  /** Column by position in the spec, and the table's first data row. */
  readonly columns: readonly number[];
  readonly firstRow: number;
}

interface PlannedSheet {
  readonly bytes: Uint8Array;
  readonly part: string;
  readonly name: string;
}

interface Environment {
  readonly reader: CellReader;
  readonly date1904: boolean;
  /** Other tables and merged areas on the sheet, which the table may not grow into. */
  readonly obstacles: (index: SheetIndex) => readonly Area[];
}

/**
 * Plans a table's rows. What the user wrote into columns of their own follows its row, formulas there stay in place, and
 * notes on rows that are gone are kept on blank rows at the end.
 * Throws `LedgerError` table-blocked if the table must grow over cells that hold something.
 */
export function planTable(
  spec: TableSpec,
  anchor: TableAnchor,
  sheet: PlannedSheet,
  environment: Environment,
): TablePlan {
  const { top, left, firstRow, hasTotals } = anchor;
  const found = planColumns(spec, anchor.headers);
  const { positions, added } = found;
  const columns = positions.map((at) => left + at);
  const oldRight = left + anchor.headers.length - 1;
  const right = oldRight + added.length;
  const oldCount = Math.max(0, anchor.lastRow - firstRow + 1);
  const oldBottom = Math.max(anchor.lastRow, top) + (hasTotals ? 1 : 0);
  const captured = capture(spec, anchor, columns, { oldCount, oldRight, oldBottom, right }, sheet, environment.reader);
  const newColumns = added.map(({ header, width }, i) => ({ header, column: oldRight + 1 + i, width }));
  const first = spec.mode === "append" ? filledRows(captured) : 0;
  const plan = spec.mode === "append" ? appendedRows(spec, first) : planRows(spec, standingRows(captured));
  const count = Math.max(1, plan.rows.length);
  const table = { spec, sheet, firstRow, hasTotals, date1904: environment.date1904, captured, columns, plan, count };
  function* edits(): Generator<RowEdit> {
    if (newColumns.length > 0) yield headerEdit(newColumns, top, captured.headerStyle);
    for (let p = first; p < Math.max(count, oldCount) + (hasTotals ? 1 : 0); p++) {
      const cells = rowCells(table, p);
      if (cells.length > 0) yield { row: firstRow + p, cells };
    }
  }
  const area = { top, left, bottom: firstRow + count - 1 + (hasTotals ? 1 : 0), right };
  const changed = edits().next().done !== true;
  if (changed) assertFree(spec, area, { oldBottom, oldRight, captured, sheet, obstacles: environment.obstacles });
  return {
    index: captured.index,
    area,
    newColumns,
    guides: columnsToGuide(spec, found).map((column) => dropDown(column, left, firstRow)),
    changed,
    edits,
    movesFormulas: changed && formulasGo(table),
    columns,
    firstRow,
  };
}

function dropDown(column: ReturnType<typeof columnsToGuide>[number], left: number, firstRow: number): DropDown {
  const { at, header: title, guide } = column;
  const { choices, prompt: text } = guide;
  return {
    ...{ column: left + at, firstRow, lastRow: firstRow + GUIDED_ROWS },
    rule: choices && { source: choices.join(","), title, message: text },
    note: { title, text },
    renewed: () => undefined,
  };
}

/** Rows that stand there stay as they are; the new ones come after the last that holds anything. */
function appendedRows(spec: TableSpec, first: number): RowPlan {
  const rows: RowPlan["rows"] = [...new Array<RowPlan["rows"][number]>(first).fill([]), ...spec.rows];
  return { rows, from: rows.map((_, p) => (p < first ? p : undefined)) };
}

interface PlannedTable {
  readonly spec: TableSpec;
  readonly sheet: PlannedSheet;
  readonly firstRow: number;
  readonly hasTotals: boolean;
  readonly date1904: boolean;
  readonly captured: Captured;
  readonly columns: readonly number[];
  readonly plan: RowPlan;
  /** Data rows the table is to have. */
  readonly count: number;
}

/** The totals row follows the end of the data. */
function totalsMove({ hasTotals, count, captured }: PlannedTable): boolean {
  return hasTotals && count !== captured.count;
}

/** Cells of the data row at a position that are to change, a totals row before or after included. */
function rowCells(table: PlannedTable, p: number): CellEdit[] {
  const { captured, count, sheet, firstRow } = table;
  const row = firstRow + p;
  const cells = new Map<number, CellEdit>();
  const moves = totalsMove(table);
  if (moves && p === captured.count)
    for (const [column, { style }] of captured.totals)
      cells.set(column, { column, value: undefined, format: "text", base: style });
  if (p < Math.max(count, captured.count)) {
    for (const edit of ownCells(table, p)) cells.set(edit.column, edit);
    for (const edit of notedCells(table, p)) cells.set(edit.column, edit);
  }
  if (moves && p === count)
    for (const [column, extra] of captured.totals)
      cells.set(column, { column, markup: relocated(sheet.bytes, extra, column, row) });
  return [...cells.values()].sort((a, b) => a.column - b.column);
}

function* ownCells({ spec, captured, columns, plan, date1904 }: PlannedTable, p: number): Generator<CellEdit> {
  const { own, count: oldCount, styles } = captured;
  for (let k = 0; k < own; k++) {
    const content = plan.rows[p]?.[k];
    const { kind } = spec.columns[k]!;
    const present = p < oldCount ? valueAt(captured, p, k) : undefined;
    if (sameContent(present, content, kind)) continue;
    const base = Math.max(0, styles[Math.min(p, oldCount - 1) * own + k] ?? 0);
    yield { column: columns[k]!, value: stored(content, kind, date1904), format: formatOf(kind), base };
  }
}

/** What the user wrote beside our columns: it leaves a row that is gone or moved, and comes with the row it belongs to. */
function* notedCells({ captured, plan, count, sheet, firstRow }: PlannedTable, p: number): Generator<CellEdit> {
  for (const [column, extra] of captured.extras.get(p) ?? [])
    if (p >= count || (!extra.formula && plan.from[p] !== p))
      yield { column, value: undefined, format: "text", base: extra.style };
  const source = plan.from[p];
  if (source === undefined || source === p) return;
  for (const [column, extra] of captured.extras.get(source) ?? [])
    if (!extra.formula) yield { column, markup: relocated(sheet.bytes, extra, column, firstRow + p) };
}

/** Throws `LedgerError` table-blocked if the table's new area holds what is not its own. */
function assertFree(
  { table }: TableSpec,
  { top, left, bottom, right }: Area,
  old: {
    readonly oldBottom: number;
    readonly oldRight: number;
    readonly captured: Captured;
    readonly sheet: PlannedSheet;
    readonly obstacles: Environment["obstacles"];
  },
): void {
  const { oldBottom, oldRight, captured, sheet } = old;
  const blocked = (row: number, column: number): never => {
    throw new LedgerError("table-blocked", { table, sheet: sheet.name, cell: `${columnLetters(column)}${row}` });
  };
  const { contentBelow, contentRight, index } = captured;
  if (bottom > LAST_ROW || contentBelow <= bottom) blocked(Math.min(LAST_ROW, contentBelow), left);
  if (right > LAST_COLUMN || contentRight <= right) blocked(top, Math.min(LAST_COLUMN, contentRight));
  const grown: Area[] = [];
  if (bottom > oldBottom) grown.push({ top: oldBottom + 1, left, bottom, right });
  if (right > oldRight) grown.push({ top, left: oldRight + 1, bottom, right });
  if (grown.length === 0) return;
  for (const obstacle of old.obstacles(index))
    if (grown.some((area) => overlap(area, obstacle))) blocked(obstacle.top, obstacle.left);
}

/** Whether a formula goes, or moves to another cell. */
function formulasGo(table: PlannedTable): boolean {
  const { captured, count } = table;
  return (
    captured.formulaInOwn ||
    (totalsMove(table) && [...captured.totals.values()].some(({ formula }) => formula)) ||
    [...captured.extras].some(([p, cells]) => p >= count && [...cells.values()].some(({ formula }) => formula))
  );
}

function headerEdit(newColumns: TablePlan["newColumns"], top: number, style: number): RowEdit {
  return {
    row: top,
    cells: newColumns.map(({ header, column }) => ({ column, value: header, format: "text", base: style })),
  };
}
