import type { DuckDBConnection } from "@duckdb/node-api";
import { Problem, readValue } from "../domain/cell-reading.js";
import type { InputColumn, InputId } from "../domain/columns.js";
import type { WallTime } from "../domain/wall-time.js";
import type { LineSurroundings, Line, Times } from "../jobs/judge-lines.js";
import { ColumnSense } from "../process/column-sense.js";
import type { Message } from "../process/outcome.js";
import { lineAt, MOST_ROWS_AT_HAND, type ColumnPlaces, type TimesByRow } from "./lines.js";

/** Written wholly: 2026-03-02, 2026/3/2 9:00, 2026-03-02T09:00:00. Other ways of writing are looked at by our own reading. */
const WHOLE = "[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}([ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2})?([.][0-9]+)?)?";

/** Times of cells that don't say them wholly, and what is to be said of how they were read. */
export async function partialDates(
  database: DuckDBConnection,
  places: ColumnPlaces,
  {
    columns,
    surroundings,
    rows,
  }: { readonly columns: readonly InputColumn[]; readonly surroundings: LineSurroundings; readonly rows: number },
): Promise<{ readonly times: TimesByRow; readonly messages: readonly Message[] }> {
  const dated = columns.filter(({ kind }) => kind === "date" || kind === "datetime");
  if (rows > MOST_ROWS_AT_HAND || !(await anyUnusual(database, places, dated)))
    return { times: new Map(), messages: [] };
  const ids = dated.map(({ id }) => id);
  const lines = await linesOf(database, places, ids);
  const sense = new ColumnSense(dated, { ...surroundings, rows: lines });
  const times = new Map<number, Times>();
  for (const { row, cells } of lines) {
    const found: Partial<Record<InputId, WallTime>> = {};
    for (const { id, kind } of dated) {
      if (!(readValue(kind as "date" | "datetime", cells[id]) instanceof Problem)) continue;
      const time = sense.date(id, row);
      if (time !== undefined) found[id] = time;
    }
    if (Object.keys(found).length > 0) times.set(row, found);
  }
  return { times, messages: sense.messages() };
}

async function anyUnusual(
  database: DuckDBConnection,
  places: ColumnPlaces,
  dated: readonly InputColumn[],
): Promise<boolean> {
  const tests = dated.map(({ id }) => {
    const name = `c${places.get(id)!}`;
    return `(${name} IS NOT NULL AND ${name} <> '' AND NOT regexp_full_match(${name}, '${WHOLE}'))`;
  });
  const found = await database.runAndReadAll(`SELECT 1 FROM source WHERE ${tests.join(" OR ")} LIMIT 1`);
  return found.currentRowCount > 0;
}

async function linesOf(
  database: DuckDBConnection,
  places: ColumnPlaces,
  ids: readonly InputId[],
): Promise<readonly Line[]> {
  const select = ids.map((id) => `, c${places.get(id)!}`).join("");
  const result = await database.stream(`SELECT idx${select} FROM source ORDER BY idx`);
  const lines: Line[] = [];
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const [indexes, ...values] = chunk.getColumns();
    for (let i = 0; i < chunk.rowCount; i++) lines.push(lineAt(Number(indexes![i]), ids, values, i));
  }
  return lines;
}
