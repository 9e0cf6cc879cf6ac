import { column } from "../../domain/columns.js";
import { columnIndex, parseAreas } from "../../ledger/excel/ranges.js";
import type { Edit } from "../excel/pane-workbook.js";
import type { LedgerRow } from "../../ledger/port.js";
import type { Overview } from "./overview.js";

/** More rows than these are a matter for a whole run. */
export const MOST_LIVE_ROWS = 20;

/** What an edit means for live mode: rows to judge again, nothing to do, or too much to do live. */
export type LiveEdit = { readonly rows: readonly number[] } | "nothing" | "too-much";

/**
 * Reads an edit on the ledger's sheet. Own and others' writes are nothing to judge, and neither are edits of output
 * columns: so no loop can arise. Rows from 1.
 */
export function liveEdit(edit: Edit, { columns, rows, headerRow }: LedgerShape): LiveEdit {
  if (edit.foreign || rows === 0) return "nothing";
  if (edit.changeType !== "RangeEdited") return "too-much";
  const areas = parseAreas(edit.address);
  const inputs = areas.filter((area) => columns.some((at) => at >= area.column && at < area.column + area.columns));
  const touched = new Set<number>();
  for (const { row, rows: count } of inputs) {
    if (count > MOST_LIVE_ROWS) return "too-much";
    for (let i = 0; i < count; i += 1) if (row + i + 1 > headerRow) touched.add(row + i + 1);
  }
  if (touched.size === 0) return "nothing";
  return touched.size > MOST_LIVE_ROWS ? "too-much" : { rows: [...touched].sort((a, b) => a - b) };
}

/**
 * By which inputs rows were judged last. Where events don't tell one's own writes from the user's (before ExcelApi 1.14),
 * a number that a run gave, or an undo took back, looks like an edit: a row with the same inputs is not judged again.
 */
export class JudgedInputs {
  private rows: readonly LedgerRow[] = [];
  private numbers: ReadonlyMap<number, string> = new Map();
  private readonly single = new Map<number, string>();

  /** The whole ledger was judged, and rows were given these numbers, by sheet row. */
  takeAll(rows: readonly LedgerRow[], numbers: ReadonlyMap<number, string>): void {
    this.rows = rows;
    this.numbers = numbers;
    this.single.clear();
  }

  takeOne(row: LedgerRow, number: string | undefined): void {
    this.single.set(row.row, inputsOf(row, number));
  }

  /** Whether the row was judged by just these inputs. */
  has(row: LedgerRow): boolean {
    const before = this.rows.find((other) => other.row === row.row);
    const known = this.single.get(row.row) ?? (before && inputsOf(before, this.numbers.get(row.row)));
    return known === inputsOf(row, undefined);
  }
}

function inputsOf({ cells }: LedgerRow, number: string | undefined): string {
  const given = number === undefined ? cells : { ...cells, id: number };
  const filled = Object.entries(given).filter(([, cell]) => cell !== undefined && cell !== "");
  return JSON.stringify(filled.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Where the ledger stands, as far as an edit is concerned. */
export interface LedgerShape {
  /** Positions of input columns, from 0. */
  readonly columns: readonly number[];
  readonly rows: number;
  readonly headerRow: number;
}

/** Of one of the ledger's sheets. */
export function shapeOf({ sheets, rows }: Pick<Overview, "sheets" | "rows">, sheet: number): LedgerShape | undefined {
  const own = sheets[sheet];
  if (!own) return undefined;
  const inputs = own.columns.filter(([id]) => column(id).role === "input");
  return { columns: inputs.map(([, { letter }]) => columnIndex(letter)), rows, headerRow: own.headerRow };
}
