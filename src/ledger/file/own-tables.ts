import { headerKey } from "../../domain/match-key.js";
import type { RawCell } from "../../domain/complaint.js";
import { DAYS_1904, type CellReader } from "../../ooxml/cell-values.js";
import { columnLetters, LAST_COLUMN, LAST_ROW, overlap, type Area } from "../../ooxml/references.js";
import { isDateFormat, sameContent, type CellContent } from "./output-values.js";
import { decodeText } from "../../ooxml/package.js";
import type { CellEdit } from "../../ooxml/cell-writer.js";
import type { RowEdit } from "../../ooxml/sheet-editor.js";
import { frameOf, indexSheet, type SheetIndex } from "../../ooxml/sheet-index.js";
import type { SheetScanner } from "../../ooxml/sheet-scanner.js";
import type { CellFormat } from "../../ooxml/styles.js";
import { dataRows, type TableInfo } from "../../ooxml/tables.js";
import { WorkbookError } from "../../ooxml/workbook-error.js";
import { child } from "../../ooxml/xml/tree.js";

/** A table that the program writes, ready for cells. */
export interface TableSpec {
  readonly sheet: string;
  readonly table: string;
  readonly columns: readonly { readonly header: string; readonly format: CellFormat; readonly width: number }[];
  readonly rows: readonly (readonly CellContent[])[];
  /**
   * `replace`: these rows and no others, in this order. `append`: below those that stand there. `keyed`: as `replace`,
   * but rows that stand there keep their order, known by their first column, duplicates in turn.
   */
  readonly mode: "replace" | "append" | "keyed";
  /** Of a replaced table: headers that say what a row is about, so that notes beside it stay with it when its figures change. */
  readonly identity?: readonly string[];
  /** Of a keyed table: keys of rows to leave alone even though no new row names them. */
  readonly keep?: ReadonlySet<string>;
}

/** Where such a table stands, or is to stand, on a sheet that exists. */
export interface TableAnchor {
  /** Undefined if the sheet holds the headers, or nothing, but no Excel table. */
  readonly info: TableInfo | undefined;
  readonly top: number;
  readonly left: number;
  /** Headers that stand there. */
  readonly headers: readonly string[];
  readonly firstRow: number;
  readonly lastRow: number;
  readonly hasTotals: boolean;
}

export interface TablePlan {
  readonly index: SheetIndex;
  readonly area: Area;
  readonly newColumns: readonly { readonly header: string; readonly column: number; readonly width: number }[];
  /** The new rows hold other values than those that stand there. */
  readonly changed: boolean;
  readonly edits: () => Generator<RowEdit>;
  /** A formula moves or goes, so the calculation chain no longer fits. */
  readonly movesFormulas: boolean;
  /** Column by position in the spec, and the table's first data row. */
  readonly columns: readonly number[];
  readonly firstRow: number;
}

export function anchorOf(info: TableInfo): TableAnchor {
  const { first, last } = dataRows(info);
  return {
    info,
    top: info.area.top,
    left: info.area.left,
    headers: info.columns,
    firstRow: first,
    lastRow: last,
    hasTotals: info.hasTotals,
  };
}

/**
 * Where a table can go on a sheet that has its name but no Excel table: over the same headers if they stand there, at A1
 * if the sheet is blank; undefined if the sheet holds something else, or merged cells or a filter, over which Excel
 * suffers no table.
 */
export function anchorOnSheet(
  bytes: Uint8Array,
  part: string,
  headers: readonly string[],
  reader: CellReader,
): TableAnchor | undefined {
  let top = 0;
  let left = 0;
  let last = 0;
  const present: string[] = [];
  let width = 0;
  const index = indexSheet(bytes, part, {
    cell(scanner) {
      const value = reader.value(scanner);
      if (value === undefined && !scanner.hasFormula) return;
      if (top === 0) {
        top = scanner.row;
        left = scanner.column;
      }
      if (scanner.row === top && scanner.column === left + width) {
        width++;
        present.push(typeof value === "string" ? value : "");
      } else if (scanner.column >= left && scanner.column < left + width) last = scanner.row;
    },
  });
  const { root } = frameOf(index).document;
  if (child(root, "autoFilter") || child(root, "mergeCells")) return undefined;
  if (top === 0) return { info: undefined, top: 1, left: 1, headers: [], firstRow: 2, lastRow: 1, hasTotals: false };
  const keys = new Set(present.map(headerKey));
  const ours = headers.every((header) => keys.has(headerKey(header))) && keys.size === present.length && !keys.has("");
  return ours
    ? {
        info: undefined,
        top,
        left,
        headers: present,
        firstRow: top + 1,
        lastRow: Math.max(last, top),
        hasTotals: false,
      }
    : undefined;
}

/** A cell outside our columns, or in the totals row. */
interface Extra {
  readonly start: number;
  readonly end: number;
  readonly formula: boolean;
  readonly style: number;
}

interface Captured {
  readonly index: SheetIndex;
  /** Data rows × own columns. */
  readonly values: (RawCell | undefined)[];
  readonly styles: Int32Array;
  readonly formulaInOwn: boolean;
  /** By position of the data row, then by column: cells with content in columns that aren't ours. */
  readonly extras: ReadonlyMap<number, ReadonlyMap<number, Extra>>;
  readonly totals: ReadonlyMap<number, Extra>;
  readonly headerStyle: number;
  /** First row below with content in the table's columns, and first column right of it with content in its rows. */
  readonly contentBelow: number;
  readonly contentRight: number;
}

/**
 * Plans a table's rows. Columns are known by their headers wherever the user moved them; missing ones are added at the
 * right end. What the user wrote into columns of their own follows its row, formulas there stay in place, and notes on
 * rows that are gone are kept on blank rows at the end.
 * Throws `WorkbookError` table-blocked if the table must grow over cells that hold something.
 */
export function planTable(
  spec: TableSpec,
  anchor: TableAnchor,
  sheet: { bytes: Uint8Array; part: string; name: string },
  environment: {
    readonly reader: CellReader;
    readonly date1904: boolean;
    /** Other tables and merged areas on the sheet, which the table may not grow into. */
    readonly obstacles: (index: SheetIndex) => readonly Area[];
  },
): TablePlan {
  const { top, left, firstRow } = anchor;
  const keys = anchor.headers.map(headerKey);
  const oldRight = left + anchor.headers.length - 1;
  let right = oldRight;
  const newColumns: { header: string; column: number; width: number }[] = [];
  const columns = spec.columns.map(({ header, width }) => {
    const found = keys.indexOf(headerKey(header));
    if (found >= 0) return left + found;
    newColumns.push({ header, column: ++right, width });
    return right;
  });
  const oldCount = Math.max(0, anchor.lastRow - firstRow + 1);
  const oldBottom = Math.max(anchor.lastRow, top) + (anchor.hasTotals ? 1 : 0);
  const captured = capture(spec, anchor, columns, { oldCount, oldRight, oldBottom, right }, sheet, environment.reader);
  const own = spec.columns.length;
  const valueAt = (position: number, k: number): RawCell | undefined => captured.values[position * own + k];

  const { rows, from } = arrange(spec, captured, oldCount, valueAt);
  const count = Math.max(1, rows.length);
  const bottom = firstRow + count - 1 + (anchor.hasTotals ? 1 : 0);
  const totalsMove = anchor.hasTotals && count !== oldCount;

  function* edits(): Generator<RowEdit> {
    if (newColumns.length > 0) yield headerEdit(newColumns, top, captured.headerStyle);
    const start = spec.mode === "append" ? Math.max(0, Math.min(oldCount, rows.length) - 1) : 0;
    for (let p = start; p < Math.max(count, oldCount) + (anchor.hasTotals ? 1 : 0); p++) {
      const row = firstRow + p;
      const cells = new Map<number, CellEdit>();
      const wasTotals = anchor.hasTotals && p === oldCount;
      if (totalsMove && wasTotals)
        for (const [column, { style }] of captured.totals)
          cells.set(column, { column, value: undefined, format: "text", base: style });
      if (p < Math.max(count, oldCount)) {
        for (let k = 0; k < own; k++) {
          const content = rows[p]?.[k];
          const { format } = spec.columns[k]!;
          const present = p < oldCount ? valueAt(p, k) : undefined;
          const column = columns[k]!;
          if (sameContent(present, content, format)) continue;
          const base = captured.styles[Math.min(p, oldCount - 1) * own + k] ?? 0;
          cells.set(column, {
            column,
            value: stored(content, format, environment.date1904),
            format,
            base: Math.max(0, base),
          });
        }
        for (const [column, extra] of captured.extras.get(p) ?? [])
          if (p >= count || (!extra.formula && from[p] !== p))
            cells.set(column, { column, value: undefined, format: "text", base: extra.style });
        const source = from[p];
        if (source !== undefined && source !== p)
          for (const [column, extra] of captured.extras.get(source) ?? [])
            if (!extra.formula) cells.set(column, { column, markup: relocated(sheet.bytes, extra, column, row) });
      }
      if (totalsMove && p === count)
        for (const [column, extra] of captured.totals)
          cells.set(column, { column, markup: relocated(sheet.bytes, extra, column, row) });
      if (cells.size > 0) yield { row, cells: [...cells.values()].sort((a, b) => a.column - b.column) };
    }
  }

  const changed = edits().next().done !== true;
  const blocked = (row: number, column: number): never => {
    throw new WorkbookError("table-blocked", {
      table: spec.table,
      sheet: sheet.name,
      cell: `${columnLetters(column)}${row}`,
    });
  };
  if (changed) {
    if (bottom > LAST_ROW || captured.contentBelow <= bottom) blocked(Math.min(LAST_ROW, captured.contentBelow), left);
    if (right > LAST_COLUMN || captured.contentRight <= right)
      blocked(top, Math.min(LAST_COLUMN, captured.contentRight));
    const grown: Area[] = [];
    if (bottom > oldBottom) grown.push({ top: oldBottom + 1, left, bottom, right });
    if (right > oldRight) grown.push({ top, left: oldRight + 1, bottom, right });
    if (grown.length > 0)
      for (const obstacle of environment.obstacles(captured.index))
        if (grown.some((area) => overlap(area, obstacle))) blocked(obstacle.top, obstacle.left);
  }
  const formulasGo =
    captured.formulaInOwn ||
    (totalsMove && [...captured.totals.values()].some((t) => t.formula)) ||
    [...captured.extras].some(([p, cells]) => p >= count && [...cells.values()].some((e) => e.formula));
  return {
    index: captured.index,
    area: { top, left, bottom, right },
    newColumns,
    changed,
    edits,
    movesFormulas: changed && formulasGo,
    columns,
    firstRow,
  };
}

function headerEdit(newColumns: readonly { header: string; column: number }[], top: number, style: number): RowEdit {
  return {
    row: top,
    cells: newColumns.map(({ header, column }) => ({ column, value: header, format: "text", base: style })),
  };
}

function stored(content: CellContent, format: CellFormat, date1904: boolean): CellContent {
  return date1904 && typeof content === "number" && isDateFormat(format) ? content - DAYS_1904 : content;
}

function capture(
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
        values[position * own + k] = reader.value(scanner, isDateFormat(spec.columns[k]!.format));
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
  return { index, values, styles, formulaInOwn, extras, totals, headerStyle, contentBelow, contentRight };
}

type Row = readonly CellContent[];

/** The rows to stand in the table, and for each the position of the old row whose notes it takes over. */
function arrange(
  spec: TableSpec,
  captured: Captured,
  oldCount: number,
  valueAt: (position: number, k: number) => RawCell | undefined,
): { rows: Row[]; from: (number | undefined)[] } {
  const oldRow = (p: number): Row => spec.columns.map((_, k) => contentOf(valueAt(p, k)));
  const isBlank = (p: number): boolean =>
    spec.columns.every((_, k) => valueAt(p, k) === undefined) && !captured.extras.has(p);
  if (spec.mode === "append") {
    let kept = oldCount;
    while (kept > 0 && isBlank(kept - 1)) kept--;
    const rows: Row[] = Array.from({ length: kept }, (_, p) => oldRow(p));
    return { rows: [...rows, ...spec.rows], from: rows.map((_, p) => p) };
  }
  const rows: Row[] = [];
  const from: (number | undefined)[] = [];
  const place = (row: Row, source: number | undefined): void => {
    rows.push(row);
    from.push(source);
  };
  const used = new Set<number>();
  if (spec.mode === "keyed") {
    const waiting = new Map<string, Row[]>();
    for (const row of spec.rows) push(waiting, String(row[0] ?? ""), row);
    for (let p = 0; p < oldCount; p++) {
      const key = keyText(valueAt(p, 0));
      const row = waiting.get(key)?.shift() ?? (spec.keep?.has(key) && key !== "" ? oldRow(p) : undefined);
      if (!row) continue;
      place(row, p);
      used.add(p);
    }
    const placed = new Set(rows);
    for (const row of spec.rows) if (!placed.has(row)) place(row, undefined);
  } else {
    const sources = captured.extras.size > 0 ? matchRows(spec, oldCount, oldRow) : [];
    spec.rows.forEach((row, i) => {
      const source = sources[i];
      place(row, source);
      if (source !== undefined) used.add(source);
    });
  }
  for (const [p, cells] of captured.extras)
    if (!used.has(p) && [...cells.values()].some((extra) => !extra.formula)) place([], p);
  return { rows, from };
}

function contentOf(cell: RawCell | undefined): CellContent {
  return typeof cell === "string" || typeof cell === "number"
    ? cell
    : typeof cell === "boolean"
      ? cell
        ? "是"
        : "否"
      : undefined;
}

export function keyText(cell: RawCell | undefined): string {
  return typeof cell === "string" ? cell : typeof cell === "number" || typeof cell === "boolean" ? String(cell) : "";
}

/** Which old row each new row continues: one equal in every column, else the next with the same identity. */
function matchRows(spec: TableSpec, oldCount: number, oldRow: (p: number) => Row): (number | undefined)[] {
  const identity = spec.columns.flatMap(({ header }, k) => (spec.identity?.includes(header) ? [k] : []));
  const wholeKey = (row: Row): string => JSON.stringify(row);
  const identityKey = (row: Row): string => JSON.stringify(identity.map((k) => row[k]));
  const sources: (number | undefined)[] = spec.rows.map(() => undefined);
  const left = new Set(Array.from({ length: oldCount }, (_, p) => p));
  for (const key of identity.length > 0 ? [wholeKey, identityKey] : [wholeKey]) {
    const waiting = new Map<string, number[]>();
    for (const p of left) push(waiting, key(oldRow(p)), p);
    spec.rows.forEach((row, i) => {
      const p = sources[i] === undefined ? waiting.get(key(row))?.shift() : undefined;
      if (p === undefined) return;
      sources[i] = p;
      left.delete(p);
    });
  }
  return sources;
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** A cell's markup under another reference; references inside its formula stay as they are. */
function relocated(bytes: Uint8Array, cell: Extra, column: number, row: number): string {
  const markup = decodeText(bytes.subarray(cell.start, cell.end));
  const reference = ` r="${columnLetters(column)}${row}"`;
  const openEnd = markup.indexOf(">");
  const tag = markup.slice(0, openEnd).replace(/\sr\s*=\s*(?:"[^"]*"|'[^']*')/, "");
  const name = /^<[^\s/>]+/.exec(tag)![0];
  return name + reference + tag.slice(name.length) + markup.slice(openEnd);
}
