import { MINIMUM } from "./requirements.js";
import { HostProblem, problemOf } from "./host-problem.js";
import { askFacts, assertWritable, type WorkbookFacts } from "./writable.js";
import { WritingStopped } from "./writing-stopped.js";

/** Runs a batch in a request context: `Excel.run`, or what a test puts in its place. */
export type ExcelRun = <Result>(
  batch: (context: Excel.RequestContext) => Promise<Result>,
  options?: RunOptions,
) => Promise<Result>;

export interface RunOptions {
  /** It writes, and is to be one step to undo where Excel can do that. */
  readonly writes?: boolean;
}

/** The host as the ledger meets it. */
export interface ExcelHost {
  readonly run: ExcelRun;
  /** Whether the host has a version of the set ExcelApi. */
  readonly supports: (version: string) => boolean;
}

/** The version of ExcelApi that can undo several requests as one step (`RunOptions.mergeUndoGroup`). */
const GROUPING = "1.20";

/**
 * `Excel.run` as the ledger wants it: it waits while the user edits a cell instead of failing, and what it writes is one
 * step to undo where the host says that it can do that. Where it then can't after all (a call that can't be undone, an
 * array too large: OfficeDev/office-js #6491, #6711) and nothing has been written, the batch is run once more without,
 * and so are all that follow.
 */
export function excelRun(
  excel: {
    run<Result>(options: Excel.RunOptions, batch: (context: Excel.RequestContext) => Promise<Result>): Promise<Result>;
  },
  supports: (version: string) => boolean,
): ExcelRun {
  const plain: Excel.RunOptions = { delayForCellEdit: true };
  let groups = true;
  return async (batch, { writes = false } = {}) => {
    // Reading has nothing to undo, and a client that doesn't know the option is never given it.
    if (!writes || !groups || !supports(GROUPING)) return excel.run(plain, batch);
    try {
      return await excel.run({ ...plain, mergeUndoGroup: true }, batch);
    } catch (error) {
      if (!mayBeGrouping(error)) throw error;
      groups = false;
      return excel.run(plain, batch);
    }
  };
}

/** What a host says that can't group after all; never where part of it has been written, which is known. */
function mayBeGrouping(error: unknown): boolean {
  const problem = problemOf(error instanceof WritingStopped ? error.cause : error);
  if (error instanceof WritingStopped && error.rows.length > 0) return false;
  return (
    problem instanceof HostProblem &&
    problem.written === undefined &&
    (problem.code === "host-error" || problem.code === "not-supported")
  );
}

/** Every batch in the context given, for callers that have one already. */
export function runIn(context: Excel.RequestContext): ExcelRun {
  return (batch) => batch(context);
}

/** Reads: what a batch does here changes nothing in the workbook. Errors of the client come out as `HostProblem`. */
export function reading<Result>(
  host: ExcelHost,
  batch: (context: Excel.RequestContext) => Promise<Result>,
): Promise<Result> {
  return guarded(host, batch, {});
}

export interface WritingOptions {
  /** What was learned of the workbook by the reading on which the write rests; asked for in a request if left out. */
  readonly known?: WorkbookFacts | undefined;
  /** All of it is one step to undo, where Excel can do that. */
  readonly oneStep?: boolean;
}

/** Batches that may change the workbook; test/support/one-door.ts sees to it that no other does. */
const forWriting = new WeakSet<object>();

/** Whether what is asked in this context has come through `writing`. */
export function isForWriting(context: object): boolean {
  return forWriting.has(context);
}

/**
 * The one door through which the workbook is changed. Throws `HostProblem` old-format or read-only, before anything is
 * written, where the file could not keep it.
 */
export function writing<Result>(
  host: ExcelHost,
  batch: (context: Excel.RequestContext) => Promise<Result>,
  { known, oneStep = false }: WritingOptions = {},
): Promise<Result> {
  const checked = async (context: Excel.RequestContext): Promise<Result> => {
    assertWritable(known ?? (await factsOf(context)));
    forWriting.add(context);
    try {
      return await batch(context);
    } finally {
      forWriting.delete(context);
    }
  };
  return guarded(host, checked, { writes: oneStep });
}

async function factsOf(context: Excel.RequestContext): Promise<WorkbookFacts> {
  const facts = askFacts(context.workbook);
  await context.sync();
  return facts();
}

async function guarded<Result>(
  host: ExcelHost,
  batch: (context: Excel.RequestContext) => Promise<Result>,
  options: RunOptions,
): Promise<Result> {
  if (!host.supports(MINIMUM)) throw new HostProblem("not-supported", { needed: `ExcelApi ${MINIMUM}` });
  try {
    return await host.run(batch, options);
  } catch (error) {
    throw problemOf(error instanceof WritingStopped ? error.cause : error);
  }
}
