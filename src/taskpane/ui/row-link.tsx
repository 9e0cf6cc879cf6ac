import type { ReactNode } from "react";
import { usePane, useTexts } from "./pane-context.js";
import { Action } from "./parts.js";

/** A row of the ledger by its number, or by the cell at fault; a click goes there. */
export function RowLink(props: {
  readonly row: number;
  readonly id?: string | undefined;
  /** Column letters of the cell that is meant. */
  readonly cell?: string | undefined;
}): ReactNode {
  const pane = usePane();
  const { say } = useTexts();
  const { row, id, cell } = props;
  const shown = cell === undefined ? (id ?? say("row", { row })) : `${cell}${row}`;
  // Who speaks what stands there must hit it, so the name begins with it.
  return (
    <Action
      label={say("go-to-row", { shown, row })}
      onClick={() => void pane.ledger.goTo(undefined, `${cell ?? "A"}${row}`)}
    >
      {shown}
    </Action>
  );
}
