import { ownRow } from "../../domain/sheet-rows.js";
import { placeOfRow } from "../state/overview.js";
import { usePaneState, useTexts } from "./pane-context.js";

/** What a row of the ledger is called, or a cell of it by its letters: with its sheet where the ledger stands on several. */
export function useRowText(): (row: number, letters?: string) => string {
  const { say } = useTexts();
  const overview = usePaneState((state) => state.overview);
  return (row, letters) => {
    const own = ownRow(row);
    const shown = letters === undefined ? say("row", { row: own }) : `${letters}${own}`;
    const place = overview && overview.sheets.length > 1 ? placeOfRow(overview, row) : undefined;
    return place ? say("row.on-sheet", { sheet: place.sheet.name, row: shown }) : shown;
  };
}
