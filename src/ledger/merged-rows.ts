import { column, type InputId } from "../domain/columns.js";
import { readValue, Problem } from "../domain/cell-reading.js";
import type { RawCell, RowDoubt } from "../domain/complaint.js";
import type { HeaderMatch } from "../domain/match-key.js";
import type { Area } from "../ooxml/references.js";
import { isBlankText } from "./output-cells.js";
import type { LedgerRow } from "./port.js";

/**
 * Cells merged downwards, read as a person sees them: where the complaint itself is merged over several rows, the rows are
 * one complaint with several persons and amounts; where only a day, a customer or the like is, each row has it.
 */

/** A merged cell of an input column. Rows from 1. */
export interface MergedCell {
  readonly id: InputId;
  readonly top: number;
  readonly bottom: number;
}

export interface SeenRows {
  readonly rows: readonly LedgerRow[];
  /** Rows that belong to the complaint above them. */
  readonly continued: readonly number[];
}

/** The merged cells among a ledger's inputs. `left`: its first column, from 1. */
export function mergedCells(
  merges: readonly Area[],
  { columns }: HeaderMatch,
  { left, firstRow }: { readonly left: number; readonly firstRow: number },
): MergedCell[] {
  const ids = new Map(
    [...columns].flatMap(([id, i]) => (column(id).role === "input" ? [[left + i, id as InputId]] : [])),
  );
  return merges.flatMap(({ top, bottom, left: from, right }) => {
    const id = from === right ? ids.get(from) : undefined;
    return id !== undefined && bottom > top && top >= firstRow ? [{ id, top, bottom }] : [];
  });
}

/** What makes rows one complaint when it is merged over them. */
const WHOLE: readonly InputId[] = ["description", "id"];
/** Amounts and numbers of a complaint's rows add up. */
const SUMMED: ReadonlySet<string> = new Set(["money", "number", "integer"]);

export function asSeen(rows: readonly LedgerRow[], merged: readonly MergedCell[]): SeenRows {
  if (merged.length === 0) return { rows, continued: [] };
  const byRow = new Map(rows.map((row) => [row.row, row]));
  const headOf = new Map<number, number>();
  for (const { id, top, bottom } of merged)
    if (WHOLE.includes(id)) for (let row = top + 1; row <= bottom; row++) headOf.set(row, headOf.get(row) ?? top);
  for (const cell of merged) fillDown(cell, byRow, headOf);
  const groups = new Map<number, LedgerRow[]>();
  const seen: LedgerRow[] = [];
  for (const { row } of rows) {
    const head = headOf.get(row);
    if (head === undefined) seen.push(byRow.get(row)!);
    else groups.set(head, [...(groups.get(head) ?? []), byRow.get(row)!]);
  }
  return {
    rows: seen.map((row) => joined(row, groups.get(row.row) ?? [])),
    continued: [...groups.values()].flatMap((group) => group.map(({ row }) => row)),
  };
}

/** A cell merged over several complaints stands in each of them; an amount that does is nobody's for certain. */
function fillDown(
  { id, top, bottom }: MergedCell,
  byRow: Map<number, LedgerRow>,
  headOf: ReadonlyMap<number, number>,
): void {
  const value = byRow.get(top)?.cells[id];
  if (value === undefined || isBlankText(value)) return;
  for (let row = top; row <= bottom; row++) {
    const found = byRow.get(row);
    if (!found || headOf.has(row)) continue;
    const unsure = SUMMED.has(column(id).kind);
    const doubts: RowDoubt[] = unsure ? [...(found.doubts ?? []), { column: id, text: undefined }] : [];
    if (row === top && !unsure) continue;
    byRow.set(row, unsure ? { ...found, doubts } : { ...found, cells: { ...found.cells, [id]: value } });
  }
}

/** The rows of one complaint as one: names together, amounts added, of anything else the first that is written. */
function joined(head: LedgerRow, others: readonly LedgerRow[]): LedgerRow {
  if (others.length === 0) return head;
  const cells: { [Id in InputId]?: RawCell } = { ...head.cells };
  const doubts: RowDoubt[] = [...(head.doubts ?? [])];
  for (const other of others)
    for (const [name, cell] of Object.entries(other.cells)) {
      const id = name as InputId;
      if (isBlankText(cell)) continue;
      const own = cells[id];
      if (own === undefined || isBlankText(own)) cells[id] = cell;
      else if (own !== cell || SUMMED.has(column(id).kind)) cells[id] = together(id, own, cell, doubts);
    }
  return { ...head, cells, ...(doubts.length === 0 ? {} : { doubts }) };
}

function together(id: InputId, own: RawCell, cell: RawCell, doubts: RowDoubt[]): RawCell {
  const { kind } = column(id);
  if (SUMMED.has(kind)) {
    const [a, b] = [amountOf(own, kind), amountOf(cell, kind)];
    if (a !== undefined && b !== undefined) return Math.round((a + b) * 1e6) / 1e6;
  } else if (kind === "persons" || (kind === "text" && id !== "id" && id !== "pack")) {
    const [a, b] = [textOf(own), textOf(cell)];
    return a.split("、").includes(b) ? own : `${a}、${b}`;
  }
  doubts.push({ column: id, text: undefined });
  return own;
}

/** Yuan for money; undefined if the cell can't be read. */
function amountOf(cell: RawCell, kind: string): number | undefined {
  const read = kind === "money" ? readValue("money", cell) : readValue("number", cell);
  if (read === undefined || read instanceof Problem) return undefined;
  return kind === "money" ? read / 100 : read;
}

function textOf(cell: RawCell): string {
  return cell === null ? "" : typeof cell === "object" ? cell.error : String(cell);
}
