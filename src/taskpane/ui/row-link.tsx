import type { ReactNode } from "react";
import { ownRow, sheetOfRow } from "../../domain/sheet-rows.js";
import { usePane, usePaneState, useTexts } from "./pane-context.js";
import { Action } from "./parts.js";
import { useNumber } from "./use-number.js";
import { useRowText } from "./use-row-text.js";

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
  const rowText = useRowText();
  const group = usePaneState((state) => state.group);
  const place = group?.sheets[sheetOfRow(row)];
  // A row of another workbook is named, and can't be gone to from here.
  if (place?.source !== undefined) {
    const own = cell === undefined ? (id === undefined ? undefined : number(id, packId)) : `${cell}${ownRow(row)}`;
    const source = place.sheet === undefined ? place.source : `${place.source} ${place.sheet}`;
    return own === undefined
      ? say("group.place", { source, row: ownRow(row) })
      : say("group.place-cell", { source, cell: own });
  }
  const named = id === undefined ? rowText(row) : number(id, packId);
  const shown = cell === undefined ? named : rowText(row, cell);
  // Who speaks what stands there must hit it, so the name begins with it.
  return (
    <Action label={say("go-to-row", { shown, row: ownRow(row) })} onClick={() => void pane.ledger.goToRow(row, cell)}>
      {shown}
    </Action>
  );
}
