import type { ReactNode } from "react";
import { usePane, useTexts } from "./pane-context.js";
import { Action } from "./parts.js";
import { useNumber } from "./use-number.js";

/** A row of the ledger by its number, or by the cell at fault; a click goes there. */
export function RowLink(props: {
  readonly row: number;
  readonly id?: string | undefined;
  readonly packId?: string | undefined;
  /** Column letters of the cell that is meant. */
  readonly cell?: string | undefined;
}): ReactNode {
  const pane = usePane();
  const { say } = useTexts();
  const { row, id, packId, cell } = props;
  const number = useNumber();
  const named = id === undefined ? say("row", { row }) : number(id, packId);
  const shown = cell === undefined ? named : `${cell}${row}`;
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
