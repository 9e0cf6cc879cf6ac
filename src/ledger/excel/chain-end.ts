import { headerKey } from "../../domain/match-key.js";
import type { TableSpec } from "../own-table-plan.js";
import type { ExcelValue } from "./cell-values.js";
import type { LoadedTable } from "./ledger-reader.js";

/** Asks for the end of a chain as it stands right before rows are added to it: somebody else may have posted meanwhile. */
export function chainEnd(
  table: Excel.Table,
  { follows }: TableSpec,
  loaded: LoadedTable,
): { readonly isStill: () => boolean } | undefined {
  if (follows === undefined) return undefined;
  const column = loaded.headers.findIndex((header) => headerKey(header) === headerKey(follows.header));
  const last = table.getDataBodyRange().untrack().getLastRow().untrack().load("values");
  return {
    isStill: () => {
      const cell = (last.values as ExcelValue[][])[0]?.[column] ?? "";
      return String(cell) === follows.value;
    },
  };
}
