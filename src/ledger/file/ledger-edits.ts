import { column, type ColumnId, type ColumnKind, type OutputId } from "../../domain/columns.js";
import type { LedgerRow, LedgerWrite, RowWrite, WriteReport } from "../port.js";
import { DAYS_1904 } from "../../ooxml/cell-values.js";
import { columnStyle } from "../../ooxml/column-widths.js";
import { cellKey, type LedgerSheet } from "./ledger-reader.js";
import { contentOfKind, formatOf, isDateFormat, outputContent, sameContent } from "./output-values.js";
import { LAST_COLUMN, overlap, type Area } from "../../ooxml/references.js";
import type { CellEdit } from "../../ooxml/cell-writer.js";
import type { RowEdit, SheetEditor } from "../../ooxml/sheet-editor.js";
import type { CellFormat } from "../../ooxml/styles.js";
import type { TableInfo } from "../../ooxml/tables.js";

/** An output, or a new 投诉编号, that goes into a column of the ledger. */
interface Target {
  readonly id: OutputId | "id";
  readonly kind: ColumnKind;
  readonly column: number;
  readonly format: CellFormat;
}

/** Where a write puts its outputs. */
export interface Placement {
  readonly kind: WriteReport["placement"];
  /** Columns of the ledger that are written, from left to right. */
  readonly targets: readonly Target[];
  /** Those of them that the ledger doesn't have yet. */
  readonly newColumns: readonly { readonly id: ColumnId; readonly header: string; readonly column: number }[];
}

/**
 * Output columns the ledger has are used where they stand; the others are added at its right end if the cells there are
 * free in all of its rows, else everything goes to 处理结果. Once there, it stays there (`hasResults`), so that no stale
 * copy is left behind. A ledger without 投诉编号 gets that column too, or the numbers would be given anew each time.
 */
export function decidePlacement(
  ledger: LedgerSheet,
  write: LedgerWrite,
  surroundings: {
    readonly hasResults: boolean;
    readonly tables: readonly TableInfo[];
    readonly merges: () => readonly Area[];
  },
): Placement {
  const { place } = ledger;
  const foreign = new Set<ColumnId>(write.foreign ?? []);
  const columns = new Map([...place.match.columns].filter(([id]) => !foreign.has(id)));
  const wanted: (OutputId | "id")[] = [...write.outputColumns];
  if (columns.has("id") || write.rows.some((row) => row.newId !== undefined)) wanted.unshift("id");
  const missing = wanted.filter((id) => !columns.has(id));
  const added = new Map(missing.map((id, i) => [id, place.right + 1 + i]));
  const fits = missing.length === 0 || isFree(ledger, place.right + missing.length, surroundings);
  // A table can't have two columns of one name, so outputs can't stand beside somebody's own column either.
  const toResults = surroundings.hasResults || foreign.size > 0 || !fits;
  const targets = wanted.flatMap((id): Target[] => {
    const index = columns.get(id);
    const at = index !== undefined ? place.left + index : toResults ? undefined : added.get(id);
    const { kind } = column(id);
    return at === undefined ? [] : [{ id, kind, column: at, format: formatOf(kind) }];
  });
  return {
    kind: toResults ? "results" : place.table ? "table" : "range",
    targets: targets.sort((a, b) => a.column - b.column),
    newColumns: toResults ? [] : [...added].map(([id, at]) => ({ id, header: column(id).header, column: at })),
  };
}

function isFree(
  { place, firstOccupied, lastRow }: LedgerSheet,
  right: number,
  { tables, merges }: { readonly tables: readonly TableInfo[]; readonly merges: () => readonly Area[] },
): boolean {
  // A table whose header row is switched off has no cells for new headers.
  if (right > LAST_COLUMN || firstOccupied <= right || place.table?.bound || place.table?.hasHeader === false)
    return false;
  const area = { top: place.headerRow, left: place.right + 1, bottom: lastRow, right };
  const inTheWay = (other: Area): boolean => overlap(area, other);
  return !tables.some((table) => table !== place.table && inTheWay(table.area)) && !merges().some(inTheWay);
}

/** Ledger cells whose value is to change, row by row; nothing else is ever written to the ledger. */
export function* ledgerEdits(
  ledger: LedgerSheet,
  writes: ReadonlyMap<number, RowWrite>,
  placement: Placement,
  sheet: { readonly editor: () => SheetEditor; readonly date1904: boolean },
): Generator<RowEdit> {
  const { place, index } = ledger;
  const edge = (row: number): number => {
    const at = index.rows.find(row);
    const style = at >= 0 ? ledger.edgeStyles[at]! : -1;
    return style >= 0 ? style : columnStyle(sheet.editor().frame.document.root, place.right);
  };
  if (placement.newColumns.length > 0) {
    const base = edge(place.headerRow);
    yield {
      row: place.headerRow,
      cells: placement.newColumns.map(({ header, column: at }) => ({
        column: at,
        value: header,
        format: "text",
        base,
      })),
    };
  }
  for (const row of ledger.rows) {
    const wanted = writes.get(row.row);
    if (!wanted) continue;
    const cells: CellEdit[] = [];
    let base = -1;
    for (const { id, kind, column: at, format } of placement.targets) {
      const content = id === "id" ? (isBlank(row) ? wanted.newId : undefined) : contentOfKind(kind, wanted.outputs[id]);
      if (id === "id" ? content === undefined : sameContent(row.outputs[id], content, format)) continue;
      if (ledger.formulas.size > 0 && ledger.formulas.has(cellKey(row.row, at))) continue;
      if (base < 0) base = edge(row.row);
      const value =
        sheet.date1904 && typeof content === "number" && isDateFormat(format) ? content - DAYS_1904 : content;
      cells.push({ column: at, value, format, base });
    }
    if (cells.length > 0) yield { row: row.row, cells };
  }
}

/** Cells of output columns where a formula of the user's stands in the way of another value. */
export function keptFormulas(ledger: LedgerSheet, writes: ReadonlyMap<number, RowWrite>, placement: Placement): number {
  if (ledger.formulas.size === 0) return 0;
  let kept = 0;
  for (const row of ledger.rows) {
    const wanted = writes.get(row.row);
    if (!wanted) continue;
    for (const { id, column: at, format } of placement.targets)
      if (
        id !== "id" &&
        ledger.formulas.has(cellKey(row.row, at)) &&
        !sameContent(row.outputs[id], outputContent(id, wanted.outputs), format)
      )
        kept++;
  }
  return kept;
}

function isBlank(row: LedgerRow): boolean {
  const id = row.cells.id;
  return id === undefined || id === null || (typeof id === "string" && id.trim() === "");
}

/** By row number. A row that was never read is a programming error: it must not be written to. */
export function writesByRow(ledger: LedgerSheet, write: LedgerWrite): Map<number, RowWrite> {
  const known = new Set(ledger.rows.map((row) => row.row));
  for (const { row } of write.rows) if (!known.has(row)) throw new Error(`row ${row} is not a row of the ledger`);
  return new Map(write.rows.map((row) => [row.row, row]));
}
