import type { ReactNode } from "react";
import { ownRow, sheetOfRow } from "../../domain/sheet-rows.js";
import { usePane, usePaneState, useTexts } from "./pane-context.js";
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
  const group = usePaneState((state) => state.group);
  const shop = group?.members[sheetOfRow(row) - 1];
  // A row of another workbook is named, and can't be gone to from here.
  if (shop) {
    const own = cell === undefined ? (id === undefined ? undefined : number(id, packId)) : `${cell}${ownRow(row)}`;
    const { source } = shop;
    return own === undefined
      ? say("group.place", { source, row: ownRow(row) })
      : say("group.place-cell", { source, cell: own });
  }
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
