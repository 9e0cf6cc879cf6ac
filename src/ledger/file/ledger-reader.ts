import { column, type ColumnId } from "../../domain/columns.js";
import type { RawCell } from "../../domain/complaint.js";
import { complaintRows, isComplaint } from "../complaint-rows.js";
import { asSeen, mergedCells, type MergedCell } from "../merged-rows.js";
import { isDateKind } from "../output-cells.js";
import { furtherColumns, withSeconds } from "../second-columns.js";
import { STRANGER_CELLS, type LedgerRow, type LeftOut, type Stranger } from "../port.js";
import type { CellReader } from "../../ooxml/cell-values.js";
import { mergesOf, type LedgerPlace } from "./locate-ledger.js";
import { LAST_COLUMN } from "../../ooxml/references.js";
import { indexSheet, type SheetIndex } from "../../ooxml/sheet-index.js";
import { SheetScanner } from "../../ooxml/sheet-scanner.js";

/** The ledger as read, with what a patch needs to know. */
export interface LedgerSheet {
  readonly place: LedgerPlace;
  readonly index: SheetIndex;
  readonly rows: readonly LedgerRow[];
  /** Rows that are no complaints. */
  readonly leftOut: readonly LeftOut[];
  /** Format of the ledger's last cell in a row, by position in the row index; -1 if that row has no such cell. */
  readonly edgeStyles: readonly number[];
  /** First column right of the ledger that holds anything between its header row and its last row, both included. */
  readonly firstOccupied: number;
  /** What stands under headers that no column claims, by position in the headers. */
  readonly strangers: readonly { readonly index: number; readonly cells: Stranger["cells"] }[];
  /** The ledger's last row: that of the table, or the last with an input. */
  readonly lastRow: number;
  /** Cells that hold a formula, as `cellKey`; they are never written. */
  readonly formulas: ReadonlySet<number>;
}

export function cellKey(row: number, col: number): number {
  return row * LAST_COLUMN + col;
}

interface Target {
  readonly id: ColumnId;
  readonly output: boolean;
  /** A further column of this id. */
  readonly second: boolean;
  readonly dates: boolean;
}

type Cells = Partial<Record<ColumnId, RawCell>>;

/**
 * A row without any value. Copying it makes a row's object in one step and in one shape, which costs half of what adding
 * its properties one by one does.
 */
function blanks(ids: readonly ColumnId[]): Cells {
  return Object.fromEntries(ids.map((id) => [id, null]));
}

/** Reads the ledger's sheet in one pass. Throws `WorkbookError` malformed-xml. */
export function readLedgerSheet(bytes: Uint8Array, place: LedgerPlace, reader: CellReader): LedgerSheet {
  const targets: (Target | undefined)[] = place.headers.map(() => undefined);
  for (const [id, i] of place.match.columns) {
    const { kind, role } = column(id);
    targets[i] = { id, output: role === "output", second: false, dates: isDateKind(kind) };
  }
  const further = furtherColumns(place.match, place.headers);
  for (const { index: i, id } of further)
    targets[i] = { id, output: false, second: true, dates: isDateKind(column(id).kind) };
  const timesOnly = new Set(further.filter(({ timeOnly }) => timeOnly).map(({ id }) => id));
  const strangers = new Map<number, { row: number; value: RawCell }[]>(place.match.unrecognised.map((i) => [i, []]));
  const { left, right, headerRow, firstRow } = place;
  const lastRow = place.lastRow;
  const bottom = place.table?.area.bottom ?? lastRow;
  const blankCells = blanks(targets.flatMap((target) => (target && !target.output ? [target.id] : [])));
  const blankOutputs = blanks(targets.flatMap((target) => (target?.output ? [target.id] : [])));
  const rows: LedgerRow[] = [];
  const formulas = new Set<number>();
  const edgeStyles: number[] = [];
  const below = new Below(reader);
  let firstOccupied = LAST_COLUMN + 1;
  let besideBlanks = LAST_COLUMN + 1;
  let cells: Cells = { ...blankCells };
  let outputs: Cells = { ...blankOutputs };
  let seconds: Cells | undefined;
  let holds = false;
  let touched = false;
  let row = 0;
  let occupied = LAST_COLUMN + 1;
  let edgeStyle = -1;
  const finishRow = (): void => {
    if (row === 0) return;
    edgeStyles.push(edgeStyle);
    edgeStyle = -1;
    if (seconds) {
      const merged = withSeconds({ row, cells, outputs }, seconds, timesOnly);
      if (Object.values(merged.cells).some((cell) => cell !== null && cell !== "")) rows.push(merged);
      seconds = undefined;
    } else if (holds) rows.push({ row, cells, outputs });
    if (touched) {
      cells = { ...blankCells };
      outputs = { ...blankOutputs };
    }
    // Blank rows between others are the ledger's as well; those below its last row aren't.
    besideBlanks = Math.min(besideBlanks, occupied);
    if (holds || row === headerRow || (place.table && row > headerRow && row <= bottom)) {
      firstOccupied = Math.min(firstOccupied, besideBlanks);
      besideBlanks = LAST_COLUMN + 1;
    }
    holds = false;
    touched = false;
    occupied = LAST_COLUMN + 1;
  };

  const index = indexSheet(bytes, place.sheet.part, {
    row(scanner: SheetScanner) {
      finishRow();
      row = scanner.row;
    },
    cell(scanner: SheetScanner) {
      const col = scanner.column;
      if (place.table && row > bottom && row <= bottom + ROWS_BELOW && col >= left && col <= right)
        below.add(scanner, targets[col - left]);
      if (row < headerRow || row > bottom || col < left) return;
      if (col > right) {
        if (col < occupied && (scanner.hasFormula || scanner.valueEnd > scanner.valueStart)) occupied = col;
        return;
      }
      if (col === right) edgeStyle = scanner.style;
      if (row < firstRow || row > lastRow) return;
      const target = targets[col - left];
      if (!target) {
        const samples = strangers.get(col - left);
        if (samples === undefined || samples.length === STRANGER_CELLS) return;
        const sample = reader.value(scanner);
        if (sample !== undefined && sample !== null && sample !== "") samples.push({ row, value: sample });
        return;
      }
      if (scanner.hasFormula) formulas.add(cellKey(row, col));
      const value = reader.value(scanner, target.dates);
      if (value === undefined) return;
      touched = true;
      if (target.output) outputs[target.id] = value;
      else if (target.second) (seconds ??= {})[target.id] ??= value;
      else {
        cells[target.id] = value;
        holds ||= typeof value !== "string" || value.trim() !== "";
      }
    },
  });
  finishRow();
  const names = new Map([...place.match.columns].map(([id, i]) => [id, place.headers[i]!]));
  const seen = asSeen(rows, mergesIn(bytes, place));
  const complaints = complaintRows(seen.rows, names, (number) => rowTexts(index, number, place, reader));
  const typedBelow = below.complaints();
  return {
    place,
    index,
    rows: complaints.rows,
    leftOut: [
      ...complaints.leftOut,
      ...(seen.continued.length === 0 ? [] : [{ kind: "merged", rows: seen.continued } as const]),
      ...(typedBelow.length === 0 ? [] : [{ kind: "below-table", rows: typedBelow } as const]),
    ],
    edgeStyles,
    firstOccupied,
    strangers: [...strangers].map(([index, cells]) => ({ index, cells })),
    lastRow: place.table ? place.table.area.bottom : (rows.at(-1)?.row ?? headerRow),
    formulas,
  };
}

/** Merged cells among the inputs of a plain range; a table has none. */
function mergesIn(bytes: Uint8Array, { table, sheet, match, left, firstRow }: LedgerPlace): readonly MergedCell[] {
  return table ? [] : mergedCells(mergesOf(bytes, sheet.part), match, { left, firstRow });
}

/** How far below a table's end complaints are looked for that were typed there. */
export const ROWS_BELOW = 20;

/** What stands below the end of a table. */
class Below {
  private readonly rows = new Map<number, Cells>();

  constructor(private readonly reader: CellReader) {}

  add(scanner: SheetScanner, target: Target | undefined): void {
    const value = target && !target.output ? this.reader.value(scanner, target.dates) : undefined;
    if (!target || value === undefined) return;
    const cells = this.rows.get(scanner.row) ?? {};
    cells[target.id] = value;
    this.rows.set(scanner.row, cells);
  }

  complaints(): number[] {
    return [...this.rows].flatMap(([row, cells]) => (isComplaint(cells) ? [row] : []));
  }
}

/** Every text of a row within the ledger's columns. */
function rowTexts(index: SheetIndex, row: number, { left, right }: LedgerPlace, reader: CellReader): string[] {
  const at = index.rows.find(row);
  if (at < 0) return [];
  const scanner = new SheetScanner(index.bytes, index.part);
  scanner.seek(row, index.rows.start[at]!);
  scanner.nextRow();
  const texts: string[] = [];
  while (scanner.nextCell()) {
    const value = scanner.column >= left && scanner.column <= right ? reader.value(scanner) : undefined;
    if (typeof value === "string") texts.push(value);
  }
  return texts;
}
