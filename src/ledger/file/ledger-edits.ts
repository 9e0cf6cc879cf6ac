import { column, isInputId, type ColumnId, type ColumnKind } from "../../domain/columns.js";
import { columnStyle } from "../../ooxml/column-widths.js";
import type { CellEdit } from "../../ooxml/cell-writer.js";
import { LAST_COLUMN, overlap, type Area } from "../../ooxml/references.js";
import type { RowEdit, SheetEditor } from "../../ooxml/sheet-editor.js";
import type { CellFormat } from "../../ooxml/styles.js";
import type { TableInfo } from "../../ooxml/tables.js";
import {
  decidePlacement,
  newContent,
  UNCHANGED,
  wantedTargets,
  type Headers,
  type Placement,
  type Target,
} from "../placement.js";
import type { LedgerWrite, RowWrite } from "../port.js";
import { formatOf, stored } from "./cell-formats.js";
import { LedgerError } from "./ledger-error.js";
import { cellKey, type LedgerSheet } from "./ledger-reader.js";

/** A target with the column of the sheet where it stands, or is to stand. */
export interface PlacedTarget {
  readonly id: Target["id"];
  readonly kind: ColumnKind;
  readonly column: number;
  readonly format: CellFormat;
}

/** Where a write puts its outputs in a file. */
export interface FilePlacement {
  readonly kind: Placement["kind"];
  /** Columns of the ledger that are written, from left to right. */
  readonly targets: readonly PlacedTarget[];
  /** Those of them that the ledger doesn't have yet. */
  readonly newColumns: readonly { readonly id: ColumnId; readonly header: string; readonly column: number }[];
}

/** Places a write; see `decidePlacement`. */
export function placeInFile(
  ledger: LedgerSheet,
  write: LedgerWrite,
  around: {
    readonly hasResults: boolean;
    readonly tables: readonly TableInfo[];
    readonly merges: () => readonly Area[];
  },
): FilePlacement {
  const { place } = ledger;
  const { columns } = place.match;
  const headers: Headers = new Map([...columns].map(([id]) => [id, column(id).header]));
  const placement = decidePlacement(wantedTargets(write, headers), write, {
    isTable: place.table !== undefined,
    hasResults: around.hasResults,
    has: ({ id }) => columns.has(id),
    hasRoom: (count) => isFree(ledger, place.right + count, around),
  });
  if (!placement.numbersFit) throw new LedgerError("no-room-for-numbers", { sheet: place.sheet.name });
  const added = new Map(placement.added.map(({ id }, i) => [id, place.right + 1 + i]));
  const targets = placement.targets.map(({ id, kind }): PlacedTarget => {
    const index = columns.get(id);
    const at = index !== undefined ? place.left + index : added.get(id)!;
    // What stands in an input is the user's, and a mended one stays a text.
    return { id, kind, column: at, format: isInputId(id) ? "text" : formatOf(kind) };
  });
  return {
    kind: placement.kind,
    targets: targets.sort((a, b) => a.column - b.column),
    newColumns: placement.added.map(({ id, header }) => ({ id, header, column: added.get(id)! })),
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
  placement: FilePlacement,
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
    const cells = placement.newColumns.map(({ header, column: at }): CellEdit => ({
      column: at,
      value: header,
      format: "text",
      base,
    }));
    yield { row: place.headerRow, cells };
  }
  for (const row of ledger.rows) {
    const wanted = writes.get(row.row);
    if (!wanted) continue;
    const cells: CellEdit[] = [];
    let base = -1;
    for (const target of placement.targets) {
      const content = newContent(row, wanted, target);
      if (content === UNCHANGED || isFormula(ledger, row.row, target)) continue;
      if (base < 0) base = edge(row.row);
      const { column: at, kind, format } = target;
      cells.push({ column: at, value: stored(content, kind, sheet.date1904), format, base });
    }
    if (cells.length > 0) yield { row: row.row, cells };
  }
}

function isFormula({ formulas }: LedgerSheet, row: number, { column: at }: PlacedTarget): boolean {
  return formulas.size > 0 && formulas.has(cellKey(row, at));
}

/** Cells of output columns where a formula of the user's stands in the way of another value. */
export function keptFormulas(
  ledger: LedgerSheet,
  writes: ReadonlyMap<number, RowWrite>,
  placement: FilePlacement,
): number {
  if (ledger.formulas.size === 0) return 0;
  let kept = 0;
  for (const row of ledger.rows) {
    const wanted = writes.get(row.row);
    if (!wanted) continue;
    for (const target of placement.targets) {
      const stays = target.id !== "id" && isFormula(ledger, row.row, target);
      if (stays && newContent(row, wanted, target) !== UNCHANGED) kept++;
    }
  }
  return kept;
}

/** By row number. A row that was never read is a programming error: it must not be written to. */
export function writesByRow(ledger: LedgerSheet, write: LedgerWrite): Map<number, RowWrite> {
  const known = new Set(ledger.rows.map((row) => row.row));
  for (const { row } of write.rows) if (!known.has(row)) throw new Error(`row ${row} is not a row of the ledger`);
  return new Map(write.rows.map((row) => [row.row, row]));
}
