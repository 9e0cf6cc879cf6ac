import { addAll } from "../../domain/grouping.js";
import { column } from "../../domain/columns.js";
import type { RawCell } from "../../domain/complaint.js";
import { rowByRow, wentAstray, witnessOf, type Before, type Witness } from "./array-witness.js";
import type { CellBackup } from "./backup.js";
import { planBlocks, type Block, type ChangedRow, type Part } from "./blocks.js";
import {
  enteredValue,
  headerText,
  rawCell,
  reentryOf,
  valuesOf,
  type DateSystem,
  type ExcelEntry,
} from "./cell-values.js";
import { eachInPortions, mapInPortions } from "./give-way.js";
import { HostProblem } from "./host-problem.js";
import type { KeyColumn, LedgerNow } from "./locate-rows.js";
import type { NewColumns } from "./new-columns.js";
import { gridBytes, rowBytes, rowsAtOnce } from "./payload.js";
import { areaOf, formatArea, overlap, partOf, type Area } from "./ranges.js";
import { enterCells, formatCells, formatRange, numberFormatOf } from "./write-cells.js";
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
/** What a rectangle costs beside its values. */
const BLOCK_BYTES = 800;
/** Keys of a row in an answer. */
const KEY_BYTES = 60;

/** What a round needs of its writer. */
export interface RoundContext {
  readonly context: Excel.RequestContext;
  readonly dates: DateSystem;
  readonly keyColumns: readonly KeyColumn[];
}

/** Blocks are cut into pieces of about this size, from which even requests can be made. */
const PIECE_BYTES = 250_000;

/** A block, or a piece of one, with its size. */
interface Piece {
  readonly block: Block;
  readonly bytes: number;
}

async function inPieces(block: Block): Promise<Piece[]> {
  const rows = Array.from({ length: block.rows }, (_, i) => i);
  const sizes = await mapInPortions(rows, (i) =>
    block.parts.reduce((sum, { values }) => sum + rowBytes(values[i]!), 0),
  );
  const most = rowsAtOnce(Math.max(...block.parts.map(({ values }) => values[0]!.length)));
  const pieces: Piece[] = [];
  let [from, bytes] = [0, 0];
  sizes.forEach((size, i) => {
    bytes += size;
    const ends = i + 1 === sizes.length;
    if (!ends && i + 1 - from < most && bytes + sizes[i + 1]! <= PIECE_BYTES) return;
    pieces.push({ block: from === 0 && ends ? block : rowsOf(block, from, i + 1), bytes });
    [from, bytes] = [i + 1, 0];
  });
  return pieces;
}

/** Some rows of a block, counted within it. */
function rowsOf({ row, parts }: Block, from: number, to: number): Block {
  return {
    row: row + from,
    rows: to - from,
    parts: parts.map(({ column: left, values }) => ({ column: left, values: values.slice(from, to) })),
  };
}

function areaOfPart({ row, rows }: Block, { column: left, values }: Part): Area {
  return { row, column: left, rows, columns: values[0]!.length };
}

function areasOf(block: Block): Area[] {
  return block.parts.map((part) => areaOfPart(block, part));
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
  readonly before: Map<Block, readonly Excel.Range[]>;
  readonly witnesses: Map<Block, { readonly witness: Witness; readonly now: Excel.Range }>;
}

/** One round of writing: the steps, and what their answers say. */
export class WriteRound {
  readonly settled: Settled[] = [];
  /** An array went to other rows than its own: from now on rows are written one by one. */
  arraysGoAstray = false;
  private readonly rowAt: ReadonlyMap<number, PlacedRow>;
  private readonly done = new Set<PlacedRow>();
  private readonly astray: RowEdit[] = [];
  private readonly shifted: { readonly block: Block; readonly before: Before }[] = [];
  private watched: Watched | undefined;
  private hasShifted = false;
  private readonly sheet: Excel.Worksheet;
  /** The table's body, one proxy for all blocks of a request, to keep it short; untracked, it serves one request only. */
  private body: Excel.Range | undefined;

  private constructor(
    private readonly writer: RoundContext,
    private readonly now: LedgerNow,
    private readonly placed: Placed,
    private readonly columnOf: ColumnFinder,
    private readonly added: NewColumns,
    private readonly pieces: readonly Piece[],
  ) {
    this.rowAt = new Map(placed.rows.map((row) => [row.row, row]));
    this.sheet = writer.context.workbook.worksheets.getItem(now.sheetId);
  }

  /** Throws `HostProblem` merged-cells if a merged area lies where something is to be written. */
  static async prepare(
    writer: RoundContext,
    now: LedgerNow,
    placed: Placed,
    columnOf: ColumnFinder,
    added: NewColumns,
  ): Promise<WriteRound> {
    const rows = await mapInPortions(placed.rows, ({ row, cells }): ChangedRow => {
      return { row, cells: new Map([...cells].map(([at, { entry }]) => [at, entry])) };
    });
    const pieces: Piece[] = [];
    for (const block of await planBlocks(rows, { maxBlocks: MAX_BLOCKS, hidden: now.isHidden })) {
      const hit = now.merges.find((merge) => areasOf(block).some((area) => overlap(merge, area)));
      if (hit) throw new HostProblem("merged-cells", { sheet: now.sheetName, address: formatArea(hit) });
      addAll(pieces, await inPieces(block));
    }
    return new WriteRound(writer, now, placed, columnOf, added, pieces);
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

  async steps(): Promise<Step[]> {
    const formatted = new Set<number>();
    await eachInPortions(this.placed.rows, ({ cells }) => {
      for (const [at, { needsFormat }] of cells) if (needsFormat) formatted.add(at);
    });
    return mapInPortions(this.pieces, (piece) => this.stepOf(piece, formatted));
  }

  private stepOf({ block, bytes }: Piece, formatted: ReadonlySet<number>): Step {
    const formats = this.formatsOf(block, formatted);
    const witness = witnessOf(block);
    return {
      requestBytes:
        bytes +
        block.parts.length * BLOCK_BYTES +
        formats.reduce((sum, one) => sum + BLOCK_BYTES + gridBytes(one.formats), 0),
      // What stands there before: as much again as goes in, and keys.
      responseBytes: bytes + block.rows * KEY_BYTES + (witness ? rowBytes(witness.entries) : 0),
      rows: [block.row, block.row + block.rows - 1],
      prepare: () => {
        for (const { area: where, formats: lines, whole } of formats) {
          const range = this.range(where);
          if (whole === undefined) formatCells(range, lines);
          else formatRange(range, whole);
        }
        const before = block.parts.map((part) => {
          // Actions run in order: the values are loaded as they were before they are set.
          const range = this.range(areaOfPart(block, part)).load("values,rowHidden");
          enterCells(range, part.values);
          return range;
        });
        this.watched?.before.set(block, before);
        if (!witness) return;
        const column = { row: block.row, column: witness.column, rows: block.rows, columns: 1 };
        this.watched?.witnesses.set(block, { witness, now: this.range(column).load("values") });
      },
    };
  }

  /** Number formats for cells that get a date or an amount and held no number before; set first, or a text format would keep a text. */
  private formatsOf(
    block: Block,
    formatted: ReadonlySet<number>,
  ): { area: Area; formats: (string | null)[][]; whole: string | undefined }[] {
    const { row: top, rows: count } = block;
    const columns = areasOf(block)
      .flatMap(({ column: left, columns: width }) => Array.from({ length: width }, (_, j) => left + j))
      .filter((at) => formatted.has(at));
    if (columns.length === 0) return [];
    const rows = Array.from({ length: count }, (_, i) => this.rowAt.get(top + i));
    return columns.flatMap((at) => {
      const formats = rows.map((row): [string | null] => {
        const edit = row?.cells.get(at);
        const applies = edit?.needsFormat === true && typeof edit.entry === "number";
        return [(applies ? numberFormatOf(edit.kind) : undefined) ?? null];
      });
      const format = formats.find(([one]) => one !== null)?.[0];
      if (format === undefined || format === null) return [];
      const area = { row: top, column: at, rows: count, columns: 1 };
      const same = formats.every(([one]) => one === format);
      return [same ? { area, formats: [], whole: format } : { area, formats, whole: undefined }];
    });
  }

  watch(): { before: (steps: readonly Step[]) => void; after: (steps: readonly Step[]) => Promise<boolean> } {
    return {
      before: (steps) => {
        this.body = undefined;
        const { application } = this.writer.context;
        application.suspendApiCalculationUntilNextSync();
        application.suspendScreenUpdatingUntilNextSync();
        this.watched = this.watchRows(steps.flatMap(({ rows }) => (rows ? [rows] : [])));
      },
      after: async () => this.watched === undefined || this.settle(this.watched),
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
      witnesses: new Map(),
    };
  }

  /** Whether everything of a request was written where it belongs. */
  private async settle(watched: Watched): Promise<boolean> {
    const headers = valuesOf(watched.header)[0]!.map(headerText);
    const shifted = this.now.headerCells.some((text, i) => text !== headers[i]);
    if (shifted) this.hasShifted = true;
    let inPlace = !shifted;
    for (const [block, ranges] of watched.before) {
      const before = ranges.map(valuesOf);
      // Null where some rows are hidden; the declarations know nothing of it.
      const isShown = ranges.every((range) => (range.rowHidden as boolean | null) === false);
      if (shifted) this.shifted.push({ block, before });
      else if (block.rows > 1 && (!isShown || this.sawAstray(block, before, watched))) {
        // A filter that came in the very last moment, or one in a view of the user's own, that nothing tells of.
        addAll(this.shifted, rowByRow(block, before));
        inPlace = false;
      } else if (!(await this.settleBlock(block, before, watched))) inPlace = false;
    }
    return inPlace;
  }

  private sawAstray(block: Block, before: Before, { witnesses }: Watched): boolean {
    const seen = witnesses.get(block);
    if (!seen) return false;
    const { part, at } = seen.witness;
    const stood = before[part]!.map((line) => line[at]!);
    const astray = wentAstray(
      seen.witness,
      stood,
      valuesOf(seen.now).map(([value]) => value!),
    );
    this.arraysGoAstray ||= astray;
    return astray;
  }

  /** Compares the keys that stood in a block's rows with those expected; what hit a wrong row is to be put back there. */
  private async settleBlock(block: Block, before: Before, watched: Watched): Promise<boolean> {
    let inPlace = true;
    const rows = Array.from({ length: block.rows }, (_, i) => i);
    await eachInPortions(rows, (i) => {
      const placed = this.rowAt.get(block.row + i);
      if (!placed) return;
      const key = this.keyAt(placed.row, watched);
      const cells = backupsOf(placed, block, before, i);
      if (rowKey(key) === this.now.keys[placed.row - this.now.bodyRow]) {
        this.done.add(placed);
        this.settled.push({ edits: placed.edits, cells });
        return;
      }
      inPlace = false;
      if (watched.body && placed.row - this.now.bodyRow >= watched.body.rowCount) {
        // Below the table's end: no key leads there.
        this.shifted.push({ block: rowsOf(block, i, i + 1), before: before.map((lines) => [lines[i]!]) });
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
      const parts = block.parts.map((part, k) => ({
        area: areaOfPart(block, part),
        entries: part.values.map((line, i) =>
          line.map((entry, j): ExcelEntry => (entry === null ? null : reentryOf(before[k]![i]![j]!))),
        ),
      }));
      return {
        requestBytes: parts.reduce((sum, { entries }) => sum + gridBytes(entries) + BLOCK_BYTES, 0),
        responseBytes: 0,
        prepare: () => {
          for (const { area, entries } of parts) enterCells(this.range(area), entries);
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

/** What was written into a key column, if anything was. */
function writtenKey(header: string, cells: readonly CellBackup[]): RawCell | undefined {
  const cell = cells.find((one) => one.header === header);
  return cell && enteredValue(cell.after);
}

/** What was overwritten in a row of a block. */
function backupsOf(placed: PlacedRow, block: Block, before: Before, i: number): CellBackup[] {
  const backups: CellBackup[] = [];
  block.parts.forEach(({ column: left, values }, k) => {
    values[i]!.forEach((entry, j) => {
      const edit = entry === null ? undefined : placed.cells.get(left + j);
      if (edit) backups.push({ header: edit.header, before: reentryOf(before[k]![i]![j]!), after: edit.entry });
    });
  });
  return backups;
}
