import { column } from "../domain/columns.js";
import type { HeaderMatch } from "../domain/match-key.js";
import type { LedgerColumn, SecondColumn } from "./port.js";

/** Headers that name an input another header already stands for. */
export function secondColumns(match: HeaderMatch, columnAt: (index: number) => LedgerColumn): SecondColumn[] {
  return match.duplicates.flatMap(({ index, column: id, kept }) =>
    column(id).role === "input" ? [{ id, kept: columnAt(kept), other: columnAt(index) }] : [],
  );
}
