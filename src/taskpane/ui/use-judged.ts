import { useEffect } from "react";
import { usePane, usePaneState } from "./pane-context.js";
import type { RunReport } from "../../jobs/run-report.js";

/** Milliseconds after the last row that was judged by itself, before the whole is judged anew. */
const CALM = 600;

/** The judged ledger; judges it, without writing, if nobody has yet, and again when it has changed since. */
export function useJudged(): RunReport | undefined {
  const pane = usePane();
  const report = usePaneState((state) => state.report);
  const idle = usePaneState((state) => state.phase === "idle");
  const known = usePaneState((state) => state.overview !== undefined);
  const failed = usePaneState((state) => state.problem !== undefined);
  const stale = usePaneState((state) => state.stale);
  const lastLive = usePaneState((state) => state.live.last);
  useEffect(() => {
    if (!idle || !known || failed) return undefined;
    if (!report) {
      void pane.ledger.look();
      return undefined;
    }
    if (!stale) return undefined;
    const timer = setTimeout(() => void pane.ledger.look(), CALM);
    return () => {
      clearTimeout(timer);
    };
  }, [pane, report, stale, lastLive, idle, known, failed]);
  return report;
}
