import { useEffect } from "react";
import { usePane, usePaneState } from "./pane-context.js";
import type { RunReport } from "../../worker/messages.js";

/** The judged ledger; judges it, without writing, if nobody has yet. */
export function useJudged(): RunReport | undefined {
  const pane = usePane();
  const report = usePaneState((state) => state.report);
  const idle = usePaneState((state) => state.phase === "idle");
  const known = usePaneState((state) => state.overview !== undefined);
  const failed = usePaneState((state) => state.problem !== undefined);
  useEffect(() => {
    if (!report && idle && known && !failed) void pane.look();
  }, [pane, report, idle, known, failed]);
  return report;
}
