import { Spinner } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { NoLedger } from "./no-ledger.js";
import { usePaneState } from "./pane-context.js";
import { useNoLedger } from "./use-no-ledger.js";

/** Something is being worked out; where that failed nothing turns any more, and what can be done is offered. */
export function Waiting({ label }: { readonly label: string }): ReactNode {
  const problem = usePaneState((state) => state.problem);
  const noLedger = useNoLedger();
  const idle = usePaneState((state) => state.phase === "idle");
  if (noLedger) return <NoLedger />;
  // The bar at the top says what went wrong.
  if (problem && idle) return null;
  return <Spinner size="small" label={label} />;
}
