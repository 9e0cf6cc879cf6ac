import { column } from "../../domain/columns.js";
import type { RawCell } from "../../domain/complaint.js";
import type { CellBackup } from "./backup.js";
import { planBlocks, type Block, type ChangedRow } from "./blocks.js";
import {
  enteredValue,
  headerText,
  rawCell,
  reentryOf,
  valuesOf,
  type DateSystem,
  type ExcelEntry,
  type ExcelValue,
} from "./cell-values.js";
import { HostProblem } from "./host-problem.js";
import type { KeyColumn, LedgerNow } from "./locate-rows.js";
import type { NewColumns } from "./new-columns.js";
import { numberFormatOf } from "./output-plan.js";
import { gridBytes, PAYLOAD_TARGET } from "./payload.js";
import { areaOf, formatArea, overlap, partOf, setAll, type Area } from "./ranges.js";
import { makeSteps, type Step } from "./request-queue.js";
import type { RowEdit } from "./row-edits.js";
import { rowKey } from "./row-identity.js";
import type { ColumnFinder, Placed, PlacedRow } from "./row-placement.js";

/**
 * One round of writing rows. Each request loads the keys of the rows it writes before it writes them, so its answer
 * tells whether every row was still where it had been found.
 */

/** Rectangles in one round, as far as hidden rows allow. */
const MAX_BLOCKS = 400;
/** What a rectangle costs beside its values, and what the client's cutting into slices of 1,500 cells adds. */
const BLOCK_BYTES = 800;
const SLICE_CELLS = 1500;
const SLICE_BYTES = 1500;
/** Keys of a row in an answer. */
const KEY_BYTES = 60;

/** What a round needs of its writer. */
export interface RoundContext {
  readonly context: Excel.RequestContext;
  readonly dates: DateSystem;
  readonly keyColumns: readonly KeyColumn[];
}

/** Blocks too large for one request, cut by rows. */
function inPieces(block: Block): Block[] {
  const pieces = Math.ceil((gridBytes(block.values) * 1.2) / (PAYLOAD_TARGET / 2));
  if (pieces <= 1) return [block];
  const rows = Math.ceil(block.values.length / pieces);
  return Array.from({ length: pieces }, (_, i) => ({
    row: block.row + i * rows,
    column: block.column,
    values: block.values.slice(i * rows, (i + 1) * rows),
  })).filter(({ values }) => values.length > 0);
}

function areaOfBlock({ row, column: left, values }: Block): Area {
  return { row, column: left, rows: values.length, columns: values[0]!.length };
}

/** A row that was written where it belongs. */
export interface Settled {
  readonly edits: readonly RowEdit[];
  readonly cells: readonly CellBackup[];
}

/** What a request loads before it writes. */
interface Watched {
  readonly top: number;
  readonly keys: readonly Excel.Range[];
  readonly header: Excel.Range;
  /** The body of a table, which may have become shorter. */
  readonly body: Excel.Range | undefined;
  readonly before: Map<Block, Excel.Range>;
}

/** One round of writing: the steps, and what their answers say. */
export class WriteRound {
  readonly settled: Settled[] = [];
  private readonly rowAt: ReadonlyMap<number, PlacedRow>;
  private readonly blocks: readonly Block[];
  private readonly done = new Set<PlacedRow>();
  private readonly astray: RowEdit[] = [];
  private readonly shifted: { readonly block: Block; readonly before: readonly (readonly ExcelValue[])[] }[] = [];
  private watched: Watched | undefined;
  private hasShifted = false;
  private readonly sheet: Excel.Worksheet;
  /** The table's body, one proxy for all blocks of a request, to keep it short; untracked, it serves one request only. */
  private body: Excel.Range | undefined;

  /** Throws `HostProblem` merged-cells if a merged area lies where something is to be written. */
  constructor(
    private readonly writer: RoundContext,
    private readonly now: LedgerNow,
    private readonly placed: Placed,
    private readonly columnOf: ColumnFinder,
    private readonly added: NewColumns,
  ) {
    this.rowAt = new Map(placed.rows.map((row) => [row.row, row]));
    this.sheet = writer.context.workbook.worksheets.getItem(now.sheetId);
    const rows = placed.rows.map(({ row, cells }): ChangedRow => {
      return { row, cells: new Map([...cells].map(([at, { entry }]) => [at, entry])) };
    });
    this.blocks = planBlocks(rows, { maxBlocks: MAX_BLOCKS, hidden: now.isHidden }).flatMap(inPieces);
    for (const block of this.blocks) {
      const hit = now.merges.find((merge) => overlap(merge, areaOfBlock(block)));
      if (hit) throw new HostProblem("merged-cells", { sheet: now.sheetName, address: formatArea(hit) });
    }
  }

  /**
   * Cells of the ledger. Of a table they are counted from its first cell, so that nothing goes astray if rows or columns
   * are inserted above it or beside it in the very last moment.
   */
  private range(area: Area): Excel.Range {
    const { tableId, bodyRow, left } = this.now;
    if (tableId === undefined) return areaOf(this.sheet, area);
    this.body ??= this.writer.context.workbook.tables.getItem(tableId).getDataBodyRange().untrack();
    return partOf(this.body, { ...area, row: area.row - bodyRow, column: area.column - left });
  }

  /** Edits of rows that were not where they had been found, and what must be put back where they weren't. */
  unsettled(): { readonly missed: readonly RowEdit[]; readonly astray: readonly RowEdit[] } {
    const missed = this.placed.rows.flatMap((row) => (this.done.has(row) ? [] : row.edits));
    return { missed, astray: this.astray };
  }

  steps(): Step[] {
    return this.blocks.map((block) => this.stepOf(block));
  }

  private stepOf(block: Block): Step {
    const area = areaOfBlock(block);
    const formats = this.formatsOf(block);
    const cells = area.rows * area.columns;
    const slices = cells > SLICE_CELLS ? Math.ceil(cells / SLICE_CELLS) : 0;
    const bytes = gridBytes(block.values);
    return {
      requestBytes:
        bytes +
        BLOCK_BYTES +
        slices * SLICE_BYTES +
        formats.reduce((sum, one) => sum + BLOCK_BYTES + gridBytes(one.formats), 0),
      // What stands there before: as much again as goes in, and keys.
      responseBytes: bytes + area.rows * KEY_BYTES,
      rows: [area.row, area.row + area.rows - 1],
      prepare: () => {
        for (const { area: where, formats: lines, whole } of formats) {
          const range = this.range(where);
          if (whole === undefined) range.numberFormat = lines as string[][];
          else setAll(range, "numberFormat", whole);
        }
        // Actions run in order: the values are loaded as they were before they are set.
        const range = this.range(area).load("values,rowHidden");
        range.values = block.values as ExcelValue[][];
        this.watched?.before.set(block, range);
      },
    };
  }

  /** Number formats for cells that get a date or an amount and held no number before; set first, or a text format would keep a text. */
  private formatsOf(block: Block): { area: Area; formats: (string | null)[][]; whole: string | undefined }[] {
    const { row: top, column: left, values } = block;
    const rows = values.map((_, i) => this.rowAt.get(top + i));
    return values[0]!.flatMap((_, j) => {
      const formats = rows.map((row): [string | null] => {
        const edit = row?.cells.get(left + j);
        const applies = edit?.needsFormat === true && typeof edit.entry === "number";
        return [(applies ? numberFormatOf(edit.kind) : undefined) ?? null];
      });
      const format = formats.find(([one]) => one !== null)?.[0];
      if (format === undefined || format === null) return [];
      const area = { row: top, column: left + j, rows: values.length, columns: 1 };
      const same = formats.every(([one]) => one === format);
      return [same ? { area, formats: [], whole: format } : { area, formats, whole: undefined }];
    });
  }

  watch(): { before: (steps: readonly Step[]) => void; after: (steps: readonly Step[]) => boolean } {
    return {
      before: (steps) => {
        this.body = undefined;
        const { application } = this.writer.context;
        application.suspendApiCalculationUntilNextSync();
        application.suspendScreenUpdatingUntilNextSync();
        this.watched = this.watchRows(steps.flatMap(({ rows }) => (rows ? [rows] : [])));
      },
      after: () => this.watched === undefined || this.settle(this.watched),
    };
  }

  /** Loads keys and headers; they come first in the request, before anything is written. */
  private watchRows(spans: readonly (readonly [number, number])[]): Watched | undefined {
    if (spans.length === 0) return undefined;
    const top = spans.reduce((least, [first]) => Math.min(least, first), Infinity);
    const bottom = spans.reduce((most, [, last]) => Math.max(most, last), 0);
    const { headerRow, left, headers, tableId } = this.now;
    const table = tableId === undefined ? undefined : this.writer.context.workbook.tables.getItem(tableId);
    const header =
      table?.getHeaderRowRange().untrack() ??
      areaOf(this.sheet, { row: headerRow, column: left, rows: 1, columns: headers.length });
    return {
      top,
      keys: this.writer.keyColumns.map(({ header: name }) =>
        this.range({ row: top, column: this.columnOf(name), rows: bottom - top + 1, columns: 1 }).load("values"),
      ),
      header: header.load("values"),
      body: table?.getDataBodyRange().untrack().load("rowCount"),
      before: new Map(),
    };
  }

  /** Whether everything of a request was written where it belongs. */
  private settle(watched: Watched): boolean {
    const headers = valuesOf(watched.header)[0]!.map(headerText);
    const shifted = this.now.headerCells.some((text, i) => text !== headers[i]);
    if (shifted) this.hasShifted = true;
    let inPlace = !shifted;
    for (const [block, range] of watched.before) {
      const before = valuesOf(range);
      // Null where some rows are hidden; the declarations know nothing of it.
      const hidden = range.rowHidden as boolean | null;
      if (shifted) this.shifted.push({ block, before });
      else if (block.values.length > 1 && hidden !== false) {
        // A filter came in the very last moment: the array may have gone to other rows than its own.
        this.shifted.push(...rowByRow(block, before));
        inPlace = false;
      } else if (!this.settleBlock(block, before, watched)) inPlace = false;
    }
    return inPlace;
  }

  /** Compares the keys that stood in a block's rows with those expected; what hit a wrong row is to be put back there. */
  private settleBlock(block: Block, before: readonly (readonly ExcelValue[])[], watched: Watched): boolean {
    let inPlace = true;
    block.values.forEach((entries, i) => {
      const placed = this.rowAt.get(block.row + i);
      if (!placed) return;
      const key = this.keyAt(placed.row, watched);
      const cells = backupsOf(placed, block, entries, before[i]!);
      if (rowKey(key) === this.now.keys[placed.row - this.now.bodyRow]) {
        this.done.add(placed);
        this.settled.push({ edits: placed.edits, cells });
        return;
      }
      inPlace = false;
      if (watched.body && placed.row - this.now.bodyRow >= watched.body.rowCount) {
        // Below the table's end: no key leads there.
        this.shifted.push({ block: { ...block, row: placed.row, values: [entries] }, before: [before[i]!] });
        return;
      }
      this.astray.push({
        // A number that was written by mistake is part of the row's key until it is taken back.
        key: rowKey(key.map((value, k) => writtenKey(this.writer.keyColumns[k]!.header, cells) ?? value)),
        keyAfter: rowKey(key),
        source: undefined,
        near: placed.row,
        cells: cells.map(({ header, before: entry }) => ({ header, entry, kind: "text", needsFormat: false })),
      });
    });
    return inPlace;
  }

  private keyAt(row: number, { top, keys }: Watched): (RawCell | undefined)[] {
    return this.writer.keyColumns.map(({ id }, k) =>
      rawCell(valuesOf(keys[k]!)[row - top]?.[0], column(id).kind, this.writer.dates),
    );
  }

  /** Where headers had moved, or the table had become shorter, keys say nothing: the very same cells get back what they held. */
  async undoShifted(): Promise<void> {
    const steps = this.shifted.map(({ block, before }): Step => {
      const entries = block.values.map((line, i) =>
        line.map((entry, j): ExcelEntry => (entry === null ? null : reentryOf(before[i]![j]!))),
      );
      return {
        requestBytes: gridBytes(entries) + BLOCK_BYTES,
        responseBytes: 0,
        prepare: () => {
          this.range(areaOfBlock(block)).values = entries as ExcelValue[][];
        },
      };
    });
    const undo = this.hasShifted ? this.added.undo : [];
    const before = (): void => {
      this.body = undefined;
    };
    await makeSteps(this.writer.context, [...steps, ...undo], { before });
  }
}

/** What a block may have overwritten, one row at a time: a spilling array puts its first row everywhere. */
function rowByRow(
  block: Block,
  before: readonly (readonly ExcelValue[])[],
): { readonly block: Block; readonly before: readonly (readonly ExcelValue[])[] }[] {
  const spilt = block.values[0]!;
  return block.values.map((entries, i) => ({
    block: { ...block, row: block.row + i, values: [entries.map((entry, j) => entry ?? spilt[j]!)] },
    before: [before[i]!],
  }));
}

/** What was written into a key column, if anything was. */
function writtenKey(header: string, cells: readonly CellBackup[]): RawCell | undefined {
  const cell = cells.find((one) => one.header === header);
  return cell && enteredValue(cell.after);
}

function backupsOf(
  placed: PlacedRow,
  block: Block,
  entries: readonly ExcelEntry[],
  before: readonly ExcelValue[],
): CellBackup[] {
  return entries.flatMap((entry, j): CellBackup[] => {
    const edit = entry === null ? undefined : placed.cells.get(block.column + j);
    return edit ? [{ header: edit.header, before: reentryOf(before[j]!), after: edit.entry }] : [];
  });
}
