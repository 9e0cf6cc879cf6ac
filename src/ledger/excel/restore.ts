import { column } from "../../domain/columns.js";
import type { LedgerBackup } from "./backup.js";
import { enteredValue } from "./cell-values.js";
import { eachInPortions, mapInPortions } from "./give-way.js";
import type { LoadedLedger } from "./ledger-reader.js";
import { locateRows, type LocateQuery } from "./locate-rows.js";
import { keyOfLine } from "./ledger-writer.js";
import { askTable, takenNames } from "./own-tables.js";
import { NO_NEW_COLUMNS } from "./new-columns.js";
import type { CellEdit, RowEdit } from "./row-edits.js";
import { writeRows } from "./row-writer.js";
import { takeAway } from "./take-away.js";
import type { RestoreReport } from "./write-report.js";

/**
 * Puts back what a write overwrote, wherever its rows are now. Cells that no longer hold what the write left in them are
 * somebody's later work and stay. Columns and sheets that were made go again, unless somebody uses them. Logs are never
 * shortened.
 */
export async function restoreBackup(
  context: Excel.RequestContext,
  loaded: LoadedLedger,
  backup: LedgerBackup,
): Promise<RestoreReport> {
  const { place, body, info } = loaded;
  const keys = await mapInPortions(body.values, (line) => keyOfLine(backup.keys, body.headers, line, info.dates));
  const at = new Map(keys.map((key, index) => [key, index]));
  const times = new Map<string, number>();
  for (const key of keys) times.set(key, (times.get(key) ?? 0) + 1);
  const edits: RowEdit[] = [];
  let skippedCells = 0;
  await eachInPortions(backup.rows, ({ key, cells }) => {
    const index = times.get(key) === 1 ? at.get(key) : undefined;
    if (index === undefined) {
      skippedCells += cells.length;
      return;
    }
    const kept = cells.flatMap(({ header, before, after }): CellEdit[] => {
      const present = body.values[index]![body.headers.indexOf(header)];
      return present === enteredValue(after) ? [{ header, entry: before, kind: "text", needsFormat: false }] : [];
    });
    skippedCells += cells.length - kept.length;
    if (kept.length > 0) edits.push({ key, keyAfter: key, source: index, cells: kept });
  });
  const found = { sheets: info.sheets, names: takenNames(info), dates: info.dates };
  const tables = backup.tables.map(({ table, headers, rows }) => {
    const standing = [...loaded.sideTables].find(([name]) => name === table)?.[1] ?? loaded.results;
    // Values go back as they were read, whatever they are; rows that come back keep the formats of their columns.
    const columns = headers.map((header) => ({ header, kind: "number" as const, width: 12 }));
    const lines = rows.map((line) => line.map((value) => (typeof value === "boolean" ? String(value) : value)));
    return askTable(
      context,
      { sheet: standing?.sheet.name ?? table, table, columns, rows: lines, mode: "replace" },
      { ...found, loaded: standing },
    );
  });
  const query: LocateQuery = {
    place,
    keys: backup.keys,
    packs: undefined,
    dates: info.dates,
    rows: body.values.length,
    keyBytes: backup.keys.map(({ id }) => (column(id).kind === "text" ? 200 : 20)),
    newColumns: 0,
    reach: 0,
    written: [...new Set(edits.flatMap(({ cells }) => cells.map(({ header }) => header)))],
    merged: info.merged,
  };
  const now = await locateRows(context, query);
  const planned = [];
  for (const table of tables) planned.push(await table.plan());
  const written = await writeRows(
    {
      context,
      dates: info.dates,
      keyColumns: backup.keys,
      rows: keys.map((key, index) => ({ key, row: body.row + index })),
      locate: () => locateRows(context, query),
      newColumns: () => NO_NEW_COLUMNS,
      after: planned.flatMap(({ steps }) => steps),
    },
    edits,
    now,
  );
  const restoredCells = planned.reduce((sum, table) => sum + table.changedCells, written.changedCells);
  const takenAway = backup.made ? await takeAway(context, loaded, backup.made) : { columns: 0, sheets: [] };
  return { restoredCells, skippedCells, takenAway };
}
