import { column, type ColumnId, type InputId } from "../../domain/columns.js";
import type { LedgerRow, LedgerSnapshot, LedgerWrite, OutputTable, RowWrite } from "../port.js";
import { outputContent, tableContent } from "../file/output-values.js";
import type { LedgerBackup } from "./backup.js";
import { entryOf, keyText, rawCell, textEntry, type ExcelValue } from "./cell-values.js";
import { findLedger } from "./discovery.js";
import { HostProblem } from "./host-problem.js";
import { RESULTS_SHEET, RESULTS_TABLE, type LoadedLedger } from "./ledger-reader.js";
import { locateRows, type KeyColumn, type LedgerNow, type LocateQuery } from "./locate-rows.js";
import {
  changesOf,
  decidePlacement,
  numberFormatOf,
  pointsOf,
  wantedTargets,
  widthOf,
  type Headers,
  type Placement,
  type Target,
} from "./output-plan.js";
import { askTable, type OwnTable, type PlannedTable } from "./own-tables.js";
import type { TableSpec } from "./own-table-plan.js";
import { cellBytes } from "./payload.js";
import type { Place, TablePlace } from "./place.js";
import { areaOf, setAll, type Area } from "./ranges.js";
import type { Step } from "./request-queue.js";
import { keyColumns, rowKey } from "./row-identity.js";
import {
  NO_NEW_COLUMNS,
  writeRows,
  type NewColumns,
  type ReadRow,
  type RowEdit,
  type RowsWritten,
} from "./row-writer.js";
import { addStatusColours, COLOUR_BYTES, COLOURED } from "./status-colours.js";
import type { ExcelWriteReport, SkippedRow } from "./write-report.js";

/** A ledger that was read, ready to be written. */
export interface ReadLedger {
  readonly loaded: LoadedLedger;
  readonly snapshot: LedgerSnapshot;
}

/** Writes what a run has to say. Throws `HostProblem`; its `written` tells what had been overwritten by then. */
export async function writeLedger(
  context: Excel.RequestContext,
  read: ReadLedger,
  write: LedgerWrite,
): Promise<ExcelWriteReport> {
  return new LedgerWriter(context, read, write).run();
}

class LedgerWriter {
  private readonly headers: Headers;
  private readonly keys: readonly KeyColumn[];
  private readonly rows: readonly ReadRow[];
  private readonly indexOf: ReadonlyMap<number, number>;
  private readonly targets: readonly Target[];
  private place: Place;

  constructor(
    private readonly context: Excel.RequestContext,
    private readonly read: ReadLedger,
    private readonly write: LedgerWrite,
  ) {
    const { snapshot, loaded } = read;
    this.place = loaded.place;
    this.headers = new Map([...snapshot.columns].map(([id, { header }]) => [id, header]));
    this.keys = keyColumnsOf(snapshot.rows, this.headers);
    this.rows = snapshot.rows.map(({ row, cells }) => ({ row: row - 1, key: this.keyOf(cells) }));
    this.indexOf = new Map(snapshot.rows.map(({ row }, index) => [row, index]));
    for (const { row } of write.rows) {
      if (!this.indexOf.has(row)) throw new Error(`row ${row} is not a row of the ledger`);
    }
    this.targets = wantedTargets(write, this.headers);
  }

  private keyOf(cells: LedgerRow["cells"]): string {
    return rowKey(this.keys.map(({ id }) => cells[id]));
  }

  async run(): Promise<ExcelWriteReport> {
    const { loaded } = this.read;
    const hasResults = loaded.results !== undefined;
    const all = this.edits(this.targets);
    const missing = this.targets.filter(({ header }) => !this.place.headers.includes(header));
    const results = hasResults || missing.length > 0 ? this.ask(this.resultsSpec()) : undefined;
    const tables = this.write.tables.map((table) => this.ask(specOf(table)));
    const needed = all.length > 0 || tables.length > 0 || hasResults || missing.length > 0;
    if (!needed) return this.nothing();
    const query = this.query(all, hasResults ? 0 : missing.length);
    const colours = this.askColours();
    const now = await this.locate(query);
    const placement = decidePlacement(this.targets, now, { isTable: this.place.kind === "table", hasResults });
    const planned = this.planTables(placement, results, tables);
    const { edits, taken } = this.withoutTakenNumbers(this.edits(placement.targets), now);
    const rows = await writeRows(
      {
        context: this.context,
        dates: loaded.info.dates,
        keyColumns: this.keys,
        rows: this.rows,
        locate: () => this.locate({ ...query, newColumns: 0 }),
        newColumns: (current) => this.newColumns(placement, current),
        after: [...this.colourSteps(placement, now, colours), ...planned.flatMap(({ steps }) => steps)],
      },
      edits,
      now,
    );
    return this.report(placement, rows, planned, taken);
  }

  private nothing(): ExcelWriteReport {
    const placement = this.place.kind;
    return {
      placement,
      changedCells: 0,
      keptFormulas: 0,
      movedRows: 0,
      skipped: [],
      backup: { keys: this.keys, rows: [], tables: [] },
    };
  }

  private report(
    placement: Placement,
    rows: RowsWritten,
    planned: readonly PlannedTable[],
    taken: readonly number[],
  ): ExcelWriteReport {
    const changedCells = planned.reduce(
      (sum, table) => sum + table.changedCells,
      rows.changedCells + placement.added.length,
    );
    const backup: LedgerBackup = {
      keys: this.keys,
      rows: rows.backup,
      tables: planned.flatMap((table) => table.backup ?? []),
    };
    return {
      placement: placement.kind,
      changedCells,
      keptFormulas: rows.keptFormulas,
      movedRows: rows.moved.length,
      skipped: [
        ...rows.vanished.map((index) => this.skipped(index, "vanished")),
        ...rows.ambiguous.map((index) => this.skipped(index, "ambiguous")),
        ...taken.map((index) => this.skipped(index, "number-taken")),
      ],
      backup,
    };
  }

  private skipped(index: number, reason: SkippedRow["reason"]): SkippedRow {
    const { row, cells } = this.read.snapshot.rows[index]!;
    return { row, id: keyText(cells.id), reason };
  }

  // ---------------------------------------------------------------- rows

  private edits(targets: readonly Target[]): RowEdit[] {
    const { snapshot, loaded } = this.read;
    return this.write.rows.flatMap((wanted): RowEdit[] => {
      const source = this.indexOf.get(wanted.row)!;
      const row = snapshot.rows[source]!;
      const changes = changesOf(row, wanted, targets);
      if (changes.length === 0) return [];
      return [
        {
          source,
          key: this.rows[source]!.key,
          keyAfter: this.keyAfter(row, wanted, targets),
          cells: changes.map(({ target: { header, kind }, content, wasNumber }) => ({
            header,
            kind,
            entry: entryOf(content, kind, loaded.info.dates),
            // Columns that are added get their format as a whole.
            needsFormat: !wasNumber && this.place.headers.includes(header),
          })),
        },
      ];
    });
  }

  private keyAfter(row: LedgerRow, { newId }: RowWrite, targets: readonly Target[]): string {
    const given = newId !== undefined && keyText(row.cells.id) === "" && targets.some(({ id }) => id === "id");
    return this.keyOf(given ? { ...row.cells, id: newId } : row.cells);
  }

  /** Rows that would get a number which somebody else has given meanwhile are left for the next run. */
  private withoutTakenNumbers(
    edits: readonly RowEdit[],
    now: LedgerNow,
  ): { readonly edits: readonly RowEdit[]; readonly taken: readonly number[] } {
    const present = new Set(now.ids);
    const isTaken = ({ source }: RowEdit): boolean => {
      const newId = source === undefined ? undefined : this.newIdOf(source);
      return newId !== undefined && present.has(newId);
    };
    const taken = edits.filter(isTaken).map(({ source }) => source!);
    return { edits: edits.filter((edit) => !isTaken(edit)), taken };
  }

  private newIdOf(source: number): string | undefined {
    const row = this.read.snapshot.rows[source]!;
    if (keyText(row.cells.id) !== "") return undefined;
    return this.newIds().get(row.row);
  }

  private numbers: ReadonlyMap<number, string> | undefined;

  private newIds(): ReadonlyMap<number, string> {
    this.numbers ??= new Map(this.write.rows.flatMap(({ row, newId }) => (newId === undefined ? [] : [[row, newId]])));
    return this.numbers;
  }

  private query(edits: readonly RowEdit[], newColumns: number): LocateQuery {
    const { loaded } = this.read;
    const written = new Set(edits.flatMap(({ cells }) => cells.map(({ header }) => header)));
    return {
      place: this.place,
      keys: this.keys,
      dates: loaded.info.dates,
      rows: loaded.body.values.length,
      keyBytes: this.keys.map(({ header }) => this.averageBytes(header)),
      newColumns,
      written: [...written],
    };
  }

  private averageBytes(header: string): number {
    const { values, headers } = this.read.loaded.body;
    const at = headers.indexOf(header);
    return values.reduce((sum, line) => sum + cellBytes(line[at]) + 3, 0) / Math.max(1, values.length);
  }

  /** A range whose header row has moved is looked for anew. */
  private async locate(query: LocateQuery): Promise<LedgerNow> {
    try {
      return await locateRows(this.context, { ...query, place: this.place });
    } catch (error) {
      const lost = error instanceof HostProblem && error.code === "header-gone" && this.place.kind === "range";
      if (!lost) throw error;
      this.place = await findLedger(this.context, this.read.loaded.info);
      return locateRows(this.context, { ...query, place: this.place });
    }
  }

  // ---------------------------------------------------------------- columns

  /** The columns of a placement that the ledger doesn't have (yet). */
  private newColumns(placement: Placement, now: LedgerNow): NewColumns {
    const missing = placement.added.filter(({ header }) => !now.headers.includes(header));
    if (missing.length === 0) return NO_NEW_COLUMNS;
    const left = now.left + now.headers.length;
    const step = { requestBytes: 1500 * missing.length + 1500, responseBytes: 500 };
    const columns = { missing, now, left };
    return {
      steps: [
        {
          ...step,
          prepare: () => (this.place.kind === "table" ? this.extendTable(columns) : this.extendRange(columns)),
        },
      ],
      positions: new Map(missing.map(({ header }, i) => [header, left + i])),
      undo: this.place.kind === "table" ? [] : [{ ...step, prepare: () => this.clearHeaders(columns) }],
    };
  }

  /** Counted from the table itself, so that nothing goes astray if the table moves in the very last moment. */
  private extendTable({ missing, now }: AddedColumns): void {
    const { id } = (this.place as TablePlace).table;
    const table = this.context.workbook.tables.getItem(id);
    const header = table.getHeaderRowRange().untrack().getColumnsAfter(missing.length).untrack();
    header.values = [missing.map((target) => textEntry(target.header))];
    table.resize(table.getRange().untrack().getResizedRange(0, missing.length).untrack());
    const body = table.getDataBodyRange().untrack();
    missing.forEach((target, i) => {
      dressColumn(body.getColumn(now.headers.length + i).untrack(), target);
    });
  }

  private extendRange({ missing, now, left }: AddedColumns): void {
    const sheet = this.context.workbook.worksheets.getItem(now.sheetId);
    const header: Area = { row: now.headerRow, column: left, rows: 1, columns: missing.length };
    areaOf(sheet, header).copyFrom(areaOf(sheet, { ...header, column: left - 1, columns: 1 }), "Formats");
    areaOf(sheet, header).values = [missing.map((target) => textEntry(target.header))];
    missing.forEach((target, i) => {
      const area = { row: now.bodyRow, column: left + i, rows: Math.max(1, now.bodyRows), columns: 1 };
      dressColumn(areaOf(sheet, area), target);
    });
  }

  private clearHeaders({ missing, now, left }: AddedColumns): void {
    const sheet = this.context.workbook.worksheets.getItem(now.sheetId);
    areaOf(sheet, { row: now.headerRow, column: left, rows: 1, columns: missing.length }).clear("Contents");
  }

  /** How many conditional formats the status column has, asked only if no status stands there yet. */
  private askColours(): OfficeExtension.ClientResult<number> | undefined {
    const header = this.headers.get(COLOURED);
    const filled = this.read.snapshot.rows.some(({ outputs }) => outputs[COLOURED] !== undefined);
    if (header === undefined || filled || this.place.kind !== "table") return undefined;
    const { id } = this.place.table;
    const body = this.context.workbook.tables.getItem(id).columns.getItem(header).getDataBodyRange().untrack();
    return body.conditionalFormats.getCount();
  }

  private colourSteps(
    placement: Placement,
    now: LedgerNow,
    count: OfficeExtension.ClientResult<number> | undefined,
  ): Step[] {
    const isNew = placement.added.some(({ id }) => id === COLOURED);
    const target = placement.targets.find(({ id }) => id === COLOURED);
    if (!target || !(isNew || count?.value === 0)) return [];
    const prepare = (): void => {
      // Where the column stands by then, whatever has moved.
      const { place } = this;
      if (place.kind === "table") {
        const { tables } = this.context.workbook;
        const body = tables.getItem(place.table.id).columns.getItem(target.header).getDataBodyRange().untrack();
        addStatusColours(
          body,
          now.bodyRow,
          this.newColumns(placement, now).positions.get(target.header) ?? now.left + now.headers.indexOf(target.header),
        );
        return;
      }
      const sheet = this.context.workbook.worksheets.getItem(now.sheetId);
      const at =
        this.newColumns(placement, now).positions.get(target.header) ?? now.left + now.headers.indexOf(target.header);
      const area: Area = { row: now.bodyRow, column: at, rows: Math.max(1, now.bodyRows), columns: 1 };
      addStatusColours(areaOf(sheet, area), area.row, area.column);
    };
    return [{ requestBytes: COLOUR_BYTES, responseBytes: 500, prepare }];
  }

  // ---------------------------------------------------------------- tables

  private ask(spec: TableSpec): OwnTable {
    const { info, sideTables, results } = this.read.loaded;
    const loaded =
      spec.table === RESULTS_TABLE
        ? results
        : [...sideTables].find(([name]) => name.toLowerCase() === spec.table.toLowerCase())?.[1];
    return askTable(this.context, spec, { loaded, sheets: info.sheets, dates: info.dates });
  }

  private planTables(
    placement: Placement,
    results: OwnTable | undefined,
    tables: readonly OwnTable[],
  ): readonly PlannedTable[] {
    const first = placement.kind === "results" && results ? [results] : [];
    return [...first, ...tables].map((table) => table.plan());
  }

  /** 处理结果: a row for each complaint, known by its number. */
  private resultsSpec(): TableSpec {
    const ids = this.write.outputColumns;
    const columns: readonly ColumnId[] = ["id", ...ids];
    const wanted = new Map(this.write.rows.map((row) => [row.row, row]));
    const { rows } = this.read.snapshot;
    return {
      sheet: RESULTS_SHEET,
      table: RESULTS_TABLE,
      columns: columns.map((id) => ({ header: column(id).header, kind: column(id).kind, width: widthOf(id) })),
      rows: rows.flatMap((row) => {
        const write = wanted.get(row.row);
        if (!write) return [];
        const key = keyText(row.cells.id) || (write.newId ?? "");
        return [[tableContent(key), ...ids.map((id) => outputContent(id, write.outputs))]];
      }),
      mode: "keyed",
      keep: new Set(rows.filter(({ row }) => !wanted.has(row)).map(({ cells }) => keyText(cells.id))),
      ...(ids.includes(COLOURED) ? { coloured: columns.indexOf(COLOURED) } : {}),
    };
  }
}

interface AddedColumns {
  readonly missing: readonly Target[];
  readonly now: LedgerNow;
  /** Position of the first of them in the sheet. */
  readonly left: number;
}

/** Number format and width of a new column. A column beside one formatted as text may have become such a column itself. */
function dressColumn(range: Excel.Range, { id, kind }: Target): void {
  setAll(range, "numberFormat", numberFormatOf(kind) ?? "General");
  range.format.columnWidth = pointsOf(widthOf(id));
}

/** The columns by which rows are known, with the headers they have. */
export function keyColumnsOf(rows: readonly LedgerRow[], headers: Headers): KeyColumn[] {
  const present = new Set([...headers.keys()] as InputId[]);
  return keyColumns(rows, present).map((id) => ({ id, header: headers.get(id)! }));
}

function specOf({ sheet, table, columns, rows, mode }: OutputTable): TableSpec {
  return { sheet, table, columns, rows: rows.map((line) => line.map(tableContent)), mode };
}

/** Raw cells of key columns in a loaded line, as keys. */
export function keyOfLine(
  keys: readonly KeyColumn[],
  headers: readonly string[],
  line: readonly ExcelValue[],
  dates: LoadedLedger["info"]["dates"],
): string {
  return rowKey(keys.map(({ id, header }) => rawCell(line[headers.indexOf(header)], column(id).kind, dates)));
}
