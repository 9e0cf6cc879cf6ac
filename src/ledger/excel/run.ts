import { MINIMUM } from "./requirements.js";
import { HostProblem, problemOf } from "./host-problem.js";
import { WritingStopped } from "./row-writer.js";

/** Runs a batch in a request context: `Excel.run`, or what a test puts in its place. */
export type ExcelRun = <Result>(
  batch: (context: Excel.RequestContext) => Promise<Result>,
  options?: { readonly writes?: boolean },
) => Promise<Result>;

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

/** Runs a batch; errors of the client come out as `HostProblem`. */
export async function guarded<Result>(
  host: ExcelHost,
  batch: (context: Excel.RequestContext) => Promise<Result>,
  options: { readonly writes?: boolean } = {},
): Promise<Result> {
  if (!host.supports(MINIMUM)) throw new HostProblem("not-supported", { needed: `ExcelApi ${MINIMUM}` });
  try {
    return await host.run(batch, options);
  } catch (error) {
    throw problemOf(error instanceof WritingStopped ? error.cause : error);
  }
}
