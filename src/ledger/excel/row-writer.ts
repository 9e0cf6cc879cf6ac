import type { CellBackup, RowBackup } from "./backup.js";
import { giveWay } from "./give-way.js";
import { HostProblem } from "./host-problem.js";
import type { OnRows } from "./ledger-reader.js";
import type { LedgerNow } from "./locate-rows.js";
import type { NewColumns } from "./new-columns.js";
import { makeSteps, type Step } from "./request-queue.js";
import type { ReadRow, RowEdit } from "./row-edits.js";
import { columnFinder, placeEdits, type Placed } from "./row-placement.js";
import { WriteRound, type RoundContext } from "./write-round.js";
import { WritingStopped } from "./writing-stopped.js";

/**
 * Writing cells into rows that are known by their keys. Where a row was not where it had been found, because somebody
 * moved rows in the very last moment, what was overwritten is put back and the row is written where it is now.
 */

export interface RowsWritten {
  readonly changedCells: number;
  /** Indexes of rows written at another place than they were read. */
  readonly moved: readonly number[];
  /** Indexes of rows that are no longer there. */
  readonly vanished: readonly number[];
  /** Indexes of rows of which a copy was made, so that it can't be said which one was read. */
  readonly ambiguous: readonly number[];
  /** Cells left alone because a formula of the user's stands there. */
  readonly keptFormulas: number;
  readonly backup: readonly RowBackup[];
}

export interface RowWriter extends RoundContext {
  /** All rows that were read, written or not. */
  readonly rows: readonly ReadRow[];
  /** Reads the ledger's keys and place anew. */
  readonly locate: () => Promise<LedgerNow>;
  /** Columns that the ledger lacks now and that are to be added; none for a ledger that has all. */
  readonly newColumns: (now: LedgerNow) => NewColumns;
  /** Steps after the rows: other tables, colours. */
  readonly after: readonly Step[];
  /** Hears after each request how many of the rows to write are written. */
  readonly onRows?: OnRows | undefined;
}

/** Rounds of locating and writing: one, unless rows move in between; each time they do takes two more. */
const ROUNDS = 9;

/**
 * Writes edits. Throws `WritingStopped` where the host fails, `HostProblem` changed-meanwhile if rows never stop moving,
 * and what `locate` throws.
 */
export async function writeRows(writer: RowWriter, edits: readonly RowEdit[], first: LedgerNow): Promise<RowsWritten> {
  const tally = new Tally(writer);
  let pending = pendingSteps(writer.after);
  let wanted = edits;
  // What went astray is put back before anything else is written: the keys of those rows may have been overwritten.
  let restores: readonly RowEdit[] = [];
  let now = first;
  let written = 0;
  let oneByOne = false;
  for (let round = 0; ; round += 1) {
    const restoring = restores.length > 0;
    const open = restoring ? restores : wanted;
    const added = writer.newColumns(now);
    const columnOf = columnFinder(now, added);
    const placed = tally.count(await placeEdits(writer.rows, tally.keys, open, now, columnOf));
    const writing = await WriteRound.prepare(writer, now, placed, columnOf, added);
    const steps = [...added.steps, ...(await writing.steps()), ...pending.steps];
    try {
      const { before, after } = writing.watch();
      await makeSteps(writer.context, steps, {
        before,
        after: async (made) => {
          const inPlace = await after(made);
          writer.onRows?.(Math.min(written + writing.settled.length, edits.length), edits.length);
          return inPlace;
        },
      });
      await writing.undoShifted();
    } catch (error) {
      tally.take(writing);
      throw new WritingStopped(error, tally.result().backup);
    }
    await giveWay();
    tally.take(writing);
    written += restoring ? 0 : writing.settled.length;
    const { astray, missed } = writing.unsettled();
    if (!restoring) wanted = missed;
    restores = restoring ? [...astray, ...missed] : astray;
    pending = pendingSteps(pending.left());
    if (restores.length + wanted.length + pending.steps.length === 0) {
      await giveWay();
      return tally.result();
    }
    if (round + 1 === ROUNDS) throw new HostProblem("changed-meanwhile", { sheet: now.sheetName });
    now = await writer.locate();
    oneByOne ||= writing.arraysGoAstray;
    if (oneByOne) now = { ...now, isHidden: () => true };
  }
}

/** Steps of which those are known that have not been made. */
function pendingSteps(steps: readonly Step[]): { readonly steps: readonly Step[]; left(): readonly Step[] } {
  const made = new Set<Step>();
  return {
    steps: steps.map((step) => ({
      ...step,
      done: () => {
        made.add(step);
        step.done?.();
      },
    })),
    left: () => steps.filter((step) => !made.has(step)),
  };
}

/** What has been written over all rounds. */
class Tally {
  /** Keys of the rows that were read, as they are by now. */
  readonly keys: string[];
  private changedCells = 0;
  private keptFormulas = 0;
  private readonly moved = new Set<number>();
  private readonly vanished = new Set<number>();
  private readonly ambiguous = new Set<number>();
  private readonly backup = new Map<string, readonly CellBackup[]>();

  constructor({ rows }: RowWriter) {
    this.keys = rows.map(({ key }) => key);
  }

  count(placed: Placed): Placed {
    for (const source of placed.moved) this.moved.add(source);
    for (const source of placed.vanished) this.vanished.add(source);
    for (const source of placed.ambiguous) this.ambiguous.add(source);
    this.keptFormulas += placed.keptFormulas;
    return placed;
  }

  take({ settled }: WriteRound): void {
    for (const { edits, cells } of settled) {
      this.changedCells += cells.length;
      for (const { source, keyAfter } of edits) if (source !== undefined) this.keys[source] = keyAfter;
      this.keep(edits.at(-1)!.keyAfter, cells);
    }
  }

  /** The first thing known of a cell is what stood there before the whole write. */
  private keep(key: string, cells: readonly CellBackup[]): void {
    const known = this.backup.get(key);
    if (!known) {
      this.backup.set(key, cells);
      return;
    }
    const merged = new Map(known.map((cell) => [cell.header, cell]));
    for (const cell of cells)
      merged.set(cell.header, { ...cell, before: merged.get(cell.header)?.before ?? cell.before });
    this.backup.set(key, [...merged.values()]);
  }

  result(): RowsWritten {
    return {
      changedCells: this.changedCells,
      keptFormulas: this.keptFormulas,
      moved: [...this.moved],
      vanished: [...this.vanished],
      ambiguous: [...this.ambiguous],
      backup: [...this.backup].map(([key, cells]) => ({ key, cells })),
    };
  }
}
