import type { ColumnId } from "../../domain/columns.js";
import { headerKey } from "../../domain/match-key.js";
import { ownRow, sheetOfRow } from "../../domain/sheet-rows.js";
import { joinedSheets, meansAllSheets, rowAmongSheets } from "../joined-sheets.js";
import type { LedgerSnapshot, LedgerWrite, RowSnapshot, RowWrite } from "../port.js";
import type { LedgerBackup } from "./backup.js";
import { findAllLedgers, findLedger, findLedgers, readWorkbookInfo } from "./discovery.js";
import { HostProblem } from "./host-problem.js";
import { MergedCells } from "./merged-areas.js";
import { loadLedger, loadOthers, type LoadedLedger, type OnRows } from "./ledger-reader.js";
import type { ReadLedger } from "./ledger-writer.js";
import { loadSheets } from "./many-sheets.js";
import { readMerges } from "./merged-body.js";
import { readPeopleSheets } from "./people-sheets.js";
import type { ReadRowState } from "./one-row.js";
import { reading, runIn, writing, type ExcelHost, type ExcelRun } from "./run.js";
import { snapshotOf } from "./snapshot.js";
import type { ExcelWriteReport, RestoreReport } from "./write-report.js";

export { HOST_PROBLEM_CODES, HostProblem, type HostProblemCode } from "./host-problem.js";
export { MINIMUM, OPTIONAL, REQUIREMENTS, type Requirement } from "./requirements.js";
export { excelRun, runIn, type ExcelRun } from "./run.js";
export type { LedgerBackup } from "./backup.js";
export type { OnRows } from "./ledger-reader.js";
export type { ExcelWriteReport, RestoreReport, SkippedRow } from "./write-report.js";

export interface ExcelLedgerOptions {
  /** Whether the host has a version of ExcelApi; `Office.context.requirements.isSetSupported` in an add-in. */
  readonly supports?: (version: string) => boolean;
  /** What headers mean, by header text; goes before the mapping kept in the workbook. */
  readonly headerMapping?: ReadonlyMap<string, ColumnId>;
}

/**
 * The ledger in an open workbook, over Office.js. The number of requests doesn't grow with the rows: about five to read
 * and five to write 10,000 rows. Every method throws `HostProblem` when the host refuses.
 */
export interface ExcelLedger {
  /**
   * Reads ledger and side tables; hidden and filtered rows are rows like all others. 处理日志 is read at its end only.
   * `onRows` hears after each request how many of the ledger's rows have been read.
   */
  read(onRows?: OnRows): Promise<LedgerSnapshot>;
  /**
   * Writes what a run on the snapshot of the last `read` has to say, into the rows that were read, wherever they are now.
   * Throws an Error if nothing was read, or a row is none of the snapshot's. `onRows` hears after each request how many
   * of the rows that change have been written.
   */
  write(write: LedgerWrite, onRows?: OnRows): Promise<ExcelWriteReport>;
  /** Reads one row by its sheet row, from 1; undefined if it is none of the ledger's. One request once the ledger is known. */
  readRow(row: number): Promise<RowSnapshot | undefined>;
  /** Writes the outputs of the row of the last `readRow`, in one request, into the output columns that there are. */
  writeRow(write: RowWrite): Promise<ExcelWriteReport>;
  /** Puts back what a write overwrote; cells that were changed since stay as they are. */
  restore(backup: LedgerBackup): Promise<RestoreReport>;
}

/** Opens the ledger of a workbook, with `Excel.run` (see `excelRun`) or in a request context of the caller's. */
export function openExcelLedger(
  where: ExcelRun | Excel.RequestContext,
  { supports = () => true, headerMapping = new Map() }: ExcelLedgerOptions = {},
): ExcelLedger {
  const run = typeof where === "function" ? where : runIn(where);
  const mapping = new Map([...headerMapping].map(([header, id]) => [headerKey(header), id]));
  return new OfficeLedger({ run, supports }, mapping);
}

/** Whether a row is one of several that are one complaint. */
function isMerged({ leftOut = [] }: LedgerSnapshot, row: number): boolean {
  return leftOut.some(({ kind, rows }) => kind === "merged" && (rows.includes(row) || rows.includes(row + 1)));
}

class OfficeLedger implements ExcelLedger {
  /** What was read last: the ledger, or each of the sheets that are judged as one. */
  private last: readonly ReadLedger[] = [];
  private lastRow: { readonly state: ReadRowState; readonly sheet: number } | undefined;
  private readonly merged = new MergedCells();

  constructor(
    private readonly host: ExcelHost,
    private readonly mapping: ReadonlyMap<string, ColumnId>,
  ) {}

  async read(onRows?: OnRows): Promise<LedgerSnapshot> {
    this.last = await reading(this.host, (context) => this.load(context, onRows));
    const snapshots = this.last.map(({ snapshot }) => snapshot);
    return snapshots.length === 1 ? snapshots[0]! : joinedSheets(snapshots);
  }

  private async load(context: Excel.RequestContext, onRows?: OnRows): Promise<ReadLedger[]> {
    const info = await readWorkbookInfo(context, this.mapping, this.merged);
    const all = meansAllSheets(info.answers.sheet) ? await findAllLedgers(context, info) : [];
    if (all.length > 0) {
      const sheets = await loadSheets(context, info, all, onRows);
      const peopleSheets = await readPeopleSheets(context, sheets[0]!);
      const read: ReadLedger[] = [];
      for (const loaded of sheets) read.push(await this.understood(context, loaded, peopleSheets));
      return read;
    }
    const { place, others } = await findLedgers(context, info);
    const ledger = await loadLedger(context, info, place, onRows);
    const loaded = { ...ledger, others: await loadOthers(context, others) };
    return [await this.understood(context, loaded, await readPeopleSheets(context, loaded))];
  }

  private async understood(
    context: Excel.RequestContext,
    loaded: LoadedLedger,
    peopleSheets: Awaited<ReturnType<typeof readPeopleSheets>>,
  ): Promise<ReadLedger> {
    const merges = await readMerges(context, loaded);
    return { loaded, snapshot: await snapshotOf(loaded, { peopleSheets, merges }) };
  }

  async write(write: LedgerWrite, onRows?: OnRows): Promise<ExcelWriteReport> {
    const { last, merged } = this;
    const [first] = last;
    if (!first) throw new Error("the ledger has not been read");
    const { facts: known } = first.loaded.info;
    const { writeLedger } = await import("./ledger-writer.js");
    const { writeSheets } = await import("./write-sheets.js");
    return writing(
      this.host,
      (context) =>
        last.length === 1
          ? writeLedger(context, first, write, onRows)
          : writeSheets(context, last, write, { merged, onRows }),
      { known, oneStep: true },
    );
  }

  async readRow(row: number): Promise<RowSnapshot | undefined> {
    const sheet = sheetOfRow(row);
    const known = this.last[sheet];
    // A complaint over several rows is judged with the whole ledger only.
    if (known && isMerged(known.snapshot, ownRow(row))) return undefined;
    const { readRow } = await import("./one-row.js");
    const read = await reading(this.host, (context) =>
      known
        ? readRow(context, known.loaded.info, known.loaded.place, ownRow(row), known.snapshot.foreign)
        : this.readRowAnew(context, row),
    ).catch((error: unknown) => {
      const stale = error instanceof HostProblem && (error.code === "header-gone" || error.code === "item-not-found");
      // Which of several sheets is meant is known by what was read of all.
      if (!known || !stale || this.last.length > 1) throw error;
      return reading(this.host, (context) => this.readRowAnew(context, row));
    });
    this.lastRow = read && { state: read.state, sheet };
    if (!read || this.last.length <= 1) return read?.found;
    return rowAmongSheets(
      read.found,
      sheet,
      this.last.map(({ snapshot }) => snapshot),
    );
  }

  private async readRowAnew(
    context: Excel.RequestContext,
    row: number,
  ): Promise<{ readonly found: RowSnapshot; readonly state: ReadRowState } | undefined> {
    const { readRow } = await import("./one-row.js");
    const info = await readWorkbookInfo(context, this.mapping, this.merged);
    return readRow(context, info, await findLedger(context, info), row);
  }

  async writeRow(write: RowWrite): Promise<ExcelWriteReport> {
    const { state, sheet } = this.lastRow ?? {};
    if (state === undefined || state.row.row !== ownRow(write.row) || sheet !== sheetOfRow(write.row))
      throw new Error(`row ${write.row} has not been read`);
    const own = { ...write, row: state.row.row };
    const { writeRow } = await import("./one-row.js");
    return writing(this.host, (context) => writeRow(context, state, own), { known: state.facts, oneStep: true });
  }

  async restore(backup: LedgerBackup): Promise<RestoreReport> {
    const { restoreBackup } = await import("./restore.js");
    const { restoreSheets } = await import("./write-sheets.js");
    return writing(
      this.host,
      async (context) => {
        const ledgers = (await this.load(context)).map(({ loaded }) => loaded);
        return backup.sheets
          ? restoreSheets(context, ledgers, backup, this.merged)
          : restoreBackup(context, ledgers[0]!, backup);
      },
      { oneStep: true },
    );
  }
}
