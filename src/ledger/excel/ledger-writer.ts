import { column, type InputId } from "../../domain/columns.js";
import type { LedgerRow, LedgerSnapshot, LedgerWrite, OutputTable, RowWrite } from "../port.js";
import { tableLine, type TableSpec } from "../own-table-plan.js";
import { decidePlacement, wantedTargets, type Headers, type Placement, type Target } from "../placement.js";
import { resultsLine, resultsSpec } from "../results.js";
import { RESULTS_TABLE } from "../tables-of-ours.js";
import type { LedgerBackup } from "./backup.js";
import { entryOf, rawCell, type ExcelValue } from "./cell-values.js";
import { keyText } from "../output-cells.js";
import { findLedger } from "./discovery.js";
import { askValidations, dropDownSteps } from "./drop-downs.js";
import { CHOICES_TABLE, choicesPlace, type ChoicesPlace } from "../choices.js";
import { eachInPortions, giveWayIfDue, mapInPortions } from "./give-way.js";
import { HostProblem, problemOf } from "./host-problem.js";
import type { LoadedLedger, OnRows } from "./ledger-reader.js";
import { locateRows, type KeyColumn, type LedgerNow, type LocateQuery } from "./locate-rows.js";
import { changesOf } from "./output-plan.js";
import { askTable, takenNames, type OwnTable, type PlannedTable } from "./own-tables.js";
import { newColumns } from "./new-columns.js";
import { cellBytes } from "./payload.js";
import type { Place } from "./place.js";
import { keyColumns, rowKey } from "./row-identity.js";
import type { ReadRow, RowEdit } from "./row-edits.js";
import { writeRows, type RowsWritten } from "./row-writer.js";
import { WritingStopped } from "./writing-stopped.js";
import { askStatusFormats, statusColourSteps } from "./status-colours.js";
import { asTheyStand, type KeyedRow } from "./standing-rows.js";
import { takenNumbers, type NumberedRow } from "./taken-numbers.js";
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
  onRows?: OnRows,
): Promise<ExcelWriteReport> {
  const writer = await LedgerWriter.prepare(context, read, write);
  try {
    return await writer.run(onRows);
  } catch (error) {
    if (!(error instanceof WritingStopped)) throw error;
    const problem = problemOf(error.cause);
    if (!(problem instanceof HostProblem) || error.rows.length === 0) throw problem;
    throw new HostProblem(problem.code, problem.params, { keys: writer.keys, rows: error.rows, tables: [] });
  }
}

class LedgerWriter {
  private place: Place;

  private constructor(
    private readonly context: Excel.RequestContext,
    private readonly read: ReadLedger & { readonly standing: readonly KeyedRow[] },
    private readonly write: LedgerWrite,
    private readonly headers: Headers,
    readonly keys: readonly KeyColumn[],
    private readonly rows: readonly ReadRow[],
    /** Indexes of the rows that were read, by sheet row. */
    private readonly indexOf: ReadonlyMap<number, number>,
    private readonly targets: readonly Target[],
  ) {
    this.place = read.loaded.place;
  }

  static async prepare(context: Excel.RequestContext, read: ReadLedger, write: LedgerWrite): Promise<LedgerWriter> {
    const { rows: understood, columns } = read.snapshot;
    const rows = await asTheyStand(read);
    const headers: Headers = new Map([...columns].map(([id, { header }]) => [id, header]));
    const keys = await keyColumnsOf(rows, headers);
    const readRows = await mapInPortions(rows, ({ row, cells }): ReadRow => ({
      row: row - 1,
      key: keyOf(keys, cells),
    }));
    const indexOf = new Map(understood.map(({ row }, index) => [row, index]));
    for (const { row } of write.rows) {
      if (!indexOf.has(row)) throw new Error(`row ${row} is not a row of the ledger`);
    }
    return new LedgerWriter(
      context,
      { ...read, standing: rows },
      write,
      headers,
      keys,
      readRows,
      indexOf,
      wantedTargets(write, headers),
    );
  }

  async run(onRows: OnRows | undefined): Promise<ExcelWriteReport> {
    const { loaded } = this.read;
    const hasResults = loaded.results !== undefined;
    const { foreign = [] } = this.write;
    // Where inputs alone are mended, 处理结果 stays as it is.
    const goesToResults = this.write.outputColumns.length > 0 && (hasResults || foreign.length > 0);
    const all = await this.edits(this.targets);
    const missing = this.targets.filter(({ header }) => !this.place.headers.includes(header));
    const results = goesToResults || missing.length > 0 ? this.ask(await this.resultsSpec()) : undefined;
    const tables: OwnTable[] = [];
    for (const table of this.write.tables) tables.push(this.ask(await specOf(table)));
    const needed = all.length > 0 || tables.length > 0 || goesToResults || missing.length > 0;
    if (!needed) return this.nothing();
    // The number goes into the ledger wherever the rest goes.
    const mayBeAdded = goesToResults ? missing.filter(({ id }) => id === "id") : missing;
    const query = this.query(all, mayBeAdded.length);
    const colours = askStatusFormats(this.context, this.read.snapshot, this.place);
    const validations = askValidations(this.context, this.read.snapshot, this.place, this.write.choices ?? []);
    const now = await this.locate(query);
    const placement = decidePlacement(this.targets, this.write, {
      isTable: this.place.kind === "table",
      hasResults,
      has: ({ header }) => now.headers.includes(header),
      hasRoom: (count) => now.freeColumns >= count,
    });
    if (!placement.numbersFit) throw new HostProblem("no-room-for-numbers", { sheet: this.place.sheet.name });
    const planned = await this.planTables(placement, results, tables);
    const placedEdits = placement.targets.length === this.targets.length ? all : await this.edits(placement.targets);
    const { edits, taken } = await this.withoutTakenNumbers(placedEdits, now);
    const rows = await writeRows(
      {
        context: this.context,
        dates: loaded.info.dates,
        keyColumns: this.keys,
        rows: this.rows,
        locate: () => this.locate({ ...query, newColumns: 0 }),
        newColumns: (current) => newColumns(this.context, this.place, placement, current),
        after: [
          ...statusColourSteps(this.context, () => this.place, placement, colours),
          ...planned.flatMap(({ steps }) => steps),
          // After the tables: one may point to them.
          ...dropDownSteps(this.context, () => this.place, validations, this.choicesPlace(tables)),
        ],
        onRows,
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
      made: {
        columns: placement.added.map(({ header }) => header),
        tables: planned.flatMap(({ made, backup: before }) =>
          made === undefined || before === undefined ? [] : [{ table: made, headers: before.headers }],
        ),
      },
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

  private async edits(targets: readonly Target[]): Promise<RowEdit[]> {
    const edits: RowEdit[] = [];
    await eachInPortions(this.write.rows, (wanted) => {
      const edit = this.editOf(wanted, targets);
      if (edit) edits.push(edit);
    });
    return edits;
  }

  private editOf(wanted: RowWrite, targets: readonly Target[]): RowEdit | undefined {
    const { snapshot, loaded } = this.read;
    const source = this.indexOf.get(wanted.row)!;
    const row = snapshot.rows[source]!;
    const changes = changesOf(row, wanted, targets);
    if (changes.length === 0) return undefined;
    return {
      source,
      key: this.rows[source]!.key,
      keyAfter: this.keyAfter(this.read.standing[source]!, wanted, targets),
      cells: changes.map(({ target: { header, kind }, content, keepsFormat }) => ({
        header,
        kind,
        entry: entryOf(content, kind, loaded.info.dates),
        // Columns that are added get their format as a whole.
        needsFormat: !keepsFormat && this.place.headers.includes(header),
      })),
    };
  }

  private keyAfter(row: KeyedRow, { newId, mended }: RowWrite, targets: readonly Target[]): string {
    const given = newId !== undefined && keyText(row.cells.id) === "" && targets.some(({ id }) => id === "id");
    return keyOf(this.keys, { ...row.cells, ...mended, ...(given ? { id: newId } : {}) });
  }

  /** Rows that would get a number which somebody else has given in their pack meanwhile are left for the next run. */
  private async withoutTakenNumbers(
    edits: readonly RowEdit[],
    now: LedgerNow,
  ): Promise<{ readonly edits: readonly RowEdit[]; readonly taken: readonly number[] }> {
    if (this.newIds().size === 0) return { edits, taken: [] };
    const { rows } = this.read.snapshot;
    const isTakenNow = takenNumbers(rows.map(numberedRow), now.numbers, this.packsByText());
    const isTaken = ({ source }: RowEdit): boolean => {
      const newId = source === undefined ? undefined : this.newIdOf(source);
      return newId !== undefined && isTakenNow(newId, numberedRow(rows[source!]!).pack);
    };
    await giveWayIfDue();
    const taken = new Set(edits.filter(isTaken).map(({ source }) => source!));
    return { edits: edits.filter(({ source }) => !taken.has(source!)), taken: [...taken] };
  }

  /** The packs behind the texts of 适用制度, by the 规则版本 that their rows were given. */
  private packsByText(): ReadonlyMap<string, string> {
    const packs = new Map<string, string>();
    for (const { row, outputs } of this.write.rows) {
      const pack = outputs.packVersion?.split("@")[0];
      if (pack !== undefined) packs.set(numberedRow(this.read.snapshot.rows[this.indexOf.get(row)!]!).pack, pack);
    }
    return packs;
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
      packs: this.packColumn(),
      dates: loaded.info.dates,
      rows: loaded.body.values.length,
      keyBytes: this.keys.map(({ header }) => this.averageBytes(header)),
      newColumns,
      reach: (this.read.snapshot.rows.at(-1)?.row ?? loaded.body.row) - loaded.body.row,
      written: [...written],
      merged: loaded.info.merged,
    };
  }

  private packColumn(): KeyColumn | undefined {
    const header = this.headers.get("pack");
    return header === undefined || this.newIds().size === 0 ? undefined : { id: "pack", header };
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

  // ---------------------------------------------------------------- tables

  private ask(spec: TableSpec): OwnTable {
    const { info, sideTables, results } = this.read.loaded;
    const loaded =
      spec.table === RESULTS_TABLE
        ? results
        : [...sideTables].find(([name]) => name.toLowerCase() === spec.table.toLowerCase())?.[1];
    return askTable(this.context, spec, { loaded, sheets: info.sheets, names: takenNames(info), dates: info.dates });
  }

  /** Where the table of choices stands, this run's or an earlier one's. */
  private choicesPlace(tables: readonly OwnTable[]): ChoicesPlace | undefined {
    const standing = this.read.loaded.sideTables.get(CHOICES_TABLE);
    if (standing) return choicesPlace(standing.sheet.name, standing.column + 1, standing.headers);
    const made = tables.find(({ spec }) => spec.table === CHOICES_TABLE);
    return made && choicesPlace(made.sheet, 1, []);
  }

  private async planTables(
    placement: Placement,
    results: OwnTable | undefined,
    tables: readonly OwnTable[],
  ): Promise<readonly PlannedTable[]> {
    const first = placement.kind === "results" && results ? [results] : [];
    const planned: PlannedTable[] = [];
    for (const table of [...first, ...tables]) planned.push(await table.plan());
    return planned;
  }

  /** 处理结果, if that is where outputs go. */
  private async resultsSpec(): Promise<TableSpec> {
    const { outputColumns } = this.write;
    const { rows } = this.read.snapshot;
    const wanted = new Map(this.write.rows.map((row) => [row.row, row]));
    const lines: TableSpec["rows"][number][] = [];
    await eachInPortions(rows, (row) => {
      const write = wanted.get(row.row);
      if (write) lines.push(resultsLine(row, write, outputColumns));
    });
    return resultsSpec(this.write, lines, rows, (row) => wanted.has(row));
  }
}

/** The columns by which rows are known, with the headers they have. */
async function keyColumnsOf(rows: readonly KeyedRow[], headers: Headers): Promise<KeyColumn[]> {
  const present = new Set([...headers.keys()] as InputId[]);
  return (await keyColumns(rows, present)).map((id) => ({ id, header: headers.get(id)! }));
}

function keyOf(keys: readonly KeyColumn[], cells: LedgerRow["cells"]): string {
  return rowKey(keys.map(({ id }) => cells[id]));
}

function numberedRow({ cells }: LedgerRow): NumberedRow {
  return { id: keyText(cells.id), pack: keyText(cells.pack) };
}

async function specOf({ rows, ...table }: OutputTable): Promise<TableSpec> {
  return { ...table, rows: await mapInPortions(rows, tableLine) };
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
