import { usePaneState } from "./pane-context.js";

/** Whether the workbook has been looked at and has no ledger. */
export function useNoLedger(): boolean {
  return usePaneState(
    ({ phase, overview, problem }) =>
      phase === "idle" && (problem ? problem.code === "no-ledger" : overview === undefined),
  );
}
