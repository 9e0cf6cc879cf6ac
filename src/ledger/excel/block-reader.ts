import { valuesOf, type ExcelValue } from "./cell-values.js";
import { eachInPortions, giveWay } from "./give-way.js";
import { isPayloadProblem } from "./host-problem.js";
import { PAYLOAD_TARGET, portionTarget, rowBytes } from "./payload.js";
import { partOf } from "./ranges.js";

/**
 * Reading large ranges in few requests: rows are asked for in blocks sized by what the rows before them took, so that no
 * response comes near the limit, however long the texts are.
 */
export interface Source {
  /** The whole range to read. Called once a request. */
  readonly range: (context: Excel.RequestContext) => Excel.Range;
  /** Rows and columns of it; 0 rows are not asked for. */
  readonly rows: number;
  readonly columns: number;
  /** What a row takes, in bytes, where that is known from an earlier reading. */
  readonly rowBytes?: number;
}

/** What a row may take before any has been seen, in bytes a cell. */
const FIRST_GUESS = 30;
/** Later rows may be longer than the ones before them. */
const SLACK = 1.15;
/** Requests in which what is missing is read, unless its size asks for more. */
const REQUESTS = 3;
/** How often a request is made smaller before giving up. */
const ATTEMPTS = 6;

interface Progress {
  readonly source: Source;
  readonly values: ExcelValue[][];
  bytes: number;
  gone: boolean;
}

/** A request under way: rows are asked for with `ask` before it is sent, and taken up with `take` after. */
interface Asked {
  readonly progress: Progress;
  readonly range: Excel.Range;
}

/**
 * Reads sources whole. `first` and `last` may put loads of their own into the first and the last request, and are called
 * again if that has to be repeated; `last` is told whether there was a request before it; `read` hears after each request
 * how many rows of each source are there. A null object gives no rows.
 * `requests`: as many as there may be for the sake of short tasks. Throws `HostProblem` payload-too-large if single rows
 * don't fit.
 */
export async function readSources(
  context: Excel.RequestContext,
  sources: readonly Source[],
  loads: {
    readonly first?: () => void;
    readonly last?: (several: boolean) => void;
    readonly read?: (rows: readonly number[]) => void;
  } = {},
  requests = REQUESTS,
): Promise<ExcelValue[][][]> {
  const all = sources.map((source): Progress => ({ source, values: [], bytes: 0, gone: false }));
  let target = PAYLOAD_TARGET;
  let attempts = 0;
  let made = 0;
  for (;;) {
    const begun = made > 0;
    if (!begun) loads.first?.();
    const size = portionTarget(missingBytes(all), Math.max(1, requests - made));
    const { asked, complete } = ask(context, all, Math.min(target, size));
    if (complete) loads.last?.(begun);
    try {
      await context.sync();
    } catch (error) {
      attempts += 1;
      if (!isPayloadProblem(error) || attempts > ATTEMPTS) throw error;
      target /= 2;
      continue;
    }
    made += 1;
    // The client has taken the answer apart in one go.
    await giveWay();
    for (const { progress, range } of asked) {
      // What isn't there any more is left empty, for the caller to name.
      if (range.isNullObject) progress.gone = true;
      if (progress.gone) continue;
      const values = valuesOf(range);
      await eachInPortions(values, (line) => {
        progress.values.push(line);
        progress.bytes += rowBytes(line);
      });
    }
    loads.read?.(all.map(({ values }) => values.length));
    if (complete) return all.map(({ values }) => values);
  }
}

/** What the rows that are still missing will take, as far as that can be told. */
function missingBytes(all: readonly Progress[]): number {
  return all.reduce((sum, progress) => {
    const missing = progress.gone ? 0 : Math.max(0, progress.source.rows - progress.values.length);
    return sum + missing * bytesPerRow(progress);
  }, 0);
}

/** By the rows that were read, else by what is known of them, else by a guess. */
function bytesPerRow({ source, values, bytes }: Progress): number {
  const known = values.length > 0 ? bytes / values.length : source.rowBytes;
  return known === undefined ? source.columns * FIRST_GUESS : known * SLACK + 1;
}

/** Asks for as many of the missing rows as one response may hold. */
function ask(
  context: Excel.RequestContext,
  all: readonly Progress[],
  target: number,
): { asked: Asked[]; complete: boolean } {
  let room = target;
  let complete = true;
  const asked: Asked[] = [];
  for (const progress of all) {
    const { source, values } = progress;
    const missing = source.rows - values.length;
    if (missing <= 0 || progress.gone) continue;
    const perRow = bytesPerRow(progress);
    const rows = Math.min(missing, Math.floor(room / Math.max(1, perRow)));
    if (rows < missing) complete = false;
    // At least one row a request, or it would never end; a single row larger than the limit is then the host's to refuse.
    const taken = rows > 0 ? rows : asked.length === 0 ? 1 : 0;
    if (taken === 0) continue;
    room -= taken * perRow;
    const range = partOf(source.range(context), {
      row: values.length,
      column: 0,
      rows: taken,
      columns: source.columns,
    });
    asked.push({ progress, range: range.load("values") });
  }
  return { asked, complete };
}
