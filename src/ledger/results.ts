import { addToList } from "../domain/grouping.js";
import { column, OUTPUT_COLUMNS, type ColumnId, type OutputId } from "../domain/columns.js";
import type { RawCell } from "../domain/complaint.js";
import { matchHeaders } from "../domain/match-key.js";
import type { StandingResults } from "./foreign-outputs.js";
import { cellContent, columnWidth, keyText, outputCell } from "./output-cells.js";
import type { TableLine, TableSpec } from "./own-table-plan.js";
import type { LedgerRow, LedgerWrite, RawTable, RowWrite } from "./port.js";
import { COLOURED } from "./status-colours.js";
import { RESULTS_SHEET, RESULTS_TABLE } from "./tables-of-ours.js";

/** 处理结果: the outputs of a ledger beside which there is no room, a row for each complaint, known by its number. */

/** What 处理结果 says of each row; rows of one number get its lines in turn. Undefined if it has no numbers. */
export function standingResults(rows: readonly LedgerRow[], results: RawTable): StandingResults | undefined {
  const match = matchHeaders(results.headers.map(({ header }) => header)).columns;
  const key = match.get("id");
  if (key === undefined) return undefined;
  const present = OUTPUT_COLUMNS.flatMap(({ id }): [OutputId, number][] => {
    const i = match.get(id);
    return i === undefined ? [] : [[id, i]];
  });
  const waiting = new Map<string, (readonly RawCell[])[]>();
  for (const { cells } of results.rows) {
    const text = keyText(cells[key]);
    addToList(waiting, text, cells);
  }
  const lines = rows.map((row): LedgerRow["outputs"] | undefined => {
    const id = keyText(row.cells.id);
    const cells = id === "" ? undefined : waiting.get(id)?.shift();
    return cells && Object.fromEntries(present.map(([output, i]) => [output, cells[i] ?? null]));
  });
  return { lines, hasVersion: match.has("packVersion") };
}

/**
 * Whether numbers stand in 处理结果 alone, as earlier versions left them where there was no room: since rows move, nobody
 * can say which number is whose, and numbers given anew would charge complaints a second time.
 */
export function losesNumbers(columns: ReadonlyMap<ColumnId, unknown>, results: RawTable | undefined): boolean {
  const key = results?.headers.findIndex(({ header }) => header === column("id").header) ?? -1;
  return !columns.has("id") && results?.rows.some(({ cells }) => keyText(cells[key]) !== "") === true;
}

/** A row's line of 处理结果. */
export function resultsLine(row: LedgerRow, write: RowWrite, outputs: readonly OutputId[]): TableLine {
  const number = keyText(row.cells.id) || (write.newId ?? "");
  return [cellContent(number), ...outputs.map((id) => outputCell(id, write.outputs[id]))];
}

/** The whole table. `rows` are those of the ledger's sheet; lines of rows that are not written now stay. */
export function resultsSpec(
  { outputColumns: outputs, elsewhere = [] }: Pick<LedgerWrite, "outputColumns" | "elsewhere">,
  lines: readonly TableLine[],
  rows: readonly LedgerRow[],
  isWritten: (row: number) => boolean,
): TableSpec {
  const ids: readonly ColumnId[] = ["id", ...outputs];
  const coloured = ids.indexOf(COLOURED);
  return {
    sheet: RESULTS_SHEET,
    table: RESULTS_TABLE,
    columns: ids.map((id) => ({ header: column(id).header, kind: column(id).kind, width: columnWidth(id) })),
    rows: lines,
    mode: "keyed",
    keep: new Set([...rows.filter(({ row }) => !isWritten(row)).map(({ cells }) => keyText(cells.id)), ...elsewhere]),
    ...(coloured < 0 ? {} : { coloured }),
  };
}
