import { MINIMUM } from "./requirements.js";
import { HostProblem, problemOf } from "./host-problem.js";
import { WritingStopped } from "./row-writer.js";

/** Runs a batch in a request context: `Excel.run`, or what a test puts in its place. */
export type ExcelRun = <Result>(batch: (context: Excel.RequestContext) => Promise<Result>) => Promise<Result>;

/** The host as the ledger meets it. */
export interface ExcelHost {
  readonly run: ExcelRun;
  /** Whether the host has a version of the set ExcelApi. */
  readonly supports: (version: string) => boolean;
}

/**
 * `Excel.run` as the ledger wants it: it waits while the user edits a cell instead of failing, and what it writes is one
 * step to undo where the host can do that.
 */
export function excelRun(excel: Pick<typeof Excel, "run">): ExcelRun {
  return (batch) => excel.run({ delayForCellEdit: true, mergeUndoGroup: true }, batch);
}

/** Every batch in the context given, for callers that have one already. */
export function runIn(context: Excel.RequestContext): ExcelRun {
  return (batch) => batch(context);
}

/** Runs a batch; errors of the client come out as `HostProblem`. */
export async function guarded<Result>(
  host: ExcelHost,
  batch: (context: Excel.RequestContext) => Promise<Result>,
): Promise<Result> {
  if (!host.supports(MINIMUM)) throw new HostProblem("not-supported", { needed: `ExcelApi ${MINIMUM}` });
  try {
    return await host.run(batch);
  } catch (error) {
    throw problemOf(error instanceof WritingStopped ? error.cause : error);
  }
}
