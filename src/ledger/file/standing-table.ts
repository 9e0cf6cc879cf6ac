import type { RawCell } from "../../domain/complaint.js";
import type { CellReader } from "../../ooxml/cell-values.js";
import { decodeText } from "../../ooxml/package.js";
import { columnLetters, LAST_COLUMN, LAST_ROW } from "../../ooxml/references.js";
import { indexSheet, type SheetIndex } from "../../ooxml/sheet-index.js";
import type { SheetScanner } from "../../ooxml/sheet-scanner.js";
import { isDateKind, standingContent } from "../output-cells.js";
import type { StandingRows, TableSpec } from "../own-table-plan.js";
import type { TableAnchor } from "./table-anchor.js";

/** What stands in a table of ours before it is written anew. */

/** A cell outside our columns, or in the totals row. */
interface Extra {
  readonly start: number;
  readonly end: number;
  readonly formula: boolean;
  readonly style: number;
}

export interface Captured {
  readonly index: SheetIndex;
  /** Data rows × own columns. */
  readonly values: readonly (RawCell | undefined)[];
  readonly styles: Int32Array;
  readonly own: number;
  readonly count: number;
  readonly formulaInOwn: boolean;
  /** By position of the data row, then by column: cells with content in columns that aren't ours. */
  readonly extras: ReadonlyMap<number, ReadonlyMap<number, Extra>>;
  readonly totals: ReadonlyMap<number, Extra>;
  readonly headerStyle: number;
  /** First row below with content in the table's columns, and first column right of it with content in its rows. */
  readonly contentBelow: number;
  readonly contentRight: number;
}

/** Reads a table of ours in one pass over its sheet. `columns`: where our columns stand, `right` the last of them. */
export function capture(
  spec: TableSpec,
  anchor: TableAnchor,
  columns: readonly number[],
  extent: { oldCount: number; oldRight: number; oldBottom: number; right: number },
  sheet: { bytes: Uint8Array; part: string },
  reader: CellReader,
): Captured {
  const { left, firstRow, top } = anchor;
  const { oldCount, oldRight, oldBottom, right } = extent;
  const own = columns.length;
  const ownAt = new Map(columns.map((column, k) => [column, k]));
  const values: (RawCell | undefined)[] = new Array<RawCell | undefined>(oldCount * own).fill(undefined);
  const styles = new Int32Array(oldCount * own).fill(-1);
  const extras = new Map<number, Map<number, Extra>>();
  const totals = new Map<number, Extra>();
  let formulaInOwn = false;
  let headerStyle = 0;
  let contentBelow = LAST_ROW + 1;
  let contentRight = LAST_COLUMN + 1;
  const index = indexSheet(sheet.bytes, sheet.part, {
    cell(scanner: SheetScanner) {
      const { row, column } = scanner;
      if (row < top || column < left || column > right) return;
      const content = scanner.hasFormula || scanner.valueEnd > scanner.valueStart;
      if (row > oldBottom) {
        if (content && column <= right) contentBelow = Math.min(contentBelow, row);
        return;
      }
      if (column > oldRight) {
        if (content) contentRight = Math.min(contentRight, column);
        return;
      }
      if (row === top && column === oldRight) headerStyle = scanner.style;
      const position = row - firstRow;
      if (position < 0) return;
      if (position >= oldCount) {
        if (anchor.hasTotals)
          totals.set(column, {
            start: scanner.cellStart,
            end: scanner.cellEnd,
            formula: scanner.hasFormula,
            style: scanner.style,
          });
        return;
      }
      const k = ownAt.get(column);
      if (k !== undefined) {
        values[position * own + k] = reader.value(scanner, isDateKind(spec.columns[k]!.kind));
        styles[position * own + k] = scanner.style;
        if (scanner.hasFormula) formulaInOwn = true;
      } else if (content) {
        const cells = extras.get(position) ?? new Map<number, Extra>();
        cells.set(column, {
          start: scanner.cellStart,
          end: scanner.cellEnd,
          formula: scanner.hasFormula,
          style: scanner.style,
        });
        extras.set(position, cells);
      }
    },
  });
  return {
    index,
    values,
    styles,
    own,
    count: oldCount,
    formulaInOwn,
    extras,
    totals,
    headerStyle,
    contentBelow,
    contentRight,
  };
}

/** The value of one of our columns in a data row. */
export function valueAt({ values, own }: Captured, at: number, k: number): RawCell | undefined {
  return values[at * own + k];
}

/** The rows as the plan wants to know them. */
export function standingRows(captured: Captured): StandingRows {
  const { own, count, extras } = captured;
  return {
    count,
    line: (at) => Array.from({ length: own }, (_, k) => standingContent(valueAt(captured, at, k))),
    isNoted: (at) => [...(extras.get(at)?.values() ?? [])].some((extra) => !extra.formula),
    hasNotes: extras.size > 0,
  };
}

/** How many rows are left when those at the end that hold nothing are taken away. */
export function filledRows(captured: Captured): number {
  const isBlank = (at: number): boolean =>
    !captured.extras.has(at) &&
    Array.from({ length: captured.own }, (_, k) => valueAt(captured, at, k)).every((value) => value === undefined);
  let filled = captured.count;
  while (filled > 0 && isBlank(filled - 1)) filled--;
  return filled;
}

/** A cell's markup under another reference; references inside its formula stay as they are. */
export function relocated(bytes: Uint8Array, cell: Extra, column: number, row: number): string {
  const markup = decodeText(bytes.subarray(cell.start, cell.end));
  const reference = ` r="${columnLetters(column)}${row}"`;
  const openEnd = markup.indexOf(">");
  const tag = markup.slice(0, openEnd).replace(/\sr\s*=\s*(?:"[^"]*"|'[^']*')/, "");
  const name = /^<[^\s/>]+/.exec(tag)![0];
  return name + reference + tag.slice(name.length) + markup.slice(openEnd);
}
