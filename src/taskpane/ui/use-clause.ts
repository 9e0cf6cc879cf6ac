import { usePaneState } from "./pane-context.js";

/**
 * Clauses of the shown case as a clerk reads them: without the code of the source document, since the case's regulation
 * stands above. A clause of another document keeps its code.
 */
export function useClause(): (clause: string) => string {
  const own = usePaneState(({ selected }) => (selected.kind === "judged" ? selected.judged.document : undefined));
  return (clause) => (own !== undefined && clause.startsWith(`${own} `) ? clause.slice(own.length + 1) : clause);
}
