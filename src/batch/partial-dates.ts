import type { DuckDBConnection } from "@duckdb/node-api";
import { Problem, readValue } from "../domain/cell-reading.js";
import type { InputColumn, InputId } from "../domain/columns.js";
import type { WallTime } from "../domain/wall-time.js";
import type { LineSurroundings, Line, Times } from "../jobs/judge-lines.js";
import { ColumnSense } from "../process/column-sense.js";
import type { Message } from "../process/outcome.js";
import { lineAt, MOST_ROWS_AT_HAND, type ColumnPlaces, type TimesByRow } from "./lines.js";

/** Written wholly: 2026-03-02, 2026/3/2 9:00, 2026-03-02T09:00:00. Other ways of writing are looked at by our own reading. */
export const WHOLE_DATE = "[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}([ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2})?([.][0-9]+)?)?";

/** A clock with its zone at the end, as `readZonedText` reads it. */
const ZONED =
  "[0-9][:时点].*[0-9] *([zZ]|[uU][tT][cC]|[gG][mM][tT]|([uU][tT][cC]|[gG][mM][tT])? *[-+][0-9]{1,2}(:?[0-9]{2})?)";

export interface DatesRead {
  readonly times: TimesByRow;
  readonly messages: readonly Message[];
  /** By column, how many cells name their time zone: these are read as the time in Beijing. */
  readonly zoned: ReadonlyMap<InputId, number>;
  /** By column, how many dates are written otherwise than wholly, where the table is too large to look at the rows around. */
  readonly alone: ReadonlyMap<InputId, number>;
}

/** Times of cells that don't say them wholly, and what is to be said of how they were read. */
export async function partialDates(
  database: DuckDBConnection,
  places: ColumnPlaces,
  {
    columns,
    surroundings,
    rows,
  }: { readonly columns: readonly InputColumn[]; readonly surroundings: LineSurroundings; readonly rows: number },
): Promise<DatesRead> {
  const dated = columns.filter(({ kind }) => kind === "date" || kind === "datetime");
  const { unusual, zoned } = await countUnusual(database, places, dated);
  const nothing = { times: new Map(), messages: [], zoned, alone: new Map() };
  if (unusual.size === 0) return nothing;
  if (rows > MOST_ROWS_AT_HAND) return { ...nothing, alone: unusual };
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
  return { ...nothing, times, messages: sense.messages() };
}

/** How many cells of each column are written otherwise than wholly: with their time zone, or in part or in words. */
async function countUnusual(
  database: DuckDBConnection,
  places: ColumnPlaces,
  dated: readonly InputColumn[],
): Promise<{ readonly unusual: Map<InputId, number>; readonly zoned: Map<InputId, number> }> {
  const counts = dated.flatMap(({ id }) => {
    const name = `c${places.get(id)!}`;
    const isUnusual = `${name} <> '' AND NOT regexp_full_match(${name}, '${WHOLE_DATE}')`;
    const isZoned = `regexp_full_match(${name}, '.*${ZONED} *')`;
    return [`count(*) FILTER (${isUnusual} AND NOT ${isZoned})`, `count(*) FILTER (${isUnusual} AND ${isZoned})`];
  });
  const unusual = new Map<InputId, number>();
  const zoned = new Map<InputId, number>();
  if (counts.length === 0) return { unusual, zoned };
  const [row = []] = (await database.runAndReadAll(`SELECT ${counts.join(", ")} FROM source`)).getRows();
  dated.forEach(({ id }, i) => {
    const [others, zones] = [Number(row[2 * i]), Number(row[2 * i + 1])];
    if (others > 0) unusual.set(id, others);
    if (zones > 0) zoned.set(id, zones);
  });
  return { unusual, zoned };
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
